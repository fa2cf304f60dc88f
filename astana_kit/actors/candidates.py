"""Words that look like names: by their capitals, by the title before them, by a twin elsewhere.

Arabic and Persian have no capitals; there a title gives a name away («وزير الخارجية … سيرغي
لافروف»), or the consonants of a name that another script of the corpus writes with a capital.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

import pandas as pd
from simplemma import is_known

from astana_kit import tables
from astana_kit.lexicon import Lexicon, compile_lexicon
from astana_kit.matching import find
from astana_kit.schema import article
from astana_kit.text.declension import agree
from astana_kit.text.months import months
from astana_kit.text.script import LANGUAGES, RIGHT_TO_LEFT, bare, fold
from astana_kit.text.skeleton import skeleton
from astana_kit.text.words import sentences, words

LONGEST = 4  # words of a name; more capitals in a row are an office or a heading
SURE = 5  # letters of a skeleton that two scripts hardly share by accident
BETWEEN = 8  # words that may part a title from its name: «مبعوث الأمم المتحدة الخاص إلى سوريا …»
TITLED = 0.5  # share of capitals above which a line is a heading Written Like This
NAME = re.compile(r"[^\W\d_]{2,}(?:[-'’ʼ‘`´\u200c][^\W\d_]+)*")
OFFICE = re.compile("لل|ل?ال.+ي[ةه]$|وزار")  # «للشؤون السياسية»: what the title is of
JOINED = re.compile("لل|[وفبك]ال")  # «للشؤون», «والعربية»: a noun, as no name has an article there
OPENERS = frozenset(':«"“„‟…')  # behind these a capital tells as little as in a first word


class Token(NamedTuple):
    """One word of a line, and what its place tells."""

    text: str
    folded: str
    mark: str  # "known" (in a name of the gazetteer), a kind of titles.csv, or ""
    first: bool  # of a sentence or quotation, or in a heading Like This: its capital tells nothing
    gap: str  # what parts it from the word before, without blanks

    @property
    def joined(self) -> bool:
        """Whether nothing but a blank parts it from the word before."""
        return self.gap == ""


class Seen(NamedTuple):
    """How often each word of one language is written small, and with a capital that tells."""

    small: Counter[str]
    capital: Counter[str]


Line = list[Token]
Names = dict[str, Counter[tuple[str, ...]]]


def find_candidates(passages: pd.DataFrame, known: Lexicon) -> Names:
    """Possible names that `known` does not hold, by language: their words, and how often seen."""
    lines = _lines(article(passages), known)
    found: Names = {language: Counter() for language in LANGUAGES}
    for language in LANGUAGES:
        if language in RIGHT_TO_LEFT:
            found[language].update(
                name for line in lines[language] for name in _introduced(line, language)
            )
        else:
            seen = _seen(lines[language], language)
            found[language].update(
                name for line in lines[language] for name in _capitalised(line, seen)
            )
    twins = {skeleton(name[-1]) for names in found.values() for name in names}
    twins = {letters for letters in twins if len(letters) >= SURE}
    for language in RIGHT_TO_LEFT:
        taken = {word for name in found[language] for word in name}
        found[language].update(
            (token.text,)
            for line in lines[language]
            for token in line
            if not token.mark and token.text not in taken and _skeleton(token.text) in twins
        )
    return found


_skeleton = cache(skeleton)


# ---- words and what is known of them -----------------------------------------------------------


def _lines(passages: pd.DataFrame, known: Lexicon) -> dict[str, list[Line]]:
    """The words of each passage, by language."""
    marks = _marks(passages, known)
    lines = defaultdict(list)
    columns = (passages[name] for name in ("doc_id", "passage", "start", "language", "text"))
    for doc_id, passage, start, language, text in zip(*columns, strict=True):
        if language in LANGUAGES:
            spans = marks.get((doc_id, passage), [])
            here = [(first - start, last - start, mark) for first, last, mark in spans]
            lines[language].append(_line(text, language, here))
    return lines


def _marks(
    passages: pd.DataFrame, known: Lexicon
) -> dict[tuple[str, int], list[tuple[int, int, str]]]:
    """Spans of known names and of titles in each passage; a known name comes first."""
    marks = defaultdict(list)
    for lexicon, mark in ((known, "known"), (_titles(), "title")):
        hits = find(passages, lexicon)
        columns = (hits[name] for name in ("doc_id", "passage", "start", "stop"))
        for doc_id, passage, start, stop in zip(*columns, strict=True):
            marks[doc_id, passage].append((start, stop, mark))
    return marks


@cache
def _titles() -> Lexicon:
    """The titles of titles.csv, to be found in all their forms."""
    titles = tables.titles()
    titles = titles[titles["kind"] == "title"].rename(columns={"word": "name"})
    return compile_lexicon(titles.assign(id="title", form="name", inflects="noun"))


@cache
def _kinds(language: str) -> dict[str, str]:
    """Words that stand inside names or never do, folded; months and stop words never do."""
    titles = tables.titles()
    own = titles[(titles["language"] == language) & (titles["kind"] != "title")]
    stop = tables.stop_words()
    ends = [*months(language), *stop.loc[stop["language"] == language, "word"]]
    listed = {**dict.fromkeys(ends, "outside"), **dict(zip(own["word"], own["kind"], strict=True))}
    return {_key(word, language): kind for word, kind in listed.items()}


def _key(word: str, language: str) -> str:
    """What a word is looked up by: folded and without its ending behind a sign ("Ocak'ta")."""
    # folding would make one of «على», a preposition, and the name «علي»
    return word if language == "ar" else fold(word, language).partition("'")[0]


def _kind(key: str, language: str) -> str:
    """Kind of a word in titles.csv; in Arabic a letter may be joined before it («لوزارة»)."""
    kinds = _kinds(language)
    joined = language == "ar" and key[:1] in {"و", "ف", "ب", "ل"}
    return kinds.get(key) or (kinds.get(key[1:], "") if joined else "")


def _line(text: str, language: str, spans: list[tuple[int, int, str]]) -> Line:
    """The words of one passage; `spans` are marked stretches of it."""
    places = words(text)
    starts, stops = [start for start, _ in places], [stop for _, stop in places]
    openings = {bisect_left(starts, start) for start, _ in sentences(text, language)}
    marks: dict[int, str] = {}
    for first, last, mark in spans:
        for number in range(bisect_right(stops, first), bisect_left(starts, last)):
            marks.setdefault(number, mark)
    line = []
    for number, (start, stop) in enumerate(places):
        gap = text[stops[number - 1] if number else 0 : start]
        # «المُتحدث»: no dictionary has the vowel signs; a lengthening mark «ـ» may stand alone
        word = bare(text[start:stop])[0] or text[start:stop]
        mark = marks.get(number) or _kind(_key(word, language), language)
        opens = number in openings or bool(OPENERS & set(gap))
        line.append(Token(word, fold(word, language), mark, opens, gap.strip()))
    if text.rstrip()[-1:].isalnum() and sum(map(_is_capital, line)) > TITLED * len(line):
        line = [token._replace(first=True) for token in line]
    return line


# ---- scripts with capitals ---------------------------------------------------------------------


def _seen(lines: list[Line], language: str) -> Seen:
    """Small and capital uses of each word; «Астанинского» in «Астанинского процесса» is small."""
    seen = Seen(Counter(), Counter())
    for line in lines:
        for token, following in zip_longest(line, line[1:]):
            if not _is_capital(token) or (language == "ru" and _qualifies(token, following)):
                seen.small[token.folded] += 1
            elif not token.first:
                seen.capital[token.folded] += 1
    return seen


def _qualifies(token: Token, following: Token | None) -> bool:
    """Whether a Russian word is an adjective of the common noun right behind it."""
    if following is None or not following.joined or _is_capital(following):
        return False
    return agree(token.text, following.text)


def _is_capital(token: Token) -> bool:
    """Whether a word begins with a capital, an article apart: «әл-Хусейн», "al-Jaafari"."""
    head, hyphen, rest = token.text.partition("-")
    return token.text[0].isupper() or (bool(hyphen) and len(head) <= 3 and rest[:1].isupper())


def _capitalised(line: Line, seen: Seen) -> Iterator[tuple[str, ...]]:
    """Rows of capitals that tell, in one line; behind a title even a first word's does."""
    row: list[Token] = []
    titled = False
    for token in line:
        if row and not (token.joined and not token.first and _may_follow(token, seen)):
            yield from _named(row)
            row = []
        if row or _may_begin(token, seen, titled=titled and token.joined):
            row.append(token)
        titled = token.mark == "title" or (titled and token.mark == "known")
    yield from _named(row)


