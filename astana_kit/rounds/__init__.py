"""Rounds of the talks: where a page names one, which one it is about, and each passage's own.

Finding says only what the words say; assigning and placing ask the page's day and the calendar too.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from astana_kit import sharing, tables
from astana_kit.rounds.calendar import Calendar, Page, by_page, calendar_of, resolved
from astana_kit.rounds.finding import namings
from astana_kit.rounds.main import of_pages
from astana_kit.rounds.paragraph import prepare
from astana_kit.schema import (
    ARTICLE,
    DOCUMENT_ROUNDS,
    DOCUMENTS,
    PASSAGES,
    REFERENCES,
    require,
    require_unique,
)
from astana_kit.text.script import LANGUAGES

SEARCHED = (*ARTICLE, "dateline")
CHUNK = 1 << 20  # characters read by one process at a time
SLICE = 1 << 12  # passages whose cells are made Python's own at once

Given = pd.DataFrame | str | Path | None


def find_rounds(passages: pd.DataFrame, *, calendar: Given = None) -> pd.DataFrame:
    """References: every naming of a round in headline, dateline and body passages.

    What the words say, nothing resolved by guess: `round` is missing where only the page's day or
    its main round can tell. Numbers of other talks (Geneva, the Constitutional Committee) and of
    rounds that are not in the calendar are left out.

    Parameters
    ----------
    passages : one row per paragraph of a page.
    calendar : a frame or CSV file of the shape of data/rounds.csv, in its place.

    Returns
    -------
    One row per naming: doc_id, start, stop, passage, surface, how (``number`` ``ordinal`` ``date``
    ``relative``), round, day (first day of a full date), month, step (-1 previous, +1 next, 0 this
    one; missing for "a new round", which may be this or the next; +1 beside a number too, where
    the round was agreed upon: "decided to hold the 22nd").

    Raises
    ------
    ValueError : a column of `passages` is missing, or the calendar is wrong.

    Examples
    --------
    >>> text = "Завершился 13-й раунд переговоров по Сирии, следующий раунд пройдёт в октябре"
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a"], "passage": [0], "start": [0], "stop": [len(text)], "kind": ["body"],
    ...     "language": ["ru"], "outlet": [None], "published": [pd.NaT], "text": [text]})
    >>> find_rounds(passages)[["surface", "how", "round", "month", "step"]]
                surface       how  round  month  step
    0        13-й раунд    number     13   <NA>  <NA>
    1   следующий раунд  relative   <NA>     10     1
    """
    require(passages, PASSAGES)
    days = calendar_of(tables.rounds(calendar))
    parts = map(_searched, sharing.parts(passages, CHUNK))
    return pd.concat(sharing.each(partial(_found, days=days), parts), ignore_index=True)


def _searched(passages: pd.DataFrame) -> pd.DataFrame:
    """Where a round may be named, and what is read there."""
    searched = passages["kind"].isin(SEARCHED) & passages["language"].isin(LANGUAGES)
    return passages.loc[searched, ["doc_id", "passage", "start", "text", "language"]]


def _found(rows: pd.DataFrame, days: Calendar) -> pd.DataFrame:
    """References in the passages of `rows`."""
    return _table([row for page in _pages(rows) for row in _rows(page, days)])


def _pages(rows: pd.DataFrame) -> Iterator[list[list[Any]]]:
    """The rows of one page after the other, as lists, of which few are held at a time."""
    page = pd.factorize(rows["doc_id"], use_na_sentinel=False)[0]
    order = np.argsort(page, kind="stable")
    parts = (order[begin : begin + SLICE] for begin in range(0, len(order), SLICE))
    cells = chain.from_iterable(rows.iloc[part].to_numpy().tolist() for part in parts)
    for _, found in groupby(cells, key=itemgetter(0)):
        yield list(found)


def _rows(page: list[list[Any]], days: Calendar) -> Iterator[tuple[object, ...]]:
    """Rows of one page; what its other paragraphs speak of (Geneva? Astana?) counts in each."""
    prepared = [prepare(text, language) for *_, text, language in page]
    spoken = frozenset().union(*(paragraph.kinds for paragraph in prepared))
    for (doc_id, passage, start, text, _), paragraph in zip(page, prepared, strict=True):
        for one in namings(paragraph, spoken, days):
            surface = text[one.start : one.stop]
            yield (doc_id, start + one.start, start + one.stop, passage, surface, *one[2:])


def _table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows,
        columns=list(REFERENCES.columns),
    )
    types = dict.fromkeys(("start", "stop", "passage"), "int64") | dict.fromkeys(
        ("round", "month", "step"), "Int64"
    )
    types |= dict.fromkeys(("doc_id", "surface", "how"), "str") | {"day": "datetime64[us]"}
    return frame.astype(types)


def assign_rounds(
    documents: pd.DataFrame, references: pd.DataFrame, *, calendar: Given = None
) -> pd.DataFrame:
    """Rounds that each page deals with: the one it is about, those it looks back and ahead to.

    Parameters
    ----------
    documents : one row per page.
    references : one row per naming of a round, from `find_rounds`.
    calendar : a frame or CSV file of the shape of data/rounds.csv, in its place.

    Returns
    -------
    One row per page and round: doc_id, round, relation (``main`` ``past`` ``next``), how (as its
    references have it, or ``published`` where the page's day alone tells). At most one main a
    page; none where a page is about no round.

    Raises
    ------
    ValueError : a column is missing, a doc_id stands twice, or a reference stands on a page that
        is not there.

    Examples
    --------
    >>> documents = pd.DataFrame({
    ...     "doc_id": ["a"], "language": ["en"], "outlet": [None], "title": [None],
    ...     "published": [pd.Timestamp("2024-01-25")], "published_source": ["given"],
    ...     "text": ["The 21st round ends; the next is due."], "source": [""], "sha256": [""]})
    >>> references = pd.DataFrame({
    ...     "doc_id": ["a", "a"], "start": [4, 20], "stop": [14, 28], "passage": [0, 0],
    ...     "surface": ["21st round", "the next"], "how": ["number", "relative"],
    ...     "round": pd.array([21, None], dtype="Int64"), "day": [pd.NaT, pd.NaT],
    ...     "month": pd.array([None, None], dtype="Int64"),
    ...     "step": pd.array([None, 1], dtype="Int64")})
    >>> assign_rounds(documents, references)
      doc_id  round relation       how
    0      a     21     main    number
    1      a     22     next  relative
    """
    require(documents, DOCUMENTS)
    require_unique(documents, DOCUMENTS)
    require(references, REFERENCES)
    days = calendar_of(tables.rounds(calendar))
    missing = set(references["doc_id"].unique()) - set(documents["doc_id"])
    if missing:
        raise ValueError(
            f"references: doc_id {', '.join(sorted(map(str, missing)))} is not in documents; "
            "find the rounds in the passages of these documents."
        )
    return of_pages(documents, references, days)


def place_in_rounds(
    passages: pd.DataFrame,
    references: pd.DataFrame,
    document_rounds: pd.DataFrame,
    *,
    calendar: Given = None,
) -> pd.DataFrame:
    """Passages with the round that each belongs to.

    A passage belongs to the round that it names itself (the first, where it names two and neither
    is the page's main one; the page's main round where that is among them), else to its page's
    main round, else to none. Paragraphs that are not the article belong to none.

    Parameters
    ----------
    passages : one row per paragraph of a page.
    references : one row per naming of a round, from `find_rounds`.
    document_rounds : one row per page and round, from `assign_rounds`.
    calendar : a frame or CSV file of the shape of data/rounds.csv, in its place.

    Returns
    -------
    `passages` with two more columns: round, and round_from (``passage`` ``document`` ``none``).

    Raises
    ------
    ValueError : a column is missing, or the calendar is wrong.

    Examples
    --------
    >>> text = "The 20th round of talks on Syria ended, the 19th round is past."
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "a"], "passage": [0, 1], "start": [0, 70], "stop": [63, 90],
    ...     "kind": ["body", "related"], "language": ["en", "en"], "outlet": [None, None],
    ...     "published": pd.to_datetime(["2023-06-21"] * 2), "text": [text, "Astana 19"]})
    >>> main = pd.DataFrame(
    ...     {"doc_id": ["a"], "round": [20], "relation": ["main"], "how": ["number"]})
    >>> place_in_rounds(passages, find_rounds(passages), main)[["kind", "round", "round_from"]]
          kind  round round_from
    0     body     20    passage
    1  related   <NA>       none
    """
    require(passages, PASSAGES)
    require(references, REFERENCES)
    require(document_rounds, DOCUMENT_ROUNDS)
    main = document_rounds[document_rounds["relation"] == "main"].set_index("doc_id")["round"]
    own = _named_itself(passages, references, main.to_dict(), calendar_of(tables.rounds(calendar)))
    named_itself = pd.Series(
        [own.get(place) for place in zip(passages["doc_id"], passages["passage"], strict=True)],
        index=passages.index,
        dtype="Int64",
    )
    of_page = passages["doc_id"].map(main).astype("Int64").where(passages["kind"].isin(ARTICLE))
    source = pd.Series("none", index=passages.index, dtype="str")
    source = source.mask(of_page.notna(), "document").mask(named_itself.notna(), "passage")
    return passages.assign(round=named_itself.fillna(of_page), round_from=source)


def _named_itself(
    passages: pd.DataFrame, references: pd.DataFrame, main: dict[Any, int], days: Calendar
) -> dict[tuple[str, int], int]:
    """Round that a passage names itself, by doc_id and passage."""
    said = by_page(references)
    undated = references.loc[references["round"].isna() & (references["how"] == "date"), "doc_id"]

    def of(ids: Iterable[str], *columns: str) -> DataFrameGroupBy:
        rows = passages.loc[passages["doc_id"].isin(ids), ["doc_id", *columns]]
        return rows.groupby("doc_id", sort=False, observed=True)

    # the years of a page may have to tell which one a date means
    texts = of(undated.unique(), "text")["text"].agg("\n".join).to_dict()
    own: dict[tuple[str, int], int] = {}
    for doc_id, language, published in of(said, "language", "published").first().itertuples():
        day = None if pd.isna(published) else published.date()
        page = Page(texts.get(doc_id, ""), language, day, said[doc_id])
        for one in resolved(page, main.get(doc_id), days).namings:
            place = doc_id, one.passage
            if one.round is not None and (place not in own or one.round == main.get(doc_id)):
                own[place] = one.round
    return own
