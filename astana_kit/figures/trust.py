"""How far topics can be trusted: the number of them, and what they follow."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from astana_kit.figures.look import GREY, finish, interval, language_name, leads
from astana_kit.schema import CANDIDATES, DIAGNOSTICS, require
from astana_kit.text.script import isolate

ABOVE, WITHIN = "#D55E00", "#0072B2"
COUNTED = {"counted_in": "_counted_in"}  # what the lines of the passages behind a measure have
FOLLOWS = "adjusted mutual information"
PANELS = {
    FOLLOWS: "followed · bar: by chance",
    "stability": "found again · bar: range",
    "coherence": "coherence · bar: of topics",
    "passages with a feature": "with a feature · bar: 95 %",
    "passages with two features": "with two features · bar: 95 %",
}
OF = {"doc_id": "page", "documents": "pages left out", "seeds": "another method"}


def stability_curve(candidates: pd.DataFrame, *, title: str) -> go.Figure:
    """Each number of topics that was tried: how stable and how coherent it is; the one taken.

    Parameters
    ----------
    candidates : from ``cluster_topics``. Filled are those that pass: as stable as the most stable
        one and, of these, as coherent as the most coherent.
    title : the question that the figure answers.
    """
    require(candidates, CANDIDATES)
    rows = candidates.round(3).assign(_counted_in="stability, documents")
    taken = rows[rows["chosen"]].iloc[0]
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.09)
    figure.add_trace(_curve(rows, "stability", rows["score"] >= 1, WITHIN), row=1, col=1)
    figure.add_trace(_curve(rows, "coherence", rows["score"] == 2, ABOVE), row=2, col=1)
    spans = {"stability": ("low", "high"), "coherence": ("coherence_low", "coherence_high")}
    for row, (what, (low, high)) in enumerate(spans.items(), start=1):
        figure.data[row - 1].error_y = interval(rows[what], rows[low], rows[high])
        figure.update_yaxes(title=what, range=_range(rows[low], rows[high]), row=row, col=1)
        line = {"color": "#7F7F7F", "width": 1.5, "dash": "dot"}
        figure.add_vline(x=int(taken["k"]), line=line, layer="below", row=row, col=1)
    figure.update_xaxes(tickvals=rows["k"].tolist(), showgrid=False)
    figure.update_xaxes(title="number of topics", row=2, col=1)
    return finish(
        figure,
        title=title,
        height=430,
        alt=f"{taken['k']} topics taken of {len(rows)} numbers tried: stability "
        f"{taken['stability']:.2f}, coherence {taken['coherence']:.2f}",
        table=rows,
        evidence=COUNTED,
        note="Stability is the agreement with the topics of resamples (1 found again, 0 as by "
        "chance), its line their range; filled: within one standard error of the best. Coherence "
        "is the NPMI of a topic’s leading features (1 always together, −1 never), its line one "
        "standard error; filled: near the best of those filled above. The dotted line is the "
        "number taken.",
    )


def trust(diagnostics: pd.DataFrame, *, title: str) -> go.Figure:
    """What topics follow, how stable and coherent they are, whom they serve: dots and ranges.

    Parameters
    ----------
    diagnostics : from ``cluster_topics``. A dot is the value, the bar behind it the range.
    title : the question that the figure answers.
    """
    require(diagnostics, DIAGNOSTICS)
    told = diagnostics.round(3).assign(_counted_in=diagnostics["what"] + ", " + diagnostics["of"])
    panels = [(str(what), rows) for what, rows in told.groupby("what", sort=False)]
    figure = make_subplots(
        rows=len(panels),
        row_heights=[len(rows) + 0.6 for _, rows in panels],
        vertical_spacing=0.32 / len(panels),
        subplot_titles=[PANELS.get(what, isolate(what)) for what, _ in panels],
    )
    for place, (what, rows) in enumerate(panels, start=1):
        for trace in _dots_and_ranges(rows, what):
            figure.add_trace(trace, row=place, col=1)
        least = -1.05 if what == "coherence" else -0.15
        figure.update_xaxes(range=[least, 1.05], row=place, col=1)
    figure.update_yaxes(type="category", autorange="reversed", tickfont={"size": 12})
    figure.update_annotations(x=0, xanchor="left", font={"size": 13})
    figure.update_layout(bargap=0.5, barmode="overlay")
    return finish(
        figure,
        title=title,
        height=130 + 62 * len(panels) + 26 * len(told),
        alt="; ".join(
            f"{row.what}, {_of(str(row.what), str(row.of))} {row.value:.2f}"
            + (f", by chance {row.low:.2f} to {row.high:.2f}" if row.what == FOLLOWS else "")
            for row in told.itertuples()
        ),
        table=told,
        evidence=COUNTED,
        note="Followed is adjusted mutual information, found again the adjusted Rand index, "
        "coherence NPMI. Orange: above what chance brings. Hollow: cannot be told, because chance "
        "could deal out nothing else. The notes in the data say how each bar was made.",
    )


def _curve(rows: pd.DataFrame, column: str, passes: pd.Series, colour: str) -> go.Scatter:
    """One measure against the number of topics; filled where it passes."""
    return go.Scatter(
        x=rows["k"],
        y=rows[column],
        mode="lines+markers",
        line={"color": colour, "width": 1},
        marker={
            "size": 11,
            "symbol": np.where(passes, "circle", "circle-open").tolist(),
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
        meta=leads(rows, COUNTED),
        hovertemplate=f"%{{x}} topics: {column} %{{y:.2f}}<extra></extra>",
        showlegend=False,
    )


def _range(low: pd.Series, high: pd.Series) -> list[float]:
    """Ends of an axis that holds the intervals, and 0 and 1: a zoom would make hills of nothing."""
    return [min(0, float(low.min())) - 0.05, max(1, float(high.max())) + 0.05]


def _dots_and_ranges(rows: pd.DataFrame, what: str) -> Iterator[go.Bar | go.Scatter]:
    """Bars from low to high, and on each the dot of its value."""
    same = {
        "y": [_of(what, of) for of in rows["of"]],
        "meta": leads(rows, COUNTED),
        # as a list: of an array plotly writes all sixteen digits
        "customdata": rows[["value", "low", "high"]].to_numpy().tolist(),
        "hovertemplate": "%{y}: %{customdata[0]:.2f}, %{customdata[1]:.2f} to "
        "%{customdata[2]:.2f}<extra></extra>",
        "showlegend": False,
    }
    width = (rows["high"] - rows["low"]).round(3)
    yield go.Bar(
        base=rows["low"], x=width.tolist(), orientation="h", marker={"color": GREY}, **same
    )
    follows = what == FOLLOWS
    colours = np.where(follows & (rows["value"] > rows["high"]), ABOVE, WITHIN).tolist()
    yield go.Scatter(
        x=rows["value"].tolist(),
        mode="markers",
        marker={
            "size": 11,
            "color": colours,
            "symbol": np.where(follows & (width == 0), "circle-open", "circle").tolist(),
            "line": {"width": 2, "color": colours},
        },
        cliponaxis=False,
        **same,
    )


def _of(what: str, of: str) -> str:
    """What a row of the diagnostics is about, in words."""
    if what in (FOLLOWS, "stability"):
        return OF.get(of, isolate(of))
    return language_name(of)
