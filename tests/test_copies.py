"""Copied pages: stories written for the test, in six languages; similarities counted by hand."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana_kit import copies
from astana_kit.copies import near_duplicates

STORIES = {
    "ru": [
        "В Астане завершился очередной раунд переговоров, делегации приняли общее заявление.",
        "Наблюдатели от соседних стран приветствовали обмен пленными и возвращение семей.",
        "Следующая встреча назначена на осень, место её проведения пока не объявлено.",
        "Глава делегации поблагодарил хозяев за гостеприимство и терпение.",
    ],
    "ar": [
        "اختتمت في العاصمة جولة جديدة من المحادثات، وأصدرت الوفود بيانا مشتركا في المساء.",
        "ورحب المراقبون من الدول المجاورة بتبادل المحتجزين وعودة العائلات إلى قراها.",
        "ومن المقرر أن يعقد الاجتماع المقبل في الخريف، ولم يعلن عن مكانه حتى الآن.",
        "وشكر رئيس الوفد المضيفين على حسن الاستقبال وعلى صبرهم الطويل.",
    ],
    "kk": [
        "Астанада келіссөздердің кезекті кезеңі аяқталып, делегациялар ортақ мәлімдеме жасады.",
        "Көрші елдердің бақылаушылары тұтқындармен алмасуды және отбасылардың оралуын құптады.",
        "Келесі кездесу күзде өтеді деп күтіледі, бірақ оның орны әзірге белгісіз.",
        "Делегация жетекшісі қонақжайлық пен шыдамдылық үшін алғыс айтты.",
    ],
    "en": [
        "Another round of talks ended in Astana, and the delegations adopted a joint statement.",
        "Observers from neighbouring countries welcomed the exchange of detainees and families.",
        "The next meeting is planned for the autumn, but its place has not been announced yet.",
        "The head of the delegation thanked the hosts for their patience and their welcome.",
    ],
    "tr": [
        "Astana'daki görüşmelerin yeni turu sona erdi, heyetler ortak bir bildiri kabul etti.",
        "Komşu ülkelerden gelen gözlemciler tutukluların takasını ve ailelerin dönüşünü övdü.",
        "Bir sonraki toplantının sonbaharda yapılması bekleniyor, yeri henüz açıklanmadı.",
        "Heyet başkanı ev sahiplerine sabırları ve sıcak karşılamaları için teşekkür etti.",
    ],
    "fa": [
        "دور تازه گفت‌وگوها در آستانه پایان یافت و هیئت‌ها بیانیه مشترکی را تصویب کردند.",
        "ناظران کشورهای همسایه از مبادله زندانیان و بازگشت خانواده‌ها به روستاها استقبال کردند.",
        "قرار است نشست بعدی در پاییز برگزار شود، اما مکان آن هنوز اعلام نشده است.",
        "رئیس هیئت از میزبانان برای شکیبایی و مهمان‌نوازی آنان سپاسگزاری کرد.",
    ],
}


def pages(*rows):
    """Passages of (doc_id, language, outlet, published, paragraphs)."""
    return pd.DataFrame(
        [
            (doc_id, number, "body", language, outlet, pd.Timestamp(published), text)
            for doc_id, language, outlet, published, paragraphs in rows
            for number, text in enumerate(paragraphs)
        ],
        columns=["doc_id", "passage", "kind", "language", "outlet", "published", "text"],
    )


@pytest.mark.parametrize("language", STORIES)
def test_one_wire_story_in_two_outlets_is_one_story(language):
    story = STORIES[language]
    edited = [f"«{story[0]}»", f"  {story[1]} ", story[2], story[3][:20]]
    other = [*reversed([text[::-1] for text in story])]
    found = near_duplicates(
        pages(
            ("late", language, "x", "2018-05-16", edited),
            ("early", language, "y", "2018-05-15", story),
            ("other", language, "y", "2018-05-14", other),
        )
    )
    assert found[["doc_id", "copy_of", "outlet", "outlet_of"]].to_numpy().tolist() == [
        ["late", "early", "x", "y"]
    ]
    assert 0.6 <= found["similarity"].item() < 1


def test_a_translation_is_no_copy_and_neither_is_a_short_greeting():
    same = [("a", "ru", STORIES["ru"]), ("b", "kk", STORIES["ru"])]  # a wrong language too
    short = [(name, "ru", [STORIES["ru"][3]]) for name in "cd"]
    rows = [(name, language, "x", "2018-05-15", story) for name, language, story in same + short]
    assert near_duplicates(pages(*rows)).empty


def naive(one, other):
    """Jaccard's similarity of all runs of 16 letters."""
    runs = [
        {letters[i : i + 16] for i in range(len(letters) - 15)}
        for letters in ("".join(filter(str.isalnum, text)) for text in (one, other))
    ]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def letters(seed, many):
    return "".join(random.Random(seed).choices("абвгдежз ик", k=many))  # noqa: S311 - no secret


