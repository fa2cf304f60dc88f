"""Expected values come from the published example of each formula, or from its plain definition."""

import math
import operator
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from astana_kit import intervals, measures

# Dispersion -------------------------------------------------------------------------------------

# Gries (2020, "Analyzing dispersion"): 50 words in five parts; s = (.18, .2, .2, .2, .22) and
# v = (1, 2, 3, 4, 5) for the word a
GRIES = [
    part.split()
    for part in (
        "b a m n i b e u p",
        "b a s a t b e w q n",
        "b c a g a b e s t a",
        "b a g h a b e a a t",
        "b a h a a b e a x a t",
    )
]
GRIES_SIZES = [len(part) for part in GRIES]


def gries_counts(word):
    return [part.count(word) for part in GRIES]


def plain_dp(counts, sizes):
    """Deviation of proportions (DP, DPnorm) from its definition, in exact fractions."""
    expected = [Fraction(size, sum(sizes)) for size in sizes]
    observed = [Fraction(count, sum(counts)) for count in counts]
    deviation = sum(abs(o - e) for o, e in zip(observed, expected, strict=True)) / 2
    return deviation, deviation / (1 - min(expected))


def test_the_word_a_of_gries_deviates_by_18_per_cent():
    assert GRIES_SIZES == [9, 10, 10, 10, 11]
    assert gries_counts("a") == [1, 2, 3, 4, 5]
    assert measures.dp(gries_counts("a"), GRIES_SIZES, normalised=False) == pytest.approx(0.18)
    assert measures.dp(gries_counts("a"), GRIES_SIZES) == pytest.approx(0.18 / 0.82)


def test_dp_of_lynes_allemand_as_tlda_prints_it():
    # Lyne (1985, pp. 85, 299); the readme of tlda 0.1.0 prints 0.4990705, which is the plain DP
    counts = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
    sizes = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
    deviation = measures.dp(counts, sizes, normalised=False)
    assert deviation == pytest.approx(0.4990705, abs=5e-8)
    assert measures.dp(counts, sizes) == pytest.approx(deviation / (1 - 7930 / 80_577))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([0, 0, 7], 1), ([4, 4, 2], 0), ([1, 1, 0], Fraction(2, 10) / Fraction(8, 10))],
)
def test_dp_from_even_to_all_in_the_smallest_part(counts, expected):
    assert measures.dp(counts, [40, 40, 20]) == pytest.approx(float(expected))


def test_a_sparse_matrix_has_the_dp_of_its_rows():
    words = ["a", "b", "m", "zz"]
    dense = np.array([gries_counts(word) for word in words])
    row, part = dense.nonzero()
    # each count in two halves, and a stored zero, as a matrix built by adding up may hold them
    halves = sparse.csr_array(
        (
            np.append(np.repeat(dense[row, part] / 2, 2), 0),
            np.append(np.repeat(part, 2), 0),
            np.cumsum([0, *(2 * np.count_nonzero(dense[:3], axis=1)), 1]),
        ),
        shape=dense.shape,
    )
    expected = [*(float(plain_dp(gries_counts(word), GRIES_SIZES)[1]) for word in words[:3]), None]
    for table in (dense, sparse.csc_matrix(dense), halves):
        assert measures.dp(table, GRIES_SIZES).tolist() == pytest.approx(
            [*expected[:3], math.nan], nan_ok=True
        )


def test_one_part_has_no_normalised_dp():
    assert math.isnan(measures.dp([3], [10]))
    assert measures.dp([3], [10], normalised=False) == 0


@st.composite
def parts(draw):
    """Counts of a term, not all 0, and the sizes of two or more parts."""
    sizes = draw(st.lists(st.integers(1, 500), min_size=2, max_size=12))
    counts = [draw(st.integers(0, size)) for size in sizes]
    assume(any(counts))
    return counts, sizes


