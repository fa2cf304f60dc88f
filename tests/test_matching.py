"""A lexicon is found where it stands as a word of its language, and nowhere else."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana_kit import matching
from astana_kit.schema import PASSAGES
from astana_kit.text import harmony
from astana_kit.text.declension import adjective, person, phrase
from astana_kit.text.inflect import written
from astana_kit.text.script import bare, fold

COLUMNS = list(PASSAGES.columns)


def passages(*texts, language="ru", kind="body"):
    """One passage a page; each begins at 100 in its page, so that an offset too many shows."""
    return pd.DataFrame(
        [
            (f"d{number}", 3, 100, 100 + len(text), kind, language, "", pd.NaT, text)
            for number, text in enumerate(texts)
        ],
        columns=list(PASSAGES.columns),
    )


def lexicon(*rows):
    """Rows of (id, language, name, inflects)."""
    return matching.compile_lexicon(
        pd.DataFrame(rows, columns=["id", "language", "name", "inflects"]).assign(form="name")
    )


# language, name, how it inflects, a text with brackets round what must be found
CASES = [
    # a Russian phrase agrees; a common noun needs no capital, a name does
    ("ru", "страны-гаранты", "noun", "Среди [стран-гарантов] нет единства"),
    ("ru", "страны-гаранты", "noun", "представители трёх [стран—гарантов]"),
    ("ru", "пресс-конференция", "noun", "на [пресс-конференции] с [пресс-конференцией]"),
    ("ru", "Катар", "noun", "[Катар] и катар: лечим катар в [Катаре]"),
    ("ru", "Гейр Педерсен", "surname", "беседа с [Гейром Педерсеном] и Педерсенами"),
    ("ru", "Антон Вершинский", "surname", "[Антона Вершинского] с [Антоном Вершинским]"),
    # a given name may be one letter; what stands in small letters is none
    ("ru", "Седат Онал", "surname", "[С. Онал] и [С.Оналом], А. [Седатом Оналом]"),
    ("ru", "Али-Асгар Хаджи", "surname", "[А. Хаджи], Б. Хаджи"),
    ("ru", "де Мистура", "surname", "[де Мистуре], Д. Мистура, д. Мистура"),
    ("kk", "Сергей Лавров", "surname", "[С.Лавровтың] сөзі, [С. Лавров]"),
    ("tr", "Sergey Lavrov", "surname", "[S. Lavrov'un] sözü"),
    # a tongue is no people
    ("tr", "Rus", "adjective", "Rusça, [Rusların], [Ruslarca], [Ruslar]"),
    ("tr", "Türk", "adjective", "Türkçe, [Türklerce]"),
    ("ru", "российский", "adjective", "для [российских] войск, [Российская] армия, российскость"),
    ("ru", "палестино-", "no", "[палестино]-израильский, палестинский, палестино"),
    ("ru", "США", "abbreviation", "[США] и сша, [США]-Иран, США2, САША"),
    ("ru", "Сирия", "noun", "[Си\u0301рия], [Си\u0301рией], Ассирия, Сирия_1"),
    # letters beside are another word, a hyphen and a quotation mark are not
    ("ru", "Иран", "noun", "«[Иран]»-[Иран], Иранский, Тиран, [Иран]"),
    ("kk", "Сирия", "noun", "[Сириядағы], [Сирияның], [Сирия-ның], [Сирияның]-ау, Сирияша"),
    ("kk", "Иран", "noun", "[Иранды], [Ираннан], Ирандік, Ирандық, [Иранда]"),
    ("kk", "БҰҰ", "abbreviation", "[БҰҰ-ның], [БҰҰ], бұұ, БҰҰм, [БҰҰ]-бір"),
    ("kk", "Қауіпсіздік кеңесі", "noun", "[Қауіпсіздік кеңесінің], [Қауіпсіздік кеңесінде]"),
    # what ends like a possessive may be none
    ("kk", "арнайы елші", "noun", "[арнайы елшіге], [арнайы елшілердің], [арнайы елшісінің]"),
    ("kk", "Тоқаев", "surname", "[Тоқаевтың] және [Тоқаевқа]"),
    ("tr", "Rusya", "noun", "[Rusya'nın], [Rusya’da], [Rusyadan], Rusyalı"),
    ("tr", "İran", "noun", "[İran'a], [İRAN], iran, İranlı"),
    ("tr", "kuzey doğu", "noun", "[kuzey doğuda], [Kuzey doğuya], [kuzey doğusunda]"),
    ("tr", "ABD", "abbreviation", "[ABD'nin], [ABD'ye], abd, ABDX"),
    ("tr", "ateşkes", "noun", "[ateşkesi], [Ateşkesin], [ateşkes]"),
    ("ar", "روسيا", "noun", "و[روسيا]، ب[روسيا]، ول[روسيا]، بروسيا2، لروسياك"),
    ("ar", "الأردن", "noun", "و[الأردن]، ب[الاردن]، [للأردن]، أردن، الأردني"),
    ("ar", "اللجنة", "noun", "في [اللجنة] و[للجنة]، لجنة"),
    ("ar", "سوري", "adjective", "[السوريين] و[سورية]، [للسوريين]، سوريا، سورينا"),
    ("ar", "المعارضة السورية", "noun", "مع “[المعارضة” السورية]”"),
    ("ar", "الأمم المتحدة", "noun", "[الأُمَم المُتَّحِدة]، و[للأمم المتحدة]"),
    ("fa", "سوری", "adjective", "[سوری‌ها]، [سوری]، سوریه، [سوریان]، [سوری‌های] آواره، [سوری‌هایی]"),
    ("fa", "آمریکا", "noun", "[آمریکا]، آمریکایی، [آمريكا]"),
    ("fa", "حزب‌الله", "noun", "[حزب‌الله] و [حزب الله]"),
    ("en", "Syrian", "adjective", "[Syrians], [Syrian]'s, [Syrian]-led, Assyrian, Syriana"),
    ("en", "US", "abbreviation", "the [US], us, Us, USB, [US]-led"),
    # a Persian plural is joined, with a half-space or without; another word is not
    ("fa", "حمله", "noun", "[حمله‌ها]، [حمله‌های] هوایی، [حمله]، حملهور، [حملههای]"),
    # a stem takes any letters after it, and none before but Arabic particles
    ("ru", "обстреля", "stem", "[обстреляли], [обстрелянный], переобстрелял"),
    ("kk", "бомбала", "stem", "[бомбалауды], [бомбалады], бомба"),
    ("tr", "bombala", "stem", "[bombaladı], [Bombalanan], bomba"),
    ("en", "negotiat", "stem", "[negotiators], [Negotiations], renegotiate"),
    ("ar", "قصف", "stem", "[قصفت] و[قصفوا]، [القصف]، و[القصف]، يقصف"),
    ("fa", "بمباران", "stem", "[بمباران] و [بمباران‌های]"),
    ("ru", "прекращение огн", "stem", "о [прекращение огня]"),
    ("en", "ceasefire", "noun", "[Ceasefires], [ceasefire], ceasefired"),
]


@pytest.mark.parametrize(("language", "name", "inflects", "marked"), CASES)
def test_a_name_is_found_with_its_endings_and_not_in_other_words(language, name, inflects, marked):
    text = re.sub(r"[\[\]]", "", marked)
    found = matching.find(
        passages(text, language=language), lexicon(("a", language, name, inflects))
    )
    assert found["surface"].tolist() == re.findall(r"\[(.+?)\]", marked)
    assert [
        text[a - 100 : b - 100] for a, b in zip(found["start"], found["stop"], strict=True)
    ] == (found["surface"].tolist())


def test_the_longest_name_wins_and_is_found_once():
    names = lexicon(
        ("short", "ru", "Сирия", "noun"),
        ("long", "ru", "Сирийская Арабская Республика", "noun"),
        ("whole", "ru", "правительство Сирии", "noun"),
    )
    text = "В Сирийской Арабской Республике правительство Сирии и Сирия"
    assert matching.find(passages(text), names)["id"].tolist() == ["long", "whole", "short"]


def test_a_longer_name_that_is_no_word_here_does_not_hide_the_shorter():
    names = lexicon(("state", "ru", "Россия", "noun"), ("agency", "ru", "Россия 24", "noun"))
    assert matching.find(passages("Россия 245 раз"), names)["id"].tolist() == ["state"]


def test_of_equal_names_the_first_row_counts():
    names = lexicon(("first", "ru", "Катар", "noun"), ("second", "ru", "Катару", "no"))
    assert matching.find(passages("Катару"), names)["id"].tolist() == ["first"]


@pytest.mark.parametrize("kind", ["dateline", "related", "boilerplate"])
def test_only_the_article_is_searched(kind):
    names = lexicon(("a", "ru", "Сирия", "noun"))
    assert matching.find(passages("Сирия", kind=kind), names).empty


def test_a_passage_is_searched_in_its_own_language_only():
    names = lexicon(("a", "ru", "Сирия", "noun"))
    assert matching.find(passages("Сирия", language="und"), names).empty
    assert matching.find(passages("Сирия", language="kk"), names).empty


@pytest.mark.parametrize("kind", ["str", "string", "object", "category"])
def test_a_passage_without_a_language_has_no_finds_however_texts_are_held(kind):
    two = passages("Сирия", "Сирия")
    language = pd.Series(["ru", None], dtype=kind)
    assert matching.find(two.assign(language=language), TWO_STATES)["doc_id"].tolist() == ["d0"]


def test_no_passages_give_an_empty_table_of_the_same_shape():
    names = lexicon(("a", "ru", "Сирия", "noun"))
    some, none = matching.find(passages("Сирия"), names), matching.find(passages(), names)
    assert none.empty
    assert none.columns.tolist() == some.columns.tolist()
    assert none[["start", "stop"]].dtypes.tolist() == some[["start", "stop"]].dtypes.tolist()


def test_finds_stand_in_the_order_of_the_passages_whatever_their_language():
    table = pd.concat(
        [passages("Сирия. Иран"), passages("Suriye", language="tr"), passages("Иран")],
        ignore_index=True,
    ).assign(doc_id=["b", "a", "c"])
    names = lexicon(
        ("ir", "ru", "Иран", "noun"), ("sy", "tr", "Suriye", "noun"), ("sy", "ru", "Сирия", "noun")
    )
    found = matching.find(table, names)
    assert found["doc_id"].tolist() == ["b", "b", "a", "c"]
    assert found["id"].tolist() == ["sy", "ir", "sy", "ir"]


def test_a_name_does_not_reach_over_the_end_of_a_passage():
    names = lexicon(("a", "ru", "Красный Крест", "noun"))
    assert matching.find(passages("Красный", "Крест"), names).empty


def test_a_text_longer_than_a_chunk_keeps_its_places(monkeypatch):
    monkeypatch.setattr(matching, "CHUNK", 50)
    texts = [f"{'слово ' * number}Сирия" for number in range(40)]
    found = matching.find(passages(*texts), lexicon(("a", "ru", "Сирия", "noun")))
    assert found["start"].tolist() == [100 + 6 * number for number in range(40)]


@pytest.mark.parametrize(
    "text",
    ["", "\u0301" * 1000, "«" * 1000, "Сирия" * 2000, "\U0001f1f8\U0001f1fe", "\u202eسوريا Сирия"],
)
def test_odd_texts_are_read_without_harm(text):
    names = lexicon(("a", "ru", "Сирия", "noun"))
    expected = ["Сирия"] if text.endswith(" Сирия") else []
    assert matching.find(passages(text), names)["surface"].tolist() == expected


def test_ten_megabytes_in_one_line_are_one_passage():
    text = "мир " * 2_500_000 + "Сирия"
    found = matching.find(passages(text), lexicon(("a", "ru", "Сирия", "noun")))
    assert found["start"].tolist() == [100 + len(text) - 5]


TWO_STATES = lexicon(("a", "ru", "Сирия", "noun"), ("b", "ru", "Иран", "noun"))
LETTERS = st.sampled_from("Сирия Иран-«»\u0301\u200f1.сирией")


@settings(max_examples=200)
@given(st.lists(st.text(LETTERS, max_size=40), max_size=4))
def test_a_find_is_the_text_at_its_offsets_and_none_overlap(texts):
    found = matching.find(passages(*texts), TWO_STATES)
    for row in found.itertuples():
        text = texts[int(row.doc_id[1:])]
        assert text[row.start - 100 : row.stop - 100] == row.surface
        assert row.surface[0].isalpha()
    for _, page in found.groupby("doc_id"):
        assert (page["start"].to_numpy()[1:] >= page["stop"].to_numpy()[:-1]).all()


WORD = re.compile(r"(?<![^\W])(?:сирия|сирии|сирию|сирией|иран|ирана|ирану|ираном|иране)(?!\w)")


@settings(max_examples=200)
@given(st.text(st.sampled_from("Сирия Иранау-."), max_size=60))
def test_without_marks_the_finds_are_those_of_a_naive_search(text):
    naive = [m.start() + 100 for m in WORD.finditer(fold(text, "ru")) if text[m.start()].isupper()]
    assert matching.find(passages(text), TWO_STATES)["start"].tolist() == naive


CHAINED = ("дом лес", "лес дом", "дом лес река", "река", "лес река дом")
CHAIN = lexicon(*((str(place), "ru", name, "no") for place, name in enumerate(CHAINED)))


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["дом", "лес", "река"]), max_size=12))
def test_of_names_that_hang_together_the_leftmost_and_longest_are_found(said):
    naive, place = [], 0
    while place < len(said):
        here = [n for n in map(str.split, CHAINED) if said[place : place + len(n)] == n]
        longest = max(map(len, here), default=0)
        naive += [" ".join(said[place : place + longest])] if here else []
        place += max(longest, 1)
    assert matching.find(passages(" ".join(said)), CHAIN)["surface"].tolist() == naive


MARKS_BESIDE = st.sampled_from(["", "\u064e", "\u0651\u0650", "\u0640"])


@settings(max_examples=100)
@given(st.data())
def test_marks_change_where_a_name_ends_but_not_whether_it_is_found(data):
    plain = "وقالت الجمهورية العربية السورية إن سوريا بخير"
    marked = "".join(
        letter if letter == " " else letter + data.draw(MARKS_BESIDE) for letter in plain
    )
    names = lexicon(
        ("syria", "ar", "الجمهورية العربية السورية", "noun"), ("syria", "ar", "سوريا", "noun")
    )
    found = matching.find(passages(marked, language="ar"), names)["surface"]
    assert [bare(said)[0] for said in found] == ["الجمهورية العربية السورية", "سوريا"]


def test_an_unknown_language_or_inflection_is_refused():
    with pytest.raises(ValueError, match="language 'de' of 'Syrien' is not known; use one of ru"):
        lexicon(("a", "de", "Syrien", "no"))
    with pytest.raises(ValueError, match="inflects 'verb' of 'идти' is not known; use one of no"):
        lexicon(("a", "ru", "идти", "verb"))


def test_of_two_readings_of_one_word_the_row_that_says_more_of_it_wins():
    rows = lexicon(("student", "ar", "طالب", "stem"), ("taliban", "ar", "طالبان", "no"))
    found = matching.find(passages("حركة طالبان وطالبات", language="ar"), rows)
    assert found["id"].tolist() == ["taliban", "student"]
    rows = lexicon(("gas", "ru", "газ", "noun"), ("gaza", "ru", "Газа", "noun"))
    found = matching.find(passages("Газа без газа"), rows)
    assert found["id"].tolist() == ["gaza", "gas"]


def test_a_name_without_letters_and_too_many_letters_are_refused():
    with pytest.raises(ValueError, match="has no letters; write a name or drop the row"):
        lexicon(("a", "ar", "\u0640", "no"))
    with pytest.raises(ValueError, match="has no letters; write a name or drop the row"):
        lexicon(("a", "en", "-", "no"))
    with pytest.raises(ValueError, match="300 different letters in the names of 'ru', at the most"):
        lexicon(("a", "ru", "".join(map(chr, range(0x4E00, 0x4E00 + 300))), "no"))


# ---- the forms themselves: paradigms by grammar books, not by the code ---------------------------


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (person("Стаффан де Мистура"), "Стаффаном де Мистурой"),
        (person("Хасан Роухани"), "Хасаном Роухани"),
        (person("Зейд аль-Хусейн"), "Зейда аль-Хусейна"),
        (person("Касым-Жомарт Токаев"), "Касым-Жомартом Токаевым"),
        (person("Реджеп Тайип Эрдоган"), "Реджеп Тайипу Эрдогану"),
        (phrase("Организация Объединённых Наций"), "Организацией Объединённых Наций"),
        (phrase("Египет"), "Египта"),
        (phrase("турки"), "турок"),
        (adjective("казахстанский"), "казахстанскими"),
        (adjective("иорданский"), "иорданской"),
        (person("Мария Захарова"), "Марии Захаровой"),
    ],
)
def test_a_russian_form_is_among_those_listed(forms, expected):
    assert expected in forms


@pytest.mark.parametrize(
    ("name", "further"),
    [
        # an adjective that is a noun too is the head only where no noun agrees with it
        ("рабочие группы", "рабочих групп|рабочим группам|рабочими группами|рабочих группах"),
        ("рабочие завода", "рабочих завода|рабочим завода|рабочими завода"),
        ("военные США", "военных США|военным США|военными США"),
        ("данные разведки", "данных разведки|данным разведки|данными разведки"),
        (
            "новый и общий план",
            "нового и общего плана|новому и общему плану|новым и общим планом|новом и общем плане",
        ),
        ("новые ливанские СМИ", "новых ливанских СМИ|новым ливанским СМИ|новыми ливанскими СМИ"),
        (
            "астанинский формат",
            "астанинского формата|астанинскому формату|астанинским форматом|астанинском формате",
        ),
        (
            "Высший комитет",
            "Высшего комитета|Высшему комитету|Высшим комитетом|Высшем комитете",
        ),
        ("МИД", "МИДа|МИДу|МИДом|МИДе"),
        ("игиловцы", "игиловцев|игиловцам|игиловцами|игиловцах"),
        # names that no dictionary has, by their endings
        ("Танф", "Танфа|Танфу|Танфом|Танфе"),
        ("Босра", "Босры|Босре|Босру|Босрой"),
        ("Эр-Ракка", "Эр-Ракки|Эр-Ракке|Эр-Ракку|Эр-Раккой"),
        ("Эль-Холь", "Эль-Холя|Эль-Холю|Эль-Холем|Эль-Холе"),
        ("Заевфратье", "Заевфратья|Заевфратью|Заевфратьем"),
        ("Кобани", ""),
        # halves that both change, or the last alone
        ("дроны-камикадзе", "дронов-камикадзе|дронам-камикадзе|дронами-камикадзе|дронах-камикадзе"),
        ("пресс-служба", "пресс-службы|пресс-службе|пресс-службу|пресс-службой"),
        ("блок-посты", "блок-постов|блок-постам|блок-постами|блок-постах"),
    ],
)
def test_a_russian_phrase_has_these_forms_and_no_others(name, further):
    assert set(phrase(name)) == {name, *filter(None, further.split("|"))}


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("ceasefire", "ceasefires"),
        ("secretary of state", "secretaries of state"),
        ("minister for foreign affairs", "ministers for foreign affairs"),
        ("peace process", "peace processes"),
        ("survey", "surveys"),
        ("talks", ""),
        ("Emirates", ""),
    ],
)
def test_the_head_of_an_english_noun_takes_the_plural(name, plural):
    assert [way.text for way in written(name, "en", "noun")] == [name, *filter(None, [plural])]


# Kazakh: дыбыс үндестігі; Turkish: büyük ünlü uyumu, ünsüz benzeşmesi, kaynaştırma harfleri
@pytest.mark.parametrize(
    ("language", "stem", "right", "wrong"),
    [
        ("kk", "ресей", "дің ге ді де ден мен дегі лер", "дың ға нің тің"),
        ("kk", "түркия", "ның ға ны да дан мен дағы сы", "нің дің қа"),
        ("kk", "иран", "ның ға ды да нан мен дағы", "дың нің дан"),
        ("kk", "ирак", "тың қа ты та тан пен тағы", "дың ға да мен"),
        ("kk", "израиль", "дің ге ді де ден мен", "тің ке"),
        ("kk", "асад", "тың қа ты та тан пен", "дың ға"),
        ("kk", "раиси", "дің нің ге ді ні де", "тің ке"),
        ("kk", "қазақ", "тар тардың", "лар дар"),
        ("tr", "rusya", "nın ya yı da dan yla daki", "in nin ye dı ta"),
        ("tr", "suriye", "nin ye yi de den yle deki", "nın ya"),
        ("tr", "irak", "ın a ı ta tan la taki", "in nın da"),
        ("tr", "lavrov", "un a u da dan la", "ın nun"),
        ("tr", "ürdün", "ün e ü de den le", "un a"),
    ],
)
def test_endings_follow_harmony_and_the_last_sound(language, stem, right, wrong):
    endings = harmony.endings(stem, language)
    assert set(right.split()) <= endings
    assert not set(wrong.split()) & endings
