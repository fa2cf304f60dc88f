"""The calendar of the rounds: which was held on a day, which comes a step before or after it."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from astana_kit.text.dates import Written, find_dates, resolve

EVE, AFTER = timedelta(days=1), timedelta(days=2)  # reports of a round begin and end so
NEARBY = timedelta(days=21)  # "the current round", said before or after it


class Round(NamedTuple):
    """One round of the calendar."""

    number: int
    start: date
    end: date


class Said(NamedTuple):
    """What a page without a day says that helps to date it."""

    rounds: frozenset[int]
    newest_year: int | None


Calendar = tuple[Round, ...]
YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")


def newest_year(text: str) -> int | None:
    """Youngest year that a page writes: it is at least as young, and mostly of that year.

    >>> newest_year("В 2017 году и 22 января 2018 года; резолюция 2254")
    2018
    """
    return max(map(int, YEAR.findall(text)), default=None)


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


def of_date(
    surface: str, language: str, day: date | None, said: Said, calendar: Calendar
) -> int | None:
    """Round held on a date without a year: by the page's day, else by what else the page says."""
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
        held = tuple(one for one in held if one.number in said.rounds) or held
        # 21-22 December was the 8th and the 17th: a page that knows no year after 2018 means 2017
        if len(held) > 1 and said.newest_year:
            held = tuple(one for one in held if one.start.year <= said.newest_year)[-1:]
    return held[0].number if len(held) == 1 else None


def of_step(
    step: int | None, month: int | None, day: date | None, main: int | None, calendar: Calendar
) -> int | None:
    """Round a step before or after the page's day; without a day, of its main round."""
    if day is not None:
        one = _beside(step, day, calendar)
    else:
        one = next((one for one in calendar if _is_step(one, main, step)), None)
    if one is None or (month and not _fits(one, month, step)):
        return None
    return one.number


def _fits(one: Round, month: int, step: int | None) -> bool:
    """Whether a round can be the one that a page sets in a month."""
    # Round 6 was announced for the end of August and held in mid-September; "the next talks in
    # mid-March" of 2018 were the ministers', and no round: the 9th was held in May
    late = 0 if step is not None and step <= 0 else 1
    return (one.start.month - month) % 12 <= late or one.end.month == month


def _is_step(one: Round, main: int | None, step: int | None) -> bool:
    return main is not None and step is not None and one.number == main + step


def _beside(step: int | None, day: date, calendar: Calendar) -> Round | None:
    here = running(day, calendar)
    if here:
        return next((one for one in calendar if _is_step(one, here.number, step)), None)
    if step == -1:
        return last_before(day, calendar)
    if step in {1, None}:
        return next_after(day, calendar)
    near = [(min(abs(one.start - day), abs(one.end - day)), one) for one in calendar]
    away, one = min(near)
    return one if away <= NEARBY else None
