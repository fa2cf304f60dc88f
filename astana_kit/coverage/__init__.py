"""One question asked of each language: what it covers, what differs, what one may not say."""

from typing import NamedTuple

import pandas as pd

from astana_kit import rates
from astana_kit.coverage.confounds import confounds, sentences, untold
from astana_kit.coverage.differences import FEWEST, REAL, differences, units_of
from astana_kit.coverage.material import prepare

# No finder knows all the words for a thing in six languages alike. In the kit's marked sentences
# actors are found 100 times in 100, concepts 96 to 99 times, language by language
# (tests/benchmarks/scores.json); other pages are harder, so a fifth is allowed for
TOLERANCE = 0.2


class Coverage(NamedTuple):
    """What each group covers, what differs between them, and what else may be the reason."""

    shares: pd.DataFrame
    differences: pd.DataFrame
    confounds: pd.DataFrame
    copies: pd.DataFrame
    left_out: pd.DataFrame
    notes: list[str]


def compare_languages(  # noqa: PLR0913 - two tables, and four things to ask of them
    things: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    unit: str = "passage",
    by: str = "language",
    within: str | None = None,
    tolerance: float = TOLERANCE,
) -> Coverage:
    """Share of each group's passages that have a thing, each difference with its interval and q.

    Parameters
    ----------
    things : mentions, concept hits or topic assignments: doc_id, passage and one of actor_id,
        concept_id, topic; or words (term), of one language only.
    passages : the passages that were searched, from ``split_passages``. Pages that repeat an
        earlier page of their group are left out (``near_duplicates``, where there is a text).
    unit : "passage", or "document": whether a thing stands in the page at all.
    by : column of `passages` that parts them: "language", "outlet".
    within : column of `passages` ("round"): two groups are compared on the values that both
        cover, weighted so that both have the same mix of them.
    tolerance : share of what is found in one group that a finder may miss in another. A
        difference is called real only where its interval lies beyond that: where the smaller
        share is surely below 1 − tolerance of the larger. 0 trusts the finder.

    Returns
    -------
    shares : one row per thing and group, as ``count_actors`` gives them (``schema.RATES``).
    differences : one row per thing and pair of groups (``schema.DIFFERENCES``), the surest first:
        share_a, share_b (within: weighted), how far a is above b in percentage points with a 95 %
        interval, p, and q over all comparisons of the call; real is what has q < 0.05. Passages of
        one document repeat each other, so the variance is that from document to document
        (``intervals.compare``, on the intervals of the shares). What lies within the tolerance has
        q = 1. Where a group has fewer than 10 documents, or a thing stands in fewer than 3 of
        both, p and q are missing and `note` says why.
    confounds : one row per group (``schema.CONFOUNDS``): what else may make the difference.
    copies : the pages left out because they repeat another (``schema.COPIES``).
    left_out : one row per group and reason (``schema.LEFT_OUT``): copies, passages without a
        group, values of `within` that only one of two groups covers.
    notes : what must be said beside the result: a sentence for each kind of trouble, with a count
        and the worst case; the whole is `confounds`.

    Raises
    ------
    ValueError : a column is missing, a thing was found outside of `passages`, words of several
        languages are to be compared, or `tolerance` is no share.

    Examples
    --------
    >>> passages = pd.DataFrame({"doc_id": [f"{n:02}" for n in range(24)], "passage": 0,
    ...     "kind": "body", "language": ["kk"] * 12 + ["ru"] * 12})
    >>> hits = passages.loc[[*range(11), 12, 13]].assign(concept_id="ceasefire")
    >>> coverage = compare_languages(hits, passages)
    >>> coverage.differences[["thing", "a", "b", "n_a", "n_b", "difference", "q"]].round(3)
           thing   a   b  n_a  n_b  difference      q
    0  ceasefire  kk  ru   11    2        75.0  0.008
    >>> print(coverage.notes[0])
    kk, ru: outlet and language cannot be told apart.
    """
    if not 0 <= tolerance < 1:
        raise ValueError(f"tolerance: {tolerance} does not lie between 0 and 1; a fifth is 0.2.")
    material = prepare(things, passages, by, within)
    units = units_of(material, unit=unit, by=by, within=within)
    shares = rates.shares_of(rates.tallied(material.found, material.passages, by))
    beside = confounds(material, by)
    compared, uncovered = differences(units, within=within, tolerance=tolerance)
    said = [*sentences(beside, by), *_said(compared, beside, by, tolerance)]
    return Coverage(
        shares[shares["measure"] == f"share_of_{unit}s"].reset_index(drop=True),
        _with_confounds(compared, untold(beside, by)),
        beside,
        material.copies,
        pd.concat([material.left_out, uncovered], ignore_index=True),
        said,
    )


def _with_confounds(compared: pd.DataFrame, untold: dict[object, str]) -> pd.DataFrame:
    """`compared` with what cannot be told apart in the note of every difference."""
    notes = [
        "; ".join(filter(None, [note, untold.get(a), untold.get(b)]))
        for note, a, b in compared[["note", "a", "b"]].itertuples(index=False)
    ]
    return compared.assign(note=pd.Series(notes, index=compared.index, dtype="str"))


def _said(compared: pd.DataFrame, beside: pd.DataFrame, by: str, tolerance: float) -> list[str]:
    """How many differences are real, by what measure, and who was too small for any."""
    small = beside[beside["documents"] < FEWEST]
    said = [
        f"Fewer than {FEWEST} documents, too few for a difference: {len(small)} of {len(beside)} "
        f"{by}s ({row.group} has {row.documents})."
        for row in small.nsmallest(1, "documents").itertuples()
    ]
    if len(beside) < 2:
        return [*said, "One group only: there is nothing to compare it with."]
    tested = int(compared["q"].notna().sum())
    if not tested:
        return [*said, "No difference was tested, so none is called real."]
    real = int((compared["q"] < REAL).sum())
    missed = f"beyond the {tolerance:.0%} that a finder may miss" if tolerance else "of any size"
    return [*said, f"{real} of {tested} differences tested are real (q < {REAL}, {missed})."]
