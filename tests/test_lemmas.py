"""All forms of a word under one lemma, in six languages."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana_kit import tables
from astana_kit.text import script, turkish
from astana_kit.text.lemmas import lemmatize

# Marked by hand from the seeds and own sentences; a lemma is never changed to fit a run
GOLD = pd.read_csv(Path(__file__).parent / "gold" / "lemmas.csv", dtype=str)
LANGUAGES = ("ru", "ar", "kk", "en", "tr", "fa")

# Pair F1 and share of right lemmas on the gold, in percent. A floor that falls is a change of its
# own, with its reason.
FLOORS = {
    "ru": (99, 95),
    "ar": (93, 91),
    "kk": (98, 95),
    "en": (99, 99),
    "tr": (98, 94),
    "fa": (98, 95),
}


def pairs(values):
    return sum(n * (n - 1) // 2 for n in Counter(values).values())


def pair_f1(gold, found):
    """Are two forms put together exactly when the gold gives them one lemma?"""
    together = pairs(zip(gold, found, strict=True))
    return 2 * together / (pairs(gold) + pairs(found))


def test_pair_f1_of_an_example_counted_by_hand():
    # gold pairs: ab; found pairs: bc → none together. With all found as one: 1 of 1 and of 3
    assert pair_f1(["x", "x", "y"], ["1", "2", "2"]) == 0
    assert pair_f1(["x", "x", "y"], ["1", "1", "1"]) == 2 * 1 / (1 + 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marked_sample_is_lemmatised_as_well_as_before(language):
    gold = GOLD[GOLD["language"] == language]
    assert len(gold) >= 120
    lemmas = [script.fold(lemma, language) for lemma in gold["lemma"]]
    found = lemmatize(gold["form"], language)
    right = sum(a == b for a, b in zip(lemmas, found, strict=True)) / len(gold)
    least_f1, least_right = FLOORS[language]
    wrong = [
        f"{form}: {b}, not {a}"
        for form, a, b in zip(gold["form"], lemmas, found, strict=True)
        if a != b
    ]
    assert 100 * pair_f1(lemmas, found) >= least_f1, "\n".join(wrong)
    assert 100 * right >= least_right, "\n".join(wrong)


# Each line: the forms of one word, which must share a lemma; the lines must not
FAMILIES = {
    "ru": [
        "Лаврентьев Лаврентьева Лаврентьеву Лаврентьевым",
        "Педерсен Педерсена Педерсену Педерсеном",
        "Астана Астаны Астане Астану Астаной",
        "страны-гаранты стран-гарантов странам-гарантам странами-гарантами",
        "переговоры переговоров переговорам переговорами",
        "перемирие перемирия перемирию",
        "договорились договориться договорился",
        "отчёт отчета отчетом",
    ],
    "ar": [
        "الجولة جولات وجولة بالجولة",
        "المعارضة والمعارضة للمعارضة معارضة",
        "الهدنة هدنة وهدنة بالهدنة",
        "السبب بسبب أسباب",
        "شارك يشاركون سيشارك شاركوا",
        "اللاجئين اللاجئون لاجئ",
    ],
    "kk": [
        "келісім келісімді келісімге келісімнің келісімдер",
        "тоқтату тоқтатуды тоқтатты тоқтатқан",
        "тарап тараптар тарабы тараптардың",
        "халық халқы халқын халыққа",
        "аймақ аймағы аймақтар аймағында",
        "Астана Астанада Астананың Астанаға",
        "Ресей Ресейдің Ресейге Ресеймен",
    ],
    "en": [
        "talk talks",
        "refugee refugees refugee's",
        "agree agreed agrees agreeing",
        "meeting meetings",
        "ceasefire ceasefires",
        "carry carried carries carrying",
    ],
    "tr": [
        "Suriye Suriye'nin Suriye’de Suriye'den",
        "Pedersen Pedersen'in Pedersen'e",
        "Lavrov Lavrov'un",
        "toplantı toplantılar toplantıda toplantısı",
        "açıklama açıklamada açıklamalar açıklaması",
        "İran İran'ın İRAN",
        "Tahran Tahran'da",
    ],
    "fa": [
        "نشست نشست‌ها نشست‌های نشستها نشستهای",
        "کشور کشورها کشورهای كشورها",
        "هیئت هیئت‌های هیئتهای",
        "سوریه سوریهٔ",
        "رفت رفتند می‌رود",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_of_one_word_share_a_lemma_that_no_other_word_has(language):
    families = [line.split() for line in FAMILIES[language]]
    words = [word for family in families for word in family]
    lemma = dict(zip(words, lemmatize(words, language), strict=True))
    found = [{lemma[word] for word in family} for family in families]
    assert [family for family, lemmas in zip(families, found, strict=True) if len(lemmas) > 1] == []
    assert len(set().union(*found)) == len(families)


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("ru", "Путина", "путин"),  # not путина, the fishing season
        ("ru", "Комаров", "комаров"),  # not the gnat, комар
        ("ru", "за́мок", "замок"),
        ("ru", "ИГ", "иг"),  # not the yoke, иго
        ("en", "Russia's", "russia"),
        ("en", "US", "us"),
        ("en", "CA", "ca"),  # not "can"
        ("en", "playing", "play"),
        ("tr", "Nursultan’da", "nursultan"),
        ("tr", "IŞİD", "ışid"),
        ("fa", "تنها", "تنها"),  # ends in ها, but is no plural
        ("kk", "іс-қимылды", "іс-қимыл"),
        ("kk", "БҰҰ-ның", "бұұ"),
        ("ar", "الجُمْهُوريَّة", "جمهورية"),
    ],
)
def test_words_that_once_went_wrong(language, word, lemma):
    rest = {"en": ["play"], "kk": ["қимыл", "қимылдар"]}.get(language, [])
    assert lemmatize([word, *rest], language)[0] == script.fold(lemma, language)


# Words that no dictionary has, with endings that the grammar of the language knows
UNKNOWN = [
    ("en", "bloggify bloggifies bloggified", "bloggify"),
    ("en", "rezoned rezoning rezone", "rezone"),
    ("en", "skypped skypping skyp", "skyp"),
    ("tr", "zortlak zortlakların zortlakta", "zortlak"),
    ("tr", "Lavrentyev'in Lavrentyev Lavrentyevle", "lavrentyev"),
    ("ru", "Зурмаев Зурмаева Зурмаеву Зурмаевым", "зурмаев"),
    ("ar", "زرموط الزرموط والزرموط", "زرموط"),
    ("kk", "зурмақ зурмақтың зурмағы зурмақта", "зурмақ"),
    ("fa", "زرموط زرموط‌ها زرموطهای", "زرموط"),
]


@pytest.mark.parametrize(("language", "forms", "lemma"), UNKNOWN)
def test_the_forms_of_an_unknown_word_fall_together(language, forms, lemma):
    assert set(lemmatize(forms.split(), language)) == {script.fold(lemma, language)}


TURKISH = [
    ("görüş|ebil|ecek|ler|miş", "görüş"),
    ("tart|ış|ıl|ma|mış|tı", "tart"),
    ("bekl|iyor|lar|dı", "bekle"),
    ("müzakere|ler|imiz|de|ki", "müzakere"),
    ("taleb|iniz|den", "talep"),
]


@pytest.mark.parametrize(("chain", "stem"), TURKISH)
def test_a_turkish_chain_of_endings_leads_to_a_known_stem(chain, stem, monkeypatch):
    """The dictionary is cut down to the stem, so that the grammar alone finds it."""
    known = {stem: stem}
    monkeypatch.setattr(turkish, "known", lambda word, _: known.get(word))
    assert turkish.lemmas([chain.replace("|", "")], {}) == {chain.replace("|", ""): stem}


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("katıldı katılan katılmak katılacaklar katılmadı", "katıl"),  # not kat, to add
        ("belirtti belirten belirtildi belirtilerek", "belirt"),  # not belir, to appear
        ("açıklamada açıklamalarından açıklamanın", "açıklama"),
        ("açıklamadı açıkladı", "açıkla"),  # did not explain
    ],
)
def test_a_listed_turkish_stem_is_not_taken_apart(forms, lemma):
    assert set(lemmatize(forms.split(), "tr")) == {lemma}


@pytest.mark.parametrize(("other", "lemma"), [("банком", "банк"), ("банкой", "банка")])
def test_a_russian_word_of_two_lemmas_goes_with_the_other_words(other, lemma):
    assert lemmatize(["банку", other], "ru") == [lemma, lemma]  # to the bank, or the jar


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_lemma_in_order_whatever_the_order(language):
    forms = list(GOLD.loc[GOLD["language"] == language, "form"])[:60]
    words = [*forms, *forms[::3], "", "22", forms[0]]
    found = lemmatize(words, language)
    assert len(found) == len(words)
    assert found[0] == found[-1]
    assert lemmatize(words[::-1], language) == found[::-1]
    assert lemmatize(pd.Series(words), language) == found


ODD = ["", " ", "\u0301", "ـ", "َُ", "22", "٢٢", "covid-19", "СОVID", "😀", "-", "--", "'", "’", "s'"]
LONG = ["а" * 10_000, "лар" * 4_000, "ات" * 5_000, "ing" * 4_000, "ler" * 4_000, "ها" * 5_000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_word_comes_back_folded(language):
    kept = [word for word in ODD if word not in {"'", "’", "s'"}]
    assert lemmatize([*kept, *LONG], language) == [
        script.fold(script.MARKS.sub("", word), language) or script.fold(word, language)
        for word in [*kept, *LONG]
    ]
    assert len(lemmatize(ODD, language)) == len(ODD)


@settings(max_examples=60)
@given(
    words=st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)),
    language=st.sampled_from(LANGUAGES),
)
def test_any_text_has_a_lemma(words, language):
    found = lemmatize(words, language)
    assert len(found) == len(words)
    assert all(isinstance(lemma, str) for lemma in found)
    assert all(lemma for word, lemma in zip(words, found, strict=True) if word)


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'uk'.*ru, ar, kk, en, tr, fa"):
        lemmatize(["слово"], "uk")


def test_a_missing_word_is_refused():
    with pytest.raises(ValueError, match=r"nan is no text"):
        lemmatize(["слово", float("nan")], "ru")


def test_the_callers_words_stay_as_they_are():
    words = pd.Series(["Переговоры", "22"])
    lemmatize(words, "ru")
    assert words.tolist() == ["Переговоры", "22"]


def test_no_dictionary_is_loaded_before_its_language_is_asked():
    code = (
        "import sys; from astana_kit.text.lemmas import lemmatize; lemmatize(['сөз'], 'kk');"
        "assert 'pymorphy3' not in sys.modules; lemmatize(['слово'], 'ru');"
        "assert 'pymorphy3' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


SUBJECT = {
    "ru": "сторона стороны страна страны мир война переговоры раунд сирия",
    "ar": "مباحثات محادثات جولة اليوم عام وقال سوريا دولة حرب سلام",
    "kk": "тарап ел бейбітшілік соғыс келіссөз раунд жаңа ай",
    "en": "side sides state states group groups round rounds today war peace talks",
    "tr": "taraf ülke savaş barış görüşme tur bugün devlet",
    "fa": "طرف کشور جنگ صلح مذاکرات دور امروز دولت",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_words_are_function_words_and_never_the_subject(language):
    table = tables.stop_words()
    own = table[table["language"] == language]
    assert 150 <= len(own) <= 400
    assert own["source"].str.startswith("function word: ").all()
    words = {script.fold(word, language) for word in own["word"]}
    assert len(words) == len(own), "two rows are one word once they are folded"
    assert words & {script.fold(word, language) for word in SUBJECT[language].split()} == set()


def test_a_readers_stop_words_replace_the_kits():
    mine = pd.DataFrame({"language": ["en"], "word": ["said"], "source": ["own choice"]})
    assert tables.stop_words(mine)["word"].tolist() == ["said"]


def test_every_exception_says_why_and_comes_back():
    table = tables.exceptions()
    assert set(table["language"]) <= set(LANGUAGES)
    for language, own in table.groupby("language"):
        folded = [script.fold(word, language) for word in own["word"]]
        assert len(set(folded)) == len(folded), language
        found = lemmatize(own["word"], language)
        assert found == [script.fold(lemma, language) for lemma in own["lemma"]]


def test_a_word_in_two_spellings_that_are_two_words_to_the_dictionary():
    # «Сонымен» on a Russian page: a name by its capital, and another lemma without it
    assert len(lemmatize(["Сонымен", "сонымен"], "ru")) == 2
