"""One executed notebook → one HTML page that opens from a folder, without a network."""

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape, unescape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode, v4
from traitlets import default
from traitlets.config import Config

from astana_kit.display import markup
from astana_kit.site.drawing import PLOTLY, drawing
from astana_kit.site.entry import TAG, answer, title
from astana_kit.site.execution import tags
from astana_kit.text.script import direction

TEMPLATE = Path(__file__).parent / "template"
SCRIPT = "_static/plotly.min.js"
# The first that an output has is shown; scripts and widgets, which need a server, are not
SHOWN = (
    PLOTLY,
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/plain",
)
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)
# What the style of the page has no colour for: all but keywords, strings, numbers, comments
PLAIN_CODE = re.compile(r'<span(?: class="(?!ow"|[ksmc])[^"]*")?>([^<]*)</span>')
PANDAS_STYLE = re.compile(r"<style scoped>.*?</style>", re.DOTALL)  # the page's own goes further
NOTHING = re.compile("<td>(?:NaN|NaT|&lt;NA&gt;)</td>")  # not None: that may be a word of a text
# a text's own marks that turn round what follows; U+2066…2069, which only isolate, may stay
OVERRIDE = re.compile("[\u202a-\u202e]")


class Heading(NamedTuple):
    """A heading of the page, to be found in its table of contents."""

    level: str
    id: str
    text: str


class AstanaExporter(HTMLExporter):
    """Page of one notebook: figures from data, code folded, nothing from the network.

    ``jupyter nbconvert --to astana notebook.ipynb`` finds it by its entry point. A class, because
    nbconvert knows exporters as classes.
    """

    export_from_notebook = "Astana page"
    exclude_anchor_links = True
    embed_images = True

    @default("template_name")
    def _template_name_default(self) -> str:
        return TEMPLATE.name

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATE.parent)]

    @default("template_file")
    def _template_file_default(self) -> str:
        return "page.html.j2"

    @property
    def default_config(self) -> Config:
        """Settings of nbconvert that the page needs: Jupyter Book's names for what is left out."""
        removal = {
            "enabled": True,
            "remove_cell_tags": {"remove-cell"},
            "remove_all_outputs_tags": {"remove-output"},
            "remove_input_tags": {"remove-input"},
        }
        config = Config({"TagRemovePreprocessor": removal})
        config.merge(super().default_config)
        return config

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Filters of nbconvert, and the page's own."""
        yield from super().default_filters()
        own = (
            answer,
            directed,
            drawing,
            headed,
            lean_code,
            lean_table,
            shown,
            sound_cells,
            tags,
            title,
        )
        yield from ((function.__name__, function) for function in own)

    def from_notebook_node(  # type: ignore[override]  # nbconvert's own exporters return text too
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: object
    ) -> tuple[str, dict[str, Any]]:
        """Page of `nb`, and the files that it needs beside it.

        Raises
        ------
        ValueError : a cell holds an error, or a figure that cannot be drawn offline.
        """
        given = {
            "strip": {},
            **(resources or {}),
            "page": page_parts(),
            "plotly": SCRIPT,
        }
        html, done = super().from_notebook_node(nb, given, **kw)
        html = OVERRIDE.sub("", html)
        done["outputs"] = {**(done["outputs"] or {}), SCRIPT: plotly_script()}
        return html, done

    def index(self, pages: list[dict[str, str]]) -> str:
        """The page that leads to the others: an ``entry`` a row, with its address `href`."""
        template = self.environment.get_template("index.html.j2")
        page = template.render(pages=pages, resources={"page": page_parts(), "strip": {}})
        return OVERRIDE.sub("", page)


@cache
def plotly_script() -> bytes:
    """plotly.js of the installed plotly, so that script and figures are of one version."""
    return files("plotly").joinpath("package_data/plotly.min.js").read_bytes()


