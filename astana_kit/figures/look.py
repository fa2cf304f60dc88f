"""How every figure looks: template, palette, names, and the words that stand beside the picture.

Every figure carries in ``layout.meta`` what a page needs beside the picture: ``alt`` (what the
figure shows, from the data), ``table`` (the numbers drawn, folded under it), ``note`` (how it
was counted), ``evidence`` (which lines stand behind each row of the table) and, of a grid,
``least`` (pixels below which a page lets it scroll instead of squeezing it).

A mark leads to its lines where its trace says what values these have, in the columns of the
concordance that stands after the figure. A new figure says it once for the marks and once for the
table, by the same rows that it draws::

    go.Bar(..., meta=leads(terms, {"term": "term", "language": "language"}))
    cell_grid(..., rows={"actor": things}, columns={"round": rounds})
    finish(..., evidence={"term": "term", "language": "language"})

Left stands the column of the lines, right the column of the rows. A click on a mark, or the button
of its row in the table, then shows the lines that have these values; a missing value asks for
lines without one. One row of the table is one mark.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from astana_kit.text.script import BIDI_CONTROLS, isolate

# Okabe and Ito (2008), told apart by the colour-blind; a language has one colour everywhere
LANGUAGE_COLOUR = {
    "ru": "#0072B2",
    "ar": "#D55E00",
    "kk": "#009E73",
    "en": "#CC79A7",
    "tr": "#E69F00",
    "fa": "#56B4E9",
    "und": "#7F7F7F",
}
LANGUAGE_NAME = {
    "ru": "Russian",
    "ar": "Arabic",
    "kk": "Kazakh",
    "en": "English",
    "tr": "Turkish",
    "fa": "Persian",
    "und": "undetermined",
}
KIND_COLOUR = {
    "headline": "#00507D",
    "body": "#0072B2",
    "dateline": "#56B4E9",
    "related": "#E69F00",
    "boilerplate": "#A6A6A6",
}

CAMP_COLOUR = {  # the seat at the table
    "guarantor": "#0072B2",
    "host": "#009E73",
    "government": "#D55E00",
    "opposition": "#CC79A7",
    "observer": "#56B4E9",
    "subject": "#E69F00",
    "other": "#7F7F7F",
}

FONT = '"Noto Sans","Segoe UI",system-ui,"Noto Sans Arabic","Geeza Pro",Tahoma,sans-serif'
LETTER = 6.5  # pixels that a letter or digit of 12 pixels takes, on the average
CELL = 20  # pixels: a number of two digits, with a gap
FEW = 12  # pages up to which each is named on a figure and in its description
GREY = "rgba(127,127,127,.28)"  # seen on white and on black alike
SCALE_BAR: dict[
    str, Any
] = {  # lies under the figure, so that a phone keeps its width for the cells
    "orientation": "h",
    "thickness": 10,
    "len": 0.6,
    "x": 0,
    "xanchor": "left",
    "y": 0,
    "yanchor": "top",
    "tickangle": 0,
    "tickfont": {"size": 12},
    "title": {"side": "bottom", "font": {"size": 12}},
}
# Few to all; below chance orange. Opaque: plotly chooses the colour of a number as if the page
# behind it were white. And light: its dark grey is read on every shade.
SCALE = [[0, "#DCE6EC"], [1, "#5FBAF0"]]
SCALE_OF_CHANCE = [[0, "#F0AA1E"], [0.5, "#E8E8E8"], SCALE[-1]]

pio.templates["astana"] = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 14},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 16, "t": 56, "b": 8},
        "title": {
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 14, "l": 4},
            "font": {"size": 16},
        },
        "xaxis": {"automargin": True, "gridcolor": GREY, "zerolinecolor": GREY, "linecolor": GREY},
        "yaxis": {"automargin": True, "gridcolor": GREY, "zerolinecolor": GREY, "linecolor": GREY},
        "legend": {
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "title": {"text": ""},
        },
        "hoverlabel": {"font": {"family": FONT}},
    }
)
# plotly offers to post a chart to a server ("Share chart…"); nothing of a corpus may leave so
pio.renderers["plotly_mimetype"].config.update(showSendToCloud=False, displaylogo=False)


def finish(  # noqa: PLR0913 (what every figure has beside its picture, in one place)
    figure: go.Figure,
    *,
    title: str,
    height: int,
    alt: str,
    table: pd.DataFrame,
    note: str,
    evidence: Mapping[str, str] | None = None,
) -> go.Figure:
    """Dress `figure` in the kit's template and lay its words and numbers beside it.

    `evidence`: column of the lines → column of `table` with the value that they have. A column of
    `table` that only `evidence` needs begins with an underscore, and is not shown.
    """
    days = table.select_dtypes("datetime").columns
    cells = table.assign(**{column: table[column].dt.strftime("%Y-%m-%d") for column in days})
    shown = cells[[column for column in cells.columns if not str(column).startswith("_")]]
    rows = shown.astype(object).where(shown.notna(), None).to_numpy().tolist()
    meta = {
        "alt": alt,
        "table": {"columns": [str(column) for column in shown.columns], "rows": rows},
        "note": note,
        **leads(cells, evidence or {}),
        **({"least": least_width(figure)} if figure.data and "z" in figure.data[0] else {}),
    }
    return figure.update_layout(template="astana", title=isolate(title), height=height, meta=meta)


def leads(rows: pd.DataFrame, evidence: Mapping[str, str]) -> dict[str, dict[str, list[Any]]]:
    """Where the marks drawn of `rows` lead, for the ``meta`` of their trace.

    >>> leads(pd.DataFrame({"term": ["сирия"], "n": [11]}), {"term": "term"})
    {'evidence': {'term': ['сирия']}}
    """
    return {"evidence": {column: values(rows[own]) for column, own in evidence.items()}}


def values(column: Iterable[Any]) -> list[Any]:
    """What JSON can hold of a column: lists stay, what is missing is None."""
    plain: list[Any] = []
    for one in column:
        if isinstance(one, list):
            plain.append(one)
        elif pd.isna(one):
            plain.append(None)
        else:
            plain.append(one.item() if hasattr(one, "item") else one)
    return plain


def cell_grid(
    shades: pd.DataFrame,
    texts: pd.DataFrame,
    *,
    rows: Mapping[str, Iterable[Any]] | None = None,
    columns: Mapping[str, Iterable[Any]] | None = None,
    **look: object,
) -> go.Figure:
    """A cell for each pair of a row and a column, rows from the top; `texts` stand in the cells.

    Where a cell leads is said by `rows` and `columns`: column of the lines → its value for each
    row, for each column of the grid. Where both name one column, a line must have both values.
    A pair without a shade has no cell. `look` goes to plotly's heatmap: colours, limits, the words
    under the pointer.
    """
    sides = {"rows": rows, "columns": columns} if rows and columns else {}
    figure = go.Figure(
        go.Heatmap(
            z=shades.to_numpy(dtype="float32"),  # finer than any eye, and short on a page
            x=list(shades.columns),
            y=list(shades.index),
            text=texts.to_numpy(),
            texttemplate="%{text}",
            xgap=2,
            ygap=2,
            meta={
                side: {column: values(own) for column, own in keys.items()}
                for side, keys in sides.items()
            },
            **{"hoverongaps": False, **look},
        )
    )
    figure.update_layout(margin={"r": 4})  # a phone has its width for the cells
    figure.update_xaxes(type="category", showgrid=False, tickfont={"size": 12})
    return figure.update_yaxes(type="category", autorange="reversed", tickfont={"size": 12})


def least_width(grid: go.Figure) -> int:
    """Pixels below which headings or numbers of a grid would run into each other.

    >>> cells = pd.DataFrame([[3, 12]], index=["Syria"], columns=["20", "none"])
    >>> least_width(cell_grid(cells, cells.astype(str)))
    86
    """
    cells, axis = grid.data[0], grid.layout.xaxis
    heads = [0.0 if axis.tickangle else _wide(head) for head in axis.ticktext or cells.x]
    apart = [(a + b) / 2 for a, b in pairwise(heads)]
    inside = max((_wide(text) for row in cells.text for text in row), default=0)
    names = max(map(_wide, cells.y), default=0)
    return round(names + 2 * LETTER + len(heads) * max(CELL, inside + 4, *apart, 0))


def _wide(text: object) -> float:
    """Pixels that the longest line of a small text takes, about."""
    lines = re.split(r"<br\s*/?>", BIDI_CONTROLS.sub("", str(text)))
    return LETTER * max(len(re.sub("<[^>]*>", "", line)) for line in lines)


def name_headings(figure: go.Figure, text: str, **look: object) -> go.Figure:
    """Say in the corner of a grid what each line of its headings is; `look` goes to plotly."""
    return figure.add_annotation(
        text=text,
        align="right",
        x=0,
        xref="paper",
        xanchor="right",
        y=1,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        **look,
    )


def cell_rows(grid: pd.DataFrame, number: str) -> pd.DataFrame:
    """One row a cell of `grid` that is not 0: its row, its column, and `number`.

    >>> cell_rows(pd.DataFrame({"name": [5, 0]}, index=["Syria", "Iran"]), "n").values.tolist()
    [['Syria', 'name', 5]]
    """
    keys = [str(grid.index.name or "row"), str(grid.columns.name or "column")]
    cells = grid.rename_axis(index=keys[0]).reset_index()
    rows = cells.melt(id_vars=keys[0], var_name=keys[1], value_name=number)
    return rows[rows[number] > 0].reset_index(drop=True)


def interval(middle: pd.Series, low: pd.Series, high: pd.Series, **look: object) -> dict[str, Any]:
    """The line of a 95 % interval through a dot or bar along x; none where its ends are missing."""
    return {
        "array": (high - middle).fillna(0),
        "arrayminus": (middle - low).fillna(0),
        "thickness": 1.5,
        "width": 0,
        **look,
    }


def label(text: object, width: int = 26) -> str:
    """Text for a tick: lines of at most `width` characters, each kept in its own direction."""
    return "<br>".join(isolate(line) for line in wrap(str(text), width))


def language_name(code: str) -> str:
    """Name of a language in English, or its code, as text, where the kit does not know it."""
    return LANGUAGE_NAME.get(code) or isolate(code)


def language_colour(language: str) -> str:
    """The one colour of a language in every figure."""
    return LANGUAGE_COLOUR.get(language, LANGUAGE_COLOUR["und"])
