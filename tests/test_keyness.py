import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from astana_kit.schema import KEYNESS
from astana_kit.terms.keyness import compare_terms

PAGE = [
    "doc_id", "start", "stop", "passage", "language", "word", "term", "counted_as", "is_stop",
    "outlet",
]  # fmt: skip


def tokens_of(pages, language="en", counted_as="lemma", stops=("the",)):
    """Tokens of pages (doc_id, outlet, passages); the words of a passage are its terms."""
    rows = [
        (doc_id, place, place + 1, passage, language, word, word, counted_as, word in stops, outlet)
        for doc_id, outlet, passages in pages
        for place, (passage, word) in enumerate(
            (number, word) for number, text in enumerate(passages) for word in text.split()
        )
    ]
    texts = {name: "category" for name in PAGE if name not in ("start", "stop", "passage")}
    return pd.DataFrame(rows, columns=PAGE).astype({**texts, "is_stop": bool})


def spread(counts, pages, of, outlet):
    """Pages of `of` words altogether that use each term equally often; "the" fills the rest."""
    share = {term: n // pages for term, n in counts.items()}
    text = " ".join(f"{term} " * n for term, n in share.items())
    rest = "the " * (of // pages - sum(share.values()))
    return [(f"{outlet}{number}", outlet, [f"{text} {rest}"]) for number in range(pages)]


# 40 of 1000 words and 10 of 1000: the rate doubles twice
TRUCE = tokens_of(
    [
        *spread({"truce": 40, "talks": 10, "round": 20}, 5, 1000, "a"),
        *spread({"truce": 10, "talks": 40, "round": 20}, 5, 1000, "b"),
    ]
)


def test_the_table_is_what_the_schema_says_and_the_surest_stand_first():
    keys = compare_terms(TRUCE, by="outlet", target="a")
    assert tuple(keys.columns) == KEYNESS.columns
    assert keys["term"].tolist() == ["truce", "round", "talks"]
    assert (keys["language"] == "en").all()
    assert (keys["counted_as"] == "lemma").all()


def test_the_measures_by_hand():
    keys = compare_terms(TRUCE, by="outlet", target="a", reference="b").set_index("term")
    truce = keys.loc["truce"]
    assert truce[["n_target", "of_target", "n_reference", "of_reference"]].tolist() == [
        40, 1000, 10, 1000,
    ]  # fmt: skip
    # 25 are expected on each side
    assert truce["log_likelihood"] == pytest.approx(
        2 * (40 * math.log(40 / 25) + 10 * math.log(10 / 25))
    )
    assert truce[["log_ratio", "percent_diff"]].tolist() == pytest.approx([2, 300])
    # the lower end of Clopper and Pearson's interval of 40 of 50, for three terms at once
    low = stats.beta.ppf(0.05 / 3 / 2, 40, 11)
    assert truce["lrc"] == pytest.approx(math.log2(low / (1 - low)))
    assert keys.loc["talks", "lrc"] == pytest.approx(-truce["lrc"])
    assert keys.loc["round", ["log_likelihood", "log_ratio", "lrc", "z"]].tolist() == [0, 0, 0, 0]
    assert truce[["documents_target", "documents_reference"]].tolist() == [5, 5]


def test_q_is_the_false_discovery_rate_over_the_terms_of_the_table():
    keys = compare_terms(TRUCE, by="outlet", target="a")
    # χ² with one degree of freedom is the square of a standard normal variable
    p = [math.erfc(math.sqrt(strength / 2)) for strength in keys["log_likelihood"]]
    assert keys["q"].tolist() == pytest.approx(stats.false_discovery_control(p).tolist())


def test_z_is_that_of_monroe_et_al_over_the_whole_vocabulary():
    keys = compare_terms(TRUCE, by="outlet", target="a").set_index("term")
    a, b = (
        Counter(TRUCE.loc[TRUCE["outlet"] == outlet, "term"].astype(str)) for outlet in ("a", "b")
    )
    prior = {term: (a[term] + b[term]) * 500 / 2000 for term in a | b}  # stop words too
    for term in ("truce", "talks", "round"):
        odds = [
            (side[term] + prior[term]) / (1000 + 500 - side[term] - prior[term]) for side in (a, b)
        ]
        error = math.sqrt(sum(1 / (side[term] + prior[term]) for side in (a, b)))
        assert keys.loc[term, "z"] == pytest.approx(math.log(odds[0] / odds[1]) / error)


def test_stop_words_and_rare_terms_have_no_row_but_count_as_words():
    tokens = tokens_of(
        [*spread({"truce": 10}, 5, 500, "a"), *spread({}, 5, 500, "b"), ("c", "b", ["once once"])]
    )
    keys = compare_terms(tokens, by="outlet", target="a")
    assert keys["term"].tolist() == ["truce"]
    assert keys[["of_target", "of_reference"]].to_numpy().tolist() == [[500, 502]]
    assert keys.loc[0, "percent_diff"] == math.inf


def test_a_comparison_without_any_term_is_an_empty_table():
    tokens = tokens_of([*spread({}, 2, 200, "a"), *spread({}, 2, 200, "b")])
    keys = compare_terms(tokens, by="outlet", target="a")
    assert keys.empty
    assert tuple(keys.columns) == KEYNESS.columns


def error_of(counts, sizes):
    """Variance of the logarithm of a rate, unit by unit, never below that of single words."""
    n, of, units = sum(counts), sum(sizes), len(counts)
    rate = n / of
    squares = sum((y - rate * size) ** 2 for y, size in zip(counts, sizes, strict=True))
    return max(squares * units / (units - 1) / n**2, 1 / n)


def test_the_interval_takes_documents_for_its_units():
    counts, sizes = {"a": [30, 2, 2, 2, 4], "b": [2, 2, 1, 2, 2]}, [100, 100, 150, 100, 50]
    tokens = tokens_of(
        [
            (f"{outlet}{page}", outlet, ["truce " * n + "the " * (size - n)])
            for outlet, found in counts.items()
            for page, (n, size) in enumerate(zip(found, sizes, strict=True))
        ]
    )
    row = compare_terms(tokens, by="outlet", target="a").loc[0]
    variances = [error_of(found, sizes) for found in counts.values()]
    both = sum(variances)
    freedom = both**2 / sum(variance**2 / 4 for variance in variances)  # Welch and Satterthwaite
    half = stats.t.ppf(0.975, freedom) * math.sqrt(both) / math.log(2)
    assert row["interval"] == "by document"
    assert [row["low"], row["high"]] == pytest.approx(
        [math.log2(40 / 9) - half, math.log2(40 / 9) + half]
    )
    # nearly all of it stands in one page: the words alone would call it sure
    assert row["lrc"] > 0 > row["low"]


def test_few_documents_are_parted_into_passages_and_the_table_says_so():
    texts = ["truce truce the " + "the " * 40, "the " * 40, "truce the " * 20]
    tokens = tokens_of([("a", "a", texts), ("b", "b", texts), ("c", "b", texts)])
    row = compare_terms(tokens, by="outlet", target="a").loc[0]
    assert row["interval"] == "by passage"
    sizes, counts = [43, 40, 40], [2, 0, 20]
    variances = [error_of(counts, sizes), error_of(counts * 2, sizes * 2)]
    freedom = sum(variances) ** 2 / (variances[0] ** 2 / 2 + variances[1] ** 2 / 5)
    half = stats.t.ppf(0.975, freedom) * math.sqrt(sum(variances)) / math.log(2)
    assert [row["low"], row["high"]] == pytest.approx([-half, half])


@pytest.mark.parametrize(("documents", "interval"), [(4, "by passage"), (5, "by document")])
def test_both_sides_need_five_documents_to_count_by_document(documents, interval):
    tokens = tokens_of(
        [*spread({"truce": 20}, documents, 400, "a"), *spread({"truce": 20}, 10, 400, "b")]
    )
    for target in "ab":
        keys = compare_terms(tokens, by="outlet", target=target)
        assert keys["interval"].tolist() == [interval]


WORDS = st.lists(st.sampled_from(["truce", "talks", "round", "the"]), min_size=40, max_size=60)


@settings(max_examples=25)
@given(st.lists(WORDS, min_size=6, max_size=6))
def test_what_is_typical_of_one_side_is_untypical_of_the_other(pages):
    tokens = tokens_of(
        [(str(page), "ab"[page % 2], [" ".join(words)]) for page, words in enumerate(pages)]
    )
    here, there = (
        compare_terms(tokens, by="outlet", target=outlet).set_index("term").sort_index()
        for outlet in "ab"
    )
    for measure in ("log_ratio", "lrc", "z"):
        assert here[measure].to_numpy() == pytest.approx(-there[measure].to_numpy(), abs=1e-9)
    assert here["low"].to_numpy() == pytest.approx(-there["high"].to_numpy())
    assert here["q"].to_numpy() == pytest.approx(there["q"].to_numpy())
    assert (here["low"] <= here["log_ratio"]).all()
    assert (here["log_ratio"] <= here["high"]).all()


def test_the_words_of_other_languages_are_left_aside_where_the_target_has_one():
    arabic = tokens_of([("d", "c", ["هدنة " * 300])], language="ar")
    both = pd.concat([TRUCE, arabic])
    pd.testing.assert_frame_equal(
        compare_terms(both, by="outlet", target="a"), compare_terms(TRUCE, by="outlet", target="a")
    )


def test_words_without_a_value_are_compared_with_too():
    tokens = TRUCE.assign(round=TRUCE["outlet"].map({"a": 22}).astype("Int64"))
    keys = compare_terms(tokens, by="round", target=22)
    assert keys["n_reference"].tolist() == [10, 20, 40]


OUTSIDE = pd.DataFrame({"term": ["truce", "talks", "round", "the"], "n": [10, 40, 20, 930]})


def test_an_outside_list_compares_like_the_corpus_that_it_counts():
    inside = compare_terms(TRUCE, by="outlet", target="a", reference="b")
    listed = compare_terms(TRUCE, by="outlet", target="a", reference_counts=OUTSIDE)
    same = [name for name in KEYNESS.columns if name not in ("documents_reference", "low", "high")]
    pd.testing.assert_frame_equal(inside[same], listed[same])
    assert listed["documents_reference"].isna().all()
    assert np.isfinite(listed[["low", "high"]].to_numpy()).all()


def test_an_outside_list_is_folded_and_its_stop_words_only_counted():
    counts = OUTSIDE.assign(term=["Truce", "talks", "round", "The"])
    keys = compare_terms(TRUCE, by="outlet", target="a", reference_counts=counts)
    assert keys["term"].tolist() == ["truce", "round", "talks"]
    assert keys["n_reference"].tolist() == [10, 20, 40]
    assert (keys["of_reference"] == 1000).all()


def test_of_an_outside_list_what_the_tokens_stop_is_a_stop_word_and_nothing_that_they_count():
    counts = OUTSIDE.assign(term=["truce", "talks", "us", "the"])
    terms = TRUCE["term"].astype("str").replace("round", "us")  # of "US", which is no stop word
    own = TRUCE.assign(term=terms)
    keys = compare_terms(own, by="outlet", target="a", reference_counts=counts)
    assert keys.set_index("term")["n_reference"].to_dict() == {"truce": 10, "talks": 40, "us": 20}
    stopped = own.assign(is_stop=own["is_stop"] | (own["term"] == "talks"))
    keys = compare_terms(stopped, by="outlet", target="a", reference_counts=counts)
    assert set(keys["term"]) == {"truce", "us"}


def test_an_outside_list_may_say_its_size_and_leave_words_out():
    whole = compare_terms(TRUCE, by="outlet", target="a", reference_counts=OUTSIDE)
    part = OUTSIDE.head(3).assign(of=1000)
    listed = compare_terms(TRUCE, by="outlet", target="a", reference_counts=part)
    pd.testing.assert_frame_equal(whole, listed)


def test_a_term_that_only_the_outside_list_has_is_untypical_of_the_target():
    more = pd.concat([OUTSIDE, pd.DataFrame({"term": ["budget"], "n": [50]})])
    keys = compare_terms(TRUCE, by="outlet", target="a", reference_counts=more)
    assert keys["term"].tolist()[-1] == "budget"
    assert keys.iloc[-1]["percent_diff"] == -100


MIXED = pd.concat([TRUCE, tokens_of(spread({"turul": 40}, 5, 600, "b"), language="tr")])
FORMS = pd.concat([TRUCE, tokens_of(spread({"truce": 40}, 5, 600, "c"), counted_as="form")])


@pytest.mark.parametrize(
    ("tokens", "asked", "message"),
    [
        (
            TRUCE,
            {"by": "outlet", "target": "c"},
            "target c is no value of outlet; these are there: a, b",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference": ["b", "d"]},
            "reference d is no value of outlet",
        ),
        (TRUCE, {"by": "outlet", "target": "a", "reference": ["a", "b"]}, "a is the target"),
        (TRUCE, {"by": "round", "target": 1}, "tokens: no column round"),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference": "b", "reference_counts": OUTSIDE},
            "two things to compare with",
        ),
        (
            MIXED,
            {"by": "language", "target": "tr"},
            r"2 languages \(en: 2000 words, tr: 600 words\).*means nothing.*Choose one",
        ),
        (MIXED, {"by": "outlet", "target": "b"}, "2 languages"),
        (MIXED, {"by": "outlet", "target": "a", "reference": "b"}, "2 languages"),
        (FORMS, {"by": "outlet", "target": "a"}, "some terms are lemmas and some forms"),
        (
            TRUCE,
            {"by": "doc_id", "target": "a0", "reference": "b0"},
            "200 words of the target, 200 of the reference, in 2 documents.*3 documents",
        ),
        (
            tokens_of([*spread({}, 2, 40, "a"), *spread({}, 2, 400, "b")]),
            {"by": "outlet", "target": "a"},
            "40 words of the target, 400 of the reference, in 4 documents.*At least 100 words",
        ),
        (
            tokens_of(spread({}, 4, 400, "a")),
            {"by": "outlet", "target": "a"},
            "400 words of the target, 0 of the reference",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference_counts": OUTSIDE.head(2)},
            "50 of the reference. At least 100",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference_counts": OUTSIDE.rename(columns={"n": "f"})},
            "reference_counts: no column n.*term, f",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference_counts": OUTSIDE.assign(n=-1)},
            "an n below 0",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference_counts": OUTSIDE.assign(language="ru")},
            "language is ru, of the target en",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference_counts": OUTSIDE.assign(of=[9, 9, 9, 8])},
            "of is 9, 8; give the words of one corpus, at least the 1000",
        ),
        (
            TRUCE,
            {"by": "outlet", "target": "a", "reference_counts": OUTSIDE.assign(of=999)},
            "of is 999;.*at least the 1000",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(tokens, asked, message):
    with pytest.raises(ValueError, match=message):
        compare_terms(tokens, **asked)
