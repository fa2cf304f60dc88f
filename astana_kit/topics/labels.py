"""What a reader sees of a topic: its concepts in English, its words in each language, passages."""

import numpy as np
import pandas as pd

from astana_kit.schema import TOPICS, TYPICAL
from astana_kit.topics.choice import Sample, coherence, overlaps, prominence
from astana_kit.topics.features import Features
from astana_kit.topics.vectors import Space

IN_LABEL = 4  # features in the label of a topic
WORDS = 6  # in the words of each language
SHOWN = 3  # typical passages of each topic and language


def topics(space: Space, sample: Sample, cluster: np.ndarray, said: Features) -> pd.DataFrame:
    """One row per topic (``schema.TOPICS``), with a column of words for each language."""
    part = cluster[sample.rows]
    table = pd.DataFrame(
        {
            "topic": np.arange(1, int(cluster.max()) + 2),
            "label": [
                ", ".join(said.labels.get(name, name) for name in names[:IN_LABEL])
                for names in _leading(space, np.arange(len(cluster)), cluster)
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
        rows = np.flatnonzero(space.language == code)
        table[f"words_{code}"] = [
            ", ".join(own.reindex(names).dropna().drop_duplicates().head(WORDS))
            for names in _leading(space, rows, cluster)
        ]
    return table


def _leading(space: Space, rows: np.ndarray, cluster: np.ndarray) -> list[list[str]]:
    """Features that are more prominent inside of each topic than outside, among `rows`."""
    ordered = []
    for weights in prominence(space.weights[rows], cluster[rows], int(cluster.max()) + 1):
        order = np.argsort(-weights, kind="stable")
        ordered.append(space.names[order[weights[order] > 0]].tolist())
    return ordered


def typical(places: pd.DataFrame, cluster: np.ndarray, likeness: np.ndarray) -> pd.DataFrame:
    """The passages nearest to the middle of each topic, of each language (``schema.TYPICAL``)."""
    own = likeness[np.arange(len(cluster)), cluster]
    rows = places.assign(topic=cluster + 1, likeness=own.astype("float64")).sort_values(
        ["topic", "language", "likeness"], ascending=[True, True, False], kind="stable"
    )
    rank = rows.groupby(["topic", "language"], observed=True).cumcount() + 1
    return rows.assign(rank=rank).loc[rank <= SHOWN, list(TYPICAL.columns)].reset_index(drop=True)
