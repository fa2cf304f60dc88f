"""The last cell of a notebook says what its numbers came from."""

import pandas as pd

from astana_kit import provenance, tables


def test_a_session_names_versions_tables_and_parameters():
    passages = pd.DataFrame({"kind": ["body", "related", "body"]})
    said = provenance.session(seed=3, passages=passages, mentions=pd.DataFrame({"a": [1]}))
    values = dict(zip(said["what"], said["value"], strict=True))
    assert values["pandas"] == pd.__version__
    assert values["seed"] == "3"
    assert values["passages"] == "3 rows: 2 body, 1 related"
    assert values["mentions"] == "1 row"


def test_the_fingerprint_of_the_tables_changes_with_any_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "DATA", tmp_path)
    seen = set()
    for name, content in (("a.csv", "1"), ("a.csv", "2"), ("b/c.csv", "2")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
        tables.fingerprint.cache_clear()
        seen.add(tables.fingerprint())
    tables.fingerprint.cache_clear()
    assert len(seen) == 3
