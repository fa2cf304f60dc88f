"""The term that a reader asks for, who types a lemma or any of its forms."""

import pandas as pd

from astana_kit.terms.tokens import tokenize
from astana_kit.text.script import bare, compose, fold


def asked_term(tokens: pd.DataFrame, word: str, language: str) -> str | None:
    """Term of `tokens` that `word` is or is a form of; None where no token has it.

    A lemma is taken for itself. Of a form that the pages have, the term is the one it most often
    has there; only one that they lack is read anew, among the forms that they have.

    Parameters
    ----------
    tokens : of one language.
    word : one word, as a reader types it.
    language : that of the tokens.

    Examples
    --------
    >>> tokens = pd.DataFrame({"word": ["Переговорах"], "term": ["переговоры"]})
    >>> words = ("переговоры", "переговорах", "переговорам", "саммит")
    >>> [asked_term(tokens, word, "ru") for word in words]
    ['переговоры', 'переговоры', 'переговоры', None]
    """
    written = bare(compose(word))[0]
    folded = fold(written, language)
    if (tokens["term"] == folded).any():
        return folded
    forms = tokens["word"].unique().astype(str)
    same = [form for form in forms if fold(bare(form)[0], language) == folded]
    if same:
        return str(tokens.loc[tokens["word"].isin(same), "term"].value_counts().index[0])
    term = _read([*forms, written], language)
    return term if (tokens["term"] == term).any() else None


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
