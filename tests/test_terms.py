import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit.terms import find


def page(text, language, kind="body", doc_id="d", start=0):
    return pd.DataFrame(
        {
            "doc_id": [doc_id],
            "passage": [0],
            "start": [start],
            "stop": [start + len(text)],
            "kind": [kind],
            "language": [language],
            "outlet": [None],
            "published": [pd.NaT],
            "text": [text],
        }
    )


def surfaces(marked, query, language):
    text = marked.replace("[", "").replace("]", "")
    return find(page(text, language), query)["surface"].tolist()


CASES = [
    ("ru", "перемирие", "[Перемирие] нарушено, «[перемирие]» — перемирием не назвать"),
    ("ru", "переговоры в Астане", "идут [переговоры в  Астане], переговоры и в Астане"),
    ("ar", "استانا", "مباحثات [أستانا]، [آستانا] 22 وأستانا"),
    ("ar", "الدول الضامنة", "قالت [الدُّوَلُ الضامِنَة]ُ والدول الضامنة"),
    ("kk", "келіссөз", "[Келіссөз] өтті, келіссөзде, [келіссөз]!"),
    ("tr", "ışid", "[IŞİD] ve IŞİD'in"),
    ("en", "talks", "[Talks] on Syria: smalltalks, [talks]-related"),
    ("fa", "می‌شود", "برگزار [می‌شود] و نمی‌شود"),
]


@pytest.mark.parametrize(("language", "query", "marked"), CASES)
def test_find_marks_exactly_the_bracketed_words(language, query, marked):
    expected = re.findall(r"\[(.+?)\]", marked)
    if language == "tr":  # the ending after an apostrophe is another word
        expected = ["IŞİD", "IŞİD"]
    assert surfaces(marked, query, language) == expected


def test_offsets_are_those_of_the_page():
    found = find(page("в Сочи", "ru", start=100), "сочи")
    assert found.loc[0, ["start", "stop"]].tolist() == [102, 106]


def test_only_headlines_and_bodies_are_searched():
    assert find(page("Сочи", "ru", kind="related"), "Сочи").empty
    assert len(find(page("Сочи", "ru", kind="headline"), "Сочи")) == 1


def test_the_rows_come_in_the_order_of_the_pages():
    pages = pd.concat(
        [page("22 а", "ru", doc_id="a"), page("22", "ar", doc_id="b"), page("22", "ru", doc_id="c")]
    )
    assert find(pages, "22")["doc_id"].tolist() == ["a", "b", "c"]


@pytest.mark.parametrize("query", ["", "  ", "«»", "\u0301"])
def test_a_query_without_a_word_is_refused(query):
    with pytest.raises(ValueError, match="no word in"):
        find(page("а", "ru"), query)


def test_nothing_to_search_finds_nothing():
    assert find(page("а", "ru").iloc[:0], "а").columns.tolist() == [
        "doc_id",
        "start",
        "stop",
        "passage",
        "surface",
        "language",
    ]


@given(before=st.text(alphabet=" .,«»\u0301ًـ\n"), marks=st.text(alphabet="\u064e\u0651"))
def test_the_surface_is_the_text_between_its_offsets(before, marks):
    text = f"{before} سوريا{marks} والعراق"
    found = find(page(text, "ar", start=7), "سوريا")
    assert [text[a - 7 : b - 7] for a, b in zip(found["start"], found["stop"], strict=True)] == [
        "سوريا"
    ]
