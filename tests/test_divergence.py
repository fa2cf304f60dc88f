"""What parts two groups: Lin's divergence by hand, its parts, and what chance alone gives."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import distance

from astana_kit.coverage.divergence import coverage_divergence
from astana_kit.measures import divergence_parts
from astana_kit.schema import DIVERGENCES, PARTS

COUNTS = st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any)


@given(COUNTS, COUNTS)
def test_the_parts_sum_to_the_divergence(a, b):
    parts = divergence_parts(a, b)
    assert (parts >= 0).all()
    # scipy gives the root
    assert parts.sum() == pytest.approx(distance.jensenshannon(a, b, base=2) ** 2, abs=1e-9)
    assert divergence_parts(b, a) == pytest.approx(parts)
    assert divergence_parts(np.multiply(3, a), b) == pytest.approx(parts)


def test_the_ends_of_the_scale():
    assert divergence_parts([3, 0], [0, 5]).sum() == pytest.approx(1)
    assert divergence_parts([3, 6], [1, 2]).sum() == pytest.approx(0)
    assert np.isnan(divergence_parts([0, 0], [1, 2])).all()


def pages(random, truth, *, languages=("kk", "ru"), each=20):
    """Concept hits and passages: one passage in three things' rates, eight a document."""
    hits, passages = [], []
    for language in languages:
        for page in range(each):
            doc_id = f"{language}{page}"
            passages += [(doc_id, number, "body", language) for number in range(8)]
            rates = random.beta(9 * truth[language], 9 * (1 - truth[language]))
            named = np.argwhere(random.random((8, len(rates))) < rates)
            hits += [(doc_id, number, f"c{concept}") for number, concept in named.tolist()]
    return (
        pd.DataFrame(hits, columns=["doc_id", "passage", "concept_id"]),
        pd.DataFrame(passages, columns=["doc_id", "passage", "kind", "language"]),
    )


SAME = np.array([0.1, 0.2, 0.3, 0.4])


def test_chance_alone_brings_groups_as_far_apart():
    random = np.random.default_rng(3)
    seen = pd.concat(
        [
            coverage_divergence(*pages(random, {"kk": SAME, "ru": SAME})).divergences
            for _ in range(15)
        ]
    )
    assert seen["divergence"].mean() == pytest.approx(seen["chance"].mean(), rel=0.4)
    assert (seen["p"] < 0.05).sum() <= 3
    assert (seen["low"] <= 0.001).mean() > 0.8


def test_what_parts_two_groups_comes_first():
    random = np.random.default_rng(4)
    found = coverage_divergence(*pages(random, {"kk": SAME, "ru": SAME[[3, 1, 2, 0]]}))
    row = found.divergences.iloc[0]
    assert row["p"] < 0.01
    assert row["chance"] < row["chance_high"] < row["divergence"]
    assert row["excess"] == pytest.approx(row["divergence"] - row["chance"])
    truth = divergence_parts(SAME, SAME[[3, 1, 2, 0]]).sum()
    assert row["low"] < truth < row["high"]
    parts = found.parts
    assert set(parts["thing"][:2]) == {"c0", "c3"}
    assert parts.set_index("thing")["more_in"][["c0", "c3"]].tolist() == ["ru", "kk"]
    assert parts["part"].sum() == pytest.approx(row["divergence"])
    assert parts[["of_a", "of_b"]].sum().tolist() == pytest.approx([1, 1])
    assert found.divergences.columns.tolist() == list(DIVERGENCES.columns)
    assert parts.columns.tolist() == list(PARTS.columns)


def test_the_seed_decides():
    made = pages(np.random.default_rng(5), {"kk": SAME, "ru": SAME})
    one, again, other = (coverage_divergence(*made, seed=seed).divergences for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert one["chance"].item() != other["chance"].item()


def test_a_few_pages_have_a_divergence_and_no_interval():
    made = pages(np.random.default_rng(6), {"kk": SAME, "ru": SAME}, each=3)
    row = coverage_divergence(*made).divergences.iloc[0]
    assert row["divergence"] > 0
    assert row[["low", "high", "chance", "p", "q"]].isna().all()
    assert row["note"] == "kk: 3 documents, ru: 3 documents, 10 are needed to compare"


def test_nothing_found_diverges_from_nothing():
    hits, passages = pages(np.random.default_rng(7), {"kk": SAME, "ru": SAME})
    found = coverage_divergence(hits[:0], passages)
    assert np.isnan(found.divergences["divergence"].item())
    assert found.parts.empty
    one = coverage_divergence(hits[hits["doc_id"].str.startswith("kk")], passages)
    assert np.isnan(one.divergences[["divergence", "p"]].to_numpy()).all()
