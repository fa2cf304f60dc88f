"""Right to left as a reader sees it: where each letter stands on the screen."""

import json

import pandas as pd
import plotly.io as pio
import pytest
from conftest import MARK
from nbformat import v4

from astana_kit import figures, site
from astana_kit.display import concordance
from astana_kit.site import drawing, execution

pytestmark = pytest.mark.browser

# letters from left to right as they stand on the screen, line by line; marks without width left out
SEEN = r"""(element) => {
  const seen = [];
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    for (let at = 0; at < node.data.length; at++) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width && node.data[at].trim()) seen.push([box.top, box.left, node.data[at]]);
    }
  }
  const lines = (a, b) => Math.abs(a[0] - b[0]) > 8;
  return seen.sort((a, b) => (lines(a, b) ? a[0] - b[0] : a[1] - b[1]))
    .map((one) => one[2]).join("");
}"""

# What is written, and how it stands on the screen from left to right, without spaces: Arabic words
# run leftwards, numbers in them rightwards with their % at the left (rule W2 of the bidirectional
# algorithm), the full stop stands at the left end. A bracket drawn mirrored keeps its letter here.
CASES = {
    "year": ("قال 2024 عام.", ".ماع2024لاق"),
    "brackets": ("روسيا (24%) قال", "لاق)%24(ايسور"),
    "latin": ("قال UN عام!", "!ماعUNلاق"),
    "russian": ("Глава МИД: «дело» 12.", "ГлаваМИД:«дело»12."),
    "quotes": ("قال «أستانا 22».", ".»22اناتسأ«لاق"),
}
SIGHT = {name: seen for name, (_, seen) in CASES.items()}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    texts = [written for written, _ in CASES.values()]
    frame = pd.DataFrame({"text": texts}, index=pd.Index(texts, name=None))
    passages = pd.DataFrame(
        {
            "doc_id": list(CASES),
            "passage": 0,
            "start": 0,
            "stop": [len(text) for text in texts],
            "kind": "body",
            "language": ["ru" if name == "russian" else "ar" for name in CASES],
            "outlet": texts,
            "published": pd.Timestamp("2024-01-24"),
            "text": texts,
        }
    )
    parts = pd.DataFrame({"doc_id": texts, "kind": "body", "characters": 9})
    figure = figures.page_parts(parts, title=texts[1])
    prose = "\n\n".join(f"### {text}\n\n{text}\n\n- {text}" for text in texts)
    outputs = [
        {"text/html": frame._repr_html_()},
        {"text/html": frame.style._repr_html_()},
        {"text/html": concordance(passages, passages)._repr_html_()},
        {drawing.PLOTLY: json.loads(pio.to_json(figure))},
    ]
    cells = [v4.new_markdown_cell(f"# {texts[1]}?\n\n{prose}")]
    shown = (v4.new_output("display_data", output) for output in outputs)
    cells += [v4.new_code_cell("1", outputs=[output]) for output in shown]
    folder = tmp_path_factory.mktemp("direction")
    notebook = v4.new_notebook(cells=cells)
    index = site.write([execution.Executed(folder / "q.ipynb", notebook)], folder / "s")
    return index.with_name("q.html").as_uri()


@pytest.fixture(scope="module")
def page(browser, address):
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(address)
    opened.locator("figure.drawing").scroll_into_view_if_needed()
    opened.locator(".main-svg").first.wait_for()
    opened.locator("details.numbers summary").click()
    yield opened
    context.close()


PLACES = {
    "heading": "h3 >> nth={n}",
    "paragraph": "section.prose p >> nth={n}",
    "item": "section.prose li >> nth={n}",
    "contents": "nav.contents li.level3 a >> nth={n}",
    "frame": "table.dataframe >> nth=0 >> tbody tr >> nth={n} >> td",
    "head of a row": "table.dataframe >> nth=0 >> tbody tr >> nth={n} >> th",
    "styler": ".wide:has(style) table:not(.dataframe) tbody tr >> nth={n} >> td",
    "line": ".astana-lines li >> nth={n} >> mark",
    "tick": "g.ytick >> nth={last} >> text",
    "numbers": "details.numbers tbody tr >> nth={n} >> td >> nth=-3",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", CASES)
def test_letters_stand_where_a_reader_expects_them(page, place, name):
    n = list(CASES).index(name)
    found = page.locator(PLACES[place].format(n=n, last=len(CASES) - 1 - n))
    assert found.first.evaluate(SEEN) == SIGHT[name]


@pytest.mark.parametrize("place", ["h1", ".gtitle"])
def test_a_question_keeps_its_brackets(page, place):
    assert page.locator(place).first.evaluate(SEEN).strip("?") == SIGHT["brackets"]


def test_what_is_under_the_pointer_stands_right_too(page):
    mark = page.locator("figure.drawing").evaluate(MARK)
    page.mouse.move(mark["x"], mark["y"])
    seen = page.locator(".hoverlayer text").first
    seen.wait_for()
    assert SIGHT["year"] in seen.evaluate(SEEN)


def test_where_a_line_is_from_is_not_turned_by_its_outlet(page):
    where = page.locator(".astana-lines li >> nth=1 >> .where").evaluate(SEEN)
    assert "2024-01-24" in where
    assert SIGHT["brackets"] in where
