"""What figures of languages side by side have in common: dots, headings, and what must be said.

A difference of languages that may be one of outlets is never drawn without that sentence: `said`
prints the notes of a result under the figure, `warned` sets the gravest of them under its title.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from astana_kit.figures.look import interval, label, language_colour, language_name
from astana_kit.text.script import isolate

UNTOLD = re.compile(r"(.+?): (outlet and \w+ cannot be told apart)")
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)  # from tick to tick
LINE = 16  # pixels


def dots(
    rows: pd.DataFrame, group: str, *, named: str, y: Sequence[str | float], unit: str
) -> go.Scatter:
    """A dot a row in the colour of its language, with its interval; hollow where n is 0."""
    share = rows["n"] / rows["of"]
    return go.Scatter(
        name=language_name(group),
        x=share,
        y=y,
        mode="markers",
        marker={
            "size": 7,  # on a phone a larger one hides its interval
            "color": language_colour(group),
            "symbol": np.where(rows["n"] > 0, "circle", "circle-open").tolist(),
        },
        error_x=interval(share, rows["low"], rows["high"]),
        text=[isolate(str(name)) for name in rows[named]],
        customdata=rows[["n", "of", "low", "high"]].round(3).to_numpy(dtype=object).tolist(),
        hovertemplate="%{text}, %{fullData.name}: %{customdata[0]} of %{customdata[1]} "
        f"{unit}s, %{{x:.0%}} (%{{customdata[2]:.0%}}–%{{customdata[3]:.0%}})<extra></extra>",
        cliponaxis=False,
    )


def heading(drawn: pd.DataFrame, group: object, *, short: bool = False) -> str:
    """Name of a language, the n of its shares, and its pages; `short`: as narrow as can be.

    >>> rows = pd.DataFrame({"group": ["kk"], "of": [14], "of_documents": [1]})
    >>> heading(rows, "kk"), len(heading(rows, "kk", short=True))
    ('Kazakh<br>n = 14<br>1 page', 15)
    """
    of, pages = drawn.loc[drawn["group"] == group, ["of", "of_documents"]].to_numpy()[0].tolist()
    if short:
        return f"{isolate(str(group))}<br>{of}<br>{pages}"
    return f"{language_name(str(group))}<br>n = {of:,}<br>{many(pages, 'page')}"


def many(n: int, what: str) -> str:
    """A number and what it counts.

    >>> many(1, "page"), many(1200, "passage")
    ('1 page', '1,200 passages')
    """
    return f"{n:,} {what}{'s' * (n != 1)}"


def step(far: float, ticks: int) -> float:
    """Distance of ticks, at most `ticks` of them between 0 and `far`.

    >>> step(0.9, 1), step(0.03, 3)
    (0.5, 0.01)
    """
    return next((one for one in STEPS if far < one * (ticks + 1)), STEPS[-1])


def shown(rows: pd.DataFrame, columns: str) -> pd.DataFrame:
    """The columns of a figure's table."""
    return rows[columns.split()].round(3)


def left_out(all_of_it: Iterable[object], drawn: Iterable[object]) -> str:
    """How many things are not drawn.

    >>> left_out(["a", "b", "b"], ["a"])
    ' Not drawn: 1 more.'
    """
    more = len(set(all_of_it) - set(drawn))
    return f" Not drawn: {more:,} more." if more else ""


def said(notes: Sequence[str]) -> str:
    """Notes of a result, after what the figure itself says; `warned` has the gravest of them.

    >>> said(["ar: outlet and language cannot be told apart.", "No difference was tested."])
    ' No difference was tested.'
    """
    return "".join(f" {note}" for note in notes if not UNTOLD.match(note))


def warned(figure: go.Figure, notes: Sequence[str], groups: Iterable[object]) -> go.Figure:
    """`figure` with a line under its title, if a difference of `groups` may be one of outlets."""
    lines: list[str] = []
    for told in filter(None, map(UNTOLD.match, notes)):
        alone = told[1].split(", ")
        names = [language_name(str(group)) for group in groups if str(group) in alone]
        if names:
            lines += label(f"{', '.join(names)}: {told[2]}", 52).split("<br>")
    if lines:
        figure.update_layout(
            title_subtitle={"text": "<br>".join(lines), "font": {"size": 12}},
            margin_t=(figure.layout.margin.t or 56) + LINE * len(lines),
            height=figure.layout.height + LINE * len(lines),
        )
    return figure
