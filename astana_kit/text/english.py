"""Lemmas of English words: simplemma's, checked against the regular forms that the corpus has."""

import re
from collections.abc import Collection, Iterator

from astana_kit.text import script
from astana_kit.text.dictionary import guessed, known

POSSESSIVE = re.compile("(?<=.)(?:'s|(?<=s)')$")
ABBREVIATION = 3  # capitals: "US" is a state, "TALKS" a headline


def lemmas(words: Collection[str]) -> dict[str, str]:
    """Lemma of each of `words`, which are all the different words of the counted corpus.

    >>> lemmas(["Russia's", "US", "talks"])
    {"Russia's": 'russia', 'US': 'us', 'talks': 'talk'}
    """
    heads = {word: POSSESSIVE.sub("", word.replace("’", "'")) for word in words}
    attested = {script.fold(head, "en") for head in heads.values()}
    return {word: _lemma(head, attested) for word, head in heads.items()}


def _lemma(word: str, attested: Collection[str]) -> str:
    """Simplemma's lemma, unless a regular one has more to say for it."""
    folded = script.fold(word, "en")
    if word.isupper() and 1 < len(word) <= ABBREVIATION:
        return folded
    lemma = guessed(word, "en") if word else folded
    if lemma != folded and not lemma.isalpha() and folded.isalpha():
        lemma = folded  # it has first names from somebody's e-mail address
    regular = [base for base in _bases(folded) if base in attested]
    if lemma == folded and not known(folded, "en"):  # a word it does not know
        regular += [base for base in _bases(folded) if known(base, "en") == base]
    elif lemma == folded or lemma in attested:
        return lemma
    # it has "playing" from "playe"; "posed" is of "pose", which it knows, and not of "pos"
    return min(regular, key=lambda base: known(base, "en") != base, default=lemma)


SHORT = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")


def _bases(word: str) -> Iterator[str]:
    """What a regular English form may be made of: "attempted" of "attempt"."""
    if len(word) > 4 and word.endswith("ies"):
        yield word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            if stem[-1] == stem[-2]:  # planned
                yield stem[:-1]
            if SHORT.fullmatch(stem):  # "hoping" is of "hope": "hop" doubles its p
                yield stem + "e"
            yield from (stem, stem + "e")
            if stem.endswith("i"):  # carried
                yield stem[:-1] + "y"
