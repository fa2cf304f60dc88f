"""Dates as news pages write them in six languages: in words and digits, with ranges.

A date is what the words say and no more: where no day is written there is no day, and where no
year is written there is none until `resolve` is asked for the one nearest to a page's own day.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from astana_kit.text.date_grammar import pattern
from astana_kit.text.months import (
    AUGUST,
    NEEDS_A_YEAR,
    SOLAR,
    ambiguous,
    days_in_words,
    months,
    months_and_short,
)
from astana_kit.text.script import MARKS, bare, fold


class Written(NamedTuple):
    """A date as the words give it; a month without a day is one too."""

    start: int
    stop: int
    year: int | None  # as written; of the last day, where a range passes New Year
    month: int | None  # of the first day
    day: int | None  # first day; None where only a month (and year) is written
    last_month: int | None
    last_day: int | None
    # Month, day, last month, last day of the Solar Hijri calendar where no year is written:
    # «۵ بهمن» is 24 or 25 January by the year, so month and day above stay None until resolved
    solar: tuple[int, int, int, int] | None = None


def find_dates(text: str, language: str) -> list[Written]:
    """Dates in `text`, in order, none overlapping another; [] where there is none.

    A day that no calendar has («31 июня») is no date, nor is a numeric one that two customs read
    differently ("02/03/2017" in English). In a language the kit does not know only dates in digits
    are found.

    >>> text = "Раунд прошёл 14-15 сентября 2017 года"
    >>> [(text[d.start:d.stop], d.year, d.month, d.day, d.last_day) for d in find_dates(text, "ru")]
    [('14-15 сентября 2017 года', 2017, 9, 14, 15)]
    """
    plain, places = bare(text) if MARKS.search(text) else (text, None)
    folded = fold(plain, language)
    found = [
        written
        for match in pattern(language).finditer(folded)
        for written in _read(match, plain, language)
    ]
    if places is None:
        return found
    return [one._replace(start=places[one.start], stop=places[one.stop - 1] + 1) for one in found]


def _read(match: re.Match[str], plain: str, language: str) -> Iterator[Written]:
    """What one match says: nothing, one date, or two («21 и 28 января»)."""
    if match["n_year"] or match["p_year"]:
        yield from _numeric(match, language)
    elif match["z_month"]:
        yield from _day_first(match, plain, language)
    elif match["b_month"]:
        yield from _month_first(match, plain, language)
    elif _is_month(match, plain, language):
        month = months(language)[_key(match["m_month"])]
        year = _year(match["m_year"] or match["m_year0"])
        if month < SOLAR and _agree(match["m_month"], match["m_twin"], language):
            yield Written(*match.span("alone"), year, month, None, month, None)


def _numeric(match: re.Match[str], language: str) -> Iterator[Written]:
    """«16.02.2017», "2017-02-16", «14-15.09.2017», «۱۳۹۵/۱۱/۰۵»."""
    order = "n" if match["n_year"] else "p"
    year, month, day = (int(match[f"{order}_{part}"]) for part in ("year", "month", "day"))
    last = int(match["p_last"] or day)
    if order == "p" and language == "en" and day != month and max(day, month) <= 12:
        return
    if year < 1900 and language != "fa":  # «1438/12/23» is a year of the Islamic moon calendar
        return
    if month > 12:  # "9/14/2017"
        month, day, last = day, month, month
    shift = SOLAR if year < 1900 else 0
    start = min(match.start(f"{order}_year"), match.start(f"{order}_day"))
    yield from _dates((start, match.end()), year, (month + shift, day), (month + shift, last))


def _day_first(match: re.Match[str], plain: str, language: str) -> Iterator[Written]:
    """«23 февраля 2018 г.», «30 октября - 1 ноября», «الرابع والخامس من تموز»."""
    names = months_and_short(language)
    last = names[_key(match["z_month"])], _day(match["z_day"], language)
    first = last
    if match["a_day"]:
        first = names[_key(match["a_month"] or match["z_month"])], _day(match["a_day"], language)
    year, first_year = _year(match["z_year"] or match["year0"]), _year(match["a_year"])
    if first_year:  # «30 декабря 2016 - 2 января»
        year = year or first_year + (first > last)
        if first_year != year - (first > last):
            return
    if not all(_stands(match, name, plain, language) for name in ("a_month", "z_month")):
        return
    if not _agree(match["z_month"], match["z_twin"], language):
        return
    if year is None and match["z_month"] in NEEDS_A_YEAR:
        return
    start = next(match.start(name) for name in ("year0", "a_day", "z_day") if match[name])
    if match["a_and"] is not None and last[1] - first[1] > 1 + match["list"].count(","):
        yield from _dates((start, match.end("a_day")), year, first, first)
        start, first = match.start("z_day"), last
    elif match["a_day"] and not match["a_month"] and first >= last:
        start, first = match.start("z_day"), last  # "on the 25th, 24 January": no range
    yield from _dates((start, match.end()), year, first, last)


def _month_first(match: re.Match[str], plain: str, language: str) -> Iterator[Written]:
    """«Jan. 24-25», «October 30 - November 1, 2017», «Қаң 15, 2017», «ақпанның 23-і»."""
    names = months_and_short(language)
    first = names[_key(match["b_month"])], _day(match["b_day"], language)
    last = first
    if match["y_day"]:
        last = names[_key(match["y_month"] or match["b_month"])], _day(match["y_day"], language)
    year, start = _year(match["y_year"]), match.start("b_month")
    if not all(_stands(match, name, plain, language) for name in ("b_month", "y_month")):
        return
    if match["b_and"] is not None and (first[0] != last[0] or last[1] - first[1] != 1):
        yield from _dates((start, match.end("b_day")), year, first, first)
        start, first = match.start("y_month" if match["y_month"] else "y_day"), last
    yield from _dates((start, match.end()), year, first, last)


def _key(words: str) -> str:
    return " ".join(words.rstrip(".").split())


def _day(words: str, language: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else days_in_words(language)[_key(words)]


def _year(words: str | None) -> int | None:
    if words is None:
        return None
    year = int(re.findall(r"\d+", words)[-1])
    return year if year > 99 else 1300 + year  # «سال ۹۴» of the Solar Hijri calendar


def _agree(month: str, twin: str | None, language: str) -> bool:
    """Whether two names of a month («نوفمبر/تشرين الثاني») name the same one."""
    return twin is None or months(language)[_key(month)] == months(language)[_key(twin)]


def _stands(match: re.Match[str], name: str, plain: str, language: str) -> bool:
    """Whether the month's name beside a day can be one: "5 may come" and «5 мар» cannot."""
    if match[name] is None:
        return True
    if not _is_spelt(match, name, plain, language):
        return False
    upper = plain[match.start(name)].isupper()
    if language == "en":
        return upper
    return upper or match[name].endswith(".") or _key(match[name]) in months(language)


