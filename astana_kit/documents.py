"""Pages as received, one row each: the five seeds, or the reader's own frame."""

import hashlib
import re
from datetime import date
from typing import NamedTuple

import pandas as pd

from astana_kit import pages, tables
from astana_kit.publication import published
from astana_kit.schema import DOCUMENTS, require_unique
from astana_kit.text.language import language_of
from astana_kit.text.script import compose

# Tab, line feed, form feed and the C1 "next line" occur in text; NUL and the others in binary files
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
SHOWN = 60  # characters of a value in a message


class Read(NamedTuple):
    """What is known of a page, given or read from its text."""

    language: str
    title: str | None
    published: date | None
    published_source: str | None


def load_seeds() -> pd.DataFrame:
    """The five seed pages as documents; the days are the curated ones of seeds.csv.

    Raises ValueError if a page is missing, unreadable, or not the one that seeds.csv describes.

    >>> load_seeds()[["doc_id", "language", "published"]]
      doc_id language  published
    0    000       ru 2024-01-25
    1    001       ar 2024-11-11
    2    002       ar 2023-06-22
    3    003       kk 2018-02-23
    4    004       ar 2017-09-14
    """
    table = tables.seeds()
    texts = [
        _seed_text(*row)
        for row in zip(table["doc_id"], table["path"], table["sha256"], strict=True)
    ]
    frame = table.assign(
        text=texts, source=table["path"], outlet=table["outlet"].replace("", pd.NA)
    )
    return from_frame(frame.drop(columns=["path", "note"]))


def _seed_text(doc_id: str, path: str, digest: str) -> str:
    """Text of a seed page, if the file is the one that seeds.csv describes."""
    where, file = f"seeds.csv, doc_id {doc_id}: {path}", tables.DATA / path
    if not file.is_file():
        raise ValueError(
            f"{where}: no such file in {tables.DATA.name}; bring it back, or drop the row."
        )
    content = file.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{where}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise ValueError(
            f"{where}: not the page that the row describes: the sha256 of its {len(content)} bytes "
            f"is {found}, in the row {digest}. Bring the page back, or write the new sha256 (and "
            "day) into the row."
        )
    return text


def from_frame(frame: pd.DataFrame) -> pd.DataFrame:
    r"""Documents made of any frame of texts: what is not given is worked out or left missing.

    Parameters
    ----------
    frame : one row per page, with a column `text`. Used where present: doc_id, language, outlet,
        title, published (a day as Timestamp, date or "2017-09-14"), published_source, source.
        Every other column is kept.

    Returns
    -------
    One row per row of `frame`, in its order, with the columns of ``schema.DOCUMENTS`` first. A
    missing language is worked out ("und" where it is none of the six); a missing title is the
    page's headline; a missing day is the one the page itself states, if it does, and
    published_source quotes the words. sha256 is of the text as given, in UTF-8.

    Raises
    ------
    ValueError : no column `text`; a text is missing, empty, no string, or binary; a day cannot be
        read; two rows share a doc_id. The message names the row and the remedy.

    Examples
    --------
    >>> page = "Переговоры по Сирии начались\n14.09.2017\nСтороны собрались в Астане, сказал посол."
    >>> documents = from_frame(pd.DataFrame({"text": [page]}))
    >>> documents.loc[0, ["doc_id", "language", "published", "published_source"]].tolist()
    ['d0', 'ru', Timestamp('2017-09-14 00:00:00'), '«14.09.2017»']
    """
    _refuse_misshapen(frame)
    texts = _texts(frame)
    composed = [_composed(text, row, frame) for row, text in enumerate(texts)]
    ids = _ids(frame)
    require_unique(pd.DataFrame({"doc_id": ids}), DOCUMENTS)
    # mostly none had to be composed: the column is shared with `frame`, not held twice
    same = composed == texts
    made = {
        "doc_id": ids,
        **{column: _strings(frame, column) for column in ("outlet", "source")},
        "text": frame["text"].reset_index(drop=True) if same else composed,
        "sha256": [hashlib.sha256(text.encode()).hexdigest() for text in texts],
    }
    given = (_strings(frame, column) for column in ("language", "title", "published_source"))
    read = [_read(*page) for page in zip(composed, *given, _days(frame), strict=True)]
    rows = pd.DataFrame(
        {**made, **{name: [getattr(one, name) for one in read] for name in Read._fields}}
    )
    days = pd.Series(rows["published"], dtype="datetime64[us]")
    rows = rows[list(DOCUMENTS.columns)].astype("str").assign(published=days)
    others = frame.drop(columns=list(DOCUMENTS.columns), errors="ignore")
    return pd.concat([rows, others.reset_index(drop=True)], axis=1)


