"""Tables of pages, one record each: CSV, TSV, JSON, JSON lines, Excel, Parquet.

Which column holds what is told by its heading, in six languages; the longest texts are the text
where no heading tells. What the reader says of a column comes before both.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO, StringIO
from itertools import islice
from statistics import median
from typing import NamedTuple
from zipfile import ZipFile

import openpyxl
import pyarrow as pa
from pyarrow import parquet

from astana_kit import tables
from astana_kit.reading.found import TABLE, Column, Page, Refused
from astana_kit.reading.webpage import stated_day
from astana_kit.schema import DOCUMENTS, PASSAGES
from astana_kit.text.script import LANGUAGES, SURROGATE, fold

TAKEN = ("text", "title", "outlet", "language", "published", "doc_id")
DELIMITERS = ",;\t|"
FIRST = 50  # records that tell delimiter and columns
LONG = 150  # characters; a column whose texts are as long in the middle holds the pages
CELL = 20_000_000  # characters
ROWS = 1000  # of a Parquet file read together
HEADER = 65_536  # bytes of XML in which a definition of entities would stand


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


def records(content: bytes, text: str | None, kind: str) -> Iterator[Record | Refused]:
    """Rows of a table; `text` is its `content` where that is written in letters.

    Raises ValueError where it is no such table.
    """
    if text is None:
        return _parquet(content) if content.startswith(b"PAR1") else _sheets(content)
    if kind in {".jsonl", ".ndjson"}:
        return _json_lines(text)
    return _json(text) if kind == ".json" else _delimited(text)


def mapped(first: Sequence[Record], given: Mapping[str, str] | None, source: str) -> Mapped:
    """What each column of the table is taken as, by its `first` records.

    Raises ValueError where no column of texts is found, or one that was given is not there.
    """
    names = list(dict.fromkeys(name for record in first for name in record.cells))
    given = {name: column for name, column in (given or {}).items() if column in names}
    taken, because = dict(given), dict.fromkeys(given.values(), "given")
    for column in names:
        name = _words().get(_plain(column))
        if name and name not in taken and column not in because:
            taken[name], because[column] = column, "its heading"
    if "text" not in taken:
        rest = [column for column in names if column not in because]
        longest = max(rest, key=lambda column: _length(first, column), default=None)
        if longest is not None and _length(first, longest) >= LONG:
            taken["text"], because[longest] = longest, "its long texts"
    if "text" not in taken:
        raise ValueError(f"no column of texts; these are there: {', '.join(names) or 'none'}")
    names_of = {column: name for name, column in taken.items()}
    told = [Column(source, one, names_of.get(one), because.get(one, "not known")) for one in names]
    return Mapped(taken, told)


def page(record: Record, taken: Mapping[str, str], source: str, encoding: str) -> Page:
    """The page that a record is, its cells taken as `taken` says.

    Raises ValueError where the record holds no text.
    """
    cells = {name: record.cells.get(column) for name, column in taken.items()}
    words = {name: _words_of(cell) for name, cell in cells.items()}
    if not words["text"]:
        raise ValueError(f"nothing in the column {taken['text']}")
    day = _day(cells.get("published"))
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
def _words() -> dict[str, str]:
    table = tables.column_words()
    return {
        _plain(word): taken for word, taken in zip(table["word"], table["taken_as"], strict=True)
    }


def _plain(heading: str) -> str:
    return " ".join(fold(str(heading)).replace("_", " ").replace("-", " ").split())


def _length(first: Sequence[Record], column: str) -> float:
    """Length of the texts in the middle of a column's lengths, 0 where it has none."""
    cells = (record.cells.get(column) for record in first)
    return median([len(cell) for cell in cells if isinstance(cell, str)] or [0])


def _words_of(cell: object) -> str | None:
    """A cell as a string, None where it is blank."""
    if cell is None or cell != cell:  # noqa: PLR0124 (nan differs from itself)
        return None
    words = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    return words.strip() or None


def _plain_cell(cell: object) -> object:
    """A cell as a table can hold it: what is neither number, day nor word, in words."""
    return cell if cell is None or isinstance(cell, (int, float, date)) else str(cell)


