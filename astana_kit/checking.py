"""What is wrong with an installation or a corpus, and what to do about it."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from packaging.requirements import Requirement

from astana_kit import copies, pages, reading, sharing, tables
from astana_kit.schema import article
from astana_kit.text.script import LANGUAGES
from astana_kit.topics.features import gather
from astana_kit.topics.vectors import FEWEST

PACKAGE = "astana_kit"
OLDEST = (3, 11)
SOME = 1 << 20  # characters that are looked through at once for anything to group passages by

TABLES: tuple[Callable[[], pd.DataFrame], ...] = (
    tables.seeds,
    tables.rounds,
    tables.outlets,
    tables.actors,
    tables.names,
    tables.concepts,
    tables.concept_terms,
    tables.stop_words,
    tables.glosses,
)


class Finding(NamedTuple):
    """One thing that was looked at."""

    state: str  # "good"; "look": a number may be less than it seems; "wrong": something will fail
    what: str
    remedy: str = ""


def installation() -> Iterator[Finding]:
    """Findings on this Python, the packages that the kit needs, its data and its notebooks."""
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < OLDEST
    yield Finding(
        "wrong" if old else "good",
        f"Python {version}",
        "install Python 3.11 or newer" if old else "",
    )
    yield from packages()
    for table in TABLES:
        yield _loaded(table)
    yield from seed_pages()
    notebooks = sorted(tables.NOTEBOOKS.glob("*.ipynb"))
    yield Finding(
        "good" if notebooks else "wrong",
        f"{len(notebooks)} notebooks",
        "" if notebooks else "the kit was installed without them: install it again",
    )
    script = resources.files("plotly") / "package_data" / "plotly.min.js"
    yield Finding(
        "good" if script.is_file() else "wrong",
        "plotly's script for pages",
        "" if script.is_file() else "install plotly again: pip install --force-reinstall plotly",
    )


def packages() -> Iterator[Finding]:
    """A finding for each package that the kit needs and that is not here, or too old."""
    needed = [Requirement(line) for line in metadata.requires(PACKAGE) or ()]
    needed = [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    good = 0
    for one in needed:
        try:
            version = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            yield Finding("wrong", f"{one.name} is not installed", f"pip install '{one}'")
            continue
        if one.specifier.contains(version, prereleases=True):
            good += 1
        else:
            yield Finding("wrong", f"{one.name} {version} is too old", f"pip install '{one}'")
    yield Finding("good", f"{good} of {len(needed)} packages")


def _loaded(table: Callable[[], pd.DataFrame]) -> Finding:
    """Whether a curated table can be read, by its own check."""
    try:
        rows = len(table())
    except ValueError as error:
        return Finding("wrong", str(error), "mend the row, or bring back the file as it was")
    return Finding("good", f"data: {table.__name__}, {rows:,} rows")


def seed_pages() -> Iterator[Finding]:
    """A finding for each seed page that is not as it was received."""
    for row in tables.seeds().itertuples():
        path = tables.DATA / str(row.path)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
            yield Finding(
                "wrong", f"{row.path} is missing or not as received", "bring back the file"
            )


def corpus(source: str | Path) -> Iterator[Finding]:
    """Findings on the pages of `source`: what was not read, and what will make numbers weak.

    Raises
    ------
    ValueError : there is no such file or folder.
    """
    read = reading.read(source)
    found = read.documents
    none = "see what is below" if len(read.rejected) else "put pages there; it is empty"
    yield Finding(
        "good" if len(found) else "wrong",
        f"{_many(len(found), 'page')} read",
        "" if len(found) else none,
    )
    for (why, remedy), rows in read.rejected.groupby(["why", "remedy"], sort=False):
        example = rows["source"].iloc[0]
        yield Finding("look", f"{len(rows):,} not taken ({why}), such as {example}", str(remedy))
    if len(found):
        yield from _weak(found)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _weak(found: pd.DataFrame) -> Iterator[Finding]:
    """What of the pages read will make numbers weak."""
    counts = found["language"].value_counts()
    spoken = (f"{language}: {_many(n, 'page')}" for language, n in counts.items())
    yield Finding("good", "; ".join(spoken))
    unread = int((~found["language"].isin(LANGUAGES)).sum())
    undated = int(found["published"].isna().sum())
    nameless = int(found["outlet"].isna().sum())
    near = len(copies.near_duplicates(found))
    passages = pages.split_passages(found)
    bare = len(found) - passages.query("kind == 'body'")["doc_id"].nunique()
    for n, what, remedy in (
        (unread, "in a language the kit does not read", "give the column language, or leave out"),
        (undated, "without a day of publication", "give the column published (2018-02-23)"),
        (
            nameless,
            "without an outlet",
            "give the column outlet (columns= of ak.read, or ak.from_frame)",
        ),
        (
            near,
            "nearly the same as another",
            "languages are compared without copies",
        ),
        (bare, "without a paragraph of running text", "look at one: is it a menu or a list?"),
    ):
        if n:
            yield Finding("look", f"{_many(n, 'page')} {what}", remedy)
    yield from _ungrouped(article(passages))


def _ungrouped(passages: pd.DataFrame) -> Iterator[Finding]:
    """Whether too few passages say anything that topics could be made of."""
    telling = 0
    for part in sharing.parts(passages, SOME):
        telling += gather(part, part, None).table["row"].nunique()
        if telling >= FEWEST:
            return
    yield Finding(
        "look",
        f"{_many(telling, 'passage')} with an actor or a concept",
        f"topics are refused below {FEWEST}: give more pages",
    )
