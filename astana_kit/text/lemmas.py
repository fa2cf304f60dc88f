"""One lemma for each word, so that all forms of a word are counted as one.

The words of a whole corpus come in one call, because the corpus itself is asked: a reading of a
word is believed sooner where the corpus has other forms of the same lemma.
"""

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
    words = list(words)
    bare = {word: script.MARKS.sub("", word) for word in _checked(words)}
    listed = exceptions(language)
    asked = {word for word in bare.values() if _is_asked(word, language)}
    found = LEMMATIZERS[language](sorted(asked))
    plain = [
        stripped or word
        for stripped, word in zip(
            script.fold_each(list(bare.values()), language),
            script.fold_each(list(bare), language),
            strict=True,
        )
    ]
    lemmas = script.fold_each(
        [
            found.get(stripped, folded)
            for stripped, folded in zip(bare.values(), plain, strict=True)
        ],
        language,
    )
    lemma = {
        word: listed.get(folded) or own
        for word, folded, own in zip(bare, plain, lemmas, strict=True)
    }
    return [lemma[word] for word in words]


def _checked(words: Iterable[str]) -> dict[str, None]:
    """The different words in order; ValueError if one is no text."""
    different = dict.fromkeys(words)
    for word in different:
        if not isinstance(word, str):
            raise ValueError(  # noqa: TRY004 (every bad input of the kit is a ValueError)
                f"words: {word!r} is no text. One word is a string; drop missing rows first."
            )
    return different


def _is_asked(word: str, language: str) -> bool:
    """Whether a lemmatiser of `language` can say anything about `word`."""
    own = SCRIPTS[language]
    written = {name for name, letters in script.LETTERS.items() if letters.search(word)}
    return written == {own} and len(word) <= LONGEST_WORD


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
