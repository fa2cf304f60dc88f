"""What a passage speaks of, told alike in every language: its concepts and its actors, counted."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit import sharing, tables
from astana_kit.actors import find_actors
from astana_kit.concepts import find_concepts
from astana_kit.schema import (
    ARTICLE,
    FEATURES,
    PASSAGES,
    article,
    refuse_strays,
    require,
    require_unique,
)

READ = PASSAGES._replace(columns=("doc_id", "passage", "kind", "language", "text"))
KEY = list(PASSAGES.key)
CHUNK = 1 << 22  # characters read by one process at a time
# Weight of a person beside 1 of any other feature. A name says who speaks more than of what: with
# 1 all that one envoy says, of zones and of peace, was a topic of its own. Agreement with groups
# made by hand (see ``vectors.SPREAD``) at .35, .5, .7, 1: .33, .35, .32, .34 (other pages), .40,
# .42, .40, .39 (the seeds), .45, .45, .44, .42 (their Arabic pages).
PERSON = 0.5


class Features(NamedTuple):
    """Features of passages, and how they are called."""

    table: pd.DataFrame  # row (the place of its passage among `places`), feature, n
    labels: dict[str, str]  # English label of each feature
    words: pd.DataFrame  # feature, language, word: what it is called there, most frequent first


def gather(passages: pd.DataFrame, places: pd.DataFrame, given: pd.DataFrame | None) -> Features:
    """Features of the `passages` at `places`: those `given`, or their concepts and actors."""
    if given is not None:
        return _given(places, given)
    searched_in = passages["kind"].isin(ARTICLE)
    numbered = passages.assign(row=np.cumsum(searched_in) - 1)
    found = sharing.each(_said, sharing.parts(numbered, CHUNK))
    said, words = (pd.concat(tables_, ignore_index=True) for tables_ in zip(*found, strict=True))
    return Features(said, _labels(), _by_frequency(words.astype({"feature": "str"})))


def _said(part: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the passages of `part` say: row, feature, n; and feature, language, word, n."""
    # a concept's row in the table is often a stem; an actor's is a name
    hits = pd.concat(
        [
            found[[*KEY, thing, word]].set_axis([*KEY, "feature", "word"], axis=1)
            for found, thing, word in (
                (find_concepts(part), "concept_id", "surface"),
                (find_actors(part), "actor_id", "name"),
            )
        ],
        ignore_index=True,
    )
    # as numbers: all else of a large corpus is made while these are held
    hits = hits.astype({"feature": pd.CategoricalDtype(sorted(_labels()))})
    hits = hits.merge(article(part)[[*KEY, "row", "language"]], on=KEY).astype({"row": "int32"})
    return _counted(hits, ["row", "feature"]), _counted(hits, ["feature", "language", "word"])


def _counted(hits: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """How many hits, n, are equal in `columns`, in their order."""
    return hits.groupby(columns, sort=True, observed=True).size().rename("n").reset_index()


def _given(places: pd.DataFrame, given: pd.DataFrame) -> Features:
    """The reader's own features, checked; they are their own labels and words."""
    require(given, FEATURES)
    counts = pd.to_numeric(given["n"], errors="coerce")
    wrong = given["feature"].isna() | ~(counts > 0) | ~np.isfinite(counts)
    if wrong.any():
        first = given[wrong].iloc[0]
        raise ValueError(
            f"features: {int(wrong.sum())} of {len(given)} rows have no feature or no n above 0, "
            f"the first in doc_id {first['doc_id']}, passage {first['passage']}: feature "
            f"{first['feature']}, n {first['n']}; drop them. One row is {FEATURES.row}."
        )
    hits = given.assign(feature=given["feature"].astype("str"), n=counts)
    keys = places[[*KEY, "language"]].assign(row=np.arange(len(places)))
    placed = hits[[*KEY, "feature", "n"]].merge(keys, on=KEY, how="left")
    refuse_strays(placed, placed["row"].isna(), "headline and body passages given")
    said = placed.astype({"row": "int64"}).groupby(["row", "feature"])["n"].sum().reset_index()
    names = said["feature"].unique()
    words = _counted(placed.assign(word=placed["feature"]), ["feature", "language", "word"])
    return Features(said, dict(zip(names, names, strict=True)), _by_frequency(words))


def keyed(said: Features, places: pd.DataFrame) -> pd.DataFrame:
    """One row per feature of a passage (``schema.FEATURES``), in order of passages, then of names.

    >>> said = Features(pd.DataFrame({"row": [1], "feature": "aid", "n": 2}), {}, pd.DataFrame())
    >>> keyed(said, pd.DataFrame({"doc_id": ["a", "b"], "passage": [4, 0]}))
      doc_id  passage feature  n
    0      b        0     aid  2
    """
    row = said.table["row"].to_numpy()
    code, names = pd.factorize(said.table["feature"])
    # taken column by column: a frame's own ways hold each of them twice
    return pd.DataFrame(
        {
            **{column: places[column].array.take(row) for column in KEY},
            "feature": pd.Index(names).astype("str").array.take(code),
            "n": said.table["n"],
        }
    )


def _labels() -> dict[str, str]:
    """English label of every concept and actor of the kit."""
    concepts = tables.concepts()
    actors = tables.actors()
    return dict(zip(actors["actor_id"], actors["name"], strict=True)) | dict(
        zip(concepts["concept_id"], concepts["label"], strict=True)
    )


def _by_frequency(words: pd.DataFrame) -> pd.DataFrame:
    """What each feature is called in each language, the most frequent first."""
    columns = ["feature", "language", "word"]
    counted = words.groupby(columns, observed=True)["n"].sum().reset_index()
    ordered = counted.sort_values(
        ["feature", "language", "n", "word"], ascending=[True, True, False, True]
    )
    return ordered[columns].reset_index(drop=True)


def counts(features: Features, passages: int) -> tuple[sparse.csr_array, pd.Index]:
    """Passages × features, how often each stands; and the names of the columns."""
    code, names = pd.factorize(features.table["feature"], sort=True)
    names = pd.Index(names).astype("str")
    values = features.table["n"].to_numpy(dtype="float64")
    shape = (passages, len(names))
    table = sparse.csr_array((values, (features.table["row"].to_numpy(), code)), shape=shape)
    return table, names


def stresses(names: pd.Index) -> np.ndarray:
    """Weight of each feature before any is counted: less of persons."""
    actors = tables.actors()
    persons = actors.loc[actors["kind"] == "person", "actor_id"]
    return np.where(names.isin(persons), PERSON, 1.0)


def searched(passages: pd.DataFrame) -> pd.DataFrame:
    """Checks `passages` for what the features are read from."""
    require(passages, READ)
    require_unique(passages, PASSAGES)
    return passages