@given(parts(), st.randoms(use_true_random=False))
def test_dp_is_its_definition_and_knows_no_order(example, random):
    counts, sizes = example
    plain, normalised = plain_dp(counts, sizes)
    assert measures.dp(counts, sizes, normalised=False) == pytest.approx(float(plain))
    assert measures.dp(counts, sizes) == pytest.approx(float(normalised))
    assert 0 <= measures.dp(counts, sizes) <= 1 + 1e-12
    order = random.sample(range(len(sizes)), len(sizes))
    shuffled = measures.dp([counts[i] for i in order], [sizes[i] for i in order])
    assert shuffled == pytest.approx(float(normalised))


# Keyness ----------------------------------------------------------------------------------------


@st.composite
def two_corpora(draw, lowest=0):
    """A term's count and the words, in two corpora."""
    n_a, n_b = draw(st.integers(1, 100_000)), draw(st.integers(1, 100_000))
    return (
        draw(st.integers(min(lowest, n_a), n_a)),
        n_a,
        draw(st.integers(min(lowest, n_b), n_b)),
        n_b,
    )


def plain_g2(cells, expected):
    return 2 * sum(o * math.log(o / e) for o, e in zip(cells, expected, strict=True) if o)


def lancaster(a, n_a, b, n_b):
    """G² as the log-likelihood calculator at Lancaster explains it: two cells."""
    both = Fraction(a + b, n_a + n_b)
    return plain_g2([a, b], [n_a * both, n_b * both])


def dunning(a, n_a, b, n_b):
    """G² of Dunning (1993): four cells."""
    both = Fraction(a + b, n_a + n_b)
    return plain_g2(
        [a, b, n_a - a, n_b - b], [n_a * both, n_b * both, n_a * (1 - both), n_b * (1 - both)]
    )


@pytest.mark.parametrize(
    ("a", "n_a", "b", "n_b", "expected"),
    [
        (20, 1000, 0, 1000, 40 * math.log(2)),  # expected 10 and 10
        (0, 1000, 20, 1000, 40 * math.log(2)),
        (30, 1000, 10, 1000, 60 * math.log(1.5) + 20 * math.log(0.5)),  # expected 20 and 20
        (5, 100, 50, 1000, 0),
        (0, 100, 0, 1000, 0),
    ],
)
def test_log_likelihood_by_hand(a, n_a, b, n_b, expected):
    assert measures.log_likelihood(a, n_a, b, n_b) == pytest.approx(expected, abs=1e-12)


# Pairs of neighbouring words by −2 log λ (Dunning 1993, table 2): both, the first alone, the second
# alone, neither
@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "printed"),
    [
        (110, 2442, 111, 29114, 270.72),  # the swiss
        (29, 13, 123, 31612, 263.90),  # can be
        (31, 23, 139, 31584, 256.84),  # previous year
        (10, 0, 3, 31764, 167.23),  # mineral water
        (76, 104, 2476, 29121, 157.21),  # at the
        (16, 16, 51, 31694, 157.03),  # real terms
        (9, 0, 5, 31763, 146.80),  # natural gas
        (16, 0, 865, 30896, 115.02),  # owing to
        (10, 9, 41, 31717, 104.53),  # health insurance
        (8, 2, 27, 31740, 100.96),  # stiff competition
    ],
)
def test_of_a_term_and_of_all_others_it_adds_up_to_the_table_of_dunning(
    both, first, second, neither, printed
):
    sizes = both + first, second + neither
    of_term = measures.log_likelihood(both, sizes[0], second, sizes[1])
    of_others = measures.log_likelihood(first, sizes[0], neither, sizes[1])
    assert round(of_term + of_others, 2) == printed


def test_the_two_cells_come_near_the_four_while_a_term_is_rare():
    rare, common = (30, 100_000, 10, 100_000), (30_000, 100_000, 10_000, 100_000)
    assert measures.log_likelihood(*rare) == pytest.approx(dunning(*rare), rel=1e-3)
    assert measures.log_likelihood(*common) < 0.9 * dunning(*common)


