"""Passages as vectors of length 1, in one space for all languages."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit.topics.features import Features, counts, stresses

Encoder = Callable[[list[str]], object]

# Columns that a vector may have. The kit's concepts and actors are below; a reader's own terms are
# projected to as many by a truncated singular value decomposition.
MOST_COLUMNS = 400
# Of more passages the vectors keep the main axes alone, so that 1.4 million take 0.35 GB, not 1.7.
# With 45 of some 300 axes, agreement with groupings by hand moves by .003 at most.
MOST_ROWS = 200_000
FEW_COLUMNS = 64
ROWS = 1 << 14  # worked on at once: what stands between is small
# How much of a feature's weight goes, once more, to what it stands with. Tried on simulated
# passages whose topics are known, with a quarter of the features lost and each language losing
# others. Agreement of the clusters with the topics at 0, 1, 2, 4: .15, .20, .22, .26 (nothing
# translated), .30, .32, .30, .31 (all of it); nearest passage is the translation: .87, .89, .89,
# .88. On passages grouped by hand before any clustering (mean of 6, 8 and 10 clusters, a tenth of
# the features lost), at 1, 2, 3, 4, 5: .28, .32, .35, .34, .34 (167 of other pages), .40, .39, .42,
# .41, .41 (the seeds).
SPREAD = 3.0
# What the two neighbours of a passage, together, add to it. The same at .3, .5, .7: .33, .35, .32
# (other pages), .41, .42, .36 (the seeds), .46, .45, .39 (their Arabic pages).
CONTEXT = 0.5
FEWEST = 4  # passages with features, below which there is nothing to group


class Space(NamedTuple):
    """The passages that are clustered: those with a feature, or an encoder's vector."""

    rows: np.ndarray  # among all headline and body passages
    vectors: np.ndarray
    weights: sparse.csr_array  # TF-IDF of their features
    names: pd.Index  # of its columns
    document: np.ndarray
    language: np.ndarray


def space_of(places: pd.DataFrame, said: Features, encoder: Encoder | None, seed: int) -> Space:
    """Vectors of the passages at `places`, of what is `said` in them or of an `encoder`."""
    _refuse_few(said.table["row"].nunique() if encoder is None else len(places), len(places))
    language = places["language"].astype("str").to_numpy()
    names, weights = _weights(said, language)
    if encoder is None:
        made = in_context(narrowed(weights, language, seed), places)
    else:
        made = encoded(places["text"].tolist(), language, encoder)
    rows = np.flatnonzero(made.any(axis=1))
    _refuse_few(len(rows), len(places))
    weights = weights[rows]  # first, so that not all is held twice at a time
    document = pd.factorize(places["doc_id"].take(rows))[0]
    return Space(rows, made[rows], weights, names, document, language[rows])


def _weights(said: Features, language: np.ndarray) -> tuple[pd.Index, sparse.csr_array]:
    """What the columns are called, and TF-IDF of passages × features."""
    table, names = counts(said, len(language))
    return names, weighted(table, language, stresses(names))


def _refuse_few(found: int, of: int) -> None:
    """Raise ValueError if too few passages have anything to be grouped by."""
    if found < FEWEST:
        raise ValueError(
            f"passages: {found} of {of} headline and body passages have a feature; {FEWEST} are "
            "the fewest that make groups. Give more passages, or features= of your own."
        )


def weighted(
    counts: sparse.csr_array, language: np.ndarray, stress: np.ndarray
) -> sparse.csr_array:
    """TF-IDF of passages × features, each by its `stress`: rows of length 1, or of nothing.

    A count n weighs 1 + log n. The share of passages with a feature, of which the inverse is
    taken, is the mean of the shares in each language: so a language with many passages, or one
    whose words are found better, does not say alone what is rare.
    """
    there = counts.copy()
    there.data = np.ones_like(there.data)
    codes, languages = pd.factorize(language, sort=True)
    spoken = sparse.csr_array(
        (np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(languages), len(codes))
    )
    shares = (spoken @ there).toarray() / np.bincount(codes)[:, None]
    passages = counts.shape[0]
    rarity = np.log((1 + passages) / (1 + passages * shares.mean(axis=0))) + 1
    table = counts.copy()
    table.data = (1 + np.log(np.maximum(table.data, 1))) * (stress * rarity)[table.indices]
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1))).ravel()
    table.data = table.data / np.repeat(lengths, np.diff(table.indptr))
    return table


