"""A study of one's own begins from the kit's notebooks, and loses nothing that is there."""

import tomllib

import nbformat
import pytest
from conftest import code

from astana_kit import cli, study, tables


def test_a_new_study_has_the_notebooks_their_parameters_and_a_place_for_pages(tmp_path, capsys):
    assert cli.main(["new", str(tmp_path / "mine")]) == 0
    assert "corpus" in capsys.readouterr().out
    home = tmp_path / "mine"
    assert sorted(path.name for path in home.iterdir()) == sorted(
        [*(path.name for path in tables.NOTEBOOKS.glob("*.ipynb")), "corpus", "parameters.toml"]
    )
    for notebook in tables.NOTEBOOKS.glob("*.ipynb"):
        assert (home / notebook.name).read_bytes() == notebook.read_bytes()
    assert not any((home / "corpus").iterdir())


def test_a_parameters_file_lists_every_value_once_and_sets_none(tmp_path):
    cells = [
        code(
            'word = "بيان \\"ختامي\\""\nleast = 6\ncorpus = None\nwords = ["a", "б"]', "parameters"
        )
    ]
    first, second = tmp_path / "one.ipynb", tmp_path / "two.ipynb"
    for path in (first, second):
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    written = study.parameters([first, second])
    assert tomllib.loads(written) == {}
    lines = [line[2:] for line in written.splitlines() if " = " in line]
    assert tomllib.loads("\n".join(lines)) == {
        "word": 'بيان "ختامي"',
        "least": 6,
        "words": ["a", "б"],
    }


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert cli.main(["new", str(tmp_path)]) == 1
    assert "is not empty; name a folder that is not there yet" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_may_be_used(tmp_path):
    study.begin(tmp_path)
    with pytest.raises(ValueError, match="is there already and is not empty"):
        study.begin(tmp_path)
