"""What makes two groups differ: how far apart what they speak of is, and which things part them."""

from collections.abc import Callable
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from astana_kit.coverage.confounds import confounds, sentences
from astana_kit.coverage.differences import FEWEST, Units, refusal, units_of
from astana_kit.coverage.material import prepare
from astana_kit.measures import benjamini_hochberg, divergence_parts
from astana_kit.rates import by_document
from astana_kit.schema import DIVERGENCES, PARTS

DRAWS = 1000
STEP = 100  # draws at a time: a product of two matrices is faster than as many of vectors


class Divergence(NamedTuple):
    """How far apart the groups are, what each thing adds to it, and what stands beside it."""

    divergences: pd.DataFrame
    parts: pd.DataFrame
    left_out: pd.DataFrame
    notes: list[str]


class Spread(NamedTuple):
    """Parts of one pair, one column a thing: as counted, resampled, and dealt out at random."""

    counted: np.ndarray
    resampled: np.ndarray
    dealt: np.ndarray


def coverage_divergence(
    things: pd.DataFrame, passages: pd.DataFrame, *, by: str = "language", seed: int = 0
) -> Divergence:
    """How far apart what two groups speak of is, and how much of that each thing makes.

    Every thing has a share in all that is found in a group (passages with it, over the sum for
    all things): how much is written does not count, what it is about does. The Jensen–Shannon
    divergence of two such distributions is above 0 by chance alone, the more so the smaller the
    groups are; so it stands beside what chance gives at this size.

    Parameters
    ----------
    things, passages, by : as for ``compare_languages``; copies are left out in the same way.
    seed : of the random draws.

    Returns
    -------
    divergences : one row per pair of groups (``schema.DIVERGENCES``): the divergence from 0 (the
        same) to 1 (nothing in common) with a 95 % interval; `chance`, the mean when the documents
        of both are dealt out at random to two groups of these sizes, and chance_high, which 95 of
        100 deals stay below; excess over chance; p, the share of deals that come as far apart, and
        q over the pairs. Documents are resampled for the interval, and what resampling itself adds
        is taken off (the basic bootstrap: Davison and Hinkley 1997, 5.2), so that it may lie below
        the divergence. Where a group has fewer than 10 documents only the divergence is given, and
        `note` says so.
    parts : one row per pair and thing (``schema.PARTS``), the largest first: the part it adds (the
        parts of a pair sum to its divergence; Gallagher et al. 2021), with interval and chance in
        the same way, and the group that has it more.
    left_out, notes : as in ``compare_languages``.

    Raises
    ------
    ValueError : as in ``compare_languages``.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": [f"{n:02}" for n in range(24)], "passage": 0,
    ...     "kind": "body", "language": ["kk"] * 12 + ["ru"] * 12})
    >>> hits = passages.assign(concept_id=["aid"] * 9 + ["truce"] * 15)
    >>> found = coverage_divergence(hits, passages)
    >>> found.divergences[["a", "b", "divergence", "chance"]].round(2)
        a   b  divergence  chance
    0  kk  ru        0.55    0.03
    >>> found.parts[["thing", "of_a", "of_b", "part", "more_in"]].round(2)
       thing  of_a  of_b  part more_in
    0    aid  0.75   0.0  0.38      kk
    1  truce  0.25   1.0  0.17      ru
    """
    material = prepare(things, passages, by)
    units = units_of(material, unit="passage", by=by, within=None)
    _, groups = pd.factorize(units.table["group"], sort=True)
    counts = {group: _counts(units, group) for group in groups}
    random = np.random.default_rng(seed)
    pairs, parts = [pd.DataFrame()], [pd.DataFrame(columns=list(PARTS.columns))]
    for a, b in combinations(groups, 2):
        enough = min(len(counts[a]), len(counts[b])) >= FEWEST
        enough = enough and min(counts[a].sum(), counts[b].sum()) > 0
        spread = _spread(counts[a], counts[b], random if enough else None)
        pairs.append(_pair(spread, counts[a], counts[b]).assign(a=a, b=b))
        parts.append(_parts(spread, counts[a], counts[b]).assign(thing=units.names, a=a, b=b))
    return Divergence(
        _judged(pd.concat(pairs)),
        _in_order(pd.concat(parts[1:] or parts)),
        material.left_out,
        sentences(confounds(material, by), by),
    )


def _counts(units: Units, group: object) -> np.ndarray:
    """Passages with each thing, documents in rows and things in columns."""
    inside = units.table.loc[units.table["group"] == group, "doc_id"]
    # floats are what products of matrices are fast with
    return by_document(units.found, inside, units.names)[0].T.astype(float)


