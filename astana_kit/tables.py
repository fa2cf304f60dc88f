"""The curated tables of data/: read, checked, typed.

A wrong row is refused at load with its file, its line and the remedy: a broken gazetteer must not
count. A reader's own table of the same shape goes through the same check.
"""

import csv
import hashlib
from collections.abc import Sequence
from functools import cache
from io import StringIO
from pathlib import Path

import pandas as pd

from astana_kit.curated import (
    ACTORS,
    COLUMN_WORDS,
    CONCEPT_TERMS,
    CONCEPTS,
    DATE_MARKS,
    DOUBTS,
    EXCEPTIONS,
    GLOSSES,
    LABELS,
    META_NAMES,
    NAMES,
    NOT_A_CONCEPT,
    NOT_AN_ACTOR,
    ORDINARY_WORDS,
    OUTLETS,
    PAGE_MARKS,
    ROUND_WORDS,
    ROUNDS,
    SEEDS,
    STOP_WORDS,
    TITLES,
    Curated,
)

PACKAGE = Path(__file__).parent
# A checkout is asked before the package: a wheel built earlier may lie there with older tables
CHECKOUT = PACKAGE.parent
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file() and (
    CHECKOUT / "data" / "seeds.csv"
).is_file()
HOME = CHECKOUT if IN_CHECKOUT else PACKAGE
DATA = HOME / "data"
NOTEBOOKS = HOME / "notebooks"


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
    if given is not None:  # read anew: the reader may have mended it since
        return _load_file(table, Path(given))
    return _kept(table, DATA / table.file).copy()


