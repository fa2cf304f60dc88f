"""Tables → files for a spreadsheet, in which no text of a corpus is a formula."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pandas as pd

from astana_kit.text.script import direction

# How a spreadsheet begins to run a cell of CSV; a number may begin with its sign
FORMULA = re.compile(r"[\s\0]*[=+\-@|%＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOMENT = re.compile(rb"<dcterms:(created|modified).*?</dcterms:\1>")
XLSX_ROWS, XLSX_CHARACTERS = 1_048_576, 32_767  # of a sheet, of a cell
FIRST_YEAR = 1900  # of the days that a cell of .xlsx can hold


def save(table: pd.DataFrame, path: str | Path) -> Path:
    """File of `table` at `path`, for a spreadsheet: .csv or .xlsx, by the ending of its name.

    Corpora are not trusted: text that a spreadsheet would run as a formula stays text, in .csv
    behind an apostrophe. Days are days, lists are joined by "; ", what is missing is an empty
    cell, a time with a zone is written out. In .xlsx Arabic and Persian run from right to left.

    Parameters
    ----------
    table : any frame. Its index is saved where it is more than numbers without a name.
    path : a file that is there is replaced when the new one is whole.

    Raises
    ------
    ValueError : another ending, no table, or one too large for .xlsx; says what can be done.

    Examples
    --------
    >>> save(pd.DataFrame({"n": [1]}), "counts.docx")
    Traceback (most recent call last):
    ValueError: counts.docx: a table is saved as .csv or .xlsx, not as .docx
    """
    if not isinstance(table, pd.DataFrame):
        raise ValueError(  # noqa: TRY004 (the kit's one kind of error)
            f"save: found {type(table).__name__}, no table. A figure is saved by the buttons "
            "under it on its page (SVG, PNG), in JupyterLab by the camera in its bar"
        )
    path = Path(path)
    kinds = {".csv": _csv, ".xlsx": _xlsx}
    if path.suffix.lower() not in kinds:
        ending = f"as {path.suffix}" if path.suffix else "without an ending"
        raise ValueError(f"{path.name}: a table is saved as {' or '.join(kinds)}, not {ending}")
    _replace(path, kinds[path.suffix.lower()](list(_rows(table))))
    return path


def _replace(path: Path, content: bytes) -> None:
    """Make `content` the file at `path`, whole or not at all: a disk may be full midway.

    It is written beside its place first. What a killed run left there is overwritten.
    """
    place = path.resolve()  # a link stays one
    part = place.with_name(f".{place.name[:60]}.part")  # a name may be as long as a disk allows
    try:
        part.write_bytes(content)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


def _rows(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Headings, then each row, as numbers, truth values, days and texts."""
    numbered = table.index.names == [None] and pd.api.types.is_integer_dtype(table.index.dtype)
    whole = pd.DataFrame(table if numbered else table.reset_index(allow_duplicates=True))
    yield [
        " ".join(map(str, filter(None, name))) if isinstance(name, tuple) else str(name)
        for name in whole.columns
    ]
    for row in whole.itertuples(index=False, name=None):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:  # noqa: ANN401 (any cell of a frame)
    """A cell as a file can hold it; None where it is missing.

    >>> [_plain(value) for value in (["b", "a"], {"b", "a"}, pd.NA, pd.Timestamp("2017-01-23"))]
    ['b; a', 'a; b', None, datetime.date(2017, 1, 23)]
    """
    if isinstance(value, list | tuple | np.ndarray):
        return "; ".join(map(str, value))
    if isinstance(value, set | frozenset):
        return "; ".join(sorted(map(str, value)))
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, datetime):
        return _time(value)
    value = value.item() if isinstance(value, np.generic) else value
    finite = isinstance(value, float) and np.isfinite(value)
    return value if finite or isinstance(value, bool | int | date) else str(value)


def _time(value: datetime) -> datetime | date | str:
    """A day where it is no more than one; a text where a spreadsheet would change it."""
    if value.tzinfo is not None or value.year < FIRST_YEAR:
        return value.isoformat()
    return value.date() if pd.Timestamp(value).normalize() == value else value


def _csv(rows: list[list[Any]]) -> bytes:
    """CSV with the mark of UTF-8, without which some spreadsheets read Cyrillic as Latin."""
    content = StringIO(newline="")
    csv.writer(content).writerows([_inert(value) for value in row] for row in rows)
    return content.getvalue().encode("utf-8-sig", "replace")


def _inert(value: Any) -> Any:  # noqa: ANN401 (as above)
    """A text with an apostrophe where a spreadsheet would run it; any other value as it is.

    >>> [_inert(value) for value in ("=1+1", "-5", "-а", -5)]
    ["'=1+1", '-5', "'-а", -5]
    """
    if not isinstance(value, str) or NUMBER.fullmatch(value) or not FORMULA.match(value):
        return value
    return f"'{value}"


def _xlsx(rows: list[list[Any]]) -> bytes:
    """Workbook of one sheet; ValueError where the format has no room."""
    from openpyxl import Workbook  # noqa: PLC0415 (needed here only)

    longest = max(
        (len(value) for row in rows for value in row if isinstance(value, str)), default=0
    )
    for size, room, what in (
        (len(rows), XLSX_ROWS, "rows in a sheet"),
        (longest, XLSX_CHARACTERS, "characters in a cell"),
    ):
        if size > room:
            raise ValueError(f".xlsx holds {room:,} {what}, here are {size:,}; save it as .csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("table")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(content := BytesIO())
    return _timeless(content)


def _cell(sheet: Any, value: Any) -> Any:  # noqa: ANN401 (openpyxl has no types)
    """A cell of `sheet`; text is text, whatever it begins with, and runs in its own direction."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 (as above)
    from openpyxl.styles import Alignment  # noqa: PLC0415

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, NOT_XML.sub("\ufffd", value))
    cell.data_type = "s"
    if direction(value) == "rtl":
        cell.alignment = Alignment(horizontal="right", readingOrder=2)
    return cell


def _timeless(content: BytesIO) -> bytes:
    """A workbook without the moment when it was made: same table, same bytes."""
    kept = BytesIO()
    with ZipFile(content) as made, ZipFile(kept, "w") as file:
        for name in made.namelist():
            file.writestr(ZipInfo(name), MOMENT.sub(b"", made.read(name)), ZIP_DEFLATED)
    return kept.getvalue()
