import hashlib

import pandas as pd
import pytest

from astana_kit import tables

HEADING = "round,start,end,city,note,source\n"


def written(folder, text):
    path = folder / "rounds.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "rounds.csv: no column round.*none"),
        (
            "round,start\n1,2017-01-23\n",
            "rounds.csv: no column end, city, note, source.*round, start",
        ),
        (
            HEADING + "1,2017-01-23,2017-01-24,Astana,,x,y,z\n",
            "rounds.csv, line 2: 8 cells under 6 columns; .*double quotes",
        ),
        (HEADING + "1,2017-01-23,2017-01-24,Astana,,x\n2,2017\n", "line 3: 2 cells under 6"),
        (
            HEADING + "1,23.01.2017,2017-01-24,Astana,,x\n",
            "line 2: start is no day; write it as 2017",
        ),
        (HEADING + "one,2017-01-23,2017-01-24,Astana,,x\n", "line 2: round is no number"),
        (HEADING + "1,2017-01-23,2017-01-24,,,x\n", "line 2: city is empty; fill it"),
        (
            HEADING + "1,2017-01-23,2017-01-24,Astana,,x\n1,2017-02-15,2017-02-16,Astana,,x\n",
            "line 3: round stands in an earlier row",
        ),
        (
            HEADING + "1,2017-01-24,2017-01-23,Astana,,x\n",
            "round 1 ends 2017-01-23 before it starts",
        ),
    ],
)
def test_a_broken_row_names_file_line_and_remedy(tmp_path, text, message):
    with pytest.raises(ValueError, match=message):
        tables.rounds(written(tmp_path, text))


def test_a_table_that_is_not_utf_8_or_not_there_is_named(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("раунд".encode("cp1251"))
    with pytest.raises(ValueError, match=r"mine\.csv: not UTF-8 .*save the file as UTF-8"):
        tables.rounds(path)
    with pytest.raises(ValueError, match=r"none\.csv: no such file"):
        tables.rounds(tmp_path / "none.csv")


def test_a_readers_own_calendar_takes_the_place_of_the_kits(tmp_path):
    mine = written(
        tmp_path,
        HEADING + "2,2020-01-01,2020-01-02,Wien,,diary\n1,2019-01-01,2019-01-01,Bern,,diary\n",
    )
    assert tables.rounds(mine)["city"].tolist() == ["Bern", "Wien"]
    assert tables.rounds(pd.read_csv(mine))["round"].tolist() == [1, 2]
    assert len(tables.rounds()) == 22


def test_what_a_caller_does_to_a_table_stays_with_the_caller():
    mine = tables.rounds()
    mine.loc[0, "city"] = "elsewhere"
    assert tables.rounds().loc[0, "city"] == "Astana"


def test_the_rounds_follow_one_another():
    rounds = tables.rounds()
    assert rounds["round"].tolist() == list(range(1, 23))
    assert rounds["start"].is_monotonic_increasing
    assert (rounds["end"] - rounds["start"]).dt.days.between(0, 2).all()


def test_the_seeds_are_kept_byte_for_byte():
    for seed in tables.seeds().itertuples():
        raw = (tables.DATA / seed.path).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == seed.sha256, seed.path


def test_every_outlet_of_a_seed_is_described():
    named = set(tables.seeds()["outlet"]) - {""}
    assert named == set(tables.outlets()["outlet"])


def test_a_list_that_was_mended_is_read_anew(tmp_path):
    path = written(tmp_path, HEADING + "1,2017-01-23,2017-01-24,Astana,,x\n")
    assert tables.rounds(path)["city"].tolist() == ["Astana"]
    written(tmp_path, HEADING + "1,2017-01-23,2017-01-24,Sochi,,x\n")
    assert tables.rounds(path)["city"].tolist() == ["Sochi"]


def test_the_sample_lists_stand_beside_the_kits_own():
    lists = tables.DATA / "sample-lists"
    who = pd.concat([tables.actors(), tables.actors(lists / "actors.csv")])
    what = pd.concat([tables.concepts(), tables.concepts(lists / "concepts.csv")])
    tables.names(pd.concat([tables.names(), tables.names(lists / "names.csv", who)]), who)
    own = tables.concept_terms(lists / "concept_terms.csv", what)
    tables.concept_terms(pd.concat([tables.concept_terms(), own]), what)
    tables.stop_words(pd.concat([tables.stop_words(), tables.stop_words(lists / "stopwords.csv")]))
    with pytest.raises(ValueError, match=r"names_with_an_error\.csv, line 3: .*'ahmed_yildiz'"):
        tables.names(lists / "names_with_an_error.csv", who)