def narrowed(table: sparse.csr_array, language: np.ndarray, seed: int) -> np.ndarray:
    """`table` as a dense array of vectors, of few columns where it has many columns or rows."""
    passages, features = table.shape
    if features > MOST_COLUMNS:
        from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415 - seldom needed

        axes = TruncatedSVD(min(MOST_COLUMNS, passages, features) - 1, random_state=seed)
        return unit(axes.fit_transform(table).astype("float32"))
    spread = associated(table, language)
    if passages > MOST_ROWS:
        spread = spread @ main_axes(spread.T @ (table.T @ table) @ spread)
    return unit(table.astype("float32") @ spread.astype("float32"))


def associated(table: sparse.csr_array, language: np.ndarray) -> np.ndarray:
    """What spreads each feature's weight, ``SPREAD``-fold, over what it stands with: a square.

    A short passage says little of its topic: "detainees" alone has nothing in common with
    "missing persons" alone, though the two are said together elsewhere (Wong et al. 1985). With
    what it stands is counted in each language alike.
    """
    together = np.zeros((table.shape[1], table.shape[1]))
    for code in np.unique(language):
        rows = np.flatnonzero(language == code)
        together += (table[rows].T @ table[rows]).toarray() / len(rows)
    np.fill_diagonal(together, 0)
    together /= np.maximum(together.sum(axis=1, keepdims=True), 1e-12)
    return np.eye(len(together)) + SPREAD * together


def main_axes(products: np.ndarray) -> np.ndarray:
    """The ``FEW_COLUMNS`` axes along which vectors of these inner products differ most."""
    return np.linalg.eigh(products)[1][:, -FEW_COLUMNS:]


def in_context(vectors: np.ndarray, places: pd.DataFrame) -> np.ndarray:
    """`vectors` themselves, now leaning towards their neighbours on the page.

    A paragraph goes on with what stands before it.
    «Олар Ресей мен Иранды … шақырды» ("they called upon Russia and Iran") says by itself nothing
    of the massacre that the passage before it names. A passage of nothing stays so.
    """
    order = np.lexsort((places["passage"], pd.factorize(places["doc_id"])[0]))
    page = places["doc_id"].to_numpy()[order]
    goes_on = np.append(page[1:] == page[:-1], False)
    before, joined = vectors[order[:1]], False
    for start in range(0, len(order), ROWS):
        here, joins = order[start : start + ROWS], goes_on[start : start + ROWS]
        # as they were, with the one before and the one after
        were = np.concatenate([before, vectors[order[start : start + ROWS + 1]]])
        after = np.append(joined, joins[:-1])
        made = were[1 : len(here) + 1].copy()
        made[after] += CONTEXT / 2 * were[: len(here)][after]
        made[joins] += CONTEXT / 2 * were[2:][joins[: len(were) - 2]]
        made[~were[1 : len(here) + 1].any(axis=1)] = 0
        vectors[here] = made
        before, joined = were[len(here) : len(here) + 1], joins[-1]
    return unit(vectors)


def encoded(texts: list[str], language: np.ndarray, encoder: Encoder) -> np.ndarray:
    """What `encoder` makes of `texts`, without what tells their languages apart.

    The mean of each language is taken off its vectors. With equal means no linear rule does better
    at telling the languages than their frequencies (Belrose et al. 2023, theorem 3.1), so there is
    no direction of language left to take away.
    """
    made = np.array(encoder(texts), dtype="float64")  # the encoder's own array is not changed
    if made.ndim != 2 or len(made) != len(texts) or not np.isfinite(made).all():
        raise ValueError(
            f"encoder: {len(texts)} texts were given, and an array of shape {made.shape} came "
            "back; it must be one row of finite numbers per text."
        )
    made = unit(made)
    for code in np.unique(language):
        made[language == code] -= made[language == code].mean(axis=0)
    return unit(made).astype("float32")


def unit(table: np.ndarray) -> np.ndarray:
    """`table` itself, its rows now of length 1; a row of nothing stays so."""
    for start in range(0, len(table), ROWS):
        some = table[start : start + ROWS]
        lengths = np.linalg.norm(some, axis=1, keepdims=True)
        # what is left of a row equal to its mean is rounding, not content
        lengths[lengths < 1e-6] = np.inf
        some /= lengths
    return table
