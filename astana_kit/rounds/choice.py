"""From references to rounds: what each of them means, and what a page deals with."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from astana_kit.rounds.calendar import Calendar, Said, newest_year, of_date, of_step
from astana_kit.rounds.main import Naming, Page, main_round
from astana_kit.text.dates import find_dates
from astana_kit.text.dates import resolve as resolve_date

OPENING = 250  # characters in which a page without a day may still carry its dateline
SUREST = ("number", "ordinal", "date", "relative")


def resolve(
    pages: pd.DataFrame, references: pd.DataFrame, main: pd.Series, calendar: Calendar
) -> pd.DataFrame:
    """`references` with the round of each, where the page's day or its main round can tell.

    `pages` has doc_id, language, published and text; `main` is the main round by doc_id, as far as
    it is known. What neither can tell stays missing.
    """
    known = pages.set_index("doc_id")[["language", "published", "text"]].to_dict("index")
    parts = [
        _resolved(rows, known[doc_id], main.get(doc_id), calendar)
        for doc_id, rows in references.groupby("doc_id", sort=False)
        if doc_id in known
    ]
    rounds = pd.concat(parts) if parts else pd.Series(dtype="Int64")
    return references.assign(round=rounds.reindex(references.index).astype("Int64"))


def _resolved(
    rows: pd.DataFrame, page: Mapping[Any, Any], main: int | None, calendar: Calendar
) -> pd.Series:
    day = None if pd.isna(page["published"]) else pd.Timestamp(page["published"]).date()
    said = Said(frozenset(rows["round"].dropna()), newest_year(page["text"]))
    found: list[int | None] = []
    for row in rows.to_dict("records"):
        if pd.notna(row["round"]):
            found.append(int(row["round"]))
        elif row["how"] == "date":
            found.append(of_date(row["surface"], page["language"], day, said, calendar))
        else:
            month = None if pd.isna(row["month"]) else int(row["month"])
            step = None if pd.isna(row["step"]) else int(row["step"])
            found.append(of_step(step, month, day, main, calendar))
    return pd.Series(found, index=rows.index, dtype="Int64")


def of_pages(documents: pd.DataFrame, references: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Rows of document_rounds: the main round of each page, then those before and after it."""
    mains: dict[str, int] = {}
    for pages in (documents, _dated_by_words(documents)):
        first = resolve(pages, references, pd.Series(mains, dtype="Int64"), calendar)
        for doc_id, page in _pages(pages, first):
            if doc_id not in mains and (chosen := main_round(page, calendar)):
                mains[doc_id] = chosen
    resolved = resolve(documents, references, pd.Series(mains, dtype="Int64"), calendar)
    rows = [
        (doc_id, *one)
        for doc_id, page in _pages(documents, resolved)
        for one in _relations(page, mains.get(doc_id), calendar)
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "round", "relation", "how"])
    return frame.astype({"doc_id": "str", "round": "Int64", "relation": "str", "how": "str"})


def _dated_by_words(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents without a day, with the first full date that they begin with in its place."""
    undated = documents[documents["published"].isna()]
    days = [
        _first_day(text, language)
        for text, language in zip(undated["text"], undated["language"], strict=True)
    ]
    return undated.assign(published=pd.Series(days, undated.index, dtype="datetime64[us]"))


def _first_day(text: str, language: str) -> date | None:
    for written in find_dates(text[:OPENING], language):
        if written.year and (days := resolve_date(written, date.min)):
            return days[0]
    return None


def _pages(documents: pd.DataFrame, resolved: pd.DataFrame) -> list[tuple[str, Page]]:
    rows: dict[str, list[Naming]] = {}
    for row in resolved.sort_values("start").to_dict("records"):
        said: dict[str, Any] = {
            name: None if pd.isna(row[name]) else row[name] for name in Naming._fields
        }
        rows.setdefault(row["doc_id"], []).append(Naming(**said))
    columns = ["doc_id", "text", "title", "language", "published"]
    return [
        (doc_id, _page(text, title, language, published, rows.get(doc_id, [])))
        for doc_id, text, title, language, published in documents[columns].itertuples(index=False)
    ]


def _page(
    text: str, title: object, language: str, published: pd.Timestamp, namings: list[Naming]
) -> Page:
    """A page from its title on: a menu above it is not what the page begins with."""
    begin = max(0, text.find(title)) if isinstance(title, str) else 0
    day = None if pd.isna(published) else published.date()
    moved = [one._replace(start=one.start - begin) for one in namings]
    return Page(text[begin:], language, day, moved)


def _relations(page: Page, main: int | None, calendar: Calendar) -> list[tuple[int, str, str]]:
    """Main round first, then the others that the page names, in order of their number."""
    how: dict[int, str] = {}
    for naming in sorted(page.namings, key=lambda one: SUREST.index(one.how)):
        if naming.round is not None:
            how.setdefault(naming.round, naming.how)
    over = {one.number: one.end for one in calendar}
    others = [
        (number, "past" if _is_past(number, main, page.published, over) else "next", how[number])
        for number in sorted(how)
        if number != main
    ]
    told = "published" if page.published else "relative"  # it is the one before the promised one
    return [(main, "main", how.get(main, told)), *others] if main else others


def _is_past(number: int, main: int | None, published: date | None, over: dict[int, date]) -> bool:
    if main is not None:
        return number < main
    return published is None or over[number] <= published
