"""Coverage of each language: counted by hand, and simulated where the truth is known."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from astana_kit import documents, intervals, pages
from astana_kit.actors import find_actors
from astana_kit.coverage import compare_languages
from astana_kit.schema import CONFOUNDS, DIFFERENCES, LEFT_OUT, RATES

DAY = pd.Timestamp("2018-05-15")


def corpus(**groups):
    """Passages of so many documents of four passages for each language, one outlet a document."""
    return pd.DataFrame(
        [
            (f"{language}{page}", number, "body", language, f"{language} {page % 2}", DAY)
            for language, many in groups.items()
            for page in range(many)
            for number in range(4)
        ],
        columns=["doc_id", "passage", "kind", "language", "outlet", "published"],
    )


def found(passages, rows, **thing):
    """Concept hits in the given rows of `passages`."""
    return passages.loc[list(rows), ["doc_id", "passage"]].assign(start=0, stop=4, **thing)


def simulated(  # noqa: PLR0913 - the truth, all of it
    random, *, share, pages_each, languages=("kk", "ru"), raised=None, alike=0.05
):
    """Each document draws a rate for each concept, each of its eight passages is drawn by that.

    `alike` is the intraclass correlation: how much the passages of one document agree.
    """
    spread = (1 - alike) / alike
    hits, passages = [], []
    for language in languages:
        truth = np.array(share, dtype=float)
        if raised and language == "kk":
            truth[0] = raised
        for page in range(pages_each):
            doc_id = f"{language}{page}"
            passages += [(doc_id, number, "body", language) for number in range(8)]
            rates = random.beta(spread * truth, spread * (1 - truth))
            named = np.argwhere(random.random((8, len(truth))) < rates)
            hits += [(doc_id, number, f"c{concept}") for number, concept in named.tolist()]
    return (
        pd.DataFrame(hits, columns=["doc_id", "passage", "concept_id"]),
        pd.DataFrame(passages, columns=["doc_id", "passage", "kind", "language"]),
    )


def test_shares_and_differences_by_hand():
    passages = corpus(kk=10, ru=12)
    hits = found(passages, [*range(0, 40, 2), 40, 44, 48], concept_id="truce")
    coverage = compare_languages(hits, passages)
    assert coverage.shares[["group", "n", "of"]].to_numpy().tolist() == [
        ["kk", 20, 40],
        ["ru", 3, 48],
    ]
    row = coverage.differences.iloc[0]
    assert row[["thing", "a", "b", "n_a", "of_a", "n_b", "of_b"]].tolist() == [
        *("truce", "kk", "ru"),
        *(20, 40, 3, 48),
    ]
    assert row["difference"] == pytest.approx(100 * (20 / 40 - 3 / 48))
    assert 0 < row["low"] < row["difference"] < row["high"] < 100
    in_documents = compare_languages(hits, passages, unit="document")
    assert in_documents.shares[["group", "n", "of"]].to_numpy().tolist() == [
        ["kk", 10, 10],
        ["ru", 3, 12],
    ]
    assert in_documents.differences["difference"].item() == pytest.approx(75)
    for table, contract in (
        (coverage.shares, RATES),
        (coverage.differences, DIFFERENCES),
        (coverage.confounds, CONFOUNDS),
        (coverage.left_out, LEFT_OUT),
    ):
        assert table.columns.tolist() == list(contract.columns)


def naive_welch(found, sizes, other, other_sizes):
    """Difference, and p of Welch's test on pseudo-values, for documents of equal size."""
    first, second = np.divide(found, sizes), np.divide(other, other_sizes)
    return first.mean() - second.mean(), stats.ttest_ind(first, second, equal_var=False).pvalue


def test_documents_of_one_size_have_welchs_difference_and_never_a_smaller_p():
    random = np.random.default_rng(1)
    sizes = np.full(30, 8)
    for _ in range(20):
        a, b = random.binomial(8, 0.4, 30), random.binomial(8, 0.3, 30)
        one, other = (intervals.clustered(x[None], sizes) for x in (a, b))
        seen = intervals.compare(one, other, tolerance=0)
        difference, p = naive_welch(a, sizes, b, sizes)
        assert seen.difference.item() == pytest.approx(difference)
        assert one.variance.item() == pytest.approx((a / 8).var(ddof=1) / 30)
        # the degrees of freedom are estimated otherwise, and the larger of two p is taken
        assert seen.p.item() > 0.9 * p
        assert seen.p.item() == pytest.approx(p, rel=0.3, abs=0.02)
        mirrored = intervals.compare(other, one, tolerance=0)
        assert (mirrored.low, mirrored.high) == (-seen.high, -seen.low)