@given(two_corpora())
def test_log_likelihood_is_its_definition_and_symmetric(corpora):
    a, n_a, b, n_b = corpora
    found = measures.log_likelihood(a, n_a, b, n_b)
    assert found == pytest.approx(lancaster(a, n_a, b, n_b), abs=1e-6, rel=1e-9)
    assert found == pytest.approx(measures.log_likelihood(b, n_b, a, n_a), abs=1e-9)
    assert found >= 0


@pytest.mark.parametrize(("times", "expected"), [(1, 0), (2, 1), (4, 2), (8, 3), (16, 4)])
def test_each_doubling_of_the_rate_is_one_more_log_ratio(times, expected):
    # the table of Hardie (2014)
    assert measures.log_ratio(5 * times, 10_000, 10, 20_000) == pytest.approx(expected)
    assert measures.log_ratio(10, 20_000, 5 * times, 10_000) == pytest.approx(-expected)


def test_a_zero_is_half_a_word_to_log_ratio():
    # Hardie (2014): a frequency of 0 is replaced by 0.5
    assert measures.log_ratio(8, 1000, 0, 1000) == pytest.approx(4)
    assert measures.log_ratio(0, 1000, 8, 1000) == pytest.approx(-4)
    assert math.isnan(measures.log_ratio(0, 1000, 0, 1000))


def test_percent_diff_of_gabrielatos_and_marchi():
    # slide 18: 206,523 in 959,641 words against 178,174 in 1,562,358
    assert measures.percent_diff(206_523, 959_641, 178_174, 1_562_358) == pytest.approx(
        88.7, abs=0.05
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"), [(20, 10, 100), (5, 10, -50), (0, 10, -100), (3, 0, math.inf)]
)
def test_percent_diff_by_hand(a, b, expected):
    assert measures.percent_diff(a, 1000, b, 1000) == pytest.approx(expected)


def test_percent_diff_of_a_term_in_neither_corpus_is_missing():
    assert math.isnan(measures.percent_diff(0, 1000, 0, 1000))


