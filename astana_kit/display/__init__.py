"""Found rows as lines to read: the keyword in the middle, right to left where they should be."""

import pandas as pd

from astana_kit.display.markup import CONTEXT, block, page_parts
from astana_kit.schema import FOUND, PASSAGES, refuse_strays, require

__all__ = ["COLUMNS", "CONTEXT", "Concordance", "concordance", "page_parts", "setup"]

COLUMNS = (
    "doc_id",
    "start",
    "stop",
    "passage",
    "before",
    "keyword",
    "after",
    "language",
    "outlet",
    "published",
)


class Concordance(pd.DataFrame):
    """Lines of a concordance: a frame to sort and filter, shown as keyword in context.

    A class, because only a frame's class decides how a notebook shows it; what is sorted or
    filtered stays one, what has lost a column it needs is shown as any frame.
    """

    @property
    def _constructor(self) -> type["Concordance"]:
        return Concordance

    def _repr_html_(self) -> str:
        if not set(COLUMNS) <= set(self.columns):
            return str(pd.DataFrame(self)._repr_html_())  # type: ignore[operator]
        return block(self)


def concordance(rows: pd.DataFrame, passages: pd.DataFrame) -> Concordance:
    """Found rows with the words around them, one line each: keyword in context.

    In a notebook and on a page the lines can be searched, sorted, copied and saved, and a click on
    a mark of a figure above them shows those behind that mark: the ones whose columns have its
    values (actor, term, round …). So give `rows` the columns by which a figure groups.

    Parameters
    ----------
    rows : any found rows (from ``find``, mentions, references …), or whole sentences or passages:
        doc_id, start, stop, passage. Further columns stay. A column `gloss`, where there is one,
        is shown beside the keyword: an English word, or the name of an actor, for those who do
        not read the language.
    passages : the paragraphs they were found in; further columns (kind, round …) are taken over,
        but a column that `rows` has too stays that of `rows`.

    Returns
    -------
    A frame, shown in a notebook as a concordance: doc_id, start, stop, passage, before, keyword,
    after (words of the same passage, up to 80 characters on each side), language, outlet,
    published, then the further columns. Sort it as any frame: ``lines.sort_values("after")``.

    Raises
    ------
    ValueError : a column is missing, or a row lies in no passage of `passages`.

    Examples
    --------
    >>> import astana_kit as ak
    >>> passages = ak.split_passages(ak.load_seeds())
    >>> lines = concordance(ak.find(passages, "гаранттар"), passages)
    >>> len(lines)
    0
    >>> lines = concordance(ak.find(passages, "22-ю Международную встречу"), passages)
    >>> lines[["doc_id", "keyword", "kind"]].values.tolist()
    [['000', '22-ю Международную встречу', 'body']]
    """
    require(rows, FOUND)
    require(passages, PASSAGES)
    taken = {*COLUMNS, "text", "head"}
    own = [column for column in rows.columns if column not in taken]
    further = [column for column in passages.columns if column not in {*taken, *own}]
    around = passages[
        ["doc_id", "passage", "start", "language", "outlet", "published", "text", *further]
    ]
    joined = rows[[*FOUND.columns, *own]].merge(
        around.rename(columns={"start": "head"}), on=["doc_id", "passage"], how="left"
    )
    refuse_strays(joined, joined["text"].isna(), "passages given")
    cuts = [
        _cut(text, start - head, stop - head)
        for text, head, start, stop in zip(
            joined["text"], joined["head"], joined["start"], joined["stop"], strict=True
        )
    ]
    words = pd.DataFrame(cuts, columns=["before", "keyword", "after"], index=joined.index)
    return Concordance(joined.join(words)[[*COLUMNS, *own, *further]])


def setup() -> None:
    """Show frames whole, corpus text in its own direction, and lines that answer a click.

    Call it once in a notebook. Pages of ``astana render`` have the same style and script of their
    own, so they leave out this output, which its metadata name.
    """
    pd.set_option("display.max_colwidth", None)
    pd.set_option("display.html.border", 0)
    from IPython.display import HTML, display  # noqa: PLC0415 (slow to import, needed only here)

    parts = page_parts()
    html = f"<style>{parts['css']}</style><script>{parts['js']}</script>"
    display(HTML(html), metadata={"astana": "setup"})


def _cut(text: str, start: int, stop: int) -> tuple[str, str, str]:
    """Words before, between and after two offsets, cut at white space where too long."""
    before, after = text[:start], text[stop:]
    if len(before) > CONTEXT:
        before = before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0]
    return before, text[start:stop], after
