"""How often each term stands in each group: counted by hand, and against naive definitions."""

import math
from collections import Counter
from itertools import pairwise
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import pages

from astana_kit import measures
from astana_kit.schema import TERM_COUNTS
from astana_kit.terms import counting, numbering
from astana_kit.terms.counting import count_terms
from astana_kit.terms.numbering import crossed, firsts, numbers_set
from astana_kit.terms.spread import growth, term_positions
from astana_kit.terms.tokens import tokenize


def counted(passages, **options):
    """Counts of each term, the same from tokens and from passages."""
    rows = count_terms(tokenize(passages), **options)
    pd.testing.assert_frame_equal(count_terms(passages, **options), rows)
    return rows


# Words, then how often each term stands and in how many pages; parted by / are the pages
CASES = [
    ("ru", "Делегации и делегация / делегация", 4, {"делегация": (3, 2)}),
    ("ar", "الجولة في جولات / سوريا", 4, {"جولة": (2, 1), "سوريا": (1, 1)}),
    ("kk", "келісімге және келісім / Ресейдің", 4, {"келісім": (2, 1), "ресей": (1, 1)}),
    ("en", "The truces / a truce of talks", 6, {"truce": (2, 2), "talk": (1, 1)}),
    ("tr", "heyetler ve heyet / ateşkes", 4, {"heyet": (2, 1), "ateşkes": (1, 1)}),
    ("fa", "نشست و نشست‌ها / نشست", 4, {"نشست": (3, 2)}),
    ("und", "ab Ab / cd ab", 4, {"ab": (3, 2), "cd": (1, 1)}),
]


@pytest.mark.parametrize(("language", "text", "words", "expected"), CASES)
def test_terms_counted_by_hand(language, text, words, expected):
    texts = enumerate(text.split(" / "))
    rows = counted(pages(*[(f"d{page}", language, said) for page, said in texts]))
    found = {row.term: (row.n, row.documents) for row in rows.itertuples()}
    assert found == expected
    assert (rows["of"] == words).all()
    assert rows["per_1000_words"].tolist() == [1000 * n / words for n in rows["n"]]
    assert rows["range"].tolist() == [n / 2 for n in rows["documents"]]
    assert rows["n"].is_monotonic_decreasing
    assert set(rows["counted_as"]) == {"form" if language == "und" else "lemma"}


def test_the_columns_are_those_of_the_table():
    rows = counted(pages(("a", "en", "talks")), by=["outlet", "kind"])
    assert rows.columns.tolist() == ["term", "outlet", "kind", *TERM_COUNTS.columns[1:]]
    assert list(counted(pages(("a", "en", "talks")), by="language")) == list(TERM_COUNTS.columns)


def test_lemmas_and_forms_of_two_languages_never_share_a_row():
    rows = counted(pages(("a", "ru", "план"), ("b", "kk", "план"), ("c", "und", "план план")))
    assert rows[["language", "counted_as", "n", "of"]].to_numpy().tolist() == [
        ["kk", "lemma", 1, 1],
        ["ru", "lemma", 1, 1],
        ["und", "form", 2, 2],
    ]


def test_stop_words_are_counted_only_where_asked_for_but_always_belong_to_the_words():
    passages = pages(("a", "en", "the truce and the talks"))
    assert set(counted(passages)["term"]) == {"truce", "talk"}
    every = counted(passages, stop_words=True).set_index("term")
    assert every["n"].to_dict() == {"the": 2, "and": 1, "truce": 1, "talk": 1}
    assert set(every["of"]) == set(counted(passages)["of"]) == {5}


def test_a_term_has_a_row_in_every_group_of_its_language():
    passages = pages(("a", "en", "truce truce"), ("b", "en", "talks"), ("c", "ru", "план"))
    rows = counted(passages.assign(round=pd.array([21, 22, 22], "Int64")), by="round")
    assert rows[["term", "round", "n", "of"]].to_numpy().tolist() == [
        ["truce", 21, 2, 2],
        ["talk", 21, 0, 2],
        ["talk", 22, 1, 1],
        ["truce", 22, 0, 1],
        ["план", 22, 1, 1],
    ]


def test_what_has_no_group_is_one_of_its_own_and_stands_last():
    passages = pages(("a", "en", "talks"), ("b", "en", "talks talks"))
    rows = counted(passages.assign(outlet=[None, "x"]), by="outlet")
    assert rows["n"].tolist() == [2, 1]
    assert rows["outlet"].isna().tolist() == [False, True]


