"""What differs between groups besides what they are grouped by, as a table and in sentences."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from astana_kit import tables
from astana_kit.coverage.material import Material
from astana_kit.schema import CONFOUNDS

NO_OUTLET = ("", "-")
APART = "outlet and {by} cannot be told apart"
LONGER = 1.5  # times: a passage half as long again has clearly more room for a name


def confounds(material: Material, by: str) -> pd.DataFrame:
    """One row per group (``schema.CONFOUNDS``): its outlets, days, lengths, copies.

    What passages have no column for is missing.

    >>> passages = pd.DataFrame({"doc_id": ["a"], "passage": [0], "kind": "body",
    ...     "language": ["ar"], "outlet": ["الأمصار"]})
    >>> found = pd.DataFrame({"doc_id": ["a"], "passage": [0], "actor_id": "iran"})
    >>> from astana_kit.coverage.material import prepare
    >>> table = confounds(prepare(found, passages, "language"), "language")
    >>> table[["group", "documents", "countries", "one_outlet"]].to_numpy().tolist()
    [['ar', 1, 'IRQ', True]]
    """
    passages = _described(material, by)
    of_group = passages.groupby("group", observed=True, sort=True)
    documents = passages.drop_duplicates(["doc_id", "group"])
    of_documents = documents.groupby("group", observed=True, sort=True)
    copied = material.left_out[material.left_out["what"] == "copy"].groupby("group").size()
    table = pd.DataFrame(
        {
            "documents": of_documents.size(),
            "passages": of_group.size(),
            "outlets": of_documents["outlet"].agg(_joined),
            "countries": of_documents["country"].agg(_joined),
            "kinds": of_documents["kind"].agg(_joined),
            "languages": of_documents["language"].agg(_joined),
            "one_outlet": of_documents["outlet"].agg(_is_one),
            "first": of_documents["published"].min(),
            "last": of_documents["published"].max(),
            "undated": documents["published"].isna().groupby(documents["group"]).sum(),
            "characters": of_group["characters"].median(),
            "with_a_thing": of_group["has"].mean(),
        }
    ).rename_axis("group")
    table["copies"] = copied.reindex(table.index, fill_value=0)
    return table.reset_index()[list(CONFOUNDS.columns)]


def untold(table: pd.DataFrame, by: str) -> dict[object, str]:
    """Groups that cannot be told apart from their one outlet (of `by` outlet: one language).

    >>> untold(pd.DataFrame({"group": ["kk"], "outlets": ["Азаттық"], "one_outlet": True}),
    ...     "language")
    {'kk': 'kk: outlet and language cannot be told apart (one outlet, Азаттық)'}
    """
    if by == "outlet":
        several = len(set(table["languages"])) > 1
        return {
            row.group: f"{row.group}: {APART.format(by='language')} ({row.languages})"
            for row in _rows(table)
            if several and row.languages and ", " not in row.languages
        }
    return {
        row.group: f"{row.group}: {APART.format(by=by)} "
        + (f"(one outlet, {row.outlets})" if row.outlets else "(no outlet is known)")
        for row in _rows(table)
        if row.one_outlet or not row.outlets
    }


def sentences(table: pd.DataFrame, by: str) -> list[str]:
    """What must be said beside every comparison of these groups: how many, and the worst case.

    One sentence for each kind of trouble, however many groups there are; all of it is `table`.

    >>> days = pd.to_datetime(["2018-01-01", "2018-02-01", "2017-05-01", "2017-06-01"])
    >>> table = pd.DataFrame({"group": ["ar", "kk"], "outlets": ["x, y", "z"], "documents": 9,
    ...     "one_outlet": [False, True], "first": days[::2], "last": days[1::2],
    ...     "undated": [1, 2], "characters": [90.0, 100.0], "copies": [0, 1]})
    >>> for sentence in sentences(table, "language"):
    ...     print(sentence)
    kk: outlet and language cannot be told apart.
    Without a day: 3 documents, most in kk (2).
    Left out as copies: 1 document, in kk.
    Time and language cannot be told apart, no day in common: ar and kk.
    """
    alone = ", ".join(map(str, untold(table, by)))
    return [
        *([f"{alone}: {APART.format(by='language' if by == 'outlet' else by)}."] if alone else []),
        *_documents("Without a day", table.set_index("group")["undated"]),
        *_documents("Left out as copies", table.set_index("group")["copies"]),
        *_days(_rows(table), by),
        *_lengths(table),
    ]


def _documents(what: str, of_groups: pd.Series) -> Iterator[str]:
    """How many documents of all groups, and of the group that has most of them."""
    concerned = of_groups[of_groups > 0]
    for group, most in concerned.nlargest(1).items():
        n = int(concerned.sum())
        where = f"most in {group} ({most})" if len(concerned) > 1 else f"in {group}"
        yield f"{what}: {n} document{'s' * (n > 1)}, {where}."


def _days(rows: list[Any], by: str) -> Iterator[str]:
    apart = {
        f"{a.group} and {b.group}": gap
        for a, b in combinations(rows, 2)
        if (gap := max(a.first - b.last, b.first - a.last)) > pd.Timedelta(0)
    }
    if apart and by != "round":  # rounds are times
        more = f", and {len(apart) - 1} pairs more" if len(apart) > 1 else ""
        widest = max(apart, key=lambda pair: apart[pair])
        yield f"Time and {by} cannot be told apart, no day in common: {widest}{more}."


def _lengths(table: pd.DataFrame) -> Iterator[str]:
    known = table.dropna(subset=["characters"]).sort_values("characters", kind="stable")
    for short, long in [(known.iloc[0], known.iloc[-1])] if len(known) > 1 else []:
        if long["characters"] >= LONGER * short["characters"]:
            times = f"{long['characters'] / short['characters']:.1f} times"
            yield f"Passages of {long['group']} are {times} as long as those of {short['group']}."


def _described(material: Material, by: str) -> pd.DataFrame:
    """Each passage with its group and what may differ beside it; missing where no column says."""
    passages = material.passages.reindex(
        columns=[*material.passages.columns.union(["outlet", "language", "published"])]
    )
    outlet = passages["outlet"].astype("str").mask(passages["outlet"].isin(NO_OUTLET))
    known = tables.outlets().set_index("outlet")
    return pd.DataFrame(
        {
            "group": passages[by],
            "doc_id": passages["doc_id"],
            "outlet": outlet,
            "country": outlet.map(known["country"]).replace("", None),
            "kind": outlet.map(known["kind"]).replace("", None),
            "language": passages["language"],
            "published": pd.to_datetime(passages["published"]),
            "characters": material.characters,
            "has": passages.index.isin(material.found["row"]),
        }
    )


def _joined(values: pd.Series) -> str:
    return ", ".join(sorted(map(str, values.dropna().unique())))


def _is_one(outlets: pd.Series) -> bool:
    """Whether every page is of one and the same outlet that is known."""
    return bool(outlets.notna().all()) and len(set(outlets)) == 1


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())
