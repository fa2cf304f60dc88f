"""Who speaks of what: topics × languages, topics × rounds."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from astana_kit.figures.look import (
    LANGUAGE_NAME,
    SCALE,
    SCALE_BAR,
    cell_grid,
    finish,
    label,
    name_headings,
)
from astana_kit.figures.topics import topic_name
from astana_kit.schema import RATES, TOPICS, require
from astana_kit.text.script import isolate

WIDTH = 22  # characters of a name: more leave the cells no room on a phone
ROOM = 4  # groups up to which a cell, on a phone, holds its share too
SHARE_BAR = {
    **SCALE_BAR,
    "title": {**SCALE_BAR["title"], "text": "share of passages"},
    "tickvals": [0, 0.5, 1],
    "tickformat": ".0%",
}
SHOWN = "topic group n of rate low high documents of_documents interval _group"


def topics_by_group(
    rates: pd.DataFrame, topics: pd.DataFrame, *, title: str, group: str = "language"
) -> go.Figure:
    """Share of each group's passages that each topic takes: a cell a pair, n in it.

    Parameters
    ----------
    rates : from ``rates.shares`` with topics as things; only its shares of passages are drawn.
    topics : one row a topic, with its label.
    title : the question that the figure answers.
    group : what the groups are: column of the lines that a cell leads to, beside `topic`.
    """
    require(rates, RATES)
    require(topics, TOPICS)
    cells = _with_unassigned(rates[rates["measure"] == "share_of_passages"].round(3), group)
    found = cells[cells["n"] > 0].rename(columns={"thing": "topic"})
    largest = found.sort_values("n", ascending=False, kind="stable").head(3)
    largest = largest[["n", "of", "group", "topic"]].astype(object)
    groups = cells["group"].nunique()
    return finish(
        _grid(cells, topics.set_index("topic")["label"], group),
        title=title,
        height=240 + 54 * cells["thing"].nunique(dropna=False),
        alt=f"{len(topics)} topics in {groups} groups by {group}; most passages: "
        + "; ".join(
            f"{n} of {of} in {name} "
            + ("without a topic" if pd.isna(topic) else f"of topic {topic}")
            for n, of, name, topic in largest.to_numpy().tolist()
        ),
        table=found[SHOWN.split()],
        evidence={"topic": "topic", group: "_group"},
        note="In each cell the passages of the topic, its colour their share of the group’s; under "
        "each group its passages, and its pages. A column holds all passages of its group.",
    )


def _grid(cells: pd.DataFrame, names: pd.Series, group: str) -> go.Figure:
    """Topics × groups, each group with its passages and pages above."""
    groups = cells.drop_duplicates("group")
    numbers = cells["thing"].drop_duplicates().tolist()
    heads = _heads(groups)
    ticks = [
        "no topic" if pd.isna(n) else label(topic_name(n, names[n], 2), WIDTH) for n in numbers
    ]
    shape = (len(ticks), len(heads))
    share, count = (
        pd.DataFrame(values.to_numpy(dtype=float).reshape(shape), ticks, heads)
        for values in (cells["rate"], cells["n"])
    )
    figure = cell_grid(
        share.where(share > 0),
        count.astype(int).astype(str).replace("0", ""),
        rows={"topic": numbers},
        columns={group: groups["_group"]},
        colorscale=SCALE,
        zmin=0,
        zmax=1,
        colorbar=SHARE_BAR,
        hovertemplate="%{y}, %{x}: %{text} passages, %{z:.0%}<extra></extra>",
    )
    if len(heads) <= ROOM:
        figure.update_traces(texttemplate="%{text}<br>%{z:.0%}", textfont={"size": 11})
    figure.update_xaxes(side="top", tickangle=0, tickfont={"size": 12})
    name_headings(figure, f"{isolate(group)}<br>passages<br>pages ", font={"size": 12})
    return figure.update_layout(margin={"t": 110})


def _heads(groups: pd.DataFrame) -> list[str]:
    """Each group with its passages and its pages, by its code where there are many."""
    # six languages by name run into each other on a phone
    called = (
        groups["group"] if len(groups) <= ROOM else groups["_group"].astype(object).fillna("none")
    )
    sizes = zip(called, groups["of"], groups["of_documents"], strict=True)
    return [f"{isolate(str(name))}<br>{of}<br>{pages}" for name, of, pages in sizes]


def _with_unassigned(cells: pd.DataFrame, group: str) -> pd.DataFrame:
    """`cells` by topic, and a row of each group for what no topic takes, where there is any.

    `_group` is the group as the lines have it, `group` as it is shown.
    """
    ordered = cells.sort_values("thing", kind="stable").astype({"thing": "Int64"})
    left = ordered.drop_duplicates("group").assign(low=np.nan, high=np.nan)
    taken = ordered.groupby("group", dropna=False, sort=False)["n"].sum().to_numpy()
    left = left.assign(n=left["of"] - taken, rate=(1 - taken / left["of"]).round(3))
    left[["thing", "documents"]] = pd.NA
    both = pd.concat([ordered, left.astype({"thing": "Int64"})]) if left["n"].any() else ordered
    shown = [_group_name(value, group) for value in both["group"]]
    return both.assign(_group=both["group"], group=shown)


def _group_name(value: Any, group: str) -> str:  # noqa: ANN401 (any cell of a frame)
    if pd.isna(value):
        return "none"
    return LANGUAGE_NAME.get(value, str(value)) if group == "language" else str(value)
