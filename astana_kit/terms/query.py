"""The terms that a reader asks for, who types a lemma or any of its forms."""

from functools import cache

import pandas as pd

from astana_kit import tables
from astana_kit.terms.tokens import tokenize
from astana_kit.text.lemmas import LEMMATIZERS, lemmatize
from astana_kit.text.script import bare, compose, fold


def asked_terms(tokens: pd.DataFrame, word: str, language: str) -> list[str]:
    """Terms of `tokens` that `word` is or is a form of, the one that it is itself first.

    A lemma is taken for itself. Of a form that the pages have, the term is the one it most often
    has there; only one that they lack is read anew, among the forms that they have. Beside it
    stand the names that are forms of the same common noun, and count for themselves
    («страны-гаранты» beside «страна-гарант», «المعارضة» beside «معارضة»). None where no token has
    any of them.

    Parameters
    ----------
    tokens : of one language.
    word : one word, as a reader types it.
    language : that of the tokens.

    Examples
    --------
    >>> tokens = pd.DataFrame(
    ...     {"word": ["Переговорах", "гарантов"], "term": ["переговоры", "гаранты"]})
    >>> words = ("переговоры", "переговорах", "переговорам", "гарант", "саммит")
    >>> [asked_terms(tokens, word, "ru") for word in words]
    [['переговоры'], ['переговоры'], ['переговоры'], ['гаранты'], []]
    """
    there = set(tokens["term"].unique())
    term = _term(tokens, word, language)
    return [one for one in [term, *_alike(term, there, language)] if one in there]


def _term(tokens: pd.DataFrame, word: str, language: str) -> str:
    """The term that `word` has or would have in `tokens`."""
    written = bare(compose(word))[0]
    folded = fold(written, language)
    if (tokens["term"] == folded).any():
        return folded
    forms = tokens["word"].unique().astype(str)
    same = [form for form in forms if fold(bare(form)[0], language) == folded]
    if same:
        return str(tokens.loc[tokens["word"].isin(same), "term"].value_counts().index[0])
    return _read([*forms, written], language)


def _alike(term: str, there: set[str], language: str) -> list[str]:
    """Terms `there`, other than `term`, that are forms of the same common noun."""
    common = _common_names(language)
    listed = sorted(common.keys() & (there | {term}))
    if not listed:
        return []
    *lemmas, asked = lemmatize([*(common[name] for name in listed), term], language)
    same = [name for name, lemma in zip(listed, lemmas, strict=True) if lemma == asked]
    return [one for one in (*same, *([asked] if term in same else [])) if one != term]


@cache
def _common_names(language: str) -> dict[str, str]:
    """Names of the gazetteer that are common nouns, by the term that each counts as.

    Of what has a capital, or is a person's name, no lemma is asked: "Katar" is no form of "kat".
    """
    names = tables.names()
    of_noun = (names["form"] == "name") & (names["inflects"] == "noun")
    own = names.loc[of_noun & (names["language"] == language), "name"]
    lemmatized = language in LEMMATIZERS
    return {fold(name, language): name for name in own if lemmatized and name == name.lower()}


def _read(words: list[str], language: str) -> str:
    """Term of the last of `words`, each read as a page of its own, so that no two make a name."""
    pages = pd.DataFrame(
        {
            "doc_id": range(len(words)),
            "passage": 0,
            "start": 0,
            "stop": [len(word) for word in words],
            "kind": "body",
            "language": language,
            "outlet": "",
            "published": pd.NaT,
            "text": words,
        }
    )
    return str(tokenize(pages)["term"].iloc[-1])
