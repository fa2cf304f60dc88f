"""Figures of who is named: shares by group, with their intervals; who stands beside whom."""

from textwrap import shorten
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from astana_kit.figures.look import (
    CAMP_COLOUR,
    SCALE,
    SCALE_BAR,
    SCALE_OF_CHANCE,
    cell_grid,
    cell_rows,
    finish,
    interval,
    label,
    leads,
    name_headings,
)
from astana_kit.schema import CO_MENTIONS, RATES, require
from astana_kit.text.script import isolate

FORM_COLOUR = {"name": "#0072B2", "adjective": "#E69F00", "demonym": "#009E73"}


def shares_by_group(
    rates: pd.DataFrame,
    *,
    title: str,
    thing: str = "actor_id",
    group: str = "round",
    most: int = 25,
) -> go.Figure:
    """Share of each group's passages that name each thing: a cell a pair, n under each group.

    Parameters
    ----------
    rates : from ``count_actors``; only its shares of passages are drawn.
    title : the question that the figure answers.
    thing, group : what the things and the groups are: columns of the lines that a cell leads to,
        and the word on the axis.
    most : things drawn, those of most passages first; the note says how many are left out.
    """
    drawn, things, groups = _cells(rates, most)
    share = drawn.pivot_table(index="thing", columns="group", values="rate", dropna=False)
    count = drawn.pivot_table(index="thing", columns="group", values="n", dropna=False)
    sizes = _sizes(drawn, groups)
    share, count = share.loc[things, groups], count.loc[things, groups]
    figure = cell_grid(
        share.where(count > 0)
        .set_axis([label(thing, 24) for thing in things])
        .set_axis([name for name, _, _ in sizes], axis=1),
        count.astype(int).astype(str).replace("0", ""),
        rows={thing: things},
        columns={group: drawn.drop_duplicates("group")["_group"]},
        colorscale=SCALE,
        zmin=0,
        zmax=1,
        colorbar=_scale_bar("share of passages", tickformat=".0%"),
        hovertemplate="%{y}, %{x}: %{text} passages, %{z:.0%}<extra></extra>",
    )
    heads = [f"{name}<br>{of}<br>{pages}" for name, of, pages in sizes]
    figure.update_xaxes(side="top", tickangle=0, tickvals=list(range(len(heads))), ticktext=heads)
    words = f"{isolate(group)}<br>passages<br>pages"
    name_headings(figure, words, xshift=-6, yshift=6, font={"size": 12})
    figure.update_layout(margin={"t": 110})
    top = drawn.sort_values("n", ascending=False, kind="stable").head(3)
    return finish(
        figure,
        title=title,
        height=230 + 26 * len(things),
        alt=f"{len(things)} names in {len(groups)} groups by {group}; most named: "
        + "; ".join(
            f"{row.thing} in {row.n} of {row.of} ({row.group})" for row in top.itertuples()
        ),
        table=_shown(drawn[drawn["n"] > 0]),
        evidence={thing: "thing", group: "_group"},
        note="In each cell the passages that name it, none where it is blank; under each group how "
        "many passages of how many pages it has."
        + _left_out(rates["thing"].nunique() - len(things)),
    )


