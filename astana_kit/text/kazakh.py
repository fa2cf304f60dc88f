"""Lemmas of Kazakh words: endings that may stand on a stem, and how productive the stem is.

No dictionary: the grammar of endings proposes stems for each word, and the stem wins that carries
many different endings among all words of the counted corpus («келісім» in келісімді, келісімге,
келісімнің …). A verb's lemma is its bare stem: «тоқтатуға» → «тоқтат».
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from astana_kit.text import script
from astana_kit.text.kazakh_endings import (
    BACK,
    CONSONANTS,
    ENDINGS,
    FRONT,
    HARMONY,
    INSIDE,
    LETTERS,
    LONGEST_ENDING,
    OUTERMOST,
    PLACE,
    SLOTS,
    SOFTENED,
    VERBAL,
    VOICELESS,
    VOWELS,
    Ending,
)

LONGEST_WORD = 40  # letters; what is longer is no word but a line without spaces


class Reading(NamedTuple):
    """One way to take a word apart."""

    stem: str
    path: tuple[int, ...]  # slots, outermost first
    letters: float  # of the word, that the endings account for


class Chain(NamedTuple):
    """What all readings with one path share."""

    cost: float
    verbal: bool
    outer: tuple[int, ...]  # the two outermost slots, voice apart


def readings(word: str, kept: Mapping[str, str]) -> list[Reading]:
    """All ways to take `word` apart, itself first; a stem in `kept` is not taken apart further.

    >>> [reading.stem for reading in readings("тараптары", {})]
    ['тараптары', 'тараптар', 'тарап']
    """
    found = [Reading(kept.get(word, word), (), 0)]
    harmony = _harmony(word)
    open_ends: list[tuple[int, frozenset[int], tuple[int, ...]]] = [(len(word), OUTERMOST, ())]
    while open_ends and word not in kept:
        end, allowed, path = open_ends.pop()
        for start in range(end - 1, max(1, end - LONGEST_ENDING - 1), -1):
            stem = word[:start]
            for ending in ENDINGS.get(word[start:end], ()):
                if ending.slot not in allowed or not _fits(ending, stem, harmony[start]):
                    continue
                longer = (*path, ending.slot)
                bare = SLOTS[ending.slot].bare
                if bare:
                    letters = len(word) - end + ending.letters
                    restored = _restored(stem, word[start], ending, harmony[start])
                    found += [Reading(kept.get(one, one), longer, letters) for one in restored]
                if not ending.given_back and not (bare and stem in kept):
                    open_ends.append((start, INSIDE[ending.slot], longer))
    return found


def _fits(ending: Ending, stem: str, harmony: str) -> bool:
    """Whether `ending` may stand on `stem`, by its last letter and last vowel."""
    if stem[-1] not in ending.after or not harmony:
        return False
    return not ending.harmony or harmony in {ending.harmony, "either"}


def _harmony(word: str) -> list[str]:
    """Of each beginning of `word`: "back", "front", "either", or "" as long as it has no vowel."""
    states, state = [""], ""
    for place, letter in enumerate(word):
        if letter in BACK:
            state = "back"
        elif letter in FRONT:
            state = "front"
        elif letter == "и" or (letter in VOWELS and not state):  # саммит|ке but тарих|қа
            state = "either"
        elif letter == "в" and word[place - 1] in "еи" and not BACK.isdisjoint(word[:place]):
            state = "either"  # «Назарбаевтың» beside «Медведевтің»
        states.append(state)
    return states


def _restored(stem: str, follows: str, ending: Ending, harmony: str) -> Iterator[str]:
    """`stem` as it is written without the ending."""
    if ending.given_back:
        yield stem + HARMONY["front" if harmony == "front" else "back"].get(
            ending.given_back, ending.given_back
        )
        return
    softened = stem[-1] in SOFTENED and follows in VOWELS and stem[-2] in VOWELS
    if softened:
        yield stem[:-1] + SOFTENED[stem[-1]]
    if not softened or stem[-1] != "ғ":  # «клубы» keeps its б; no word ends in ғ
        yield stem


PRODUCTIVE = 2.0  # for the logarithm of 1 + the different endings seen on the stem
LETTER, SLOT = 0.95, 0.5
KEPT, SEEN = 1.2, 0.4  # the stem is a listed word; it stands bare somewhere in the corpus


@cache
def chain(path: tuple[int, ...]) -> Chain:
    """What all readings with `path` share."""
    cost = sum(SLOT + SLOTS[slot].cost for slot in path)
    outer = tuple(slot for slot in path if slot != PLACE["voice"])[:2]
    return Chain(cost, not VERBAL.isdisjoint(path), outer)


def is_native_end(stem: str) -> bool:
    """Whether a Kazakh stem may end so: in a vowel, one consonant, or one of few pairs of them.

    >>> is_native_end("қарт"), is_native_end("маңызд")
    (True, False)
    """
    pair = stem[-2:]
    return (
        not CONSONANTS.issuperset(pair)
        or (pair[0] in "лрнңй" and pair[1] in VOICELESS)
        or pair == "ст"
    )


def doubt(word: str, reading: Reading, *, is_name: bool) -> float:
    """How far a reading is to be doubted for what it makes of the stem."""
    stem, path, _ = reading
    verbal = chain(path).verbal
    amount = 0.0
    if len(stem) <= 3:  # келу is a verb's normal length; a noun's is longer
        amount += 2.0 if len(stem) < 3 else 0.25 if verbal else 0.5
    if is_name and verbal:  # «Павлодар» is no aorist
        amount += 0.6
    if path and not is_native_end(stem):  # «маңызды» is not "маңызд|ы"
        amount += 1.7
    if path and path[-1] == PLACE["possessed3"] and word[len(stem) :].startswith("с"):
        amount += 1.0 if stem[-1] in "ыі" and stem[-2] != "ш" else 0.0  # құрылыс|ы, not құрылы|сы
    if path == (PLACE["going"],) and word.endswith("и"):  # «тарихи» is not "тарихы|й"
        amount += 1.2
    if path and path[-1] == PLACE["voice"] and stem[-2:] in {"ла", "ле", "да", "де", "та", "те"}:
        amount -= 0.6  # жоспар|ла is a verb made of a noun, and «жоспарлан» its passive
    return amount


def lemmas(words: Collection[str], kept: Mapping[str, str]) -> dict[str, str]:
    """Lemma of each of `words`, which are all the different words of the counted corpus.

    Parameters
    ----------
    words : as written: a word with a small letter somewhere in the corpus is no name.
    kept : stems not to be taken apart («білім», not біл), with their lemma («халқ» → «халық»).

    Examples
    --------
    >>> found = lemmas(["келісім", "келісімді", "келісімге", "БҰҰ-ның"], {})
    >>> found["келісімді"], found["БҰҰ-ның"]
    ('келісім', 'бұұ')
    """
    parts = {word: _split(word) for word in words}
    small = {last for word, (_, last) in parts.items() if not word[:1].isupper()}
    found = {last: readings(last, kept) for _, last in parts.values() if _is_kazakh(last)}
    productive = _productivity(found.values())

    def score(word: str, reading: Reading) -> float:
        stem, path, letters = reading
        cost, verbal, _ = chain(path)
        amount = PRODUCTIVE * math.log(1 + productive[stem, verbal]) + LETTER * letters - cost
        amount += SEEN if path and stem in found else 0.0
        if stem in kept:
            return amount + KEPT
        return amount - doubt(word, reading, is_name=word not in small)

    stems = {
        word: max(choices, key=lambda one: (score(word, one), len(one.stem), one.stem)).stem
        for word, choices in found.items()
    }
    return {word: head + stems.get(last, last) for word, (head, last) in parts.items()}


def _split(word: str) -> tuple[str, str]:
    """What of `word` stays as it is, and what is to be lemmatised: іс-|қимылды, БҰҰ|-ның."""
    head, hyphen, last = word.rpartition("-")
    folded = script.fold(head, "kk")
    if head.isupper() and len(head) > 1:
        return folded, ""
    return folded + hyphen, script.fold(last, "kk")


def _is_kazakh(word: str) -> bool:
    return 2 < len(word) <= LONGEST_WORD and LETTERS.issuperset(word)


def _productivity(found: Collection[list[Reading]]) -> dict[tuple[str, bool], int]:
    """How many different endings each stem is seen with, as a verb and as another word."""
    seen: dict[tuple[str, bool], set[tuple[int, ...]]] = defaultdict(set)
    for choices in found:
        for stem, path, _ in choices:
            _, verbal, outer = chain(path)
            seen[stem, verbal].add(outer)
    # one ending proves nothing: every wrong cut of a rare word has one
    return {key: len(outers) if len(outers) > 1 else 0 for key, outers in seen.items()}