@cache
def fingerprint() -> str:
    """First letters of a digest of every file in data/: two that are equal have the same tables.

    >>> len(fingerprint())
    12
    """
    digest = hashlib.sha256()
    for path in sorted(DATA.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(DATA).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _kept(table: Curated, path: Path) -> pd.DataFrame:
    """The kit's own rows, read and checked once."""
    return _load_file(table, path)


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
    for column, values in table.among:
        refuse(~frame[column].isin(values), f"{column} is not known", f"write {', '.join(values)}")
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

    >>> rounds()[["round", "start", "city"]].tail(1)
        round      start    city
    21     22 2024-11-11  Astana
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


def round_words(given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """The wording of round references, by language: what each word says, and the step it takes.

    In `word` a star is any ending and brackets hold alternatives: «раунд(|а|у)», «сирийск*».

    >>> words = round_words()
    >>> words.loc[words["word"] == "next", ["kind", "step"]].iloc[0].tolist()
    ['relative', '1']
    """
    return load(ROUND_WORDS, given)


def actors(given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """The actors: what each is, its seat at the talks (camp), and the days it held that role.

    `given` replaces them.

    >>> actors().set_index("actor_id").loc["geir_pedersen", ["camp", "since"]].tolist()
    ['observer', Timestamp('2019-01-07 00:00:00')]
    """
    return load(ACTORS, given)


def names(
    given: pd.DataFrame | str | Path | None = None,
    who: pd.DataFrame | str | Path | None = None,
) -> pd.DataFrame:
    """The gazetteer: every way to write the name of an actor, in base form; `given` replaces it.

    `who` replaces the actors that its ids must be among.

    Raises
    ------
    ValueError : a row names no actor of actors.csv, stands for two, or is an ordinary word.

    >>> table = names()
    >>> table[(table["id"] == "syria") & (table["language"] == "kk")]["name"].tolist()
    ['Сирия', 'Сирия Араб Республикасы', 'САР', 'сириялық']
    """
    table = load(NAMES, given)
    places = _places(table, NAMES, given)
    known = {*actors(who)["actor_id"], NOT_AN_ACTOR}
    words = ordinary_words()
    ordinary = set(zip(words["language"], words["word"], strict=True))
    for place, actor, language, name in zip(
        places, table["id"], table["language"], table["name"], strict=True
    ):
        if actor not in known:
            raise ValueError(
                f"{place}: {name!r} names {actor!r}, whom {ACTORS.file} does not have; use one of "
                f"its ids, or {NOT_AN_ACTOR!r}, or give actors of your own (actors=)."
            )
        if (language, name) in ordinary and actor != NOT_AN_ACTOR:
            raise ValueError(
                f"{place}: {name!r} is an ordinary word ({ORDINARY_WORDS.file}); drop the row, or "
                "write a longer name that only the actor has."
            )
    return table


def labels(
    given: pd.DataFrame | str | Path | None = None,
    gazetteer: pd.DataFrame | str | Path | None = None,
) -> pd.DataFrame:
    """The ways to name an actor that six languages have in common, as labels; `given` replaces it.

    `gazetteer` replaces the names that its rows must be among.

    Raises
    ------
    ValueError : a row is no row of names.csv, or one label of an actor has two kinds.

    >>> table = labels()
    >>> table.loc[table["name"] == "النظام السوري", ["label", "kind"]].to_numpy().tolist()
    [['Syrian regime', 'state']]
    """
    table = load(LABELS, given)
    rows = names(gazetteer)
    known = set(zip(rows["id"], rows["language"], rows["name"], strict=True))
    kinds: dict[tuple[str, str], str] = {}
    for place, row in zip(_places(table, LABELS, given), table.itertuples(), strict=True):
        if (row.id, row.language, row.name) not in known:
            raise ValueError(
                f"{place}: {row.name!r} ({row.language}) is no name of {row.id!r} in {NAMES.file}; "
                "write it as it stands there, or give the gazetteer that has it (names=)."
            )
        kind = kinds.setdefault((str(row.id), str(row.label)), str(row.kind))
        if kind != row.kind:
            raise ValueError(
                f"{place}: {row.label!r} of {row.id!r} is {row.kind!r} here and {kind!r} in an "
                "earlier row; give one label one kind."
            )
    return table


def concepts(given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """The issues of the talks, places and acts that a passage can speak of, whatever its language.

    >>> concepts().set_index("concept_id").loc["ceasefire", "label"]
    'ceasefire'
    """
    return load(CONCEPTS, given)


def concept_terms(
    given: pd.DataFrame | str | Path | None = None,
    which: pd.DataFrame | str | Path | None = None,
) -> pd.DataFrame:
    """Every way to say a concept, in base form; `given` replaces it.

    `which` replaces the concepts that its ids must be among.

    Raises
    ------
    ValueError : a row says no concept of concepts.csv, or stands for two.

    >>> terms = concept_terms()
    >>> set(terms.loc[terms["id"] == "ceasefire", "language"]) == {
    ...     "ru", "ar", "kk", "en", "tr", "fa"}
    True
    """
    table = load(CONCEPT_TERMS, given)
    known = {*concepts(which)["concept_id"], NOT_A_CONCEPT}
    for place, concept, name in zip(
        _places(table, CONCEPT_TERMS, given), table["id"], table["name"], strict=True
    ):
        if concept not in known:
            raise ValueError(
                f"{place}: {name!r} says {concept!r}, which {CONCEPTS.file} does not have; use one "
                f"of its ids, or {NOT_A_CONCEPT!r}, or give concepts of your own (concepts=)."
            )
    return table


def _places(
    table: pd.DataFrame, contract: Curated, given: pd.DataFrame | str | Path | None
) -> list[str]:
    """Where each row of a loaded table stands, for the message that refuses it."""
    if isinstance(given, pd.DataFrame):
        return [f"{contract.file}, row {row}" for row in range(len(table))]
    file = Path(str(given or contract.file)).name
    return [f"{file}, line {row + 2}" for row in range(len(table))]


def doubts() -> pd.DataFrame:
    """The names that say only in some places who is meant, and where they count.

    counts: `alone` (no other state, capital or definite word beside it), `named in full` (where
    the same page has a longer name of that person), `not among capitals`.

    >>> doubts().set_index(["language", "name"]).loc[("ar", "رعد"), "counts"]
    'named in full'
    """
    return load(DOUBTS)


def ordinary_words() -> pd.DataFrame:
    """The ordinary words that look like a name: no name of the gazetteer may be found in them.

    >>> set(ordinary_words()["language"]) == {"ru", "ar", "kk", "en", "tr", "fa"}
    True
    """
    return load(ORDINARY_WORDS)


def outlets() -> pd.DataFrame:
    """The outlets of the seeds: country, languages and kind, plain facts with their source.

    >>> "الأمصار" in set(outlets()["outlet"])
    True
    """
    return load(OUTLETS)


def page_marks() -> pd.DataFrame:
    """The phrases that tell what a line of a page is, by the place where they stand in it.

    where: `line` (nothing else on the line but figures), `start`, `inside`, `list` (a heading
    over links), `section` (a heading that, under an article, holds to the end of the page).

    >>> marks = page_marks()
    >>> marks.loc[marks["phrase"] == "читайте также", ["where", "kind"]].to_numpy().tolist()
    [['list', 'related']]
    """
    return load(PAGE_MARKS)


def date_marks() -> pd.DataFrame:
    """The phrases that tell what a date beside them is: `published`, `updated` or `now` (a clock).

    >>> marks = date_marks()
    >>> marks.loc[marks["phrase"] == "last modified", "means"].tolist()
    ['updated']
    """
    return load(DATE_MARKS)


def titles() -> pd.DataFrame:
    """The words by which a name that no table holds is seen: beside it, inside it, never in it.

    kind: `title` (stands before a name: «посол»), `between` (may part the two: «وزارة»), `inside`
    (a small word within a name: «де»), `outside` (no part of one, though it follows it or is
    written with a capital).

    >>> words = titles()
    >>> words.loc[words["word"] == "глава МИД", "kind"].tolist()
    ['title']
    """
    return load(TITLES)


def exceptions() -> pd.DataFrame:
    """The words whose lemma no rule finds, with the reason; in Kazakh, stems not to be cut.

    >>> table = exceptions()
    >>> table.loc[table["word"] == "білім", ["lemma", "why"]].to_numpy().tolist()
    [['білім', 'noun of its own: knowledge, not "my" of біл-']]
    """
    return load(EXCEPTIONS)


def stop_words(given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """The function words of six languages, by form; `given` replaces them.

    The words of the subject itself (сторона, мир, side, round, مباحثات) are never among them.

    >>> words = stop_words()
    >>> words.loc[words["word"] == "туралы", ["language", "source"]].to_numpy().tolist()
    [['kk', 'function word: postposition']]
    """
    return load(STOP_WORDS, given)


def glosses(given: pd.DataFrame | str | Path | None = None) -> pd.DataFrame:
    """The vocabulary of the talks with its meaning in English; `given` replaces it.

    `word` is a term as ``lemmatize`` gives it: folded, «لاجي» for لاجئ. Where one lemma gathers a
    verb and the nouns made of it, the gloss names both.

    >>> table = glosses()
    >>> table.loc[table["word"] == "бітім", ["language", "gloss"]].to_numpy().tolist()
    [['kk', 'truce, peace']]
    """
    return load(GLOSSES, given)


def column_words() -> pd.DataFrame:
    """The headings under which tables of news pages keep text, title, day, outlet and language.

    >>> words = column_words()
    >>> words.loc[words["word"] == "мәтін", "taken_as"].tolist()
    ['text']
    """
    return load(COLUMN_WORDS)


def meta_names() -> pd.DataFrame:
    """The names under which web pages state their day, title, outlet and address, best first.

    What a page says of its last change or of its saving is no day of publication: not listed.

    >>> names = meta_names()
    >>> names.loc[names["name"] == "og:site_name", ["says", "place"]].to_numpy().tolist()
    [['outlet', 'meta']]
    """
    return load(META_NAMES)
