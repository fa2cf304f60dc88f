"""Lemmas of Russian words: pymorphy's, names read as names, and of two the one others share."""

import math
import re
from collections import defaultdict
from collections.abc import Collection

from astana_kit.text.declension import analyzer

NAME_TAGS = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn"})
# «Педерсен» may be a name as it stands; «Педерсеном» and «Педерсенам» end like case forms
BARE_NAME = re.compile(".*(?<![оеыиая])[мхй]|.*[бвгджзклнпрстфцчшщ]", re.IGNORECASE)
SHARED = 0.7  # weight of a second word with the same lemma: «банку» is of банка beside «банкой»


def lemmas(words: Collection[str]) -> dict[str, str]:
    """Of the lemmas that pymorphy offers the likeliest, sooner one that two words share.

    >>> lemmas(["банку", "банкой"])
    {'банку': 'банка', 'банкой': 'банка'}
    """
    offered = {word: _readings(word) for word in words}
    # «Сонымен» and «сонымен» are one word, though a capital makes it a name with another lemma
    shares: defaultdict[tuple[str, str], float] = defaultdict(float)
    for word, scores in offered.items():
        best = max(scores.values())
        for lemma, score in scores.items():
            said = word.lower(), lemma
            shares[said] = max(shares[said], score / best)
    support: defaultdict[str, float] = defaultdict(float)
    for (_, lemma), share in shares.items():
        support[lemma] += share

    def weight(word: str, lemma: str) -> float:
        enough = 5 if word[0].isupper() else 2  # a name has many forms, and a woman's but some
        return math.log(offered[word][lemma]) + SHARED * math.log(min(support[lemma], enough))

    return {
        word: max(scores, key=lambda lemma: (weight(word, lemma), lemma))
        for word, scores in offered.items()
    }


def _readings(word: str) -> dict[str, float]:
    """How likely each lemma of a Russian word is."""
    parses = analyzer().parse(word)
    if word[0].isupper():
        names = [parse for parse in parses if NAME_TAGS & parse.tag.grammemes]
        parses = names or parses  # «Путин», not «путина»
    scores: defaultdict[str, float] = defaultdict(float)
    for parse in parses:
        scores[parse.normal_form.replace("ё", "е")] += parse.score + 1e-4
    if word[0].isupper() and not analyzer().word_is_known(word) and BARE_NAME.fullmatch(word):
        # pymorphy takes an unknown «Педерсен» for the plural of a woman's name
        scores[word.lower()] = max(scores.values())
    head, hyphen, _ = word.lower().partition("-")
    both = {lemma: score for lemma, score in scores.items() if lemma.split("-")[0] != head}
    return both if hyphen and both else scores  # «страна-гарант», not «стран-гарант»
