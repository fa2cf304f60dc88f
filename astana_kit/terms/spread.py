"""Where in the pages a term stands, and how the vocabulary grows with the text."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from astana_kit.schema import TOKENS, require
from astana_kit.text.script import fold

POINTS = 100  # of a curve of growth, at the most: as many as a figure can show


def growth(tokens: pd.DataFrame, *, by: str | Sequence[str] | None = None) -> pd.DataFrame:
    """How many different terms each group of each language has after so many of its words.

    Parameters
    ----------
    tokens : from ``tokenize``, in the order of the pages.
    by : column or columns that part them into groups; languages are always parted, and lemmas
        from word forms.

    Returns
    -------
    One row per point of a group's curve, of which there are 100 at the most; the last says what
    the whole group has: tokens (words up to here, stop words too), types (different terms),
    hapaxes (terms that have stood once so far).

    Raises
    ------
    ValueError : a column is missing.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 6, 12], "stop": [5, 11, 17],
    ...     "passage": 0, "language": "en", "word": ["talks", "about", "talks"],
    ...     "term": ["talk", "about", "talk"], "counted_as": "lemma", "is_stop": False})
    >>> growth(tokens)
      language counted_as  tokens  types  hapaxes
    0       en      lemma       1      1        1
    1       en      lemma       2      2        2
    2       en      lemma       3      2        1
    """
    by = [by] if isinstance(by, str) else list(by or ())
    columns = list(dict.fromkeys([*by, "language", "counted_as"]))
    require(tokens, TOKENS, *columns)
    parts = [tokens[columns].iloc[:0].assign(tokens=0, types=0, hapaxes=0)]
    for _, group in tokens.groupby(columns, sort=True, dropna=False, observed=True):
        parts.append(group[columns].iloc[:1].merge(_curve(group["term"]), how="cross"))
    return pd.concat(parts, ignore_index=True)


def _curve(terms: pd.Series) -> pd.DataFrame:
    """Words, types and hapaxes at evenly spaced points of one text."""
    nth = terms.groupby(terms, observed=True).cumcount().to_numpy()
    types = np.cumsum(nth == 0)
    words = np.unique(np.ceil(np.linspace(0, len(terms), POINTS + 1)[1:]).astype(int))
    hapaxes = types - np.cumsum(nth == 1)
    return pd.DataFrame({"tokens": words, "types": types[words - 1], "hapaxes": hapaxes[words - 1]})


def term_positions(tokens: pd.DataFrame, term: str, *, language: str | None = None) -> pd.DataFrame:
    """Where in each page a term stands, for a plot of its dispersion.

    Parameters
    ----------
    tokens : from ``tokenize``, whole pages in their order.
    term : as in the column `term`; capitals make no difference.
    language : the one to look in; without it, every language that has the term.

    Returns
    -------
    One row per word, which can be shown as a line by ``concordance``: doc_id, start, stop,
    passage, language, word, term, counted_as; nth (the word's number on the page, from 1), of
    (words of the page) and position, the share of the page's words that stand before it.

    Raises
    ------
    ValueError : a column is missing, or no word counts as the term.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc_id": "a", "start": [0, 6], "stop": [5, 11], "passage": 0,
    ...     "language": "en", "word": ["Peace", "talks"], "term": ["peace", "talk"],
    ...     "counted_as": "lemma", "is_stop": False})
    >>> term_positions(tokens, "talk")[["doc_id", "start", "nth", "of", "position"]]
      doc_id  start  nth  of  position
    0      a      6    2   2       0.5
    """
    require(tokens, TOKENS)
    languages = [language] if language else tokens["language"].unique()
    there = np.zeros(len(tokens), dtype=bool)
    for own in languages:
        there |= ((tokens["language"] == own) & (tokens["term"] == fold(term, own))).to_numpy()
    if not there.any():
        looked_in = ", ".join(map(str, languages)) or "no language"
        raise ValueError(
            f"tokens: no word counts as {term!r} ({looked_in}); give a value of the column term, "
            "which lemmatize(words, language) tells."
        )
    pages = tokens.groupby("doc_id", observed=True, sort=False)
    nth = pages.cumcount().to_numpy()[there] + 1
    found = tokens.loc[there, [column for column in TOKENS.columns if column != "is_stop"]]
    of = found["doc_id"].map(pages.size()).to_numpy(dtype="int64")
    return found.reset_index(drop=True).assign(nth=nth, of=of, position=(nth - 1) / of)
