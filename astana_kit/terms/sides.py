"""The two sides of a comparison of terms: how often each uses a term, and how unsteadily."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit import tables
from astana_kit.schema import Table, require
from astana_kit.text.script import fold

ENOUGH_DOCUMENTS = 5  # of each side, for a variance between documents rather than passages
COUNTS = Table("reference_counts", "one term of a list from outside", ("term",), ("term", "n"))


class Side(NamedTuple):
    """One side of a comparison; the arrays have a value for each term."""

    n: np.ndarray
    of: int  # words, stop words too
    documents: pd.api.extensions.ExtensionArray  # with the term; <NA> of a list from outside
    variance: np.ndarray  # of the natural logarithm of the term's rate
    freedom: float  # of that variance
    units: str  # what the variance takes for independent


class Listed(NamedTuple):
    """A list of counts from outside."""

    n: pd.Series  # by term
    of: int


def of_tokens(own: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.Index, Side, Side]:
    """The terms of two parts of the tokens, and both sides."""
    terms = pd.Index(pd.concat([own["term"], others["term"]]).unique().astype(str))
    by_document = all(side["doc_id"].nunique() >= ENOUGH_DOCUMENTS for side in (own, others))
    return terms, _side(own, terms, by_document), _side(others, terms, by_document)


def of_list(own: pd.DataFrame, listed: Listed, language: str) -> tuple[pd.Index, Side, Side]:
    """The terms of a part of the tokens and of a list from outside, and both sides."""
    table = tables.stop_words()
    stops = {fold(word, language) for word in table.loc[table["language"] == language, "word"]}
    # what the tokens say of a term goes before: a reader may have stopped others, and "US" is none
    is_stop = own["is_stop"].to_numpy(dtype=bool)
    stops |= set(own.loc[is_stop, "term"].unique())
    stops -= set(own.loc[~is_stop, "term"].unique())
    content = listed.n[~listed.n.index.isin(stops)]
    terms = pd.Index(own["term"].unique().astype(str)).union(content.index, sort=False)
    n = content.reindex(terms, fill_value=0).to_numpy(dtype=float)
    no_pages = pd.array([pd.NA] * len(terms), dtype="Int64")
    reference = Side(n, listed.of, no_pages, _of_words(n), np.inf, "words")
    return terms, _side(own, terms, own["doc_id"].nunique() >= ENOUGH_DOCUMENTS), reference


def listed_counts(counts: pd.DataFrame, kind: dict[str, str]) -> Listed:
    """A list from outside, its terms folded; ValueError where it is no such list."""
    require(counts, COUNTS)
    for column, ours in kind.items():
        theirs = sorted(set(counts[column].astype(str))) if column in counts else [ours]
        if theirs != [ours]:
            raise ValueError(
                f"reference_counts: {column} is {', '.join(theirs)}, of the target {ours}; "
                "give counts of the same."
            )
    if counts[["term", "n"]].isna().any(axis=None) or (counts["n"] < 0).any():
        raise ValueError("reference_counts: a row without term or n, or an n below 0; drop it.")
    terms = [fold(term, kind["language"]) for term in counts["term"].astype(str)]
    size = counts["of"].unique().tolist() if "of" in counts else [counts["n"].sum()]
    if len(size) != 1 or not size[0] >= counts["n"].sum():
        raise ValueError(
            f"reference_counts: of is {', '.join(map(str, size)) or 'nothing'}; give the words of "
            f"one corpus, at least the {counts['n'].sum()} that are listed."
        )
    return Listed(counts["n"].groupby(terms).sum(), int(size[0]))


def _side(words: pd.DataFrame, terms: pd.Index, by_document: bool) -> Side:  # noqa: FBT001 - one flag, and its name is said where it is made
    """One side of a comparison, its units being documents or, of too few, passages."""
    content = ~words["is_stop"].to_numpy(dtype=bool)
    named = words["term"].astype("category").cat.set_categories(terms)
    term = named.cat.codes.to_numpy()[content]
    page = pd.factorize(words["doc_id"])[0]
    passages = words.groupby(["doc_id", "passage"], observed=True, sort=False)
    unit = page if by_document else passages.ngroup().to_numpy()
    sizes = np.bincount(unit)
    counts = _tally(term, unit[content], (len(terms), len(sizes)))
    on_pages = _tally(term, page[content], (len(terms), page.max() + 1))
    return Side(
        n=counts.sum(axis=1),
        of=len(words),
        documents=pd.array(np.diff(on_pages.indptr), dtype="Int64"),
        variance=_variance(counts, sizes),
        freedom=max(len(sizes) - 1, 1),
        units="document" if by_document else "passage",
    )


def _tally(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    """How often each row meets each column."""
    return sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()


def _variance(counts: sparse.csr_array, sizes: np.ndarray) -> np.ndarray:
    """Variance of the natural logarithm of each term's rate, the columns being its units.

    The linearised variance of a ratio of two sums over sampled units (Cochran 1977, section 6.3),
    but never below that of single words: a term that two pages happen to use equally often is not
    thereby sure.
    """
    n = counts.sum(axis=1)
    rate = n / sizes.sum()
    squares = counts.power(2).sum(axis=1) - 2 * rate * (counts @ sizes) + rate**2 * (sizes @ sizes)
    between = squares * len(sizes) / max(len(sizes) - 1, 1) / np.maximum(n, 1) ** 2
    return np.maximum(between, _of_words(n))


def _of_words(n: np.ndarray) -> np.ndarray:
    """Variance of the logarithm of a count; none counts as half a word, as in ``log_ratio``."""
    return 1 / np.maximum(n, 0.5)
