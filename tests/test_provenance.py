"""The last cell of a notebook says what its numbers came from."""

import pandas as pd
from IPython.core.formatters import DisplayFormatter

from astana_kit import provenance, tables


def test_a_session_names_versions_tables_and_parameters():
    passages = pd.DataFrame({"kind": ["body", "related", "body"]})
    said = provenance.session(seed=3, passages=passages, mentions=pd.DataFrame({"a": [1]}))
    values = dict(zip(said["what"], said["value"], strict=True))
    assert values["pandas"] == pd.__version__
    assert values["seed"] == "3"
    assert values["passages"] == "3 rows: 2 body, 1 related"
    assert values["mentions"] == "1 row"


def told(said):
    """What a notebook keeps of `said` beside its table."""
    data, _ = DisplayFormatter().format(said)
    assert "<table" in data["text/html"]
    return data[provenance.SESSION]


def test_a_notebook_keeps_what_the_corpus_covers():
    published = pd.to_datetime(["2024-11-11", "2017-01-23", None])
    documents = pd.DataFrame(
        {"doc_id": ["a", "b", "c"], "language": ["ru", "ar", "ru"], "published": published}
    )
    twice = pd.concat([documents, documents])  # passages: several rows a page
    for table in (documents, twice):
        covers = told(provenance.session(corpus="my/press/", seed=0, passages=table))
        assert covers == {
            "corpus": "press",
            "pages": 3,
            "languages": ["ar", "ru"],
            "first": "2017-01-23",
            "last": "2024-11-11",
            "undated": 1,
        }


def test_a_session_without_pages_or_days_claims_none():
    assert told(provenance.session(seed=0)) == {}
    page = pd.DataFrame({"doc_id": ["a"], "language": [None], "published": [pd.NaT]})
    covers = told(provenance.session(corpus=None, documents=page))
    assert covers["corpus"] == "the seeds"
    assert (covers["first"], covers["last"], covers["undated"]) == (None, None, 1)
    assert covers["languages"] == []
    assert told(provenance.session(documents=page.head(0))) == {}


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