@settings(max_examples=25)
@given(st.integers(0, 99), st.integers(250, 400), st.integers(0, 60), st.integers(0, 60))
def test_similarity_is_its_definition(seed, many, cut, added):
    first = letters(seed, many)
    second = first[cut:] + letters(seed + 1, added)
    rows = [("a", "ru", "x", None, [first]), ("b", "ru", "x", None, [second])]
    found = near_duplicates(pages(*rows))
    expected = naive(first, second)
    assert found["similarity"].tolist() == pytest.approx([expected] if expected >= 0.6 else [])


def test_what_most_pages_say_is_furniture():
    furniture = STORIES["ru"]
    rows = [(f"p{n}", "ru", "x", None, [*furniture, letters(n, 230)]) for n in range(10)]
    assert naive("".join(furniture) + letters(1, 230), "".join(furniture) + letters(2, 230)) > 0.3
    assert near_duplicates(pages(*rows), least=0.3).empty
    copied = pages(*rows, ("copy", "ru", "y", None, [*furniture, letters(4, 230)]))
    assert near_duplicates(copied)[["doc_id", "copy_of"]].to_numpy().tolist() == [["copy", "p4"]]


def test_the_first_is_the_original_and_order_decides_without_a_day():
    story = STORIES["en"]
    rows = [
        (name, "en", "x", day, story)
        for name, day in [("a", None), ("b", None), ("c", "2018-01-01")]
    ]
    found = near_duplicates(pages(*rows))
    assert found[["doc_id", "copy_of"]].to_numpy().tolist() == [["a", "c"], ["b", "c"]]
    found = near_duplicates(pages(*rows[:2]))
    assert found[["doc_id", "copy_of"]].to_numpy().tolist() == [["b", "a"]]


def test_menus_are_not_compared():
    first = pages(
        ("a", "en", "x", "2018-05-15", STORIES["en"]), ("b", "en", "x", "2018-05-15", STORIES["en"])
    )
    assert near_duplicates(first.assign(kind="boilerplate")).empty
    assert len(near_duplicates(first)) == 1


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda: near_duplicates(pages(), least=0), "least: 0 is no share"),
        (lambda: near_duplicates(pages().drop(columns="text")), "passages: no column text"),
        (lambda: near_duplicates(pd.DataFrame({"doc_id": ["a"]})), "documents: no column"),
    ],
)
def test_what_would_compare_wrong_is_refused(broken, says):
    with pytest.raises(ValueError, match=says):
        broken()


def test_pages_that_are_all_too_short_have_no_copies():
    rows = [(name, "ru", "x", "2018-05-15", [STORIES["ru"][3]]) for name in "ab"]
    assert near_duplicates(pages(*rows)).empty


def test_no_pages_have_no_copies():
    assert near_duplicates(pages()).empty


@pytest.mark.parametrize("at_once", [1, 3, 4])
def test_furniture_is_what_most_of_all_pages_say_however_many_are_counted_at_once(
    monkeypatch, at_once
):
    # 1 is on all six pages, 2 on four, 3 on three, 4 on all three of the first
    numbers = [[1, 2, 4], [1, 2, 3, 4], [1, 4], [1, 2], [1, 2, 3], [1, 3]]
    every = [np.array(page, dtype="uint64") for page in numbers]
    monkeypatch.setattr(copies, "SORTED", at_once)
    assert copies._furniture([*every, every[0][:0]]).tolist() == [1, 2]  # noqa: SLF001


def test_pages_read_a_few_at_a_time_have_the_same_copies(monkeypatch):
    rows = [
        (f"{language}{n}", language, "x", None, STORIES[language])
        for n in "abc"
        for language in STORIES
    ]
    whole = near_duplicates(pages(*rows))
    assert len(whole) == 2 * len(STORIES)
    monkeypatch.setattr(copies, "CHUNK", 300)
    monkeypatch.setattr(copies, "PAIRS", 1)
    pd.testing.assert_frame_equal(near_duplicates(pages(*rows)), whole)


def test_an_underscore_is_no_letter_and_parts_none():
    story = STORIES["en"]
    marked = [text.replace(" ", "_") for text in story]
    found = near_duplicates(pages(("a", "en", "x", None, story), ("b", "en", "x", None, marked)))
    assert found["similarity"].tolist() == [1]
