import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit import pages, tables
from astana_kit.documents import load_seeds
from astana_kit.pages import line as page_lines
from astana_kit.pages import paragraphs, split_passages, split_sentences
from astana_kit.schema import KINDS, PASSAGES, SENTENCES
from astana_kit.text.script import LANGUAGES

HERE = Path(__file__).parent
KIND = {
    "H": "headline",
    "D": "dateline",
    "B": "body",
    "R": "related",
    "X": "boilerplate",
}
CASES = sorted((HERE / "cases" / "pages").glob("*.txt"))


def marked(path):
    """Lines of a case with their kinds: «B » before a line says that it is body."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(KIND[line[0]], line[2:]) for line in lines if line.strip()]


def kinds(text, language="ru"):
    return [
        (paragraph.kind, text[paragraph.start : paragraph.stop])
        for paragraph in paragraphs(text, language)
    ]


def headline_of(text, language):
    return next((line for kind, line in kinds(text, language) if kind == "headline"), None)


def frame(*texts, language="ru", **more):
    return pd.DataFrame(
        {
            "doc_id": [f"page{number}" for number in range(len(texts))],
            "language": language,
            "outlet": "-",
            "published": pd.NaT,
            "text": list(texts),
            **more,
        }
    )


def share_of_article(found, told):
    """F1 over the characters of lines kept as headline or body."""
    kept = {line for kind, line in found if kind in {"headline", "body"}}
    right = {line for kind, line in told if kind in {"headline", "body"}}
    both = sum(map(len, kept & right))
    return 2 * both / (sum(map(len, kept)) + sum(map(len, right)))


def seed_pages():
    pages = tables.seeds()
    texts = [(tables.DATA / path).read_text(encoding="utf-8") for path in pages["path"]]
    return zip(pages["doc_id"], pages["language"], texts, strict=True)


def test_every_paragraph_of_the_seeds_has_the_kind_marked_by_hand():
    with (HERE / "gold" / "seed_passages.csv").open(encoding="utf-8", newline="") as file:
        gold = [tuple(row.values()) for row in csv.DictReader(file)]
    found = [
        (doc_id, str(number), kind, " ".join(line.split()[:4]))
        for doc_id, language, text in seed_pages()
        for number, (kind, line) in enumerate(kinds(text, language))
    ]
    assert found == gold


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_of_a_page_has_the_kind_marked_by_hand(path):
    told = marked(path)
    assert kinds("\n".join(line for _, line in told), path.stem[:2]) == told


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_article_is_found_without_the_line_of_the_browser_tab(path):
    told = marked(path)[1:]
    found = kinds("\n".join(line for _, line in told), path.stem[:2])
    assert share_of_article(found, told) > 0.9


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_article_is_found_without_a_phrase_known(path, monkeypatch):
    monkeypatch.setattr(page_lines, "_opening", lambda _: {})
    monkeypatch.setattr(page_lines, "_inside", lambda _: page_lines.AhoCorasick([]))
    told = marked(path)
    found = kinds("\n".join(line for _, line in told), path.stem[:2])
    assert share_of_article(found, told) > 0.75


def test_every_language_has_a_page():
    assert {path.stem[:2] for path in CASES} == set(LANGUAGES)


CLEAN = [
    ("ru", "Стороны договорились.\nВстреча продлится.\nДа."),
    ("ar", "اتفقت الأطراف على موعد جديد للقاء\nوستعقد الجولة المقبلة في الخريف\nلم يحدد المكان"),
    ("kk", "Тараптар келісімге келді\nКездесу күзде өтеді\nОрны белгісіз"),
    ("en", "Syria\nTurkey\nKazakhstan"),
    ("tr", "Taraflar anlaştı.\nGörüşme sonbaharda yapılacak.\nYer belli değil."),
    ("fa", "طرف‌ها به توافق رسیدند\nنشست در پاییز برگزار می‌شود"),
]


@pytest.mark.parametrize(("language", "text"), CLEAN)
def test_where_nothing_reads_as_a_page_everything_is_body(language, text):
    assert {kind for kind, _ in kinds(text, language)} == {"body"}


PROSE = [
    (
        "ru",
        "Делегации прибыли в столицу во вторник утром.",
        "Вечером их принял министр, сообщили в ведомстве.",
    ),
    (
        "ar",
        "وصلت الوفود إلى العاصمة صباح يوم الثلاثاء.",
        "وفي المساء استقبلها الوزير، حسب ما أعلنت الوزارة.",
    ),
    (
        "kk",
        "Делегациялар елордаға сейсенбі күні таңертең келді.",
        "Кешке оларды министр қабылдады, деп хабарлады ведомство.",
    ),
    (
        "en",
        "The delegations reached the capital on Tuesday morning.",
        "In the evening the minister received them, his office said.",
    ),
    (
        "tr",
        "Heyetler salı sabahı başkente ulaştı ve otele yerleşti.",
        "Akşam ise bakan onları kabul etti, diye açıkladı bakanlık.",
    ),
    (
        "fa",
        "هیئت‌ها صبح سه‌شنبه وارد پایتخت این کشور شدند.",
        "عصر همان روز وزیر با آنان دیدار کرد، وزارتخانه اعلام کرد.",
    ),
]


@pytest.mark.parametrize(("language", "first", "second"), PROSE)
def test_paragraphs_alone_are_body_to_the_last(language, first, second):
    text = f"{first}\n{second}\n{first} {second}"
    assert {kind for kind, _ in kinds(text, language)} == {"body"}


@pytest.mark.parametrize(("language", "first", "second"), PROSE)
def test_one_paragraph_is_body_even_if_it_names_itself_a_form(language, first, second):
    assert kinds(first, language) == [("body", first)]
    assert kinds("Комментарии", language) == [("body", "Комментарии")]


BODY = "Стороны вновь собрались в Астане, чтобы обсудить положение беженцев."


def test_the_later_of_two_titles_is_the_headline():
    page = f"Раунд переговоров открыт - Вестник\nРаунд переговоров открыт\n{BODY}\n{BODY}"
    assert [kind for kind, _ in kinds(page)] == ["boilerplate", "headline", "body", "body"]


def test_a_headline_stands_over_its_deck_on_a_page_without_a_menu():
    deck = "В столице завершились переговоры, которых ждали больше года участники"
    page = f"Не только о перемирии\n{deck}\n{BODY}\n{BODY}"
    assert kinds(page)[:2] == [("headline", "Не только о перемирии"), ("body", deck)]


@pytest.mark.parametrize(
    "line",
    [
        "Корреспондент агентства передаёт с места событий, что делегации уже покинули зал.",
        "Фото погибших показали родным, и только после этого стороны согласились говорить.",
        "Комментарии сторон прозвучали поздно вечером, когда журналисты уже покинули здание.",
        "Похожее заявление сделала и вторая сторона, отметив готовность к новой встрече.",
        "Опрос показал, что большинство жителей поддерживает продолжение переговоров.",
        "للمزيد من الضغط على الأطراف، أعلنت الدول الضامنة عقد اجتماع جديد قبل نهاية الشهر.",
        "By Monday the delegations had left the city, and nobody spoke of another meeting.",
        "Печать молчания на устах дипломатов объяснялась просто: текст ещё не был готов.",
    ],
)
def test_a_paragraph_that_begins_like_a_button_is_body(line):
    assert ("body", line) in kinds(f"Заголовок этой страницы\n{BODY}\n{line}\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "//",
        "* * *",
        "— — —",
        "12",
        "{metadescription}",
        "https://example.org/a",
        "Комментарии (3)",
        "Share",
        "اطبع",
        "None",
    ],
)
def test_a_line_without_words_of_its_own_is_no_body(line):
    assert ("boilerplate", line) in kinds(f"Заголовок этой страницы\n{BODY}\n{BODY}\n{line}")


def test_a_second_story_under_other_news_is_related_to_the_end():
    story = f"{BODY}\n{BODY}"
    page = f"Раунд переговоров открыт\n{story}\nДругие новости\nВ горах прошёл снег\n{story}"
    assert [kind for kind, _ in kinds(page)] == ["headline", "body", "body", *["related"] * 4]


def test_prose_beyond_a_row_of_entries_is_no_body():
    above = "Политика\nОбщество\nСпорт\nКультура\nНаука\nМнения\nРегионы"
    below = "Экономика\nФинансы\nТранспорт\nЖильё\nПогода\nГороскоп\nКиноафиша"
    story, foot = "\n".join([BODY] * 6), "\n".join([BODY] * 5)
    page = f"{above}\nНовый раунд переговоров открыт\n{story}\n{below}\n{foot}"
    body = [number for number, (kind, _) in enumerate(kinds(page)) if kind == "body"]
    assert body == [8, 9, 10, 11, 12, 13]


def test_a_list_of_teasers_under_the_article_is_no_body():
    menu = "Политика\nОбщество\nСпорт\nКультура\nНаука\nМнения\nРегионы"
    teasers = "\n".join(
        f"В области открыли ещё {number} новых школ\n{BODY}" for number in range(2, 9)
    )
    page = f"{menu}\nНовый раунд переговоров открыт\n{BODY}\n{BODY}\n{BODY}\n{teasers}"
    assert [kind for kind, _ in kinds(page)][7:11] == ["headline", "body", "body", "body"]
    assert "body" not in [kind for kind, _ in kinds(page)][11:]


def test_a_lead_between_the_headline_and_its_copy_is_body():
    page = f"Новый раунд переговоров открыт\n{BODY}\nНовый раунд переговоров открыт\n{BODY}\n{BODY}"
    assert [kind for kind, _ in kinds(page)] == ["headline", "body", "body", "body", "body"]


def test_lines_broken_by_hand_are_body():
    page = (
        "Глава делегации отметил, что стороны провели долгий и\n"
        "непростой разговор о положении беженцев и решили, что\n"
        "вернутся к нему на следующей встрече в столице страны."
    )
    assert {kind for kind, _ in kinds(page)} == {"body"}


def test_the_short_answers_of_an_interview_are_body():
    page = (
        "Интервью с послом о переговорах\n— Когда начнутся переговоры?\n— Завтра.\n— Кто приедет?\n"
        "— Все стороны, которые приезжали и раньше, и ещё наблюдатели.\n— Что обсудят?\n— Всё."
    )
    assert [kind for kind, _ in kinds(page)] == ["headline", *["body"] * 6]


# «Опубликовано: 12 мая» and "By Ann Lee" are bylines; the same words open headlines too
HEADLINES = [
    ("ru", "Опубликовано итоговое заявление встречи"),
    ("ru", "Корреспондент агентства погиб под Идлибом"),
    ("ru", "Последние новости о переговорах из столицы"),
    ("ru", "Комментарии министра вызвали споры"),
    ("ar", "وكالات الإغاثة تحذر من كارثة إنسانية"),
    ("ar", "مراسل الصحيفة يصف ما جرى خلف الأبواب المغلقة"),
    ("kk", "Байланыс арнасы қайта ашылды"),
    ("kk", "Жарияланған құжатта не айтылған"),
    ("en", "Updated draft divides the opposition"),
    ("en", "Share of aid reaching the north falls"),
    ("tr", "Yorumlar ikiye bölündü: heyetler ne dedi"),
    ("tr", "Gönder denilen mektup hiç gitmedi"),
    ("fa", "ارسال کمک‌های انسانی از سر گرفته شد"),
    ("fa", "ورود هیئت‌ها به پایتخت آغاز شد"),
]


@pytest.mark.parametrize(("language", "headline"), HEADLINES)
def test_a_headline_that_begins_like_a_label_is_a_headline(language, headline):
    first, second = next(pair for code, *pair in PROSE if code == language)
    assert headline_of(f"{headline}\n{first}\n{second}", language) == headline


@pytest.mark.parametrize(
    "line",
    ["By Ann Lee", "Корреспондент Иван Петров", "Опубликовано: 12 мая 2018", "بقلم: سامر الخطيب"],
)
def test_who_and_when_between_headline_and_body_is_dateline(line):
    page = f"Новый раунд переговоров открыт\n{line}\n{BODY}\n{BODY}"
    assert [kind for kind, _ in kinds(page)] == ["headline", "dateline", "body", "body"]


def test_a_headline_is_told_or_none():
    assert (
        headline_of(f"Раунд переговоров открыт\n{BODY}\n{BODY}", "ru") == "Раунд переговоров открыт"
    )
    assert headline_of(f"{BODY}\n{BODY}", "ru") is None
    assert headline_of("", "ru") is None


MENU = "Политика\nОбщество\nСпорт\nКультура\nНаука\nМнения\nРегионы"


def told(above, *rest):
    """Kinds of the lines under a menu and a headline."""
    page = "\n".join([MENU, *above, *rest])
    return [kind for kind, _ in kinds(page)][7:]


@pytest.mark.parametrize(
    "links",
    [
        ["Читайте также", "Министр провёл встречу с послом соседней страны"],
        ["Министр провёл встречу с послом соседней страны", "24 января 2024, 12:20"],
    ],
)
def test_a_link_between_two_paragraphs_does_not_end_the_article(links):
    found = told(["Новый раунд переговоров открыт"], BODY, BODY, *links, BODY, "Теги: Сирия")
    assert found == ["headline", "body", "body", "related", "related", "body", "boilerplate"]


def test_a_teaser_under_a_link_is_no_article():
    teaser = "Министр рассказал журналистам, о чём говорил с послом, и добавил…"
    links = ["Читайте также", "Министр провёл встречу с послом соседней страны", teaser]
    found = told(["Новый раунд переговоров открыт"], BODY, BODY, *links, "Теги: Сирия")
    assert found[:3] == ["headline", "body", "body"]
    assert "body" not in found[3:]


def test_a_list_that_a_line_opens_is_body():
    items = ["Стороны решили:", "- обменять пленных", "- пропустить помощь"]
    found = told(["Новый раунд переговоров открыт"], BODY, BODY, *items, BODY, "Теги: Сирия")
    assert found == ["headline", *["body"] * 6, "boilerplate"]


def test_the_last_paragraph_may_stand_behind_a_button():
    found = told(["Новый раунд переговоров открыт"], BODY, BODY, "Реклама", BODY, "Теги: Сирия")
    assert found == ["headline", "body", "body", "boilerplate", "body", "boilerplate"]


def test_a_headline_stands_over_deck_day_caption_and_byline():
    above = [
        "В Астане стороны обсудили положение беженцев",
        "Беженцы смогут вернуться домой до конца года",
        "25 января 2024, 17:12",
        "Участники переговоров о беженцах в Астане (ТАСС)",
        "Астана/ Иван Петров/ Вестник",
    ]
    assert told(above, BODY, BODY) == [
        *["headline", "body", "dateline", "dateline", "dateline", "body", "body"]
    ]


SHORT = [
    ("ru", "Стороны договорились.", "Об этом сообщил представитель МИД", "Дата пока неизвестна"),
    ("ar", "اتفقت الأطراف.", "وقال المتحدث إن الوفود ستصل مساء الاثنين", "لم يحدد الموعد بعد"),
    ("kk", "Тараптар келісті.", "Келесі кездесу күзде өтеді", "Күні белгісіз әзірге"),
    ("en", "The sides agreed.", "No date was set for the next meeting", "It may be spring"),
    ("tr", "Taraflar anlaştı.", "Sonraki toplantı sonbaharda yapılacak", "Tarih belli değil henüz"),
    ("fa", "طرف‌ها توافق کردند.", "نشست بعدی در پاییز برگزار می‌شود", "تاریخ هنوز روشن نیست"),
]


@pytest.mark.parametrize(("language", "stop", "first", "second"), SHORT)
def test_a_text_without_menus_loses_no_line(language, stop, first, second):
    prose = next(one for code, one, _ in PROSE if code == language)
    for text in (f"{prose}\n{first}\n{second}", f"{stop}\n{first}\n{prose}\n{second}"):
        assert {kind for kind, _ in kinds(text, language)} <= {"headline", "body"}


BREAKS = ["\n", "\r\n", "\u2028", "\u2029", "\x85", " ", "\t", "\u200f", "\ufeff"]
WORDS = ["…", "//", "Комментарии\n", "Теги: ", "Читайте также", "أخبار أخرى", "Share", "©", "12:30"]
PIECES = st.sampled_from([*BREAKS, *WORDS, "(", "I", "İ", "Стороны встретились. "])
TEXTS = st.lists(PIECES | st.text(max_size=30), max_size=30).map("".join)


@given(text=TEXTS, language=st.sampled_from([*LANGUAGES, "und"]))
def test_every_line_is_one_paragraph_in_its_place(text, language):
    found = paragraphs(text, language)
    assert [text[p.start : p.stop] for p in found] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    assert [p.start for p in found] == sorted(p.start for p in found)
    assert {p.kind for p in found} <= set(KINDS)


LINES = st.sampled_from(
    [
        *["Политика", "Спорт", "Читайте также", "Другие новости", "Комментарии (2)", "12:30", "//"],
        *["Новый раунд переговоров открыт", "Новый раунд переговоров открыт - Сайт", "- пункт;"],
        *["Иван Петров", "Да.", "Загрузка...", "ВСЁ ЗДЕСЬ ПРОПИСНЫМИ", BODY, BODY[:-1], BODY[:60]],
        "Почему же стороны снова собрались в столице, никто не знает?",
        "вернулись к разговору о положении беженцев",
    ]
)


@given(lines=st.lists(LINES, max_size=40), language=st.sampled_from(LANGUAGES))
def test_lines_in_any_order_are_each_given_a_kind(lines, language):
    text = "\n".join(lines)
    assert [line for _, line in kinds(text, language)] == lines


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\r\n ",
        "а" * 1_000_000,
        "слово\n" * 50_000,
        "...\n//\n" * 1000,
        f"{BODY}\n" * 5000,
        "I\u2028II\r\nIII",
    ],
    ids=["nothing", "white space", "one line", "words", "points", "copies", "separators"],
)
def test_odd_pages_are_read_to_the_end(text):
    assert len(paragraphs(text, "ru")) == sum(bool(line.strip()) for line in text.split("\n"))


def test_passages_carry_the_columns_of_the_reader_and_leave_the_documents_alone():
    documents = frame(f"Заголовок страницы здесь\n\n{BODY}", "\n", BODY, rubric=["a", "b", "c"])
    before = documents.copy()
    passages = split_passages(documents)
    assert list(passages.columns) == [*PASSAGES.columns, "rubric"]
    assert passages["doc_id"].tolist() == ["page0", "page0", "page2"]
    assert passages["passage"].tolist() == [0, 1, 0]
    assert passages["kind"].tolist() == ["headline", "body", "body"]
    assert passages["rubric"].tolist() == ["a", "a", "c"]
    assert passages["start"].dtype == passages["stop"].dtype == "int32"
    pd.testing.assert_frame_equal(documents, before)


def test_no_pages_give_no_passages_and_no_sentences():
    passages = split_passages(frame())
    assert list(passages.columns) == list(PASSAGES.columns)
    assert passages.empty
    assert list(split_sentences(passages).columns) == list(SENTENCES.columns)


def test_a_passage_and_a_sentence_lead_back_to_the_page():
    text = f"  Раунд переговоров открыт \r\n\r\n{BODY} Потом все разошлись.\r\nДругие новости\r\n"
    passages = split_passages(frame(text))
    assert [text[a:b] for a, b in zip(passages["start"], passages["stop"], strict=True)] == list(
        passages["text"]
    )
    sentences = split_sentences(passages)
    assert [text[a:b] for a, b in zip(sentences["start"], sentences["stop"], strict=True)] == [
        "Раунд переговоров открыт",
        BODY,
        "Потом все разошлись.",
    ]
    assert sentences["text"].tolist()[-1] == "Потом все разошлись."
    assert sentences["passage"].tolist() == [0, 1, 1]


def test_what_is_missing_doubled_or_taken_is_named():
    with pytest.raises(ValueError, match="documents: no column outlet"):
        split_passages(frame(BODY).drop(columns="outlet"))
    with pytest.raises(ValueError, match="stands in rows 0, 1"):
        split_passages(frame(BODY, BODY).assign(doc_id="page0"))
    with pytest.raises(ValueError, match="the column kind has a name that passages need"):
        split_passages(frame(BODY, kind="blog"))


def test_phrases_say_where_they_stand_and_what_they_mean():
    marks = tables.page_marks()
    assert set(marks["language"]) == set(LANGUAGES)
    assert set(marks["where"]) == {"line", "start", "inside", "list", "section"}
    assert set(marks["kind"]) <= set(KINDS) - {"headline", "body"}
    assert not marks["phrase"].str.contains(r"^\s|\s$|\s\s|[A-ZА-ЯЁ]", regex=True).any()


def test_every_language_has_phrases_of_every_sort():
    marks = tables.page_marks()
    sorts = marks.groupby("language")[["where", "kind"]].apply(
        lambda rows: frozenset(map(tuple, rows.to_numpy().tolist()))
    )
    assert len(set(sorts)) == 1, sorts.to_dict()
    assert marks["language"].value_counts().min() > 150


def test_a_case_is_no_copy_of_another():
    bodies = [
        re.sub(r"\W+", "", "".join(line for kind, line in marked(path) if kind == "body"))
        for path in CASES
    ]
    assert len(set(bodies)) == len(CASES)


def test_texts_handed_over_in_blocks_stay_in_order(monkeypatch):
    monkeypatch.setattr(pages, "BLOCK", 2)
    text = "They met. They spoke.\nThey parted.\n\nIt rained.\nIt snowed.\nThe end."
    documents = pd.DataFrame(
        {"doc_id": ["a"], "language": "en", "outlet": "-", "published": pd.NaT, "text": [text]}
    )
    passages = split_passages(documents)
    assert "\n".join(passages["text"]) == text.replace("\n\n", "\n")
    assert split_sentences(passages)["text"].tolist()[:3] == [
        "They met.",
        "They spoke.",
        "They parted.",
    ]


def test_documents_split_a_few_at_a_time_give_the_same_passages(monkeypatch):
    documents = load_seeds().assign(desk=[1, 2, 3, 4, 5])
    whole = pages.split_passages(documents)
    monkeypatch.setattr(pages, "CHUNK", 1000)
    pd.testing.assert_frame_equal(pages.split_passages(documents), whole)
    assert (
        whole.groupby("doc_id")["passage"].max().to_list()
        == (whole.groupby("doc_id").size() - 1).to_list()
    )
