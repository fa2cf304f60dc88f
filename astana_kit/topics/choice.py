"""How many topics: stability and coherence together, never one score."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit.measures import npmi
from astana_kit.schema import CANDIDATES
from astana_kit.topics import clusters
from astana_kit.topics.diagnostics import Row
from astana_kit.topics.vectors import Space

TRIED = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15)  # topics
SMALLEST = 5  # passages of a topic, on the average
# Two or three topics of a larger corpus are the steadiest and say next to nothing of it: from 72
# passages on, six are the fewest that are tried, below that the root of half the passages, which
# is the usual guess of their number (Mardia, Kent and Bibby 1979, 13.3). With half the root, one
# change of weights made four groups of the seeds instead of ten: all of the talks was in one.
COARSEST = 6
RESAMPLES = 10
KEPT = 0.8  # of the documents, in each resample (Greene et al. 2014)
LEADING = 8  # features of a topic that its coherence is measured by


class Sample(NamedTuple):
    """Passages that the number of topics is chosen on, and their tree."""

    rows: np.ndarray  # among those that are clustered
    vectors: np.ndarray
    linkage: np.ndarray
    resamples: list[tuple[np.ndarray, np.ndarray]]  # rows, and the tree of these alone
    weights: sparse.csr_array
    language: np.ndarray
    seed: int


def sampled(space: Space, seed: int) -> Sample:
    """Tree of all passages or, of many, of some; and of resamples of their documents."""
    rows = clusters.drawn(space.document, space.language, seed)
    vectors = space.vectors[rows]
    apart = clusters.distances(vectors)
    resamples = [
        (part, clusters.tree(apart[np.ix_(part, part)]))
        for part in _resamples(space.document[rows], np.random.default_rng(seed))
    ]
    tree = clusters.tree(apart)
    return Sample(rows, vectors, tree, resamples, space.weights[rows], space.language[rows], seed)


def _resamples(document: np.ndarray, random: np.random.Generator) -> list[np.ndarray]:
    """Rows of a part of the documents, several times; of few documents all but one, each once."""
    unit, of = np.unique(document, return_inverse=True)
    if len(unit) == 1:  # nothing but passages to draw from
        unit, of = np.arange(len(document)), np.arange(len(document))
    if len(unit) <= RESAMPLES:
        left = [np.flatnonzero(of != one) for one in range(len(unit))]
    else:
        kept = round(KEPT * len(unit))
        draws = [random.permutation(len(unit))[:kept] for _ in range(RESAMPLES)]
        left = [np.flatnonzero(np.isin(of, draw)) for draw in draws]
    return [rows for rows in left if len(rows) > TRIED[0]]


def candidates(sample: Sample, k: int | None) -> pd.DataFrame:
    """Each number of topics that may serve (``schema.CANDIDATES``); the `chosen` one is marked.

    Stability is the mean agreement (adjusted Rand index) of the clusters with those of each
    resample, low and high their range; coherence the mean of ``coherence``, with one standard
    error on either side. The score is 1 for a number as stable as the most stable one, and 2 if it
    is besides as coherent as the most coherent of these; "as" is within one standard error, of
    resamples and of topics. Chosen is `k`, or the largest number that scores 2: of what is found
    again, the finest (the rule of Tibshirani and Walther 2005, with coherence added).
    """
    rows = [_tried(sample, number) for number in numbers_tried(len(sample.rows), k)]
    table = pd.DataFrame(
        rows, columns=["k", "stability", "low", "high", "coherence", "unsteady", "uneven"]
    )
    stable = _near_best(table["stability"], table["unsteady"])
    coherent = _near_best(table["coherence"].where(stable), table["uneven"])
    table = table.assign(
        score=stable.astype("int64") + coherent,
        coherence_low=table["coherence"] - table["uneven"],
        coherence_high=table["coherence"] + table["uneven"],
    )
    best = k or int(table.loc[coherent, "k"].max())
    return table.assign(chosen=table["k"] == best)[list(CANDIDATES.columns)]


def numbers_tried(passages: int, k: int | None) -> list[int]:
    """Numbers of topics to try, and the one that is asked for."""
    least, most = min(COARSEST, np.sqrt(passages / 2)), passages / SMALLEST
    tried = {number for number in TRIED if least <= number <= most}
    return sorted(tried | ({k} if k else set()) or {TRIED[0]})


def _tried(sample: Sample, number: int) -> tuple[float, ...]:
    """Stability and coherence of so many topics, the range of one and both standard errors."""
    cluster = parted(sample, number)
    agreed = agreements(sample, cluster)
    together = coherence(sample, cluster).mean(axis=1)
    errors = [float(values.std() / np.sqrt(len(values))) for values in (agreed, together)]
    return number, agreed.mean(), agreed.min(), agreed.max(), together.mean(), *errors


def _near_best(values: pd.Series, errors: pd.Series) -> pd.Series:
    """Which `values` are within one standard error of the highest."""
    best = int(np.nanargmax(values))
    return values >= values.iloc[best] - errors.iloc[best]


def parted(sample: Sample, k: int) -> np.ndarray:
    """Cluster of each passage of the sample, `k` in all."""
    whole = np.arange(len(sample.rows))
    return clusters.settled(sample.vectors, clusters.cut(sample.linkage, k), whole)


def _again(sample: Sample, k: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of each resample, and their clusters, `k` in all, found from these alone."""
    for rows, linkage in sample.resamples:
        cluster = clusters.cut(linkage, min(k, len(rows)))
        yield rows, clusters.settled(sample.vectors[rows], cluster, np.arange(len(rows)))


