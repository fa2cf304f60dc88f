"""Found rows as lines to read: the keyword in the middle, right to left where they should be."""

from html import escape
from typing import Any

import pandas as pd

from astana_kit.schema import FOUND, PASSAGES, refuse_strays, require
from astana_kit.text.script import BIDI_CONTROLS, direction

CONTEXT = 80  # characters kept on each side of the keyword

# Mixed cells scramble in a page that runs left to right: full stop and year jump to the other end.
# "plaintext" lets each cell and paragraph take the direction of its own first letter.
TABLE_STYLE = """<style>
p,li,h1,h2,h3,td,th,caption{unicode-bidi:plaintext;text-align:start}
.dataframe td,.dataframe th{vertical-align:top;max-width:32rem}
</style>"""

# A table takes the order of its columns from the table, so Arabic and Russian rows need grids of
# their own: `dir` on the line turns its columns round.
LINES_STYLE = """<style>
.astana-lines{font-size:.92rem;line-height:1.7;margin:.6rem 0;color:var(--ink,inherit)}
.astana-lines .line{display:grid;grid-template-columns:9.5rem minmax(0,1fr) auto minmax(0,1fr);
 border-block-end:1px solid var(--line,#8883);padding-block:.1rem}
.astana-lines .where{font-size:.82em;color:var(--muted,inherit);white-space:nowrap;
 margin-inline-end:.6rem;overflow:hidden;text-overflow:ellipsis;unicode-bidi:isolate;align-self:center}
.astana-lines .before,.astana-lines .after{display:flex;overflow:hidden;white-space:pre}
.astana-lines .before{justify-content:flex-end}
.astana-lines .keyword{white-space:pre;text-align:center}
.astana-lines .gloss{font-size:.82em;color:var(--muted,inherit);unicode-bidi:isolate;
 margin-inline:.35em}
.astana-lines mark{background:var(--mark,#f0e44266);color:inherit;border-radius:.2em}
@media screen and (min-width:40.01rem){
 .astana-lines .line[dir=ltr] .before,.astana-lines .line[dir=rtl] .after{
  mask-image:linear-gradient(to right,#0000,#000 1.5rem)}
 .astana-lines .line[dir=rtl] .before,.astana-lines .line[dir=ltr] .after{
  mask-image:linear-gradient(to left,#0000,#000 1.5rem)}}
@media print,(max-width:40rem){
 .astana-lines .line{display:block;padding-block:.4rem}
 .astana-lines .where{display:block}
 .astana-lines .line>span:not(.where){display:inline;white-space:normal}}
@media print{.astana-lines .line{break-inside:avoid}}
</style>"""

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
        lines = "".join(_line(row) for row in self.to_dict("records"))
        count = f"{len(self)} line" + "s" * (len(self) != 1)
        return (
            f'{LINES_STYLE}<div class="astana-lines" role="table" aria-label="{count}">'
            f"{lines or '<p>Nothing found.</p>'}</div>"
        )


def concordance(rows: pd.DataFrame, passages: pd.DataFrame) -> Concordance:
    """Found rows with the words around them, one line each: keyword in context.

    Parameters
    ----------
    rows : any found rows (from ``find``, mentions, references …): doc_id, start, stop, passage. A
        column `gloss`, where there is one, is shown beside the keyword: an English word, or the
        name of an actor, for those who do not read the language.
    passages : the paragraphs they were found in.

    Returns
    -------
    A frame, shown in a notebook as a concordance: doc_id, start, stop, passage, before, keyword,
    after (words of the same passage, up to 80 characters on each side), language, outlet,
    published. Sort it as any frame: ``lines.sort_values("after")``.

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
    >>> lines[["doc_id", "keyword"]].values.tolist()
    [['000', '22-ю Международную встречу']]
    """
    require(rows, FOUND)
    require(passages, PASSAGES)
    around = passages[["doc_id", "passage", "start", "language", "outlet", "published", "text"]]
    gloss = [column for column in rows.columns if column == "gloss"]
    joined = rows[[*FOUND.columns, *gloss]].merge(
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
    return Concordance(joined.join(words)[[*COLUMNS, *gloss]])


def setup() -> None:
    """Show frames whole and corpus text in its own direction; call it once in a notebook."""
    pd.set_option("display.max_colwidth", None)
    pd.set_option("display.html.border", 0)
    from IPython.display import HTML, display  # noqa: PLC0415 (slow to import, needed only here)

    display(HTML(TABLE_STYLE))


def _cut(text: str, start: int, stop: int) -> tuple[str, str, str]:
    """Words before, between and after two offsets, cut at white space where too long."""
    before, after = text[:start], text[stop:]
    if len(before) > CONTEXT:
        before = before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0]
    return before, text[start:stop], after


def _line(row: dict[Any, Any]) -> str:
    language = str(row["language"])
    way = direction(f"{row['before']}{row['keyword']}{row['after']}", language)
    cells = {side: _safe(row[side]) for side in ("before", "keyword", "after")}
    return (
        f'<div class="line" role="row" dir="{way}" lang="{_safe(language)}" '
        f'data-doc="{_safe(row["doc_id"])}" data-start="{row["start"]}">'
        f'<span class="where" role="cell">{_where(row)}</span>'
        f'<span class="before" role="cell">{cells["before"]}</span>'
        f'<span class="keyword" role="cell"><mark>{cells["keyword"]}</mark>{_gloss(row)}</span>'
        f'<span class="after" role="cell">{cells["after"]}</span></div>'
    )


def _gloss(row: dict[Any, Any]) -> str:
    """English word for the keyword, where one is known."""
    gloss = row.get("gloss")
    if gloss is None or pd.isna(gloss):
        return ""
    return f'<span class="gloss" lang="en" dir="ltr">{_safe(gloss)}</span>'


def _where(row: dict[Any, Any]) -> str:
    """Document, day and outlet, each kept from turning the others round."""
    day = row["published"]
    parts = [row["doc_id"], f"{day:%Y-%m-%d}" if pd.notna(day) else None, row["outlet"]]
    return " · ".join(f"<bdi>{_safe(part)}</bdi>" for part in parts if pd.notna(part))


def _safe(value: object) -> str:
    """Corpus text for HTML: escaped, its direction controls taken out."""
    return escape(BIDI_CONTROLS.sub("", str(value)), quote=True)