def test_passages_without_a_round_are_resampled_as_passages():
    passages = pages(("a", "en", "truce truce talks"), ("a", "en", "talks of the truce"))
    rows = counted(passages.assign(round=pd.array([None, None], "Int64")), by="round")
    assert set(rows["interval"]) == {"by passage"}


def test_pages_may_be_the_groups():
    rows = counted(pages(("a", "en", "talks"), ("b", "en", "truce talks")), by="doc_id")
    assert rows[["term", "doc_id", "n", "of"]].to_numpy().tolist() == [
        ["talk", "a", 1, 1],
        ["truce", "a", 0, 1],
        ["talk", "b", 1, 2],
        ["truce", "b", 1, 2],
    ]


def test_groups_may_part_a_page():
    passages = pages(("a", "en", "talks"), ("a", "en", "talks talks"), ("b", "en", "talks"))
    rows = counted(passages.assign(round=[1, 2, 2]), by="round")
    assert rows[["n", "documents", "of_documents"]].to_numpy().tolist() == [[1, 1, 1], [3, 2, 2]]


def test_an_order_of_groups_is_kept():
    bins = pd.Categorical(["later", "before"], categories=["later", "before"], ordered=True)
    passages = pages(("a", "en", "talks"), ("b", "en", "talks")).assign(bin=bins)
    assert counted(passages, by="bin")["bin"].tolist() == ["later", "before"]


def test_days_are_groups_in_their_order():
    days = pd.to_datetime(["2024-11-12", None, "2024-11-11"])
    passages = pages(*[(page, "en", "talks") for page in "abc"], published=days)
    rows = counted(passages, by="published")
    assert rows["published"].tolist() == [days[2], days[0], pd.NaT]


def test_rare_terms_are_left_out_by_their_number_in_the_whole_language():
    passages = pages(("a", "en", "truce talks"), ("b", "en", "talks"), ("c", "ru", "план"))
    rows = counted(passages.assign(outlet=["x", "y", "x"]), by="outlet", least=2)
    assert rows[["term", "n", "of"]].to_numpy().tolist() == [["talk", 1, 2], ["talk", 1, 1]]


def test_dispersion_and_rarity_by_their_definitions():
    texts = ["truce truce talks word", "talks word", "talks word"]
    rows = counted(pages(*[(f"d{n}", "en", text) for n, text in enumerate(texts)]))
    rows = rows.set_index("term")
    # shares of the words .5, .25, .25; of "truce" 1, 0, 0: half of .5 + .25 + .25 over 1 - .25
    assert rows.loc["truce", "dpnorm"] == pytest.approx(0.5 / 0.75)
    # of "talk" a third each: half of 1/6 + 1/12 + 1/12
    assert rows.loc["talk", "dpnorm"] == pytest.approx((1 / 6) / 0.75)
    assert rows.loc["truce", "tfidf"] == pytest.approx(1000 * 2 / 8 * math.log(3))
    assert rows.loc["talk", "tfidf"] == 0


def test_the_interval_resamples_documents():
    counts, words = [3, 0, 1, 2], [6, 4, 5, 4]
    texts = ["truce " * n + "word " * (of - n) for n, of in zip(counts, words, strict=True)]
    rows = counted(pages(*[(f"d{n}", "en", text) for n, text in enumerate(texts)]))
    truce = rows.set_index("term").loc["truce"]
    expected = [1000 * bound for bound in measures.bootstrap(counts, words)]
    assert truce[["low", "high"]].tolist() == pytest.approx(expected)
    assert truce["interval"] == "by document"


@pytest.mark.parametrize("times", range(1, 20))
def test_no_term_has_the_interval_of_another(times):
    # said eleven times in one document alone, a term once lent its interval to one that both have
    rows = counted(pages(("a", "en", "truce " * times + "talk word"), ("b", "en", "talk word")))
    found = rows.set_index("term").loc[["truce", "talk", "word"], ["low", "high"]]
    counts = [[times, 0], [1, 1], [1, 1]]
    expected = np.array(measures.bootstrap(counts, [times + 2, 2])).T
    assert found.to_numpy() == pytest.approx(1000 * expected)


def test_a_term_that_a_group_lacks_has_the_interval_of_nothing_found():
    texts = [("a", "truce talk"), ("a", "talk"), ("b", "talk word"), ("b", "word")]
    rows = pages(*[(f"d{n}", "en", text) for n, (_, text) in enumerate(texts)])
    rows = counted(rows.assign(outlet=[outlet for outlet, _ in texts]), by="outlet")
    lacking = rows.set_index(["term", "outlet"]).loc[[("truce", "b"), ("word", "a")]]
    expected = [1000 * bound for bound in measures.bootstrap([0, 0], [2, 1])]
    assert lacking[["low", "high"]].to_numpy() == pytest.approx(np.array([expected] * 2))


