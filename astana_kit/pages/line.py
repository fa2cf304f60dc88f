"""One line of a saved page: what can be told from it alone.

A line is marked where a phrase of page_marks.csv names it, or where it holds no letter; it is
prose where it reads as a paragraph or a part of one. All lengths are in characters.
"""

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from astana_kit import tables
from astana_kit.text.script import fold


class Mark(NamedTuple):
    """What a phrase of page_marks.csv says of its line."""

    where: str
    kind: str


class Phrases(NamedTuple):
    """The phrases of page_marks.csv that a page may hold."""

    opening: dict[str, list[tuple[str, Mark]]]  # by their first word, longest first
    inside: set[str]  # those of any place, which stand somewhere on the page


class Line(NamedTuple):
    """One non-empty line of a page, without the white space around it."""

    start: int
    stop: int
    text: str
    folded: str  # no more of it than HEAD
    words: int
    prose: bool
    mark: Mark | None


NAMELESS = Mark("line", "boilerplate")
HEAD = 400  # characters of a line in which a phrase is looked for
LONG = 120  # a line of so many characters is prose even without a full stop,
DENSE = 90  # of so many in Arabic letters, which leave short vowels out
FORMULA = 80  # words at most of a line that opens with «Теги:» or a formula of three words
MOST_NAMES = 9  # words after a formula of two words, or of a byline
FEW = 5  # words after one word
SCANT = 40  # a line broken by hand has so many at least: buttons have fewer

CLOSERS = "\"'”’»›“)]}*\u200e\u200f "
OPENERS = "\"'“‘«„(["
STOPS = ".…"
CALLS = "!?؟۔"
CLAUSES = ":;؛"
POINTS = ":.,()[]!?…"

WORD = re.compile(r"[^\W_]+")
LETTER = re.compile(r"[^\W\d_]")
NAMED = re.compile(r"[^\W\d_\u0640]{2,}")
AGENCY = re.compile(r"\s*\([^()]{1,25}\)$")
BULLET = re.compile(r"[-–—•■▪●*·]\s?|\(?\d{1,2}\)\s")
INNER = re.compile(r"[,،;؛:.!?؟]\s")
ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\S|^\{.*\}$")
# «17.01.2012», «14:05», «26 ноября 2011», "July 7, 2021", «2018 жылғы 23», «11 تشرين الثاني 2024»
DATE = re.compile(
    r"\d{1,2}\s?[:.]\s?\d{2}(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\S{0,3}\s+\S+\s+\d{4}"
    r"|[^\W\d_]{3,}\s+\d{1,2},?\s+\d{4}|\d{4}\s\S+\s\d{1,2}"
    r"|\d{1,2}(?:\s[\u0621-\u064a/]+){2,3}\s\d{4}"
)
# Arabic letters have no small and capital forms: a sentence that ends within a line tells that
# the line was broken by hand; headlines hold no full stop between words
ARABIC = re.compile("[\u0621-\u06cc]{2}")
MIDDLE = re.compile(r"[\u0621-\u06cc]{3,}[.؟!۔] +[\u0621-\u06cc]+ .*[\u0621-\u06cc]$")


def lines(text: str, language: str) -> list[Line]:
    r"""Non-empty lines of `text`, in order.

    >>> found = lines("Меню\r\n \nСтороны снова собрались в Астане.", "ru")
    >>> [(line.text, line.prose) for line in found]
    [('Меню', False), ('Стороны снова собрались в Астане.', True)]
    """
    folded = fold(text, language)
    # few of them stand on one page: the others need not be looked for in each line
    inside = _inside(language).find_matches_as_strings(folded, overlapping=True)
    phrases = Phrases(_opening(language), set(inside))
    found = []
    place = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            start = place + len(raw) - len(raw.lstrip())
            small = folded[start : start + min(len(line), HEAD)]
            words = line.count(" ") + 1
            mark = _mark(line, small, words, phrases)
            prose = mark is None and _is_prose(line, words)
            found.append(Line(start, start + len(line), line, small, words, prose, mark))
        place += len(raw) + 1
    return _joined(found)


