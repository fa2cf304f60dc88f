"""Days of publication as pages and tables state them: time stamps, words, cells.

None is guessed: what may be two days, or is only a month or a year, is no day.
"""

import re
from datetime import date
from email.utils import parsedate

from astana_kit.publication import FIRST_YEAR
from astana_kit.text.dates import find_dates
from astana_kit.text.language import UNDETERMINED, language_of
from astana_kit.text.script import LANGUAGES

ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d{4})(\d\d)(\d\d)(?=T|$)")
# "09/10/2017" is 10 September in the United States, 9 October elsewhere; "10/10/2017" is one day
EITHER = re.compile(r"\b0?([1-9]|1[0-2])([/-])(?!0?\1\2)0?([1-9]|1[0-2])\2\d{4}\b", re.ASCII)
UNSHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # of a cell's format: words, a colour, a blank
LINE = 80  # characters of a line that is a date, with a clock time and a place


def has_two_readings(words: str) -> bool:
    """Whether day and month could change places.

    >>> has_two_readings("09/10/2017"), has_two_readings("10/10/2017")
    (True, False)
    """
    return bool(EITHER.search(words))


def stated_day(words: str, text: str = "") -> date | None:
    """Day of a time stamp, as it stands there; None where it is none or not a whole date.

    Where day and month could change places, the language of the `text` that it dates tells which
    is first; in English, or where no text tells, there is no day.

    >>> stated_day("2017-09-14T23:30:00+06:00"), stated_day("2017"), stated_day("09/10/2017")
    (datetime.date(2017, 9, 14), None, None)
    >>> stated_day("09/10/2017", "Переговоры по Сирии начались в Астане")
    datetime.date(2017, 10, 9)
    """
    if has_two_readings(words) and language_of(text) in {"en", UNDETERMINED}:
        return None
    stamp = ISO_DAY.match(words)
    try:
        if stamp:
            return _of_the_web(date(*(int(part) for part in stamp.groups() if part)))
        letter = parsedate(words)
        if letter is None:
            return written_day(words)
        # of two figures it makes a year: of 0001, which some systems write for none, it makes 2001
        return _of_the_web(date(*letter[:3])) if f"{letter[0]:04}" in words else None
    except Exception:  # noqa: BLE001 (month 13, year 99999999999: what parsers make of such words)
        return None


def _of_the_web(day: date) -> date | None:
    return day if day.year >= FIRST_YEAR else None


def cell_day(cell: date, shown_as: str | None = None) -> date | None:
    """Day of a spreadsheet's cell, or of Parquet's; None where it shows a month or year alone.

    A spreadsheet keeps "Sep-17" as 1 September 2017, and a bare 2017 shown as a date is a day of
    1905. `shown_as` is the format of the cell, where it has one.

    >>> cell_day(date(2017, 9, 1), "dd.mm.yyyy"), cell_day(date(2017, 9, 1), "mmm-yy")
    (datetime.date(2017, 9, 1), None)
    """
    if shown_as is not None and "d" not in UNSHOWN.sub("", shown_as).lower():
        return None
    return _of_the_web(date(cell.year, cell.month, cell.day))


def written_day(words: str) -> date | None:
    """The one day that `words` are, in whichever of the six languages: «14 сентября 2017»."""
    days = {
        date(one.year, one.month, one.day)
        for language in LANGUAGES
        for one in find_dates(words[:LINE], language)
        if one.year and one.month and one.day
        if (one.month, one.day) == (one.last_month, one.last_day) and one.year >= FIRST_YEAR
    }
    return days.pop() if len(days) == 1 else None