def test_of_a_single_document_its_passages_are_resampled_and_the_table_says_so():
    texts = ["truce word", "word", "truce truce word"]
    rows = counted(pages(*[("a", "en", text) for text in texts]))
    truce = rows.set_index("term").loc["truce"]
    expected = [1000 * bound for bound in measures.bootstrap([1, 0, 2], [2, 1, 3])]
    assert truce[["low", "high"]].tolist() == pytest.approx(expected)
    assert truce["interval"] == "by passage"
    assert math.isnan(truce["dpnorm"])
    assert math.isnan(truce["tfidf"])


def test_a_single_passage_has_no_interval():
    rows = counted(pages(("a", "en", "truce word")))
    assert set(rows["interval"]) == {"none"}
    assert rows[["low", "high"]].isna().all(axis=None)


def test_pools_of_documents_give_nearly_the_interval_of_the_documents(monkeypatch):
    said = np.random.default_rng(5).poisson(2, 600)
    passages = pages(
        *[(f"d{page}", "en", "truce " * n + "word " * 9) for page, n in enumerate(said)]
    )
    pooled = counted(passages).set_index("term").loc["truce"]
    monkeypatch.setattr(counting, "MOST_UNITS", 1000)
    whole = counted(passages).set_index("term").loc["truce"]
    assert pooled.drop(["low", "high"]).equals(whole.drop(["low", "high"]))
    assert pooled["high"] - pooled["low"] == pytest.approx(whole["high"] - whole["low"], rel=0.1)


NGRAMS = [
    (
        2,
        "peace talks failed. Talks began, peace talks",
        {"peace talk": 2, "talk fail": 1, "talk begin": 1},
    ),
    (2, "talks of peace", {}),
    (3, "talks of peace", {"talk of peace": 1}),
    (2, "«peace» talks (peace) talks", {}),
    (4, "peace talks", {}),
]


@pytest.mark.parametrize(("ngrams", "text", "expected"), NGRAMS)
def test_ngrams_counted_by_hand(ngrams, text, expected):
    rows = counted(pages(("a", "en", text), ("a", "en", "peace")), ngrams=ngrams)
    assert dict(zip(rows["term"], rows["n"], strict=True)) == expected


def test_ngrams_end_with_the_passage():
    rows = counted(
        pages(("a", "en", "peace"), ("a", "en", "talks"), ("b", "en", "truce")), ngrams=2
    )
    assert rows.empty


CORPUS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["ru", "kk", "und"]),
        st.lists(st.sampled_from(["план", "Россия", "и,", "мен", "x."]), max_size=5).map(" ".join),
        st.sampled_from(["x", "y", None]),
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(CORPUS, st.sampled_from([None, "outlet", ["outlet", "language"]]), st.integers(1, 3))
def test_counting_passages_is_counting_their_tokens(rows, by, ngrams):
    passages = pages(*[row[:3] for row in rows])
    passages = passages.assign(outlet=pd.array([row[3] for row in rows], dtype="str"))
    found = counted(passages, by=by, ngrams=ngrams, stop_words=True)
    tokens = tokenize(passages)
    naive = Counter()
    for (language, *_), words in tokens.groupby(["language", "doc_id", "passage"], observed=True):
        spans = list(words[["term", "start", "stop"]].itertuples(index=False))
        for first in range(len(spans) - ngrams + 1):
            gram = spans[first : first + ngrams]
            if all(after.start - before.stop == 1 for before, after in pairwise(gram)):
                naive[language, " ".join(word.term for word in gram)] += 1
    summed = found.groupby(["language", "term"])["n"].sum()
    assert summed.to_dict() == dict(naive)


@pytest.mark.parametrize("passages", [pages(), pages(("a", "ru", "…"))])
@pytest.mark.parametrize("by", [None, "outlet"])
def test_of_nothing_there_is_no_row(passages, by):
    rows = counted(passages, by=by)
    assert rows.empty
    assert set(TERM_COUNTS.columns) <= set(rows.columns)
    assert rows["n"].dtype == "int64"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "round"}, "no column round"),
        ({"ngrams": 0}, "ngrams: 0 counts nothing"),
        ({"least": 0}, "least: 0 counts nothing"),
    ],
)
def test_what_cannot_be_counted_is_refused(options, message):
    passages = pages(("a", "en", "talks"))
    for table in (passages, tokenize(passages)):
        with pytest.raises(ValueError, match=message):
            count_terms(table, **options)


