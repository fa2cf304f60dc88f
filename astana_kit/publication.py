"""The day on which a page was published, where the page itself says so, and the words that do.

A wrong day is worse than none: every later step places the page by it. So a date counts only where
pages print their own day (under a label, beside the headline, as an agency's dateline), and where
two such dates, or a date and its weekday, contradict one another there is no day.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from babel.dates import get_day_names

from astana_kit import tables
from astana_kit.pages import Paragraph
from astana_kit.text.dates import Written, find_dates, resolve
from astana_kit.text.script import LANGUAGES, bare, fold, script


class Printed(NamedTuple):
    """A full date on one line of a page, and what stands round it."""

    day: date
    means: str | None  # of the label beside it: published, updated, now
    alone: bool  # nothing else on the line but a clock time, a place or a name
    bare: bool  # nothing else at all but a clock time or a weekday
    leads: bool  # the line is a paragraph that opens with it as agencies do
    weekday: bool  # a weekday stands beside it
    agrees: bool  # the weekday beside it, if there is one, is the day's own
    quote: str


FIRST_YEAR = 1990  # of news on the web
ABOVE, BELOW = 8, 3  # lines before the headline and after the beginning or end of the body
FOOT = 10  # lines behind the body that are searched for dates of comments and other stories
HEAD = 5  # lines at the top of a page, where sites keep their clock
SUBHEAD = 12  # lines between headline and body
NAMES = 25  # letters that may stand beside a date: «Оксана Касаткина — 13.01.2012»
SHORT = 10  # letters between a date and a label behind it
SENTENCE = 80  # letters; in a longer line a label is a word of the story
LEAD = 60  # characters before which a dateline has begun
QUOTE = 100  # characters
LONGEST = 1000  # characters of a line that are read

LETTER = re.compile(r"[^\W\d_]")
DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]+")
CLOCK = re.compile(
    r"(?:(?<!\w)(?:в|at|saat|сағат|الساعة|ساعت)\s)?"
    r"(?<![\w.])\d{1,2}\s?[:.]\s?\d\d(?::\d\d)?(?![\d.])(?:\s?(?:[ap]\.?m|gmt|utc|мск)\b)?"
    r"(?:\s?[+-]\d{1,2}(?::?00)?(?!\d))?",
    re.IGNORECASE,
)
LABEL = re.compile(r"[^\W\d_]\s?:|>")
PARTED = frozenset("|•·¤,،؛-–—/[]«»")
# «АСТАНА, 14 сентября 2017 г. /ТАСС/», "ASTANA, Nov. 11, 2024 (AP) —", «أستانا 14 أيلول 2017-سانا»
PLACE = re.compile(r"(?:[^\W\d_]{2,}(?:[-‐][^\W\d_]+)?[\s,،./–—-]+){0,3}")
BEHIND = re.compile(r"\s*[.,،]?\s*(?:\d\d?[:.]\d\d\s*)?[/(\[–—-]")


@cache
def _labels(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all labels of dates, and what each means, folded for `language`."""
    table = tables.date_marks()
    if language in LANGUAGES:
        table = table[table["language"].isin([language, "en"])]
    folded = [fold(phrase, language) for phrase in table["phrase"]]
    listed = "|".join(map(re.escape, sorted(folded, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)"), dict(zip(folded, table["means"], strict=True))


@cache
def _weekdays(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """One expression for the names of the weekdays, and each one's number, Monday 0."""
    days = {
        fold(name, written): number
        for written in ({language, "en"} if language in LANGUAGES else {"en"})
        for width in ("wide", "abbreviated")
        for number, name in get_day_names(width, "format", written).items()
    }
    # «پنجشنبه» is written with a half-space or a space too, and holds the name of another day
    days |= {
        re.sub("\u200c?(?<=.)شنبه", f"{gap}شنبه", name): number
        for name, number in days.items()
        for gap in ("", " ", "\u200c")
    }
    listed = "|".join(map(re.escape, sorted(days, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)"), days


def published(text: str, language: str, paragraphs: Sequence[Paragraph]) -> tuple[date, str] | None:
    r"""Day on which a page was published and the words of the page that say so; None if none do.

    >>> from astana_kit.pages import paragraphs
    >>> page = "Переговоры по Сирии начались\n14.09.2017\nСтороны собрались в Астане, сказал посол."
    >>> published(page, "ru", paragraphs(page, "ru"))
    (datetime.date(2017, 9, 14), '«14.09.2017»')
    """
    headline, first, last = _article(paragraphs, text, language)
    if first is None:
        return None
    top = first if headline is None else headline
    near = [*range(max(0, top - ABOVE), first + BELOW + 1), *range(last + 1, last + 1 + FOOT)]
    lines = {
        place: _printed(paragraphs, place, text, language)
        for place in near
        if place < len(paragraphs) and paragraphs[place].kind != "related"
    }
    lead = [one for one in lines[first] if one.leads]
    groups = [
        [
            one
            for place, line in lines.items()
            for one in line
            if one.means == "published" and place <= last + BELOW
        ],
        _below(lines, headline, first),
        _above(lines, headline, _top(paragraphs, headline, text)),
        lead,
        _behind(lines, last),
    ]
    return _decided(next(filter(None, groups), []), lead)


def _decided(found: list[Printed], lead: list[Printed]) -> tuple[date, str] | None:
    """The one day of `found` and its words, None where dates or weekdays contradict each other."""
    days = {one.day for one in found}
    if len(days) != 1 or not all(one.agrees for one in found):
        return None
    (day,) = days
    if any(abs(one.day - day).days > 1 for one in lead):
        return None
    return day, found[0].quote


def _article(
    paragraphs: Sequence[Paragraph], text: str, language: str
) -> tuple[int | None, int | None, int]:
    """Places of the headline and of the first and last line of the body; a dateline is neither."""

    def places(kind: str, stop: int) -> list[int]:
        return [place for place, one in enumerate(paragraphs[:stop]) if one.kind == kind]

    def is_dateline(place: int) -> bool:
        return any(one.alone for one in _printed(paragraphs, place, text, language))

    body = places("body", len(paragraphs))
    first = next((place for place in body if not is_dateline(place)), None)
    if first is not None and _is_deck(paragraphs, first, text):
        first = next((place for place in body if place > first and not is_dateline(place)), first)
    headlines = places("headline", first or 0)
    headline = next((place for place in reversed(headlines) if not is_dateline(place)), None)
    if headline is None and headlines and headlines[0]:
        headline = headlines[0] - 1  # the line taken for one is the dateline under it
    return headline, first, body[-1] if body else 0


def _is_deck(paragraphs: Sequence[Paragraph], place: int, text: str) -> bool:
    """Whether a line of the body lacks its full stop, and the date stands between it and the next.

    «Headline», «what it is about», «16:47 25.01.2024», «Astana, 25 January. …»
    """
    stop = paragraphs[place].stop
    parted = any(one.kind != "body" for one in paragraphs[place + 1 : place + 2])
    return parted and text[stop - 1] not in ".!?؟…"


def _below(lines: dict[int, list[Printed]], headline: int | None, first: int) -> list[Printed]:
    """Dates on lines of their own between headline and body."""
    if headline is None:
        headline = first - 2  # of a page without one only the line over the body can tell
    if headline < 0 or first - headline > SUBHEAD:
        return []
    between = (lines.get(place, []) for place in range(headline + 1, first))
    return [one for line in between for one in line if one.alone and one.means is None]


def _above(lines: dict[int, list[Printed]], headline: int | None, top: int) -> list[Printed]:
    """The date on a line of its own over the headline, if it is neither clock nor of a list.

    `top` is the first of the labels that may part them.
    """
    if headline is None or headline <= HEAD:
        return []
    dated = [place for place, line in lines.items() if place < headline and line]
    # «06 ноября 2012, 17:51» over the headline may be the last of a list of other stories
    if len(dated) != 1 or dated[0] < max(min(headline - 2, top - 1), HEAD):
        return []
    found = [one for one in lines[dated[0]] if one.alone and one.means is None]
    # «الخميس 28 نوفمبر 2024 | 18:20» with no label of the story's own is the clock of the site
    return [one for one in found if top < headline or not one.weekday]


def _top(paragraphs: Sequence[Paragraph], headline: int | None, text: str) -> int:
    """Place from which the lines over a headline are labels, «کد خبر: ۶۹۶۳», «World > Asia»."""
    top = headline or 0
    while top and LABEL.search(text[slice(*paragraphs[top - 1][:2])]):
        top -= 1
    return top


def _behind(lines: dict[int, list[Printed]], last: int) -> list[Printed]:
    """The date on a line of its own right behind the body, if it is the only one there.

    More than one are the days of comments or of other stories.
    """
    dated = [place for place, line in lines.items() if place > last and line]
    if len(dated) != 1 or dated[0] > last + 2:
        return []
    return [one for one in lines[dated[0]] if one.bare and one.means is None]


def _printed(
    paragraphs: Sequence[Paragraph], place: int, text: str, language: str
) -> list[Printed]:
    """The full dates on one line, each with its label: beside it, or alone on the line before."""
    start, stop, kind = paragraphs[place]
    raw = text[start : min(stop, start + LONGEST)]
    if not DIGIT.search(raw):
        return []  # no year is written in words
    line, positions = bare(raw)  # «نُشر في» is a label too
    dates = find_dates(line, language)
    if not dates and script(line) == "Latn":
        dates = find_dates(line, "en")  # "Published: Sep 14, 2017" on a page in another language
    dates = [one for one in dates if one.day is not None]
    if not dates:
        return []
    folded = fold(line, language)
    labels = _labelled(folded, language)
    if place and not labels:
        before = text[slice(*paragraphs[place - 1][:2])][:QUOTE]
        alone = fold(before, language).strip(" :|-–—")
        labels = [
            (0, 0, one[2]) for one in _labelled(alone, language) if one[:2] == (0, len(alone))
        ]
    weekdays, numbers = _weekdays(language)
    said = {numbers[match[0]] for match in weekdays.finditer(folded)}
    taken = [match.span() for match in (*CLOCK.finditer(line), *weekdays.finditer(folded))]
    rest = _blank(line, [*taken, *((a, b) for a, b, _ in labels), *(one[:2] for one in dates)])
    return [
        Printed(
            day,
            _meaning(one, line, rest, labels, kind),
            _is_alone(one, line, rest),
            not LETTER.search(rest) and len(dates) == 1,
            kind == "body" and _leads(line, one),
            bool(said),
            not said or day.weekday() in said,
            _quote(raw, positions[one.start], positions[one.stop]),
        )
        for one in dates
        if (day := _one_day(one))
    ]


def _labelled(folded: str, language: str) -> list[tuple[int, int, str]]:
    """Start, stop and meaning of each label on a line."""
    pattern, meanings = _labels(language)
    return [(*match.span(), meanings[match[0]]) for match in pattern.finditer(folded)]


def _blank(line: str, spans: Iterable[tuple[int, int]]) -> str:
    """`line` with spaces in place of `spans`."""
    letters = list(line)
    for start, stop in spans:
        letters[start:stop] = " " * (stop - start)
    return "".join(letters)


def _one_day(written: Written) -> date | None:
    """The day of a date that is written in full, None for a range: no page is two days' own."""
    days = resolve(written, date.min) if written.year and written.year >= FIRST_YEAR else None
    return days[0] if days and days[0] == days[1] else None


def _meaning(
    one: Written, line: str, rest: str, labels: list[tuple[int, int, str]], kind: str
) -> str | None:
    """What the label nearest before a date says of it, or else the one behind it."""
    if len(LETTER.findall(rest)) > SENTENCE:
        return None  # «опубликовано 14 сентября 2017 года заявление, в котором …»
    for start, stop, means in sorted(labels, reverse=True):
        if stop <= one.start and (kind != "body" or start == 0):
            return means if len(LETTER.findall(rest[stop : one.start])) <= NAMES else None
    for start, stop, means in sorted(labels):
        # «14 Eylül 2017 tarihinde yayınlandı», but not «14.09.2017 | Güncelleme: 28.11.2024»
        if start >= one.stop and not DIGIT.search(line, stop):
            return means if len(LETTER.findall(rest[one.stop : start])) <= SHORT else None
    return None


def _is_alone(one: Written, line: str, rest: str) -> bool:
    """Whether a date is its line's only matter: «Москва, 14.09.2017 10:00 | РИА»."""
    before, behind = rest[: one.start].rstrip(), rest[one.stop :].strip()
    clocked = bool(CLOCK.match(line[one.stop :].lstrip(" ,،|–—-")))
    if before == "(":
        return not behind.strip(" ,)")
    opens = not before or before[-1] in PARTED
    # «13:05 GMT 25.01.2024 (تم التحديث: 13:22 GMT 26.01.2024)»
    closes = not behind or behind[0] in PARTED or behind[0] == "(" or clocked
    short = len(LETTER.findall(rest)) <= NAMES
    return short and ((opens and closes) or (clocked and not behind))


def _leads(line: str, one: Written) -> bool:
    """Whether a paragraph opens as agencies do: «АСТАНА, 14 сентября 2017 г. /ТАСС/ …»."""
    place = line[: one.start]
    named = not any(word[0].islower() for word in LETTERS.findall(place))
    behind = BEHIND.match(line, one.stop)
    if not (behind and named and one.start < LEAD and PLACE.fullmatch(place)):
        return False
    # «14 сентября 2017 года – день, когда …» is a sentence
    return bool(place) or behind[0][-1] in "(/["


def _quote(line: str, start: int, stop: int) -> str:
    """The words that state the day, as they stand on the page, short."""
    line = line if len(line) <= QUOTE else line[max(0, start - QUOTE // 2) : stop]
    return f"«{line.strip()}»"
