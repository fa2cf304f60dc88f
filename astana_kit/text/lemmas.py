"""One lemma for each word, so that all forms of a word are counted as one.

The words of a whole corpus come in one call, because the corpus itself is asked: a reading of a
word is believed sooner where the corpus has other forms of the same lemma.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache

import pandas as pd

from astana_kit import tables
from astana_kit.text import arabic, english, kazakh, persian, russian, script, turkish

SCRIPTS = {"ru": "Cyrl", "ar": "Arab", "kk": "Cyrl", "en": "Latn", "tr": "Latn", "fa": "Arab"}
LONGEST_WORD = 60  # letters; what is longer is no word, and analysers are slow on it


def lemmatize(words: Sequence[str] | pd.Series, language: str) -> list[str]:
    """One lemma for each of `words`, folded, in their order.

    A verb's lemma is what dictionaries of its language list («завершиться», «انطلق»), but in Kazakh
    and Turkish the bare stem, and in Persian the past stem. Words without letters, or with letters
    of another script than the language's, come back folded.

    Parameters
    ----------
    words : in running order, as written: capitals tell names. All words that are to be counted
        together, because Arabic and Kazakh, and rare words of every language, are judged by the
        other words given.
    language : "ru", "ar", "kk", "en", "tr" or "fa".

    Raises
    ------
    ValueError : a language that the kit does not read, or a word that is no text.

    Examples
    --------
    >>> lemmatize(["Переговоры", "завершились"], "ru")
    ['переговоры', 'завершиться']
    >>> lemmatize(["келісім", "келісімді", "келісімге"], "kk")
    ['келісім', 'келісім', 'келісім']
    """
    if language not in LEMMATIZERS:
        raise ValueError(
            f"lemmatize: no language {language!r}; there are {', '.join(LEMMATIZERS)}. "
            "Words of another language are counted by form."
        )
    words = words.tolist() if isinstance(words, pd.Series) else list(words)
    different = _checked(words)
    bare = script.bare_each(different)
    listed = exceptions(language)
    found = LEMMATIZERS[language](_asked(bare, language))
    plain = script.plain_each(different, language)
    offered = [found.get(word, folded) for word, folded in zip(bare, plain, strict=True)]
    folded = script.fold_each(offered, language)
    lemmas = [listed.get(word) or own for word, own in zip(plain, folded, strict=True)]
    return list(map(dict(zip(different, lemmas, strict=True)).__getitem__, words))


def _checked(words: Iterable[str]) -> list[str]:
    """The different words in order; ValueError if one is no text."""
    different = list(dict.fromkeys(words))
    for word in different:
        if not isinstance(word, str):
            raise ValueError(  # noqa: TRY004 (every bad input of the kit is a ValueError)
                f"words: {word!r} is no text. One word is a string; drop missing rows first."
            )
    return different


def _asked(words: Iterable[str], language: str) -> list[str]:
    """The different words of which a lemmatiser of `language` can say anything, sorted."""
    own, others = (letters.search for letters in _letters(language))
    asked = {word for word in words if own(word) and not others(word)}
    return sorted(word for word in asked if len(word) <= LONGEST_WORD)


@cache
def _letters(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A letter of the language's script, and one of another script."""
    others = (
        letters.pattern for name, letters in script.LETTERS.items() if name != SCRIPTS[language]
    )
    return script.LETTERS[SCRIPTS[language]], re.compile("|".join(others))


@cache
def exceptions(language: str) -> Mapping[str, str]:
    """Lemma of each listed word of `language`, both folded.

    >>> exceptions("kk")["халқ"]
    'халық'
    """
    table = tables.exceptions()
    own = table[table["language"] == language]
    return {
        script.fold(word, language): script.fold(lemma, language)
        for word, lemma in zip(own["word"], own["lemma"], strict=True)
    }


LEMMATIZERS: dict[str, Callable[[Collection[str]], dict[str, str]]] = {
    "ru": russian.lemmas,
    "ar": arabic.lemmas,
    "kk": lambda words: kazakh.lemmas(words, exceptions("kk")),
    "en": english.lemmas,
    "tr": lambda words: turkish.lemmas(words, exceptions("tr")),
    "fa": persian.lemmas,
}
