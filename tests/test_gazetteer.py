"""The tables of actors and names keep what design and reader rely on."""

import pandas as pd
import pytest

from astana_kit import actors, curated, tables
from astana_kit.text.inflect import written
from astana_kit.text.script import LANGUAGES, fold

ACTORS = tables.actors()
NAMES = tables.names()
NAMED = NAMES[NAMES["id"] != curated.NOT_AN_ACTOR]


def test_every_actor_has_a_name_in_every_language():
    named = set(zip(NAMED["id"], NAMED["language"], strict=True))
    lacking = [(a, b) for a in ACTORS["actor_id"] for b in LANGUAGES if (a, b) not in named]
    assert not lacking


def test_every_state_has_an_adjective_or_a_people_in_every_language():
    states = ACTORS.loc[ACTORS["kind"] == "state", "actor_id"]
    others = NAMED[NAMED["form"] != "name"]
    named = set(zip(others["id"], others["language"], strict=True))
    lacking = [(a, b) for a in states for b in LANGUAGES if (a, b) not in named]
    # Turkish and Persian name the Emirates' people by the country alone
    assert lacking in ([], [("united_arab_emirates", "tr")])


def test_no_written_form_points_to_two_actors():
    meant = {}
    for row in NAMES.itertuples():
        for way in written(row.name, row.language, row.inflects):
            for tail in way.tails if len(way.tails) < 20 else [""]:
                key = (row.language, fold(way.text + tail, row.language), row.inflects)
                meant.setdefault(key, set()).add(row.id)
    shared = {key: ids for key, ids in meant.items() if len(ids) > 1}
    assert not shared


def test_no_name_is_found_in_an_ordinary_word():
    words = tables.ordinary_words()
    passages = pd.DataFrame(
        {
            "doc_id": words.index.astype(str),
            "passage": 0,
            "start": 0,
            "stop": words["word"].str.len(),
            "kind": "body",
            "language": words["language"],
            "outlet": "",
            "published": pd.NaT,
            "text": words["word"],
        }
    )
    assert actors.find_actors(passages).empty
    assert set(words["language"]) == set(LANGUAGES)


def test_every_doubt_is_about_a_name():
    doubts = tables.doubts()
    known = set(zip(NAMES["language"], NAMES["name"], strict=True))
    assert [d for d in zip(doubts["language"], doubts["name"], strict=True) if d not in known] == []


def test_a_role_ends_after_it_began():
    both = ACTORS.dropna(subset=["since", "until"])
    assert (both["since"] < both["until"]).all()


def test_a_state_has_its_code_and_nobody_else_does():
    has_code = ACTORS["iso3"].str.fullmatch("[A-Z]{3}")
    assert has_code.equals(ACTORS["kind"] == "state")


GOOD = {
    "id": "syria",
    "language": "ru",
    "name": "Шам",
    "form": "name",
    "inflects": "noun",
    "note": "",
    "source": "the reader",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"id": "narnia"},
            "row 1: 'Страна' names 'narnia', whom actors.csv does not have; use one of its ids",
        ),
        ({"name": " "}, "row 1: name is empty; fill it or drop the row"),
        ({"source": ""}, "row 1: source is empty"),
        ({"form": "noun"}, "row 1: form is not known; write name, adjective, demonym"),
        ({"inflects": "verb"}, "row 1: inflects is not known; write no, abbreviation"),
        ({"language": "de"}, "row 1: language is not known; write ru, ar, kk, en, tr, fa"),
        ({"name": "Шам"}, "row 1: language, name stands in an earlier row too"),
        ({"name": "Шам", "id": "iran"}, "row 1: language, name stands in an earlier row too"),
        ({"name": "катар"}, "is an ordinary word .ordinary_words.csv.; drop the row"),
    ],
)
def test_a_faulty_row_of_a_readers_table_is_refused(change, message):
    table = pd.DataFrame([GOOD, {**GOOD, "name": "Страна", **change}])
    with pytest.raises(ValueError, match=message):
        tables.names(table)


def test_a_table_without_a_column_says_which():
    with pytest.raises(ValueError, match=r"names.csv: no column source\. One row is one way"):
        tables.names(pd.DataFrame([GOOD]).drop(columns="source"))


def test_a_faulty_file_is_refused_with_its_line(tmp_path):
    path = tmp_path / "mine.csv"
    pd.DataFrame([GOOD, {**GOOD, "name": ""}]).to_csv(path, index=False)
    with pytest.raises(ValueError, match=r"mine\.csv, line 3: name is empty"):
        tables.names(path)
    other = tmp_path / "other.csv"
    pd.DataFrame([{**GOOD, "id": "narnia"}]).to_csv(other, index=False)
    with pytest.raises(ValueError, match=r"other\.csv, line 2: 'Шам' names 'narnia'"):
        tables.names(other)