def end(text: str) -> str:
    """Last character of a line, but for quotation marks, brackets and an agency's name.

    >>> end("… деген «Хабар». (ҚазАқпарат)"), end("«Не Сирией единой»")
    ('.', 'й')
    """
    tail = AGENCY.sub("", text[-60:]) if text.endswith(")") else text[-60:]
    return tail.rstrip(CLOSERS)[-1:]


def is_sentence(line: Line) -> bool:
    """Whether an unmarked line ends as a sentence does; «Загрузка...» does not."""
    if line.mark or (line.words <= 3 and line.text.endswith(("...", "…"))):
        return False
    return end(line.text) in (*STOPS, *CALLS)


def is_dated(line: Line) -> bool:
    """Whether a line is little more than a date or a time of the day."""
    dated = DATE.search(line.text[:200])
    # «السبت - 5 شهر ربيع الثاني 1439 هـ - 23 ديسمبر 2017 مـ رقم العدد [ 14270 ]»
    return dated is not None and len(NAMED.findall(line.text)) - dated[0].count(" ") <= 5


def is_deck(line: Line) -> bool:
    """Whether an unmarked line without a full stop is as long as the words under a headline."""
    if line.mark or line.words < 8 or len(line.text) < 60 or is_dated(line):
        return False
    # «وفد المعارضة في أستانة - 21 من حزيران 2023 (سانا)» is the caption of a picture
    return end(line.text) in (*STOPS, *CALLS) or not AGENCY.search(line.text)


def is_link(line: Line) -> bool:
    """Whether an unmarked line without a full stop is longer than a name, as a headline is."""
    unmarked = line.mark is None and not line.prose
    return unmarked and line.words >= FEW and not (is_sentence(line) or is_dated(line))


def is_shouted(line: Line) -> bool:
    """Whether most letters of a line are capitals."""
    return sum(map(str.isupper, line.text)) > sum(map(str.islower, line.text))


def may_head(line: Line) -> bool:
    """Whether a line can be a headline: three words or more, no date, no mark, no full stop."""
    if line.mark or not 15 <= len(line.text) <= 250 or BULLET.match(line.text) or is_dated(line):
        return False
    # «سياسة ـ الرأي ـ» names a section: a stroke is no word, and no headline ends in one
    words = len(re.findall(r"[^\W_]{2,}", line.text))
    return words >= 3 and line.text[-1] not in ".:;؛،,-–—ـ|" and line.text.count("|") < 2


def is_heading(line: Line) -> bool:
    """Whether a line names what stands under it: «Читайте также», «أخبار أخرى», «Комментарии»."""
    return line.mark is not None and line.mark.where in {"list", "section"}


def opens_section(line: Line) -> bool:
    """Whether a line heads what, under an article, holds to the end of the page."""
    return line.mark is not None and line.mark.where == "section"


def _is_prose(text: str, words: int) -> bool:
    """Whether a line reads as a paragraph: it ends as a sentence, or is long and punctuated."""
    if text.count("|") > 1 or text.count(" / ") > 2 or text.count(" // ") > 1:
        return False
    last = end(text)
    if last in CALLS:  # «Что ожидает евро в будущем?» may be a heading or a link
        return words >= 5 and len(text) >= 80
    if last in STOPS:
        return words >= 5 and len(text) >= 30
    if last in CLAUSES:
        return words >= 8 and len(text) >= 60
    # a row of tags is long too, but has no commas; a row of a menu begins each word with a capital
    return (
        len(text) >= _long(text)
        and words >= 12
        and bool(INNER.search(text))
        and not _capitals(text)
    )


def _capitals(text: str) -> bool:
    words = text[:1000].split()
    return sum(word[0].isupper() for word in words) > len(words) / 2


def _joined(found: list[Line]) -> list[Line]:
    """Lines with those as prose too that their neighbours show to be paragraphs or parts of one."""
    nothing = Line(0, 0, "", "", 0, prose=False, mark=NAMELESS)
    around = [nothing, *found, nothing]
    return [
        line._replace(prose=True)
        if not line.prose and (_is_broken(above, line, below) or _is_beside(above, line, below))
        else line
        for above, line, below in zip(around, found, around[2:], strict=False)
    ]


