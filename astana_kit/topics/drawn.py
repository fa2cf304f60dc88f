"""Topics → one row per passage: what a map draws of it, and what its line shows."""

import numpy as np
import pandas as pd

from astana_kit import tables
from astana_kit.schema import PASSAGES, refuse_strays, require, require_unique
from astana_kit.topics import Topics

SPOKEN = 4  # features in the gloss of a passage
READ = PASSAGES._replace(columns=("doc_id", "passage", "start", "stop", "text"))


def topic_passages(topics: Topics, passages: pd.DataFrame, *, most: int = 300) -> pd.DataFrame:
    """Passages with their topic, their place on the map and, in English, what they speak of.

    Give them to ``figures.topic_map``, and to ``concordance`` as the lines behind all figures of
    topics.

    Parameters
    ----------
    topics : from ``cluster_topics``.
    passages : the passages that were clustered.
    most : passages given, so that a page stays light. Of each topic, language and round the most
        typical comes before any second.

    Returns
    -------
    One row per passage, by topic, the most typical first, the unassigned last: doc_id, start,
    stop, passage, language, text, topic, share, x, y (missing where it has no topic), gloss (the
    features that set the passage apart, in English), counted_in (the rows of ``diagnostics`` that
    count the passage, a list of names as ``what, of``); and round, where `passages` have it.

    Raises
    ------
    ValueError : a column is missing, or an assigned passage is not among `passages`.

    Examples
    --------
    >>> from astana_kit.topics import cluster_topics
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b"], "passage": [0, 1, 0, 1], "kind": "body",
    ...     "language": ["ru", "ru", "ar", "ar"], "text": "…", "start": [0, 2, 0, 2], "stop": [
    ...     1, 3, 1, 3]})
    >>> said = pd.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b"], "passage": [0, 1, 0, 1], "n": 1,
    ...     "feature": ["truce", "aid", "truce", "aid"]})
    >>> topics = cluster_topics(passages, features=said, k=2)
    >>> topic_passages(topics, passages)[["doc_id", "start", "topic", "gloss"]]
      doc_id  start  topic  gloss
    0      a      0      1  truce
    1      b      0      1  truce
    2      a      2      2    aid
    3      b      2      2    aid
    """
    require(passages, READ)
    require_unique(passages, PASSAGES)
    key = list(PASSAGES.key)
    own = [*READ.columns, *passages.columns.intersection(["outlet", "round"])]
    rows = topics.assignments.merge(passages[own], on=key, how="left")
    refuse_strays(rows, rows["text"].isna(), "passages given")
    counted = _counted_in(rows.merge(_number(topics.features), on=key, how="left"), topics)
    rows = rows.assign(
        gloss=rows[key].merge(_gloss(topics.features), on=key, how="left")["gloss"],
        counted_in=pd.Series(counted, index=rows.index),
        **topics.map[["x", "y"]].round(3),
        share=rows["share"].round(3),
    )
    return _typical_first(rows).head(most).sort_values("topic", kind="stable", ignore_index=True)


def _typical_first(rows: pd.DataFrame) -> pd.DataFrame:
    """The most typical of each topic, language and round, then the second of each, and so on."""
    cells = [column for column in ("topic", "language", "round") if column in rows.columns]
    ordered = rows.sort_values(["topic", "share"], ascending=[True, False], kind="stable")
    rank = ordered.groupby(cells, dropna=False, observed=True).cumcount()
    return ordered.iloc[np.argsort(rank, kind="stable")]


def _number(features: pd.DataFrame) -> pd.DataFrame:
    """How many features each passage has."""
    return features.groupby(["doc_id", "passage"], as_index=False).agg(features=("feature", "size"))


def _gloss(features: pd.DataFrame) -> pd.DataFrame:
    """What each passage speaks of, in English: its rarest features, which tell it from others."""
    concepts, actors = tables.concepts(), tables.actors()
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    names |= dict(zip(concepts["concept_id"], concepts["label"], strict=True))
    often = features["feature"].map(features["feature"].value_counts())
    rare = features.assign(often=often).sort_values(["often", "feature"], kind="stable")
    told = rare.groupby(["doc_id", "passage"]).head(SPOKEN)
    english = told.assign(gloss=told["feature"].map(lambda name: names.get(name, name)))
    return english.groupby(["doc_id", "passage"], as_index=False).agg(gloss=("gloss", ", ".join))


def _counted_in(rows: pd.DataFrame, topics: Topics) -> list[list[str]]:
    """For each passage the rows of the diagnostics that rest on it."""
    assigned, features = rows["topic"].notna(), rows["features"].fillna(0)
    resting = {}
    for what, of in topics.diagnostics[["what", "of"]].itertuples(index=False):
        if of in rows.columns:
            counted = assigned & rows[of].notna()
        elif what == "stability":
            counted = assigned
        elif what == "coherence":
            counted = assigned & (rows["language"] == of)
        else:
            least = 2 if "two" in what else 1
            counted = (rows["language"] == of) & (features >= least)
        resting[f"{what}, {of}"] = counted
    there = pd.DataFrame(resting, index=rows.index).to_numpy()
    names = np.array(list(resting), dtype=object)
    return [names[row].tolist() for row in there]
