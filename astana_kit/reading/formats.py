"""Tables of pages, one record each: CSV, TSV, JSON, JSON lines, Excel, Parquet."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import chain, zip_longest
from zipfile import ZipFile

import openpyxl
import pyarrow as pa
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.escape import unescape
from pyarrow import parquet

from astana_kit.reading.days import cell_day
from astana_kit.reading.delimited import delimited
from astana_kit.reading.found import TABLE, Refused
from astana_kit.reading.records import (
    LONG,
    Record,
    headings,
    headings_known,
    no_heading,
    plain,
    words_of,
    wordy,
)
from astana_kit.saving import XLSX_ROWS
from astana_kit.text.script import SURROGATE

ROWS = 10  # of a Parquet file read together; a text that is stored once may be in all of them
XML = (".xml", ".rels", ".vml")
HEADER = 65_536  # bytes of XML in which a definition of entities would stand


def parted(
    content: bytes, text: str | None, kind: str
) -> Iterator[tuple[str, Iterator[Record | Refused]]]:
    """Each table of a file, its name and its rows; only those of a spreadsheet have names.

    `text` is the `content` where that is written in letters. Raises ValueError where it is no such
    table, or one that would unpack to more than can be held.
    """
    if text is None and not content.startswith(b"PAR1"):
        yield from ((name, _held(rows)) for name, rows in _sheets(content))
    elif text is None:
        yield "", _held(_parquet(content))
    elif kind in {".jsonl", ".ndjson"}:
        yield "", _json_lines(text)
    else:
        yield "", _json(text) if kind == ".json" else delimited(text)


def _held(rows: Iterator[Record | Refused]) -> Iterator[Record | Refused]:
    """`rows`, as long as their texts can be held: what is stored once may be in a million cells."""
    size = 0
    for row in rows:
        if isinstance(row, Record):
            cells = (cell if isinstance(cell, list) else [cell] for cell in row.cells.values())
            size += sum(len(one) for one in chain(*cells) if isinstance(one, (str, bytes)))
        if size > TABLE:
            raise ValueError(f"more than {TABLE:,} characters in one table")
        yield row


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
        items = lists[0] if len(lists) == 1 and isinstance(lists[0][0], dict) else []
        own = _is_page(whole, items)
        if own and items and _texts(items[0]):
            yield Refused("a list in it", "beside a text, so taken for comments", "save it alone")
        whole = [whole] if own or not items else items
    if not isinstance(whole, list):
        kind = type(whole).__name__
        raise ValueError(f"JSON that is no list of objects but a {kind}")  # noqa: TRY004 (as above)
    for number, one in enumerate(whole, 1):
        yield _record(f"item {number}", one)


def _texts(one: Mapping[str, object]) -> bool:
    """Whether an object has a text, by its heading."""
    named = (cell for name, cell in one.items() if headings_known().get(plain(name)) == "text")
    return any(cell and wordy(cell) for cell in named)


def _is_page(whole: Mapping[str, object], items: Sequence[Mapping[str, object]]) -> bool:
    """Whether an object is a page, and its list of `items` no pages but comments or pictures.

    It says so by a heading, or has a longer text than the first of them.
    """
    own, inside = (
        max((len(cell) for cell in one.values() if isinstance(cell, str)), default=0)
        for one in (whole, items[0] if items else {})
    )
    return _texts(whole) or own >= max(LONG, inside)


def _record(place: str, value: object) -> Record | Refused:
    if isinstance(value, dict):
        return Record(
            place,
            place.split()[1],
            {SURROGATE.sub("\ufffd", name): cell for name, cell in value.items()},
        )
    return Refused(place, f"no object but a {type(value).__name__}", 'write {"text": "…"}')


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[Record | Refused]]]:
    """Each sheet of an Excel file and its rows, as they are shown: values, not formulas."""
    try:
        _refuse_bomb(content)
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets every error of broken XML through
        raise ValueError(f"a spreadsheet that cannot be read ({error})") from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        # openpyxl makes an empty row of each that is not there: hours, where one says that it is
        # row 99999999999
        rows = (map(_shown, row) for row in sheet.iter_rows(max_row=XLSX_ROWS + 1))
        yield f"sheet {sheet.title}", _sheet(sheet.title, rows)


def _shown(cell: ReadOnlyCell) -> object:
    """The value of a cell; of a month or a year alone, which is kept as its first day, no day."""
    value = cell.value
    if isinstance(value, date) and cell_day(value, cell.number_format) is None:
        return f"{value:%Y-%m}"
    return unescape(value) if isinstance(value, str) else value


def _sheet(title: str, rows: Iterable[Iterable[object]]) -> Iterator[Record | Refused]:
    """Records of a sheet: its rows that are not empty, under the first of them."""
    heading: list[str] = []
    for number, whole in enumerate(rows, 1):
        if number > XLSX_ROWS:
            yield Refused(f"row {number}", "rows beyond the last of a spreadsheet", "save it again")
            return
        row = list(whole)
        while row and not words_of(row[-1]):
            row.pop()
        if not row:
            continue
        if not heading:
            heading = headings(row)
            yield from no_heading(f"row {number}", row)
        else:
            if len(row) > len(heading):  # a column without a heading may hold the texts
                heading = headings([*heading, *[None] * (len(row) - len(heading))])
            cells = dict(zip_longest(heading, row))
            yield Record(f"row {number}", f"{title}!{number}", cells)


def _refuse_bomb(content: bytes) -> None:
    """Raise ValueError where a spreadsheet would unpack beyond bounds, or defines entities."""
    with ZipFile(BytesIO(content)) as archive:
        if sum(info.file_size for info in archive.infolist()) > TABLE:
            raise ValueError(f"a spreadsheet that would unpack to more than {TABLE:,} bytes")
        for info in archive.infolist():
            if not info.filename.endswith(XML):  # a picture may have any bytes
                continue
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
