"""What a notebook was run with: versions, curated tables, parameters, sizes of its tables."""

import platform
from importlib import metadata

import pandas as pd

from astana_kit import tables

# What a number may depend on
PACKAGES = ("astana-kit", "numpy", "pandas", "scipy", "scikit-learn", "plotly", "simplemma")
PACKAGES_OF_RUSSIAN = ("pymorphy3", "pymorphy3-dicts-ru")


def session(**things: object) -> pd.DataFrame:
    """What a reader needs to get the same numbers again: the last cell of a notebook.

    Parameters
    ----------
    things : by name, what the notebook worked with: parameters, seeds, and its tables; of a table
        the number of rows is given, of passages those of each kind.

    Returns
    -------
    One row per thing: what, value (text).

    Examples
    --------
    >>> session(seed=0).tail(1).values.tolist()
    [['seed', '0']]
    """
    rows = {
        "Python": platform.python_version(),
        **{name: metadata.version(name) for name in (*PACKAGES, *PACKAGES_OF_RUSSIAN)},
        "curated tables": tables.fingerprint(),
        **{name: _said(value) for name, value in things.items()},
    }
    return pd.DataFrame({"what": list(rows), "value": list(rows.values())}, dtype="str")


def _said(value: object) -> str:
    """A value as it is written; of a table its size."""
    if not isinstance(value, pd.DataFrame):
        return str(value)
    if "kind" not in value.columns:
        return f"{len(value):,} row" + "s" * (len(value) != 1)
    counts = value["kind"].value_counts(sort=False)
    return f"{len(value):,} rows: " + ", ".join(f"{n:,} {kind}" for kind, n in counts.items())
