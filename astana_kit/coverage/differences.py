"""Which things one group's passages have more often than another's, by how much, how surely."""

from collections.abc import Hashable
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from astana_kit.coverage import overlap
from astana_kit.coverage.material import Material
from astana_kit.intervals import Estimate, clustered, compare
from astana_kit.measures import benjamini_hochberg
from astana_kit.rates import by_document
from astana_kit.schema import DIFFERENCES, LEFT_OUT

# Documents of each group. Simulated as in ``intervals.compare``: a thing in half of the passages
# against one in a tenth is found (p < .001) in 52 of 100 corpora of 10 documents a side, in 26 of
# 8, in 4 of 5; and 5 documents against 40 that do not differ have p < .001 up to six times as often
# as they should
FEWEST = 10
LEAST = 3  # documents with the thing, of both groups together: fewer can show nothing
# Of a concept at .20 of the passages of one language and .40 of another's, 40 documents of 8
# passages a language, 60 concepts, intraclass correlation 0, .05, .1, this finds 96, 89, 78 in 100
# of 200 simulated corpora; of the pairs of three languages that differ 95, 84, 72, of six 96, 80,
# 57, and one of them at least in 77 (false among the real: 2 to 5 %). Tried, and left: a family of
# tests for each pair of languages (of six, 97, 88, 73, but 9 to 16 % of the real are false);
# variances moderated over the concepts (Smyth 2004: 97, 87, 65, but where a few concepts come in
# bursts, p < .05 for these two to five times as often as it should be); a bound to one side for the
# tolerance (1 to 3 in 100 more, but as many more where a finder misses up to half). An adaptive FDR
# and families of concepts have the same threshold here as Benjamini and Hochberg's
REAL = 0.05


class Units(NamedTuple):
    """What is counted, passages or documents: one row each, and what was found in each row."""

    table: pd.DataFrame  # doc_id, group, part
    found: pd.DataFrame  # row, thing
    names: pd.Index


class Side(NamedTuple):
    """One group of a pair."""

    rate: np.ndarray
    n: np.ndarray
    of: int
    documents: int
    naming: np.ndarray  # documents with the thing
    estimate: Estimate | None  # None of too few documents


def units_of(material: Material, *, unit: str, by: str, within: str | None) -> Units:
    """Passages, or documents, with their group and, of `within`, the part of it they belong to."""
    if unit not in {"passage", "document"}:
        raise ValueError(f'unit: "{unit}" is not counted in; "passage" and "document" are.')
    counted = material.passages
    table = pd.DataFrame(
        {
            "doc_id": counted["doc_id"],
            "group": counted[by],
            "part": counted[within] if within else 0,
        }
    )
    found = material.found
    names = pd.Index(found["thing"].drop_duplicates().sort_values())
    if unit == "document":
        # numbered in the order of appearance, so that the first rows are the documents
        number = table.groupby(list(table), dropna=False, observed=True, sort=False).ngroup()
        found = found.assign(row=number.loc[found["row"]].to_numpy()).drop_duplicates()
        table = table[~number.duplicated()].reset_index(drop=True)
    return Units(table, found, names)


