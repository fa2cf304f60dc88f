"""A plotly figure of a notebook → what its page needs: safe JSON, words for it, its numbers."""

import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from astana_kit.display.markup import safe_json
from astana_kit.text.script import BIDI_CONTROLS

PLOTLY = "application/vnd.plotly.v1+json"
# Maps ask a server for their outlines, WebGL builds code out of strings, which the page forbids;
# and WebGL text puts Arabic letters in the wrong order
NOT_OFFLINE = re.compile(
    "choropleth.*|cone|densitymap.*|isosurface|mesh3d|parcoords|scatter(3d|geo|gl|map.*|polargl)"
    "|splom|streamtube|surface|volume"
)
MARKUP = re.compile(r"<[^>]*>")


class Drawing(NamedTuple):
    """One figure as the page shows it."""

    json: str  # for a script element: data and layout
    height: int  # pixels, kept free until it is drawn
    least: int  # pixels of width below which it scrolls
    alt: str
    note: str
    columns: list[str]
    rows: list[list[str]]


def drawing(figure: dict[str, Any]) -> Drawing:
    """What the page shows of a plotly figure; its numbers from ``layout.meta``, else its traces.

    Raises
    ------
    ValueError : a trace of a type that no page can draw without a network.
    """
    for trace in figure["data"]:
        if NOT_OFFLINE.fullmatch(kind := trace.get("type", "scatter")):
            raise ValueError(
                f"a figure with a trace of type {kind} cannot be drawn offline; use SVG types "
                "(px.scatter(render_mode='svg'), bar, heatmap …)"
            )
    layout = dict(figure.get("layout", {}))
    meta: dict[str, Any] = layout["meta"] if isinstance(layout.get("meta"), dict) else {}
    words = {key: value for key, value in meta.items() if key != "table"}
    table = meta.get("table") or _drawn_table(figure["data"])
    if "meta" in layout:
        layout["meta"] = words
    layout.pop("width", None)  # the page is as wide as its reader's window
    return Drawing(
        json=safe_json({"data": figure["data"], "layout": layout}),
        height=int(layout.get("height") or 450),
        least=int(words.get("least") or 0),
        alt=plain(words.get("alt") or _title(layout) or "Figure"),
        note=plain(words.get("note") or ""),
        columns=[plain(column) for column in table["columns"]],
        rows=[[cell(value) for value in row] for row in table["rows"]],
    )


def plain(value: object) -> str:
    """Text without plotly's markup and without marks of direction.

    >>> plain("<b>\u2068اللجنة\u2069</b><br>24 %")
    'اللجنة 24 %'
    """
    text = MARKUP.sub("", re.sub(r"<br\s*/?>", " ", str(value)))
    return BIDI_CONTROLS.sub("", unescape(text))


def cell(value: object) -> str:
    """A cell of the table under a figure: numbers short, nothing where nothing is known.

    >>> [cell(value) for value in (0.123456, 12345.6789, 3, None, "2017-01-23T00:00:00")]
    ['0.123', '12345.679', '3', '', '2017-01-23']
    """
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 (NaN)
        return ""
    if isinstance(value, float):
        short = f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.3g}"
        return short.replace("-", "−")
    return plain(value).removesuffix("T00:00:00")


def _title(layout: dict[str, Any]) -> str:
    title = layout.get("title") or ""
    return title.get("text") or "" if isinstance(title, dict) else str(title)


def _drawn_table(traces: list[dict[str, Any]]) -> dict[str, Any]:
    """Table of the points of all traces; one that answers no hovering is decoration."""
    points = [
        ({"series": trace["name"]} if len(traces) > 1 and trace.get("name") else {}) | point
        for trace in traces
        if trace.get("hoverinfo") != "skip"
        for point in _points(trace)
    ]
    columns = list({column: None for point in points for column in point})
    return {
        "columns": columns,
        "rows": [[point.get(column) for column in columns] for point in points],
    }


def _points(trace: dict[str, Any]) -> Iterator[dict[str, Any]]:
    arrays = {
        name: _array(trace[name])
        for name in ("labels", "x", "y", "z", "values", "text")
        if isinstance(trace.get(name), list | dict)
    }
    if arrays.get("z") and isinstance(arrays["z"][0], list):  # a matrix: a point a cell
        for (row, line), (column, _) in product(enumerate(arrays["z"]), enumerate(arrays["z"][0])):
            x, y = arrays.get("x", range(len(line))), arrays.get("y", range(len(arrays["z"])))
            yield {"x": x[column], "y": y[row], "z": line[column]}
        return
    for values in zip(*arrays.values(), strict=False):
        yield dict(zip(arrays, values, strict=True))


def _array(values: list[Any] | dict[str, str]) -> list[Any]:
    """Values of a trace; plotly packs arrays of numbers as bytes."""
    if isinstance(values, list):
        return values
    numbers = np.frombuffer(b64decode(values["bdata"]), dtype=np.dtype(values["dtype"]))
    if "shape" in values:
        numbers = numbers.reshape([int(size) for size in str(values["shape"]).split(",")])
    return list(numbers.tolist())
