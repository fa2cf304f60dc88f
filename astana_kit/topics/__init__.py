"""Passages → clusters that do not follow the language, and how far they can be trusted."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from astana_kit.schema import article
from astana_kit.topics import choice, clusters, diagnostics, labels, telling
from astana_kit.topics import features as speech
from astana_kit.topics.choice import Sample
from astana_kit.topics.features import Features
from astana_kit.topics.vectors import Encoder, Space, space_of


class Topics(NamedTuple):
    """What ``cluster_topics`` finds; rows of `vectors` and `map` are those of `assignments`."""

    assignments: pd.DataFrame
    topics: pd.DataFrame
    diagnostics: pd.DataFrame
    features: pd.DataFrame
    vectors: np.ndarray
    candidates: pd.DataFrame
    typical: pd.DataFrame
    map: pd.DataFrame
    tree: pd.DataFrame
    notes: list[str]


def cluster_topics(
    passages: pd.DataFrame,
    *,
    features: pd.DataFrame | None = None,
    k: int | str = "auto",
    seed: int = 0,
    encoder: Encoder | None = None,
) -> Topics:
    """Clusters of headline and body passages by what they speak of, in all languages together.

    A passage is its concepts and actors, which are the same in every language, weighted by TF-IDF
    with the mean of the languages' own shares, persons by half of it, because a name says who
    speaks more than of what; it leans towards what its features stand with elsewhere, and a little
    towards its neighbours on the page. Ward's tree joins passages and is cut into topics, which
    k-means settles where the corpus is more than a tree can show. Of more than 2000 passages a
    sample, equal from each language, makes the tree. A passage without features is unassigned.

    Parameters
    ----------
    passages : from ``split_passages`` or ``place_in_rounds``.
    features : features of the reader's own in place of concepts and actors: doc_id, passage,
        feature, n (``schema.FEATURES``). Words of one language part a corpus of several by
        language.
    k : number of topics; "auto" takes the largest of those that are found again in resamples of
        the documents as surely as any, and are as coherent as any of these (`candidates`).
    seed : of all that is drawn. The same input and seed give the same result on any number of
        threads.
    encoder : a function from texts to an array, one row a text, whose vectors are clustered in
        place of the features'; the mean of each language is taken off. Labels are still made of
        features.

    Returns
    -------
    assignments : one row per passage (``schema.ASSIGNMENTS``); topics are numbered from 1, the
        largest first.
    topics : one row per topic (``schema.TOPICS``) with its label in English and a column of words
        for each language: ``words_ru`` …; coherence is the mean over languages of the NPMI of its
        leading features, stability the mean Jaccard index with the nearest cluster of resamples
        (Hennig 2007: below .6 not to be trusted).
    diagnostics : what the clusters follow, how stable and coherent they are, how well each
        language is served (``schema.DIAGNOSTICS``).
    features : one row per feature of a passage (``schema.FEATURES``).
    vectors : one row per row of assignments, of length 1; zeros where there is no feature.
    candidates : one row per number of topics that was tried (``schema.CANDIDATES``).
    typical : passages nearest to the middle of each topic, of each language.
    map : one row per row of assignments: x and y, the two directions in which likeness to the
        topics differs most.
    tree : for a small corpus, one row per joining of two (a, b) at a height, as in scipy's
        linkage; leaf i is the ith assigned passage.
    notes : sentences to be read first. Below 30 documents, 150 passages or 30 of a language they
        say that the groups are a reading aid.

    Raises
    ------
    ValueError : a column is missing; fewer than four passages have a feature; `k` is no number of
        topics that they can be parted into.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b", "b"], "passage": [0, 1, 0, 1, 2], "kind": "body",
    ...     "language": ["ru", "ru", "ar", "ar", "ar"], "text": "…"})
    >>> said = pd.DataFrame({
    ...     "doc_id": ["a", "a", "b", "b"], "passage": [0, 1, 0, 1], "n": 1,
    ...     "feature": ["truce", "aid", "truce", "aid"]})
    >>> cluster_topics(passages, features=said, k=2).assignments[["doc_id", "passage", "topic"]]
      doc_id  passage  topic
    0      a        0      1
    1      a        1      2
    2      b        0      1
    3      b        1      2
    4      b        2   <NA>
    """
    # a large corpus is not held twice
    needed = {*speech.READ.columns, *diagnostics.LEAKS} - ({"text"} if encoder is None else set())
    places = article(speech.searched(passages).filter(sorted(needed))).reset_index(drop=True)
    said = speech.gather(passages, places, features)
    # sums in another order differ in the last bit, and a last bit decides between two that tie
    with threadpool_limits(1):
        found = _clustered(space_of(places, said, encoder, seed), places, said, k, seed)
    typical = labels.typical(found.typical, passages)
    return found._replace(features=speech.keyed(said, places), typical=typical)


def _clustered(
    space: Space, places: pd.DataFrame, said: Features, k: int | str, seed: int
) -> Topics:
    """What is found in `space`, which is given up: without the features, and typical places."""
    sample = choice.sampled(space, seed)
    tried = choice.candidates(sample, _number(k, space))
    part = choice.parted(sample, int(tried.loc[tried["chosen"], "k"].iloc[0]))
    cluster = clusters.by_size(clusters.settled(space.vectors, part, sample.rows))
    likeness = clusters.likeness(space.vectors, cluster)
    assigned = telling.assignments(places, space.rows, cluster, likeness)
    checks = _checks(places, said, space, sample, cluster)
    return Topics(
        assignments=assigned,
        topics=labels.topics(space, sample, cluster, said),
        diagnostics=checks,
        features=said.table,
        vectors=telling.spread_out(space.vectors, space.rows, len(places)),
        candidates=tried,
        typical=labels.nearest(places.take(space.rows), cluster, likeness),
        map=telling.flat(assigned, space.rows, likeness),
        tree=telling.dendrogram(sample),
        notes=telling.notes(places, space.rows, checks),
    )


def _checks(
    places: pd.DataFrame, said: Features, space: Space, sample: Sample, cluster: np.ndarray
) -> pd.DataFrame:
    """What the clusters follow, how steady and coherent they are, how languages are served."""
    return diagnostics.table(
        [
            *diagnostics.leaks(places.take(space.rows), cluster, sample.seed),
            *choice.steadiness(sample, cluster),
            diagnostics.starts(sample.vectors, cluster[sample.rows], sample.seed),
            *choice.coherences(sample, cluster),
            *diagnostics.served(places, said.table),
        ]
    )


def _number(k: int | str, space: Space) -> int | None:
    """The number of topics asked for; None where it is to be chosen."""
    if isinstance(k, str) and k == "auto":
        return None
    most = len(space.rows)
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or not 2 <= k <= most:
        raise ValueError(
            f"k: {k!r} topics cannot be made of the {most} passages that have features; give "
            f'"auto" or a whole number from 2 to {most}, or passages with more features.'
        )
    return int(k)