def shares_with_intervals(
    rates: pd.DataFrame, *, title: str, thing: str = "camp", group: str = "round"
) -> go.Figure:
    """Shares with their 95 % intervals, a row a group, a colour a thing (a camp has its own).

    Parameters
    ----------
    rates : from ``count_actors``; only its shares of passages are drawn.
    title : the question that the figure answers.
    thing, group : what the things and the groups are: columns of the lines that a dot leads to.
    """
    evidence = {thing: "thing", group: "_group"}
    drawn, things, groups = _cells(rates, most=12)
    ticks = [
        f"{name}<br>{of} passage{'s' * (of != 1)}<br>{pages} page{'s' * (pages != 1)}"
        for name, of, pages in _sizes(drawn, groups)
    ]
    figure = go.Figure()
    for place, name in enumerate(things):
        rows = drawn[drawn["thing"] == name].set_index("group").loc[groups]
        shift = (place - (len(things) - 1) / 2) * 0.8 / max(len(things), 1)
        figure.add_scatter(
            name=isolate(str(name)),
            x=rows["rate"],
            y=np.arange(len(groups)) + shift,
            mode="markers",
            marker={"size": 9, "color": CAMP_COLOUR.get(str(name), CAMP_COLOUR["other"])},
            error_x=interval(rows["rate"], rows["low"], rows["high"]),
            customdata=rows[["n", "of", "low", "high"]],
            meta=leads(rows, evidence),
            # the name by its place: a name that holds "%{" is no template
            hovertemplate="%{fullData.name}: %{customdata[0]} of %{customdata[1]} "
            "passages, %{x:.0%} (%{customdata[2]:.0%}–%{customdata[3]:.0%})<extra></extra>",
        )
    figure.update_xaxes(title="share of passages", tickformat=".0%", range=[-0.02, 1.02])
    figure.update_yaxes(
        title=isolate(group),
        tickvals=list(range(len(groups))),
        ticktext=ticks,
        autorange="reversed",
    )
    return finish(
        figure,
        title=title,
        height=200 + (18 * len(things) + 16) * len(groups),
        alt=f"Shares of passages with 95 % intervals: {len(things)} in {len(groups)} groups by "
        f"{group}",
        table=_shown(drawn),
        evidence=evidence,
        note="A dot is the share of passages, a line its 95 % interval; where lines of two dots "
        "overlap widely, the difference may be chance."
        + _left_out(rates["thing"].nunique() - len(things)),
    )


def named_together(pairs: pd.DataFrame, *, title: str, most: int = 20) -> go.Figure:
    """Who is named with whom in one sentence: a cell a pair, coloured by NPMI, n in the cell.

    Parameters
    ----------
    pairs : from ``co_mentions``. A cell leads to the lines whose column `actors`, a list, holds
        both names: the sentences.
    title : the question that the figure answers.
    most : names drawn, those of most sentences first.
    """
    require(pairs, CO_MENTIONS)
    sides = pd.concat(
        [
            pairs.rename(columns={"a": "name", "n_a": "m"}),
            pairs.rename(columns={"b": "name", "n_b": "m"}),
        ]
    )
    names = (
        sides.drop_duplicates("name")
        .sort_values("m", ascending=False, kind="stable")["name"]
        .head(most)
    ).tolist()
    drawn = pairs[pairs["a"].isin(names) & pairs["b"].isin(names) & (pairs["n"] > 0)]
    both = pd.concat([drawn, drawn.rename(columns={"a": "b", "b": "a"})])
    grid = both.pivot_table(index="a", columns="b", values="npmi").reindex(
        index=names, columns=names
    )
    count = both.pivot_table(index="a", columns="b", values="n").reindex(index=names, columns=names)
    ticks = [label(name) for name in names]
    figure = cell_grid(
        grid.set_axis(ticks).set_axis(ticks, axis=1),
        count.map(lambda n: "" if pd.isna(n) else f"{n:.0f}"),
        rows={"actors": names},
        columns={"actors": names},
        colorscale=SCALE_OF_CHANCE,
        zmin=-1,
        zmax=1,
        colorbar=_scale_bar("NPMI: by chance 0, never apart 1"),
        hovertemplate="%{y} and %{x}: %{text} sentences, NPMI %{z:.2f}<extra></extra>",
    )
    figure.update_xaxes(
        side="top",
        tickangle=-60,
        tickvals=list(range(len(names))),
        # in one line: two, turned, run into the next
        ticktext=[isolate(shorten(name, 26, placeholder="…")) for name in names],
    )
    top = drawn.sort_values(["n", "npmi"], ascending=False, kind="stable").head(3)
    return finish(
        figure,
        title=title,
        height=310 + 26 * len(names),
        alt="Named most often in one sentence: "
        + "; ".join(f"{row.a} with {row.b}, {row.n} times" for row in top.itertuples()),
        table=drawn[["a", "b", "n", "n_a", "n_b", "npmi", "log_odds", "low", "high", "q"]]
        .round(3)
        .assign(_both=pd.Series(drawn[["a", "b"]].to_numpy().tolist(), index=drawn.index)),
        evidence={"actors": "_both"},
        note="In each cell the sentences that name both; the colour says whether that is more "
        "(blue) or less (orange) than their own frequencies would give by chance. Pairs never "
        "named in one sentence are blank.",
    )