def _is_spelt(match: re.Match[str], name: str, plain: str, language: str) -> bool:
    """Whether a name folded to «اب» is August: «آب», not «أب» father, «إب» the city of Ibb."""
    return language != "ar" or match[name] != AUGUST or plain[match.start(name)] not in "أإ"


def _is_month(match: re.Match[str], plain: str, language: str) -> bool:
    """Whether a name without a day is a month: "In May", «в марте», not "may", «Қазан»."""
    year = match["m_year"] or match["m_year0"]
    said = year or match["near"] or match["follow"] is not None
    upper = plain[match.start("m_month")].isupper()
    if not _is_spelt(match, "m_month", plain, language):
        return False
    if match["m_month"] in NEEDS_A_YEAR and not year:
        return False
    if language == "en" or (language == "tr" and not said):
        return upper and (bool(said) or match["m_month"] not in ambiguous(language))
    # «Қаңтар» with a capital is the unrest of January 2022, «Март» the start of a title
    if language in {"ru", "kk"} and upper and not said:
        return False
    return bool(said) or match["m_month"] not in ambiguous(language)


def _dates(
    span: tuple[int, int], year: int | None, first: tuple[int, int], last: tuple[int, int]
) -> Iterator[Written]:
    """The date from `first` to `last` (month, day), if the calendar has it."""
    solar = first[0] > SOLAR
    if solar != (last[0] > SOLAR) or (year is not None and solar != (year < 1900)):
        return
    if not solar:
        written = Written(*span, year, *first, *last)
        if _days(written, year or 2000):
            yield written
        return
    plain = (first[0] - SOLAR, first[1], last[0] - SOLAR, last[1])
    written = Written(*span, None, None, None, None, None, plain)
    days = _days(written, year or 1399)
    if days and year:
        begin, end = days
        yield Written(*span, end.year, begin.month, begin.day, end.month, end.day)
    elif days:
        yield written


def _days(written: Written, year: int) -> tuple[date, date] | None:
    """First and last day of `written` in `year` of its calendar; None where it has none."""
    month, day, last_month, last_day = (number or 0 for number in written.solar or written[3:7])
    calendar = gregorian if written.solar else date
    earlier = year - ((month, day) > (last_month, last_day))
    try:
        return calendar(earlier, month, day), calendar(year, last_month, last_day)
    except ValueError:
        return None


def gregorian(year: int, month: int, day: int) -> date:
    """Day of the Gregorian calendar for one of the Solar Hijri calendar of Iran.

    Eight leap years in 33, which equals the astronomical calendar for the years 1178 to 1633
    (K. M. Borkowski, The Persian calendar for 3000 years, Earth, Moon, and Planets 74, 1996).

    Raises ValueError for a day that the calendar has not.

    >>> gregorian(1395, 11, 5)
    datetime.date(2017, 1, 24)
    """
    new_year, next_year = (365 * y + (8 * y + 21) // 33 for y in (year, year + 1))
    before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    length = 31 if month <= 6 else 30 if month <= 11 else next_year - new_year - before
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= length):
        raise ValueError(f"no day {day} in month {month} of {year} of the Solar Hijri calendar")
    return date.fromordinal(226530 + new_year + before + day - 1)


def resolve(written: Written, near: date) -> tuple[date, date] | None:
    """First and last day of `written`, in its own year or else the one nearest to `near`.

    None where only a month is written.

    >>> resolve(find_dates("30 декабря", "ru")[0], date(2017, 1, 24))
    (datetime.date(2016, 12, 30), datetime.date(2016, 12, 30))
    """
    if written.day is None and written.solar is None:
        return None
    if written.year is not None:
        return _days(written, written.year)
    year = near.year - 621 if written.solar else near.year
    # eight years to each side hold a 29 February
    spans = [days for shift in range(-8, 9) if (days := _days(written, year + shift))]
    return min(spans, key=lambda days: abs(days[0] - near), default=None)