def test_what_a_finder_may_miss_is_never_real():
    passages = corpus(kk=400, ru=400)
    kk = [row for row in range(1600) if row * 37 % 100 < 50]
    ru = [row for row in range(1600, 3200) if row * 37 % 100 < 42]
    hits = found(passages, kk + ru, concept_id="truce")
    row = compare_languages(hits, passages).differences.iloc[0]
    assert row["share_b"] / row["share_a"] == pytest.approx(0.84)
    assert row["p"] < 0.001
    assert (row["q"], row["beyond"]) == (1, False)
    assert row["note"].startswith("a finder may miss as much")
    trusted = compare_languages(hits, passages, tolerance=0).differences.iloc[0]
    assert (trusted["q"], trusted["beyond"]) == (trusted["p"], True)


def test_within_compares_the_same_mix_of_rounds_and_lists_the_rest():
    # kk: ten pages on round 1, ten on round 2, two on round 9; ru: forty on round 1, ten on round 2
    passages = corpus(kk=22, ru=50)
    page = passages["doc_id"].str[2:].astype(int)
    kk = passages["language"] == "kk"
    passages["round"] = np.select(
        [kk & (page < 10), kk & (page < 20), kk, page < 40], [1, 2, 9, 1], 2
    )
    # in round 1 every passage has the thing, in round 2 none: the languages do not differ
    hits = found(passages, passages.index[passages["round"] == 1], concept_id="truce")
    raw = compare_languages(hits, passages).differences.iloc[0]
    assert raw["difference"] == pytest.approx(100 * (40 / 88 - 160 / 200))
    coverage = compare_languages(hits, passages, within="round")
    row = coverage.differences.iloc[0]
    # Mantel and Haenszel: 40 · 160 / 200 = 32 of round 1, 40 · 40 / 80 = 20 of round 2
    assert row["share_a"] == pytest.approx(32 / 52)
    assert row["share_b"] == pytest.approx(32 / 52)
    assert row["q"] == 1
    assert (row["of_a"], row["of_b"], row["documents_a"]) == (80, 200, 20)
    assert coverage.left_out[
        ["group", "against", "what", "value", "documents", "passages"]
    ].to_numpy().tolist() == [["kk", "ru", "round", 9, 2, 8]]


def test_the_five_seeds_are_too_few_and_the_notes_say_so():
    passages = pages.split_passages(documents.load_seeds())
    coverage = compare_languages(find_actors(passages), passages)
    assert coverage.differences[["difference", "p", "q"]].isna().all(axis=None)
    assert coverage.differences["note"].str.contains("kk: 1 document|ru: 1 document").all()
    assert not coverage.differences["beyond"].any()
    assert (
        "Fewer than 10 documents, too few for a difference: 3 of 3 languages (kk has 1)."
        in coverage.notes
    )
    assert coverage.notes[0] == "kk, ru: outlet and language cannot be told apart."
    assert (
        coverage.differences.loc[coverage.differences["b"] == "ru", "note"]
        .str.endswith("ru: outlet and language cannot be told apart (one outlet, Эксперт KZ)")
        .all()
    )
    groups = coverage.confounds.set_index("group")
    assert groups["documents"].to_dict() == {"ar": 3, "kk": 1, "ru": 1}
    assert groups.loc["ru", ["outlets", "countries", "kinds", "one_outlet"]].tolist() == [
        *("Эксперт KZ", "KAZ", "news site"),
        True,
    ]


def test_a_wire_story_is_counted_once_and_listed():
    story = "Делегации договорились об обмене пленными и о прекращении огня в провинции. " * 2
    more = "Наблюдатели приветствовали решение и назначили следующую встречу на осень этого года."
    rows = [("a", "x", story + more), ("b", "y", story + more + " Всё."), ("c", "y", more)]
    frame = pd.DataFrame(rows, columns=["doc_id", "outlet", "text"])
    frame = frame.assign(passage=0, kind="body", language="ru", published=DAY)
    hits = frame[["doc_id", "passage"]].assign(actor_id="iran")
    coverage = compare_languages(hits, frame)
    assert coverage.shares[["n", "of"]].to_numpy().tolist() == [[2, 2]]
    assert coverage.copies[["doc_id", "copy_of"]].to_numpy().tolist() == [["b", "a"]]
    assert coverage.left_out[["what", "value", "documents"]].to_numpy().tolist() == [
        ["copy", "b", 1]
    ]
    assert "Left out as copies: 1 document, in ru." in coverage.notes
    # each outlet did print it
    assert compare_languages(hits, frame, by="outlet").shares["n"].sum() == 3


