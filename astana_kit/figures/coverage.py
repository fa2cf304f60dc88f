"""Figures of what each language covers: shares side by side, and what one leaves out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from astana_kit.figures.beside import dots, heading, left_out, said, shown, step, warned
from astana_kit.figures.look import (
    SCALE,
    cell_grid,
    finish,
    label,
    language_name,
    leads,
    name_headings,
)
from astana_kit.schema import RATES, require

PANELS = 3  # beside each other: on a phone more would leave no width
NOT_FOUND = "<i>not<br>found</i>"
COLUMNS = "thing group n of rate low high documents of_documents interval"


def shares_by_language(
    shares: pd.DataFrame,
    *,
    title: str,
    thing: str = "actor",
    most: int = 12,
    notes: Sequence[str] = (),
) -> go.Figure:
    """Share of each language's passages that have a thing, with intervals, a panel a language.

    All panels have one order and one scale, so that a thing is compared along its line.

    Parameters
    ----------
    shares : of ``compare_languages``.
    title : the question that the figure answers.
    thing : what the things are: column of the lines that a dot leads to, beside `language`.
    most : things drawn, those of most passages first; the note says how many are left out.
    notes : of ``compare_languages``, printed under the figure.

    Raises
    ------
    ValueError : a column is missing, or the shares are of passages and of documents.
    """
    drawn, things, groups, unit = _drawn(shares, most)
    figure, height = _panels(drawn, groups, things, unit, thing)
    figure = finish(
        figure,
        title=title,
        height=height,
        alt=f"Shares of {unit}s with 95 % intervals, {len(things)} things in each language. "
        + _leaders(drawn, groups),
        table=shown(drawn, COLUMNS),
        evidence={thing: "thing", "language": "group"},
        note=f"A dot is the share of a language’s {unit}s (n of them), a line its 95 % interval, "
        "unseen where the dot is wider; hollow: not found."
        + left_out(shares["thing"], things)
        + said(notes),
    )
    return warned(figure, notes, groups)


def covered_or_not(
    shares: pd.DataFrame,
    *,
    title: str,
    thing: str = "actor",
    most: int = 25,
    notes: Sequence[str] = (),
) -> go.Figure:
    """What each language covers and leaves out: a cell a pair, “not found” where it has nothing.

    What most languages have stands at the top, what one alone has at the foot.

    Parameters
    ----------
    shares, title, thing, most, notes : as for ``shares_by_language``.

    Raises
    ------
    ValueError : as in ``shares_by_language``.
    """
    drawn, things, groups, unit = _drawn(shares, most)
    count = _grid(drawn, "n").reindex(things, columns=groups)
    covering = (count > 0).sum(axis=1).sort_values(ascending=False, kind="stable")
    count = count.loc[covering.index]
    every = int((covering == len(groups)).sum())
    figure = finish(
        _cells(drawn, count, unit, thing),
        title=title,
        height=140 + 34 * len(things),
        alt=f"{every} of {len(things)} are found in every language; in one alone: "
        + ", ".join(
            f"{language_name(str(group))} {((covering == 1) & (count[group] > 0)).sum()}"
            for group in groups
        ),
        table=shown(
            drawn.set_index("thing").loc[count.index].reset_index(),
            "thing group n of rate documents of_documents",
        ),
        evidence={thing: "thing", "language": "group"},
        note=f"In each cell the {unit}s that have it, of n; the darker, the larger their share. "
        "“Not found” is no 0 %: it is not in these pages, or not in words that are looked for."
        + left_out(shares["thing"], things)
        + said(notes),
    )
    return warned(figure, notes, groups)


def _drawn(shares: pd.DataFrame, most: int) -> tuple[pd.DataFrame, list[str], list[str], str]:
    """Rows of the things found most, the things, the groups, and what is counted in."""
    require(shares, RATES)
    measures = shares["measure"].unique().tolist()
    if len(measures) > 1:
        raise ValueError(
            f"shares: rows of {', '.join(measures)}; keep those of one, as compare_languages does."
        )
    unit = measures[0].removeprefix("share_of_").removesuffix("s") if measures else "passage"
    often = shares.groupby("thing", sort=False)["n"].sum()
    things = often.sort_values(ascending=False, kind="stable").index[:most]
    drawn = shares[shares["thing"].isin(things) & shares["group"].notna()]
    place = things.get_indexer(pd.Index(drawn["thing"]))
    drawn = drawn.iloc[np.argsort(place, kind="stable")]
    return drawn, things.tolist(), drawn["group"].drop_duplicates().tolist(), unit


def _grid(drawn: pd.DataFrame, values: str) -> pd.DataFrame:
    return drawn.pivot_table(index="thing", columns="group", values=values, aggfunc="sum")


def _panels(
    drawn: pd.DataFrame, groups: list[str], things: list[str], unit: str, thing: str
) -> tuple[go.Figure, int]:
    """A panel a language, at most three beside each other; and the height of all."""
    columns = min(PANELS, max(len(groups), 1))
    rows = max(-(-len(groups) // columns), 1)
    height = 26 * len(things) + 90
    figure = make_subplots(
        rows=rows,
        cols=columns,
        shared_yaxes=True,
        subplot_titles=[heading(drawn, group) for group in groups],
        horizontal_spacing=0.03,
        vertical_spacing=90 / (height * rows) if rows > 1 else None,
    )
    for place, group in enumerate(groups):
        own = drawn[drawn["group"] == group]
        ticks = [label(name) for name in own["thing"]]
        trace = dots(own, str(group), named="thing", y=ticks, unit=unit)
        trace.update(meta=leads(own, {thing: "thing", "language": "group"}), showlegend=False)
        figure.add_trace(trace, row=place // columns + 1, col=place % columns + 1)
    far = float(drawn["high"].max(skipna=True)) if len(drawn) else 1.0
    # a little beyond the last interval, and below 0 for the dots that stand there
    figure.update_xaxes(range=[-0.06 * far, 1.06 * far], tickfont={"size": 12})
    figure.update_xaxes(tickvals=[0, step(far, 1)], ticktext=["0", f"{step(far, 1):.0%}"])
    figure.update_xaxes(title=f"share of {unit}s", title_font={"size": 12}, row=rows, col=1)
    figure.update_yaxes(autorange="reversed", type="category", tickfont={"size": 12})
    figure.update_annotations(font={"size": 12})
    figure.update_layout(margin={"t": 96})
    return figure, height * rows + 110


def _cells(drawn: pd.DataFrame, count: pd.DataFrame, unit: str, thing: str) -> go.Figure:
    """A cell for each thing and language; one that is not found is no number."""
    share = _grid(drawn, "rate")
    groups = count.columns.tolist()
    few = len(groups) <= PANELS
    figure = cell_grid(
        share.reindex(count.index, columns=groups)
        .mask(count == 0)
        .set_axis([label(name) for name in count.index])
        .set_axis([heading(drawn, group, short=not few) for group in groups], axis=1),
        count.astype(str).replace("0", NOT_FOUND),
        rows={thing: count.index},
        columns={"language": groups},
        colorscale=SCALE,
        zmin=0,
        zmax=1,
        showscale=False,
        textfont={"size": 11},
        hovertemplate=f"%{{y}}, %{{x}}: %{{text}} {unit}s, %{{z:.0%}}<extra></extra>",
    )
    figure.update_xaxes(side="top", tickangle=0, tickfont={"size": 12})
    if not few:
        name_headings(
            figure,
            f"language<br>{unit}s<br>pages",
            xshift=-6,
            yshift=6,
            font={"size": 12},
        )
    return figure.update_layout(margin={"t": 110})


def _leaders(drawn: pd.DataFrame, groups: list[str]) -> str:
    """What each language has most often, in words."""
    top = drawn.sort_values("n", ascending=False, kind="stable")
    return "; ".join(
        f"{language_name(str(group))}: "
        + ", ".join(
            f"{row.thing} {row.n} of {row.of}"
            for row in top[top["group"] == group].head(3).itertuples()
        )
        for group in groups
    )