def agreements(sample: Sample, cluster: np.ndarray) -> np.ndarray:
    """Adjusted Rand index of `cluster` with the clusters of each resample, cut into as many."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - loaded by whom it serves

    k = int(cluster.max()) + 1
    found = [adjusted_rand_score(cluster[rows], again) for rows, again in _again(sample, k)]
    return np.array(found or [0.0])


def overlaps(sample: Sample, cluster: np.ndarray) -> np.ndarray:
    """How well each cluster is found again in resamples: mean Jaccard index of its nearest.

    Hennig (2007): from .75 a cluster is stable, below .6 it should not be trusted.
    """
    k = int(cluster.max()) + 1
    found = []
    for rows, again in _again(sample, k):
        both = np.zeros((k, int(again.max()) + 1))
        np.add.at(both, (cluster[rows], again), 1)
        either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
        nearest = (both / either).max(axis=1)
        found.append(np.where(both.sum(axis=1) > 0, nearest, np.nan))
    table = np.array(found).reshape(-1, k)
    seen = ~np.isnan(table)
    return np.nansum(table, axis=0) / np.maximum(seen.sum(axis=0), 1)


def coherence(sample: Sample, cluster: np.ndarray) -> np.ndarray:
    """Coherence of topics × languages: mean NPMI of each two of a topic's leading features.

    Two features stand together where a passage of the language has both. Bounded by −1 (never
    together) and 1; a topic of which a language says fewer than two leading features has 0 there,
    what chance brings.
    """
    topics = int(cluster.max()) + 1
    leading = np.argsort(-prominence(sample.weights, cluster, topics), axis=1, kind="stable")[
        :, :LEADING
    ]
    there = (sample.weights > 0).astype("float64").tocsr()
    codes = np.unique(sample.language)
    found = np.zeros((len(leading), len(codes)))
    for column, code in enumerate(codes):
        spoken = there[np.flatnonzero(sample.language == code)]
        passages = spoken.shape[0]
        for topic, features in enumerate(leading):
            inside = spoken[:, features]
            found[topic, column] = _together((inside.T @ inside).toarray(), passages)
    return found


def _together(both: np.ndarray, passages: int) -> float:
    """Mean NPMI of each two features; `both` is how often each stands with each."""
    alone = both.diagonal()
    a, b = np.triu_indices(len(alone), 1)
    said = (alone[a] > 0) & (alone[b] > 0)
    if not said.any():
        return 0.0
    a, b = a[said], b[said]
    return float(np.mean(npmi(both[a, b], alone[a], alone[b], passages)))


def prominence(table: sparse.csr_array, cluster: np.ndarray, topics: int) -> np.ndarray:
    """Topics × features: mean weight inside of a topic less the mean weight outside of it."""
    size = np.bincount(cluster, minlength=topics)
    ones = np.ones(len(cluster))
    members = sparse.csr_array(
        (ones, (cluster, np.arange(len(cluster)))), shape=(len(size), len(cluster))
    )
    inside = (members @ table).toarray()
    outside = inside.sum(axis=0) - inside
    rest = np.maximum(len(cluster) - size, 1)
    return inside / np.maximum(size, 1)[:, None] - outside / rest[:, None]


def steadiness(sample: Sample, cluster: np.ndarray) -> Iterator[Row]:
    """Agreement of the clusters with those of resamples of the documents."""
    found = agreements(sample, cluster[sample.rows])
    note = (
        f"adjusted Rand index with the clusters of {len(found)} resamples of the documents, mean "
        "and range"
    )
    yield "stability", "documents", float(found.mean()), found.min(), found.max(), note


def coherences(sample: Sample, cluster: np.ndarray) -> Iterator[Row]:
    """Coherence of the topics in each language, with the range over topics."""
    found = coherence(sample, cluster[sample.rows])
    for column, code in enumerate(np.unique(sample.language)):
        values = found[:, column]
        few = int((values == 0).sum())
        note = "mean NPMI of a topic's leading features; range over topics"
        if few:
            note += f"; {few} of {len(values)} topics: too few features here, counted as 0"
        yield "coherence", code, float(values.mean()), values.min(), values.max(), note
