"""From a mark of a figure to its lines, on a page in a browser: by mouse, by keys, found, saved."""

import csv
import json
from itertools import product

import pandas as pd
import plotly.io as pio
import pytest
from conftest import MARK, draw_all, led_by_keyboard, led_by_mouse, markdown
from nbformat import v4

from astana_kit import figures, site, tables
from astana_kit.display import concordance, markup
from astana_kit.site import drawing, execution

pytestmark = pytest.mark.browser

NAMES = sorted(path.stem for path in tables.NOTEBOOKS.glob("*.ipynb"))
TEXTS = {  # doc_id, round, language → text; the actors named in it stand in brackets
    ("a", 21, "ru"): "[Россия] и [Иран] обсудили возвращение беженцев, [Россия] согласна.",
    ("b", 21, "ar"): "قالت [روسيا] إنّ المُحادثات مع [إيران] انتهت عام 2024 (٢٤%).",
    ("c", 22, "kk"): "[Ресей] мен [Түркия] кездесуге келді.",
    ("d", None, "tr"): "[İran] heyeti İstanbul'a geldi.",
}
ACTORS = {"Россия": "Russia", "روسيا": "Russia", "Ресей": "Russia", "Иран": "Iran"}
ACTORS |= {"إيران": "Iran", "İran": "Iran", "Түркия": "Türkiye"}


def passages():
    rows = [
        (doc, 0, 0, "body", number, language, text)
        for (doc, number, language), text in TEXTS.items()
    ]
    frame = pd.DataFrame(
        rows, columns=["doc_id", "passage", "start", "kind", "round", "language", "text"]
    )
    frame["text"] = frame["text"].str.replace(r"[\[\]]", "", regex=True)
    return frame.assign(
        round=frame["round"].astype("Int64"),
        stop=frame["text"].str.len(),
        outlet=["О", "ن", None, "=1+1"],
        published=pd.to_datetime(["2024-01-24", "2024-01-25", "2024-11-11", None]),
    )


def mentions():
    found = []
    for (doc, _, _), text in TEXTS.items():
        place = 0
        for part in text.replace("]", "[").split("["):
            if part in ACTORS:
                found.append((doc, place, place + len(part), 0, ACTORS[part]))
            place += len(part)
    return pd.DataFrame(found, columns=["doc_id", "start", "stop", "passage", "actor"])


def rates():
    """A row a thing and round, as count_actors gives it: what is not named has n = 0."""
    named = mentions().merge(passages()[["doc_id", "round"]]).drop_duplicates(["doc_id", "actor"])
    pairs = product(sorted(named["actor"].unique()), [21, 22, pd.NA])
    frame = pd.DataFrame(pairs, columns=["thing", "group"]).astype({"group": "Int64"})
    n = [
        (
            (named["actor"] == thing)
            & (named["round"].fillna(0) == (0 if group is pd.NA else group))
        ).sum()
        for thing, group in zip(frame["thing"], frame["group"], strict=True)
    ]
    more = {"rate": 0.5, "low": 0.1, "high": 0.9, "documents": 1, "of_documents": 2}
    return frame.assign(measure="share_of_passages", n=n, of=2, interval="wilson", **more)


def shown(*outputs):
    cells = [v4.new_code_cell("1", outputs=[one]) for one in outputs]
    return v4.new_notebook(cells=[markdown("# Q?"), *cells])


def figure_output(figure):
    return v4.new_output("display_data", {drawing.PLOTLY: json.loads(pio.to_json(figure))})


