"""The curated tables of data/: read, checked, typed.

A wrong row is refused at load with its file, its line and the remedy: a broken gazetteer must not
count. A reader's own table of the same shape goes through the same check.
"""

import csv
from collections.abc import Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd

PACKAGE = Path(__file__).parent
# A checkout is asked before the package: a wheel built earlier may lie there with older tables
CHECKOUT = PACKAGE.parent
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file() and (
    CHECKOUT / "data" / "seeds.csv"
).is_file()
HOME = CHECKOUT if IN_CHECKOUT else PACKAGE
DATA = HOME / "data"
NOTEBOOKS = HOME / "notebooks"


class Curated(NamedTuple):
    """One curated table: its file, what one row is, and what must hold of every row."""

    file: str
    row: str
    columns: tuple[str, ...]
    key: tuple[str, ...]  # no two rows share these
    filled: tuple[str, ...]  # never empty
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


SEEDS = Curated(
    "seeds.csv",
    "one seed page",
    ("doc_id", "path", "language", "outlet", "published", "published_source", "sha256", "note"),
    key=("doc_id",),
    filled=("doc_id", "path", "language", "published", "published_source", "sha256"),
    days=("published",),
)
ROUNDS = Curated(
    "rounds.csv",
    "one round of the talks",
    ("round", "start", "end", "city", "note", "source"),
    key=("round",),
    filled=("round", "start", "end", "city", "source"),
    days=("start", "end"),
    numbers=("round",),
)
OUTLETS = Curated(
    "outlets.csv",
    "one outlet of the seeds",
    ("outlet", "country", "languages", "kind", "note", "source"),
    key=("outlet",),
    filled=("outlet", "languages", "kind", "source"),
)


def load(table: Curated, given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """Rows of a curated table, checked and typed: the kit's own, or the reader's in its place.

    Parameters
    ----------
    table : which table, with what must hold of it.
    given : a frame or a CSV file of the same shape; without it, the file in data/.

    Raises
    ------
    ValueError : names the file and line (of a frame: the row), what is wrong, and the remedy.
    """
    if isinstance(given, pd.DataFrame):
        places = [f"row {row}" for row in range(len(given))]
        return _check(given.astype("object").where(given.notna(), ""), table, table.file, places)
    return _load_file(table, Path(given) if given is not None else DATA / table.file).copy()


@cache
def _load_file(table: Curated, path: Path) -> pd.DataFrame:
    frame, places = _read(path, table)
    return _check(frame, table, path.name, places)


def _read(path: Path, table: Curated) -> tuple[pd.DataFrame, list[str]]:
    """Cells of a CSV file as they stand, all text, and the line of each row.

    Read by Python's own reader: pandas takes a first row that is too long for a heading that is
    too short, and fills a short one in silence.
    """
    if not path.is_file():
        raise ValueError(
            f"{path.name}: no such file at {path}. One row is {table.row}, with the columns "
            f"{', '.join(table.columns)}."
        )
    try:
        reader = csv.reader(StringIO(path.read_text(encoding="utf-8-sig")), strict=True)
        rows = [(reader.line_num, row) for row in reader if row]
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path.name}: not UTF-8 ({error.reason} at byte {error.start}); "
            "save the file as UTF-8 and load it again."
        ) from error
    except csv.Error as error:
        raise ValueError(
            f"{path.name}, line {reader.line_num}: {error}; close the quotation mark, and write "
            "one inside a cell twice."
        ) from error
    heading = rows[0][1] if rows else []
    for line, row in rows[1:]:
        if len(row) != len(heading):
            raise ValueError(
                f"{path.name}, line {line}: {len(row)} cells under {len(heading)} columns; put a "
                f"cell that holds a comma in double quotes. The row: {', '.join(row)}"
            )
    frame = pd.DataFrame([row for _, row in rows[1:]], columns=heading, dtype=str)
    return frame, [f"line {line}" for line, _ in rows[1:]]


def _check(frame: pd.DataFrame, table: Curated, name: str, places: Sequence[str]) -> pd.DataFrame:
    """`frame` with its days and numbers typed, or ValueError with the first row that is wrong."""
    missing = [column for column in table.columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"{name}: no column {', '.join(missing)}. One row is {table.row}; "
            f"these columns are there: {', '.join(map(str, frame.columns)) or 'none'}."
        )
    frame = frame.reset_index(drop=True)

    def refuse(wrong: pd.Series, what: str, remedy: str) -> None:
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            cells = ", ".join(str(frame.loc[row, column]) for column in table.columns)
            raise ValueError(f"{name}, {places[row]}: {what}; {remedy}. The row: {cells}")

    for column in table.filled:
        refuse(
            frame[column].astype(str).str.strip() == "",
            f"{column} is empty",
            "fill it or drop the row",
        )
    for column in table.days:
        days = pd.to_datetime(frame[column].replace("", None), format="ISO8601", errors="coerce")
        refuse(days.isna() & (frame[column] != ""), f"{column} is no day", "write it as 2017-01-23")
        frame[column] = days
    for column in table.numbers:
        numbers = pd.to_numeric(frame[column], errors="coerce")
        refuse(numbers.isna(), f"{column} is no number", "write it in digits")
        frame[column] = numbers.astype("int64")
    key = list(table.key)
    refuse(
        frame.duplicated(key),
        f"{', '.join(key)} stands in an earlier row too",
        "keep one of the two",
    )
    return frame


def seeds() -> pd.DataFrame:
    """The five seed pages: where each lies, its language, outlet and day, and what proves the day.

    >>> seeds().loc[4, ["doc_id", "published"]].tolist()
    ['004', Timestamp('2017-09-14 00:00:00')]
    """
    return load(SEEDS)


def rounds(given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """The rounds of the talks in order: number, first and last day, city; `given` replaces them.

    >>> rounds().loc[21, ["round", "start", "city"]].tolist()
    [22, Timestamp('2024-11-11 00:00:00'), 'Astana']
    """
    table = load(ROUNDS, given)
    late = table["end"] < table["start"]
    if late.any():
        row = table[late].iloc[0]
        raise ValueError(
            f"{ROUNDS.file}: round {row['round']} ends {row['end']:%Y-%m-%d} before it starts "
            f"{row['start']:%Y-%m-%d}; correct one of the days."
        )
    return table.sort_values("round", ignore_index=True)


def outlets() -> pd.DataFrame:
    """The outlets of the seeds: country, languages and kind, plain facts with their source.

    >>> "الأمصار" in set(outlets()["outlet"])
    True
    """
    return load(OUTLETS)
