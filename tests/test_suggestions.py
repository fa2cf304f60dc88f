"""Names that the gazetteer lacks: what is suggested in each language, and what is not."""

import pandas as pd
import pytest

from astana_kit import curated, lexicon, matching, tables
from astana_kit.actors import candidates, suggestions
from astana_kit.schema import PASSAGES
from astana_kit.text.script import LANGUAGES

# In [[…]] stands each name to be suggested, in its base form where another form is written: A=B
CASES = [
    ("ru", "Переговоры вёл [[Ерлан Кашкинбаев]], а протокол готовил [[Жолдасов]]."),
    ("ru", "Министр [[Кашкинбаев]] прибыл во вторник."),
    ("ru", "По словам [[Кашкинбаева=Кашкинбаев]], с [[Кашкинбаевым=Кашкинбаев]] всё обсудили."),
    ("ru", "Слово взял [[Роберт фон Штейнберг]], затем представитель [[ОДКБ]]."),
    ("ru", "Россия и Турция согласны. Стороны встретятся снова."),
    ("ru", "Он сказал: «Встреча прошла хорошо»."),
    ("ru", "На этой Встрече назвали дату; встрече посвящён отчёт, о встрече писали."),
    # an adjective of a title is no name, a surname that is written like one is
    ("ru", "Участники Женевского процесса и Международной встречи разъехались."),
    ("ru", "По словам [[Кашинского=Кашинский]], отчёт готов; [[Кашинский]] ждёт ответа."),
    ("ru", "Переговоры продолжились в [[Праге=Прага]] при закрытых дверях."),
    ("kk", "Кездесуге вице-министр [[Ерлан Қашқынбаев]] қатысты."),
    ("kk", "Жиынды [[Жолдасовтың=Жолдасов]] орынбасары ашты."),
    ("kk", "Ресей мен Түркия келісті. Тараптар қайта кездеседі."),
    ("en", "The session was opened by [[Yerlan Kashkinbayev]]."),
    ("en", "It was [[Zholdasov's=Zholdasov]] deputy who spoke."),
    ("en", "Talks resume in May. Delegations met on Monday, said Mr [[Zholdasov]]."),
    ("en", "Kashkinbayev spoke first"),  # a first word alone tells nothing
    ("en", "Guarantor States Agree To Meet Again Next Spring"),  # a heading written like this
    ("tr", "Görüşmeyi [[Yerlan Kaşkinbayev'in=Yerlan Kaşkinbayev]] yardımcısı başlattı."),
    ("tr", "Heyete Büyükelçi [[Tuncay Demirsoy]] başkanlık etti; toplantı Ocak'ta yapıldı."),
    ("ar", "وقال نائب وزير الخارجية [[يرلان كاشكينباييف]] إن اللقاء كان مفيدا."),
    ("ar", "التقى المبعوث الروسي الخاص إلى سوريا [[غريغوري ستيبانوف]] وفد الأمم المتحدة."),
    ("ar", "وأعلن وزير الخارجية، [[جولداسوف]]، موعد الجولة."),
    ("ar", "بحثت الوفود ملف اللاجئين في اليوم الأول."),
    ("ar", "وقال رئيس الوفد الروسي إن الجولة انتهت."),
    ("ar", "وصل رئيس الوفد الروسي إلى مقر الاجتماع، إضافة إلى مراقبين."),
    ("ar", "صرح المتحدث باسم وزارة الخارجية الكازاخستانية [[دانيار جولداسوف]] بذلك."),
    ("ar", "وقال المُتحدث باسم وزارة الخارجيَّة [[مروان الخطاط]]، في بيان، إن الوفد غادر."),
    ("ar", "أعلن مساعد وزير الخارجية للشؤون السياسية الخاصة، [[علي رضا كاشكينباييف]]، الموعد."),
    ("fa", "سخنگوی وزارت امور خارجه قزاقستان [[دانیار ژولداسوف]] این خبر را تأیید کرد."),
    ("fa", "به گفته سفیر [[یرلان کاشکینبایف]]، نشست دیروز پایان یافت."),
    ("fa", "وزیر امور خارجه قزاقستان [[ژولداسوف]] در نشست خبری گفت که گفتگوها ادامه دارد."),
    ("fa", "هیئت‌ها درباره آوارگان گفتگو کردند."),
]  # fmt: skip


STATES = ("russia", "turkey", "syria", "kazakhstan", "united_nations", "geir_pedersen")
FEW = tables.names()[lambda names: names["id"].isin(STATES)]  # all of them take a second a test


def suggest(read, names=FEW):
    return suggestions.suggest_names(read, names=names)


def passages(*lines):
    texts = [text for _, text in lines]
    return pd.DataFrame(
        {
            "doc_id": [f"d{row}" for row in range(len(lines))],
            "passage": 0,
            "start": 0,
            "stop": [len(text) for text in texts],
            "kind": "body",
            "language": [language for language, _ in lines],
            "outlet": "-",
            "published": pd.NaT,
            "text": texts,
        }
    )


def unmarked(text):
    """The text without its marks, and the base forms that it holds."""
    expected = []
    while "[[" in text:
        before, _, rest = text.partition("[[")
        inner, _, after = rest.partition("]]")
        written, _, base = inner.partition("=")
        expected.append(base or written)
        text = before + written + after
    return text, expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[1][:30]}")
def test_names_are_suggested_in_their_base_form_and_nothing_else(case):
    text, expected = unmarked(case[1])
    found = suggest(passages((case[0], text)))
    assert sorted(found["name"]) == sorted(set(expected))
    if expected:
        assert found["n"].sum() == len(expected)


