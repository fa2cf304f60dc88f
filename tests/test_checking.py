"""astana check: what is wrong is said with its remedy, and decides the exit code."""

from importlib import metadata

import pytest

from astana_kit import checking, cli, tables


def states(findings):
    return [finding.state for finding in findings]


def test_a_whole_installation_is_good(capsys):
    assert set(states(checking.installation())) == {"good"}
    assert cli.main(["check"]) == 0
    assert "good   data: concept_terms" in capsys.readouterr().out


def test_a_package_too_old_or_missing_is_named_with_the_command(monkeypatch):
    needed = ["pandas>=99", "no-such-package>=1", "numpy>=1", "spacy>=3; extra == 'bench'"]
    monkeypatch.setattr(checking.metadata, "requires", lambda _: needed)
    old, missing, good = checking.packages()
    assert old.what == f"pandas {metadata.version('pandas')} is too old"
    assert old.remedy == "pip install 'pandas>=99'"
    assert missing.what == "no-such-package is not installed"
    assert good.what == "1 of 3 packages"


def test_a_broken_table_fails_the_check(monkeypatch, capsys):
    def broken():
        raise ValueError("names.csv, line 7: no actor")

    monkeypatch.setattr(checking, "TABLES", (broken,))
    assert cli.main(["check"]) == 1
    assert "wrong  names.csv, line 7: no actor: mend the row" in capsys.readouterr().out


def test_a_changed_seed_is_found(monkeypatch, tmp_path):
    (tmp_path / "seeds.csv").write_bytes((tables.DATA / "seeds.csv").read_bytes())
    monkeypatch.setattr(checking.tables, "DATA", tmp_path)
    findings = list(checking.seed_pages())
    assert len(findings) == 5
    assert "missing or not as received" in findings[0].what


def test_the_sample_is_looked_over_with_all_that_was_not_taken(capsys):
    findings = list(checking.corpus(tables.DATA / "sample"))
    assert states(findings)[0] == "good"
    said = "\n".join(f"{finding.what} {finding.remedy}" for finding in findings)
    assert "not taken" in said
    assert "languages: " not in said
    assert cli.main(["check", str(tables.DATA / "sample")]) == 0
    assert "16 pages read" in capsys.readouterr().out


def test_pages_without_day_or_outlet_are_worth_a_look(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Переговоры по Сирии начались в Астане.\n"
        "Делегации стран-гарантов прибыли в столицу Казахстана и провели первые встречи.\n",
        encoding="utf-8",
    )
    looks = [finding.what for finding in checking.corpus(tmp_path) if finding.state == "look"]
    assert looks == [
        "1 page without a day of publication",
        "1 page without an outlet",
        "2 passages with an actor or a concept",
    ]


def test_a_corpus_too_small_for_topics_is_told_before_it_is_rendered(tmp_path, monkeypatch):
    lines = ["Heyetler geldi.", "Rusya heyeti geldi.", "Hava güzel.", "İran heyeti de geldi."]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    (told,) = [found for found in checking.corpus(tmp_path) if "actor" in found.what]
    assert told[:2] == ("look", "3 passages with an actor or a concept")
    (tmp_path / "b.txt").write_text("\n".join(lines[:2]), encoding="utf-8")
    monkeypatch.setattr(checking, "SOME", 10)  # characters: a page at a time
    assert not any("actor" in found.what for found in checking.corpus(tmp_path))


def test_of_a_folder_without_a_file_that_is_said_and_of_one_without_a_page_why(tmp_path):
    (none,) = checking.corpus(tmp_path)
    assert none == ("wrong", "0 pages read", "put pages there; it is empty")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    first, *rest = checking.corpus(tmp_path)
    assert first == ("wrong", "0 pages read", "see what is below")
    assert "a.pdf" in rest[0].what


def test_a_corpus_that_is_not_there_is_refused(tmp_path, capsys):
    assert cli.main(["check", str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["check", "--help"], ["new", "--help"]])
def test_each_command_explains_itself(words, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 0
    assert "usage: astana" in capsys.readouterr().out