def binomial_tail(k, n, p):
    """P(X ≥ k) for X binomial."""
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def plain_lrc(a, n_a, b, n_b, alpha):
    """LRC of an over-used term, its exact interval found by bisection (Evert 2022)."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if binomial_tail(a, a + b, middle) < alpha / 2:
            low = middle
        else:
            high = middle
    return max(0.0, math.log2(n_b / n_a * low / (1 - low)))


@pytest.mark.parametrize(
    ("a", "n_a", "b", "n_b", "alpha"),
    [(100, 1000, 25, 1000, 0.05), (40, 900, 60, 3000, 0.001), (12, 500, 0, 700, 0.05)],
)
def test_lrc_is_the_exact_bound_nearest_to_zero(a, n_a, b, n_b, alpha):
    expected = plain_lrc(a, n_a, b, n_b, alpha)
    assert expected > 0
    assert measures.lrc(a, n_a, b, n_b, alpha) == pytest.approx(expected, abs=1e-9)
    assert measures.lrc(b, n_b, a, n_a, alpha) == pytest.approx(-expected, abs=1e-9)


def test_lrc_is_zero_where_nothing_is_shown():
    assert measures.lrc([3, 10, 0], 1000, [0, 9, 0], 1000).tolist() == [0, 0, 0]


@given(two_corpora(lowest=1))
def test_lrc_is_nearer_to_zero_than_log_ratio_and_never_across(corpora):
    cautious, ratio = measures.lrc(*corpora), measures.log_ratio(*corpora)
    assert abs(cautious) <= abs(ratio) + 1e-9
    assert cautious * ratio >= 0
    a, n_a, b, n_b = corpora
    assert cautious == pytest.approx(-measures.lrc(b, n_b, a, n_a), abs=1e-9)
    assert abs(measures.lrc(*corpora, alpha=0.001)) <= abs(cautious) + 1e-12


def plain_log_odds_z(counts_a, counts_b, prior):
    """Log odds, variance and z of Monroe et al. (2008), term by term."""
    n_a, n_b, weight = sum(counts_a), sum(counts_b), sum(prior)
    found = []
    for y_a, y_b, alpha in zip(counts_a, counts_b, prior, strict=True):
        odds_a = (y_a + alpha) / (n_a + weight - y_a - alpha)
        odds_b = (y_b + alpha) / (n_b + weight - y_b - alpha)
        variance = 1 / (y_a + alpha) + 1 / (y_b + alpha)
        found.append((math.log(odds_a) - math.log(odds_b)) / math.sqrt(variance))
    return found


VOCABULARY = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500), st.floats(0.01, 50)),
    min_size=2,
    max_size=20,
)


@given(VOCABULARY)
def test_log_odds_z_is_its_definition_and_changes_sign(rows):
    a, b, prior = (list(column) for column in zip(*rows, strict=True))
    found = measures.log_odds_z(a, b, prior)
    assert found == pytest.approx(plain_log_odds_z(a, b, prior), abs=1e-9)
    assert found == pytest.approx(-measures.log_odds_z(b, a, prior), abs=1e-9)


def test_a_stronger_prior_draws_a_rare_term_to_zero():
    weak, strong = (
        abs(measures.log_odds_z([3, 997], [0, 1000], [scale * 0.001, scale * 0.999])[0])
        for scale in (100, 100_000)
    )
    assert strong < weak / 2


# Association ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f_xy", "f_x", "f_y", "expected"),
    [
        (70, 70, 70, 14),  # Rychlý (2008): 14 where each stands only with the other
        (35, 70, 70, 13),  # one less is half as often
        (1, 16_384, 16_384, 0),  # 0 is one time together in 16,000
        (0, 70, 70, -math.inf),
    ],
)
def test_the_scale_of_log_dice(f_xy, f_x, f_y, expected):
    assert measures.log_dice(f_xy, f_x, f_y) == pytest.approx(expected)


def test_log_dice_holds_the_dice_coefficient_of_smadja():
    # Smadja, McKeown and Hatzivassiloglou (1996, p. 13): 130 together of 3121 and 143 is 0.08
    assert 2 ** (measures.log_dice(130, 3121, 143) - 14) == pytest.approx(0.08, abs=0.005)


def test_delta_p_of_course_in_both_directions():
    # Gries (2013, p. 144): "of course" 5610 times, other "of" 168,938, other "course" 2257
    of, course, places = 5610 + 168_938, 5610 + 2257, 5610 + 168_938 + 2257 + 10_233_063
    assert measures.delta_p(5610, course, of, places) == pytest.approx(0.697, abs=5e-4)
    assert measures.delta_p(5610, of, course, places) == pytest.approx(0.032, abs=5e-4)


@pytest.mark.parametrize(
    ("f_xy", "f_x", "f_y", "n", "expected"),
    [(5, 5, 5, 10, 1), (0, 5, 5, 10, -1), (4, 8, 10, 20, 0), (3, 4, 5, 10, Fraction(5, 12))],
)
def test_delta_p_by_hand(f_xy, f_x, f_y, n, expected):
    assert measures.delta_p(f_xy, f_x, f_y, n) == pytest.approx(float(expected))


def test_what_stands_everywhere_has_no_delta_p():
    assert math.isnan(measures.delta_p(5, 10, 5, 10))


@pytest.mark.parametrize(
    ("f_xy", "f_x", "f_y", "n", "expected"),
    [
        (10, 10, 10, 100, 1),  # Bouma (2009, p. 36): only together
        (1, 10, 10, 100, 0),  # independent
        (0, 10, 10, 100, -1),  # never together
        (100, 100, 100, 100, 1),  # the limit of "only together"
        (2, 4, 4, 64, math.log(8) / math.log(32)),
    ],
)
def test_the_limits_of_npmi(f_xy, f_x, f_y, n, expected):
    assert measures.npmi(f_xy, f_x, f_y, n) == pytest.approx(float(expected), abs=1e-12)


@st.composite
def places(draw):
    """f_xy, f_x, f_y, n of a table that a text can have."""
    both, x_only, y_only = (draw(st.integers(0, 1000)) for _ in range(3))
    assume(both + x_only and both + y_only)
    neither = draw(st.integers(0, 100_000))
    return both, both + x_only, both + y_only, both + x_only + y_only + neither


@given(places())
def test_measures_of_association_keep_their_bounds(example):
    f_xy, f_x, f_y, n = example
    assert -1 <= measures.npmi(f_xy, f_x, f_y, n) <= 1
    assert measures.npmi(f_xy, f_x, f_y, n) == pytest.approx(measures.npmi(f_xy, f_y, f_x, n))
    assert measures.log_dice(f_xy, f_x, f_y) <= 14
    assert measures.log_dice(f_xy, f_x, f_y) == measures.log_dice(f_xy, f_y, f_x)
    if f_x < n:
        assert -1 <= measures.delta_p(f_xy, f_x, f_y, n) <= 1
        plain = Fraction(f_xy, f_x) - Fraction(f_y - f_xy, n - f_x)
        assert measures.delta_p(f_xy, f_x, f_y, n) == pytest.approx(float(plain), abs=1e-12)


# Intervals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # Newcombe (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1),
    ],
)
def test_wilson_as_newcombe_prints_it(k, n, low, high):
    assert measures.wilson(k, n) == pytest.approx((low, high), abs=5e-5)


def test_nothing_asked_nothing_told():
    assert np.isnan(measures.wilson(0, 0)).all()


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_bound_of_wilson_is_just_not_refused_by_the_score_test(example):
    k, n = example
    low, high = measures.wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    for bound in (low, high):
        if 1e-9 < bound < 1 - 1e-9:
            z = (k / n - bound) / math.sqrt(bound * (1 - bound) / n)
            assert abs(z) == pytest.approx(1.959964, abs=1e-6)
    assert measures.wilson(n - k, n) == pytest.approx((1 - high, 1 - low))


def plain_bootstrap(found, sizes, confidence=0.95):
    """The interval of `measures.bootstrap` step by step, for one thing."""
    documents, words = len(sizes), sum(sizes)
    rate = sum(found) / words
    left_out = [(sum(found) - x) / (words - n) for x, n in zip(found, sizes, strict=True)]
    squares = [(words * (rate - without)) ** 2 for without in left_out]
    variance = (documents - 1) / documents * sum(squares) / words**2
    # how much the logarithm of the variance moves as a document counts a little more than once
    step = 1e-6
    moves = []
    for one in range(documents):
        logged = []
        for more in (step, -step):
            times = [1 + more * (place == one) for place in range(documents)]
            weighed = [sum(map(operator.mul, times, of)) for of in (squares, sizes)]
            logged.append(math.log(weighed[0] / weighed[1] ** 2))
        moves.append((logged[0] - logged[1]) / (2 * step))
    unsteady = np.var(moves) * documents
    freedom = min(max(2 / unsteady if unsteady > 1e-9 else math.inf, 1), documents - 1)
    t = stats.t.ppf((1 + confidence) / 2, freedom)
    share = all(x <= n for x, n in zip(found, sizes, strict=True))
    error = max(variance / (rate * (1 - rate) if share else rate), 1 / sum(sizes))
    # the two values that the score test just does not refuse
    return sorted(
        np.roots([1 + (error * t**2 if share else 0), -(2 * rate + error * t**2), rate**2]).real
    )


@st.composite
def documents(draw, most=1):
    """What is found in each of several documents, and their sizes, not all at one rate."""
    sizes = draw(st.lists(st.integers(1, 40), min_size=3, max_size=12))
    found = [draw(st.integers(0, most * size)) for size in sizes]
    assume(len({Fraction(x, n) for x, n in zip(found, sizes, strict=True)}) > 1)
    return found, sizes


# one document is nearly all of the corpus, and has the rate of all
GIANT = (
    [14, 67, 317, 0, 146, 125_926, 31, 63, 6, 8081],
    [33, 140, 596, 2, 280, 251_497, 68, 136, 10, 16_183],
)


@settings(max_examples=40)
@given(st.one_of(documents(), documents(most=3)))
@example(GIANT)
def test_the_bootstrap_is_its_definition(documents_of):
    found, sizes = documents_of
    low, high = measures.bootstrap(found, sizes)
    assert (low, high) == pytest.approx(plain_bootstrap(found, sizes), abs=1e-6)
    assert 0 <= low <= sum(found) / sum(sizes) <= high


@settings(max_examples=40)
@given(documents())
def test_a_share_and_the_rest_have_mirrored_intervals(example):
    found, sizes = example
    low, high = measures.bootstrap(found, sizes)
    rest = [size - x for x, size in zip(found, sizes, strict=True)]
    assert measures.bootstrap(rest, sizes) == pytest.approx((1 - high, 1 - low))
    assert high <= 1


MANY = np.random.default_rng(3).poisson(1.5, (30, 8))
MANY_SIZES = np.array([9, 4, 12, 7, 7, 20, 3, 10])


def test_things_in_rows_have_the_intervals_they_have_alone(monkeypatch):
    alone = np.transpose([measures.bootstrap(row, MANY_SIZES) for row in MANY])
    together = measures.bootstrap(MANY, MANY_SIZES)
    assert np.array(together) == pytest.approx(alone)
    assert np.array(measures.bootstrap(sparse.csr_matrix(MANY), MANY_SIZES)) == pytest.approx(alone)
    monkeypatch.setattr(measures, "CELLS", 5000)  # two rows at a time
    assert np.array(measures.bootstrap(MANY, MANY_SIZES)) == pytest.approx(alone)


def test_degrees_of_freedom_are_those_that_resampling_the_documents_shows():
    random = np.random.default_rng(5)
    sizes = random.integers(4, 16, 60)
    found = random.binomial(sizes, random.beta(2, 6, (20, 60)))
    left_out = (found.sum(axis=1)[:, None] - found) / (sizes.sum() - sizes)
    squares = (found.sum(axis=1)[:, None] / sizes.sum() - left_out) ** 2 * sizes.sum() ** 2
    drawn = random.integers(60, size=(5000, 60))
    variance = squares[:, drawn].sum(axis=2) / sizes[drawn].sum(axis=1) ** 2
    resampled = 2 * variance.mean(axis=1) ** 2 / variance.var(axis=1)
    freedom = intervals.clustered(found, sizes).freedom
    assert freedom == pytest.approx(np.minimum(resampled, 59), rel=0.15)


def test_documents_that_happen_to_agree_are_not_surer_than_their_words():
    # five times in 501 words, once a page: as of independent words, by few degrees of freedom
    alike = measures.bootstrap([1] * 5, [100] * 5)
    nearly = measures.bootstrap([1] * 5, [100, 100, 100, 100, 101])
    low, high = measures.wilson(5, 501)
    assert nearly[0] < low < 5 / 501 < high < nearly[1]
    assert alike[0] < 0.01 < alike[1]


def test_a_document_of_no_size_changes_nothing():
    assert measures.bootstrap([2, 0, 1, 0], [9, 0, 4, 7]) == measures.bootstrap(
        [2, 1, 0], [9, 4, 7]
    )


@pytest.mark.parametrize(("found", "sizes"), [([3], [10]), ([3, 0], [10, 0]), ([0, 0], [0, 0])])
def test_one_document_tells_nothing_of_others(found, sizes):
    assert np.isnan(measures.bootstrap(found, sizes)).all()


def test_nothing_found_is_not_certainty():
    # Student's t of 2 degrees is 4.302653: high is the share p with p = t² p (1 − p) / 40
    low, high = measures.bootstrap([0, 0, 0, 0], [10, 10, 10, 10])
    assert low == 0
    assert high == pytest.approx(4.302653**2 / (40 + 4.302653**2), abs=1e-6)
    assert measures.bootstrap([10] * 4, [10] * 4) == pytest.approx((1 - high, 1))


def test_equal_rates_are_no_certainty_either():
    low, high = measures.bootstrap([1, 2, 3], [3, 6, 9])
    assert low < 1 / 3 - 0.1
    assert high > 1 / 3 + 0.1


@pytest.mark.parametrize(
    ("corpus", "share", "least"), [(40, 0.3, 0.93), (40, 0.03, 0.93), (10, 0.3, 0.92)]
)
def test_the_interval_of_clustered_passages_holds_the_true_share(corpus, share, least):
    """600 simulated corpora; passages of one document agree (intraclass correlation 0.1)."""
    random = np.random.default_rng(8)
    held = 0
    for _ in range(600):
        sizes = 1 + random.poisson(9, corpus)
        found = random.binomial(sizes, random.beta(share * 9, (1 - share) * 9, corpus))
        low, high = measures.bootstrap(found, sizes)
        held += low <= share <= high
    assert least <= held / 600 <= 0.99


# Many tests, two coders -------------------------------------------------------------------------

# Benjamini and Hochberg (1995, section 4.1): 15 endpoints of a trial on heart attacks
HEART = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def plain_q(values):
    """The smallest rate of false finds at which the procedure still takes each p."""
    ranked = sorted(values)
    steps = [len(values) * p / rank for rank, p in enumerate(ranked, start=1)]
    return [min(steps[ranked.index(p) :]) for p in values]


def test_the_procedure_takes_the_four_of_the_paper():
    assert (measures.benjamini_hochberg(HEART) <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert measures.benjamini_hochberg(HEART) == pytest.approx(plain_q(HEART))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_q_is_its_definition_keeps_order_and_passes_over_gaps(values, random):
    q = measures.benjamini_hochberg(values)
    assert q == pytest.approx(plain_q(values))
    assert (q >= np.array(values) * (1 - 1e-12)).all()
    assert (q <= 1).all()
    gap = random.randrange(len(values) + 1)
    with_gap = measures.benjamini_hochberg([*values[:gap], math.nan, *values[gap:]])
    assert math.isnan(with_gap[gap])
    assert np.delete(with_gap, gap) == pytest.approx(q)


def coders(table):
    """The labels two coders gave, from a table with the first coder in rows."""
    cells = [
        (row, column)
        for row, line in enumerate(table)
        for column, n in enumerate(line)
        for _ in range(n)
    ]
    return [row for row, _ in cells], [column for _, column in cells]


def test_cohens_two_judges_agree_by_49_per_cent():
    # Cohen (1960, p. 45, table 2b): 0.70 observed, 0.41 by chance
    a, b = coders([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert measures.kappa(a, b) == pytest.approx(0.29 / 0.59)
    assert round(measures.kappa(a, b), 3) == 0.492


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("xxyy", "xxyy", 1), ("xxyy", "xyxy", 0), ("xy", "yx", -1), ("xxyz", "xxyy", Fraction(3, 5))],
)
def test_kappa_by_hand(a, b, expected):
    assert measures.kappa(a, b) == pytest.approx(float(expected))
    assert measures.kappa(b, a) == pytest.approx(float(expected))


def test_two_coders_with_one_label_could_not_differ():
    assert math.isnan(measures.kappa(["yes", "yes"], ["yes", "yes"]))


# What is common to all --------------------------------------------------------------------------

COLUMNS = {
    measures.log_likelihood: ([3, 0, 9], [50, 60, 70], [1, 4, 0], [80, 90, 100]),
    measures.log_ratio: ([3, 0, 9], [50, 60, 70], [1, 4, 0], [80, 90, 100]),
    measures.percent_diff: ([3, 0, 9], [50, 60, 70], [1, 4, 0], [80, 90, 100]),
    measures.lrc: ([3, 0, 9], [50, 60, 70], [1, 4, 0], [80, 90, 100]),
    measures.log_dice: ([3, 0, 9], [5, 6, 9], [8, 9, 10]),
    measures.delta_p: ([3, 0, 9], [5, 6, 9], [8, 9, 10], [40, 50, 60]),
    measures.npmi: ([3, 0, 9], [5, 6, 9], [8, 9, 10], [40, 50, 60]),
    measures.wilson: ([3, 0, 9], [50, 60, 9]),
}


@pytest.mark.parametrize("formula", COLUMNS, ids=lambda formula: formula.__name__)
def test_an_array_is_its_numbers_one_by_one(formula):
    columns = COLUMNS[formula]
    singly = [formula(*row) for row in zip(*columns, strict=True)]
    assert all(isinstance(bound, float) for row in singly for bound in np.atleast_1d(row).tolist())
    assert not isinstance(singly[0], np.ndarray)
    for given_as in (list, np.array, pd.Series):
        found = formula(*(given_as(column) for column in columns))
        assert np.transpose(found) == pytest.approx(np.array(singly))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: measures.dp([1, -1], [5, 5]), "counts: -1 is no count"),
        (lambda: measures.dp([1, 6], [5, 5]), "6 is more than sizes, 5"),
        (lambda: measures.dp([1, 0], [5, 0]), "sizes: a size of 0"),
        (lambda: measures.dp([1, 0, 2], [5, 5]), "counts has 3 parts, sizes has 2"),
        (lambda: measures.log_likelihood(-1, 5, 1, 5), "a: -1 is no count"),
        (lambda: measures.log_ratio(6, 5, 1, 5), "a: 6 is more than n_a, 5"),
        (lambda: measures.log_ratio(1, 5, [1, 7], 5), "b: 7 is more than n_b, 5"),
        (lambda: measures.percent_diff(0, 0, 1, 5), "n_a: a size of 0"),
        (lambda: measures.lrc([1, 2], 5, [1, 2, 3], 5), "a has 2, b has 3 values"),
        (lambda: measures.lrc(1, 5, 1, 5, alpha=5), "alpha: 5 does not lie between 0 and 1"),
        (lambda: measures.lrc(math.nan, 5, 1, 5), "a: nan is no count"),
        (lambda: measures.log_odds_z([1, 2], [1, 2], [1, 0]), "prior: a size of 0"),
        (lambda: measures.log_odds_z([1], [1], [1]), "two or more terms"),
        (lambda: measures.log_dice(6, 5, 9), "f_xy: 6 is more than f_x, 5"),
        (lambda: measures.log_dice(0, 0, 9), "f_x: a size of 0"),
        (lambda: measures.delta_p(1, 5, 7, 10), "11 is more than n, 10"),
        (lambda: measures.npmi(3, 5, 2, 10), "f_xy: 3 is more than f_y, 2"),
        (lambda: measures.wilson(6, 5), "k: 6 is more than n, 5"),
        (lambda: measures.wilson(1, 5, confidence=95), "confidence: 95 does not lie"),
        (lambda: measures.bootstrap([1, 2], [5]), "numerators has 2 parts, denominators has 1"),
        (lambda: measures.bootstrap([1, 2], [5, 0]), "whose denominator is 0"),
        (lambda: measures.bootstrap([1, 2], [5, 5], confidence=1), "confidence: 1 does"),
        (lambda: measures.benjamini_hochberg([0.1, 1.2]), "p: a probability"),
        (lambda: measures.kappa("ab", "abc"), "a has 2 labels, b has 3"),
        (lambda: measures.kappa(["x", None], ["x", "y"]), "an item without a label"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call()
