"""Where words and sentences start and stop in a text of any of the six languages."""

import re

from astana_kit.text.script import fold

# Signs on or between letters that belong to the word: accents («за́мок»), Arabic vowel signs
SIGNS = (
    "\u0300-\u036f\u0483-\u0487"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
# Unseen signs (soft hyphen, half-space of «می‌شود», direction marks) belong to it only inside
UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
WORD = re.compile(
    rf"""
    (?:https?://|www\.)\S*[^\s.,;:!?()«»"”…،؛؟]  # an address is one word, not six
  | (?:[^\W\d_]\.){{2,}}  # «т.е.», "U.S."
  | [^\W_][^\W_{SIGNS}]*(?:
        [{SIGNS}]+[^\W_]*
      | [{UNSEEN}_]{{1,3}}[^\W_]+  # «می‌شود»
      | [-‐‑][^\W_]+  # «әл-Хусейн», «С-300», «22-ю»
      | ['’ʼ‘`´][^\W\d_]+  # «Astana'da», "Syria's"
      | (?<=\d)[.,:/٫٬]\d+  # «2,5», «17:04», «14/09/2017»
    )*
    """,
    re.VERBOSE,
)

STOPS = ".!?…؟۔"
OPENERS = rf"\"'“”„‘«‹(\[{{–—\s{UNSEEN}-"
# Only where a run of stops begins: of a thousand dots each would be the start of a long reading
END = re.compile(rf"""(?<![{STOPS}])[{STOPS}]+["'”’“»›)\]{UNSEEN}]*[^\S\n]+|\n""")
FOLLOWING = re.compile(rf"[{OPENERS}]*([^{OPENERS}])")
LAST = re.compile(r"(?:^|[\s(\[«\"“„'’-])([^\s(\[«\"“„'’-]+)$")
LOOK_BACK = 24  # characters; longer than any abbreviation


def _each(**listed: str) -> dict[str, frozenset[str]]:
    """Set of folded words by language."""
    return {
        language: frozenset(fold(words, language).split()) for language, words in listed.items()
    }


# A name or an explanation follows: the sentence goes on
ABBREVIATIONS = _each(
    ru="им ул просп пл г гор обл пос дер проф акад доц ген полк адм гр тов св см ср напр т.е т.к "
    "т.н и.о корр ред сост пер ок с р",
    kk="қ көш даңғ обл ауд проф акад ген мыс яғ им а.ж м.а",
    en="mr mrs ms dr prof st gen col lt sgt capt maj adm gov sen rep rev hon vs e.g i.e cf approx",
    tr="dr prof doç yrd öğr gör av sn alb gen org korg tümg tuğg yb bnb yzb tğm cad sok mah bkz "
    "örn hz uzm müh",
    ar="د أ أ.د",
    fa="د ر.ک",
)
# Only before a number: "Nov. 11" and "No. 5" go on, "He said no. The …" does not
NUMBERED = _each(
    ru="стр ст п пп ч т рис табл тел янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек",
    kk="б бб т тел қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
    en="no nos fig vol art para p pp jan feb mar apr jun jul aug sep sept oct nov dec",
    tr="no s tel oca şub mar nis may haz tem ağu eyl eki kas ara",
    ar="ص ج رقم",
    fa="ص ج ش",
)
# Behind a number these close its phrase: «2022 г. Стороны» ends, «2018 ж. 23 ақпан» goes on
UNITS = _each(
    ru="г гг в вв тыс млн млрд трлн руб долл коп кв км м см кг ч мин сек чел ст п стр с",
    kk="ж жж ғ ғғ мың млн млрд трлн тг тең км м кг сағ мин б",
    en="m km kg ft in mi min sec hrs bn a.m p.m",
    tr="yy km m kg dk sn sa",
    ar="م هـ كم ص",
    fa="م ش ق ه.ش کم",
)
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
# A dotted word before one of these closes its sentence: "in the U.S. The talks …"
STARTERS = frozenset(
    {"the", "he", "she", "it", "they", "we", "this", "these", "in", "on", "but", "a"}
)


def words(text: str) -> list[tuple[int, int]]:
    """Start and stop of each word in `text`, in order; [] where there is none.

    A word holds its accents, vowel signs, half-spaces, hyphens and apostrophes; a number its
    separators. One rule serves all languages.

    >>> text = "Astana'da БҰҰ-ның 2,5 млн"
    >>> [text[start:stop] for start, stop in words(text)]
    ["Astana'da", 'БҰҰ-ның', '2,5', 'млн']
    """
    if text.isalnum():  # the most common, and four times as fast
        return [(0, len(text))]
    return [match.span() for match in WORD.finditer(text)]


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Start and stop of each sentence in `text`, without the white space round it.

    A line break ends a sentence, and so does a full stop (! ? …) before white space, unless an
    abbreviation, an initial or an ordinal stands before it or a small letter behind it.

    >>> text = "2018 ж. 23 ақпанда жиын өтті. Оған СІМ қатысты."
    >>> [text[start:stop] for start, stop in sentences(text, "kk")]
    ['2018 ж. 23 ақпанда жиын өтті.', 'Оған СІМ қатысты.']
    """
    found, start = [], 0
    for end in END.finditer(text):
        if "\n" in end[0] or _ends(text, start, end, language):
            found.append((start, end.start() + len(end[0].rstrip())))
            start = end.end()
    found.append((start, len(text)))
    return [span for one in found if (span := _stripped(text, *one))]


def _ends(text: str, start: int, end: re.Match[str], language: str) -> bool:
    """Whether the stop at `end` closes the sentence that began at `start`."""
    following = FOLLOWING.match(text, end.end())
    if following is None or end[0].rstrip() != ".":
        # «!», «…» and a quotation mark behind the stop close, if no small letter goes on
        return following is None or not following[1].islower()
    before = text[max(start, end.start() - LOOK_BACK) : end.start()]
    last = LAST.search(before)
    if following[1].islower() or last is None:
        return not following[1].islower()
    if last[1].isupper() and INITIALS.fullmatch(last[1]):
        next_word = WORD.match(text, end.end())
        return "." in last[1] and next_word is not None and next_word[0].lower() in STARTERS
    return not _goes_on(fold(last[1], language), before[: last.start(1)], following[1], language)


def _goes_on(word: str, before: str, following: str, language: str) -> bool:
    """Whether a sentence goes on after `word` and a full stop: an abbreviation, an ordinal."""
    if word.isdigit():
        # «13. tur», and the «1.» of a list
        return len(word) <= 2 and (language == "tr" or not before.strip())
    if before.rstrip()[-1:].isdigit() and word in UNITS.get(language, ()):
        return following.isdigit()
    if word in NUMBERED.get(language, ()):
        return following.isdigit()
    return word in ABBREVIATIONS.get(language, ())


def _stripped(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The span without white space at its ends; None where nothing else is in it."""
    piece = text[start:stop]
    inner = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return (start, start + len(inner)) if inner else None
