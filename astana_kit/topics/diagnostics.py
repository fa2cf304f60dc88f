"""How far the clusters can be trusted: what else they follow, and how steady they are."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit.measures import bootstrap, wilson
from astana_kit.schema import DIAGNOSTICS

PERMUTATIONS = 200
OF_MANY = 40  # permutations of more than MANY passages, where chance alone brings next to nothing
MANY = 5000
LEAK = 0.05  # of 1; below it, what is above chance is too weak to be read as following
LEAKS = ("language", "outlet", "round", "doc_id")
STARTS = 5  # of k-means, by which another method finds its clusters
SERVED = ("passages with a feature", "passages with two features")

Row = tuple[str, str, float, float, float, str]


def leaks(places: pd.DataFrame, cluster: np.ndarray, seed: int) -> Iterator[Row]:
    """Adjusted mutual information of the clusters with what they should not follow."""
    document = pd.factorize(places["doc_id"])[0]
    for column in [name for name in LEAKS if name in places.columns]:
        code = pd.factorize(places[column])[0]
        known = code >= 0
        if known.any():
            parted = _parted(cluster[known], code[known], document[known], column, seed)
            yield ("adjusted mutual information", column, *parted)


def _parted(
    cluster: np.ndarray, code: np.ndarray, document: np.ndarray, column: str, seed: int
) -> tuple[float, float, float, str]:
    """Adjusted mutual information with `code`, and its range where chance alone is at work."""
    random = np.random.default_rng(seed)
    of = np.unique(document, return_inverse=True)[1]
    value = adjusted(crossed(code, cluster))
    whole = pd.Series(code).groupby(of).first().to_numpy()
    constant = bool((whole[of] == code).all()) and column != "doc_id"
    times = PERMUTATIONS if len(code) <= MANY else OF_MANY
    if constant:
        dealt = (random.permutation(whole)[of] for _ in range(times))
        drawn = [adjusted(crossed(values, cluster)) for values in dealt]
    else:
        drawn = shuffled(code, cluster, random, times)
    low, high = np.quantile(drawn, [0.025, 0.975])
    unit = "documents" if constant else "passages"
    note = f"range: {times} permutations of {unit}"
    if len(np.unique(code)) == 1:
        note = f"one {column} only: nothing to follow"
    elif constant and len(np.unique(whole)) == len(whole):
        note += f"; each {column} is one document, so that the two cannot be told apart"
    elif value > max(high, LEAK):
        note += f"; above it: the clusters follow {column}"
    return value, float(low), float(high), note


def crossed(code: np.ndarray, cluster: np.ndarray) -> sparse.csr_matrix:
    """How many passages have each code and are in each cluster."""
    clusters = int(cluster.max()) + 1
    cells = np.bincount(code * clusters + cluster, minlength=(int(code.max()) + 1) * clusters)
    table = cells.reshape(-1, clusters)
    return sparse.csr_matrix(table[np.ix_(table.any(axis=1), table.any(axis=0))])


def adjusted(table: sparse.csr_matrix) -> float:
    """Adjusted mutual information of what `table` crosses (Vinh et al. 2010): 0 by chance, 1 same.

    As scikit-learn has it, which counts the labels of all passages six times over.
    """
    if 1 in table.shape:
        return float(table.shape == (1, 1))
    return _beyond(_chance(table), table)


def shuffled(
    code: np.ndarray, cluster: np.ndarray, random: np.random.Generator, times: int
) -> list[float]:
    """Adjusted mutual information of `cluster` with `code`, dealt out anew several times.

    What chance brings depends on the sizes of the groups alone, and takes most of the time: it is
    worked out once.
    """
    chance = _chance(crossed(code, cluster))
    dealt = (crossed(random.permutation(code), cluster) for _ in range(times))
    return [_beyond(chance, table) for table in dealt]


def _chance(table: sparse.csr_matrix) -> tuple[float, float]:
    """Mutual information that chance brings to groups of these sizes, and the most above it."""
    from scipy.stats import entropy  # noqa: PLC0415 - loaded by whom it serves
    from sklearn.metrics.cluster import expected_mutual_information  # noqa: PLC0415

    chance = expected_mutual_information(table, int(table.sum()))
    most = sum(entropy(np.ravel(table.sum(axis=axis))) for axis in (0, 1)) / 2
    return chance, most - chance


def _beyond(chance: tuple[float, float], table: sparse.csr_matrix) -> float:
    """How far `table` is from chance to the most there can be."""
    from sklearn.metrics import mutual_info_score  # noqa: PLC0415 - loaded by whom it serves

    least = np.finfo("float64").eps  # where chance brings all there can be, both are near nothing
    parts = (mutual_info_score([], [], contingency=table) - chance[0], chance[1])
    information, room = (np.copysign(max(abs(part), least), part) for part in parts)
    return float(information / room)


def starts(vectors: np.ndarray, cluster: np.ndarray, seed: int) -> Row:
    """Agreement with another method, k-means on the same vectors, from several seeds."""
    from sklearn.cluster import KMeans  # noqa: PLC0415 - loaded by whom it serves
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    k = int(cluster.max()) + 1
    found = [
        adjusted_rand_score(
            cluster, KMeans(k, n_init=3, random_state=seed + start).fit_predict(vectors)
        )
        for start in range(STARTS)
    ]
    note = f"adjusted Rand index with k-means, mean and range of {STARTS} seeds"
    return ("stability", "seeds", float(np.mean(found)), min(found), max(found), note)


def served(places: pd.DataFrame, said: pd.DataFrame) -> list[Row]:
    """Share of the passages of each language with one feature at least, and with two."""
    features = np.bincount(said["row"], minlength=len(places))
    rows = []
    for language in np.unique(places["language"].astype("str")):
        inside = np.flatnonzero(places["language"] == language)
        has = features[inside] >= np.array([[1], [2]])
        for what, *share in zip(SERVED, *_shares(has, places["doc_id"].iloc[inside]), strict=True):
            rows.append((what, language, *share))
    rows.sort(key=lambda row: row[0])
    worst = {what: min(row[2] for row in rows if row[0] == what) for what in SERVED}
    several = len(rows) > len(SERVED)
    return [
        (*row[:5], f"{row[5]}; served worst" if several and row[2] == worst[row[0]] < 1 else row[5])
        for row in rows
    ]


def _shares(
    has: np.ndarray, documents: pd.Series
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Share of passages for each row of `has`, with the interval by document where several are."""
    code = pd.factorize(documents)[0]
    of = np.bincount(code)
    if len(of) > 1:
        low, high = bootstrap(np.array([np.bincount(code, row) for row in has]), of)
        way = "by document"
    else:
        low, high = wilson(has.sum(axis=1), has.shape[1])
        way = "wilson"
    notes = [f"{n} of {has.shape[1]} passages; interval: {way}" for n in has.sum(axis=1)]
    return has.mean(axis=1), np.asarray(low), np.asarray(high), notes


def table(rows: list[Row]) -> pd.DataFrame:
    """`rows` as a table (``schema.DIAGNOSTICS``)."""
    return pd.DataFrame(rows, columns=list(DIAGNOSTICS.columns))