def differences(
    units: Units, *, within: str | None = None, tolerance: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each thing compared between each two groups, and what of `within` only one of two has.

    Returns
    -------
    One row per thing and pair (``schema.DIFFERENCES``), the surest first; and one row per group,
    other group and value of `within` that was left out (``schema.LEFT_OUT``).
    """
    _, groups = pd.factorize(units.table["group"], sort=True)
    own = {group: units.table[units.table["group"] == group] for group in groups}
    whole = {group: _side(units, rows) for group, rows in own.items()} if within is None else {}
    pairs = [pd.DataFrame(columns=list(DIFFERENCES.columns))]
    left_out = [pd.DataFrame(columns=list(LEFT_OUT.columns))]
    for a, b in combinations(groups if len(units.names) else [], 2):
        if within is None:
            sides = whole[a], whole[b]
        else:
            common = overlap.weights(own[a], own[b])
            sides = _side(units, own[a], common), _side(units, own[b], common)
            left_out += [
                overlap.uncovered(own[one], common, other, within)
                for one, other in ((a, b), (b, a))
            ]
        pairs.append(_compared(*sides, tolerance).assign(thing=units.names, a=a, b=b))
    return _judged(pd.concat(pairs[1:] or pairs)), pd.concat(left_out[1:] or left_out)


def _side(units: Units, rows: pd.DataFrame, common: pd.Series | None = None) -> Side:
    """What is counted in the `rows` of one group; with `common`, in its mix of parts."""
    times = None if common is None else overlap.weighted(rows, common)
    documents = rows["doc_id"] if times is None else rows["doc_id"][times.index]
    found, sizes = by_document(units.found, documents, units.names, weights=times)
    inside = units.found.loc[units.found["row"].isin(documents.index), "thing"]
    enough = len(sizes) >= FEWEST
    return Side(
        found.sum(axis=1) / max(sizes.sum(), 1) if len(sizes) else np.full(len(found), np.nan),
        inside.value_counts().reindex(units.names, fill_value=0).to_numpy(),
        len(documents),
        len(sizes),
        (found > 0).sum(axis=1),
        clustered(found, sizes) if enough else None,
    )


def _compared(a: Side, b: Side, tolerance: float) -> pd.DataFrame:
    """One pair of groups; where a side is too small, shares and counts alone."""
    table = pd.DataFrame(
        {
            "share_a": a.rate,
            "share_b": b.rate,
            "n_a": a.n,
            "n_b": b.n,
            "of_a": a.of,
            "of_b": b.of,
            "documents_a": a.documents,
            "documents_b": b.documents,
            **dict.fromkeys(("difference", "low", "high", "p"), np.nan),
            "beyond": False,
            "note": "",
        }
    )
    if a.estimate is None or b.estimate is None:
        return table
    found = compare(a.estimate, b.estimate, tolerance=tolerance)
    for column in ("difference", "low", "high"):
        table[column] = 100 * getattr(found, column)
    rare = a.naming + b.naming < LEAST
    table["p"] = np.where(rare, np.nan, found.p)
    table["beyond"] = found.beyond & ~rare
    table["note"] = np.where(rare, f"in fewer than {LEAST} documents of both: not tested", "")
    return table


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with q over all comparisons made, notes, and the surest first.

    What lies within the tolerance is a test too, with p = 1: it can never be called real.
    """
    p = table["p"].to_numpy(dtype=float)
    beyond = table["beyond"].to_numpy(dtype=bool)
    q = benjamini_hochberg(np.where(beyond | np.isnan(p), p, 1.0))
    missed = (benjamini_hochberg(p) < REAL) & ~beyond
    table = table.assign(q=q, apart=-table["difference"].astype(float).abs())
    table["note"] = table["note"].mask(missed, "a finder may miss as much: not called real")
    refused = table["difference"].isna()
    table.loc[refused, "note"] = [refusal(row) for row in table[refused].to_dict("records")]
    # stable, so that the groups stay in order
    order = table.sort_values(["q", "apart"], kind="stable", ignore_index=True)
    return order[list(DIFFERENCES.columns)]


def refusal(row: dict[Hashable, Any]) -> str:
    """Why one pair of groups is not compared; empty where it is.

    >>> refusal({"a": "ar", "b": "kk", "documents_a": 40, "documents_b": 1})
    'kk: 1 document, 10 are needed to compare'
    """
    small = [
        f"{row[side]}: {row[f'documents_{side}']} document{'s' * (row[f'documents_{side}'] != 1)}"
        for side in ("a", "b")
        if row[f"documents_{side}"] < FEWEST
    ]
    return f"{', '.join(small)}, {FEWEST} are needed to compare" if small else ""
