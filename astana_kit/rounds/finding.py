"""Where one paragraph names a round: its numbered nouns and its days, but not those of other talks.

A date is a reference where a round was held on it and its sentence speaks of the talks. What other
talks are numbered by (Geneva, the Constitutional Committee, a league) is left out by the words that
stand nearest.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from astana_kit.rounds.calendar import Calendar, Round, held_on
from astana_kit.rounds.paragraph import (
    BREADTH,
    NEAR,
    Paragraph,
    around,
    attached,
    between,
    parted,
    sentence,
)
from astana_kit.rounds.wording import NOUNS, OURS, Named, named
from astana_kit.text.dates import Written, find_dates, resolve
from astana_kit.text.months import months_and_short

ELSEWHERE = {"host", "other", "whose", "summit"}
SUMMITS = 7  # of the three presidents, from Sochi in November 2017 to Tehran in July 2022
PROMISED = 60  # characters between a round and the words that promise it
AHEAD = 100  # characters within which "the next round" has its month
DAYS_IN_WORDS = {"ar", "fa"}
DIGIT = re.compile(r"\d")
NUMERIC = re.compile(r"\d[-./]\d")  # «14.09»


class Found(NamedTuple):
    """One naming of a round in a paragraph, before it becomes a row."""

    start: int
    stop: int
    how: str
    round: int | None = None
    day: pd.Timestamp | None = None
    month: int | None = None
    step: int | None = None


def namings(paragraph: Paragraph, page: frozenset[str], days: Calendar) -> Iterator[Found]:
    """Namings in one paragraph, in order; `page` is what its whole page speaks of."""
    if not paragraph.kinds & {*NOUNS, *OURS}:
        return
    told = {one.number for one in days}
    nouns = [
        one
        for one in named(paragraph.folded, paragraph.language, paragraph.cues)
        if one.how == "relative" or one.round in told
    ]
    written = _dates(paragraph, nouns)
    if not nouns and not written:
        return
    paragraph = parted(paragraph)
    nouns = [one for one in nouns if not _is_date(one, written) and _is_ours(one, paragraph, page)]
    found = [
        *(
            _naming(one, paragraph, written)
            for one in nouns
            if not _is_final(one, nouns, paragraph)
        ),
        *(_dated(date, days) for date in written if _is_day_of_talks(date, paragraph, page, days)),
    ]
    for one in sorted(found, key=lambda one: one.start):
        yield _laid_back(one, paragraph.places)


def _dates(paragraph: Paragraph, nouns: list[Named]) -> list[Written]:
    """Dates of a paragraph, where there may be days, or a month that a step needs."""
    days = paragraph.language in DAYS_IN_WORDS or DIGIT.search(paragraph.plain)
    needed = days or any(one.how == "relative" for one in nouns)
    if needed and (
        _months(paragraph.language).search(paragraph.folded) or NUMERIC.search(paragraph.folded)
    ):
        return find_dates(paragraph.plain, paragraph.language)
    return []


@cache
def _months(language: str) -> re.Pattern[str]:
    """What a date in words must hold, the name of a month: passes most paragraphs over."""
    names = {name.split()[0] for name in months_and_short(language)}
    # «марта» is found by «мар»: the fewer names, the faster
    short = {name for name in names if not any(one in name for one in names - {name})}
    return re.compile("|".join(map(re.escape, sorted(short))))


def _is_date(one: Named, written: list[Written]) -> bool:
    """Whether a number is a day's: «Астана, 22 января»."""
    near = between(written, one.start - NEAR, one.stop)
    return any(date.day and one.start < date.stop for date in near)


def _laid_back(one: Found, places: list[int] | None) -> Found:
    """`one` in the characters of the page, marks counted."""
    if places is None:
        return one
    return one._replace(start=places[one.start], stop=places[one.stop - 1] + 1)


def _naming(one: Named, paragraph: Paragraph, written: list[Written]) -> Found:
    month, step = None, one.step
    # «Договорились провести 22-ю международную встречу» stands in the statement of the 21st
    if one.round and around(one.start, one.stop, paragraph).get("promise", BREADTH) <= PROMISED:
        step = 1
    if one.how == "relative":
        _, end = sentence(one.start, one.stop, paragraph)
        ahead = between(written, one.stop, min(end, one.stop + AHEAD))
        month = next((date.month for date in ahead), None)
    return Found(one.start, one.stop, one.how, one.round, month=month, step=step)


class Spoken(NamedTuple):
    """A numbered or relative noun with what is said round it."""

    one: Named
    paragraph: Paragraph
    page: frozenset[str]  # kinds of the words on the whole page
    near: dict[str, int]  # of those in the sentence, each with its distance
    ours: int | None  # distance of the nearest word for the city or the process


def _is_ours(one: Named, paragraph: Paragraph, page: frozenset[str]) -> bool:
    """Whether a noun is a round of these talks: the first rule that has an answer decides."""
    near = around(one.start, one.stop, paragraph)
    spoken = Spoken(one, paragraph, page, near, _nearest_of_ours(near))
    return next(answer for rule in RULES if (answer := rule(spoken)) is not None)


