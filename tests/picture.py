"""The picture of the README, taken of a page as it is rendered: a cell, and the lines behind it.

Run it as ``python tests/picture.py tests/picture.webp``; it needs a Chromium on this machine.
"""

import base64
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import QUIET, draw_all, find_chromium

from astana_kit import site

WIDTH = 1200  # pixels of the picture
WINDOW = 900  # pixels of the page
CELL = "Read Russia, round 21"  # its lines are Russian and Arabic

# Of the page the question, its answer, the figure and the lines stay; what lies between them goes
LEAVE = """() => {
  const names = ["h1", ".answer", "figure.drawing", ".astana-lines"];
  const kept = names.map((name) => document.querySelector(`main ${name}`));
  const holds = (one) => kept.some((own) => one.contains(own) || own.contains(one));
  const weed = (one) => {
    if (!holds(one) || one.matches("details, figcaption")) one.hidden = true;
    else if (!kept.includes(one) || one.matches("figure")) [...one.children].forEach(weed);
  };
  const around = document.querySelectorAll(".top, .contents, .strip, footer");
  around.forEach((one) => { one.hidden = true; });
  weed(document.querySelector("main"));
  scrollTo(0, 0);
}"""
STYLE = """
  [hidden] { display: none !important }
  main { padding: 0 !important }
  h1 { margin-top: 1rem !important }
  .cell, .made, figure { margin-block: 0 !important }
"""
# The middle of the cell, for the pointer
MIDDLE = """figure => {
  const { _fullLayout: { xaxis, yaxis }, data: [grid] } = figure.querySelector(".js-plotly-plot");
  const box = figure.querySelector(".nsewdrag").getBoundingClientRect();
  const plain = (text) => text.replace(/[\\u2068\\u2069]/g, "");
  const x = grid.x.findIndex((name) => plain(name) === "21");
  const y = grid.y.findIndex((name) => plain(name) === "Russia");
  return [box.x + xaxis.c2p(x), box.y + yaxis.c2p(y)];
}"""


def take(page, address):
    """The picture, in WebP."""
    page.goto(address)
    draw_all(page)
    figure = page.locator("figure.drawing").first
    figure.locator("details summary").click()
    page.get_by_role("button", name=CELL).click()
    page.add_style_tag(content=STYLE)
    page.evaluate(LEAVE)
    page.wait_for_timeout(500)
    page.mouse.move(*figure.evaluate(MIDDLE), steps=9)
    page.wait_for_timeout(500)
    height = page.locator(".astana-lines").first.evaluate(
        "one => one.getBoundingClientRect().bottom"
    )
    clip = {"x": 0, "y": 0, "width": WINDOW, "height": height + 24, "scale": WIDTH / WINDOW}
    asked = {"format": "webp", "quality": 90, "clip": clip}
    session = page.context.new_cdp_session(page)
    return base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])


def main(path):
    """Render the page of the actors and write its picture to `path`."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder:
        index = site.render(["03-actors"], output=Path(folder, "site"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
            page = browser.new_page(viewport={"width": WINDOW, "height": 1400})
            picture = take(page, index.with_name("03-actors.html").as_uri())
            browser.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
