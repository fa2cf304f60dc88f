"""What a passage speaks of, told alike in every language: its concepts and its actors, counted."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from astana_kit import tables
from astana_kit.actors import find_actors
from astana_kit.concepts import find_concepts
from astana_kit.schema import FEATURES, PASSAGES, refuse_strays, require, require_unique

READ = PASSAGES._replace(columns=("doc_id", "passage", "kind", "language", "text"))
KEY = list(PASSAGES.key)
# Weight of a person beside 1 of any other feature. A name says who speaks more than of what: with
# 1 all that one envoy says, of zones and of peace, was a topic of its own. Agreement with groups
# made by hand (see ``vectors.SPREAD``) at .35, .5, .7, 1: .33, .35, .32, .34 (other pages), .40,
# .42, .40, .39 (the seeds), .45, .45, .44, .42 (their Arabic pages).
PERSON = 0.5


class Features(NamedTuple):
    """Features of passages, and how they are called."""

    table: pd.DataFrame  # ``schema.FEATURES``, and `row`: the place of its passage among `places`
    labels: dict[str, str]  # English label of each feature
    words: pd.DataFrame  # feature, language, word: what it is called there, most frequent first


def gather(places: pd.DataFrame, given: pd.DataFrame | None) -> Features:
    """Features of the passages at `places`: those `given`, or their concepts and actors."""
    if given is not None:
        return _given(places, given)
    concepts = find_concepts(places).rename(columns={"concept_id": "feature"})
    actors = find_actors(places).rename(columns={"actor_id": "feature"})
    # a concept's row in the table is often a stem; an actor's is a name
    hits = pd.concat(
        [
            table[[*KEY, "feature", word]].rename(columns={word: "word"})
            for table, word in ((concepts, "surface"), (actors, "name"))
        ],
        ignore_index=True,
    )
    return Features(_numbered(hits.assign(n=1), places), _labels(), _words(hits, places))


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
    table = _numbered(hits, places)
    names = table["feature"].unique()
    words = _words(table.assign(word=table["feature"]), places)
    return Features(table, dict(zip(names, names, strict=True)), words)


def _numbered(hits: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Times that each feature stands in each passage, in order of passages, then of names."""
    keys = places[KEY].assign(row=np.arange(len(places)))
    hits = hits[[*KEY, "feature", "n"]].merge(keys, on=KEY, how="left")
    refuse_strays(hits, hits["row"].isna(), "headline and body passages given")
    columns = ["row", *KEY, "feature"]
    counted = hits.astype({"row": "int64"}).groupby(columns, sort=True, observed=True)["n"].sum()
    return counted.reset_index()[[*KEY, "feature", "n", "row"]]


def _labels() -> dict[str, str]:
    """English label of every concept and actor of the kit."""
    concepts = tables.concepts()
    actors = tables.actors()
    return dict(zip(actors["actor_id"], actors["name"], strict=True)) | dict(
        zip(concepts["concept_id"], concepts["label"], strict=True)
    )


def _words(hits: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """What each feature is called in each language, the most frequent first."""
    spoken = hits[[*KEY, "feature", "word"]].merge(places[[*KEY, "language"]], on=KEY)
    columns = ["feature", "language", "word"]
    counted = spoken.groupby(columns, observed=True).size().rename("n").reset_index()
    ordered = counted.sort_values(
        ["feature", "language", "n", "word"], ascending=[True, True, False, True]
    )
    return ordered[columns].reset_index(drop=True)


def counts(features: Features, passages: int) -> tuple[sparse.csr_array, pd.Index]:
    """Passages × features, how often each stands; and the names of the columns."""
    code, names = pd.factorize(features.table["feature"], sort=True)
    values = features.table["n"].to_numpy(dtype="float64")
    shape = (passages, len(names))
    table = sparse.csr_array((values, (features.table["row"].to_numpy(), code)), shape=shape)
    return table, pd.Index(names)


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
