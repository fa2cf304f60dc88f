import base64
import fcntl
import hashlib
import json
import os
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import code, draw_all, markdown
from hypothesis import given
from hypothesis import strategies as st
from nbformat import v4

from astana_kit import provenance, site
from astana_kit.site import drawing, execution, exporter

HOSTILE = "</script><script>window.broken=1</script><img src=x onerror=window.broken=1> <!-- \"'&"
PLOT = "import plotly.express as px\n"


def plotly(data, **layout):
    return v4.new_output("display_data", {drawing.PLOTLY: {"data": data, "layout": layout}})


def page_of(*cells):
    """The page of executed `cells`, parsed."""
    html, _ = exporter.AstanaExporter().from_notebook_node(v4.new_notebook(cells=list(cells)))
    return BeautifulSoup(html, "html.parser")


def made(*outputs, source="1", tags=()):
    cell = code(source, *tags)
    cell.outputs = list(outputs)
    return cell


def said(text, name="stdout"):
    return v4.new_output("stream", name=name, text=text)


def tree(folder):
    """Every file below `folder` and a digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# A figure on its page


@given(st.text())
def test_json_of_any_text_comes_back_and_cannot_leave_its_script(text):
    written = drawing.safe_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not re.search("[<>&\u2028\u2029]", written)


def test_numbers_of_a_figure_come_from_its_meta_and_are_not_sent_twice():
    table = {"columns": ["actor", "n"], "rows": [["\u2068اللجنة\u2069", 3], [None, 0.25]]}
    drawn = drawing.drawing(
        {"data": [], "layout": {"meta": {"alt": "A", "note": "N", "table": table}}}
    )
    assert (drawn.alt, drawn.note, drawn.columns) == ("A", "N", ["actor", "n"])
    assert drawn.rows == [["اللجنة", "3"], ["", "0.25"]]
    assert json.loads(drawn.json)["layout"]["meta"] == {"alt": "A", "note": "N"}


def packed(kind, *numbers, **more):
    letters = {"f8": "d", "i2": "h"}[kind]
    content = struct.pack(f"<{len(numbers)}{letters}", *numbers)
    return {"dtype": kind, "bdata": base64.b64encode(content).decode(), **more}


def test_numbers_of_a_figure_without_meta_come_from_its_traces_packed_or_not():
    bars = {"type": "bar", "name": "ru", "x": ["a", "b"], "y": packed("f8", 0.5, 12.0)}
    line = {"name": "ar", "x": ["c"], "y": packed("i2", -7), "text": ["<b>و</b>"]}
    drawn = drawing.drawing({"data": [bars, line, {"x": [9], "hoverinfo": "skip"}], "layout": {}})
    assert drawn.columns == ["series", "x", "y", "text"]
    assert drawn.rows == [["ru", "a", "0.5", ""], ["ru", "b", "12", ""], ["ar", "c", "-7", "و"]]


def test_a_matrix_has_a_row_a_cell():
    heat = {"type": "heatmap", "x": ["a", "b"], "y": ["c", "d"]}
    heat["z"] = packed("f8", 1, 2, 3, 4, shape="2, 2")
    drawn = drawing.drawing({"data": [heat], "layout": {}})
    assert drawn.columns == ["x", "y", "z"]
    assert drawn.rows[1:3] == [["b", "c", "2"], ["a", "d", "3"]]


def test_only_a_grid_that_says_so_is_kept_wide_in_a_box_that_the_keyboard_reaches():
    grid = plotly([{"type": "heatmap", "z": [[1]]}], meta={"alt": "A", "least": 600})
    page = page_of(made(grid), made(plotly([{"x": [1]}])))
    wide, other = page.select("figure .canvas")
    assert "min-width:600px" in wide["style"]
    assert (wide.parent["class"], wide.parent["tabindex"]) == (["across"], "0")
    assert other.parent.name == "figure"
    assert "min-width" not in other["style"]


@pytest.mark.parametrize("kind", ["scattergl", "choropleth", "scattermap", "surface"])
def test_a_figure_that_needs_a_network_or_webgl_is_refused_by_name(kind):
    with pytest.raises(ValueError, match=f"type {kind} cannot be drawn offline"):
        drawing.drawing({"data": [{"type": kind}], "layout": {}})


@pytest.mark.parametrize("kind", ["heatmap", "treemap", "scatter", "bar", "box", "sankey"])
def test_a_figure_that_can_be_drawn_offline_is_not_refused(kind):
    assert drawing.drawing({"data": [{"type": kind}], "layout": {}}).height == 450


# A page


def test_text_of_a_notebook_stays_text_wherever_it_meets_the_page():
    table = {"columns": [HOSTILE], "rows": [[HOSTILE]]}
    page = page_of(
        made(said(HOSTILE), source=f"'''{HOSTILE}'''"),
        made(said(HOSTILE), tags=["answer"]),
        made(v4.new_output("execute_result", {"text/plain": HOSTILE})),
        made(plotly([{"x": [HOSTILE]}], meta={"alt": HOSTILE, "note": HOSTILE, "table": table})),
        made(plotly([{"x": [HOSTILE], "name": HOSTILE}], title={"text": HOSTILE})),
    )
    kinds = [script.get("type") or script.get("src") or "page" for script in page("script")]
    assert kinds == ["page", exporter.SCRIPT, "application/json", "application/json"]
    assert page("img") == []
    assert page.select_one("figure .canvas")["aria-label"] == drawing.plain(HOSTILE)
    assert json.loads(page("script")[3].string)["data"][0]["x"] == [HOSTILE]


def test_the_policy_permits_the_script_of_the_page_and_no_other():
    page = page_of(markdown("# A?"))
    policy = page.select_one("meta[http-equiv]")["content"]
    digest = base64.b64encode(hashlib.sha256(page("script")[0].string.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "http" not in policy
    assert "'unsafe-eval'" not in policy


def test_tags_leave_out_what_they_name():
    page = page_of(
        made(said("A shown"), source="a = 1", tags=["remove-input"]),
        made(said("B hidden"), source="b = 2", tags=["remove-output"]),
        made(said("C hidden"), source="c = 3", tags=["remove-cell"]),
        made(said("D shown"), source="d = 4", tags=["hide-input"]),
    )
    assert [pre.text for pre in page.select("pre.said")] == ["A shown", "D shown"]
    folded = [details.pre.text.strip() for details in page.select("details.code")]
    assert folded == ["b = 2", "d = 4"]
    assert not page.select("details.code[open]")


def test_style_and_script_of_a_notebook_are_left_out_for_the_pages_own():
    html = {"text/html": "<style>p{}</style><script>1</script>"}
    page = page_of(made(v4.new_output("display_data", html, metadata={"astana": "setup"})))
    assert [script.get("src") for script in page("script")] == [None, exporter.SCRIPT]


def test_warnings_stay_off_the_page():
    assert "careful" not in str(page_of(made(said("careful", "stderr"))))


def test_an_error_never_becomes_a_page():
    error = v4.new_output("error", ename="KeyError", evalue="'round'", traceback=[])
    with pytest.raises(ValueError, match=r"code cell 2 holds an error \(KeyError: 'round'\)"):
        page_of(markdown("# A?"), made(), made(error))


def test_an_output_that_needs_a_server_is_refused():
    widget = v4.new_output("display_data", {"application/vnd.jupyter.widget-view+json": {}})
    with pytest.raises(ValueError, match="widget-view"):
        page_of(made(widget))


def test_the_answer_stands_once_under_the_question():
    page = page_of(markdown("# Who?\n\nProse."), made(said("Russia:\n5 of 9.\n"), tags=["answer"]))
    assert page.h1.find_next_sibling().text == "Russia: 5 of 9."
    assert len(page(string=re.compile("5 of 9"))) == 1
    assert page.title.text == "Who?"


@pytest.mark.parametrize(
    ("prose", "way"),
    [
        ("«الوفد الروسي» names a delegation by an adjective.", "ltr"),
        ("Astana قالت روسيا إن المحادثات انتهت", "rtl"),
        ("**22**", "ltr"),
    ],
)
def test_prose_runs_as_most_of_its_letters_do(prose, way):
    assert page_of(markdown(f"# Q?\n\n{prose}")).select_one(".prose p")["dir"] == way


def test_headings_are_in_the_contents_even_where_two_are_called_the_same():
    page = page_of(markdown("# Q?\n\n## Which *pages*?\n\n### Why?\n\n## Which pages?"))
    links = page.select("nav.contents a")
    assert [link.text for link in links] == ["Which pages?", "Why?", "Which pages?"]
    assert [page.find(id=link["href"][1:]).name for link in links] == ["h2", "h3", "h2"]


def test_the_page_can_be_read_without_eyes_or_mouse():
    page = page_of(markdown("# Q?"), made(plotly([{"x": [1], "y": [2]}], meta={"alt": "One dot"})))
    assert page.html["lang"] == "en"
    assert page.find(id=page.select_one("a.skip")["href"][1:]).name == "main"
    assert all(page.find(name) for name in ("header", "main", "footer"))
    assert page.select_one(".canvas")["role"] == "group"
    assert page.select_one("figure summary").text == "Data (1 row)"
    assert [cell.text for cell in page.select("figure td")] == ["1", "2"]


def test_a_wide_table_has_a_box_that_the_keyboard_reaches():
    table = {"text/html": "<table class='dataframe'><tr><td>1</td></tr></table>"}
    box = page_of(made(v4.new_output("execute_result", table))).table.parent
    assert (box["tabindex"], box["role"]) == ("0", "region")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>/home/me/kit/data/a.csv, /home/me/x</p>", "<p>data/a.csv, /home/me/x</p>"),
        (
            "<a href='https://example.org/home/me/kit/a'>",
            "<a href='https://example.org/home/me/kit/a'>",
        ),
        ("&lt;object at 0x7f03a1b2c3d4&gt; at 0x7f", "&lt;object&gt; at 0x7f"),
        ('#T_ab12f_row {} <i id="T_ab12f_row"> T_00000', '#T_1_row {} <i id="T_1_row"> T_00000'),
    ],
)
def test_a_page_knows_nothing_of_the_machine_that_made_it(written, kept):
    assert site.settled(written, Path("/home/me/kit")) == kept


# Parameters


def test_parameters_are_set_after_the_notebooks_own_and_only_where_they_are_known():
    one = v4.new_notebook(cells=[markdown("# A?"), code("n = 1\nwhere = 'x'", "parameters")])
    other = v4.new_notebook(cells=[code("m: int = 2", "parameters"), code("m")])
    execution.set_parameters([one, other], {"m": 5, "where": "Астана"})
    assert [cell.source for cell in one.cells[1:]] == ["n = 1\nwhere = 'x'", "where = 'Астана'"]
    assert [cell.source for cell in other.cells] == ["m: int = 2", "m = 5", "m"]


def test_an_unknown_parameter_is_refused_with_the_names_that_exist():
    one = v4.new_notebook(cells=[code("n = 1; since = None", "parameters")])
    with pytest.raises(ValueError, match="no notebook has k; these can be set: n, since"):
        execution.set_parameters([one], {"n": 1, "k": 2})


# The command


@pytest.fixture
def two(make_notebook):
    first = make_notebook(
        "1-who",
        markdown("# Who is named?\n\n## Where?"),
        code(PLOT + "px.bar(x=['روسيا', 'Türkiye'], y=[3, 1.5])"),
        code("import pandas as pd, os\npd.DataFrame({'n': [1]}).style"),
        code(
            "print(os.getcwd() + '/data/x', hash('a'), os.environ.get('ASTANA_RENDER'))\nobject()"
        ),
        code("print('Russia, 3 times.')", "answer"),
    )
    return first, make_notebook("2-why", markdown("# Why <so>?"), code("6 * 7", "answer"))


def index_rows(path):
    index = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return [[cell.text for cell in row(["th", "td"])] for row in index.select("tbody tr")]


def covered(**covers):
    data = {"text/plain": "a session", provenance.SESSION: covers}
    return made(v4.new_output("execute_result", data))


def test_the_index_tells_the_corpus_and_its_days_and_a_dash_where_a_notebook_does_not(tmp_path):
    whole = {"pages": 3, "languages": ["fa", "ar"], "undated": 1}
    days = {"first": "2017-01-23", "last": "2024-11-11"}
    cells = {
        "whole": [covered(pages=99), covered(corpus="<b>أخبار</b>", **whole, **days)],
        "oneday": [covered(pages=1, languages=[], first="2024-11-11", last="2024-11-11")],
        "undated": [covered(**whole, first=None, last=None)],
        "empty": [covered(corpus="pages.zip")],
        "without": [],
    }
    notebooks = [
        execution.Executed(tmp_path / f"{n}-{name}.ipynb", v4.new_notebook(cells=own))
        for n, (name, own) in enumerate(cells.items())
    ]
    assert index_rows(site.write(notebooks, tmp_path / "s")) == [
        [
            "0-whole",
            "–",
            "<b>أخبار</b>, 3 pages in Arabic, Persian",
            "2017-01-23 to 2024-11-11; 1 page without a day",
        ],
        ["1-oneday", "–", "1 page in no known language", "2024-11-11"],
        ["2-undated", "–", "3 pages in Arabic, Persian", "1 page without a day"],
        ["3-empty", "–", "pages.zip", "–"],
        ["4-without", "–", "–", "–"],
    ]


def test_a_site_leads_from_its_index_to_every_page_and_on(astana, two, tmp_path):
    done = astana("render", *two)
    assert (done.returncode, done.stderr) == (0, "")
    folder = tmp_path / "site"
    assert sorted(tree(folder)) == [
        site.MARKER,
        "1-who.html",
        "2-why.html",
        "_static/plotly.min.js",
        "index.html",
    ]
    assert index_rows(folder / "index.html") == [
        ["Who is named?", "Russia, 3 times.", "–", "–"],
        ["Why <so>?", "42", "–", "–"],
    ]
    for name in ("index.html", "1-who.html", "2-why.html"):
        page = BeautifulSoup((folder / name).read_text("utf-8"), "html.parser")
        for element in page.select("[href], [src]"):
            address = element.get("href") or element.get("src")
            assert address.startswith("#") or (folder / address).is_file(), address
    first = BeautifulSoup((folder / "1-who.html").read_text("utf-8"), "html.parser")
    assert first.select_one("nav.strip a[rel=next]")["href"] == "2-why.html"


def test_the_same_notebooks_give_the_same_bytes_and_no_path_of_the_machine(astana, two, tmp_path):
    for folder in ("one", "two"):
        assert astana("render", *two, "--output", folder).returncode == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    written = (tmp_path / "one" / "1-who.html").read_text("utf-8")
    assert str(tmp_path) not in written
    said, thing = BeautifulSoup(written, "html.parser").select("pre.said")
    assert re.fullmatch(r"data/x -?\d+ 1\n", said.text)
    assert thing.text == "<object>"


def test_a_notebook_that_fails_is_named_and_the_former_site_stays(
    astana, two, make_notebook, tmp_path
):
    assert astana("render", two[1]).returncode == 0
    before = tree(tmp_path)
    bad = make_notebook("3-bad", markdown("# A?"), code("a = 1"), code("\na / 0\na"))
    done = astana("render", two[1], bad)
    assert done.returncode == 1
    assert (
        done.stderr
        == "astana: 3-bad.ipynb, code cell 2 (a / 0): ZeroDivisionError: division by zero\n"
    )
    bad.unlink()
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["site"]


def test_a_site_replaces_the_former_as_a_whole(tmp_path):
    for name in ("one", "other"):
        notebook = v4.new_notebook(cells=[markdown("# Q?")])
        index = site.write(
            [execution.Executed(tmp_path / f"{name}.ipynb", notebook)], tmp_path / "s"
        )
    assert sorted(path.name for path in index.parent.glob("*.html")) == ["index.html", "other.html"]


def test_a_swap_that_fails_puts_the_former_site_back(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("former")
    with pytest.raises(FileNotFoundError):
        site.swap(tmp_path / "site", tmp_path / "never written", tmp_path / "aside")
    assert (tmp_path / "site" / "index.html").read_text() == "former"


@pytest.mark.parametrize("moved", [1, 2])
def test_a_swap_that_is_stopped_when_a_folder_has_moved_is_undone(tmp_path, monkeypatch, moved):
    for name in ("site", "fresh"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    rename, done = Path.rename, []

    def rename_and_stop(path, to):
        rename(path, to)
        done.append(to)
        if len(done) == moved:
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", rename_and_stop)
    with pytest.raises(KeyboardInterrupt):
        site.swap(tmp_path / "site", tmp_path / "fresh", tmp_path / "aside")
    assert (tmp_path / "site" / "index.html").read_text() == "site"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "site"]


@pytest.mark.parametrize("was_a_site", [False, True])
def test_a_folder_with_foreign_files_is_refused_and_kept(astana, two, tmp_path, was_a_site):
    folder = tmp_path / "site"
    if was_a_site:
        assert astana("render", two[1]).returncode == 0
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "thesis.txt").write_text("years of work")
    before = tree(folder)
    done = astana("render", two[1])
    assert done.returncode == 1
    assert "site holds files that are not of a site: notes/thesis.txt" in done.stderr
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone.ipynb"], "gone.ipynb: no such notebook; the kit's are: 00-corpus.ipynb"),
        (["--parameters", "gone.toml"], "gone.toml: no such file"),
        (["1-who.ipynb", "./1-who.ipynb"], "two pages would be called 1-who.html"),
        (["--output", "1-who.ipynb"], "1-who.ipynb is a file"),
        (["broken.ipynb"], "broken.ipynb: no notebook that can be read"),
        (["--parameters", "broken.ipynb"], "broken.ipynb: no TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(astana, two, tmp_path, words, said):
    (tmp_path / "broken.ipynb").write_text("{")
    done = astana("render", *words)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("content", ["", "{", "{}", "[]", '{"nbformat": 4, "nbformat_minor": 5}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    (tmp_path / "x.ipynb").write_text(content)
    with pytest.raises(ValueError, match=r"^x.ipynb: no notebook that can be read \(.*\)$"):
        execution.read(tmp_path / "x.ipynb")


def test_usage_errors_have_a_code_of_their_own(astana):
    assert astana("render", "--workers", "0").returncode == 2
    assert astana("dance").returncode == 2
    assert "render" in astana().stdout


def test_parameters_reach_the_notebook_typed(astana, make_notebook, tmp_path):
    shows = "print(type(since).__name__, since, names, n)"
    cells = code("since = None\nnames = []\nn = 0", "parameters"), code(shows)
    notebook = make_notebook("p", markdown("# P?"), *cells)
    (tmp_path / "p.toml").write_text("since = 2017-01-23\nnames = ['Россия', '\"']\n", "utf-8")
    done = astana("render", notebook, "--parameters", "p.toml")
    assert (done.returncode, done.stderr) == (0, "")
    page = BeautifulSoup((tmp_path / "site" / "p.html").read_text("utf-8"), "html.parser")
    assert page.select_one("pre.said").text == "date 2017-01-23 ['Россия', '\"'] 0\n"


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_terminal_sees_the_progress_and_keeps_nothing_of_it(make_notebook, tmp_path):
    notebook = make_notebook("t", markdown("# T?"), code("1"), code("2"))
    outer, inner = os.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    command = [sys.executable, "-m", "astana_kit", "render", str(notebook)]
    subprocess.run(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=inner, check=True)
    seen = os.read(outer, 10_000).decode()
    os.close(outer)
    os.close(inner)
    assert "Running:   0%" in seen
    assert "| 1/2 [" in seen
    assert ", t]" in seen  # the page it is at
    assert seen.rsplit("\r", 2)[1].strip() == ""


def test_warnings_go_to_the_terminal(astana, make_notebook, tmp_path):
    notebook = make_notebook("w", markdown("# W?"), code("import warnings; warnings.warn('hm')"))
    done = astana("render", notebook)
    assert done.returncode == 0
    assert done.stderr.startswith("w.ipynb, code cell 1: ")
    assert "UserWarning: hm" in done.stderr
    assert "UserWarning" not in (tmp_path / "site" / "w.html").read_text("utf-8")


def test_the_kernel_is_this_python_whatever_the_user_has_installed(astana, make_notebook, tmp_path):
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text('{"argv": ["false"], "display_name": "x", "language": "x"}')
    notebook = make_notebook("k", markdown("# K?"), code("import sys\nprint(sys.executable)"))
    done = astana("render", notebook, JUPYTER_PATH=str(tmp_path / "jupyter"))
    assert (done.returncode, done.stderr) == (0, "")
    page = BeautifulSoup((tmp_path / "site" / "k.html").read_text("utf-8"), "html.parser")
    assert page.select_one("pre.said").text.strip() == site.settled(sys.executable, tmp_path)


def gone(pid):
    """Whether the process ends within some seconds (a zombie has ended)."""
    for _ in range(100):
        status = Path(f"/proc/{pid}/status")
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if status.exists() and "State:\tZ" in status.read_text():
            return True
        time.sleep(0.1)
    return False


def hearing():
    """Hear signals again that the tests themselves may be deaf to, as a background job is."""
    for blow in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(blow, signal.SIG_DFL)


def stopped_at_work(notebooks, folder, blows, *shell):
    """The end of a rendering, and what it says, that was given `blows` when a cell of it ran."""
    command = [*shell, sys.executable, "-m", "astana_kit", "render", *notebooks]
    running = subprocess.Popen(
        command,
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hearing,  # noqa: PLW1509 - a call of the system alone
    )
    while not (pid := folder / "pid").exists() or not pid.read_text():
        assert running.poll() is None
        time.sleep(0.1)
    for blow in blows.split():
        running.send_signal(signal.Signals[f"SIG{blow}"])
        time.sleep(0.02)
    _, complaint = running.communicate(timeout=60)
    assert gone(int(pid.read_text()))
    return running.returncode, complaint


WAITS = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)"
STOPPED = (130, "astana: stopped; nothing was changed\n")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
# two: a key pressed twice; `timeout`, which tells a process and then its group
@pytest.mark.parametrize("blows", ["INT", "TERM", "HUP", "INT INT", "TERM TERM", "INT TERM INT"])
def test_an_interruption_leaves_neither_half_a_site_nor_a_kernel(
    astana, two, make_notebook, tmp_path, blows
):
    assert astana("render", two[1]).returncode == 0
    long = make_notebook("long", markdown("# L?"), code(WAITS))
    before = tree(tmp_path / "site")
    assert stopped_at_work([two[1], long], tmp_path, blows) == STOPPED
    assert tree(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["site"]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_background_job_is_deaf_to_the_keyboard_and_can_be_ended(make_notebook, tmp_path):
    long = make_notebook("long", markdown("# L?"), code(WAITS))
    deaf = ["sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"]
    assert stopped_at_work([long], tmp_path, "INT HUP TERM TERM", *deaf) == STOPPED
    assert not (tmp_path / "site").exists()


def test_nbconvert_finds_the_exporter_and_writes_the_script_beside_the_page(two, tmp_path):
    words = ["nbconvert", "--execute", "--to", "astana", str(two[0])]
    subprocess.run([sys.executable, "-m", "jupyter", *words], check=True, capture_output=True)
    page = BeautifulSoup((tmp_path / "1-who.html").read_text("utf-8"), "html.parser")
    assert len(page("figure")) == 1
    assert page.h1.find_next_sibling().text == "Russia, 3 times."
    assert (
        tmp_path / page.select_one("script[src]")["src"]
    ).read_bytes() == exporter.plotly_script()


# In a browser


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A page of two figures and a hostile output, in a folder of its own."""
    table = "<table class='dataframe'><tr><td>x</td></tr></table>" + HOSTILE
    wide = "<table class='dataframe'><tr>" + "<td>123456789</td>" * 40 + "</tr></table>"
    notebook = v4.new_notebook(
        cells=[
            markdown("# Q?\n\n## Figures\n\n## Tables"),
            made(plotly([{"type": "bar", "x": ["روسيا"], "y": [3]}], title={"text": HOSTILE})),
            made(v4.new_output("execute_result", {"text/html": wide})),
            made(v4.new_output("execute_result", {"text/html": table})),
            made(said("word " * 900)),
            made(plotly([{"type": "heatmap", "z": [[1, 2], [3, 4]]}], height=300)),
        ]
    )
    folder = tmp_path_factory.mktemp("shown")
    return site.write([execution.Executed(folder / "q.ipynb", notebook)], folder / "site")


