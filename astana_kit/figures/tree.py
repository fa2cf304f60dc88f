"""The dendrogram of a small corpus: which passages are alike, before anything is cut."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from astana_kit.figures.look import finish, label, leads
from astana_kit.figures.topics import PASSAGE, add_form, symbol, topic_colour, topic_name
from astana_kit.schema import ASSIGNMENTS, TOPICS, require
from astana_kit.text.script import isolate

Line = tuple[list[float | None], list[float | None]]


class End(NamedTuple):
    """Where a branch ends: place from the top, height, and its topic, None of several."""

    place: float
    height: float
    topic: int | None


class Join(NamedTuple):
    """Two branches and what they become."""

    one: End
    two: End
    end: End


def passage_tree(
    tree: pd.DataFrame, assignments: pd.DataFrame, topics: pd.DataFrame, *, title: str
) -> go.Figure:
    """Dendrogram of passages: the further left two branches join, the more alike they are.

    Parameters
    ----------
    tree : from ``cluster_topics``; of a large corpus it has no rows, and no leaf is drawn.
    assignments : one row a passage; leaf i is the ith that has a topic.
    topics : one row a topic, with its label.
    title : the question that the figure answers.
    """
    require(assignments, ASSIGNMENTS)
    require(topics, TOPICS)
    tips = _leaves(tree, assignments)
    joins, leaves = _joins(tree, tips), tips.sort_values("place")
    names = dict(zip(topics["topic"], topics["label"], strict=True))
    figure = go.Figure()
    for topic, (x, y) in _brackets(joins).items():
        line = {"color": topic_colour(topic), "width": 1.5}
        figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    for code, rows in leaves.groupby("language", observed=True):
        add_form(figure, str(code))
        figure.add_trace(_tips(rows, str(code)))
    for topic, end in _branches(joins):
        figure.add_annotation(x=end.height, y=end.place, **_name(topic, names[topic]))
    _axes(figure, tree, leaves)
    return finish(
        figure,
        title=title,
        height=180 + 16 * len(leaves) if len(tree) else 60,
        alt=f"{len(leaves)} passages joined into a tree, which is cut into {len(names)} topics; "
        "from the top: "
        + ", ".join(topic_name(topic, names[topic]) for topic in leaves["topic"].drop_duplicates()),
        table=leaves[["doc_id", "passage", "language", "topic", "joined"]].round(3),
        evidence=PASSAGE,
        note="A tip is a passage: page, number on the page, language. Its colour is its topic, "
        "whose name stands where its branch ends; grey branches join several topics."
        if len(tree)
        else "The corpus is too large for a tree that can be read.",
    )


def _axes(figure: go.Figure, tree: pd.DataFrame, leaves: pd.DataFrame) -> None:
    """Distance along x, the passages by name along y; nothing of a tree without leaves."""
    widest = round(float(tree["height"].max()), 2) if len(tree) else 1.0
    figure.update_xaxes(
        title="distance at which they join",
        range=[-0.03 * widest, 1.03 * widest],
        zeroline=False,
        visible=len(leaves) > 0,
    )
    figure.update_yaxes(
        tickvals=leaves["place"].tolist(),
        ticktext=[
            isolate(f"{row.doc_id} · {row.passage} · {row.language}") for row in leaves.itertuples()
        ],
        tickfont={"size": 11},
        range=[len(leaves) - 0.3, -0.7],
        showgrid=False,
        zeroline=False,
    )


def _leaves(tree: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Passages that the tree joins: place from the top, and height at which each is joined."""
    leaves = assignments[assignments["topic"].notna()].reset_index(drop=True)
    leaves = leaves.head(len(tree) + 1 if len(tree) else 0)
    joined = np.zeros(len(leaves))
    for a, b, at in tree[["a", "b", "height"]].itertuples(index=False):
        for leaf in (a, b):
            if leaf < len(leaves):
                joined[leaf] = at
    topic = leaves["topic"].astype("int64")
    return leaves.assign(topic=topic, place=np.argsort(_order(tree)), joined=joined)


def _order(tree: pd.DataFrame) -> list[int]:
    """Leaves from the top, so that no two branches cross."""
    leaves, pairs = len(tree) + 1, tree[["a", "b"]].to_numpy()
    waiting, order = [2 * len(tree)] if len(tree) else [], []
    while waiting:
        node = int(waiting.pop())
        if node < leaves:
            order.append(node)
        else:
            waiting += pairs[node - leaves][::-1].tolist()
    return order


def _joins(tree: pd.DataFrame, leaves: pd.DataFrame) -> list[Join]:
    """Every joining of two branches, the lowest first."""
    ends = [
        End(float(place), 0.0, int(topic))
        for place, topic in zip(leaves["place"], leaves["topic"], strict=True)
    ]
    joins = []
    for a, b, at in tree[["a", "b", "height"]].itertuples(index=False):
        one, two = ends[a], ends[b]
        topic = one.topic if one.topic == two.topic else None
        joins.append(Join(one, two, End((one.place + two.place) / 2, round(at, 3), topic)))
        ends.append(joins[-1].end)
    return joins


def _brackets(joins: list[Join]) -> dict[int | None, Line]:
    """X and y of the brackets of each topic; of those that join several under None."""
    lines: dict[int | None, Line] = {}
    for one, two, end in joins:
        x, y = lines.setdefault(end.topic, ([], []))
        x += [one.height, end.height, end.height, two.height, None]
        y += [one.place, one.place, two.place, two.place, None]
    return lines


def _branches(joins: list[Join]) -> Iterator[tuple[int, End]]:
    """Where the branch of each topic ends."""
    for one, two, end in joins:
        if end.topic is None:
            yield from ((side.topic, side) for side in (one, two) if side.topic is not None)


def _name(topic: int, words: str) -> dict[str, object]:
    """Look of the name of a topic, over the line that leads away from its branch."""
    return {
        "text": label(topic_name(topic, words), 18),
        "align": "left",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": 4,
        "font": {"size": 11},
    }


def _tips(rows: pd.DataFrame, code: str) -> go.Scatter:
    """The passages of one language at the tips of the tree."""
    columns = rows["doc_id"], rows["passage"], rows["topic"]
    return go.Scatter(
        x=[0] * len(rows),
        y=rows["place"],
        mode="markers",
        marker={
            "symbol": symbol(code),
            "size": 9,
            "color": [topic_colour(topic) for topic in rows["topic"]],
        },
        customdata=[
            (isolate(f"{doc_id} · {passage}"), topic)
            for doc_id, passage, topic in zip(*columns, strict=True)
        ],
        meta=leads(rows, PASSAGE),
        hovertemplate="%{customdata[0]}, topic %{customdata[1]}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )
