"""How a base form of a table is written in running text: its forms, and what may be joined."""

import re
from collections.abc import Mapping
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from astana_kit.text import declension, harmony
from astana_kit.text.script import fold

JOINERS = {"kk": "-", "tr": "'", "fa": "\u200c"}
"""What may part a name from its ending: «БҰҰ-ның», "Rusya'nın", «سوری‌ها»."""


class Written(NamedTuple):
    """One way in which a base form stands in a text."""

    text: str  # the letters to look for
    heads: Mapping[str, int]  # what may be joined before it; how many of those letters are its own
    tails: frozenset[str] | None  # what may be joined after it, as part of the name; None: anything

    def takes(self, ending: str) -> bool:
        """Whether `ending` may be joined after it."""
        return self.tails is None or ending in self.tails


ALONE: Mapping[str, int] = MappingProxyType({"": 0})
NOTHING = frozenset({""})


def written(name: str, language: str, inflects: str) -> list[Written]:
    """Every way to write `name` in a text of its language; a row is the letters to look for.

    >>> [way.text for way in written("Катар", "ru", "noun")][:3]
    ['Катар', 'Катара', 'Катару']
    >>> "дағы" in written("Иран", "kk", "noun")[0].tails
    True
    >>> written("الأردن", "ar", "noun")[0].text, written("الأردن", "ar", "noun")[0].heads["بال"]
    ('أردن', 2)
    """
    if inflects == "no":
        return [Written(name, ALONE, NOTHING)]
    if inflects == "stem":
        before = JOINED | WITH_ARTICLE | MERGED if language == "ar" else ALONE
        return [Written(name, before, None)]
    ways = {
        "ru": _russian,
        "kk": _kazakh,
        "tr": _turkish,
        "ar": _arabic,
        "fa": _persian,
        "en": _english,
    }
    said = [name, *_initialled(name)] if inflects == "surname" else [name]
    return [way for form in said for way in ways[language](form, inflects)]


def _initialled(name: str) -> list[str]:
    """A person's name with the first given name cut to its letter: «С. Онал», «С.Онал»."""
    given, _, rest = name.partition(" ")
    if not (rest and given[0].isupper() and given.replace("-", "").isalpha()):  # «де Мистура»
        return []
    return [f"{given[0]}. {rest}", f"{given[0]}.{rest}"]


def _russian(name: str, inflects: str) -> list[Written]:
    """Its forms, to which nothing is joined."""
    forms = {
        "abbreviation": lambda letters: [letters],
        "noun": declension.phrase,
        "adjective": declension.adjective,
        "surname": declension.person,
    }[inflects](name)
    return [Written(form, ALONE, NOTHING) for form in dict.fromkeys([name, *forms])]


def _kazakh(name: str, inflects: str) -> list[Written]:
    return _agglutinating(name, "kk", inflects, possessive="ыі")


def _turkish(name: str, inflects: str) -> list[Written]:
    return _agglutinating(name, "tr", inflects, possessive="ıiuü")


# "Rusça", "Türkçe": the language; but "Türklerce", "by Turks", is the people
TONGUES = frozenset({"ca", "ce", "ça", "çe"})


def _agglutinating(name: str, language: str, inflects: str, *, possessive: str) -> list[Written]:
    """Itself with its endings; a common noun also with its last sound softened before a vowel."""
    if inflects == "abbreviation":
        return [Written(name, ALONE, harmony.any_endings(language))]
    stem = fold(name, language)
    free = inflects == "surname" and language == "kk"
    tails = harmony.endings(stem, language, free=free)
    if inflects == "noun" and " " in stem and stem[-1] in possessive:
        # «Қауіпсіздік кеңесінде» goes on as a possessive, «әскери бақылаушылар» and "kuzey doğuda"
        # do not; by their letters they are alike, and neither takes what the other does
        tails |= harmony.endings(stem, language, owned=True)
    if inflects == "adjective":
        tails -= TONGUES
    ways = [Written(name, ALONE, tails)]
    soft = harmony.softened(stem, language)
    if soft and name.islower():  # names keep theirs: "Irak'ı"
        vocalic = frozenset(tail for tail in tails if harmony.begins_with_vowel(tail, language))
        ways.append(Written(soft, ALONE, vocalic))
    return ways


