"""Pairs in one sentence: every expected value is counted by hand."""

import math

import pandas as pd
import pytest

from astana_kit.actors import together


def mentions(*rows):
    return pd.DataFrame(
        [(d, p, s, s + 4, who) for d, p, s, who in rows],
        columns=["doc_id", "passage", "start", "stop", "actor_id"],
    )


def spans(count, doc_id="a"):
    """`count` sentences of 9 characters, one character apart."""
    return pd.DataFrame(
        {"doc_id": doc_id, "start": range(0, 10 * count, 10), "stop": range(9, 10 * count, 10)}
    )


def test_two_that_are_always_named_together():
    # 8 sentences: iran and russia together in the first 4, turkey alone in the fifth
    rows = [
        ("a", 0, 10 * s + at, who) for s in range(4) for at, who in ((0, "russia"), (5, "iran"))
    ]
    table = together.co_mentions(mentions(*rows, ("a", 0, 40, "turkey")), spans(8))
    (pair,) = table.itertuples()
    assert (pair.a, pair.b, pair.n, pair.n_a, pair.n_b, pair.of) == ("iran", "russia", 4, 4, 4, 8)
    assert (pair.expected, pair.npmi, pair.documents) == (2, 1, 1)
    assert pair.p == pytest.approx(1 / 70)  # one of the ways to choose 4 sentences of 8
    assert pair.q == pytest.approx(3 / 70)  # three pairs were there to be seen
    assert pair.log_odds == pytest.approx(math.log2(4.5 * 4.5 / 0.25))
    half = 1.959964 * math.sqrt(2 / 4.5 + 2 / 0.5) / math.log(2)
    assert pair.z == pytest.approx(math.log(81) / math.sqrt(2 / 4.5 + 2 / 0.5))
    assert (pair.low, pair.high) == pytest.approx((pair.log_odds - half, pair.log_odds + half))


def test_frequency_alone_and_one_chance_meeting_do_not_lead():
    # syria is in all 40 sentences; the guarantors meet 8 times; a pair of strangers meets once
    rows = [("a", 0, 10 * s, "syria") for s in range(40)]
    rows += [
        ("a", 0, 10 * s + at, who) for s in range(8) for at, who in ((2, "iran"), (4, "turkey"))
    ]
    rows += [("a", 0, 395, "egypt"), ("a", 0, 397, "qatar")]
    table = together.co_mentions(mentions(*rows), spans(40))
    assert table.loc[0, ["a", "b"]].tolist() == ["iran", "turkey"]
    # log odds of a chance meeting are as high: 1.5 * 39.5 / 0.25 is 237, 8.5 * 32.5 / 0.25 is 1105
    assert table.loc[1, ["a", "b"]].tolist() == ["egypt", "qatar"]
    assert table.loc[1, "z"] < 3 < table.loc[0, "z"]
    with_syria = table[table["b"] == "syria"]
    assert with_syria["n"].max() == 8  # as often together as the guarantors are
    assert (with_syria["npmi"] == 0).all()  # but no more than chance
    assert (with_syria["p"] == 1).all()


def test_a_sentence_counts_an_actor_once_and_pages_are_kept_apart():
    rows = [("a", 0, 0, "iran"), ("a", 0, 3, "iran"), ("a", 0, 6, "qatar"), ("b", 0, 0, "qatar")]
    table = together.co_mentions(mentions(*rows), pd.concat([spans(2), spans(1, "b")]))
    assert table[["a", "b", "n", "n_a", "n_b", "of"]].to_numpy().tolist() == [
        ["iran", "qatar", 1, 1, 2, 3]
    ]


def test_a_mention_outside_of_all_sentences_is_refused():
    for where in (("a", 0, 9, "iran"), ("c", 0, 0, "iran")):
        message = f"none of the sentences.*doc_id {where[0]}, start {where[2]}"
        with pytest.raises(ValueError, match=message):
            together.co_mentions(mentions(where, ("a", 0, 0, "iran")), spans(3))


def test_nobody_together_gives_an_empty_table():
    table = together.co_mentions(mentions(("a", 0, 0, "iran")), spans(1))
    assert table.empty
    assert {"a", "b", "n", "q"} <= set(table.columns)
