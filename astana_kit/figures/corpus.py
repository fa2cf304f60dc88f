"""Figures of the corpus itself: which pages there are, and what of them is the article."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from astana_kit.figures.look import (
    FEW,
    GREY,
    KIND_COLOUR,
    SCALE,
    cell_grid,
    cell_rows,
    finish,
    language_colour,
    language_name,
    leads,
)
from astana_kit.schema import ARTICLE, DOCUMENTS, KINDS, require
from astana_kit.text.script import isolate

PART = {"doc_id": "doc_id", "kind": "kind"}  # what the passages of one part of a page have


def pages_by_round(
    documents: pd.DataFrame, rounds: pd.DataFrame, *, title: str = "When were the pages published?"
) -> go.Figure:
    """Each page as a dot on the calendar of the talks: a tick a round, a row a language.

    The talks' own clock: between two ticks lies the time from one round to the next, long or
    short, so that eight rounds of 2017 do not hide one another.

    Parameters
    ----------
    documents : one row a page; pages without a known day are counted in the note, not drawn.
    rounds : the calendar, from ``tables.rounds()``.
    """
    require(documents, DOCUMENTS)
    dated = documents.dropna(subset="published")
    clock = np.interp(_days(dated["published"]), _days(rounds["start"]), rounds["round"])
    drawn = dated.assign(clock=clock, row=dated["language"].map(language_name))
    figure = go.Figure()
    for language, pages in drawn.groupby("language", sort=False):
        figure.add_trace(_dots(pages, str(language), named=len(drawn) <= FEW))
    _mark_years(figure, rounds)
    numbers = rounds["round"].tolist()
    figure.update_xaxes(
        title="round of the talks",
        tickvals=numbers,
        # every second by number, or on a phone they run into each other
        ticktext=["" if number % 2 else str(number) for number in numbers],
        tickangle=0,
        tickfont={"size": 12},
        range=[numbers[0] - 0.7, numbers[-1] + 0.7],
    )
    # half a row more above, or the name of a page in the first row runs into the years
    rows = drawn["row"].nunique()
    figure.update_yaxes(type="category", range=[rows - 0.5, -0.8])
    undated = len(documents) - len(dated)
    nearest = drawn["clock"].round().astype(int)
    return finish(
        figure,
        title=title,
        height=150 + 55 * rows,
        alt=f"{len(drawn)} pages placed among {len(rounds)} rounds; "
        + "; ".join(
            f"{page.doc_id} ({page.row}) lies nearest round {near}"
            for page, near in zip(drawn.head(FEW).itertuples(), nearest, strict=False)
        ),
        table=dated[["doc_id", "language", "published", "published_source"]],
        evidence={"doc_id": "doc_id"},
        note=f"{len(dated)} pages; {undated} more without a known day are not drawn."
        if undated
        else f"{len(dated)} pages, all with a known day.",
    )


def page_parts(
    parts: pd.DataFrame, *, title: str = "What of each page is the article?"
) -> go.Figure:
    """Characters of each page by what they are: headline, body, dateline, related, boilerplate.

    Parameters
    ----------
    parts : one row a page and kind: doc_id, kind, characters.
    """
    sizes = parts.pivot_table(
        index="doc_id", columns="kind", values="characters", aggfunc="sum", sort=False, fill_value=0
    ).reindex(columns=list(KINDS), fill_value=0)
    share = sizes[list(ARTICLE)].sum(axis=1) / sizes.sum(axis=1)
    figure = go.Figure(
        [
            go.Bar(
                name=kind,
                y=[isolate(doc_id) for doc_id in sizes.index],
                x=sizes[kind],
                orientation="h",
                marker={"color": KIND_COLOUR[kind]},
                meta=leads(sizes.reset_index().assign(kind=kind), PART),
                hovertemplate=f"%{{y}}: %{{x:,}} characters of {kind}<extra></extra>",
            )
            for kind in KINDS
        ]
    )
    figure.add_scatter(
        x=sizes.sum(axis=1),
        y=[isolate(doc_id) for doc_id in sizes.index],
        mode="text",
        text=[f" {part:.0%}" for part in share],
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    figure.update_layout(barmode="stack", bargap=0.35)
    # room for the share beyond the longest bar
    most = max(1, int(sizes.sum(axis=1).max())) if len(sizes) else 1
    figure.update_xaxes(title="characters", tickformat=",", range=[0, 1.18 * most])
    figure.update_yaxes(type="category", autorange="reversed")
    return finish(
        figure,
        title=title,
        height=180 + 38 * len(sizes),
        alt="Share of each page that is headline or body: "
        + ", ".join(f"{doc_id} {part:.0%}" for doc_id, part in share.head(FEW).items()),
        table=cell_rows(sizes, "characters"),
        evidence=PART,
        note="The figure at the end of a bar is the share of headline and body; only they are "
        "searched and counted.",
    )


def rounds_covered(
    counts: pd.DataFrame, rounds: pd.DataFrame, *, title: str = "Which rounds have a page?"
) -> go.Figure:
    """Pages about each round in each language; an empty cell is a round without a page.

    Parameters
    ----------
    counts : one row a language and round: language, round, documents; a language with no round at
        all, its round missing, has a row of empty cells.
    rounds : the calendar, from ``tables.rounds()``.
    """
    grid = (
        counts.pivot_table(index="language", columns="round", values="documents", aggfunc="sum")
        .reindex(index=sorted(counts["language"].unique()), columns=rounds["round"])
        .fillna(0)
        .astype(int)
    )
    figure = cell_grid(
        grid.where(grid > 0)
        .set_axis([language_name(language) for language in grid.index])
        .set_axis([str(number) for number in grid.columns], axis=1),
        grid.astype(str).replace("0", ""),
        rows={"language": grid.index},
        columns={"round": grid.columns},
        colorscale=SCALE,
        zmin=0,
        zmax=max(1, int(grid.to_numpy().max(initial=1))),
        showscale=False,
        hovertemplate="%{y}, round %{x}: %{z} pages<extra></extra>",
    )
    figure.update_xaxes(title="round of the talks", dtick=1)
    covered = int((grid.sum() > 0).sum())
    return finish(
        figure,
        title=title,
        height=150 + 40 * len(grid),
        alt=f"{covered} of {len(rounds)} rounds have a page about them",
        table=cell_rows(grid, "documents"),
        evidence={"language": "language", "round": "round"},
        note="A page stands under the round it is about; rounds that it looks back or forward to "
        "are not counted.",
    )


def _dots(pages: pd.DataFrame, language: str, *, named: bool) -> go.Scatter:
    """A dot for each page of one language, its title and day under the pointer."""
    titles = pages["title"].fillna(pages["doc_id"].astype(str)).map(isolate)
    days = [f"{day.day} {day:%B %Y}" for day in pages["published"]]
    return go.Scatter(
        x=pages["clock"],
        y=pages["row"],
        mode="markers+text",
        marker={"size": 14, "color": language_colour(language)},
        text=pages["doc_id"].astype(str).map(isolate) if named else None,
        textposition="top center",
        textfont={"size": 12},
        customdata=list(zip(titles, days, strict=True)),
        meta=leads(pages, {"doc_id": "doc_id"}),
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _mark_years(figure: go.Figure, rounds: pd.DataFrame) -> None:
    """Band every second year behind the rounds, the year above it."""
    years = rounds.groupby(rounds["start"].dt.year)["round"].agg(["min", "max"])
    for place, (year, first, last) in enumerate(years.itertuples()):
        figure.add_vrect(
            x0=first - 0.5,
            x1=last + 0.5,
            fillcolor=GREY if place % 2 == 0 else "rgba(0,0,0,0)",
            opacity=0.5,
            line_width=0,
            layer="below",
        )
        figure.add_annotation(
            x=(first + last) / 2,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=f"{year}" if last - first > 1 else f"’{year % 100}",
            showarrow=False,
            font={"size": 11},
        )


def _days(days: pd.Series) -> np.ndarray:
    """Days as numbers that can be interpolated."""
    return days.astype("datetime64[s]").astype("int64").to_numpy()