def test_one_name_in_five_scripts_and_forms_stands_under_one_id():
    found = suggest(
        passages(
            ("ru", "Встречу вёл Кашкинбаев, о Кашкинбаеве писали много."),
            ("kk", "Кездесуді Қашқынбаев ашты."),
            ("en", "The session was led by Yerlan Kashkinbayev."),
            ("ar", "افتتح وزير الخارجية كاشكينباييف الجلسة."),
            ("fa", "کاشکینبایف در نشست سخن گفت."),  # no title: its consonants give it away
            ("tr", "Oturumu Kaşkinbayev açtı."),
            ("en", "The protocol was read by Tuncay Demirsoy."),
        )
    )
    together = found[found["id"] == "yerlan_kashkinbayev"]
    assert together["language"].tolist() == ["ru", "ar", "kk", "en", "tr", "fa"]
    assert together["n"].tolist() == [2, 1, 1, 1, 1, 1]
    assert found["id"].nunique() == 2
    assert "alike: كاشكينباييف" in together["note"].iloc[0]


def test_a_surname_alone_stands_beside_the_full_name_and_no_other():
    found = suggest(
        passages(
            ("en", "It was led by Yerlan Kashkinbayev. A word by Yerlan Kashkinbayev closed it."),
            ("ru", "Встречу вёл Кашкинбаев, протокол вёл Кашапов."),
            ("ar", "افتتح وزير الخارجية كاشكينباييف الجلسة."),
        )
    )
    ids = dict(zip(found["name"], found["id"], strict=True))
    assert ids["Кашкинбаев"] == ids["كاشكينباييف"] == "yerlan_kashkinbayev"
    assert ids["Кашапов"] == "ksbf"


def test_a_new_spelling_of_a_known_name_is_put_beside_it():
    names = FEW[~((FEW["id"] == "geir_pedersen") & (FEW["language"] == "kk"))]
    found = suggest(passages(("kk", "БҰҰ арнайы өкілі Гейр Педерсен жиынға қатысты.")), names=names)
    assert found[["id", "name"]].to_numpy().tolist() == [["geir_pedersen", "Гейр Педерсен"]]


def test_the_rows_can_be_pasted_into_the_gazetteer_and_are_then_found():
    read = passages(
        ("ru", "Встречу вёл Кашкинбаев, у Кашкинбаева спросили о датах."),
        ("ar", "افتتح وزير الخارجية كاشكينباييف الجلسة."),
    )
    found = suggest(read)
    pasted = found[list(curated.NAMES.columns)].assign(id="kazakhstan")
    gazetteer = tables.names(pd.concat([FEW, pasted], ignore_index=True))
    hits = matching.find(read, lexicon.compile_lexicon(gazetteer))
    assert hits["surface"].tolist() == ["Кашкинбаев", "Кашкинбаева", "كاشكينباييف"]
    assert suggest(read, names=gazetteer).empty


def test_each_row_leads_to_its_line():
    text = "Во встрече участвовал Кашкинбаев."
    (row,) = suggest(passages(("ru", text))).itertuples()
    assert text[row.start : row.stop] == "Кашкинбаев"
    assert row.line == text
    assert row.source == "d0:22"
    assert row.note == "suggested: 1 in 1 document"


def test_texts_without_a_word_suggest_nothing():
    odd = [
        ("ru", "\u0301\u0301 ..."),
        ("ar", "\u064b\u064c"),
        ("en", "\u202e!\u202c"),
        ("fa", "۲۲"),
    ]
    assert suggest(passages(*odd, ("tr", ""), ("und", "Ganz Anderes Wort"))).empty


def test_only_headlines_and_bodies_are_read():
    read = passages(("ru", "Во встрече участвовал Кашкинбаев.")).assign(kind="related")
    assert suggest(read).empty


def test_the_order_of_pages_does_not_change_what_is_suggested():
    lines = [(language, unmarked(text)[0]) for language, text in CASES]
    there = suggest(passages(*lines))
    back = suggest(passages(*reversed(lines)))
    assert set(zip(there["name"], there["n"], strict=True)) == set(
        zip(back["name"], back["n"], strict=True)
    )


def test_every_language_has_titles_and_no_word_is_of_two_kinds():
    titles = tables.titles()
    assert set(titles.loc[titles["kind"] == "title", "language"]) == set(LANGUAGES)
    stop = tables.stop_words()
    both = titles[titles["kind"] == "title"].merge(stop, on=["language", "word"])
    assert both.empty, both


@pytest.mark.parametrize(
    ("language", "forms", "base"),
    [
        ("ru", ["Мистуры", "Мистуру"], ["Мистура"]),  # the base form itself is not written
        ("ru", ["Соловей", "Соловья"], ["Соловей", "Соловья"]),  # a fleeting vowel: not seen
        ("kk", ["Жолдасовпен", "Жолдасовқа"], ["Жолдасов"]),
        ("tr", ["Demirsoy’a", "Demirsoy'un"], ["Demirsoy"]),
        ("en", ["Zholdasov’s", "Zholdasov"], ["Zholdasov"]),
        ("ar", ["وستيبانوف", "ستيبانوف"], ["ستيبانوف"]),
        ("ru", ["КАШКИНБАЕВ", "Кашкинбаев"], ["Кашкинбаев"]),
    ],
)
def test_forms_of_one_name_are_put_together(language, forms, base):
    counted = candidates.Counter({(form,): 1 for form in forms})
    assert suggestions._base_forms(counted, language) == base  # noqa: SLF001


def test_a_mark_that_stands_alone_is_no_name():
    page = pd.DataFrame(
        [("a", 0, 0, 14, "body", "ru", "", pd.NaT, "« ـ Кашкинбаев")],
        columns=list(PASSAGES.columns),
    )
    assert suggestions.suggest_names(page)["name"].tolist() == ["Кашкинбаев"]