BEFORE_NAME = ("", "ب", "ل", "ك")
BEFORE_ARTICLE = ("", "ب", "ك")
AND = ("", "و", "ف")
JOINED = {"".join(head): 0 for head in product(AND, BEFORE_NAME)}
WITH_ARTICLE = {"".join(head) + "ال": 2 for head in product(AND, BEFORE_ARTICLE)}
# ل and the article become لل; before a name in ل the two become one: للجنة from ل and اللجنة.
# The article cannot be told from the preposition then, so both stay with the name
MERGED = {letter + "لل": 2 for letter in AND}
MERGED_BEFORE_L = {letter + "ل": 1 for letter in AND}
# سوري: سورية، سوريون، سوريين، سوريان، سوريات، سوريتان، سوريتين، سوريًا (written سوريا too)
NISBA_TAILS = frozenset({"", "ة", "ون", "ين", "ان", "ات", "تان", "تين"})
# «سوريانا», «لبنانهم»: after short names these make other words (قطرها "its diameter")
PRONOUNS = frozenset({"", "نا", "هم", "كم"})


def _arabic(name: str, inflects: str) -> list[Written]:
    """Itself after و ف ب ل ك and with the article; an adjective in each gender and number."""
    if inflects == "adjective":
        return [Written(name, JOINED | WITH_ARTICLE | MERGED, NISBA_TAILS)]
    if not name.startswith("ال"):
        tails = PRONOUNS if inflects == "noun" and len(name) > 4 and " " not in name else NOTHING
        return [Written(name, JOINED, tails)]
    rest = name.removeprefix("ال")
    merged = MERGED_BEFORE_L if rest.startswith("ل") else MERGED
    return [Written(rest, WITH_ARTICLE | merged, NOTHING)]


# «حمله‌ها», «حمله‌های», «حمله‌هایی»; of people also «ایرانیان»
PERSIAN_PLURALS = frozenset(fold(tail, "fa") for tail in ("", "ها", "های", "هایی"))
PERSIAN_PEOPLE = PERSIAN_PLURALS | {fold("ان", "fa")}


def _persian(name: str, inflects: str) -> list[Written]:
    """Itself with the endings of the plural."""
    tails = {"noun": PERSIAN_PLURALS, "adjective": PERSIAN_PEOPLE}.get(inflects, NOTHING)
    return [Written(name, ALONE, tails)]


# "ministers of defence": the head is what stands before
PREPOSITION = re.compile(r"(?<=.)(?= (?:of|for|in|on|to|from|with|against|by|between) )")
SIBILANT = ("ss", "us", "x", "z", "ch", "sh")


def _english(name: str, inflects: str) -> list[Written]:
    """Itself; an adjective that stands for people, and a common noun, also in the plural."""
    if inflects == "adjective":
        return [Written(name, ALONE, frozenset({"", "s"}))]
    said = [name, *_plural(name)] if inflects == "noun" and name.islower() else [name]
    return [Written(form, ALONE, NOTHING) for form in said]


def _plural(name: str) -> list[str]:
    """The plural of an English noun phrase, regular; none of what ends as a plural does."""
    head, *rest = PREPOSITION.split(name, maxsplit=1)
    if head.endswith(SIBILANT):  # "processes", "consensuses"
        ending = "es"
    elif head.endswith("s"):
        return []
    elif head.endswith("y") and head[-2:-1] not in "aeiou":  # "secretaries"
        head, ending = head[:-1], "ies"
    else:
        ending = "s"
    return ["".join([head, ending, *rest])]