def naming_forms(
    forms: pd.DataFrame, *, title: str, thing: str = "actor_id", most: int = 20
) -> go.Figure:
    """How often each actor is named by its name, by an adjective, by its people.

    Parameters
    ----------
    forms : one row a thing and form: thing, form, mentions.
    title : the question that the figure answers.
    thing : what the things are: column of the lines that a bar leads to, beside `form`.
    most : things drawn, those of most mentions first; the note says how many are left out.
    """
    grid = forms.pivot_table(
        index="thing", columns="form", values="mentions", aggfunc="sum", fill_value=0
    ).reindex(columns=list(FORM_COLOUR), fill_value=0)
    grid = grid.loc[grid.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    more = max(0, len(grid) - most)
    grid = grid.head(most)
    evidence = {thing: "thing", "form": "form"}
    figure = go.Figure(
        [
            go.Bar(
                name=form,
                y=[label(name) for name in grid.index],
                x=grid[form],
                orientation="h",
                marker={"color": colour},
                meta=leads(grid.reset_index().assign(form=form), evidence),
                hovertemplate=f"%{{y}}: %{{x}} by {form}<extra></extra>",
            )
            for form, colour in FORM_COLOUR.items()
        ]
    )
    figure.update_layout(barmode="stack", bargap=0.3)
    figure.update_xaxes(title="mentions")
    figure.update_yaxes(type="category", autorange="reversed", tickfont={"size": 12})
    return finish(
        figure,
        title=title,
        height=190 + 26 * len(grid),
        alt="Mentions by form: "
        + "; ".join(
            f"{name} {', '.join(f'{n} by {form}' for form, n in row.items() if n)}"
            for name, row in grid.head(5).iterrows()
        ),
        table=cell_rows(grid, "mentions"),
        evidence=evidence,
        note="A mention is one naming; Russian, Arabic and Kazakh differ in how readily they make "
        "an adjective of a state." + _left_out(more),
    )


def _cells(rates: pd.DataFrame, most: int) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Shares of passages of the most named things, groups as labels in their own order."""
    require(rates, RATES)
    passages = rates[rates["measure"] == "share_of_passages"]
    things = (
        passages.groupby("thing", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    )
    kept = passages[passages["thing"].isin(things.index[:most])]
    named = kept["group"].astype(object).where(kept["group"].notna(), "none").astype(str)
    drawn = kept.assign(_group=kept["group"], group=named)  # as the lines have it, as it is shown
    return drawn, things.index[:most].tolist(), drawn["group"].drop_duplicates().tolist()


def _sizes(drawn: pd.DataFrame, groups: list[str]) -> list[tuple[str, int, int]]:
    """Name of each group with its passages and pages, so that no share is read without its n."""
    first = drawn.drop_duplicates("group").set_index("group").loc[groups]
    return list(zip(map(isolate, groups), first["of"], first["of_documents"], strict=True))


def _scale_bar(title: str, **more: str) -> dict[str, Any]:
    return {**SCALE_BAR, "title": {**SCALE_BAR["title"], "text": title}, **more}


def _shown(rates: pd.DataFrame) -> pd.DataFrame:
    columns = [
        "thing",
        "group",
        "n",
        "of",
        "rate",
        "low",
        "high",
        "documents",
        "of_documents",
        "interval",
        "_group",
    ]
    return rates[columns].round(3)


def _left_out(more: int) -> str:
    return f" {more} named less often are not drawn." if more else ""
