"""A page is made again when something that it was made of has changed, and only then."""

import re

import pytest
from conftest import code, markdown
from nbformat import v4, write

from astana_kit import site
from astana_kit.site import reuse

CLOCK = "import time\nprint('run at', time.time_ns())"


@pytest.fixture
def study(tmp_path):
    """Two notebooks that print when they were run, and a way to render them."""

    def notebook(name, *cells):
        write(v4.new_notebook(cells=[markdown(f"# {name}?"), *cells]), tmp_path / f"{name}.ipynb")

    def render(**options):
        found = sorted(tmp_path.glob("*.ipynb"))
        index = site.render(found, output=tmp_path.parent / "site", **options)
        pages = (index.parent / f"{path.stem}.html" for path in found)
        return [re.search(r"run at (\d+)", page.read_text())[1] for page in pages]

    notebook("one", code("corpus = None\nword = 'a'", "parameters"), code(CLOCK))
    notebook("two", code(CLOCK))
    render.notebook, render.folder = notebook, tmp_path
    return render


def changed(before, after):
    return [old != new for old, new in zip(before, after, strict=True)]


def test_a_changed_notebook_alone_is_run_again(study):
    first = study()
    assert changed(first, study()) == [False, False]
    study.notebook("two", code("1"), code(CLOCK))
    assert changed(first, study()) == [False, True]


def test_a_parameter_a_corpus_and_a_file_beside_count(study):
    first = study()
    second = study(parameters={"word": "b"})
    assert changed(first, second) == [True, False]
    corpus = study.folder.parent / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("page")
    third = study(corpus=corpus)
    assert changed(second, third) == [True, True]
    assert changed(third, study(corpus=corpus)) == [False, False]
    (corpus / "a.txt").write_text("another page")
    fourth = study(corpus=corpus)
    assert changed(third, fourth) == [True, True]
    (study.folder / "names.csv").write_text("id")
    assert changed(fourth, study(corpus=corpus)) == [True, True]


def test_a_page_that_is_kept_keeps_its_row_of_the_index(study):
    study.notebook("two", code("import astana_kit as ak\nak.session(corpus='press')"), code(CLOCK))
    first = study()
    index = study.folder.parent / "site" / "index.html"
    before = index.read_text()
    assert "press</bdi>" in before
    assert changed(first, study()) == [False, False]
    assert index.read_text() == before


def test_a_page_that_somebody_changed_by_hand_is_made_again(study):
    first = study()
    page = study.folder.parent / "site" / "one.html"
    page.write_text(page.read_text().replace("run at", "run at "))
    assert changed(first, study()) == [True, False]


def test_the_tables_the_package_and_its_surroundings_count(study, monkeypatch):
    first = study()
    with monkeypatch.context() as context:
        context.setattr(reuse, "_installed", lambda: ["pandas 99"])
        second = study()
    assert changed(first, second) == [True, True]
    monkeypatch.setattr(reuse.tables, "fingerprint", lambda: "other tables")
    assert changed(second, study()) == [True, True]


def test_a_corpus_that_is_not_there_is_refused_before_anything_is_run(study):
    with pytest.raises(ValueError, match="no such file or folder to take pages from"):
        study(corpus=study.folder / "nowhere")
