"""What a reader sees of a topic: its concepts in English, its words in each language, passages."""

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit import tables
from astana_kit.schema import PASSAGES, TOPICS, TYPICAL
from astana_kit.topics.choice import Sample, coherence, overlaps
from astana_kit.topics.features import Features
from astana_kit.topics.vectors import Space

IN_LABEL = 4  # features in the label of a topic
WORDS = 6  # in the words of each language
SHOWN = 3  # typical passages of each topic and language
# Concepts of this group say how something is said, not of what: ranked by number alone,
# "importance" and "plan" stood before the detainees and Idlib of the same three passages
MANNER = "stance"


def topics(space: Space, sample: Sample, cluster: np.ndarray, said: Features) -> pd.DataFrame:
    """One row per topic (``schema.TOPICS``), with a column of words for each language."""
    part = cluster[sample.rows]
    lifts, late = lift(space.weights, cluster), _manner(space.names)
    table = pd.DataFrame(
        {
            "topic": np.arange(1, int(cluster.max()) + 2),
            "label": [
                ", ".join(said.labels.get(name, name) for name in space.names[order[:IN_LABEL]])
                for order in leading(inside(space.weights, cluster), lifts, late)
            ],
            "passages": np.bincount(cluster),
            "documents": pd.Series(space.document).groupby(cluster).nunique().to_numpy(),
            "coherence": coherence(sample, part).mean(axis=1),
            "stability": overlaps(sample, part),
        }
    )[list(TOPICS.columns)]
    called = said.words.drop_duplicates(["feature", "language"]).groupby("language")
    words = {str(code): rows.set_index("feature")["word"] for code, rows in called}
    for code in np.unique(space.language):
        own = words.get(code, pd.Series(dtype="str"))
        weights = inside(space.weights, cluster, space.language == code)
        table[f"words_{code}"] = [
            ", ".join(own.reindex(space.names[order]).dropna().drop_duplicates().head(WORDS))
            for order in leading(weights, lifts, late)
        ]
    return table


def inside(
    weights: sparse.csr_array, cluster: np.ndarray, which: np.ndarray | None = None
) -> np.ndarray:
    """Topics × features: mean weight in the passages of each topic; of `which` of them alone."""
    members = cluster if which is None else cluster[which]
    rows = weights if which is None else weights[np.flatnonzero(which)]
    size = np.bincount(members, minlength=int(cluster.max()) + 1)
    place = (members, np.arange(len(members)))
    joined = sparse.csr_array((np.ones(len(members)), place), shape=(len(size), len(members)))
    return (joined @ rows).toarray() / np.maximum(size, 1)[:, None]


def lift(weights: sparse.csr_array, cluster: np.ndarray) -> np.ndarray:
    """Topics × features: share of a topic's passages with a feature over that of all passages.

    As a logarithm; 0 where the feature is no more frequent in the topic than anywhere.
    """
    there = weights.copy()
    there.data = np.ones_like(there.data)
    everywhere = np.asarray(there.sum(axis=0)).ravel() / there.shape[0]
    return np.log(np.maximum(inside(there, cluster) / np.maximum(everywhere, 1e-12), 1))


def leading(weights: np.ndarray, lifts: np.ndarray, late: np.ndarray) -> list[np.ndarray]:
    """Columns of the features of each topic that are frequent in it and rare elsewhere.

    Weight times lift, the largest first: by weight alone Syria and Astana, of which every page
    speaks, led every second label. Those that are `late` stand behind all others.
    """
    score = weights * lifts
    orders = [np.lexsort((-row, late)) for row in score]
    return [order[row[order] > 0] for order, row in zip(orders, score, strict=True)]


def _manner(names: pd.Index) -> np.ndarray:
    """Which features are concepts of how something is said."""
    concepts = tables.concepts()
    return names.isin(concepts.loc[concepts["group"] == MANNER, "concept_id"])


def nearest(places: pd.DataFrame, cluster: np.ndarray, likeness: np.ndarray) -> pd.DataFrame:
    """The places nearest to the middle of each topic, of each language: TYPICAL without texts."""
    own = likeness[np.arange(len(cluster)), cluster]
    rows = places[[*PASSAGES.key, "language"]].assign(topic=cluster + 1, likeness=own.astype(float))
    rows = rows.sort_values(
        ["topic", "language", "likeness"], ascending=[True, True, False], kind="stable"
    )
    rank = rows.groupby(["topic", "language"], observed=True).cumcount() + 1
    return rows.assign(rank=rank)[rank <= SHOWN]


def typical(shown: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """The passages that are `shown`, with their texts (``schema.TYPICAL``)."""
    texts = passages.loc[passages["doc_id"].isin(shown["doc_id"]), [*PASSAGES.key, "text"]]
    return shown.merge(texts)[list(TYPICAL.columns)]
