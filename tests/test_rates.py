"""Shares by group: every expected value is counted by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana_kit import actors, documents, pages, rates, rounds

# doc_id, passage, kind, language, outlet, round: three pages of rounds, one of none
PASSAGES = pd.DataFrame(
    [
        ("a", 0, "headline", "ru", "x", 21),
        ("a", 1, "body", "ru", "x", 21),
        ("a", 2, "boilerplate", "ru", "x", 21),
        ("a", 3, "body", "ru", "x", 20),
        ("b", 0, "body", "kk", "y", 21),
        ("b", 1, "body", "kk", "y", 21),
        ("c", 0, "body", "fa", "z", 22),
        ("d", 0, "body", "tr", "y", None),
    ],
    columns=["doc_id", "passage", "kind", "language", "outlet", "round"],
).astype({"round": "Int64"})


def mentions(*rows):
    return pd.DataFrame(
        [(d, p, s, s + 4, who) for d, p, s, who in rows],
        columns=["doc_id", "passage", "start", "stop", "actor_id"],
    )


MENTIONS = mentions(
    ("a", 0, 0, "russia"),
    ("a", 0, 9, "russia"),  # twice in one passage is one passage
    ("a", 3, 80, "russia"),
    ("b", 1, 50, "russia"),
    ("c", 0, 0, "iran"),
    ("a", 1, 30, "iran"),
)


def cell(table, thing, group, measure, columns=("n", "of", "documents", "of_documents")):
    at = table[(table["thing"] == thing) & (table["measure"] == measure)]
    at = at[at["group"].isna() if group is None else at["group"] == group]
    assert len(at) == 1, at
    return tuple(at.iloc[0][list(columns)])


def test_passages_and_documents_are_counted_within_the_group():
    table = rates.count_actors(MENTIONS, PASSAGES)
    # round 21 holds a0, a1, b0, b1 (a2 is boilerplate, a3 recalls round 20)
    assert cell(table, "russia", 21, "share_of_passages") == (2, 4, 2, 2)
    assert cell(table, "russia", 21, "share_of_documents") == (2, 2, 2, 2)
    assert cell(table, "russia", 20, "share_of_passages") == (1, 1, 1, 1)
    assert cell(table, "iran", 21, "share_of_passages") == (1, 4, 1, 2)
    assert cell(table, "iran", 21, "share_of_documents", ["rate"]) == (0.5,)


def test_absence_is_a_row_and_so_are_the_passages_of_no_round():
    table = rates.count_actors(MENTIONS, PASSAGES)
    assert len(table) == 2 * 4 * 2  # two actors, rounds 20, 21, 22 and none, two measures
    assert cell(table, "russia", 22, "share_of_passages") == (0, 1, 0, 1)
    assert cell(table, "iran", None, "share_of_documents") == (0, 1, 0, 1)
    shown = table[table["measure"] == "share_of_passages"]
    assert shown["of"].sum() == 2 * 7  # nothing is dropped: seven passages for each actor
    assert table["group"].dtype == "Int64"
    assert shown["group"].isna().tolist() == [False, False, False, True] * 2  # <NA> stands last


@pytest.mark.parametrize(
    ("by", "group", "expected"),
    [
        ("language", "ru", (2, 3, 1, 1)),
        ("outlet", "y", (1, 3, 1, 2)),
        ("kind", "body", (2, 6, 2, 4)),
    ],
)
def test_any_column_of_passages_makes_groups(by, group, expected):
    table = rates.count_actors(MENTIONS, PASSAGES, by=by)
    assert cell(table, "russia", group, "share_of_passages") == expected


def test_months_and_bins_keep_their_order():
    months = PASSAGES.assign(
        published=pd.to_datetime(PASSAGES["doc_id"].map({"a": "2024-01-25", "b": "2023-12-01"}))
    )
    months["month"] = months["published"].dt.to_period("M")
    table = rates.count_actors(MENTIONS, months, by="month")
    russia = table[(table["thing"] == "russia") & (table["measure"] == "share_of_passages")]
    assert russia["group"].tolist()[:2] == [pd.Period("2023-12", "M"), pd.Period("2024-01", "M")]
    assert russia["group"].isna().tolist() == [False, False, True]
    assert russia["n"].tolist() == [1, 2, 0]
    days = rates.days_from_round(months, edges=(-100, 0, 2))
    table = rates.count_actors(MENTIONS, months.assign(days=days), by="days")
    # b: 1 December 2023 is 54 days before round 21 (24 January 2024); a: the day after; a3 looks
    # back at round 20 (20 June 2023)
    assert table["group"].drop_duplicates().tolist()[:3] == ["-100 to -1", "0 to 1", "2 and later"]
    assert cell(table, "russia", "0 to 1", "share_of_passages") == (1, 2, 1, 1)


def test_one_document_has_wilsons_interval_and_says_so():
    table = rates.count_actors(MENTIONS, PASSAGES)
    columns = ("rate", "low", "high", "interval")
    rate, low, high, interval = cell(table, "russia", 22, "share_of_passages", columns)
    z2 = 1.959964**2
    assert (rate, low, interval) == (0, 0, "wilson")
    assert high == pytest.approx(z2 / (1 + z2), abs=1e-5)  # Wilson of 0 in 1
    assert cell(table, "russia", 21, "share_of_passages", ["interval"]) == ("by document",)
    assert cell(table, "russia", 21, "share_of_documents", ["interval"]) == ("wilson",)


def test_passages_that_repeat_each_other_do_not_narrow_the_interval():
    many = pd.DataFrame({"doc_id": list("abcdef") * 2, "passage": [0] * 6 + [1] * 6})
    many = many.assign(kind="body", language="ar")
    named = mentions(*[(d, p, 10 * p, "iran") for d in "ab" for p in (0, 1)])
    named = pd.concat([named, mentions(("c", 0, 0, "iran"))])
    copy = many.assign(passage=many["passage"] + 2)
    columns = ("rate", "low", "high")
    once = rates.count_actors(named, many, by="language")
    twice = rates.count_actors(
        pd.concat([named, named.assign(passage=named["passage"] + 2)]),
        pd.concat([many, copy]),
        by="language",
    )
    expected = cell(once, "iran", "ar", "share_of_passages", columns)
    assert cell(twice, "iran", "ar", "share_of_passages", columns) == pytest.approx(expected)
    assert expected[1] < 5 / 12 < expected[2]


def test_camps_and_forms_are_counted_as_things():
    table = rates.count_actors(MENTIONS, PASSAGES, by="language", things="camp")
    assert table["thing"].unique().tolist() == ["guarantor"]
    assert cell(table, "guarantor", "ru", "share_of_passages") == (3, 3, 1, 1)
    forms = MENTIONS.assign(form=["name", "adjective", "name", "name", "name", "adjective"])
    table = rates.count_actors(forms, PASSAGES, by="language", things="form")
    assert cell(table, "adjective", "ru", "share_of_passages") == (2, 3, 1, 1)


def test_a_column_of_the_readers_own_takes_no_part():
    own = MENTIONS.assign(row=-1, kind="x", text="y")
    table = rates.count_actors(own, PASSAGES)
    pd.testing.assert_frame_equal(table, rates.count_actors(MENTIONS, PASSAGES))


def test_no_mention_gives_an_empty_table_of_the_same_columns():
    table = rates.count_actors(MENTIONS.iloc[:0], PASSAGES)
    assert table.empty
    assert table.columns.tolist() == rates.count_actors(MENTIONS, PASSAGES).columns.tolist()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda: rates.count_actors(MENTIONS, PASSAGES, by="camp"), "no column camp to group by"),
        (
            lambda: rates.count_actors(MENTIONS, PASSAGES[PASSAGES["doc_id"] != "c"]),
            "1 of .* none of the headline and body passages given.*doc_id c, start 0",
        ),
        (lambda: rates.count_actors(MENTIONS, PASSAGES, things="seat"), "no.*a column seat"),
        (
            lambda: rates.count_actors(mentions(("a", 0, 0, "nobody")), PASSAGES, things="camp"),
            "actors: no row for nobody",
        ),
        (lambda: rates.count_actors(MENTIONS, pd.concat([PASSAGES] * 2)), "doc_id a, passage 0"),
    ],
)
def test_what_would_count_wrong_is_refused(broken, says):
    with pytest.raises(ValueError, match=says):
        broken()


@settings(max_examples=50)
@given(
    places=st.sets(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 3), st.sampled_from(["iran", "turkey"]))
    ),
    rounds=st.lists(st.sampled_from([20, 21, None]), min_size=16, max_size=16),
)
def test_shares_equal_a_naive_count(places, rounds):
    passages = pd.DataFrame(
        [(d, p) for d in "abcd" for p in range(4)], columns=["doc_id", "passage"]
    )
    passages = passages.assign(kind="body", round=pd.array(rounds, "Int64"))
    found = mentions(*[(d, p, 0, who) for d, p, who in sorted(places)])
    table = rates.count_actors(found, passages)
    group_of = dict(
        zip(zip(passages["doc_id"], passages["passage"], strict=True), rounds, strict=True)
    )
    for row in table.itertuples():
        group = None if pd.isna(row.group) else row.group
        inside = {place for place, of in group_of.items() if of == group}
        hits = {(d, p) for d, p, who in places if who == row.thing} & inside
        whole, part = (
            (inside, hits)
            if row.measure == "share_of_passages"
            else ({d for d, _ in inside}, {d for d, _ in hits})
        )
        assert (row.n, row.of) == (len(part), len(whole))
        assert row.rate == pytest.approx(len(part) / len(whole))
        assert 0 <= row.low <= row.rate <= row.high <= 1


def test_days_are_counted_from_the_opening_of_the_round():
    passages = PASSAGES.assign(published=pd.Timestamp("2024-11-14"))
    days = rates.days_from_round(passages)
    assert days.tolist()[6:] == [3, pd.NA]  # round 22 opened on 11 November 2024
    assert rates.days_from_round(passages, edges=(0, 3, 4)).tolist()[6] == "3"
    with pytest.raises(ValueError, match="do not rise"):
        rates.days_from_round(passages, edges=(3, 3))
    with pytest.raises(ValueError, match="round 99 is not in the calendar, which has 1 to 22"):
        rates.days_from_round(passages.assign(round=99))


def test_the_caller_keeps_the_tables_as_they_were():
    before = MENTIONS.copy(), PASSAGES.copy()
    rates.count_actors(MENTIONS, PASSAGES, things="camp")
    pd.testing.assert_frame_equal(MENTIONS, before[0])
    pd.testing.assert_frame_equal(PASSAGES, before[1])


def test_the_seeds_are_counted_without_a_remainder():
    passages = pages.split_passages(documents.load_seeds())
    references = rounds.find_rounds(passages)
    placed = rounds.place_in_rounds(
        passages, references, rounds.assign_rounds(documents.load_seeds(), references)
    )
    mentions = actors.find_actors(placed)
    table = rates.count_actors(mentions, placed)
    shown = table[table["measure"] == "share_of_passages"].groupby("thing")
    article = placed[placed["kind"].isin(["headline", "body"])]
    named = mentions.drop_duplicates(["doc_id", "passage", "actor_id"])["actor_id"].value_counts()
    assert (shown["of"].sum() == len(article)).all()
    assert shown["n"].sum().to_dict() == named.to_dict()
    # seed 004 alone is about round 6, and names its Russian delegate
    assert cell(table, "alexander_lavrentiev", 6, "share_of_documents") == (1, 1, 1, 1)


def test_what_is_placed_stands_once_a_passage_in_the_order_it_was_found():
    counted = pd.DataFrame({"doc_id": ["b", "a", "a"], "passage": [0, 0, 1]})
    found = [("a", 1, "x"), ("b", 0, "y"), ("a", 1, None), ("a", 1, "x"), ("a", 0, "x")]
    things = pd.DataFrame(found, columns=["doc_id", "passage", "thing"])
    placed = rates.placed(things, counted, "thing")
    assert placed.to_numpy().tolist() == [[2, "x"], [0, "y"], [1, "x"]]
    by_category = rates.placed(things.astype({"doc_id": "category"}), counted, "thing")
    pd.testing.assert_frame_equal(by_category, placed)
    told = rates.tallied(placed, counted.assign(group=["g", "h", "h"]), "group")
    assert told.sizes.to_numpy().tolist() == [["g", "b", 1], ["h", "a", 2]]
    assert told.found.to_numpy().tolist() == [[1, "x", 2], [0, "y", 1]]
