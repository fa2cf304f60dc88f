"""What a notebook was run with: versions, curated tables, parameters, sizes of its tables."""

import platform
from collections.abc import Hashable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from astana_kit import tables

# What a number may depend on
PACKAGES = ("astana-kit", "numpy", "pandas", "scipy", "scikit-learn", "plotly", "simplemma")
PACKAGES_OF_RUSSIAN = ("pymorphy3", "pymorphy3-dicts-ru")
SESSION = "application/vnd.astana.session+json"  # what the index of a site says of a corpus


class Session(pd.DataFrame):
    """What a notebook was run with; its ``attrs`` tell a site what the corpus covers.

    A class, because only a frame's class decides what a notebook keeps of it.
    """

    @property
    def _constructor(self) -> type["Session"]:
        return Session

    def _repr_mimebundle_(self, **_choice: object) -> dict[str, Any]:
        """The corpus and its days as data, beside the table that a notebook shows."""
        return {SESSION: self.attrs}


def session(**things: object) -> Session:
    """What a reader needs to get the same numbers again: the last cell of a notebook.

    Parameters
    ----------
    things : by name, what the notebook worked with: parameters, seeds, and its tables; of a table
        the number of rows is given, of passages those of each kind. `corpus` is where the pages
        came from, None for the seeds; documents, or else passages, tell the index of a site which
        languages and days they cover.

    Returns
    -------
    One row per thing: what, value (text).

    Examples
    --------
    >>> session(corpus=None, seed=0).tail(2).values.tolist()
    [['corpus', 'the seeds'], ['seed', '0']]
    """
    if "corpus" in things and things["corpus"] is None:
        things["corpus"] = "the seeds"
    rows = {
        "Python": platform.python_version(),
        **{name: metadata.version(name) for name in (*PACKAGES, *PACKAGES_OF_RUSSIAN)},
        "curated tables": tables.fingerprint(),
        **{name: _said(value) for name, value in things.items()},
    }
    said = Session({"what": list(rows), "value": list(rows.values())}, dtype="str")
    said.attrs = _covers(things)
    return said


def _said(value: object) -> str:
    """A value as it is written; of a table its size."""
    if not isinstance(value, pd.DataFrame):
        return str(value)
    if "kind" not in value.columns:
        return f"{len(value):,} row" + "s" * (len(value) != 1)
    counts = value["kind"].value_counts(sort=False)
    return f"{len(value):,} rows: " + ", ".join(f"{n:,} {kind}" for kind, n in counts.items())


def _covers(things: Mapping[str, object]) -> dict[Hashable | None, Any]:
    """The corpus by name; pages, languages and days of the first table that has them.

    >>> pages = pd.DataFrame({"doc_id": ["a", "b"], "language": ["kk", "fa"],
    ...     "published": pd.to_datetime(["2024-11-12", None])})
    >>> _covers({"corpus": "my/pages.zip", "documents": pages})
    {'corpus': 'pages.zip', 'pages': 2, 'languages': ['fa', 'kk'],
     'first': '2024-11-12', 'last': '2024-11-12', 'undated': 1}
    """
    corpus = things.get("corpus")
    named: dict[Hashable | None, Any] = {} if corpus is None else {"corpus": Path(str(corpus)).name}
    columns = ["doc_id", "language", "published"]
    for table in things.values():
        if isinstance(table, pd.DataFrame) and {*columns} <= {*table.columns} and len(table):
            pages = table[columns].drop_duplicates("doc_id")
            dated = pd.to_datetime(pages["published"], errors="coerce").dropna()
            days = dated.dt.strftime("%Y-%m-%d")
            return named | {
                "pages": len(pages),
                "languages": sorted(pages["language"].dropna().astype(str).unique()),
                "first": None if days.empty else days.min(),
                "last": None if days.empty else days.max(),
                "undated": len(pages) - len(days),
            }
    return named
