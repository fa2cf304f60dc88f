"""One row of a table of pages, and the page that it is.

Which column holds what is told by its heading, in six languages; the longest texts are the text
where no heading tells. What the reader says of a column comes before both.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from statistics import median
from typing import NamedTuple

from astana_kit import tables
from astana_kit.reading.days import cell_day, stated_day
from astana_kit.reading.encoding import decode
from astana_kit.reading.found import Column, Page, Refused
from astana_kit.schema import DOCUMENTS, PASSAGES
from astana_kit.text.script import LANGUAGES, fold

TAKEN = ("text", "title", "outlet", "language", "published", "doc_id")
FIRST = 50  # records that tell delimiter and columns
LONG = 150  # characters; a column whose texts are as long in the middle holds the pages


class Record(NamedTuple):
    """One row of a table: its place in words and in short, and its cells by the headings."""

    place: str
    key: str
    cells: Mapping[str, object]


class Mapped(NamedTuple):
    """What the columns of a table were taken as: heading by name, and all of them told."""

    taken: dict[str, str]
    told: list[Column]


def check_columns(columns: Mapping[str, str] | None) -> None:
    """Raise ValueError unless `columns` says in which column of a table each thing stands.

    >>> check_columns({"start": "Beginn"})
    Traceback (most recent call last):
    ...
    ValueError: columns: start is a name that the kit needs for its own; call it otherwise. It \
takes text, title, outlet, language, published, doc_id, and any name of your own.
    """
    for name, column in (columns or {}).items():
        if not isinstance(name, str) or not isinstance(column, str):
            raise ValueError(  # noqa: TRY004 (one kind of error for whatever a reader gives)
                f"columns: {name!r}: {column!r} is no pair of names; write the kit's name first "
                'and the heading of your table behind it: {"text": "body"}.'
            )
        if name in {*DOCUMENTS.columns, *PASSAGES.columns} - set(TAKEN):
            raise ValueError(
                f"columns: {name} is a name that the kit needs for its own; call it otherwise. "
                f"It takes {', '.join(TAKEN)}, and any name of your own."
            )


def mapped(first: Sequence[Record], given: Mapping[str, str] | None, source: str) -> Mapped:
    """What each column of the table is taken as, by its `first` records; perhaps none as text."""
    names = list(dict.fromkeys(name for record in first for name in record.cells))
    given = {name: column for name, column in (given or {}).items() if column in names}
    taken, because = dict(given), dict.fromkeys(given.values(), "given")
    for column in names:
        name = headings_known().get(plain(column))
        if name and name not in taken and column not in because:
            taken[name], because[column] = column, "its heading"
    if "text" not in taken:
        rest = [column for column in names if column not in because]
        longest = max(rest, key=lambda column: _length(first, column), default=None)
        if longest is not None and _length(first, longest) >= LONG:
            taken["text"], because[longest] = longest, "its long texts"
    names_of = {column: name for name, column in taken.items()}
    told = [Column(source, one, names_of.get(one), because.get(one, "not known")) for one in names]
    return Mapped(taken, told)


def page(record: Record, taken: Mapping[str, str], source: str, encoding: str) -> Page:
    """The page that a record is, its cells taken as `taken` says.

    Raises ValueError where the record holds no text.
    """
    cells = {name: record.cells.get(column) for name, column in taken.items()}
    words = {name: words_of(cell) for name, cell in cells.items()}
    if not words["text"]:
        raise ValueError(f"nothing in the column {taken['text']}")
    if not wordy(cells["text"]):
        kind = type(cells["text"]).__name__
        raise ValueError(f"no text in the column {taken['text']} but a {kind}")
    day = _day(cells.get("published"), words["text"])
    said = f"column {taken.get('published')}: «{words.get('published')}»"
    language = (words.get("language") or "").lower().replace("_", "-").split("-")[0]
    return Page(
        source,
        encoding,
        words["text"],
        title=words.get("title"),
        outlet=words.get("outlet"),
        language=language if language in LANGUAGES else None,
        published=day,
        published_source=said + ("" if day else ", no day") if words.get("published") else None,
        doc_id=words.get("doc_id") or "",
        more={name: _plain_cell(cell) for name, cell in cells.items() if name not in TAKEN},
    )


@cache
def headings_known() -> dict[str, str]:
    """What a column is taken as by its heading, written as ``plain`` writes it."""
    table = tables.column_words()
    return {
        plain(word): taken for word, taken in zip(table["word"], table["taken_as"], strict=True)
    }


def plain(heading: str) -> str:
    """A heading as it is compared: folded, its words parted by blanks."""
    return " ".join(fold(str(heading)).replace("_", " ").replace("-", " ").split())


def _length(first: Sequence[Record], column: str) -> float:
    """Length of the texts in the middle of a column's lengths, 0 where it has none."""
    cells = (record.cells.get(column) for record in first)
    return median([len(cell) for cell in cells if isinstance(cell, str)] or [0])


def wordy(cell: object) -> bool:
    """Whether a cell holds words: a string, its bytes, or a list of paragraphs."""
    if isinstance(cell, list):
        return all(isinstance(one, str) for one in cell)
    return isinstance(cell, (str, bytes))


def words_of(cell: object) -> str | None:
    """A cell as a string, None where it is blank."""
    if cell is None or cell != cell:  # noqa: PLR0124 (nan differs from itself)
        return None
    if isinstance(cell, bytes):  # what Spark and Impala write as BINARY is text all the same
        words = decode(cell).text
    elif isinstance(cell, list) and wordy(cell):
        words = "\n".join(cell)
    else:
        words = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    return words.strip() or None


def _plain_cell(cell: object) -> object:
    """A cell as a table can hold it: what is neither number, day nor word, in words."""
    return cell if cell is None or isinstance(cell, (int, float, date)) else str(cell)


def _day(cell: object, text: str) -> date | None:
    """Day of a cell beside a `text`: one of a spreadsheet's own, or written."""
    if isinstance(cell, date):
        return cell_day(cell)
    return stated_day(cell.strip(), text) if isinstance(cell, str) else None


def headings(row: Sequence[object]) -> list[str]:
    """Headings that differ: an empty one is called by its place, a second one numbered."""
    found: dict[str, None] = {}
    for place, cell in enumerate(row, 1):
        name = (words_of(cell) or f"column {place}").lstrip("\ufeff")
        found[f"{name} ({place})" if name in found else name] = None
    return list(found)


def no_heading(place: str, row: Sequence[object]) -> Iterator[Refused]:
    """That a first row with a text in it was taken for headings."""
    if any(isinstance(cell, str) and len(cell) >= LONG for cell in row):
        yield Refused(place, "taken for headings", "write headings in the first row")