def _spread(a: np.ndarray, b: np.ndarray, random: np.random.Generator | None) -> Spread:
    """The parts as they are and, where `random` is given, as they may be."""
    counted = divergence_parts(a.sum(axis=0), b.sum(axis=0))
    if random is None:
        unknown = np.full((1, len(counted)), np.nan)
        return Spread(counted, unknown, unknown)
    again = divergence_parts(_resampled(a, random), _resampled(b, random))
    both, places = np.concatenate([a, b]), np.repeat([1.0, 0.0], [len(a), len(b)])
    first = _drawn(both, lambda: random.permutation(places))
    dealt = divergence_parts(first, both.sum(axis=0) - first)
    return Spread(counted, _known(again), _known(dealt))


def _resampled(side: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Sums of `side` over as many of its documents, drawn with replacement; one draw a row."""
    many = len(side)
    return _drawn(side, lambda: np.bincount(random.integers(many, size=many), minlength=many))


def _drawn(side: np.ndarray, times: Callable[[], np.ndarray]) -> np.ndarray:
    """Sums of `side` in many draws, each of which has a document as often as `times` say."""
    draws = (np.array([times() for _ in range(STEP)], dtype=float) for _ in range(DRAWS // STEP))
    return np.concatenate([some @ side for some in draws])


def _known(draws: np.ndarray) -> np.ndarray:
    """The draws in which both sides have found something at all."""
    return draws[~np.isnan(draws).any(axis=1)]


def _basic(counted: np.ndarray | float, resampled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The basic bootstrap's 95 % interval, kept between 0 and 1."""
    low, high = np.quantile(resampled, [0.025, 0.975], axis=0)
    return np.clip(2 * counted - high, 0, 1), np.clip(2 * counted - low, 0, 1)


def _pair(spread: Spread, a: np.ndarray, b: np.ndarray) -> pd.DataFrame:
    """One row: the divergence of one pair of groups beside chance."""
    divergence = spread.counted.sum() if len(spread.counted) else np.nan
    dealt = spread.dealt.sum(axis=1) if len(spread.counted) else np.array([np.nan])
    low, high = _basic(divergence, spread.resampled.sum(axis=1))
    as_far = (1 + (dealt >= divergence).sum()) / (1 + len(dealt))
    return pd.DataFrame(
        {
            "documents_a": [len(a)],
            "documents_b": len(b),
            "n_a": int(a.sum()),
            "n_b": int(b.sum()),
            "divergence": divergence,
            "low": low,
            "high": high,
            "chance": dealt.mean(),
            "chance_high": np.quantile(dealt, 0.95),
            "excess": divergence - dealt.mean(),
            "p": np.where(np.isnan(dealt).any(), np.nan, as_far),
        }
    )


def _parts(spread: Spread, a: np.ndarray, b: np.ndarray) -> pd.DataFrame:
    """One row per thing: what it adds to the divergence of one pair of groups."""
    low, high = _basic(spread.counted, spread.resampled)
    with np.errstate(invalid="ignore"):
        of_a, of_b = (side.sum(axis=0) / side.sum() for side in (a, b))
    return pd.DataFrame(
        {
            "of_a": of_a,
            "of_b": of_b,
            "part": spread.counted,
            "low": low,
            "high": high,
            "chance": spread.dealt.mean(axis=0),
        }
    )


def _judged(pairs: pd.DataFrame) -> pd.DataFrame:
    """`pairs` with q over all of them, and a note where a group is too small."""
    if pairs.empty:
        return pd.DataFrame(columns=list(DIVERGENCES.columns))
    pairs = pairs.assign(
        q=benjamini_hochberg(pairs["p"]),
        note=[refusal(row) for row in pairs.to_dict("records")],
    )
    return pairs.reset_index(drop=True)[list(DIVERGENCES.columns)]


def _in_order(parts: pd.DataFrame) -> pd.DataFrame:
    """`parts` pair by pair, the largest first, with the group that has more of the thing."""
    more = parts["a"].where(parts["of_a"] > parts["of_b"], parts["b"])
    parts = parts.assign(more_in=more.mask(parts["of_a"] == parts["of_b"], None))
    parts = parts.sort_values("part", ascending=False, kind="stable")
    parts = parts.sort_values(["a", "b"], kind="stable", ignore_index=True)
    return parts[list(PARTS.columns)]