def test_no_group_is_no_group():
    passages = corpus(kk=1, ru=1, und=1)
    passages.loc[passages["language"] == "ru", "language"] = None
    hits = found(passages, [0], topic=pd.array([3], "Int64"))
    coverage = compare_languages(hits, passages)
    assert coverage.shares["group"].tolist() == ["kk"]
    assert (
        coverage.left_out[["what", "documents", "passages"]].to_numpy().tolist()
        == [["group", 1, 4]] * 2
    )
    assert coverage.notes[-1] == "One group only: there is nothing to compare it with."


def test_nothing_found_is_an_empty_table():
    passages = corpus(kk=12, ru=12)
    coverage = compare_languages(found(passages, [], actor_id="iran"), passages)
    assert coverage.shares.empty
    assert coverage.differences.empty
    assert coverage.differences.columns.tolist() == list(DIFFERENCES.columns)
    assert coverage.notes[-1] == "No difference was tested, so none is called real."


def test_six_languages_have_one_sentence_a_trouble_with_a_count_and_the_worst_case():
    passages = corpus(ar=11, en=11, fa=11, kk=12, ru=11, tr=3)
    late = passages["language"].isin(["en", "kk"])
    passages["published"] = DAY + pd.to_timedelta(late * 30 + (passages["language"] == "kk"), "D")
    dateless = passages["doc_id"].isin(["ru0", "ru1", "ar0"])
    passages = passages.assign(outlet=passages["outlet"].where(late, passages["language"]))
    passages.loc[dateless, "published"] = pd.NaT
    hits = found(passages, [0, 80], concept_id="truce")
    assert compare_languages(hits, passages).notes == [
        "ar, fa, ru, tr: outlet and language cannot be told apart.",
        "Without a day: 3 documents, most in ru (2).",
        "Time and language cannot be told apart, no day in common: ar and kk, and 8 pairs more.",
        "Fewer than 10 documents, too few for a difference: 1 of 6 languages (tr has 3).",
        "No difference was tested, so none is called real.",
    ]


PASSAGES = corpus(kk=1, ru=1)
HITS = found(PASSAGES, [0, 4], concept_id="truce")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda: compare_languages(HITS.drop(columns="concept_id"), PASSAGES), "things: none of"),
        (lambda: compare_languages(HITS, PASSAGES, unit="word"), 'unit: "word"'),
        (lambda: compare_languages(HITS, PASSAGES, by="camp"), "no column camp to group by"),
        (lambda: compare_languages(HITS, PASSAGES, within="round"), "no column round"),
        (lambda: compare_languages(HITS, PASSAGES, tolerance=1), "tolerance: 1"),
        (lambda: compare_languages(HITS, PASSAGES[:4]), "1 of 2 lie in none of the headline"),
        (
            lambda: compare_languages(HITS.rename(columns={"concept_id": "term"}), PASSAGES),
            "words of kk, ru are no common unit",
        ),
    ],
)
def test_what_would_compare_wrong_is_refused(broken, says):
    with pytest.raises(ValueError, match=says):
        broken()


def test_where_nothing_differs_next_to_nothing_is_called_real():
    random = np.random.default_rng(6)
    share = random.uniform(0.03, 0.4, 40)
    called = [
        (
            compare_languages(*simulated(random, share=share, pages_each=40)).differences["q"]
            < 0.05
        ).any()
        for _ in range(8)
    ]
    assert sum(called) <= 2  # 5 in 100 are allowed; three of eight would come once in 170 runs


def test_a_planted_difference_is_found():
    random = np.random.default_rng(7)
    hit = 0
    for _ in range(8):
        made = simulated(random, share=[0.2] * 60, pages_each=40, raised=0.4)
        table = compare_languages(*made).differences
        hit += (table.loc[table["thing"] == "c0", "q"] < 0.05).any()
    assert hit >= 5


def test_intervals_of_a_share_hold_the_truth():
    random = np.random.default_rng(9)
    share = [0.2] * 150
    languages = ("kk", "ru", "ar", "tr")
    made = simulated(random, share=share, pages_each=10, languages=languages, alike=0.2)
    shares = compare_languages(*made).shares
    held = ((shares["low"] <= 0.2) & (shares["high"] >= 0.2)).mean()
    assert len(shares) == 600
    assert 0.92 <= held <= 0.985
