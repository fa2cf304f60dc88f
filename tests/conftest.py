"""What several test files share: notebooks made on the spot, a Chromium without a network."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import hypothesis
import nbformat
import pytest
from nbformat import v4

from astana_kit import site
from astana_kit.site import drawing, execution

hypothesis.settings.register_profile("kit", deadline=None)  # a time says nothing on a busy machine
hypothesis.settings.load_profile("kit")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def markdown(source):
    return v4.new_markdown_cell(source)


def code(source, *tags):
    return v4.new_code_cell(source, metadata={"tags": list(tags)} if tags else {})


@pytest.fixture
def make_notebook(tmp_path):
    """Write a notebook of the given cells; its path."""

    def make(name, *cells):
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel}), path)
        return path

    return make


@pytest.fixture
def astana(tmp_path):
    """Run the command ``astana`` in `tmp_path`, in a process of its own."""

    def run(*words, **environment):
        return subprocess.run(
            [sys.executable, "-m", "astana_kit", *map(str, words)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment},
        )

    return run


@pytest.fixture(scope="session")
def executed():
    """The notebooks of the kit with their outputs, by name; run once for all tests."""
    # in a thread: a browser that another test drives may hold this one's event loop
    with ThreadPoolExecutor(1) as thread:
        done = [execution.Executed(path, execution.read(path)) for path in site.find_notebooks()]
        thread.submit(execution.run, done).result()
    return {path.stem: notebook for path, notebook in done}


def find_chromium():
    """Path of the machine's Chromium, or None."""
    return os.environ.get("ASTANA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium():
    """Path of the machine's Chromium; without one, browser tests are skipped or fail."""
    if path := find_chromium():
        return path
    why = f"no Chromium here (looked for {', '.join(NAMES)}; ASTANA_CHROMIUM names another)"
    if os.environ.get("ASTANA_REQUIRE_BROWSER") == "1":
        pytest.fail(why)
    return pytest.skip(why)


# A module's, not the session's: while it lives, no test of the same thread can start an event loop
@pytest.fixture(scope="module")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        launched.close()


class Watched(NamedTuple):
    """A page of the browser, what it asked for and what it complained of."""

    page: Any
    requests: list[str]
    complaints: list[str]


def watched(page):
    seen = Watched(page, [], [])
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: said.type in ("error", "warning") and seen.complaints.append(said.text),
    )
    return seen


@pytest.fixture
def watch(browser):
    """Open an address in a fresh profile without a network; a page that is listened to."""
    contexts = []

    def watch_page(address, *, width=1280, dark=False, **options):
        context = browser.new_context(
            **{"offline": True, **options},
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        seen = watched(context.new_page())
        seen.page.goto(address)
        return seen

    yield watch_page
    for context in contexts:
        context.close()


def draw_all(page):
    """Bring each figure of a rendered page into view, wait until it is drawn; their number."""
    figures = page.locator("figure.drawing")
    for place in range(figures.count()):
        figures.nth(place).scroll_into_view_if_needed()
        figures.nth(place).locator(".main-svg").first.wait_for(timeout=15_000)
    return figures.count()


def figures_of(notebook):
    """How many plotly figures an executed notebook holds."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return sum(drawing.PLOTLY in output.get("data", {}) for output in outputs)


# A mark of a figure whose middle can be clicked: a bar, a dot, or (of a grid) the cell of most
MARK = """figure => {
  const plot = figure.closest(".js-plotly-plot") ?? figure.querySelector(".js-plotly-plot");
  const { data: [grid], _fullLayout: { xaxis, yaxis } } = plot;
  const middle = { block: "center", behavior: "instant" };
  if (grid.type === "heatmap") {
    const cells = plot._fullData[0].text.flatMap((line, r) => line.map((n, c) => [r, c, +n || 0]));
    const [row, column] = cells.sort((a, b) => b[2] - a[2])[0];
    plot.querySelector(".xaxislayer-above").scrollIntoView(middle);
    const drag = plot.querySelector(".nsewdrag").getBoundingClientRect();
    return { x: drag.x + xaxis.c2p(column), y: drag.y + yaxis.c2p(row) };
  }
  const marks = [...plot.querySelectorAll(".points path.point, .points .point > path")];
  const size = ({ width, height }) => width + height;
  const sizes = marks.map((mark) => [size(mark.getBoundingClientRect()), mark]);
  const [, mark] = sizes.sort((a, b) => b[0] - a[0])[0];
  mark.scrollIntoView(middle);
  const box = mark.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}"""
SAID = """() => {
  const { activeElement } = document;
  return activeElement.matches(".astana-lines .said") ? activeElement.textContent : "";
}"""


def led_by_mouse(page, figure):
    """Lines that a click on a mark of `figure` leads to, by what their block then says."""
    figure.evaluate(MARK)
    page.wait_for_timeout(300)  # what came into view was drawn
    mark = figure.evaluate(MARK)
    page.mouse.move(mark["x"], mark["y"])
    page.wait_for_timeout(150)
    page.mouse.click(mark["x"], mark["y"])
    page.wait_for_timeout(150)
    return lines_said(page)


def led_by_keyboard(page, figure):
    """Lines that the first button of the data under `figure` leads to, with keys alone."""
    numbers = figure.locator(
        "xpath=ancestor-or-self::*/following-sibling::details | .//details"
    ).first
    numbers.locator("summary").focus()
    page.keyboard.press("Enter")
    numbers.get_by_role("button", name="Read").first.focus()
    page.keyboard.press("Enter")
    return lines_said(page)


def lines_said(page):
    found = re.search(r": ([\d,]+) lines?\b", page.evaluate(SAID))
    return int(found[1].replace(",", "")) if found else 0
