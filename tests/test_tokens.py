"""Every word with its place and its term, in six languages and in none of them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import pages

from astana_kit import sharing, tables
from astana_kit.schema import TOKENS
from astana_kit.terms import stream
from astana_kit.terms.tokens import tokenize
from astana_kit.text.words import words

LANGUAGES = ("ru", "ar", "kk", "en", "tr", "fa", "und", "de")


def terms(language, text, **options):
    return tokenize(pages(("a", language, text)), **options)["term"].astype(str).tolist()


# The marked words are the ones that say something; a term is one for all forms of a word
SENTENCES = [
    ("ru", "Делегации обсудили перемирие", ["делегация", "обсудить", "перемирие"]),
    ("kk", "Тараптар келісімге келді", ["тарап", "келісім", "кел"]),
    ("en", "The delegations discussed truces", ["the", "delegation", "discuss", "truce"]),
    ("tr", "Heyetler ateşkesi görüştü", ["heyet", "ateşkes", "görüş"]),
    ("ar", "انتهت الجولة", ["انتهي", "جولة"]),
    ("fa", "هیئت‌ها مذاکره کردند", ["هييت", "مذاكره", "كرد"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_forms_count_as_their_lemma(language, text, expected):
    tokens = tokenize(pages(("a", language, text)))
    assert tokens["term"].tolist() == expected
    assert set(tokens["counted_as"]) == {"lemma"}


# A name in a case form or behind a particle counts under the name as the gazetteer writes it
NAMES = [
    ("ru", "Встреча с Лаврентьевым и Педерсеном", {"лаврентьев", "педерсен"}),
    ("ar", "أكدت وزارة الخارجية وروسيا موقفها", {"روسيا"}),
    ("kk", "Ресейдің ұстанымы мен Түркияға сапар", {"ресей", "түркия"}),
    ("en", "Turkey's envoy met Lavrentiev", {"turkey", "lavrentiev"}),
    ("tr", "Rusya'nın ve İran'ın heyetleri", {"rusya", "iran"}),
    ("fa", "نشست روسیه و ایران", {"روسيه", "ايران"}),
]


@pytest.mark.parametrize(("language", "text", "expected"), NAMES)
def test_a_name_counts_under_the_name(language, text, expected):
    assert expected <= set(terms(language, text))


def test_a_name_is_shielded_from_the_lemmatiser():
    # a river; for the dictionary a form of «быстрый»
    names = pd.DataFrame(
        {
            "id": ["russia"],
            "language": ["ru"],
            "name": ["Быстрая"],
            "form": ["name"],
            "inflects": ["no"],
            "note": [""],
            "source": ["test"],
        }
    )
    assert terms("ru", "Река Быстрая", names=names) == ["река", "быстрая"]
    assert terms("ru", "Река Быстрая") == ["река", "быстрый"]


def test_the_words_of_a_longer_name_count_under_the_lemma_of_its_words():
    assert terms("ru", "с Сирийской Арабской Республикой") == [
        "с",
        "сирийский",
        "арабский",
        "республика",
    ]


def test_a_compound_is_no_name():
    assert terms("en", "Russia-backed talks, says Russia")[0] != "russia"
    assert len(set(terms("ru", "Российско-турецкий и турецкий"))) == 3


def test_the_same_letters_are_a_word_of_each_language():
    tokens = tokenize(pages(("a", "ru", "Кеңес"), ("a", "kk", "Кеңес"), ("b", "und", "Кеңес")))
    assert tokens["language"].tolist() == ["ru", "kk", "und"]
    assert tokens["counted_as"].tolist() == ["lemma", "lemma", "form"]


@pytest.mark.parametrize("language", ["und", "de", None])
def test_a_language_without_lemmas_is_counted_by_form(language):
    passages = pages(("a", "und", "Die Delegationen, die Delegation")).assign(
        language=pd.array([language], dtype="str")
    )
    tokens = tokenize(passages)
    assert tokens["term"].tolist() == ["die", "delegationen", "die", "delegation"]
    assert set(tokens["counted_as"]) == {"form"}
    assert not tokens["is_stop"].any()
    assert tokens["language"].tolist() == [language or "und"] * 4


STOPS = [
    ("ru", "стороны и страны о мире", [0, 1, 0, 1, 0]),
    ("ar", "مباحثات في أستانا", [0, 1, 0]),
    ("kk", "тараптар және елдер", [0, 1, 0]),
    ("en", "THE state of talks", [1, 0, 1, 0]),
    ("tr", "taraflar ve devletler", [0, 1, 0]),
    ("fa", "مذاکرات در آستانه", [0, 1, 0]),
]


@pytest.mark.parametrize(("language", "text", "expected"), STOPS)
def test_function_words_are_stop_words_and_those_of_the_subject_are_not(language, text, expected):
    assert tokenize(pages(("a", language, text)))["is_stop"].tolist() == expected


def test_us_in_capitals_is_no_stop_word():
    nobody = tables.names().iloc[:1]  # so that it is not a name that makes the difference
    tokens = tokenize(pages(("a", "en", "the US told us")), names=nobody)
    assert tokens["is_stop"].tolist() == [True, False, False, True]


def test_a_readers_own_stop_words_replace_the_kits():
    own = pd.DataFrame({"language": ["ru"], "word": ["Делегации"], "source": ["own"]})
    tokens = tokenize(pages(("a", "ru", "и делегации")), stop_words=own)
    assert tokens["is_stop"].tolist() == [False, True]


def test_only_headlines_and_bodies_are_read():
    kinds = ["headline", "dateline", "body", "related", "boilerplate"]
    passages = pages(*[("a", "en", f"word{kind}") for kind in kinds], kind=kinds)
    assert tokenize(passages)["word"].tolist() == ["wordheadline", "wordbody"]


def test_further_columns_are_carried_and_stay_small():
    passages = pages(("a", "en", "two words"), ("b", "en", "one"))
    days = pd.to_datetime(["2024-11-11", "2024-11-12"])
    passages = passages.assign(
        round=pd.array([22, None], dtype="Int64"), outlet=["x", None], published=days
    )
    before = passages.copy()
    tokens = tokenize(passages)
    assert tokens.columns.tolist() == [*TOKENS.columns, "kind", "outlet", "published", "round"]
    assert tokens["round"].tolist() == [22, 22, pd.NA]
    assert tokens["outlet"].isna().tolist() == [False, False, True]
    assert tokens["published"].tolist() == [days[0], days[0], days[1]]
    for column in ("doc_id", "language", "word", "term", "counted_as", "outlet", "published"):
        assert isinstance(tokens[column].dtype, pd.CategoricalDtype), column
    assert {str(tokens[column].dtype) for column in ("start", "stop", "passage")} == {"int32"}
    pd.testing.assert_frame_equal(passages, before)


@pytest.mark.parametrize("passages", [pages(), pages(("a", "ru", "— …")), pages(("a", "ru", ""))])
def test_where_there_is_no_word_there_is_no_row(passages):
    tokens = tokenize(passages)
    assert tokens.empty
    assert set(TOKENS.columns) <= set(tokens.columns)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="passages: no column text"):
        tokenize(pages(("a", "ru", "а")).drop(columns="text"))


TEXTS = st.text(
    st.sampled_from("аБёи́қӨابةًىAzİıI'’-.,«»:/ _1٢۳\u200c\u00ad\u00a0\n\t\u3000😀wht"), max_size=40
)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(LANGUAGES), TEXTS), max_size=6))
def test_tokens_are_the_words_of_each_passage_at_their_place(rows):
    passages = pages(*rows)
    tokens = tokenize(passages)
    expected = [
        (page, number, start + begin, start + end, text[begin:end])
        for page, number, start, language, text in zip(
            *(passages[name] for name in ("doc_id", "passage", "start", "language", "text")),
            strict=True,
        )
        for begin, end in words(text)
    ]
    columns = ["doc_id", "passage", "start", "stop", "word"]
    assert list(tokens[columns].itertuples(index=False, name=None)) == expected


def test_a_language_may_be_any_text():
    page = pages(("a", "x\ny\n\n", "One word."), ("a", "en", "One word."))
    tokens = tokenize(page)
    assert tokens["word"].tolist() == ["One", "word"] * 2
    assert tokens["term"].tolist() == ["one", "word"] * 2
    assert tokens["counted_as"].tolist() == ["form", "form", "lemma", "lemma"]


@pytest.fixture
def corpus():
    """Pages in three languages that come back to a page after another, and name the same actors."""
    texts = [
        ("a", "ru", "Делегация России прибыла в Астану."),
        ("b", "kk", "Ресей делегациясы Астанаға келді."),
        ("c", "en", "Russia's delegation came; the UN envoy did not."),
        ("a", "ru", "Россия и Турция договорились, Лаврентьев доволен."),
        ("d", "ar", "وصل الوفد الروسي إلى أستانا"),
    ]
    return pages(*texts * 6)


@pytest.mark.parametrize("processes", [1, 2])
def test_parts_read_apart_are_as_one(corpus, processes, monkeypatch):
    whole = tokenize(corpus)
    copies = [corpus.assign(doc_id=corpus["doc_id"] + str(copy)) for copy in range(12)]
    once = tokenize(pd.concat(copies, ignore_index=True))
    monkeypatch.setattr(stream, "CHUNK", 200)
    monkeypatch.setattr(stream, "SLICE", 50)
    monkeypatch.setattr(sharing, "processes", lambda: processes)
    parts = pd.concat(copies, ignore_index=True)
    assert len(list(sharing.parts(parts, 200))) >= stream.FEW
    pd.testing.assert_frame_equal(tokenize(parts), once)
    pd.testing.assert_frame_equal(tokenize(corpus), whole)
    given = tokenize(parts, names=tables.names())
    pd.testing.assert_frame_equal(given, once)


def test_no_page_is_parted(corpus):
    apart = pages(("x", "en", "One."), ("y", "en", "Two."))
    parts = list(sharing.parts(pd.concat([apart, corpus], ignore_index=True), 3))
    assert [len(part) for part in parts] == [1, 1, len(corpus)]


def test_a_gazetteer_with_an_actor_of_ones_own(corpus):
    lists = tables.DATA / "sample-lists"
    who = pd.concat([tables.actors(), tables.actors(lists / "actors.csv")])
    names = pd.concat([tables.names(), tables.names(lists / "names.csv", who)])
    page = pages(("a", "ru", "Слово взял Ахмет Йылдыз, Йылдызу ответили."))
    found = tokenize(page, names=names, actors=who)
    assert "йылдыз" in found["term"].tolist()
    with pytest.raises(ValueError, match="'ahmet_yildiz'"):
        tokenize(page, names=names)
