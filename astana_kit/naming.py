"""How an actor is named, not whether: by its state, by an adjective, by a person, as a regime.

The names of six languages are counted under English labels (data/labels.csv), so that «النظام
السوري» and «сирийский режим» are one way to name one actor. A label says what the name says; it is
no judgement of who uses it.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from astana_kit import tables
from astana_kit.measures import bootstrap, wilson
from astana_kit.rates import FEWEST_DOCUMENTS, searched
from astana_kit.schema import LABEL_COUNTS, MENTIONS, refuse_strays, require

BY_FORM = {"name": "by name", "adjective": "by adjective", "demonym": "by its people"}
"""Label of a mention that no row of the labels names: the form says how."""

TableGiven = pd.DataFrame | str | Path | None


def count_labels(
    mentions: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    by: str = "language",
    labels: TableGiven = None,
    names: TableGiven = None,
) -> pd.DataFrame:
    """Share of the namings of each actor that name it in one way, group by group, with intervals.

    Parameters
    ----------
    mentions : from ``find_actors``.
    passages : the passages that were searched.
    by : column of `passages` that parts them: "language", "outlet", "round".
    labels : labels to use in place of the kit's own (``tables.labels``): frame or CSV file.
    names : the gazetteer that `labels` speak of, where it is not the kit's own.

    Returns
    -------
    One row per actor, label and group (``schema.LABEL_COUNTS``), the actor named most often first.
    What the labels do not name is counted by its form, "by adjective", "by its people", "by name";
    so the n of an actor in a group sum to `of`, all its namings there. Every label that an actor
    has anywhere has a row in every group that names the actor. Namings of one document repeat each
    other: the interval is by document, as in ``count_actors``; of a single document it is
    Wilson's, which is then too narrow.

    Raises
    ------
    ValueError : a column is missing, a mention lies outside of `passages`, or a label's name is
        not in the gazetteer.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [73],
    ...     "kind": ["body"], "language": ["en"], "outlet": [""], "published": [pd.NaT], "text": [
    ...     "The Syrian regime left. Turkey stayed, and the Turkish delegation agreed."]})
    >>> from astana_kit.actors import find_actors
    >>> counted = count_labels(find_actors(passages), passages)
    >>> counted[["actor_id", "label", "kind", "n", "of"]]
                actor_id                   label       kind  n  of
    0             turkey  Turkey, the usual name      state  1   2
    1             turkey            by adjective  adjective  1   2
    2  syrian_government           Syrian regime      state  1   1
    """
    labelled = label_mentions(mentions, passages, labels=labels, names=names)
    counted = searched(passages, by)
    places = counted[["doc_id", "passage"]].assign(group=counted[by])
    own = labelled[["doc_id", "passage", "actor_id", "label", "kind"]]
    grouped = own.merge(places, on=["doc_id", "passage"])
    often = grouped.groupby("actor_id").size().sort_values(ascending=False, kind="stable")
    parts = [
        _shares(grouped[grouped["actor_id"] == actor]).assign(actor_id=actor)
        for actor in often.index
    ]
    empty = pd.DataFrame(columns=list(LABEL_COUNTS.columns))
    return pd.concat(parts, ignore_index=True)[list(LABEL_COUNTS.columns)] if parts else empty


def label_mentions(
    mentions: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    labels: TableGiven = None,
    names: TableGiven = None,
) -> pd.DataFrame:
    """Each mention with the label under which ``count_labels`` counts it, and its kind.

    Parameters
    ----------
    mentions, passages, labels, names : as for ``count_labels``.

    Returns
    -------
    `mentions` in its order with two columns more, label and kind: for a concordance, where the
    lines behind a label can be read.

    Raises
    ------
    ValueError : as in ``count_labels``.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "start": [0], "stop": [32],
    ...     "kind": ["body"], "language": ["tr"], "outlet": [""], "published": [pd.NaT],
    ...     "text": ["Esad rejimi heyeti salondan çıktı."]})
    >>> from astana_kit.actors import find_actors
    >>> label_mentions(find_actors(passages), passages)[["surface", "label", "kind"]]
           surface          label    kind
    0  Esad rejimi  Assad’s regime  person
    """
    require(mentions, MENTIONS)
    places = searched(passages, "language")[["doc_id", "passage", "language"]]
    keys = ["actor_id", "language", "name"]
    table = tables.labels(labels, names).rename(columns={"id": "actor_id"})
    own = mentions[["doc_id", "passage", "start", "actor_id", "name", "form"]]
    placed = own.merge(places, on=["doc_id", "passage"], how="left", indicator="where")
    refuse_strays(placed, placed["where"] == "left_only", "headline and body passages given")
    told = placed.merge(table[[*keys, "label", "kind"]], on=keys, how="left")
    named = told["label"].notna()
    label = told["label"].where(named, told["form"].map(BY_FORM))
    kind = told["kind"].where(named, told["form"])
    return mentions.assign(label=label.to_numpy(), kind=kind.to_numpy())


def _shares(named: pd.DataFrame) -> pd.DataFrame:
    """Rows of one actor: each of its labels, the most frequent first, in each group."""
    ways = named.value_counts(["label", "kind"], sort=False).reset_index(name="all")
    ways = ways.sort_values(["all", "label"], ascending=[False, True], kind="stable")
    order = pd.Index(ways["label"])
    rows = [
        _of_group(inside, order).assign(label=order, kind=ways["kind"].to_numpy(), group=group)
        for group, inside in named.groupby("group", dropna=False, observed=True)
    ]
    # label by label, its groups in order
    shares = pd.concat(rows, ignore_index=True)
    place = order.get_indexer(pd.Index(shares["label"]))
    return shares.iloc[np.argsort(place, kind="stable")]


def _of_group(named: pd.DataFrame, labels: pd.Index) -> pd.DataFrame:
    """One row per label: its share of the namings of one actor in one group."""
    document, documents = pd.factorize(named["doc_id"])
    times = np.zeros((len(labels), len(documents)), dtype=int)
    np.add.at(times, (labels.get_indexer(pd.Index(named["label"])), document), 1)
    n, clustered = times.sum(axis=1), len(documents) >= FEWEST_DOCUMENTS
    low, high = bootstrap(times, times.sum(axis=0)) if clustered else wilson(n, len(named))
    return pd.DataFrame(
        {
            "n": n,
            "of": len(named),
            "share": n / len(named),
            "low": low,
            "high": high,
            "documents": (times > 0).sum(axis=1),
            "of_documents": len(documents),
            "interval": "by document" if clustered else "wilson",
        }
    )