def _is_broken(above: Line, line: Line, below: Line) -> bool:
    """Whether a line is broken by hand: «… отметил, что стороны / договорились о новом раунде»."""
    if line.mark or line.words < 5 or len(line.text) < SCANT or "|" in line.text:
        return False
    return _goes_on(above, line) or _goes_on(line, below) or bool(MIDDLE.search(line.text))


def _goes_on(above: Line, line: Line) -> bool:
    return (
        above.mark is None
        and line.mark is None
        and line.words >= 3
        and line.text.lstrip(OPENERS)[:1].islower()
    )


def _is_beside(above: Line, line: Line, below: Line) -> bool:
    """Whether a line without a point or comma is one of several paragraphs written so."""
    if not _is_long(line):
        return False
    return above.prose or below.prose or _is_long(above) or _is_long(below)


def _is_long(line: Line) -> bool:
    if line.mark or line.words < 12 or line.text.count("|") > 1:
        return False
    return len(line.text) >= _long(line.text) and not _capitals(line.text)


def _long(text: str) -> int:
    return DENSE if ARABIC.search(text) else LONG


def _mark(text: str, folded: str, words: int, phrases: Phrases) -> Mark | None:
    """What page_marks.csv, or the lack of any letter, says of a line."""
    letter = LETTER.search(folded)
    if letter is None and LETTER.search(text) is None:
        return NAMELESS  # «//», «16», «|»
    if words <= 4 and ADDRESS.search(text):
        return NAMELESS
    opening = folded if folded[0] in "©(" or letter is None else folded[letter.start() :]
    for phrase, mark in phrases.opening.get(_first_word(opening), ()):
        if not opening.startswith(phrase):
            continue
        rest = text[len(folded) - len(opening) + len(phrase) : len(folded)]
        if _fits(phrase, rest, mark):
            return Mark("line", mark.kind) if mark.where == "list" and ":" in rest[:-1] else mark
    return NAMELESS if words > 2 and any(phrase in folded for phrase in phrases.inside) else None


def _fits(phrase: str, rest: str, mark: Mark) -> bool:
    """Whether what follows a phrase on its line leaves it the sense that the table means."""
    if rest[:1].isalpha() and phrase[-1].isalpha():
        return False
    words = rest.count(" ")
    if mark.where == "line":  # «Комментарии (3)», "Tweet 0"
        return not LETTER.search(rest)
    if mark.where == "start" and mark.kind == "dateline":
        return words <= MOST_NAMES and (phrase[-1] == ":" or _names(rest))
    if mark.where == "start":  # «Выделите …» is a button, «Выделите средства …» a headline
        firm = phrase[-1] == ":" or phrase.count(" ") > 1
        return words <= (FORMULA if firm else MOST_NAMES if " " in phrase else FEW)
    # «Другие новости по этой теме», but not «Опрос показал рост»
    return not LETTER.search(rest) or rest.lstrip()[:1] == ":" or (" " in phrase and words <= 3)


def _names(rest: str) -> bool:
    """Whether the rest of a byline is a date or names: "By Ann Lee", not «Корреспондент погиб»."""
    if re.search(r"\d", rest) or rest.lstrip()[:1] in (":", "-", "–", "—", ""):
        return True
    words = WORD.findall(rest)
    return len(words) <= 3 if ARABIC.search(rest) else not any(word.islower() for word in words)


@cache
def _opening(language: str) -> dict[str, list[tuple[str, Mark]]]:
    """The phrases of all languages, folded for one: a Kazakh page has Russian, English buttons."""
    opening: dict[str, list[tuple[str, Mark]]] = {}
    marks = tables.page_marks()
    for phrase, where, kind in zip(marks["phrase"], marks["where"], marks["kind"], strict=True):
        folded = fold(phrase, language)
        if where != "inside":
            opening.setdefault(_first_word(folded), []).append((folded, Mark(where, kind)))
    for found in opening.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return opening


@cache
def _inside(language: str) -> AhoCorasick:
    """The phrases of any place, to be found in one pass."""
    marks = tables.page_marks()
    inside = marks.loc[marks["where"] == "inside", "phrase"]
    return AhoCorasick([fold(phrase, language) for phrase in inside])


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0].rstrip(POINTS) or text[:1]
