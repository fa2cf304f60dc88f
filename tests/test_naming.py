"""How an actor is named: one label for six languages, nothing lost, nothing judged."""

import pandas as pd
import pytest
from made import pages

from astana_kit import tables
from astana_kit.actors import find_actors
from astana_kit.naming import count_labels
from astana_kit.text.script import LANGUAGES

REGIME = [
    ("ru", "Сирийский режим отказался от встречи."),
    ("ar", "رفض النظام السوري حضور الاجتماع."),
    ("kk", "Сирия режимі кездесуден бас тартты."),
    ("en", "The Syrian regime refused to come."),
    ("tr", "Suriye rejimi görüşmeye katılmadı."),
    ("fa", "رژیم سوریه در نشست حاضر نشد."),
]
GOVERNMENT = [
    ("ru", "Правительство Сирии согласилось."),
    ("ar", "وافقت الحكومة السورية."),
    ("kk", "Сирия үкіметі келісті."),
    ("en", "The Syrian government agreed."),
    ("tr", "Suriye hükümeti kabul etti."),
    ("fa", "دولت سوریه موافقت کرد."),
]


def counted(*texts, **options):
    passages = pages(*texts)
    return count_labels(find_actors(passages), passages, **options)


def of(counts, actor):
    return counts[counts["actor_id"] == actor].set_index(["label", "group"])["n"].to_dict()


def test_every_name_of_a_labelled_actor_has_a_label_and_every_language_has_some():
    labels, names = tables.labels(), tables.names()
    assert labels["id"].nunique() >= 8
    for actor, rows in labels.groupby("id"):
        own = names[(names["id"] == actor) & (names["form"] == "name")]
        assert set(zip(own["language"], own["name"], strict=True)) == set(
            zip(rows["language"], rows["name"], strict=True)
        ), actor
        assert set(rows["language"]) == set(LANGUAGES), actor


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("texts", "label"), [(REGIME, "Syrian regime"), (GOVERNMENT, "Syrian government")]
)
def test_the_same_way_to_name_has_the_same_label_in_every_language(language, texts, label):
    counts = counted(("a", language, dict(texts)[language]))
    assert of(counts, "syrian_government") == {(label, language): 1}


def test_languages_that_name_an_actor_otherwise_stand_side_by_side():
    counts = counted(
        ("a", "ar", "رفض النظام السوري. وافقت الحكومة السورية."),
        ("b", "ar", "قال النظام السوري إنه مستعد."),
        ("c", "ru", "Правительство Сирии согласилось."),
        ("d", "kk", "Асад үкіметі келісті."),
    )
    assert of(counts, "syrian_government") == {
        **{("Syrian government", group): n for group, n in [("ar", 1), ("kk", 0), ("ru", 1)]},
        **{("Syrian regime", group): n for group, n in [("ar", 2), ("kk", 0), ("ru", 0)]},
        **{("Assad’s government", group): n for group, n in [("ar", 0), ("kk", 1), ("ru", 0)]},
    }
    arabic = counts.set_index(["label", "group"]).loc[("Syrian regime", "ar")]
    assert arabic[["n", "of", "documents", "of_documents"]].tolist() == [2, 3, 2, 2]
    assert arabic["interval"] == "by document"
    assert 0 < arabic["low"] < 2 / 3 < arabic["high"] < 1


def test_an_adjective_and_a_people_are_ways_of_their_own():
    counts = counted(("a", "ru", "Россия, российская делегация и россияне; Россия и РФ."))
    assert of(counts, "russia") == {
        ("Russia", "ru"): 2,
        ("RF", "ru"): 1,
        ("by adjective", "ru"): 1,
        ("by its people", "ru"): 1,
    }
    assert counts.set_index("label")["kind"].to_dict() == {
        "Russia": "state",
        "RF": "abbreviation",
        "by adjective": "adjective",
        "by its people": "demonym",
    }


def test_a_name_without_a_label_is_by_name_and_none_is_lost():
    counts = counted(("a", "en", "Jordan sent envoys; the Jordanian envoy met Russia and Iran."))
    assert of(counts, "jordan") == {("by name", "en"): 1, ("by adjective", "en"): 1}
    sums = counts.groupby(["actor_id", "group"]).agg(n=("n", "sum"), of=("of", "first"))
    assert (sums["n"] == sums["of"]).all()


def test_one_document_has_wilsons_interval():
    counts = counted(("a", "tr", "Türkiye konuştu. Türk heyeti geldi."))
    row = counts.set_index("label").loc["by adjective"]
    # Wilson (1927) of 1 in 2: (1/2 + z²/4 ± z √(1/8 + z²/16)) / (1 + z²/2), z = 1.96
    assert [round(row["low"], 4), round(row["high"], 4)] == [0.0945, 0.9055]
    assert row["interval"] == "wilson"


def test_namings_are_counted_by_any_column_of_passages():
    passages = pages(("a", "en", "ISIS fled."), ("b", "en", "Daesh fled."), outlet=["x", "y"])
    counts = count_labels(find_actors(passages), passages, by="outlet")
    assert of(counts, "islamic_state") == {
        ("Daesh", "x"): 0,
        ("Daesh", "y"): 1,
        ("ISIS, ISIL", "x"): 1,
        ("ISIS, ISIL", "y"): 0,
    }


def test_nothing_named_gives_an_empty_table():
    assert counted(("a", "kk", "Күн жылы болды.")).empty


def test_a_readers_own_labels_take_the_place_of_the_kits():
    mine = pd.DataFrame(
        [
            ("russia", "en", "Russia", "the big one", "state", "mine"),
            ("russia", "en", "Russian", "as a quality", "description", "mine"),
        ],
        columns=["id", "language", "name", "label", "kind", "source"],
    )
    text = "Russia, the Russian envoy, the Russian Federation"
    counts = counted(("a", "en", text), labels=mine)
    assert of(counts, "russia") == {
        ("the big one", "en"): 1,
        ("as a quality", "en"): 1,
        ("by name", "en"): 1,
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [("russia", "en", "Rusia", "Russia", "state", "x")],
            r"labels\.csv, row 0: 'Rusia' \(en\) is no name of 'russia' in names\.csv; write it",
        ),
        (
            [
                ("russia", "en", "Russia", "Russia", "state", "x"),
                ("russia", "ru", "РФ", "Russia", "abbreviation", "x"),
            ],
            r"row 1: 'Russia' of 'russia' is 'abbreviation' here and 'state' in an earlier row",
        ),
        ([("russia", "en", "Russia", "Russia", "bad", "x")], "row 0: kind is not known; write st"),
    ],
)
def test_a_broken_label_is_refused_with_its_row_and_the_remedy(rows, message):
    columns = ["id", "language", "name", "label", "kind", "source"]
    with pytest.raises(ValueError, match=message):
        tables.labels(pd.DataFrame(rows, columns=columns))


def test_a_mention_outside_of_the_passages_is_refused():
    passages = pages(("a", "en", "Russia spoke."), ("b", "en", "Iran spoke."))
    with pytest.raises(ValueError, match="1 of 2 lie in none of the headline and body passages"):
        count_labels(find_actors(passages), passages.iloc[:1])
