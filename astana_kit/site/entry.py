"""What the index of a site says of a notebook, all of it told by the notebook itself."""

import re
from html import unescape
from typing import Any

from babel import Locale
from nbformat import NotebookNode

from astana_kit.provenance import SESSION
from astana_kit.site.execution import code_cells, tags

TAG = re.compile(r"<[^>]*>")


def entry(name: str, notebook: NotebookNode) -> dict[str, str]:
    """Address, question, answer, corpus, its pages, their days; empty where it is not told.

    The corpus is what the last ``ak.session`` of the notebook worked with, so that no day is ever
    that of the rendering.
    """
    told = [
        output.data[SESSION]
        for cell in code_cells(notebook)
        for output in cell.outputs
        if SESSION in output.get("data", {})
    ]
    covers = told[-1] if told else {}
    return {
        "href": f"{name}.html",
        "title": title(notebook) or name,
        "answer": answer(notebook),
        "corpus": str(covers.get("corpus") or ""),
        "pages": _pages(covers),
        "first": str(covers.get("first") or ""),
        "last": str(covers.get("last") or ""),
        "undated": _many(covers["undated"]) if covers.get("undated") else "",
    }


def title(notebook: NotebookNode) -> str:
    """The notebook's first heading of the first level, as text.

    >>> from nbformat import v4
    >>> title(v4.new_notebook(cells=[v4.new_markdown_cell("# Who *speaks*?")]))
    'Who speaks?'
    """
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.search(r"^#[ \t]+(.+?)[ \t#]*$", prose, re.MULTILINE)
    return re.sub("[*`]", "", found[1]) if found else ""


def answer(notebook: NotebookNode) -> str:
    """What the cell tagged ``answer`` says, in one line of text; empty without such a cell."""
    said = []
    for cell in code_cells(notebook):
        for output in cell.outputs if "answer" in tags(cell) else []:
            if output.output_type == "stream" and output.name == "stdout":
                said.append(output.text)
            elif "data" in output:
                said.append(_as_text(output.data))
    return " ".join(" ".join(said).split())


def _as_text(data: dict[str, Any]) -> str:
    if "text/markdown" in data:
        return re.sub("[*`]", "", data["text/markdown"])
    if "text/html" in data:
        return unescape(TAG.sub("", data["text/html"]))
    return str(data.get("text/plain", "")).strip("'\"")


def _pages(covers: dict[str, Any]) -> str:
    """How many pages, in which languages.

    >>> _pages({"pages": 1, "languages": ["kk", "und"]})
    '1 page in Kazakh, undetermined'
    """
    if not covers.get("pages"):
        return ""
    names = {**Locale("en").languages, "und": "undetermined"}
    languages = sorted(str(names.get(code, code)) for code in covers["languages"])
    return f"{_many(covers['pages'])} in {', '.join(languages) or 'no known language'}"


def _many(pages: int) -> str:
    return f"{pages:,} page" + "s" * (pages != 1)
