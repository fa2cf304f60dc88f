"""Lemmas of Persian words: simplemma's, and the plural off first, however it is written."""

import re
from collections.abc import Collection

from astana_kit.text import script
from astana_kit.text.dictionary import known

HALF_SPACE = "\u200c"
LETTERS = str.maketrans("يكة", "یکه")  # as simplemma's dictionary is written
PLURAL = re.compile(f"(..+?){HALF_SPACE}?ها(?:یی?|ی?(?:م|ت|ش|مان|تان|شان))?")
ENDING = re.compile(
    f"(..+?)(?:{HALF_SPACE}(?:ای|ی|ام|ات|اش|مان|تان|شان|تر|ترین)|تر|ترین|مان|تان|شان|ان|یی|[یمتش])"
)


def lemmas(words: Collection[str]) -> dict[str, str]:
    """Lemma of each of `words`, which are all the different words of the counted corpus.

    >>> lemmas(["نشستهای", "بزرگ‌ترین"])
    {'نشستهای': 'نشست', 'بزرگ‌ترین': 'بزرگ'}
    """
    written = {word: script.fold(word, "fa").translate(LETTERS) for word in words}
    attested = set(written.values())
    return {word: _lemma(spelt, attested) for word, spelt in written.items()}


def _lemma(word: str, attested: Collection[str]) -> str:
    """Lemma of a Persian word in Persian letters."""
    plural = PLURAL.fullmatch(word)
    if plural:  # «نشست‌های», «نشستهای»: a noun, whatever verb simplemma thinks of
        return plural[1]
    lemma = _looked_up(word)
    if lemma is None and word.startswith("نمی"):  # «نمی‌پذیرد» is the negated «می‌پذیرد»
        lemma = _looked_up(word[1:])
    if lemma is not None:
        return lemma
    ending = ENDING.fullmatch(word)
    if ending and (HALF_SPACE in word or ending[1] in attested or known(ending[1], "fa")):
        return _looked_up(ending[1]) or ending[1]
    return word


def _looked_up(word: str) -> str | None:
    """Simplemma's lemma; of a verb the past stem, where it gives now that, now the infinitive."""
    lemma = known(word, "fa")
    if lemma is None or lemma == script.fold(word, "fa") or not lemma.endswith(("تن", "دن")):
        return lemma
    return lemma[:-1] if known(lemma[:-1], "fa") else lemma
