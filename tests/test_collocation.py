import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana_kit.schema import COLLOCATIONS
from astana_kit.terms.collocation import collocations


def tokens_of(passages, language="en", stops=("the",), **columns):
    """Tokens of passages (doc_id, text); a word may be written word/term."""
    rows = []
    for passage, (doc_id, text) in enumerate(passages):
        for place, word in enumerate(text.split()):
            written, _, term = word.partition("/")
            rows.append((doc_id, place, passage, written, term or written, written in stops))
    frame = pd.DataFrame(rows, columns=["doc_id", "start", "passage", "word", "term", "is_stop"])
    frame = frame.assign(stop=frame["start"] + 1, language=language, counted_as="lemma", **columns)
    texts = ["doc_id", "language", "word", "term", "counted_as", *columns]
    return frame.astype({**dict.fromkeys(texts, "category"), "is_stop": bool})


def row_of(tokens, word, collocate, **options):
    found = collocations(tokens, word, **{"least": 1, **options})
    return found.set_index("collocate").loc[collocate]


# places              0      1    2     3     4   5     6     7     8
TRUCE = [("a", "lasting truce the lasting peace needs truce talks soon")]


def test_the_counts_by_hand():
    row = row_of(tokens_of(TRUCE), "truce", "lasting", span=2)
    # windows: places 0, 2, 3 and 4, 5, 7, 8; "lasting" stands in them at 0 and 3, both times in
    # the first, so that only one truce has it near
    assert row[["n", "f_x", "f_y", "of", "near", "window"]].tolist() == [1, 2, 2, 9, 2, 7]
    assert row["log_dice"] == pytest.approx(14 + math.log2(2 * 1 / (2 + 2)))


def test_the_measures_compare_words_in_the_windows_with_words_outside():
    text = "old truce holds " * 3 + "old rules and other old rules " * 5
    row = row_of(tokens_of([("a", text)]), "truce", "old", span=1)
    # 39 words, 3 of them truce; 6 stand beside one, of which 3 are old; 10 of the 30 others are
    assert row[["n", "f_x", "f_y", "of", "near", "window"]].tolist() == [3, 3, 13, 39, 3, 6]
    assert row["delta_p"] == pytest.approx(3 / 6 - 10 / 30)
    assert row["delta_p_back"] == pytest.approx(3 / 13 - 3 / 23)
    # observed and expected in the four cells: old or not, inside or outside
    cells = [(3, 13 * 6 / 36), (10, 13 * 30 / 36), (3, 23 * 6 / 36), (20, 23 * 30 / 36)]
    assert row["log_likelihood"] == pytest.approx(2 * sum(o * math.log(o / e) for o, e in cells))
    assert row["npmi"] == pytest.approx(math.log(3 * 36 / (6 * 13)) / -math.log(3 / 36))
    assert row["log_dice"] == pytest.approx(14 + math.log2(2 * 3 / (3 + 13)))


def test_a_word_as_frequent_near_the_node_as_elsewhere_stands_there_by_chance():
    # of ten words round each truce one is "news", and so is one of ten elsewhere
    near = "o o o o news truce o o o o o "
    row = row_of(tokens_of([("a", near * 4 + "news o o o o o o o o o " * 20)]), "truce", "news")
    assert row[["delta_p", "npmi", "log_likelihood"]].tolist() == pytest.approx([0, 0, 0])


def test_a_window_ends_with_its_passage_and_its_page():
    tokens = tokens_of([("a", "one truce"), ("a", "two"), ("b", "three")])
    found = collocations(tokens, "truce", least=1)
    assert found["collocate"].tolist() == ["one"]
    assert found.loc[0, "window"] == 1


def test_stop_words_fill_places_and_are_no_collocates():
    tokens = tokens_of([("a", "far the the truce the near")])
    found = collocations(tokens, "truce", span=2, least=1)
    assert found["collocate"].tolist() == ["near"]
    assert found.loc[0, "window"] == 4


def test_rare_pairs_are_left_out_and_the_most_exclusive_stands_first():
    text = "lasting truce now " * 3 + "now then " * 9 + "odd truce"
    found = collocations(tokens_of([("a", text)]), "truce", span=1)
    assert found["collocate"].tolist() == ["lasting", "now"]
    assert (found["n"] >= 3).all()


def test_nothing_frequent_enough_is_an_empty_table_of_the_same_columns():
    found = collocations(tokens_of(TRUCE), "truce")
    assert found.empty
    assert tuple(found.columns) == COLLOCATIONS.columns


def test_where_no_word_lies_outside_the_windows_there_is_nothing_to_compare():
    row = row_of(tokens_of([("a", "lasting truce")]), "truce", "lasting")
    missing = ["log_likelihood", "delta_p", "delta_p_back", "npmi"]
    assert np.isnan(row[missing].astype(float)).all()
    assert row["log_dice"] == 14


