"""The calendar of the rounds, and which of them a reference means by its date or its step."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from astana_kit.text.dates import Written, find_dates, resolve

EVE, AFTER = timedelta(days=1), timedelta(days=2)  # reports of a round begin and end so


class Round(NamedTuple):
    """One round of the calendar."""

    number: int
    start: date
    end: date


class Naming(NamedTuple):
    """One reference as plain values: cells of a frame are slow to read one by one."""

    start: int
    passage: int
    surface: str
    how: str
    round: int | None
    step: int | None
    month: int | None


class Page(NamedTuple):
    """What is known of a page when its rounds are resolved and its main one is chosen."""

    text: str
    language: str
    published: date | None
    namings: list[Naming]


Calendar = tuple[Round, ...]
YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")


def calendar_of(days: pd.DataFrame) -> Calendar:
    """Rounds of a calendar table, in order."""
    return tuple(
        Round(int(number), start.date(), end.date())
        for number, start, end in zip(days["round"], days["start"], days["end"], strict=True)
    )


@lru_cache(maxsize=4096)
def held_on(when: Written, calendar: Calendar) -> tuple[Round, ...]:
    """Rounds that were held on a date; of any year, where it has none."""
    spans = [(one, resolve(when, one.start)) for one in calendar]
    return tuple(one for one, span in spans if span and span[0] <= one.end and one.start <= span[1])


def running(day: date, calendar: Calendar) -> Round | None:
    """Round held on `day` or from the next day on, or over for two days at most."""
    return next((one for one in calendar if one.start - EVE <= day <= one.end + AFTER), None)


def last_before(day: date, calendar: Calendar) -> Round | None:
    """Round that was over last on `day`."""
    return next((one for one in reversed(calendar) if one.end < day), None)


def next_after(day: date, calendar: Calendar) -> Round | None:
    """Round that was held next after `day`."""
    return next((one for one in calendar if one.start > day), None)


def _of_date(
    surface: str, language: str, day: date | None, newest: int | None, calendar: Calendar
) -> int | None:
    """Round held on a date without a year: by the page's day, else by the newest year it writes."""
    written = next(iter(find_dates(surface, language)), None)
    if written is None:
        return None
    held = held_on(written._replace(start=0, stop=0), calendar)
    if day is not None:
        span = resolve(written, day)
        held = tuple(one for one in held if span and span[0] <= one.end and one.start <= span[1])
    else:
        # «16-17 февраля» are the days of the 15th; the 2nd ended on the first of them
        held = tuple(one for one in held if resolve(written, one.start) == one[1:]) or held
        # 21-22 December was the 8th and the 17th: a page that knows no year after 2018 means 2017
        if len(held) > 1 and newest:
            held = tuple(one for one in held if one.start.year <= newest)[-1:]
    return held[0].number if len(held) == 1 else None


def of_step(
    step: int | None, month: int | None, day: date | None, main: int | None, calendar: Calendar
) -> int | None:
    """Round a step before or after the page's day; without a day, of its main round."""
    one = _beside(step, day, main, calendar)
    # Round 6 was announced for the end of August and held in mid-September; "the next talks in
    # mid-March" of 2018 were the ministers', and no round: the 9th was held in May
    fits = one and (not month or (one.start.month - month) % 12 <= 1)
    return one.number if one and fits else None


def _beside(
    step: int | None, day: date | None, main: int | None, calendar: Calendar
) -> Round | None:
    here = running(day, calendar) if day else None
    if day and not here:
        if step == -1:
            return last_before(day, calendar)
        return None if step == 0 else next_after(day, calendar)
    known = here.number if here else main
    if known is None or step is None:
        return None
    return next((one for one in calendar if one.number == known + step), None)


def by_page(references: pd.DataFrame) -> dict[str, list[Naming]]:
    """The references of each page, in their order."""
    numbers = dict.fromkeys(("round", "step", "month"), "Int64")
    cells = references[["doc_id", *Naming._fields]].astype(numbers).astype(object)
    pages: dict[str, list[Naming]] = {}
    for doc_id, *values in cells.where(cells.notna(), None).itertuples(index=False):
        pages.setdefault(doc_id, []).append(Naming(*values))
    return pages


def resolved(page: Page, main: int | None, calendar: Calendar) -> Page:
    """`page` with the round of each naming, where its day or its main round can tell.

    What neither can tell stays missing.
    """
    known = page.published is not None or all(one.how != "date" for one in page.namings)
    newest = None if known else max(map(int, YEAR.findall(page.text)), default=None)

    def meant(one: Naming) -> int | None:
        if one.how == "date":
            return _of_date(one.surface, page.language, page.published, newest, calendar)
        return of_step(one.step, one.month, page.published, main, calendar)

    return page._replace(
        namings=[
            one._replace(round=meant(one)) if one.round is None else one for one in page.namings
        ]
    )
