"""A notebook of the kit in JupyterLab itself: run there, nothing red, figures drawn, lines RTL."""

import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from conftest import figures_of, led_by_keyboard, led_by_mouse

from astana_kit import tables

pytestmark = pytest.mark.browser

SETTINGS = {
    # no prompt about news, and nobody asked whether there is a newer version
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
NAMES = sorted(path.stem for path in tables.NOTEBOOKS.glob("*.ipynb"))
DONE = """() => {
  const cells = [...document.querySelectorAll(".jp-Notebook .jp-CodeCell")];
  const ran = (cell) => /\\[\\d+\\]/.test(cell.querySelector(".jp-InputPrompt").textContent);
  return cells.every(ran) || document.querySelector('[data-mime-type$="jupyter.error"]');
}"""
SIDES = """lines => lines.map((line) => {
  const words = (side) => {
    const range = document.createRange();
    range.selectNodeContents(line.querySelector(side));
    return range.toString().trim() && range.getBoundingClientRect();
  };
  const [before, keyword, after] = [".before", ".keyword", ".after"].map(words);
  return before && after && [before.left, keyword.left, after.left];
}).filter(Boolean)"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab that knows no user and no other settings; its notebooks a copy."""
    tmp_path = tmp_path_factory.mktemp("lab")
    shutil.copytree(tables.NOTEBOOKS, tmp_path / "notebooks")
    for name, setting in SETTINGS.items():
        path = tmp_path / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "run",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    port = free_port()
    words = [
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        f"--ServerApp.root_dir={tmp_path / 'notebooks'}",
        "--IdentityProvider.token=",
        "--LabApp.extension_manager=readonly",
    ]
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *words],
        env={**os.environ, **{name: str(tmp_path / folder) for name, folder in own.items()}},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api", server, tmp_path / "log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def wait_for(address, server, log):
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(address):  # noqa: S310 (this machine's own server)
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_in_jupyterlab_as_it_does_on_its_page(lab, watch, executed, name):
    seen = watch(f"{lab}/lab/tree/{name}.ipynb?reset", width=1400, offline=False)
    page = seen.page
    # the status bar: the sign beside the kernel's name is idle before there is a kernel
    page.get_by_text(re.compile(r"\| Idle$")).wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(DONE, timeout=120_000)

    red = page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]')
    loud = page.locator('.jp-OutputArea [data-mime-type="application/vnd.jupyter.error"]')
    assert (red.all_text_contents(), loud.all_text_contents()) == ([], [])

    figures = page.locator(".js-plotly-plot:has(.main-svg)")
    figures.nth(figures_of(executed[name]) - 1).wait_for(timeout=30_000)
    assert figures.count() == figures_of(executed[name])
    for place in range(figures.count()):
        figure = figures.nth(place)
        figure.scroll_into_view_if_needed()
        assert led_by_mouse(page, figure), place
        assert led_by_keyboard(page, figure), place
    page.get_by_role("button", name="Show all lines").first.click()
    # lines are built as they come into sight, and the first of a block may all be Russian
    page.get_by_label("Find in the lines").first.fill("سوريا")

    lines = page.locator('.astana-lines .line[dir="rtl"]')
    lines.first.wait_for()
    sides = lines.evaluate_all(SIDES)
    # a line that is a whole passage has nothing beside its keyword
    assert sides or not lines.locator(".before:not(:empty)").count()
    for before, keyword, after in sides:
        assert before > keyword > after

    foreign = {urlsplit(address).hostname for address in seen.requests} - {"127.0.0.1", None}
    assert foreign == set()


def test_jupyterlab_exports_a_page_with_its_script(lab, watch):
    page = watch(f"{lab}/lab", offline=False).page
    token = next(cookie for cookie in page.context.cookies() if cookie["name"] == "_xsrf")
    # the address behind "Save and Export Notebook As"
    answer = page.request.get(
        f"{lab}/nbconvert/astana/00-corpus.ipynb?download=true",
        headers={"X-XSRFToken": token["value"]},
    )
    names = zipfile.ZipFile(io.BytesIO(answer.body())).namelist()
    assert names == ["00-corpus.html", "plotly.min.js"]
