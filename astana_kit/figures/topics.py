"""The map of topics: which passages speak of the same, in whatever language."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from astana_kit.figures.look import finish, label, language_name, leads
from astana_kit.schema import ASSIGNMENTS, TOPICS, require
from astana_kit.text.script import isolate

# A topic has one colour everywhere. Nine colours, apart from each other by 18 (CIE 1976) to those
# who see no red, no green or no blue too (Machado et al. 2009); Okabe and Ito's are by 16. The
# tenth topic has the first's colour, and its own number; languages are forms here, not colours.
TOPIC_COLOUR = (
    "#5A4FCF",
    "#EE6677",
    "#33BBEE",
    "#117733",
    "#AAAA00",
    "#AA3377",
    "#997700",
    "#CC79A7",
    "#8C6BB1",
)
NO_TOPIC = "#7F7F7F"
LANGUAGE_SYMBOL = {
    "ru": "circle",
    "ar": "square",
    "kk": "diamond",
    "en": "triangle-up",
    "tr": "cross",
    "fa": "x",
    "und": "star",
}
FIRST_WORDS = 60  # characters of a passage under the pointer
PASSAGE = {"doc_id": "doc_id", "passage": "passage"}  # what the line of a passage has


def topic_colour(topic: int | None) -> str:
    """The one colour of a topic in every figure; grey of none."""
    return NO_TOPIC if topic is None else TOPIC_COLOUR[(topic - 1) % len(TOPIC_COLOUR)]


def topic_name(topic: int, words: str, parts: int = 1) -> str:
    """Number of a topic and the first parts of its label.

    >>> topic_name(3, "Idlib, ceasefire, war", 2)
    '3 · Idlib, ceasefire'
    """
    return f"{topic} · {', '.join(words.split(', ')[:parts])}"


def topic_map(passages: pd.DataFrame, topics: pd.DataFrame, *, title: str) -> go.Figure:
    """Each passage as a mark, near those of like topics: its colour a topic, its form a language.

    Parameters
    ----------
    passages : from ``topic_passages``; those without a topic stand hollow in a row below.
    topics : one row a topic, with its label.
    title : the question that the figure answers.
    """
    require(passages, ASSIGNMENTS, "x", "y", "text")
    require(topics, TOPICS)
    drawn = _with_a_place(passages)
    figure = go.Figure()
    for code, rows in drawn.groupby("language", observed=True):
        add_form(figure, str(code))
        figure.add_trace(_marks(rows, str(code)))
    names = topics.set_index("topic")["label"]
    for topic, (x, y) in _free_places(drawn).items():
        figure.add_scatter(**_patch(topic, names[topic]))
        figure.add_annotation(x=x, y=y, **_number(topic))
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    left = int(drawn["topic"].isna().sum())
    sizes = topics[["topic", "label", "passages"]]
    return finish(
        figure,
        title=title,
        height=560 + 20 * len(topics),
        alt=f"{len(drawn)} passages, {left} of them without a topic; by topic: "
        + "; ".join(
            f"{topic_name(topic, words)}, {n}"
            for topic, words, n in sizes.head(9).to_numpy().tolist()
        ),
        table=drawn[["doc_id", "passage", "language", "topic"]],
        evidence=PASSAGE,
        note="Only nearness is meant, not the axes: two directions out of many, in which likeness "
        "to the topics differs most. A number stands near the middle of its topic."
        + (f" {left} without a topic stand hollow, below." if left else ""),
    )


def add_form(figure: go.Figure, code: str) -> None:
    """The form of a language in the legend: grey, because colours are topics."""
    figure.add_scatter(
        name=language_name(code),
        x=[None],
        y=[None],
        mode="markers",
        marker={"symbol": symbol(code), "size": 10, "color": NO_TOPIC},
        hoverinfo="skip",
    )


def symbol(code: str) -> str:
    """The one form of a language in figures whose colours are topics."""
    return LANGUAGE_SYMBOL.get(code, LANGUAGE_SYMBOL["und"])


def _with_a_place(passages: pd.DataFrame) -> pd.DataFrame:
    """`passages`, those without a place side by side below all others."""
    left = passages["topic"].isna()
    if not left.any():
        return passages
    low, high = passages["x"].min(), passages["x"].max()
    across = np.linspace(low, high, int(left.sum()) + 2)[1:-1]
    below = passages["y"].min() - 0.12 * _span(passages["y"])
    return pd.concat([passages[~left], passages[left].assign(x=across, y=below)])


def _span(values: pd.Series) -> float:
    return float(values.max() - values.min()) or 1.0


def _marks(rows: pd.DataFrame, code: str) -> go.Scatter:
    """The passages of one language on the map; the first words of each under the pointer."""
    topics = [None if pd.isna(topic) else int(topic) for topic in rows["topic"]]
    said = [
        (
            _first_words(str(row.text)),
            isolate(f"{row.doc_id} · {row.passage}"),
            "no topic" if topic is None else f"topic {topic}",
        )
        for row, topic in zip(rows.itertuples(), topics, strict=True)
    ]
    return go.Scatter(
        x=rows["x"],
        y=rows["y"],
        mode="markers",
        marker={
            "symbol": [symbol(code) + "-open" * (topic is None) for topic in topics],
            "size": 11,
            "color": [topic_colour(topic) for topic in topics],
            "opacity": 0.85,
        },
        customdata=said,
        meta=leads(rows, PASSAGE),
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}, %{customdata[2]}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _first_words(text: str) -> str:
    """Beginning of a passage in lines, each in its own direction."""
    short = text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rpartition(" ")[0] + " …"
    return label(short, 32)


def _free_places(drawn: pd.DataFrame) -> dict[int, tuple[float, float]]:
    """Near the middle of each topic, a place for its number that no mark and no number takes."""
    assigned = drawn.dropna(subset="topic")
    spans = np.array([_span(assigned["x"]), _span(assigned["y"])])
    marks = assigned[["x", "y"]].to_numpy() / spans
    topic = assigned["topic"].to_numpy(dtype="int64")
    ring = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    around = np.array([(r * np.cos(a), r * np.sin(a)) for r in (0, 0.03, 0.06, 0.09) for a in ring])
    taken, places = marks, {}
    for number in np.unique(topic):
        tried = marks[topic == number].mean(axis=0) + around
        free = np.linalg.norm(tried[:, None] - taken[None], axis=2).min(axis=1)
        best = tried[np.argmax(np.minimum(free, 0.06) - 0.2 * np.linalg.norm(around, axis=1))]
        taken = np.vstack([taken, best])
        x, y = (best * spans).round(3).tolist()
        places[int(number)] = x, y
    return places


def _number(topic: int) -> dict[str, object]:
    """Look of the number of a topic on the map: framed in its colour."""
    return {
        "text": f"<b>{topic}</b>",
        "showarrow": False,
        "bordercolor": topic_colour(topic),
        "borderwidth": 2,
        "borderpad": 2,
        "font": {"size": 13},
    }


def _patch(topic: int, words: str) -> dict[str, object]:
    """A topic in the legend, by its name."""
    return {
        "name": isolate(topic_name(topic, words)),
        "x": [None],
        "y": [None],
        "mode": "lines",
        "line": {"color": topic_colour(topic), "width": 6},
        "hoverinfo": "skip",
    }