def _read(
    text: str, language: str | None, title: str | None, source: str | None, day: date | None
) -> Read:
    """What is known of a page, what is not given read from its text."""
    language = language.lower() if language else language_of(text)
    if title and day:
        return Read(language, title, day, source or "given")
    paragraphs = pages.paragraphs(text, language)
    headlines = (text[one.start : one.stop] for one in paragraphs if one.kind == "headline")
    title = title or next(headlines, None)
    if day:
        return Read(language, title, day, source or "given")
    day, words = published(text, language, paragraphs) or (None, None)
    return Read(language, title, day, words or source)


def _refuse_misshapen(frame: pd.DataFrame) -> None:
    """Raise ValueError unless `frame` is a frame with one column text."""
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(  # noqa: TRY004 (one kind of error for whatever a reader gives)
            f"documents: from_frame reads a DataFrame, found {type(frame).__name__}; "
            "write pandas.DataFrame({'text': texts})."
        )
    if "text" not in frame.columns:
        raise ValueError(
            "documents: no column text. One row is one page as received, its text in the column "
            f"text; these columns are there: {', '.join(map(str, frame.columns)) or 'none'}. "
            "Rename the one that holds the texts: frame.rename(columns={'…': 'text'})."
        )
    twice = list(frame.columns[frame.columns.duplicated()])
    if twice:
        raise ValueError(
            f"documents: column {', '.join(map(str, twice))} stands more than once; keep one of "
            "each: frame.loc[:, ~frame.columns.duplicated()]."
        )


def _texts(frame: pd.DataFrame) -> list[str]:
    """The texts of `frame`, or ValueError with the rows that hold none."""
    texts = frame["text"].tolist()
    wrong = [row for row, text in enumerate(texts) if not (isinstance(text, str) and text.strip())]
    if wrong:
        raise ValueError(
            f"documents: no text in {_named(wrong, frame)}: found "
            f"{str(texts[wrong[0]])[:SHOWN]!r}. Each row needs a string with at least one letter; "
            "fill these rows, or leave them out: "
            "frame[frame['text'].str.strip().fillna('') != '']."
        )
    signs = {row: sign for row, text in enumerate(texts) if (sign := CONTROL.search(text))}
    for row, sign in signs.items():
        raise ValueError(
            f"documents: {_named(list(signs), frame)} is no text: a control character ({sign[0]!a} "
            f"at position {sign.start()} of row {row}) stands in it, as in a picture, a PDF or a "
            "file read with the wrong encoding. Extract its text first, or drop the row."
        )
    return texts


def _named(rows: list[int], frame: pd.DataFrame) -> str:
    """The first of `rows` for a message, each with the file it came from, if the frame says."""
    sources = _strings(frame, "source")
    shown = [f"{row} ({sources[row]})" if sources[row] else str(row) for row in rows[:5]]
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(shown)}{more}"


def _composed(text: str, row: int, frame: pd.DataFrame) -> str:
    try:
        return compose(text)
    except ValueError as error:
        raise ValueError(f"documents, {_named([row], frame)}: {error}") from error


def _ids(frame: pd.DataFrame) -> list[str]:
    """doc_id of each row as given, else "d" and its position, to equal width."""
    width = len(str(len(frame) - 1))
    return [doc_id or f"d{row:0{width}}" for row, doc_id in enumerate(_strings(frame, "doc_id"))]


def _strings(frame: pd.DataFrame, column: str) -> list[str | None]:
    """Cells of `column` as strings, None where the cell is blank or the column not there."""
    if column not in frame.columns:
        return [None] * len(frame)
    cells = frame[column]
    if cells.dtype.kind == "f":  # a blank among whole numbers makes 7 a 7.0
        cells = cells.map(lambda cell: f"{cell:.15g}", na_action="ignore")
    return [
        None if missing else str(cell).strip() or None
        for cell, missing in zip(cells, cells.isna(), strict=True)
    ]


def _days(frame: pd.DataFrame) -> list[date | None]:
    """Days given in the column `published`, None where the cell is blank."""
    if "published" not in frame.columns:
        return [None] * len(frame)
    blank = frame["published"].isna()
    return [
        None if missing else _day(cell, row)
        for row, (cell, missing) in enumerate(zip(frame["published"], blank, strict=True))
    ]


def _day(cell: object, row: int) -> date | None:
    """Day of a cell, None where it is blank; the clock time and its zone are left out."""
    written = ISO_DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if isinstance(cell, str) and not cell.strip():
        return None
    try:
        if written or isinstance(cell, date):  # a Timestamp is a date
            return date.fromisoformat(written[1] if written else f"{cell:%Y-%m-%d}")
    except ValueError:
        pass
    raise ValueError(
        f"documents, row {row}: published is {str(cell)[:SHOWN]!r}, which is no day; write it as "
        "2017-09-14, or leave it empty and the page's own words are asked."
    )
