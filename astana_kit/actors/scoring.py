"""What the judgement of people says of the finding: precision, recall, agreement of coders."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from astana_kit.measures import kappa, wilson
from astana_kit.schema import SCORES, SHEET, require

ANSWERED = SHEET._replace(
    columns=("item", "kind", "language", "weight", "right", "missed", "coder")
)

# What must hold of every row of a filled-in sheet
RULES = (
    (lambda t: t["kind"].isin(["mention", "passage"]), "kind must be mention or passage"),
    (lambda t: t["weight"] > 0, "weight must be a number above 0, as it was drawn"),
    (lambda t: t["right"].isin(["yes", "no", ""]), "right must be yes, no, or empty"),
    (lambda t: (t["right"] == "") | (t["coder"] != ""), "an answer needs its coder"),
    (
        lambda t: (t["kind"] == "passage") | (t["missed"] == ""),
        "missed is asked of passages; of a mention say only whether it is right",
    ),
    (
        lambda t: (t["right"] == "no") | (t["names"] == 0),
        "missed holds a name, so right must be no",
    ),
    (
        lambda t: (t["kind"] != "passage") | (t["right"] != "no") | (t["names"] > 0),
        "right is no, so missed must hold the names that were not found",
    ),
    (
        lambda t: (
            (t["right"] == "")
            | ~t[t["right"] != ""].duplicated(list(SHEET.key)).reindex(t.index, fill_value=False)
        ),
        "this coder has judged this item in an earlier row; keep one",
    ),
)


class Measure(NamedTuple):
    """One measure of one coder, or of two."""

    measure: str
    n: int
    of: int
    value: float
    low: float
    high: float
    unjudged: int


def score_coding(sheet: pd.DataFrame) -> pd.DataFrame:
    """Precision and recall of the finding by a judged sheet, and how far two coders agree.

    Parameters
    ----------
    sheet : from ``coding_sheet``, filled in; of several coders, their sheets under one another
        (``pd.concat``), each row with its coder.

    Returns
    -------
    One row per language ("all" is every one), coder and measure (``schema.SCORES``): n of `of`
    judged, the value with its 95 % interval (Wilson), and how many drawn items are still unjudged.

    - precision: of the mentions judged, the share that is right.
    - recall: of the names that should be found, the share that is: right / (right + missed), right
      from the mentions judged right, missed from the names listed for the passages.
    - agreement, kappa: of the items that two coders judged, the share with one answer, and Cohen's
      kappa; kappa has no interval, and is missing where both gave one answer to everything.

    Values are estimates for the whole corpus: each item counts with its `weight`, those judged
    standing for those of their language and kind that are not; so a value is not n / of. The
    interval is that of a plain sample with the same precision (Kish 1965: the square of the summed
    weights over the sum of their squares).

    Raises
    ------
    ValueError : names the row and what is expected there.

    Examples
    --------
    >>> sheet = pd.DataFrame({
    ...     "item": ["a:0-5", "a:9-13", "a:0-40"], "kind": ["mention", "mention", "passage"],
    ...     "language": "tr", "weight": 1.0, "right": ["yes", "no", "no"],
    ...     "missed": [None, None, "Katar"], "coder": "A"})
    >>> scores = score_coding(sheet)
    >>> scores.loc[scores["language"] == "tr", ["measure", "n", "of", "value"]]
         measure  n  of  value
    0  precision  1   2    0.5
    1     recall  1   2    0.5
    """
    answers = _answers(sheet)
    coders = sorted(answers.loc[answers["right"] != "", "coder"].unique())
    rows = []
    for language in [*sorted(answers["language"].unique()), "all"]:
        part = answers if language == "all" else answers[answers["language"] == language]
        for coder in coders:
            own = part[(part["coder"] == coder) & (part["right"] != "")]
            rows += [(language, coder, *row) for row in _found(own, part)]
        for first, second in combinations(coders, 2):
            rows += [
                (language, f"{first} & {second}", *row) for row in _agreed(part, first, second)
            ]
    return pd.DataFrame(rows, columns=list(SCORES.columns))


def _answers(sheet: pd.DataFrame) -> pd.DataFrame:
    """What the coders wrote, each answer checked, with the number of names in `missed`."""
    require(sheet, ANSWERED)
    words = ["item", "kind", "language", "right", "missed", "coder"]
    # A spreadsheet gives an empty cell back as a missing one, and a coder "1" as a number
    written = sheet[words].astype(object).reset_index(drop=True)
    answers = written.where(written.notna(), "").map(lambda cell: str(cell).strip())
    answers["right"] = answers["right"].str.lower()
    answers["weight"] = pd.to_numeric(sheet["weight"], errors="coerce").to_numpy()
    answers["names"] = answers["missed"].map(_names)
    for rule, expected in RULES:
        wrong = ~rule(answers)
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            at = answers.loc[row].astype(str)
            held = ", ".join(f"{column} {at[column]!r}" for column in ("right", "missed", "coder"))
            raise ValueError(
                f"coding sheet, row {row} ({at['kind']} {at['item']}): {expected}. It holds {held}."
            )
    return answers


def _names(missed: str) -> int:
    """How many names a coder listed; Arabic and Persian write a semicolon of their own."""
    return sum(bool(name.strip()) for name in missed.replace("؛", ";").split(";"))


def _found(own: pd.DataFrame, drawn: pd.DataFrame) -> Iterator[Measure]:
    """Precision and recall by the answers of one coder; `drawn` holds every drawn item."""
    drawn = drawn.drop_duplicates(["item", "kind"])
    strata = ["language", "kind"]
    whole = drawn.groupby(strata)["weight"].sum().rename("whole").reset_index()
    own = own.merge(whole, on=strata)
    judged = own.groupby(strata)["weight"].transform("sum")
    own["weight"] *= own["whole"] / judged
    mentions, passages = own[own["kind"] == "mention"], own[own["kind"] == "passage"]
    right = mentions["right"] == "yes"
    unjudged = (drawn["kind"] == "mention").sum() - len(mentions)
    yield _share("precision", right.to_numpy(), mentions["weight"].to_numpy(), unjudged)
    if len(passages):
        missed = np.repeat(passages["weight"].to_numpy(), passages["names"].to_numpy())
        names = np.concatenate([mentions.loc[right, "weight"].to_numpy(), missed])
        hit = np.arange(len(names)) < right.sum()
        yield _share("recall", hit, names, len(drawn) - len(own))


def _agreed(part: pd.DataFrame, first: str, second: str) -> Iterator[Measure]:
    """Agreement of two coders on the items that both judged."""
    key = ["item", "kind"]
    answered = part[part["right"] != ""]
    a, b = (answered.loc[answered["coder"] == one, [*key, "right"]] for one in (first, second))
    both = a.merge(b, on=key)
    unjudged = len(part.drop_duplicates(key)) - len(both)
    if len(both):
        same = (both["right_x"] == both["right_y"]).to_numpy()
        agreement = _share("agreement", same, np.ones(len(both)), unjudged)
        value = kappa(list(both["right_x"]), list(both["right_y"]))
        yield agreement
        yield agreement._replace(measure="kappa", value=value, low=np.nan, high=np.nan)


def _share(measure: str, hit: np.ndarray, weight: np.ndarray, unjudged: int) -> Measure:
    """The weighted share of `hit`, with its interval; missing where there is nothing."""
    if not len(hit):
        return Measure(measure, 0, 0, np.nan, np.nan, np.nan, unjudged)
    share = min(weight[hit].sum() / weight.sum(), 1.0)
    size = weight.sum() ** 2 / (weight**2).sum()
    low, high = map(float, wilson(share * size, size))
    return Measure(measure, int(hit.sum()), len(hit), share, low, high, unjudged)
