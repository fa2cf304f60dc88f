"""What two groups both cover, weighted so that both have the same mix of it."""

from typing import Any

import pandas as pd

from astana_kit.schema import LEFT_OUT


def weights(a: pd.DataFrame, b: pd.DataFrame) -> pd.Series:
    """Weight of each part that both groups have, as a common number of rows.

    Mantel and Haenszel's (1959), n_a · n_b / (n_a + n_b): the mix in which a difference that is
    the same in every part is told most surely. `a` and `b` have one row per passage or document,
    with its `part`; rows without one belong to no part.

    >>> first = pd.DataFrame({"part": [1, 1, 2, 2, 2, 2]})
    >>> weights(first, pd.DataFrame({"part": [2, 2, 2, 2, 3]})).to_dict()
    {2: 2.0}
    """
    n_a, n_b = a["part"].value_counts(), b["part"].value_counts()
    both = n_a.index.intersection(n_b.index)
    return (n_a[both] * n_b[both] / (n_a[both] + n_b[both])).sort_index()


def weighted(rows: pd.DataFrame, common: pd.Series) -> pd.Series:
    """How often each row counts so that its group has the `common` mix; rows of no part are gone.

    A row counts once on average.

    >>> rows = pd.DataFrame({"part": [1, 2, 2, 2, 3]})
    >>> weighted(rows, pd.Series({1: 2.0, 2: 2.0})).to_dict()
    {0: 2.0, 1: 0.6666666666666666, 2: 0.6666666666666666, 3: 0.6666666666666666}
    """
    inside = rows.loc[rows["part"].isin(common.index), "part"]
    times = inside.map(common / common.sum()).astype(float)
    return times * len(inside) / inside.map(inside.value_counts()).astype(float)


def uncovered(
    rows: pd.DataFrame,
    common: pd.Series,
    against: Any,  # noqa: ANN401 - a group may be a word, a round, a month
    within: str,
) -> pd.DataFrame:
    """What of one group the other has not: a row per part (``schema.LEFT_OUT``).

    >>> rows = pd.DataFrame({"doc_id": ["a", "a"], "group": "kk", "part": [1, 2]})
    >>> uncovered(rows, pd.Series({1: 1.0}), "ru", "round")[["what", "value", "reason"]]
        what value       reason
    0  round     2  ru has none
    """
    outside = rows[~rows["part"].isin(common.index)]
    parts = outside.groupby(["group", "part"], dropna=False, observed=True)["doc_id"]
    table = parts.agg(["nunique", "size"]).reset_index()
    known = table["part"].notna()
    return table.assign(
        against=against,
        what=within,
        value=table["part"].astype(object),
        documents=table["nunique"],
        passages=table["size"],
        reason=[f"{against} has none" if is_one else f"{within} is not known" for is_one in known],
    )[list(LEFT_OUT.columns)]