def test_documents_are_those_where_the_two_stand_together():
    pages = [("a", "lasting truce"), ("b", "lasting truce"), ("c", "lasting peace")]
    assert row_of(tokens_of(pages), "truce", "lasting")["documents"] == 2


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("ru", "помощь/помощь беженцам/беженец", ["беженец", "Беженцам", " «беженцев» "]),
        ("ar", "عودة/عودة اللاجئين/لاجي", ["لاجئ", "اللاجئين", "لاجئين"]),
        ("kk", "босқындарға/босқын көмек/көмек", ["босқын", "босқындарға"]),
        ("en", "aid/aid refugees/refugee", ["refugee", "Refugees"]),
        ("tr", "mültecilere/mülteci yardım/yardım", ["mülteci", "Mültecilere", "mültecilerin"]),
        ("fa", "کمک/كمك پناهندگان/پناهنده", ["پناهنده", "پناهندگان"]),
    ],
)
def test_the_reader_types_a_lemma_or_any_form_of_it(language, text, asked):
    tokens = tokens_of([("a", text)], language=language)
    for word in asked:
        assert len(collocations(tokens, word, least=1)) == 1, word


def test_the_forms_of_an_actors_name_are_one_node():
    # "guarantors" is a name of the gazetteer and counts for itself
    tokens = tokens_of([("a", "one guarantor spoke"), ("a", "the guarantors spoke")])
    for word in ("guarantor", "guarantors"):
        found = collocations(tokens, word, least=1).set_index("collocate")
        assert found.index.tolist() == ["spoke", "one"]
        assert found.loc["spoke", ["n", "f_x"]].tolist() == [2, 2]


def test_a_form_has_the_term_that_the_pages_give_it_most_often():
    text = "прочной стали/сталь много стали/сталь они стали/стать помогать"
    tokens = tokens_of([("a", text)], language="ru")
    assert set(collocations(tokens, "стали", least=1)["node"]) == {"сталь"}


def test_each_language_is_counted_for_itself():
    tokens = pd.concat(
        [
            tokens_of([("a", "СИРИЯ/сирия мир/мир")], language="ru"),
            tokens_of([("b", "Сирия/сирия бейбіт/бейбіт ел/ел")], language="kk"),
        ]
    )
    found = collocations(tokens, "Сирия", least=1)
    assert found[["language", "collocate", "of"]].to_numpy().tolist() == [
        ["kk", "бейбіт", 3],
        ["kk", "ел", 3],
        ["ru", "мир", 2],
    ]


def test_each_value_of_by_is_counted_for_itself_also_a_missing_one():
    pages = [("a", "lasting truce"), ("b", "fragile truce"), ("c", "broken truce")]
    tokens = tokens_of(pages)
    rounds = tokens["doc_id"].astype(str).map({"a": 8, "b": 9}).astype("Int64")
    found = collocations(tokens.assign(round=rounds), "truce", by="round", least=1)
    assert found.columns[0] == "round"
    assert found["round"].dtype == "Int64"
    assert found["collocate"].tolist() == ["lasting", "fragile", "broken"]
    assert found["round"].isna().tolist() == [False, False, True]
    assert (found["of"] == 2).all()


@pytest.mark.parametrize(
    ("word", "options", "message"),
    [
        ("ceasefire", {}, r"'ceasefire' stands nowhere, in no form \(en: 9 words\)"),
        ("truce talks", {}, "not one word.*find"),
        ("", {}, "not one word"),
        ("truce", {"span": 0}, "span=0, least=3: give 1 or more"),
        ("truce", {"least": 0}, "least=0"),
        ("truce", {"by": "round"}, "tokens: no column round"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(word, options, message):
    with pytest.raises(ValueError, match=message):
        collocations(tokens_of(TRUCE), word, **options)


def naive(passages, span):
    """Counts of each collocate of "x", place by place."""
    counts = {}
    everything = [word for _, words in passages for word in words]
    window = set()
    near, nodes = {}, {}
    for number, (_, words) in enumerate(passages):
        for place, word in enumerate(words):
            if word != "x":
                continue
            for other in range(max(0, place - span), min(len(words), place + span + 1)):
                if words[other] != "x":
                    window.add((number, other))
                    near.setdefault(words[other], set()).add((number, other))
                    nodes.setdefault(words[other], set()).add((number, place))
    for word, places in near.items():
        if word != "the":
            together = min(len(places), len(nodes[word]))
            pages = {passages[number][0] for number, _ in places}
            counts[word] = (
                together, everything.count("x"), everything.count(word), len(everything),
                len(places), len(window), len(pages),
            )  # fmt: skip
    return counts


PASSAGES = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.lists(st.sampled_from(["x", "y", "z", "the"]), min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(PASSAGES.map(sorted), st.integers(1, 4))
def test_the_counts_are_those_of_counting_place_by_place(passages, span):
    passages = [*passages, ("b", ["x", "y"])]
    tokens = tokens_of([(doc_id, " ".join(words)) for doc_id, words in passages])
    found = collocations(tokens, "x", span=span, least=1).set_index("collocate")
    columns = ["n", "f_x", "f_y", "of", "near", "window", "documents"]
    assert {word: tuple(row) for word, row in found[columns].iterrows()} == naive(passages, span)
    assert (found["n"] <= found[["f_x", "f_y"]].min(axis=1)).all()
    # from the other end the two stand together as often
    for word in found.index:
        assert row_of(tokens, word, "x", span=span)["n"] == found.loc[word, "n"]
