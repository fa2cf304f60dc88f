"""Which rounds a page deals with: its main one by rules in order, of which the first decides."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from math import inf

import pandas as pd

from astana_kit.rounds.calendar import (
    Calendar,
    Naming,
    Page,
    by_page,
    last_before,
    next_after,
    of_step,
    resolved,
    running,
)
from astana_kit.rounds.wording import NOUNS, OURS, cues
from astana_kit.text import script
from astana_kit.text.dates import find_dates, resolve

OPENING = 250  # characters in which a page without a day may still carry its dateline
SUREST = ("number", "ordinal", "date", "relative")
LEAD = 1000  # characters in which a page says what it is about
SENTENCE = re.compile(r"\s*[^\n]{0,300}?(?:[.!?؟](?=\s)|$)", re.MULTILINE)
BESIDE = 120  # characters within which days say the same as the number beside them
HEAD = 300  # characters of a headline and a first sentence
WEEK = timedelta(days=7)
RECENT = timedelta(days=14)  # a round is still what a page is about
HERE = OURS | {"host"}  # what says, beside Syria, that a page speaks of these talks
NONE = 0  # the answer of a rule that has found a page to be about no round


def main_round(page: Page, calendar: Calendar) -> int | None:
    """Round that a page is about: the first rule that has an answer decides."""
    answers = (rule(page, calendar) for rule in RULES)
    return next((answer for answer in answers if answer is not None), NONE) or None


def _held_now(page: Page, calendar: Calendar) -> int | None:
    # A report on the end of the 21st names only the 22nd, one from the 2nd only the first: while a
    # round is held, the day decides, if the page speaks of the talks at all. «Меморандум по Сирии
    # подписан в столице Казахстана» does, on such a day
    now = running(page.published, calendar) if page.published else None
    if now is None:
        return None
    spoken = _spoken_of(page, LEAD)
    return now.number if page.namings or ("theme" in spoken and spoken & HERE) else None


def _coming(page: Page, calendar: Calendar) -> int | None:
    # «24-25 января пройдёт 21-я встреча»: announced in the lead, whatever else is recalled there
    coming = next_after(page.published, calendar) if page.published else None
    lead = _lead(page)
    if page.published is None or coming is None or coming.number not in lead:
        return None
    # «Итоги 7-го раунда. …Восьмой пройдёт в декабре», some days after the 7th; «договорились
    # провести 8-й», with no other word of the 7th
    last = last_before(page.published, calendar)
    if (
        last
        and page.published - last.end <= RECENT
        and (
            _is_promised(page, coming.number)
            or (next(iter(lead)) == last.number and lead[last.number] >= lead[coming.number])
        )
    ):
        return last.number
    return coming.number


def _is_promised(page: Page, number: int) -> bool:
    """Whether a page names a round only as one that was agreed upon."""
    return all(one.step == 1 for one in page.namings if one.round == number)


def _of_something_else(page: Page, _: Calendar) -> int | None:
    # «Саммит в Тегеране завершён. 18-й раунд прошёл в июне», and pages that open with Geneva
    first = _first_sentence(page)
    if any(one.start < first for one in page.namings):
        return None
    spoken = _spoken_of(page, first)
    # the word alone is no proof: «Soçi'deki Suriye zirvesi» was the 15th round
    summit = "summit" in spoken and page.published is not None
    return NONE if summit or ("other" in spoken and not spoken & OURS) else None


def _just_held(page: Page, calendar: Calendar) -> int | None:
    # a report some days later, or an analysis that names the round at once
    last = last_before(page.published, calendar) if page.published else None
    if page.published is None or last is None or last.number not in _lead(page):
        return None
    return last.number if page.published - last.end <= RECENT else None


def _close_by(page: Page, calendar: Calendar) -> int | None:
    # «Делегации собираются на переговоры в Астане», five days before, without a number
    spoken = _spoken_of(page, HEAD)
    told = "theme" in spoken and spoken & OURS and spoken & set(NOUNS)
    if page.published is None or "other" in spoken or not told:
        return None
    near = (one.number for one in calendar if one.start - WEEK <= page.published <= one.end + WEEK)
    return next(near, None)


def _looks_back(page: Page, calendar: Calendar) -> int | None:
    # an analysis long after: «Чем запомнился четвёртый раунд»
    if page.published is None:
        return None
    over = {one.number for one in calendar if one.end < page.published}
    return next((one for one in _told(page.namings, _first_sentence(page)) if one in over), None)


def _announced(page: Page, calendar: Calendar) -> int | None:
    # no day: «Следующий раунд пройдёт в конце октября. Шестой прошёл 14-15 сентября»
    if page.published is not None or not page.namings:
        return None
    first, rounds = page.namings[0], [one.round for one in page.namings if one.round]
    if first.how != "relative" or first.month is None or first.step not in {1, None} or not rounds:
        return None
    return of_step(1, first.month, None, max(rounds), calendar)


def _said(page: Page, _: Calendar) -> int | None:
    # no day: the round named most often, the first sentence counted twice; of two named equally
    # often the later one, for the other is recalled or stands under a photograph
    if page.published is not None:
        return None
    told = _told(page.namings)
    counts = Counter([*told, *_told(page.namings, _first_sentence(page))])
    number = max(counts, key=lambda one: (counts[one], one), default=None)
    lead = _told(page.namings, LEAD)
    if number is None:
        return None
    return number if told.count(number) > 1 or number in lead else None


def _told(namings: list[Naming], reach: float = inf) -> list[int]:
    """Rounds in the order of their naming; a number and the days beside it count once."""
    told = [
        # the round that was agreed upon is the one after the page's own
        one._replace(round=one.round - 1) if one.step == 1 else one
        for one in namings
        if one.round and one.how != "relative" and one.start < reach
    ]
    numbered = [(one.round, one.start) for one in told if one.how != "date"]
    return [
        one.round
        for one in told
        if one.round
        and not (
            one.how == "date"
            and any(
                number == one.round and abs(start - one.start) < BESIDE
                for number, start in numbered
            )
        )
    ]


RULES: tuple[Callable[[Page, Calendar], int | None], ...] = (
    _held_now,
    _of_something_else,
    _coming,
    _just_held,
    _close_by,
    _looks_back,
    _announced,
    _said,
)


def _first_sentence(page: Page) -> int:
    """Where the first sentence of a page ends."""
    first = SENTENCE.match(page.text)
    return first.end() if first else 0


def _lead(page: Page) -> Counter[int]:
    """Rounds named at the beginning of a page, in order, with how often."""
    return Counter(one.round for one in page.namings if one.round and one.start < LEAD)


def _spoken_of(page: Page, within: int) -> set[str]:
    """Kinds of the words at the beginning of a page: the city, Syria, talks, other talks."""
    if page.language not in script.LANGUAGES:
        return set()
    plain = script.MARKS.sub("", page.text[:within])
    return {cue.kind for cue in cues(script.fold(plain, page.language), page.language)}


def of_pages(documents: pd.DataFrame, references: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Rows of document_rounds: the main round of each page, then those before and after it."""
    said = by_page(references)
    columns = ["doc_id", "text", "language", "published", "title"]
    rows: list[tuple[object, ...]] = []
    for doc_id, text, language, published, title in documents[columns].itertuples(index=False):
        namings = sorted(said.get(doc_id, ()), key=lambda one: one.start)
        day = None if pd.isna(published) else published.date()
        page = Page(text, language, day, namings)
        rows.extend((doc_id, *one) for one in _rounds_of(page, title, calendar))
    frame = pd.DataFrame(rows, columns=["doc_id", "round", "relation", "how"])
    return frame.astype({"doc_id": "str", "round": "Int64", "relation": "str", "how": "str"})


def _rounds_of(page: Page, title: object, calendar: Calendar) -> list[tuple[int, str, str]]:
    """Main round of a page first, then the others that it names.

    A page without a day is asked again with the first full date that it begins with.
    """
    begin = max(0, page.text.find(title)) if isinstance(title, str) else 0
    main = main_round(_from(begin, resolved(page, None, calendar)), calendar)
    if main is None and page.published is None:
        dated = page._replace(published=_first_day(page.text, page.language))
        main = main_round(_from(begin, resolved(dated, None, calendar)), calendar)
    return _relations(resolved(page, main, calendar), main, calendar)


def _first_day(text: str, language: str) -> date | None:
    for written in find_dates(text[:OPENING], language):
        if written.year and (days := resolve(written, date.min)):
            return days[0]
    return None


def _from(begin: int, page: Page) -> Page:
    """`page` from its title on: a menu above it is not what the page begins with."""
    moved = [one._replace(start=one.start - begin) for one in page.namings]
    return page._replace(text=page.text[begin:], namings=moved) if begin else page


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
