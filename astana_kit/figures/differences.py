"""Figures of two languages: how far apart their shares are, and which things part them."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from astana_kit.figures.beside import STEPS, left_out, many, said, shown, step, warned
from astana_kit.figures.look import (
    GREY,
    finish,
    interval,
    label,
    language_colour,
    language_name,
    leads,
)
from astana_kit.schema import DIFFERENCES, PARTS, require

REAL = 0.05  # q below which a difference is drawn filled
MIDDLE = "#7F7F7F"  # of neither language; seen on white and on black
SIDES = {"a": "circle", "b": "diamond"}
TESTED = (
    f"On the right, filled: a real difference (q < {REAL}); hollow: it may be chance, or what the "
    "finder misses in one language."
)


def share_differences(
    differences: pd.DataFrame,
    *,
    title: str,
    thing: str = "actor",
    most: int = 15,
    notes: Sequence[str] = (),
) -> go.Figure:
    """Two languages: the share of each, joined by a line, and the difference with its interval.

    Where no difference was tested only the shares are drawn, and the note says so.

    Parameters
    ----------
    differences : of ``compare_languages``, the rows of one pair.
    title : the question that the figure answers.
    thing : what the things are: column of the lines that a dot leads to, beside `language`.
    most : things drawn: the surest difference first, then what was not tested, most found first.
    notes : of ``compare_languages``, printed under the figure.

    Raises
    ------
    ValueError : a column is missing, or the rows are of several pairs.
    """
    require(differences, DIFFERENCES)
    pair = _pair(differences, "differences")
    found = differences[differences["n_a"] + differences["n_b"] > 0]
    drawn = _surest(found).head(most)
    unit = "page" if (drawn["of_a"] == drawn["documents_a"]).all() else "passage"
    tested = bool(drawn["difference"].notna().any())
    names = [language_name(one) for one in pair]
    figure = finish(
        _two_sides(drawn, pair, unit, thing),
        title=title,
        height=190 + 28 * len(drawn),
        alt=f"Shares in {' and '.join(names)}: "
        + "; ".join(
            f"{row.thing} {row.share_a:.0%} and {row.share_b:.0%}"
            for row in drawn.head(5).itertuples()
        ),
        table=_by_side(drawn, pair),
        evidence={thing: "thing", "language": "language"},
        note=_sizes(drawn, names, unit)
        + (TESTED if tested else "Shares alone: no difference was tested.")
        + left_out(found["thing"], drawn["thing"])
        + said(notes),
    )
    return warned(figure, notes, pair)


def divergence_split(
    parts: pd.DataFrame,
    *,
    title: str,
    thing: str = "actor",
    most: int = 15,
    notes: Sequence[str] = (),
) -> go.Figure:
    """What makes two languages differ: a bar a thing, towards the language that has more of it.

    Parameters
    ----------
    parts : of ``coverage_divergence``, the rows of one pair.
    title : the question that the figure answers.
    thing : what the things are: column of the lines that a bar leads to, beside `language`.
    most : things drawn, those that add most first; the note says how much of the whole they make.
    notes : of ``coverage_divergence``, printed under the figure.

    Raises
    ------
    ValueError : a column is missing, or the rows are of several pairs.
    """
    require(parts, PARTS)
    pair = _pair(parts, "parts")
    names = [language_name(one) for one in pair]
    adding = parts[parts["part"] > 0]
    drawn = adding.head(most)
    whole, made = parts["part"].sum(), drawn["part"].sum()
    figure = finish(
        _both_ways(drawn, pair, thing),
        title=title,
        height=180 + 26 * len(drawn),
        alt=f"Divergence of {' and '.join(names)} {whole:.2f}; most of it by "
        + ", ".join(f"{row.thing} (more in {row.more_in})" for row in drawn.head(5).itertuples()),
        table=shown(drawn, "thing a b more_in of_a of_b part low high chance"),
        evidence={thing: "thing", "language": "more_in"},
        note=f"The bars make {made:.3f} of a divergence of {whole:.3f} (0 the same, 1 nothing in "
        "common). "
        + (
            "A line is the 95 % interval, a tick what chance gives."
            if drawn["chance"].notna().any()
            else "Too few pages for an interval, or to say what chance gives."
        )
        + left_out(adding["thing"], drawn["thing"])
        + said(notes),
    )
    return warned(figure, notes, pair)


def _pair(frame: pd.DataFrame, name: str) -> tuple[str, str]:
    """The two groups that are compared; two blanks where there is only one group."""
    pairs = frame[["a", "b"]].drop_duplicates().astype(str).to_numpy().tolist()
    if len(pairs) > 1:
        raise ValueError(
            f"{name}: rows of {len(pairs)} pairs, {'; '.join(map(' and '.join, pairs))}. A figure "
            f"draws one: keep its rows, as in {name}.query(\"a == '{pairs[0][0]}' and "
            f"b == '{pairs[0][1]}'\")."
        )
    return (pairs[0][0], pairs[0][1]) if pairs else ("", "")


def _surest(found: pd.DataFrame) -> pd.DataFrame:
    """Tested differences as they come, the surest first; then the rest, the most found first."""
    tested = found["difference"].notna()
    rest = found[~tested].assign(often=lambda table: table["n_a"] + table["n_b"])
    rest = rest.sort_values("often", ascending=False, kind="stable").drop(columns="often")
    return rest if not tested.any() else pd.concat([found[tested], rest])


def _two_sides(drawn: pd.DataFrame, pair: tuple[str, str], unit: str, thing: str) -> go.Figure:
    """Shares on the left; on the right, where any was tested, the differences."""
    tested = bool(drawn["difference"].notna().any())
    widths = {"column_widths": [0.55, 0.45]} if tested else {}
    figure = make_subplots(cols=1 + tested, shared_yaxes=True, horizontal_spacing=0.05, **widths)
    ticks = [label(name) for name in drawn["thing"]]
    for trace in _dumbbell(drawn, ticks, pair, thing):
        figure.add_trace(trace, row=1, col=1)
    far = float(np.nanmax([*drawn["share_a"], *drawn["share_b"], 0.01]))
    figure.update_xaxes(
        title=f"share of<br>{unit}s",
        tickformat=".0%",
        nticks=4 if tested else 6,
        range=[-0.06 * far, 1.06 * far],
        col=1,
    )
    if tested:
        figure.add_trace(_differing(drawn, ticks, pair, thing), row=1, col=2)
        minus = " −<br>".join(language_name(one) for one in pair)
        figure.update_xaxes(title=f"{minus},<br>points", zeroline=True, zerolinewidth=2, col=2)
        figure.update_xaxes(nticks=4, col=2)
    figure.update_xaxes(tickangle=0, tickfont={"size": 12}, title_font={"size": 12})
    return figure.update_yaxes(autorange="reversed", type="category", tickfont={"size": 12})


def _dumbbell(
    drawn: pd.DataFrame, ticks: list[str], pair: tuple[str, str], thing: str
) -> Iterator[go.Scatter]:
    """The line from share to share, and the dots of both languages."""
    yield go.Scatter(
        x=drawn[["share_a", "share_b"]].assign(end=np.nan).to_numpy().ravel(),
        y=[tick for tick in ticks for _ in range(3)],
        mode="lines",
        line={"color": GREY, "width": 4},
        hoverinfo="skip",
        showlegend=False,
    )
    for language, (side, symbol) in zip(pair, SIDES.items(), strict=True):
        own = drawn.assign(language=language)
        yield go.Scatter(
            name=language_name(language),
            x=own[f"share_{side}"],
            y=ticks,
            mode="markers",
            marker={"size": 10, "color": language_colour(language), "symbol": symbol},
            customdata=own[[f"n_{side}", f"of_{side}"]].to_numpy().tolist(),
            meta=leads(own, {thing: "thing", "language": "language"}),
            hovertemplate="%{y}, %{fullData.name}: %{customdata[0]} of %{customdata[1]}, %{x:.0%}"
            "<extra></extra>",
            cliponaxis=False,
        )


def _differing(
    drawn: pd.DataFrame, ticks: list[str], pair: tuple[str, str], thing: str
) -> go.Scatter:
    """The difference of each thing in points with its interval; filled where it is real.

    It leads to the lines of the language that has more.
    """
    more = drawn.assign(language=np.where(drawn["share_a"] >= drawn["share_b"], *pair))
    return go.Scatter(
        x=drawn["difference"],
        y=ticks,
        mode="markers",
        marker={
            "size": 7,
            "color": MIDDLE,
            "symbol": np.where(drawn["q"] < REAL, "circle", "circle-open").tolist(),
        },
        error_x=interval(drawn["difference"], drawn["low"], drawn["high"]),
        customdata=drawn[["low", "high", "q"]].round(4).to_numpy().tolist(),
        meta=leads(more, {thing: "thing", "language": "language"}),
        hovertemplate="%{y}: %{x:.0f} points (%{customdata[0]:.0f} to %{customdata[1]:.0f}), "
        "q %{customdata[2]:.3f}<extra></extra>",
        showlegend=False,
    )


def _by_side(drawn: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """One row a thing and language, as the dots are drawn; the difference is a minus b."""
    both = [
        drawn.assign(
            place=range(len(drawn)),
            language=language,
            **{name: drawn[f"{name}_{side}"] for name in ("share", "n", "of")},
        )
        for language, side in zip(pair, SIDES, strict=True)
    ]
    rows = pd.concat(both).sort_values("place", kind="stable")
    return shown(rows, "thing language share n of difference low high q")


def _sizes(drawn: pd.DataFrame, names: list[str], unit: str) -> str:
    """What the shares of both sides are shares of."""
    first = drawn.head(1).to_dict("records")
    return "".join(
        f"{name}: {many(row[f'of_{side}'], unit)}"
        + (f" of {many(row[f'documents_{side}'], 'page')}. " if unit != "page" else ". ")
        for row in first
        for name, side in zip(names, SIDES, strict=True)
    )


def _both_ways(drawn: pd.DataFrame, pair: tuple[str, str], thing: str) -> go.Figure:
    """A bar a thing, to the left for a and to the right for b, with interval and chance."""
    sign = np.where(drawn["more_in"] == pair[0], -1.0, 1.0)
    ends = np.sort([drawn["low"] * sign, drawn["high"] * sign], axis=0)
    low, high = (pd.Series(end, index=drawn.index) for end in ends)
    middle = drawn["part"] * sign
    ticks = [label(name) for name in drawn["thing"]]
    names = [language_name(one) for one in pair]
    figure = go.Figure(
        go.Bar(
            x=middle,
            y=ticks,
            orientation="h",
            marker={"color": [language_colour(str(one)) for one in drawn["more_in"]]},
            error_x=interval(middle, low, high, thickness=1.2, color=MIDDLE),
            customdata=drawn[["of_a", "of_b"]].round(4).to_numpy().tolist(),
            meta=leads(drawn, {thing: "thing", "language": "more_in"}),
            hovertemplate=f"%{{y}}: {names[0]} %{{customdata[0]:.1%}}, {names[1]} "
            "%{customdata[1]:.1%} of all that is found<extra></extra>",
        )
    )
    figure.add_scatter(
        x=drawn["chance"] * sign,
        y=ticks,
        mode="markers",
        marker={"symbol": "line-ns", "size": 14, "line": {"width": 2, "color": MIDDLE}},
        hoverinfo="skip",
    )
    figure.update_layout(showlegend=False)
    figure.update_yaxes(autorange="reversed", type="category", tickfont={"size": 12})
    far = float(np.nanmax([*drawn["part"], *drawn["high"], STEPS[0]]))
    return _no_part_is_negative(figure, step(far, 2), names)


def _no_part_is_negative(figure: go.Figure, apart: float, names: list[str]) -> go.Figure:
    """Ticks to both sides of 0 with the same words, and what the sides mean."""
    places = [apart * place for place in range(-2, 3)]
    return figure.update_xaxes(
        title=f"← more in {names[0]}, in {names[1]} →<br>part of the divergence",
        title_font={"size": 12},
        tickfont={"size": 12},
        tickangle=0,
        tickvals=places,
        ticktext=[f"{abs(place):g}" for place in places],
        zeroline=True,
        zerolinewidth=2,
    )
