"""Vectors → clusters: Ward's tree over passages, cut where asked, spread over the rest."""

import numpy as np
from scipy import sparse
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

# Passages that a tree is grown of; of a larger corpus a sample (Cutting et al. 1992, "Buckshot").
LARGEST_TREE = 2000
DRAWN = 200  # passages up to which the tree itself can be shown and read
ROUNDS = 10  # of k-means
ROWS = 1 << 14  # added up at once: a sum needs them in twice their memory


def distances(vectors: np.ndarray) -> np.ndarray:
    """Distance of each vector of length 1 to each."""
    wide = vectors.astype("float64")
    # rounded: the last bits differ from processor to processor, and ties are many
    squares = np.round(2 - 2 * (wide @ wide.T), 9)
    np.fill_diagonal(squares, 0)
    return np.sqrt(np.maximum(squares, 0))


def tree(apart: np.ndarray) -> np.ndarray:
    """Ward's tree, as scipy's linkage, of things whose distances are given."""
    return hierarchy.linkage(squareform(apart, checks=False), method="ward")


def cut(linkage: np.ndarray, k: int) -> np.ndarray:
    """Number of the cluster, from 0, of each leaf of a tree cut into `k`."""
    ranked = linkage.copy()
    # cut by the order of joining: heights may be equal, and a cut at one would miss k
    ranked[:, 2] = np.arange(1, len(linkage) + 1)
    return hierarchy.fcluster(ranked, k, criterion="maxclust") - 1


def middles(vectors: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Mean direction of each cluster."""
    size = int(cluster.max()) + 1
    sums = np.zeros((size, vectors.shape[1]))
    for start in range(0, len(cluster), ROWS):
        some = cluster[start : start + ROWS]
        # the sums so far stand first, so that all is added up in one order, to the last bit
        place = (np.append(np.arange(size), some), np.arange(size + len(some)))
        members = sparse.csr_array((np.ones(size + len(some)), place))
        sums = members @ np.concatenate([sums, vectors[start : start + ROWS]])
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def settled(vectors: np.ndarray, cluster: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Clusters of all `vectors`, from those of some `rows`, after k-means has moved the middles.

    Of few vectors, which a tree shows whole, the cut of the tree stands.
    """
    if len(vectors) <= DRAWN:
        return cluster
    from sklearn.cluster import KMeans  # noqa: PLC0415 - loaded by whom it serves

    start = middles(vectors[rows], cluster).astype(vectors.dtype)
    return KMeans(len(start), init=start, n_init=1, max_iter=ROUNDS).fit_predict(vectors)


def by_size(cluster: np.ndarray) -> np.ndarray:
    """`cluster` numbered from 0, the largest first; of two equal ones the one that comes first."""
    _, first, code, size = np.unique(
        cluster, return_index=True, return_inverse=True, return_counts=True
    )
    place = np.empty(len(size), dtype="int64")
    place[np.lexsort((first, -size))] = np.arange(len(size))
    return place[code]


def drawn(document: np.ndarray, language: np.ndarray, seed: int) -> np.ndarray:
    """Rows that stand for all: every row, or of each language alike, by whole documents."""
    if len(document) <= LARGEST_TREE:
        return np.arange(len(document))
    random = np.random.default_rng(seed)
    codes = np.unique(language)
    order = random.permutation(int(document.max()) + 1)[document]
    kept = []
    for code in codes:
        rows = np.flatnonzero(language == code)
        kept.append(rows[np.argsort(order[rows], kind="stable")][: LARGEST_TREE // len(codes)])
    return np.sort(np.concatenate(kept))


def likeness(vectors: np.ndarray, cluster: np.ndarray) -> np.ndarray:
    """Cosine of each vector with the middle of each cluster, none below 0."""
    return np.maximum(vectors @ middles(vectors, cluster).T.astype(vectors.dtype), 0)
