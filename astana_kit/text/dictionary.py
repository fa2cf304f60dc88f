"""Simplemma's dictionaries of word forms: what they know, and what simplemma guesses."""

import simplemma

from astana_kit.text import script


def known(word: str, language: str) -> str | None:
    """Lemma of `word` in the dictionary of `language`, folded; None if it is not there.

    >>> known("agreements", "en"), known("pedersens", "en")
    ('agreement', None)
    """
    if word and simplemma.is_known(word, language, low_memory=True):
        return guessed(word, language)
    return None


def guessed(word: str, language: str) -> str:
    """Lemma of `word` by simplemma's dictionary or else its rules, folded."""
    return script.fold(simplemma.lemmatize(word, language, low_memory=True), language)