@pytest.mark.parametrize("name", ["language", "term"])
def test_a_word_without_a_term_or_language_is_refused(name):
    tokens = tokenize(pages(("a", "en", "truce talks"), ("b", "ru", "план")))
    tokens[name] = tokens[name].mask(tokens["doc_id"] == "b")
    with pytest.raises(ValueError, match=f"tokens: 1 of 3 rows have no {name}"):
        count_terms(tokens)


def test_part_of_the_tokens_can_be_counted():
    tokens = tokenize(pages(("a", "en", "truce talks"), ("b", "en", "talks")))
    rows = count_terms(tokens[tokens["doc_id"] == "b"])
    assert rows[["term", "n", "of", "of_documents"]].to_numpy().tolist() == [["talk", 1, 1, 1]]


def test_growth_by_hand():
    passages = pages(
        ("a", "en", "truce talks truce"), ("b", "en", "talks word"), ("c", "ru", "план")
    )
    curve = growth(tokenize(passages))
    assert curve[["language", "tokens", "types", "hapaxes"]].to_numpy().tolist() == [
        ["en", 1, 1, 1],
        ["en", 2, 2, 2],
        ["en", 3, 2, 1],
        ["en", 4, 2, 0],
        ["en", 5, 3, 1],
        ["ru", 1, 1, 1],
    ]


def test_growth_of_groups_ends_with_the_whole_and_has_few_points():
    passages = pages(("a", "en", "word " * 950), ("b", "en", "talks"))
    curve = growth(tokenize(passages.assign(outlet=["x", None])), by="outlet")
    assert len(curve) == 100 + 1
    last = curve.groupby("outlet", dropna=False).last()
    assert last[["tokens", "types", "hapaxes"]].to_numpy().tolist() == [[950, 1, 0], [1, 1, 1]]


def test_growth_of_nothing():
    assert growth(tokenize(pages())).empty


def test_positions_by_hand():
    passages = pages(
        ("a", "ru", "Делегация прибыла."), ("a", "ru", "О делегациях"), ("b", "ru", "Да")
    )
    found = term_positions(tokenize(passages), "Делегация")
    assert found[["doc_id", "start", "stop", "word", "nth", "of"]].to_numpy().tolist() == [
        ["a", 0, 9, "Делегация", 1, 4],
        ["a", 21, 31, "делегациях", 4, 4],
    ]
    assert found["position"].tolist() == [0, 0.75]


def test_positions_are_of_one_language_where_one_is_given():
    tokens = tokenize(pages(("a", "ru", "план"), ("b", "kk", "план")))
    assert len(term_positions(tokens, "план")) == 2
    assert term_positions(tokens, "план", language="kk")["doc_id"].tolist() == ["b"]


def test_a_term_that_nothing_counts_as_is_refused():
    with pytest.raises(ValueError, match="no word counts as 'мир'"):
        term_positions(tokenize(pages(("a", "ru", "план"))), "мир")


@given(st.lists(st.integers(0, 12)), st.booleans())
def test_numbers_follow_the_order_of_appearance(values, spaced):
    array = np.array(values, dtype="int64") * (1000 if spaced else 1)
    codes, first = firsts(array)
    different = list(dict.fromkeys(values))
    assert codes.tolist() == [different.index(value) for value in values]
    assert first.tolist() == [values.index(value) for value in different]


@given(st.lists(st.lists(st.booleans(), max_size=5), max_size=9))
def test_flags_are_numbered_stretch_by_stretch(stretches):
    flags = np.array([flag for stretch in stretches for flag in stretch], dtype=bool)
    sizes = np.array([len(stretch) for stretch in stretches], dtype="int32")
    with mock.patch.object(numbering, "STRETCHES", 2):
        assert numbers_set(flags, sizes).tolist() == [sum(stretch) for stretch in stretches]


def test_crossed_numbers_are_equal_only_where_all_columns_are():
    pairs = [(0, 2), (1, 0), (0, 0), (0, 2), (3_000_000, 2)]
    codes = crossed(*np.array(pairs, dtype="int64").T, np.array([0, 1000, 0, 0, 1000]))
    assert len(set(codes.tolist())) == 4
    assert codes[0] == codes[3]
