"""Actors are found where a reader marks them, and a name in doubt is listed instead of counted."""

import marked
import pandas as pd
import pytest

from astana_kit import actors, tables
from astana_kit.documents import from_frame
from astana_kit.pages import split_passages
from astana_kit.schema import DOUBTFUL, MENTIONS, PASSAGES
from astana_kit.text.script import LANGUAGES

SPAN = ["doc_id", "passage", "start", "stop", "actor_id"]

COLUMNS = list(PASSAGES.columns)


def passages(*texts, language):
    return pd.DataFrame(
        [
            (f"d{number}", 0, 0, len(text), "body", language, "", pd.NaT, text)
            for number, text in enumerate(texts)
        ],
        columns=list(PASSAGES.columns),
    )


def scores(table, marks, columns):
    """Precision and recall: rows of `marks` that are found exactly so."""
    found, right = set(map(tuple, table[columns].values)), set(map(tuple, marks[columns].values))
    return len(found & right) / len(found), len(found & right) / len(right)


# Pinned by hand marks; to lower one is a change of its own, with its reason
FLOORS = dict.fromkeys(LANGUAGES, (0.99, 0.99))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_with_traps_keep_their_scores(language):
    table, marks = marked.read("mentions_sentences.txt")
    table = table[table["language"] == language]
    marks = marks[marks["doc_id"].isin(table["doc_id"])]
    precision, recall = scores(actors.find_actors(table), marks, [*SPAN, "form"])
    assert len(table) >= 25
    assert (precision, recall) >= FLOORS[language]
    assert recall >= FLOORS[language][1]


def test_the_seeds_keep_their_scores():
    table, marks = marked.read("mentions_seeds.txt")
    precision, recall = scores(actors.find_actors(table), marks, [*SPAN, "form"])
    assert min(precision, recall) >= 0.99


def test_the_marked_paragraphs_are_those_of_the_seeds():
    from astana_kit import tables

    table, _ = marked.read("mentions_seeds.txt")
    for doc_id, path in zip(tables.seeds()["doc_id"], tables.seeds()["path"], strict=True):
        page = (tables.DATA / path).read_text(encoding="utf-8")
        for text in table.loc[table["doc_id"] == doc_id, "text"]:
            assert text in page


def test_a_table_without_passages_gives_empty_tables_of_the_same_shape():
    none = passages(language="ru")
    assert actors.find_actors(none).columns.tolist() == list(MENTIONS.columns)
    assert actors.doubtful_mentions(none).columns.tolist() == list(DOUBTFUL.columns)
    some = actors.find_actors(passages("Сирия", language="ru"))
    assert actors.find_actors(none).dtypes["start"] == some.dtypes["start"] == "int64"


def test_passages_are_not_changed():
    table = passages("Сирия и Иран", language="ru")
    before = table.copy()
    actors.find_actors(table)
    pd.testing.assert_frame_equal(table, before)


# language, text, the surface in doubt (None: it counts), candidates
DOUBTS = [
    ("ar", "قرر النظام الإيراني ذلك", "النظام", "syrian_government iran"),
    ("ar", "قرر النظام ذلك", None, ""),
    ("ar", "ينص النظام الأساسي على ذلك", "النظام", "syrian_government"),
    ("ar", "دعت المعارضة الأمم المتحدة", None, ""),
    ("ar", "سلّم النظام أراضي واسعة", None, ""),
    ("kk", "Иран мен оппозиция келісті", None, ""),
    ("kk", "Қатар тұрған үйлер", "Қатар", "qatar"),
    ("ar", "المعارضة العراقية", "المعارضة", "syrian_opposition iraq"),
    ("ru", "турецкая оппозиция", "оппозиция", "syrian_opposition turkey"),
    ("ru", "оппозиция Ирака", "оппозиция", "syrian_opposition iraq"),
    ("ru", "сказала Россия оппозиции", None, ""),
    ("ru", "Совбез РФ", "Совбез", "un_security_council russia"),
    ("kk", "Иран оппозициясы", "оппозициясы", "syrian_opposition iran"),
    ("kk", "оппозиция мен үкімет", None, ""),
    ("tr", "Irak muhalefeti", "muhalefeti", "syrian_opposition iraq"),
    ("tr", "muhalefet heyeti", None, ""),
    ("en", "the Iraqi opposition", "opposition", "syrian_opposition iraq"),
    ("en", "the opposition delegation", None, ""),
    ("en", "the American Red Cross", "Red Cross", "red_cross united_states"),
    ("en", "LEADERS GIVE US HOPE", "US", "united_states"),
    ("en", "Jordan Henderson scored", "Jordan", "jordan"),
    ("en", "In Jordan nobody knew", None, ""),
    ("en", "Kanye West Ham", "West", "western_states"),
    ("fa", "صلیب سرخ ایران", "صلیب سرخ", "red_cross iran"),
    ("fa", "پارچه ظریف بود", "ظریف", "mohammad_javad_zarif"),
    ("tr", "Fidan dün konuştu", "Fidan", "hakan_fidan"),
    ("tr", "Hakan Fidan geldi. Fidan dün konuştu", None, ""),
]


