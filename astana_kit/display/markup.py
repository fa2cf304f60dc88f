"""The HTML of a concordance: some lines to read without a script, all of them as data for one.

Lines that overlap share their text, and a column's values are written once each: the lines of a
frequent word would else hold every passage many times over.
"""

import json
import math
import re
from collections.abc import Hashable, Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from astana_kit.text.script import BIDI_CONTROLS, direction

CONTEXT = 80  # characters kept on each side of the keyword
FIRST = 12  # lines that are there without a script; the script shows the others
FILLED = 1500  # characters of keywords after which no more are: of whole passages fewer do
SIDES = ("before", "keyword", "after")
# what can break out of a script element, end a line of JavaScript, or turn round a source
UNSAFE = {
    code: f"\\u{code:04x}"
    for code in (*map(ord, "<>&\u2028\u2029"), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


@cache
def page_parts() -> dict[str, str]:
    """Style and script of the lines, the same for a notebook and for a page."""
    here = Path(__file__).parent
    return {kind: source(here / f"evidence.{kind}") for kind in ("css", "js")}


def source(path: Path) -> str:
    """Style or script in the file `path` without its comments and indents, which a page carries."""
    text = re.sub(r"^ *(//.*)?\n|^ +", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.sub(r"/\*.*?\*/\n?", "", text, flags=re.DOTALL) if path.suffix == ".css" else text


def safe_json(value: object) -> str:
    r"""JSON that cannot leave the script element it stands in.

    >>> print(safe_json({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)


def block(lines: pd.DataFrame) -> str:
    """HTML of a concordance of `lines`, which has the columns of ``display.COLUMNS``."""
    drawn = _first(lines)
    first = "".join(_line(row) for row in drawn.to_dict("records"))
    more = len(lines) - len(drawn)
    return (
        '<div class="astana-lines">'
        f'<p class="said">{_count(len(lines)) if len(lines) else "Nothing found."}</p>'
        + (f'<ol aria-label="Lines">{first}</ol>' if first else "")
        + (f'<p class="rest">{_count(more)} more.</p>' if more > 0 else "")
        + f'<script type="application/json">{safe_json(_kept(lines))}</script></div>'
    )


def _first(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines to be read without a script."""
    first = lines.head(FIRST)
    characters = first["keyword"].str.len()
    return first[characters.cumsum() - characters < FILLED]


def _count(n: int) -> str:
    return f"{n:,} line" + "s" * (n != 1)


def _line(row: dict[Any, Any]) -> str:
    """One line as markup; the script builds its own of the same shape."""
    language = "" if pd.isna(row["language"]) else str(row["language"])
    whole = " whole" if len(row["keyword"]) > CONTEXT else ""
    return (
        f'<li class="line{whole}" dir="{_way(row)}" lang="{_safe(language)}">'
        f'<span class="where">{_where(row)}</span> '
        f'<span class="before">{_safe(row["before"])}</span>'
        f'<span class="keyword"><mark>{_safe(row["keyword"])}</mark>{_gloss(row)}</span>'
        f'<span class="after">{_safe(row["after"])}</span></li>'
    )


def _way(row: dict[Any, Any]) -> str:
    words = f"{row['before']}{row['keyword']}{row['after']}"
    return direction(words, None if pd.isna(row["language"]) else str(row["language"]))


def _gloss(row: dict[Any, Any]) -> str:
    """English word for the keyword, where one is known."""
    gloss = row.get("gloss")
    if gloss is None or pd.isna(gloss):
        return ""
    return f' <span class="gloss" lang="en" dir="ltr">{_safe(gloss)}</span>'


def _where(row: dict[Any, Any]) -> str:
    """Document and day, round and outlet, each kept from turning the others round."""
    number = row.get("round")
    if isinstance(number, float) and number.is_integer():
        number = int(number)  # as a merge makes 21.0 of 21
    parts = [
        row["doc_id"],
        _plain(row["published"]),
        None if number is None or pd.isna(number) else f"round {number}",
        row["outlet"],
    ]
    return " · ".join(f"<bdi>{_safe(part)}</bdi>" for part in parts if pd.notna(part))


def _safe(value: object) -> str:
    """Corpus text for HTML: escaped, its direction controls taken out."""
    return escape(BIDI_CONTROLS.sub("", str(value)), quote=True)


def _kept(lines: pd.DataFrame) -> dict[str, Any]:
    """All of `lines` as the script reads them: texts, where in them each line is, its columns."""
    texts, place = _texts(lines)
    columns = [column for column in lines.columns if column not in {*SIDES, "stop"}]
    ways = [_way(row) for row in lines[[*SIDES, "language"]].to_dict("records")]
    return {
        "texts": texts,
        **place,
        "way": _coded(ways),
        "columns": _sharing(
            {str(column): _coded(map(_plain, lines[column])) for column in columns}
        ),
    }


def _texts(lines: pd.DataFrame) -> tuple[list[str], dict[str, list[int]]]:
    """Stretches of text that hold every line once, and for each line its stretch and lengths."""
    windows = list(lines[["doc_id", "passage", "start", *SIDES]].itertuples(index=False, name=None))
    begins = [start - len(before) for _, _, start, before, _, _ in windows]
    order = sorted(range(len(windows)), key=lambda n: (*map(str, windows[n][:2]), begins[n]))
    texts: list[str] = []
    text, offset = [0] * len(windows), [0] * len(windows)
    head, where = 0, None
    for n in order:
        window = "".join(windows[n][3:])
        inside = begins[n] - head
        shared = texts[-1][inside:] if texts and windows[n][:2] == where else None
        # a reader may have changed the words of a line: then it has a stretch of its own
        if not shared or not (window.startswith(shared) or shared.startswith(window)):
            texts.append("")
            head, where, inside, shared = begins[n], windows[n][:2], 0, ""
        texts[-1] += window[len(shared) :]
        text[n], offset[n] = len(texts) - 1, _units(texts[-1][:inside])
    lengths = {side: [_units(words) for words in lines[side]] for side in SIDES}
    return texts, {"text": text, "from": offset, **lengths}


def _units(text: str) -> int:
    """Length of `text` as JavaScript counts it: letters beyond U+FFFF are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _coded(values: Iterable[Any]) -> dict[str, list[Any]]:
    """Different values once each, and which of them each line has; where all have one, nothing."""
    places: dict[Hashable, int] = {}
    of = [
        places.setdefault(tuple(value) if isinstance(value, list) else value, len(places))
        for value in values
    ]
    return {"values": list(places)} | ({"of": of} if len(places) > 1 else {})


def _sharing(columns: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Columns that tell the same lines apart, as those of one document do, say it once.

    >>> _sharing({"doc_id": {"values": ["a", "b"], "of": [0, 1]}, "outlet": {"values": ["О", "ن"],
    ...     "of": [0, 1]}})["outlet"]
    {'values': ['О', 'ن'], 'of': 'doc_id'}
    """
    first: dict[tuple[int, ...], str] = {}
    for name, column in columns.items():
        if "of" in column and (other := first.setdefault(tuple(column["of"]), name)) != name:
            column["of"] = other
    return columns


def _plain(value: Any) -> Any:  # noqa: ANN401 (any cell of a frame; what JSON can hold)
    """A cell as JSON holds it: numbers and texts, a day as it is written, missing as null."""
    if isinstance(value, list | tuple | set | frozenset):
        return [
            _plain(one) for one in (value if isinstance(value, list | tuple) else sorted(value))
        ]
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and math.isinf(value):  # no JSON
        return str(value)
    return value if isinstance(value, bool | int | float | str) else str(value)
