"""Tables as text: CSV, whatever parts the cells, with rows that are not quite CSV."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from astana_kit.reading.found import Refused
from astana_kit.reading.records import FIRST, Record, headings, headings_known, no_heading, plain

DELIMITERS = ",;\t|"
ALONE = "\x1f"  # parts the cells of a table that has one column: it stands in no text
SAID = re.compile('\ufeff?sep=([^"\r\n])\r?\n', re.IGNORECASE)  # as Excel writes and reads it
LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]+")
CELL = 20_000_000  # characters


def delimited(text: str) -> Iterator[Record | Refused]:
    """Records of CSV, whatever parts the cells: commas, semicolons, tabs."""
    former = csv.field_size_limit(CELL)
    try:
        said = SAID.match(text)
        lines = LINE.findall(text)
        delimiter = said[1] if said else _delimiter(lines[: FIRST * 100])
        heading: list[str] = []
        for line, row in _rows(lines, delimiter, start=1 if said else 0):
            if not heading and row:
                heading = headings(row)
                yield from no_heading(f"line {line}", row)
            elif row is None:
                yield Refused(f"line {line}", "a quotation mark too many", "close or double it")
            elif len(row) > len(heading) and any(row[len(heading) :]):
                yield Refused(
                    f"line {line}",
                    f"{len(row)} cells under {len(heading)} headings",
                    "put a cell that holds the delimiter in double quotes",
                )
            elif row:
                cells = dict(zip_longest(heading, row[: len(heading)]))
                yield Record(f"line {line}", str(line), cells)
    finally:
        csv.field_size_limit(former)


def _rows(
    lines: Sequence[str], delimiter: str, start: int = 0
) -> Iterator[tuple[int, list[str] | None]]:
    """Cells of each row and the number of its first line; None for one that cannot be read.

    A quotation mark that nothing closes takes all rows behind it into its cell, up to a mark that
    shows the error. The first cell among them that does go over lines would have shown it: so the
    lines until there are read one by one, and none many times.
    """
    width = 0
    while start < len(lines):
        rest = (lines[place] for place in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        first = start
        try:
            for row in reader:
                width = width or len(row)
                yield first + 1, row
                first = start + reader.line_num
        except csv.Error:
            start = max(start + reader.line_num - 1, first + 1)
        else:
            return
        for place in range(first, start):
            yield place + 1, _plain_row(lines[place], delimiter, width)


def _plain_row(line: str, delimiter: str, width: int) -> list[str] | None:
    """Cells of one `line`, with stray quotation marks if there are `width`; None where not.

    They may be letters, «"Turk" talks», or have a blank behind them, «"one, two" ,3».
    """
    readers = (
        csv.reader([line], delimiter=delimiter, strict=True),
        csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE),
        csv.reader([line], delimiter=delimiter),
    )
    for reader in readers:
        try:
            row = next(reader)
        except csv.Error:  # or a cell beyond the limit
            continue
        if reader.dialect.strict or len(row) == width:
            return row
    return None


def _delimiter(lines: Sequence[str]) -> str:
    """What parts the cells of a table that begins with `lines`; where nothing does, `ALONE`.

    A table whose first line stands alone, yet has even rows below it, has a title, no heading.
    """
    best = max(DELIMITERS, key=lambda one: _fit(lines, one))
    if not lines or _fit(lines, best)[1] > 1:
        return best
    below = max(DELIMITERS, key=lambda one: _fit(lines[1:], one))
    known = plain(lines[0].strip('\ufeff"\r\n')) in headings_known()
    return ALONE if known or _fit(lines[1:], below)[0] < 1 else below


def _fit(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """How well `delimiter` parts the first records: the share as wide as the first, its width."""
    every = islice(_rows(lines, delimiter), FIRST)
    widths = [len(row or ()) for _, row in every if row != []]
    width = widths[0] if widths else 0
    return (widths.count(width) / len(widths), width) if width > 1 else (0, 0)
