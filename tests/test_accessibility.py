"""The kit's pages for those who do not see, use no mouse, or want no motion."""

import re
from importlib.resources import files
from itertools import pairwise

import pytest
from conftest import draw_all

from astana_kit import site, tables
from astana_kit.site import execution

pytestmark = pytest.mark.browser

PATHS = sorted(tables.NOTEBOOKS.glob("*.ipynb"))
NAMES = ["index", *(path.stem for path in PATHS)]
# preload would ask for style sheets, which a page without a network answers with an error
RUN = "axe.run(document, { preload: false, resultTypes: ['violations'] })"
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def kit(executed, tmp_path_factory):
    pages = [execution.Executed(path, executed[path.stem]) for path in PATHS]
    return site.write(pages, tmp_path_factory.mktemp("kit") / "site").parent


@pytest.fixture(scope="module")
def axe():
    """The source of axe-core, which the extra "test" brings."""
    pytest.importorskip("axe_playwright_python", reason="axe-core comes with the extra test")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "window", [{}, {"dark": True}, {"width": 360}], ids=["light", "dark", "phone"]
)
def test_axe_finds_no_violation(watch, kit, axe, name, window):
    page = watch((kit / f"{name}.html").as_uri(), **window).page
    draw_all(page)
    page.evaluate(axe)
    for state in ("folded", "read"):
        if state == "read":
            page.evaluate(OPEN)
            page.wait_for_timeout(200)
            for first in page.get_by_role("button", name="Read").all()[:1]:
                first.click()
        found = page.evaluate(RUN)["violations"]
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
        assert told == [], state


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_goes_first_to_the_text_and_shows_where_it_is(watch, kit, name):
    page = watch((kit / f"{name}.html").as_uri()).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


# Each number of a grid: its colour, and the colour of its cell, worked out from the scale
NUMBERS = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((plot) => {
  const grid = plot._fullData[0];
  if (grid.type !== "heatmap") return [];
  const cells = grid.z.flatMap((row, r) => [...row].map((z, c) => [z, grid.text[r][c]]));
  const shades = cells.filter(([z, text]) => text && !Number.isNaN(+z) && z !== null);
  const numbers = [...plot.querySelectorAll(".heatmap-label text")];
  const inks = new Set(numbers.map((one) => getComputedStyle(one).fill));
  const { zmin, zmax, colorscale } = grid;
  return shades.map(([z]) => [[...inks], (z - zmin) / (zmax - zmin), colorscale]);
})"""


def parts(colour):
    """Red, green and blue of a colour as CSS writes it."""
    if colour.startswith("#"):
        return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def luminance(rgb):
    """Relative luminance, as WCAG 2 defines it."""
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shade(place, scale):
    """The colour at `place`, 0 to 1, of a scale of plotly."""
    for (low, one), (high, other) in pairwise(scale):
        if place <= high:
            share = (place - low) / (high - low)
            pairs = zip(parts(one), parts(other), strict=True)
            return [a + (b - a) * share for a, b in pairs]
    return parts(scale[-1][1])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_number_of_a_grid_is_read_on_its_shade(watch, kit, dark):
    page = watch((kit / "03-actors.html").as_uri(), dark=dark).page
    draw_all(page)
    numbers = page.evaluate(NUMBERS)
    assert len(numbers) > 100
    for inks, place, scale in numbers:
        below = luminance(shade(place, scale)) + 0.05
        for ink in inks:
            assert below / (luminance(parts(ink)) + 0.05) >= 4.5, (ink, place)


@pytest.mark.parametrize("name", NAMES)
def test_headings_go_down_one_step_at_a_time(watch, kit, name):
    page = watch((kit / f"{name}.html").as_uri()).page
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map((h) => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_nothing_glides_for_those_who_want_no_motion(watch, kit):
    address = (kit / "00-corpus.html").as_uri()
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert watch(address).page.evaluate(behaviour) == "smooth"
    assert watch(address, reduced_motion="reduce").page.evaluate(behaviour) == "auto"