def _day(cell: object) -> date | None:
    """Day of a cell: one of a spreadsheet's own, or written."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    return stated_day(cell.strip()) if isinstance(cell, str) else None


def _delimited(text: str) -> Iterator[Record | Refused]:
    """Records of CSV, whatever parts the cells: commas, semicolons, tabs."""
    delimiter = max(DELIMITERS, key=lambda one: _fit(text, one))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    former = csv.field_size_limit(CELL)
    try:
        heading: list[str] = []
        while True:
            line = reader.line_num + 1
            row = next(reader, None)
            if row is None:
                return
            if not heading:
                heading = _headings(row)
            elif len(row) > len(heading) and any(row[len(heading) :]):
                yield Refused(
                    f"line {line}",
                    f"{len(row)} cells under {len(heading)} headings",
                    "put a cell that holds the delimiter in double quotes",
                )
            elif row:
                yield Record(f"line {line}", str(line), dict(zip(heading, row, strict=False)))
    except csv.Error as error:
        yield Refused(f"line {reader.line_num}", f"broken: {error}", "close the quotation mark")
    finally:
        csv.field_size_limit(former)


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well `delimiter` parts the first records: the share as wide as the first, its width."""
    start = StringIO(text[: FIRST * 10_000], newline="")
    try:
        rows = [row for row in islice(csv.reader(start, delimiter=delimiter), FIRST) if row]
    except csv.Error:
        return 0, 0
    width = len(rows[0]) if rows else 0
    same = sum(len(row) == width for row in rows)
    return (same / len(rows), width) if width > 1 else (0, 0)


def _headings(row: Sequence[object]) -> list[str]:
    """Headings that differ: an empty one is called by its place, a second one numbered."""
    found: dict[str, None] = {}
    for place, cell in enumerate(row, 1):
        name = (_words_of(cell) or f"column {place}").lstrip("\ufeff")
        found[f"{name} ({place})" if name in found else name] = None
    return list(found)


def _json_lines(text: str) -> Iterator[Record | Refused]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _record(f"line {number}", json.loads(line))
            except (ValueError, RecursionError) as error:
                yield Refused(f"line {number}", f"no JSON: {error}", "write one object a line")


def _json(text: str) -> Iterator[Record | Refused]:
    """Records of a list of objects, of the list that an object holds, or of one object."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.lstrip().startswith("{") and "\n" in text.strip():
            yield from _json_lines(text)
            return
        raise ValueError(f"no JSON: {error}") from error
    if isinstance(whole, dict):
        lists = [one for one in whole.values() if isinstance(one, list) and one]
        whole = lists[0] if len(lists) == 1 and isinstance(lists[0][0], dict) else [whole]
    if not isinstance(whole, list):
        kind = type(whole).__name__
        raise ValueError(f"JSON that is no list of objects but a {kind}")  # noqa: TRY004 (as above)
    for number, one in enumerate(whole, 1):
        yield _record(f"item {number}", one)


def _record(place: str, value: object) -> Record | Refused:
    if isinstance(value, dict):
        return Record(
            place,
            place.split()[1],
            {SURROGATE.sub("\ufffd", name): cell for name, cell in value.items()},
        )
    return Refused(place, f"no object but a {type(value).__name__}", 'write {"text": "…"}')


def _sheets(content: bytes) -> Iterator[Record | Refused]:
    """Rows of every sheet of an Excel file, as they are shown: values, not formulas."""
    try:
        _refuse_bomb(content)
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            heading: list[str] = []
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if not any(_words_of(cell) for cell in row):
                    continue
                if not heading:
                    heading = _headings(row)
                else:
                    cells = dict(zip(heading, row, strict=False))
                    place = f"sheet {sheet.title}, row {number}"
                    yield Record(place, f"{sheet.title}!{number}", cells)
    except Exception as error:  # openpyxl lets every error of broken XML through
        raise ValueError(f"a spreadsheet that cannot be read ({error})") from error


def _refuse_bomb(content: bytes) -> None:
    """Raise ValueError where a spreadsheet would unpack beyond bounds, or defines entities."""
    with ZipFile(BytesIO(content)) as archive:
        if sum(info.file_size for info in archive.infolist()) > TABLE:
            raise ValueError(f"a spreadsheet that would unpack to more than {TABLE:,} bytes")
        for info in archive.infolist():
            with archive.open(info) as part:
                if b"<!" in part.read(HEADER).replace(b"<!--", b""):
                    raise ValueError("a spreadsheet with a document type, as no program writes")


def _parquet(content: bytes) -> Iterator[Record | Refused]:
    try:
        file = parquet.ParquetFile(BytesIO(content))
        groups = (file.metadata.row_group(place) for place in range(file.num_row_groups))
        if sum(group.total_byte_size for group in groups) > TABLE:
            raise ValueError(f"would unpack to more than {TABLE:,} bytes")
        number = 0
        for batch in file.iter_batches(batch_size=ROWS):
            for cells in batch.to_pylist():
                number += 1
                yield Record(f"row {number}", str(number), cells)
    except (pa.ArrowException, OSError, MemoryError) as error:
        raise ValueError(f"a Parquet file that cannot be read ({error})") from error