CANNOT_RUN = re.compile("Content Security Policy")


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_figures_are_drawn_when_they_come_near_in_the_colours_of_the_page(watch, shown, dark):
    seen = watch(shown.with_name("q.html").as_uri(), dark=dark)
    assert seen.page.locator(".drawing").nth(1).get_attribute("data-drawn") is None
    assert draw_all(seen.page) == 2
    paper = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    ground = seen.page.locator(".main-svg").first.evaluate("svg => svg.style.background")
    assert ground == paper
    assert (sum(map(int, re.findall(r"\d+", paper)[:3])) < 300) == dark


@pytest.mark.browser
def test_a_script_that_came_with_a_text_does_not_run(watch, shown):
    seen = watch(shown.with_name("q.html").as_uri())
    draw_all(seen.page)
    assert seen.page.evaluate("window.broken") is None
    # the two that the notebook's own HTML holds were stopped by the policy, and by nothing else
    assert seen.complaints
    assert all(CANNOT_RUN.search(complaint) for complaint in seen.complaints)


@pytest.mark.browser
def test_the_choice_of_colours_is_remembered_and_figures_follow(watch, shown):
    seen = watch(shown.with_name("q.html").as_uri())
    draw_all(seen.page)
    seen.page.get_by_role("button", name="Dark page").click()
    assert seen.page.locator(".drawing").first.get_attribute("data-drawn") == "dark"
    seen.page.goto(shown.as_uri())
    assert seen.page.get_by_role("button", name="Light page").is_visible()


