"""What the words of one paragraph say of the rounds: numbers, ordinals, "the next round".

The words are rows of data/round_words.csv; here is only how they may stand together. Matching is
done on folded text without marks (vowel signs, tatweel), and windows are bounded, so that a page
of a million signs without a full stop is read once.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from astana_kit import tables
from astana_kit.text import ordinals, script

NOUNS = ("round", "rounds", "meeting", "talks", "plural", "time")
# An aside holds another cue and does not mean it: "rebel leaders" are no summit
CUES = ("place", "this", "theme", "host", "other", "whose", "summit", "promise", "aside")
OURS = {"place", "this"}  # of the cues: the city, the process
# "A new round" is the one that starts today or the one to come: only the page's day can tell
STEPS = {"previous": -1, "last": -1, "next": 1, "current": 0, "demonstrative": 0, "new": None}
DIRECTIONS = {"-1": "previous", "1": "next", "0": "current"}
REACH = 90  # characters searched in front of a noun for its number
REACH_AR = 30  # «الثاني والعشرون »: in Arabic only the ordinal itself may stand there
GAP = "[\\s\u200c]{1,3}[«\"“„'(]?"
CLEAR = r"(?![\w%٪]|[.,:/]\d|\s?[-–—]\s?\d)"  # after two digits: no "13.5", no "13:00", no range
# «13 раунд», «Астана 22» are names; «10 раундов», «в Астане 22 делегации» are counts
NOMINATIVES = {"раунд", "астана", "нур-султан", "нұр-сұлтан"}
IN_PLACE = re.compile(r"(?<!\w)(?:in|to|from|في|الي|من|در|از|به)\s{1,3}$")


class Cue(NamedTuple):
    """A noun of the talks, or a word that says which talks are spoken of."""

    start: int
    stop: int
    kind: str


class Named(NamedTuple):
    """A noun of the talks with what numbers it: "the [20th International Meeting]"."""

    start: int
    stop: int
    noun: str  # kind of the noun; "place" in «Астана-6»
    how: str  # number, ordinal, relative
    round: int | None = None
    step: int | None = None
    final: bool = False  # "the last round" is the one before, or the final one


class Grammar(NamedTuple):
    """The wording of one language, compiled."""

    words: re.Pattern[str]  # nouns and cues in one pass
    before: re.Pattern[str]  # number or relative word, in front of its noun
    after: re.Pattern[str]  # behind it
    pair: re.Pattern[str]  # «[20-й] и 21-й раунды»
    numbered: re.Pattern[str]  # «Астана-6»
    alone: re.Pattern[str] | None  # Turkish "20'ncisi", the twentieth of them
    link: re.Pattern[str]  # between a meeting and the body whose it is
    go_on: re.Pattern[str]  # what may follow «في أستانا 22», unlike «في أستانا 22 وفداً»


def _expression(word: str, language: str) -> str:
    """Regular expression of a curated word: a star is an ending, brackets hold alternatives."""
    syntax = {"*": r"\w{0,14}", "(": "(?:", ")": ")", "|": "|"}
    parts = re.split("(\\*|[()|]|[\\s\u200c]+)", script.fold(word, language))
    return "".join(
        syntax.get(part) or (re.escape(part) if part.strip(" \u200c") else "[\\s\u200c]{1,3}")
        for part in parts
        if part
    )


def _either(words: Iterable[str], language: str) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "(?:" + ("|".join(_expression(word, language) for word in longest) or "(?!)") + ")"


def _wording(language: str) -> dict[str, list[str]]:
    """Curated words by kind; the relative ones by their direction."""
    table = tables.round_words()
    table = table[table["language"] == language]
    kinds = table["kind"].where(table["kind"] != "relative", table["step"].map(DIRECTIONS))
    return {str(kind): list(words) for kind, words in table["word"].groupby(kinds, sort=False)}


def _nouns_and_cues(wording: dict[str, list[str]], language: str, attached: str) -> str:
    """All nouns and cues, under their first letters: many times as fast as one long list."""
    branches: dict[str, dict[str, list[str]]] = {}
    for kind in (*reversed(CUES), *reversed(NOUNS)):
        for word in wording[kind]:
            letter = script.fold(word, language)[0]
            branches.setdefault(letter, {}).setdefault(kind, []).append(word)
    listed = [
        letter
        + "(?:"
        + "|".join(
            f"(?P<{kind}_{n}>{_either((word[1:] for word in words), language)})"
            for kind, words in kinds.items()
        )
        + ")"
        for n, (letter, kinds) in enumerate(sorted(branches.items()))
    ]
    return rf"(?<!\w){attached}(?:{'|'.join(listed)})(?![\w\u200c])"


def _relative(wording: dict[str, list[str]], language: str, *kinds: str) -> str:
    return "|".join(f"(?P<{kind}>{_either(wording[kind], language)})" for kind in kinds)


def _in_front(language: str, relative: str, fill: str) -> str:
    """Number or relative word that stands in front of its noun, up to the noun."""
    words = ordinals.in_words(language)
    if language == "ar":  # «سابع جولات أستانا»: without article only; «هذه الجولة»
        return rf"(?<!\w)(?:(?P<ordinal>(?!ال){words})|{relative}){GAP}$"
    if language == "fa":  # «بیستمین دور», while «دور بیستم مذاکرات» is read from behind
        words = f"{words}(?<=ین)".replace("ی", "ي")
    digits = rf"(?P<digits>\d{{1,2}}{ordinals.SUFFIXES[language]})"
    roman = rf"(?P<roman>{ordinals.ROMAN}(?:-\w{{1,3}}|\.)?)"
    return (
        rf"(?<![\w.,:/№])(?:{digits}|(?P<ordinal>{words})|(?P<bare>\d{{1,2}})|{roman}|{relative})"
        rf"(?:{GAP}{fill}(?!\w)(?:'s)?[»”\"']?){{0,5}}(?:{GAP}|(?<=-))$"
    )


def _behind(language: str, relative: str, fill: str) -> str:
    """Number or relative word that stands behind its noun."""
    if language not in {"ar", "fa"}:
        sign = r"\s{1,3}(?:no\.?\s?|number\s)?" if language == "en" else r"\s{1,3}№\s?"
        return rf"{sign}(?P<digits>\d{{1,2}}){CLEAR}"
    article = "(?:ال)?(?!اخر)" if language == "ar" else ""  # «اجتماع آخر» is another meeting
    marked = r"(?:ال\s?-?\s?|رقم\s)" if language == "ar" else "(?=\\d+[\\s\u200c]?ا?م)"
    bare = rf"{GAP}\(?(?P<bare>\d{{1,2}})\)?{CLEAR}"
    filled = rf"(?:{GAP}{fill}(?![\w\u200c])[»”\"']?){{0,5}}{GAP}"
    digits = rf"{marked}\(?(?P<digits>\d{{1,2}})\)?(?!\d)"
    words = f"(?P<ordinal>{ordinals.in_words(language)})"
    return rf"{bare}|{filled}(?:{digits}|{words}|{article}(?:{relative})(?!\w))"


def _pair(language: str) -> str:
    """First of two numbers in front of one noun: «[20-й] и 21-й раунды»."""
    digits = rf"(?P<digits>\d{{1,2}}{ordinals.SUFFIXES[language]})"
    number = rf"{digits}|(?P<ordinal>{ordinals.in_words(language)})"
    return rf"(?<!\w)(?:{number})\s{{0,3}}(?:,|и|and|ve|және|мен|و)\s{{1,3}}$"


def _alone() -> str:
    """A number that is its own noun, in Turkish: «toplantıların [20'ncisi]»."""
    possessive = "nc[ıiuü]s[ıiuü]"
    words = rf"(?=(?:\w{{2,5}}\s)?\w{{2,9}}{possessive})(?P<ordinal>{ordinals.in_words('tr')})"
    return rf"(?<![\w.,:/])(?:(?P<digits>\d{{1,2}})'?[ıiuü]?{possessive}\w{{0,6}}(?!\w)|{words})"


def _numbered(place: str) -> str:
    """The city or process with a number: «Астана-6», «"أستانا 22"», "Astana XXI"."""
    gap = r"(?P<gap>[»”\"']?\s?[-–—‑]\s?|\s?[(“\"]|\s{0,2})(?:ال\s?)?"
    number = rf"(?P<number>\d{{1,2}}|{ordinals.ROMAN}){CLEAR}"
    return rf"(?P<name>{place}){gap}{number}"


@cache
def grammar(language: str) -> Grammar:
    """The wording of `language`, compiled from the curated table."""
    wording = _wording(language)
    follows = language in {"ar", "fa"}  # the adjective follows its noun
    article = "(?:ال|لل|ل)?" if language == "ar" else ""
    clitic = "[وفبك]{0,2}" if language == "ar" else ""

    def any_of(*kinds: str) -> str:
        words = [word for kind in kinds for word in wording[kind]]
        return f"{clitic}{article}{_either(words, language)}"

    fill = any_of("filler", "place", "theme", "host")
    # «الجولة السابعة من اجتماعات اللجنة الدستورية», «دور هفتم نشست کمیته قانون اساسی»
    bodies = ("talks", "plural", "meeting") if follows else ("talks", "plural")
    link = any_of("filler", "link", "theme", *bodies)
    adjectives = ("previous", "next", "current", "new", "last")
    # «هذه الجولة», «آخر جولة», «آخرین دور»
    first = ("demonstrative", "last") if follows else (*adjectives, "demonstrative")
    return Grammar(
        words=re.compile(_nouns_and_cues(wording, language, f"(?P<clitic>{clitic}){article}")),
        before=re.compile(_in_front(language, _relative(wording, language, *first), fill)),
        after=re.compile(_behind(language, _relative(wording, language, *adjectives), fill)),
        pair=re.compile(_pair(language)),
        numbered=re.compile(_numbered(_either(wording["place"], language))),
        alone=re.compile(_alone()) if language == "tr" else None,
        link=re.compile(rf"(?:\s{{1,3}}{link}(?!\w))*\s{{1,3}}"),
        go_on=re.compile(rf"\s*(?:[^\w\s]|$)|\s{{1,3}}{link}(?!\w)"),
    )


def cues(folded: str, language: str) -> list[Cue]:
    """Nouns and cues in `folded`, in order.

    >>> [cue.kind for cue in cues("раунд переговоров по сирии в астане", "ru")]
    ['round', 'talks', 'theme', 'place']
    """
    return [
        Cue(match.end("clitic"), match.end(), str(match.lastgroup).rpartition("_")[0])
        for match in grammar(language).words.finditer(folded)
    ]


def named(folded: str, language: str, found: list[Cue]) -> list[Named]:
    """Numbered and relative nouns in `folded`, longest first where two overlap.

    >>> text = "13-й раунд переговоров"
    >>> [(text[one.start : one.stop], one.round) for one in named(text, "ru", cues(text, "ru"))]
    [('13-й раунд', 13)]
    """
    candidates = [
        *(one for cue in found if cue.kind in NOUNS for one in _of_noun(folded, language, cue)),
        *(one for cue in found if cue.kind == "place" for one in _of_place(folded, language, cue)),
        *_alone_in(folded, language),
    ]
    kept: list[Named] = []  # in order of place, none overlapping another
    for one in sorted(candidates, key=lambda one: (one.start - one.stop, one.start)):
        place = bisect_left(kept, (one.start,))
        clear_before = place == 0 or kept[place - 1].stop <= one.start
        if clear_before and (place == len(kept) or one.stop <= kept[place].start):
            kept.insert(place, one)
    return kept


def _of_noun(folded: str, language: str, noun: Cue) -> Iterator[Named]:
    """What numbers one noun: a number in front or behind, else a relative word."""
    rules = grammar(language)
    readings = []
    reach = REACH_AR if language == "ar" else REACH
    if match := rules.before.search(folded, max(0, noun.start - reach), noun.start):
        readings.append(_read(match, (match.start(), noun.stop), folded, language, noun))
    if match := rules.after.match(folded, noun.stop):
        readings.append(_read(match, (noun.start, match.end()), folded, language, noun))
    for one in sorted(filter(None, readings), key=lambda one: one.how == "relative")[:1]:
        yield one
        if one.start < noun.start and one.round:
            yield from _paired(folded, language, one)


def _read(
    match: re.Match[str], span: tuple[int, int], folded: str, language: str, noun: Cue
) -> Named | None:
    """What a number or relative word beside a noun says; None where it says nothing."""
    said = {name: written for name, written in match.groupdict().items() if written}
    name, written = next(iter(said.items()))
    if name in STEPS:
        # "this meeting" is any meeting, «اللقاءات القادمة» are several
        if noun.kind in {"plural", "rounds"} or (name == "demonstrative" and noun.kind != "round"):
            return None
        return Named(*span, noun.kind, "relative", step=STEPS[name], final=name == "last")
    if name == "bare" and (
        noun.kind != "round"
        or (
            match.start() < noun.start
            and (language != "ru" or folded[noun.start : noun.stop] not in NOMINATIVES)
        )
    ):
        return None
    if name == "roman" and (written in {"i", "v", "x"} or noun.kind not in {"round", "meeting"}):
        return None
    how = "ordinal" if name == "ordinal" else "number"
    return Named(*span, noun.kind, how, ordinals.value(written, language))


def _paired(folded: str, language: str, one: Named) -> Iterator[Named]:
    """The first of two numbers that share a noun: "the [12th] and 13th rounds"."""
    pair = grammar(language).pair
    if match := pair.search(folded, max(0, one.start - REACH), one.start):
        name = str(match.lastgroup)
        how = "ordinal" if name == "ordinal" else "number"
        number = ordinals.value(match[name], language)
        yield Named(*match.span(name), one.noun, how, number)


def _of_place(folded: str, language: str, place: Cue) -> Iterator[Named]:
    """«Астана-6», "Astana 22", «أستانا 22», but not «в Астане 22 делегации»."""
    rules = grammar(language)
    match = rules.numbered.match(folded, place.start)
    if match is None:
        return
    inflected = language in {"ru", "kk"} and match["name"] not in NOMINATIVES
    counting = IN_PLACE.search(folded, max(0, place.start - 8), place.start) and not (
        rules.go_on.match(folded, match.end())
    )
    if not match["gap"].isspace() or not (inflected or counting):
        number = ordinals.value(match["number"], language)
        yield Named(*match.span(), "place", "number", number)


def _alone_in(folded: str, language: str) -> Iterator[Named]:
    """«Bu kez [20'ncisi] düzenlenecek»."""
    alone = grammar(language).alone
    for match in alone.finditer(folded) if alone and "nc" in folded else ():
        how = "number" if match["digits"] else "ordinal"
        yield Named(*match.span(), "time", how, ordinals.value(match[0], language))
