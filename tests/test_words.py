"""Words and sentences in six languages: | is a cut."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from astana_kit.text.script import LANGUAGES
from astana_kit.text.words import WORD, sentences, words

WORDS = [
    ("ru", "Страны|-|гаранты".replace("|", ""), ["Страны-гаранты"]),
    ("ru", "за́мок, т.е. «крепость» – 22-я", ["за́мок", "т.е.", "крепость", "22-я"]),
    ("ru", "С-300 и 2,5 млн в 17:04", ["С-300", "и", "2,5", "млн", "в", "17:04"]),
    ("fa", "سانا- 22/12/2021", ["سانا", "22/12/2021"]),
    ("ru", "см. https://site.kz/2017/01?a=b.", ["см", "https://site.kz/2017/01?a=b"]),
    ("ru", "\ufeffСирия\u200f — мир", ["Сирия", "мир"]),
    ("ru", "при\u00adнять", ["при\u00adнять"]),
    ("kk", "БҰҰ-ның әл-Хусейн іс-қимылы", ["БҰҰ-ның", "әл-Хусейн", "іс-қимылы"]),
    ("kk", "«Жиынды» 22-ші рет", ["Жиынды", "22-ші", "рет"]),
    ("en", "Syria's 20-year-old U.S. plan", ["Syria's", "20-year-old", "U.S.", "plan"]),
    ("en", "'quoted' words’ end", ["quoted", "words", "end"]),
    ("en", "Emoji 🙂 and * stars_in_code", ["Emoji", "and", "stars_in_code"]),
    ("tr", "Astana’da 13'üncü tur, IŞİD'in", ["Astana’da", "13'üncü", "tur", "IŞİD'in"]),
    ("tr", "Hakân 1.250,5 lira", ["Hakân", "1.250,5", "lira"]),
    ("ar", "الجُمْهُوريَّة العربيـــة، «سوريا»", ["الجُمْهُوريَّة", "العربيـــة", "سوريا"]),
    ("ar", "يومي ١١ و12؛ ٢٫٥", ["يومي", "١١", "و12", "٢٫٥"]),
    ("fa", "می‌شود، خانه‌های ما", ["می‌شود", "خانه‌های", "ما"]),
    ("fa", "آستانه\u200c است", ["آستانه", "است"]),
    ("und", " \n– « » …", []),
    ("und", "", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), WORDS)
def test_words(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in words(text)] == expected


SENTENCES = [
    (
        "ru",
        "Отметили закреплённую в заявлении саммита 19 июля 2022 г. договорённость.| Далее – обед.",
    ),
    ("ru", "Это было 19 июля 2022 г.| Стороны договорились."),
    ("ru", "Встреча в г. Астана прошла.| А. В. Лаврентьев, т.е. глава делегации, уехал."),
    ("ru", "Погибли 5 тыс. сирийцев, ранены 20 млн. человек и т.д.| Война идёт."),
    ("ru", "– Будет ли мир?| – Будет!| «Мы верим».| Он сказал: «Нет!» – и ушёл."),
    ("ru", "1. Стороны согласны.| В списке 13.| Это всё."),
    ("ru", "Опубликовано 5 сент. 2017 в 10:00.| Конец"),
    ("ru", "Он думал... и молчал.| Потом…| «Да».| Всё."),
    ("kk", "2018 ж. 23 ақпанда жиын өтті.| Оған СІМ қатысты."),
    ("kk", "Келіссөз 2017 ж.| Оған үш ел қатысты."),
    ("kk", "Алматы қ. әкімі келді, т.б. адамдар болды.| Проф. Ахметов сөйледі."),
    ("kk", "Бейбітшілік бола ма?| Болады!| «Сенеміз»."),
    ("en", "Dr. Smith met U.S. President Obama on Nov. 11 in Geneva.| They talked."),
    ("en", "It is based in the U.S. |The talks failed.| He said no.| The envoy left."),
    ("en", "Rows of No. 5 vs. No. 6, e.g. ours, at 5 p.m. local time.| Really?| Yes!"),
    ("tr", "13. tur Astana'da başladı.| 20. Toplantı ne zaman?| Prof. Dr. Kaya konuştu."),
    ("tr", "A. Lavrentyev geldi.| T.C. Dışişleri açıkladı."),
    ("ar", "قال د. بشار إن الجولة بدأت.| وأضاف: هل تنجح؟| نعم!| انتهى"),
    ("ar", "عقدت الجولة عام 2017 م.| وشاركت 3 دول."),
    ("fa", "دور تازه آغاز شد.| آیا صلح می‌شود؟| بله."),
    ("und", "First line|\nsecond line.|\n\n  Third"),
    ("und", ""),
]


@pytest.mark.parametrize(("language", "marked"), SENTENCES)
def test_sentences(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    expected = [piece.strip() for piece in marked.split("|") if piece.strip()]
    assert [text[start:stop] for start, stop in sentences(text, language)] == expected


PIECES = st.one_of(
    st.text(max_size=3),
    st.sampled_from(
        [". ", "? ", "\n", "г.", " 5 ", "т.е.", "U.S. ", "'", "-", "\u200c", "سوريا", "Ab"]
    ),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(text=TEXTS, language=st.sampled_from([*LANGUAGES, "und"]))
def test_nothing_but_white_space_stands_between_sentences(text: str, language: str) -> None:
    last = 0
    for start, stop in sentences(text, language):
        assert last <= start < stop
        assert text[last:start].strip() == ""
        assert text[start:stop] == text[start:stop].strip() != ""
        assert "\n" not in text[start:stop]
        last = stop
    assert text[last:].strip() == ""


@given(text=TEXTS, language=st.sampled_from([*LANGUAGES, "und"]))
def test_every_letter_stands_in_one_word(text: str, language: str) -> None:
    last, inside = 0, set()
    for start, stop in words(text):
        assert last <= start < stop
        inside.update(range(start, stop))
        last = stop
    assert all(place in inside for place, sign in enumerate(text) if sign.isalnum())


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
@example("²٣Ⅷ上ߊاＡ")
def test_letters_and_digits_alone_are_one_word(text: str) -> None:
    assert words(text) == [match.span() for match in WORD.finditer(text)] == [(0, len(text))]
