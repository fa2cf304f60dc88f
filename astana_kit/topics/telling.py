"""Clusters → tables that line up with the passages, and sentences to be read first."""

import numpy as np
import pandas as pd

from astana_kit.schema import ASSIGNMENTS
from astana_kit.topics import clusters
from astana_kit.topics.choice import Sample
from astana_kit.topics.diagnostics import LEAK

# Below these the groups are a reading aid, not a finding. Judgement, not literature: ten documents
# for each of three topics, and in each language as many passages as tell shares twenty-five points
# apart.
FEWEST_DOCUMENTS = 30
FEWEST_PASSAGES = 150
FEWEST_OF_LANGUAGE = 30


def assignments(
    places: pd.DataFrame, rows: np.ndarray, cluster: np.ndarray, likeness: np.ndarray
) -> pd.DataFrame:
    """One row per headline or body passage (``schema.ASSIGNMENTS``)."""
    own = likeness[np.arange(len(cluster)), cluster]
    share = np.full(len(places), np.nan)
    share[rows] = own / np.maximum(likeness.sum(axis=1), 1e-9)
    topic = pd.Series(pd.NA, index=places.index, dtype="Int64")
    topic.iloc[rows] = cluster + 1
    columns = places[["doc_id", "passage", "language"]]
    return columns.assign(topic=topic, share=share)[list(ASSIGNMENTS.columns)]


def spread_out(vectors: np.ndarray, rows: np.ndarray, passages: int) -> np.ndarray:
    """`vectors` at their `rows` among all passages, zeros elsewhere."""
    if len(rows) == passages:
        return vectors
    full = np.zeros((passages, vectors.shape[1]), dtype=vectors.dtype)
    full[rows] = vectors
    return full


def flat(assigned: pd.DataFrame, rows: np.ndarray, likeness: np.ndarray) -> pd.DataFrame:
    """Place of each passage where its likeness to the topics differs most: x and y of a map."""
    wide = likeness.astype("float64") - likeness.mean(axis=0, dtype="float64")
    _, axes = np.linalg.eigh(wide.T @ wide)
    axes = axes[:, ::-1][:, :2]
    # an axis may point either way: the topic that weighs most on it stands to the right, or above
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    drawn = np.full((len(assigned), 2), np.nan)
    drawn[rows, : axes.shape[1]] = wide @ axes
    return assigned[["doc_id", "passage"]].assign(x=drawn[:, 0], y=drawn[:, 1])


def dendrogram(sample: Sample) -> pd.DataFrame:
    """Joinings of Ward's tree, where it is small enough to be drawn; else no rows."""
    linkage = sample.linkage if len(sample.rows) <= clusters.DRAWN else sample.linkage[:0]
    table = pd.DataFrame(linkage, columns=["a", "b", "height", "passages"])
    return table.astype({"a": "int64", "b": "int64", "passages": "int64"})


def notes(places: pd.DataFrame, rows: np.ndarray, checks: pd.DataFrame) -> list[str]:
    """Sentences that say what the clusters cannot bear."""
    return [*_sizes(places.iloc[rows]), *_unassigned(places, rows), *_leaks(checks)]


def _sizes(assigned: pd.DataFrame) -> list[str]:
    """One sentence where the corpus is below the floors of size."""
    of_language = assigned["language"].value_counts(sort=False).sort_index()
    found = [
        (assigned["doc_id"].nunique(), FEWEST_DOCUMENTS, "documents"),
        (len(assigned), FEWEST_PASSAGES, "passages with features"),
        *((n, FEWEST_OF_LANGUAGE, f"passages in {code}") for code, n in of_language.items()),
    ]
    low = [f"{n} {what} (of {least})" for n, least, what in found if n < least]
    if not low:
        return []
    sentence = (
        f"Too small for topics: {', '.join(low)}. The groups are an aid to reading these passages, "
        "not a finding about what is talked about."
    )
    if len(assigned) <= clusters.DRAWN:
        sentence += " They are a cut through the dendrogram in `tree`, which shows more than they."
    return [sentence]


def _unassigned(places: pd.DataFrame, rows: np.ndarray) -> list[str]:
    """One sentence that counts the passages without features."""
    left = places.drop(index=places.index[rows])["language"].value_counts(sort=False).sort_index()
    if left.empty:
        return []
    of = places["language"].value_counts().to_dict()
    each = ", ".join(f"{n} of {of[code]} in {code}" for code, n in left.items())
    return [f"Unassigned, because nothing that the clusters are made of is said: {each}."]


def _leaks(checks: pd.DataFrame) -> list[str]:
    """One sentence for each thing that the clusters follow more than chance would."""
    above = checks[(checks["what"] == "adjusted mutual information")]
    above = above[(above["value"] > above["high"]) & (above["value"] > LEAK)]
    return [
        f"The clusters follow {row.of}: adjusted mutual information {row.value:.2f}, by chance "
        f"{row.low:.2f} to {row.high:.2f}."
        for row in above.itertuples()
    ]