def lines_output(lines):
    return v4.new_output("display_data", {"text/html": lines._repr_html_()})


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page of one figure, lines that cannot answer it, and lines that can."""
    lines = concordance(mentions(), passages())
    notebook = shown(
        figure_output(figures.shares_by_group(rates(), title="Who?", thing="actor")),
        lines_output(lines.drop(columns=["actor"])),
        lines_output(lines),
    )
    folder = tmp_path_factory.mktemp("evidence")
    return (
        site.write([execution.Executed(folder / "q.ipynb", notebook)], folder / "s")
        .with_name("q.html")
        .as_uri()
    )


@pytest.fixture
def page(watch, address):
    seen = watch(address, accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    draw_all(seen.page)
    yield seen.page
    assert seen.complaints == []


def lines_of(page, block=1):
    return [
        line.split()
        for line in page.locator(".astana-lines").nth(block).locator("mark").all_inner_texts()
    ]


def said(page, block=1):
    text = page.locator(".astana-lines").nth(block).locator(".said").inner_text()
    return text.replace("\u2068", "").replace("\u2069", "")


def read(page, name):
    page.locator("details.numbers summary").click()
    page.get_by_role("button", name=name).click()


# The kit's own pages


@pytest.fixture(scope="module")
def kit(executed, tmp_path_factory):
    paths = sorted(tables.NOTEBOOKS.glob("*.ipynb"))
    pages = [execution.Executed(path, executed[path.stem]) for path in paths]
    return site.write(pages, tmp_path_factory.mktemp("kit") / "site").parent


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_leads_to_its_lines_by_mouse_and_by_keyboard(watch, kit, name):
    seen = watch((kit / f"{name}.html").as_uri())
    draw_all(seen.page)
    for figure in seen.page.locator("figure.drawing").all():
        assert led_by_mouse(seen.page, figure), figure.locator(".canvas").get_attribute(
            "aria-label"
        )
        assert led_by_keyboard(seen.page, figure)
    assert seen.complaints == []


def test_a_tap_leads_to_the_lines_and_the_reader_stays_there(watch, kit):
    page = watch((kit / "03-actors.html").as_uri(), width=360, has_touch=True, is_mobile=True).page
    draw_all(page)
    for figure in page.locator("figure.drawing").all():
        figure.evaluate(MARK)
        page.wait_for_timeout(300)  # what came into view was drawn
        mark = figure.evaluate(MARK)
        page.evaluate("document.activeElement.blur()")
        page.touchscreen.tap(mark["x"], mark["y"])
        page.wait_for_timeout(500)  # as long as a browser takes to make a mouse of it
        assert page.evaluate("document.activeElement.matches('.said')")


PRESS_ALL = """() => [...document.querySelectorAll("figure.drawing details")].map((numbers) => {
  numbers.open = true;
  numbers.dispatchEvent(new Event("toggle"));
  return [...numbers.querySelectorAll("td.lead button")].map((button) => {
    button.click();
    const said = document.activeElement;
    const cells = [...button.closest("tr").cells].map((cell) => cell.textContent);
    return [cells, said.matches(".said") ? said.textContent : null];
  });
})"""


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_every_figure_has_lines_unless_it_counts_none(watch, kit, name):
    seen = watch((kit / f"{name}.html").as_uri())
    for rows in seen.page.evaluate(PRESS_ALL):
        assert rows
        for cells, words in rows:
            assert (": 0 lines" not in words) or "0" in cells, (cells, words)


def test_the_lines_behind_a_cell_stand_in_as_many_passages_as_it_counts(watch, kit):
    seen = watch((kit / "03-actors.html").as_uri())
    (first, *_) = seen.page.evaluate(PRESS_ALL)
    for (_, thing, group, n, *_), words in first:
        assert f"in {n} passage" in words, (thing, group, words)


def test_a_pair_leads_to_as_many_sentences_as_its_cell_counts(watch, kit):
    page = watch((kit / "03-actors.html").as_uri()).page
    draw_all(page)
    figure = page.locator("figure.drawing").nth(2)
    counts = figure.evaluate("one => one.querySelector('.js-plotly-plot')._fullData[0].text.flat()")
    assert led_by_mouse(page, figure) == max(map(int, filter(None, counts)))
    assert " with " in page.evaluate("document.activeElement.textContent")


# One figure, two blocks


def test_a_button_leaves_the_lines_of_its_row_in_the_block_that_can_answer(page):
    read(page, "Read Russia, round 21")
    assert lines_of(page) == [["Россия"], ["Россия"], ["روسيا"]]
    assert said(page) == "Russia, round 21: 3 lines of 8, in 2 passages of 2 pages"
    assert said(page, block=0) == "8 lines"
    assert page.evaluate("document.activeElement.textContent").startswith("Russia, round 21")
    page.get_by_role("button", name="Back to the figure").click()
    assert page.evaluate("document.activeElement.textContent").startswith("Read")
    page.get_by_role("button", name="Show all lines").click()
    assert len(lines_of(page)) == 8
    assert page.get_by_role("button", name="Show all lines").count() == 0


def test_a_click_on_a_cell_asks_for_its_row_and_its_column(page):
    assert led_by_mouse(page, page.locator("figure.drawing")) == 2
    assert said(page) == "Iran, round 21: 2 lines of 8, in 2 passages of 2 pages"


def test_a_missing_round_is_asked_for_and_said(page):
    read(page, "Read Iran, no round")
    assert (said(page), lines_of(page)) == (
        "Iran, no round: 1 line of 8, in 1 passage of 1 page",
        [["İran"]],
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ВОЗВРАЩЕНИЕ", ["Россия", "Иран", "Россия"]),
        ("المحادثات", ["روسيا", "إيران"]),  # written with a vowel sign on the page
        ("ايران", ["روسيا", "إيران"]),
        ("24%", ["روسيا", "إيران"]),  # written ٢٤ on the page
        ("istanbul", ["İran"]),
        ("turkiye", []),
        ("2024-11-11", ["Ресей", "Түркия"]),
        ("round 22", ["Ресей", "Түркия"]),
    ],
)
def test_what_is_typed_is_found_in_any_spelling(page, typed, found):
    page.get_by_label("Find in the lines").nth(1).fill(typed)
    assert lines_of(page) == [[word] for word in found]


def test_lines_can_be_sorted_by_the_words_around_them(page):
    page.get_by_label("Sort by").nth(1).select_option("keyword")
    assert [mark for (mark,) in lines_of(page)] == [
        *("İran", "Иран", "Ресей", "Россия", "Россия", "Түркия", "إيران", "روسيا")
    ]
    page.get_by_label("Sort by").nth(1).select_option("day")
    assert lines_of(page)[0] == ["İran"]
    page.get_by_label("Sort by").nth(1).select_option("as given")
    assert lines_of(page)[0] == ["Россия"]


def test_a_download_holds_the_lines_shown_and_no_formula(page):
    page.get_by_label("Find in the lines").nth(1).fill("heyeti")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").nth(1).click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(content.decode("utf-8-sig").splitlines())
    assert (line["keyword"], line["actor"], line["outlet"]) == ("İran", "Iran", "'=1+1")


def test_a_figure_and_its_numbers_can_be_saved(page):
    page.locator("details.numbers summary").click()
    for name, begin in (
        ("Save as SVG", b"<svg"),
        ("Save as PNG", b"\x89PNG"),
        ("Download CSV", b"\xef\xbb\xbf"),
    ):
        with page.expect_download() as download:
            page.locator("figure.drawing").get_by_role("button", name=name).click()
        assert download.value.path().read_bytes().startswith(begin)


def test_lines_are_copied_as_text(page):
    page.get_by_label("Find in the lines").nth(1).fill("кездесуге")
    page.get_by_role("button", name="Copy as text").nth(1).click()
    page.wait_for_timeout(200)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        copied.splitlines()[0] == "c · 2024-11-11 · round 22\t[Ресей] мен Түркия кездесуге келді."
    )


def test_without_a_script_the_first_lines_are_there(browser, address):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".astana-lines").nth(1).locator("li").count() == 8
    assert page.get_by_role("button").count() == 0
    context.close()


def test_many_lines_are_built_as_the_reader_scrolls(watch, tmp_path):
    text = "слово " * 3000
    page = passages().head(1).assign(text=text, stop=len(text))
    starts = pd.Series(range(0, len(text), 6))
    rows = pd.DataFrame({"doc_id": "a", "start": starts, "stop": starts + 5, "passage": 0})
    notebook = shown(lines_output(concordance(rows, page)))
    index = site.write([execution.Executed(tmp_path / "q.ipynb", notebook)], tmp_path / "s")
    seen = watch(index.with_name("q.html").as_uri()).page
    seen.wait_for_timeout(200)
    filled = "list => list.scrollHeight > list.clientHeight"
    assert seen.locator(".astana-lines ol").evaluate(filled)  # else nobody could scroll for more
    assert markup.FIRST < seen.locator("li.line").count() < 100
    for _ in range(3):
        seen.locator(".astana-lines ol").evaluate("list => { list.scrollTop = list.scrollHeight; }")
        seen.wait_for_timeout(100)
    assert 100 < seen.locator("li.line").count() < 400
    assert seen.pdf(format="A4").startswith(b"%PDF")