@pytest.mark.browser
def test_a_page_sent_without_its_folder_says_what_is_missing(watch, shown, tmp_path):
    page = tmp_path / "q.html"
    page.write_bytes(shown.with_name("q.html").read_bytes())
    canvas = watch(page.as_uri()).page.locator(".canvas").first
    assert "_static/plotly.min.js, which is not beside this page" in canvas.inner_text()
    # as JupyterLab's export lays it
    (tmp_path / "plotly.min.js").write_bytes(exporter.plotly_script())
    assert draw_all(watch(page.as_uri()).page) == 2


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_figure_can_be_saved_as_a_picture(watch, shown, kind):
    seen = watch(shown.with_name("q.html").as_uri(), accept_downloads=True)
    draw_all(seen.page)
    before = list(seen.complaints)
    with seen.page.expect_download(timeout=15_000) as download:
        seen.page.evaluate(
            "format => Plotly.downloadImage(document.querySelectorAll('.canvas')[1], {format})",
            kind,
        )
    content = download.value.path().read_bytes()
    assert content.startswith({"png": b"\x89PNG", "svg": b"<svg"}[kind])
    assert seen.complaints == before


@pytest.mark.browser
def test_on_a_phone_only_tables_scroll_sideways(watch, shown):
    for address in (shown, shown.with_name("q.html")):
        page = watch(address.as_uri(), width=360).page
        draw_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator(".made > .wide").first.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.locator(".contents details").get_attribute("open") is None