@cache
def page_parts() -> dict[str, str]:
    """What every page holds: its style, its script, and the policy that permits no other."""
    lines = markup.page_parts()
    script = markup.source(TEMPLATE / "page.js") + lines["js"]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = {
        "default-src": "'none'",
        # file: because some browsers do not take a page's own folder for 'self'
        "script-src": f"'self' file: 'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",  # plotly saves a picture by way of data: and blob:
        "font-src": "data:",
        "connect-src": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return {
        "css": lines["css"] + markup.source(TEMPLATE / "page.css"),
        "js": script,
        "policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "version": version("astana-kit"),
    }


def shown(data: dict[str, Any]) -> str:
    """Which representation of an output the page shows.

    Raises ValueError where it has none that works on a page at rest.
    """
    for kind in SHOWN:
        if kind in data:
            return kind
    raise ValueError(f"an output of type {', '.join(data)} cannot be shown; {', '.join(SHOWN)} can")


def headed(body: str) -> tuple[str, list[Heading]]:
    """Body of a page whose headings can be linked to, and these headings in order.

    >>> headed("<h2>Who?</h2><h2>Who?</h2>")[0]
    '<h2 id="who">Who?</h2><h2 id="who-2">Who?</h2>'
    """
    headings: list[Heading] = []
    taken: dict[str, int] = {}

    def name(found: re.Match[str]) -> str:
        level, inside = found.groups()
        text = TAG.sub("", inside)
        slug = re.sub(r"[\W_]+", "-", unescape(text).lower()).strip("-") or "part"
        taken[slug] = taken.get(slug, 0) + 1
        unique = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        headings.append(Heading(level, unique, text))
        return f'<h{level} id="{unique}">{inside}</h{level}>'

    return HEADING.sub(name, body), headings


def directed(html: str) -> str:
    """Prose whose paragraphs run as most of their letters do, not as the first of them does.

    >>> directed("<p>«الوفد» is said of a delegation.</p>")[:13]
    '<p dir="ltr">'
    """

    def way(found: re.Match[str]) -> str:
        return f'<p dir="{direction(unescape(TAG.sub("", found[1])))}">{found[1]}</p>'

    return PARAGRAPH.sub(way, html)


def lean_code(html: str) -> str:
    """Highlighted code without the spans that have no colour.

    >>> lean_code('<span class="k">for</span> <span class="n">page</span>')
    '<span class="k">for</span> page'
    """
    return PLAIN_CODE.sub(r"\1", html)


def lean_table(html: str) -> str:
    r"""A table without pandas' style, indents and names for nothing, and without empty headings.

    >>> lean_table("<table>\n  <tr>\n    <th></th>\n    <td>NaT</td>")
    '<table><tr><td></td><td>–</td>'
    """
    bare = re.sub(r">\s*\n\s*<", "><", PANDAS_STYLE.sub("", html))
    return NOTHING.sub("<td>–</td>", bare.replace("<th></th>", "<td></td>"))


def sound_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Cells of an executed notebook, refusals said in words.

    A cell tagged "raises-exception" asks what some corpora cannot carry: the kit's ValueError is
    then the answer, and later cells of that tag, which miss its result, show nothing.

    Raises
    ------
    ValueError : another cell holds an error, or such a cell another error.
    """
    cells, number = [], 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            number += 1
            made = [_sound(output, number, tags(cell)) for output in cell.get("outputs", [])]
            cell = NotebookNode(cell, outputs=[output for output in made if output])  # noqa: PLW2901
        cells.append(cell)
    return cells


def _sound(output: NotebookNode, number: int, tagged: list[str]) -> NotebookNode | None:
    """An output as the page shows it; ValueError where it is an error that nobody expects."""
    if output.output_type != "error":
        return output
    if "raises-exception" in tagged and output.ename in {"ValueError", "NameError"}:
        said = f'<p class="refused" dir="auto">Refused: {escape(output.evalue)}</p>'
        refused = output.ename == "ValueError"
        return v4.new_output("display_data", {"text/html": said}) if refused else None
    raise ValueError(
        f"code cell {number} holds an error ({output.ename}: {output.evalue}); "
        "run the notebook without errors before making a page of it"
    )