def _may_begin(token: Token, seen: Seen, *, titled: bool) -> bool:
    """Whether a name may begin here; a first word only if its capital is seen elsewhere."""
    if token.mark or not _is_capital(token):
        return False
    tells = titled or not token.first or seen.capital[token.folded] > 0
    return tells and seen.capital[token.folded] + titled > seen.small[token.folded]


def _may_follow(token: Token, seen: Seen) -> bool:
    """Whether a name that has begun may go on with this word."""
    if token.mark == "inside":
        return True
    capital = not token.mark and _is_capital(token)
    return capital and seen.capital[token.folded] + 1 > seen.small[token.folded]


def _named(row: list[Token]) -> Iterator[tuple[str, ...]]:
    """The words of a row as a name, unless it is too long for one or a mere initial."""
    while row and row[-1].mark:
        row = row[:-1]
    # «Х.М.», «Астана-5»
    if 0 < len(row) <= LONGEST and all(NAME.fullmatch(token.text) for token in row):
        yield tuple(token.text for token in row)


# ---- scripts without ---------------------------------------------------------------------------


def _introduced(line: Line, language: str) -> Iterator[tuple[str, ...]]:
    """Names that a title introduces in one line."""
    for place, token in enumerate(line):
        if token.mark == "title":
            # of two titles in a row the first finds the second, and leaves the name to it
            name = _after_title(line[place + 1 : place + 1 + BETWEEN + LONGEST], language)
            if name:
                yield name