PHONE = {"width": 360, "has_touch": True, "is_mobile": True}
LONG = "What does one outlet say more often than all of the others taken together?"


@pytest.fixture(scope="module")
def on_phone(tmp_path_factory):
    """A page of a tall figure with a long title and of a grid that is wider than a phone."""
    numbers = list(range(10, 32))
    heat = {"type": "heatmap", "x": numbers, "y": ["Syria", "Iran"], "z": [numbers, numbers]}
    bars = {"type": "bar", "x": ["a"], "y": [1]}
    cells = [
        made(plotly([bars], title={"text": f"\u2068{LONG}\u2069"}, height=1400)),
        made(plotly([heat], title={"text": "Who?"}, meta={"least": 600})),
    ]
    notebook = v4.new_notebook(cells=[markdown("# Q?"), *cells])
    folder = tmp_path_factory.mktemp("phone")
    executed = [execution.Executed(folder / "q.ipynb", notebook)]
    return site.write(executed, folder / "site").with_name("q.html").as_uri()


def swipe(page, figure, *, x=0, y=0):
    """Move a finger that lies on the middle of what is drawn."""
    drag = figure.locator(".nsewdrag")
    drag.evaluate("area => area.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = drag.bounding_box()
    middle = {"x": min(box["x"] + box["width"] / 2, 250), "y": box["y"] + box["height"] / 2}
    session = page.context.new_cdp_session(page)
    for place, kind in enumerate(["touchStart", *["touchMove"] * 10, "touchEnd"]):
        at = {"x": middle["x"] + x * place / 10, "y": middle["y"] + y * place / 10}
        points = [] if kind == "touchEnd" else [at]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_timeout(300)


@pytest.mark.browser
def test_a_finger_that_moves_over_a_figure_scrolls_the_page(watch, on_phone):
    page = watch(on_phone, **PHONE).page
    draw_all(page)
    figure = page.locator("figure.drawing").first
    zoom = "figure => figure.querySelector('.canvas').layout.yaxis.range.join()"
    swipe(page, figure)  # brings it into view
    before, ranged = page.evaluate("scrollY"), figure.evaluate(zoom)
    swipe(page, figure, y=-200)
    assert page.evaluate("scrollY") > before + 50
    assert figure.evaluate(zoom) == ranged


@pytest.mark.browser
def test_a_grid_scrolls_sideways_on_a_phone_and_its_names_stay(watch, on_phone):
    page = watch(on_phone, **PHONE).page
    draw_all(page)
    grid = page.locator("figure.drawing").nth(1)
    left = "figure => figure.querySelector('.yaxislayer-above text').getBoundingClientRect().x"
    before = grid.evaluate(left)
    swipe(page, grid, x=-150)
    assert grid.locator(".across").evaluate("box => box.scrollLeft") > 50
    assert grid.evaluate(left) == pytest.approx(before, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.browser
def test_a_long_title_goes_on_in_another_line_on_a_phone_and_nowhere_else(watch, on_phone):
    for window, lines in ((PHONE, 2), ({"width": 1280}, 1)):
        page = watch(on_phone, **window).page
        draw_all(page)
        title = page.locator(".gtitle").first
        box, width = title.bounding_box(), page.evaluate("document.documentElement.clientWidth")
        figure = page.locator(".canvas").first.bounding_box()
        assert title.evaluate("title => title.querySelectorAll('.line').length || 1") == lines
        assert box["y"] >= figure["y"]
        assert box["x"] + box["width"] <= width


@pytest.mark.browser
def test_print_holds_every_figure_as_wide_as_the_sheet(watch, shown):
    page = watch(shown.with_name("q.html").as_uri(), dark=True).page
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    widths = page.eval_on_selector_all(
        ".drawing .main-svg:first-child", "drawn => drawn.map(svg => svg.clientWidth)"
    )
    assert widths == [660, 660]
    assert page.eval_on_selector_all(".drawing", "all => all.map(one => one.dataset.drawn)") == [
        "light",
        "light",
    ]


# A question that a corpus cannot carry


def test_a_refusal_that_the_notebook_expects_is_said_in_words():
    refused = made(
        v4.new_output("error", ename="ValueError", evalue="<b> 3 pages", traceback=[]),
        source="ak.compare_terms()",
        tags=["raises-exception"],
    )
    left_out = made(
        v4.new_output("error", ename="NameError", evalue="keys", traceback=[]),
        source="keys",
        tags=["raises-exception"],
    )
    page = page_of(refused, left_out)
    assert [p.text for p in page.select(".refused")] == ["Refused: <b> 3 pages"]
    assert len(page.select(".made")) == 1


@pytest.mark.parametrize(("name", "tags"), [("ValueError", []), ("KeyError", ["raises-exception"])])
def test_any_other_error_stops_the_page(name, tags):
    failed = made(v4.new_output("error", ename=name, evalue="x", traceback=[]), tags=tags)
    with pytest.raises(ValueError, match=f"code cell 1 holds an error \\({name}: x"):
        page_of(failed)
