import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit.text import script

ANY_LANGUAGE = st.sampled_from([*script.LANGUAGES, "und", None])
WRITTEN = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(text=WRITTEN, language=ANY_LANGUAGE)
def test_folding_keeps_every_offset(text, language):
    assert len(script.fold(text, language)) == len(text)


@given(text=WRITTEN, language=ANY_LANGUAGE)
def test_folding_twice_changes_nothing_more(text, language):
    once = script.fold(text, language)
    assert script.fold(once, language) == once or "I" in text.upper()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "ПЕРЕГОВОРЁН", "переговорен"),
        ("kk", "ҚАЗАҚСТАН", "қазақстан"),
        ("ar", "إلى أستانة آب", "الي استانة اب"),
        ("fa", "کی آستانهٔ", "كي استانهٔ"),
        ("tr", "ISPARTA İran Hâkan", "ısparta iran hakan"),
        ("en", "Türkiye’s IRAN", "türkiye's iran"),
        ("ar", "الجولة ٢٢", "الجولة 22"),
        ("fa", "دور ۲۲", "دور 22"),
    ],
)
def test_one_letter_has_one_spelling(language, one, other):
    assert script.fold(one, language) == other


@given(text=WRITTEN)
def test_bare_text_lies_in_the_text_it_came_from(text):
    letters, places = script.bare(text)
    assert len(places) == len(letters) + 1
    assert "".join(text[place] for place in places[:-1]) == letters
    assert not script.MARKS.search(letters)


def test_marks_go_and_letters_stay():
    assert script.bare("الجُمْهُورِيَّةُ")[0] == "الجمهورية"
    assert script.bare("за\u0301мок")[0] == "замок"
    assert script.bare("ســوريا")[0] == "سوريا"
    assert script.bare("می‌شود")[0] == "می‌شود"  # the half-space is the word's own


def test_composition_is_made_once_and_half_characters_are_refused():
    assert script.compose("й") == unicodedata.normalize("NFC", "й")
    with pytest.raises(ValueError, match=r"lone surrogate '\\ud800'\) at position 2"):
        script.compose("аб\ud800в")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Астана", "ru", "ltr"),
        ("مباحثات أستانا 22", "ar", "rtl"),
        ("قازاقستان", "kk", "rtl"),  # Kazakh in Arabic script is read from the right
        ("2024", "fa", "rtl"),
        ("2024", "en", "ltr"),
        ("RT: قالت الوزارة إن المحادثات ستعقد", "ar", "rtl"),
    ],
)
def test_direction_follows_the_letters(text, language, expected):
    assert script.direction(text, language) == expected


@given(text=WRITTEN)
def test_an_isolated_text_holds_no_direction_control_of_its_own(text):
    inside = script.isolate(text)[1:-1]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", inside)