@pytest.mark.parametrize(("language", "text", "surface", "candidates"), DOUBTS)
def test_a_name_in_doubt_is_listed_with_its_candidates(language, text, surface, candidates):
    table = passages(text, language=language)
    doubtful = actors.doubtful_mentions(table)
    assert doubtful["surface"].tolist() == ([surface] if surface else [])
    assert doubtful["candidates"].tolist() == ([candidates] if surface else [])
    assert surface not in actors.find_actors(table)["surface"].tolist()
    assert (doubtful["reason"] != "").all()


def test_only_the_order_of_the_passages_counts_not_their_index():
    table = passages("Fidan.", "Hakan Fidan. Fidan.", "Iraqi opposition", language="en")
    table.index = [7, 7, 0]
    assert actors.find_actors(table)["doc_id"].tolist() == ["d1", "d1", "d2"]
    assert actors.doubtful_mentions(table)["doc_id"].tolist() == ["d0", "d2"]


def test_a_surname_counts_on_the_page_that_has_the_full_name_and_on_no_other():
    table = passages("Raad agreed.", "Ayman Raad spoke. Raad agreed.", language="en")
    assert actors.find_actors(table)["doc_id"].tolist() == ["d1", "d1"]
    assert actors.doubtful_mentions(table)["doc_id"].tolist() == ["d0"]


def test_a_gazetteer_of_ones_own_takes_the_place_of_the_kits():
    names = pd.DataFrame(
        {
            "id": ["iran"],
            "language": ["ru"],
            "name": ["Тегеран"],
            "form": ["name"],
            "inflects": ["noun"],
            "note": [""],
            "source": ["the reader"],
        }
    )
    table = passages("В Тегеране ждут Сирию", language="ru")
    assert actors.find_actors(table, names=names)["surface"].tolist() == ["Тегеране"]


@pytest.mark.parametrize(
    ("language", "text", "form"),
    [
        ("ar", "عودة اللاجئين السوريين", "adjective"),
        ("ar", "قال للسوريين", "demonym"),
        ("ar", "بين السوريين", "demonym"),
        ("ar", "والسوريين", "demonym"),
        ("ar", "ضباط روس", "adjective"),
        ("kk", "сириялықтардың", "demonym"),
        ("kk", "сириялық", "adjective"),
        ("tr", "Suriyelilere", "demonym"),
        ("en", "Syrians", "demonym"),
        ("fa", "ایرانیان", "demonym"),
        ("fa", "ایرانی", "adjective"),
        ("ru", "сирийцев", "demonym"),
    ],
)
def test_a_people_is_a_demonym_and_a_quality_an_adjective(language, text, form):
    assert actors.find_actors(passages(text, language=language))["form"].tolist() == [form]


def test_a_reader_brings_an_actor_of_their_own():
    names = pd.DataFrame(
        {
            "id": ["norway"],
            "language": ["kk"],
            "name": ["Норвегия"],
            "form": ["name"],
            "inflects": ["noun"],
            "note": [""],
            "source": ["atlas"],
        }
    )
    who = tables.actors().iloc[:1].assign(actor_id="norway", name="Norway")
    page = from_frame(pd.DataFrame({"text": ["Норвегияның өкілі келді"], "language": ["kk"]}))
    found = actors.find_actors(split_passages(page), names=names, actors=who)
    assert found[["surface", "actor_id"]].to_numpy().tolist() == [["Норвегияның", "norway"]]
    with pytest.raises(ValueError, match=r"row 0: 'Норвегия' names 'norway'.*actors="):
        actors.find_actors(split_passages(page), names=names)