def _session_of_a_body(said: Spoken) -> bool | None:
    # «الجولة السابعة من اجتماعات اللجنة الدستورية», «Anayasa Komitesi'nin beşinci toplantısı»
    return False if attached(said.one, said.paragraph, {"whose", "summit"}) else None


def _summit(said: Spoken) -> bool | None:
    # «هفتمین نشست کشورهای ضامن روند آستانه» in a sentence on three presidents
    near = said.near.get("summit", BREADTH) <= 2 * NEAR
    low = said.one.round is not None and said.one.round <= SUMMITS
    return False if said.one.noun == "meeting" and low and near else None


def _of_other_talks(said: Spoken) -> bool | None:
    # "in Astana the envoy spoke of the eighth round of the Geneva talks"
    if attached(said.one, said.paragraph, {"other"}, owner=False):
        return False
    return False if _others(said.near, said.ours, said.paragraph, said.page) else None


def _numbered_place(said: Spoken) -> bool | None:
    # «Астана-2» is a football club's second team
    if said.one.noun == "place":
        return "other" not in said.page or "theme" in said.page
    return None


def _round(said: Spoken) -> bool | None:
    # «седьмой раунд переговоров между США и Казахстаном», on a page without Syria and Astana
    if said.one.noun in {"round", "rounds"}:
        known = bool(said.page & {*OURS, "theme"})
        return known or (said.one.how != "relative" and not said.page & ELSEWHERE)
    return None


def _time(said: Spoken) -> bool | None:
    # "for the 19th time the guarantors meet"; "for the first time" is said of anything
    if said.one.noun == "time":
        return said.ours is not None and (said.one.round or 0) > 3
    return None


def _one_of_the_first(said: Spoken) -> bool | None:
    # «второй встречи с иранской делегацией»: low numbers are often those of two delegations
    if said.one.round is not None and said.one.round <= 3:
        return attached(said.one, said.paragraph, {*OURS, "theme"})
    return None


def _numbered_meeting(said: Spoken) -> bool | None:
    # «на пленарном заседании 21-й международной встречи», on a page that has said which
    known = said.page & OURS and "theme" in said.page
    return True if said.one.noun == "meeting" and said.one.round is not None and known else None


def _in_a_sentence_on_the_talks(said: Spoken) -> bool | None:
    # "the Astana rider won the fifth stage", on a page without Syria
    if "theme" in (said.near if said.ours is None else said.page):
        return True
    return attached(said.one, said.paragraph, set(OURS))


RULES: tuple[Callable[[Spoken], bool | None], ...] = (
    _session_of_a_body,
    _summit,
    _of_other_talks,
    _numbered_place,
    _round,
    _time,
    _one_of_the_first,
    _numbered_meeting,
    _in_a_sentence_on_the_talks,
)


def _nearest_of_ours(near: dict[str, int]) -> int | None:
    return min((near[kind] for kind in OURS & near.keys()), default=None)


def _others(
    near: dict[str, int], ours: int | None, paragraph: Paragraph, page: frozenset[str]
) -> bool:
    """Whether the sentence, else the paragraph, else the page speaks of other talks only."""
    if "other" in near:  # without Syria it is the city's football club
        return ours is None or near["other"] < ours or "theme" not in page
    if ours is not None:
        return False
    kinds = paragraph.kinds if "other" in paragraph.kinds else page
    return "other" in kinds and not kinds & OURS


def _is_final(one: Named, nouns: list[Named], paragraph: Paragraph) -> bool:
    """Whether "the last round" means the final one: «сделать 20-й раунд последним раундом»."""
    if not one.final:
        return False
    begin, end = sentence(one.start, one.stop, paragraph)
    return any(other.round for other in between(nouns, begin, end))


def _is_day_of_talks(
    date: Written, paragraph: Paragraph, page: frozenset[str], days: Calendar
) -> bool:
    """Whether a round was held on a date, and its sentence speaks of the talks."""
    if (date.day is None and date.solar is None) or not (held := _held_on(date, days)):
        return False
    near = around(date.start, date.stop, paragraph)
    ours = _nearest_of_ours(near)
    if _others(near, ours, paragraph, page) or not page & {*OURS, "theme"}:
        return False
    if ours is not None or near.keys() & set(NOUNS):
        return True
    # «Сирия мәселесі 24-25 қаңтарда талқыланады»: first and last day agree
    return bool(page & OURS) and any(resolve(date, one.start) == one[1:] for one in held)


def _dated(date: Written, days: Calendar) -> Found:
    """The reference of a date; its round where the year is written."""
    if date.year is None:
        return Found(date.start, date.stop, "date", month=date.month)
    held = _held_on(date, days)[0]
    days_said = resolve(date, held.start)
    day = pd.Timestamp(days_said[0]) if days_said else None
    return Found(date.start, date.stop, "date", held.number, day, date.month)


def _held_on(date: Written, days: Calendar) -> tuple[Round, ...]:
    return held_on(date._replace(start=0, stop=0), days)