def _after_title(line: Line, language: str) -> tuple[str, ...]:
    """The name at the start of `line`, behind the attributes of a title; () where there is none."""
    for place, token in enumerate(line[:BETWEEN]):
        goes_on = token.gap == "" or (token.gap == "،" and not token.folded.startswith("و"))
        if not goes_on or token.mark == "title":
            return ()
        of = bool(JOINED.match(token.folded))
        adjective = token.folded.startswith("ال") and not _is_rare(token, language)  # «الخاص»
        attribute = not token.mark and (of or adjective)
        skipped = attribute or token.mark in {"known", "between"}
        if not (skipped or _leads_on(line[place : place + 2])):
            return _name_at(line[place:], language)
    return ()


def _leads_on(pair: Line) -> bool:
    """Whether a preposition and a known name follow: «إلى سوريا», «در سازمان ملل»."""
    return [token.mark for token in pair] == ["outside", "known"]


def _name_at(line: Line, language: str) -> tuple[str, ...]:
    """One or two words, not counting «بن», and a third that is rare or ends its phrase."""
    name: list[Token] = []
    for place, token in enumerate(line[:LONGEST]):
        parted = place > 0 and not token.joined
        if parted or token.mark not in {"", "inside"} or not token.text.isalpha():
            break
        if language == "ar" and name and _follows(token, name):
            break
        full = sum(not word.mark for word in name)
        closes = place + 1 == len(line) or not line[place + 1].joined
        if full == 3 or (full == 2 and not (closes or _is_rare(token, language))):
            break
        name.append(token)
    own = [token for token in name if not token.mark]
    # «، إضافة إلى»: one ordinary word is none, but «علي أصغر» is one
    likely = len(own) > 1 or any(_is_rare(token, language) for token in own)
    if not likely or any(OFFICE.match(token.folded) for token in own):
        return ()
    return tuple(token.text for token in name)


def _follows(token: Token, name: Line) -> bool:
    """Whether an Arabic word is none of the name before it: «وأكد»; «بيدرسن الجلسة»."""
    if token.folded.startswith("و"):
        return True
    # «أحمد الصحاف»: behind an ordinary given name even a word of the dictionary is a surname
    noun = token.folded.startswith("ال") and token.folded[-1] != "ي" and not _is_rare(token, "ar")
    return noun and any(_is_rare(word, "ar") for word in name)


def _is_rare(token: Token, language: str) -> bool:
    """Whether no dictionary has the word, as it has no names of foreigners."""
    return not is_known(token.text, language)
