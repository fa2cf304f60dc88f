"""The kit's own notebooks: as they are committed, and as they are shown to others."""

import ast
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import draw_all, figures_of

import astana_kit as ak
from astana_kit import site, tables
from astana_kit.site import execution
from astana_kit.site.entry import entry

NOTEBOOKS = sorted(tables.NOTEBOOKS.glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
PAGE_SIZE = 300_000  # bytes, beside the shared script

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
each_page = pytest.mark.parametrize("name", NAMES)


def read(path):
    return nbformat.read(path, as_version=4)


def cells(path, kind):
    return [cell for cell in read(path).cells if cell.cell_type == kind]


def test_the_kit_has_notebooks():
    assert "00-corpus" in NAMES


# As committed


@each_notebook
def test_a_notebook_is_committed_without_outputs(path):
    for cell in cells(path, "code"):
        assert (cell.outputs, cell.execution_count) == ([], None)


@each_notebook
def test_a_notebook_opens_in_jupyterlab_without_a_question(path):
    assert read(path).metadata.kernelspec.name == "python3"


@each_notebook
def test_every_name_of_the_first_cell_can_be_set_and_is_told_at_the_end(path):
    first, last = cells(path, "code")[0], cells(path, "code")[-1]
    parts = [part for part in ast.walk(ast.parse(first.source)) if isinstance(part, ast.Name)]
    assert [part.id for part in parts] == execution.parameter_names(read(path))
    told = {word.arg for word in ast.parse(last.source).body[0].value.keywords}
    drawn_only = {"most", "words"}  # how many lines a figure draws; what is looked up in passing
    assert {part.id for part in parts} - drawn_only <= told


@each_notebook
def test_a_notebook_begins_with_its_question(path):
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# [^\n]+\?\s*(\n|$)", first.source)


@each_notebook
def test_a_notebook_answers_its_question(path, executed):
    assert site.answer(executed[path.stem]).endswith(".")


@each_notebook
def test_a_notebook_tells_the_index_its_corpus_and_days(path, executed):
    told = entry(path.stem, executed[path.stem])
    assert re.fullmatch(r"the s(eeds|ample)", told["corpus"])
    assert re.fullmatch(r"\d+ pages in Arabic, .+", told["pages"])
    assert "2017" <= told["first"] < told["last"] < "2025"


@each_notebook
def test_headings_go_down_one_step_at_a_time(path):
    prose = "\n".join(cell.source for cell in cells(path, "markdown"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@each_notebook
def test_code_is_short_and_defines_nothing(path):
    for cell in cells(path, "code"):
        assert len(cell.source.splitlines()) <= 12, cell.source
        kinds = {type(node).__name__ for node in ast.walk(ast.parse(cell.source))}
        assert not kinds & {"FunctionDef", "AsyncFunctionDef", "ClassDef"}, cell.source


@each_notebook
def test_code_installs_nothing_and_chooses_no_renderer(path):
    for cell in cells(path, "code"):
        assert not re.search(r"^\s*[!%]|\bpip\b|renderer", cell.source, re.MULTILINE)


@each_notebook
def test_prose_leads_and_code_follows(path):
    words = sum(len(cell.source.split()) for cell in cells(path, "markdown"))
    assert 40 <= words / len(cells(path, "code")) <= 100


# As shown


@pytest.fixture(scope="session")
def rendered(executed, tmp_path_factory):
    """The folder of the kit's site."""
    pages = [execution.Executed(path, executed[path.stem]) for path in NOTEBOOKS]
    return site.write(pages, tmp_path_factory.mktemp("kit") / "site").parent


def page_of(rendered, name):
    return BeautifulSoup((rendered / f"{name}.html").read_text("utf-8"), "html.parser")


@each_notebook
def test_a_notebook_runs_without_a_warning(path, executed):
    assert execution.warnings(execution.Executed(path, executed[path.stem])) == []


@each_page
def test_the_seeds_are_refused_nothing(name, rendered):
    assert not page_of(rendered, name).select(".refused")


def test_of_a_corpus_too_small_for_topics_that_is_said_and_nothing_drawn(tmp_path):
    (tmp_path / "a.txt").write_text("Heyetler geldi.\nRusya heyeti geldi.\n", encoding="utf-8")
    topics = tables.NOTEBOOKS / "02-topics.ipynb"
    index = site.render([topics], output=tmp_path / "site", corpus=tmp_path / "a.txt")
    page = page_of(index.parent, topics.stem)
    (refused,) = page.select(".refused")
    assert "4 are the fewest that make groups" in refused.text
    assert not page.select("figure")


@each_page
def test_every_figure_of_the_notebook_is_on_the_page_with_words_and_numbers(
    name, executed, rendered
):
    figures = page_of(rendered, name).select("figure.drawing")
    assert len(figures) == figures_of(executed[name])
    for figure in figures:
        assert len(figure.select_one(".canvas")["aria-label"]) > 20
        assert figure.select("tbody tr")


@each_page
def test_a_page_is_light(name, rendered):
    assert (rendered / f"{name}.html").stat().st_size <= PAGE_SIZE


@pytest.mark.parametrize("name", ["index", *NAMES])
def test_a_page_asks_for_nothing_outside_its_folder(name, rendered):
    page = page_of(rendered, name)
    loaded = [element["src"] for element in page.select("[src]")]
    loaded += [element["href"] for element in page.select("[href]") if element.name != "a"]
    for address in loaded:
        assert address.startswith("data:") or (rendered / address).is_file(), address


def test_the_same_notebooks_give_the_same_bytes(rendered, tmp_path):
    command = [sys.executable, "-m", "astana_kit", "render", "--output", str(tmp_path / "again")]
    subprocess.run(command, check=True, cwd=tmp_path)
    again = tmp_path / "again"
    written = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert written == sorted(p.relative_to(rendered) for p in rendered.rglob("*") if p.is_file())
    for name in set(written) - {Path(site.MARKER)}:  # the fixture kept no keys
        assert (again / name).read_bytes() == (rendered / name).read_bytes(), name


def inside(address, folder):
    """Whether a request stays in the site: a file of it, or what the page itself made."""
    parts = urlsplit(address)
    if parts.scheme in ("data", "blob"):
        return True
    return parts.scheme == "file" and Path(unquote(parts.path)).is_relative_to(folder)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index", *NAMES])
@pytest.mark.parametrize(
    "window", [{}, {"dark": True}, {"width": 360}], ids=["light", "dark", "phone"]
)
def test_a_page_works_from_its_folder_without_a_network(watch, rendered, executed, name, window):
    seen = watch((rendered / f"{name}.html").as_uri(), **window)
    assert draw_all(seen.page) == (figures_of(executed[name]) if name in executed else 0)
    assert seen.complaints == []
    assert [address for address in seen.requests if not inside(address, rendered)] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@each_page
def test_a_page_can_be_printed(watch, rendered, name):
    seen = watch((rendered / f"{name}.html").as_uri())
    assert seen.page.pdf(format="A4").startswith(b"%PDF")
    assert seen.page.locator(".drawing:not([data-drawn])").count() == 0
    assert seen.complaints == []


def test_code_that_is_only_shown_runs_as_it_stands():
    prose = "\n".join(cell.source for cell in cells(NOTEBOOKS[-1], "markdown"))
    documents = ak.read(tables.DATA / "sample", progress=False).documents
    passages = ak.split_passages(documents)
    known = {"ak": ak, "documents": documents, "passages": passages}
    (shown,) = re.findall(r"```python\n(.*?)```", prose, re.DOTALL)
    exec(shown, known | {"mentions": ak.find_actors(passages)})  # noqa: S102 (the kit's own)
