"""Formulas of corpus linguistics: dispersion, keyness, association, agreement, intervals.

Each stands here once, with its source, its scale and its direction. Counts come as numbers or as
arrays of one length (a single number serves for every term); numbers give a float, arrays an
array. A count below zero, a count above its size, a size of zero and lengths that do not match
are refused with a ValueError.

What the names mean: `a` and `b` are how often a term stands in the corpus of interest and in the
corpus it is compared with, `n_a` and `n_b` the words of each; `f_xy` is how often x and y stand
together, `f_x` and `f_y` how often each stands at all, `n` the number of places counted.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from astana_kit.intervals import Table, clustered, score_interval, student

Numbers = npt.ArrayLike
Measured = float | np.ndarray

CELLS = 1 << 18  # counts of things in documents that are worked on at a time


def dp(counts: Table, sizes: Numbers, normalised: bool = True) -> Measured:  # noqa: FBT001, FBT002 - one flag, and the name of the function needs it
    """Deviation of proportions: 0 is spread as the words are, 1 all in the smallest part.

    Half the sum of the differences between each part's share of the term and its share of the
    words (Gries 2008, p. 415), divided, where `normalised`, by its largest possible value, one
    minus the smallest share of the words (Lijffijt and Gries 2012). `counts` holds the parts of
    one term, or terms in rows and parts in columns (dense or sparse); `sizes` the words of each
    part. A term that never occurs has no dispersion: NaN; so has, normalised, a single part.

    >>> round(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11], normalised=False), 4)  # Gries 2020
    0.18
    """
    table, words = _table(counts, "counts", sizes, "sizes")
    _positive("sizes", words)
    _within("counts", table.data, "sizes", words[table.indices])
    share = words / words.sum()
    total = table.sum(axis=1)
    # Half the differences of two shares is what they do not have in common; so the zeros of a
    # sparse matrix need not be visited
    table.data /= np.repeat(total, np.diff(table.indptr))
    np.minimum(table.data, share[table.indices], out=table.data)
    common = table.sum(axis=1)
    deviation = np.where(total > 0, np.maximum(1 - common, 0), np.nan)
    if normalised:
        deviation = deviation / (1 - share.min() if len(share) > 1 else np.nan)
    return _plain(deviation if _many(counts) else deviation[0])


def log_likelihood(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> Measured:
    """Evidence (G²) that two corpora use a term at different rates: 0 or more, 3.84 at p = .05.

    The form of two cells, the term's counts alone (Rayson and Garside 2000), as the calculator at
    Lancaster prints it. The form of four cells (Dunning 1993) adds the counts of all other words;
    the two differ by little while the term is rare. It tells nothing of the direction, which
    `log_ratio` does, and grows with the corpus: never sort by it alone. A zero adds nothing.

    >>> round(log_likelihood(20, 1000, 0, 1000), 4)  # 40 ln 2
    27.7259
    """
    a, n_a, b, n_b = _two_corpora(a, n_a, b, n_b)
    expected_a, expected_b = n_a * (a + b) / (n_a + n_b), n_b * (a + b) / (n_a + n_b)
    return _plain(np.maximum(2 * (_surprise(a, expected_a) + _surprise(b, expected_b)), 0))


def log_ratio(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> Measured:
    """How many times a term's rate doubles from corpus b to a: 1 is twice, −1 half, 0 the same.

    The binary logarithm of the ratio of the rates (Hardie 2014). A count of zero is taken as 0.5,
    so that the ratio stays finite; a term in neither corpus gives NaN.

    >>> log_ratio([40, 10, 4], 1000, [10, 10, 0], 1000)
    array([2., 0., 3.])
    """
    a, n_a, b, n_b = _two_corpora(a, n_a, b, n_b)
    ratio = np.log2(np.where(a > 0, a, 0.5) / n_a) - np.log2(np.where(b > 0, b, 0.5) / n_b)
    return _plain(np.where(a + b > 0, ratio, np.nan))


def percent_diff(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> Measured:
    """By how many per cent a term's rate in corpus a is above that in b: 100 is twice, −100 never.

    %DIFF (Gabrielatos and Marchi 2011). A term missing from b gives infinity, where they put a
    very small number in place of the zero; a term in neither corpus gives NaN.

    >>> round(percent_diff(206_523, 959_641, 178_174, 1_562_358), 1)  # their slide 18
    88.7
    """
    a, n_a, b, n_b = _two_corpora(a, n_a, b, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _plain(100 * ((a / n_a) / (b / n_b) - 1))


def lrc(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers, alpha: float = 0.05) -> Measured:
    """Conservative log ratio: the value nearest to 0 that the log ratio may still have.

    The bound nearer to zero of the exact interval of the log ratio (Clopper and Pearson 1934, on
    a out of a + b), and 0 where that interval contains zero (Evert 2022; measure "LRC" of the R
    package corpora). Scale and direction are those of `log_ratio`, evidence is built in: a list
    sorted by it needs no further threshold. For m terms at once give ``alpha=0.05 / m``, the
    correction of Bonferroni that corpora makes unless told not to.

    >>> np.round(lrc([3, 100], 1000, [0, 25], 1000), 3)
    array([0.   , 1.356])
    """
    from scipy import special  # noqa: PLC0415 - whoever needs no keyness need not load it

    a, n_a, b, n_b = _two_corpora(a, n_a, b, n_b)
    over = a / n_a >= b / n_b
    more, less = np.where(over, a, b), np.where(over, b, a)
    sizes = np.where(over, n_b / n_a, n_a / n_b)
    low = special.betaincinv(np.maximum(more, 1), less + 1, _share(alpha, "alpha") / 2)
    bound = np.maximum(np.log2(sizes * low / (1 - low)), 0)
    return _plain(np.where(more == 0, 0.0, np.where(over, bound, 0 - bound)))


def log_odds_z(counts_a: Numbers, counts_b: Numbers, prior: Numbers) -> np.ndarray:
    """Log odds of each term in a against b, in standard errors: above 0 is typical of a.

    Weighted log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
    equations 15 to 22). The arguments run over the whole vocabulary, in one order; `prior` is how
    often each term is taken as seen beforehand (a background count, scaled), above 0, or one
    number for all. It draws rare terms towards 0.

    >>> np.round(log_odds_z([30, 10, 60], [10, 30, 60], 1), 2)
    array([ 3.65, -3.65,  0.  ])
    """
    a, b, prior = _counts(counts_a=counts_a, counts_b=counts_b, prior=prior)
    if a.ndim != 1 or a.size < 2:
        raise ValueError("counts_a: one count for each of two or more terms is needed.")
    _positive("prior", prior)
    a, b = a + prior, b + prior
    difference = np.log(a / (a.sum() - a)) - np.log(b / (b.sum() - b))
    return difference / np.sqrt(1 / a + 1 / b)


def log_dice(f_xy: Numbers, f_x: Numbers, f_y: Numbers) -> Measured:
    """How exclusively x and y stand together: at most 14, one more is twice as often.

    14 plus the binary logarithm of Dice's coefficient (Rychlý 2008). It does not depend on the
    size of the corpus; 0 is one time together in 16,000; never together gives minus infinity.

    >>> log_dice([100, 50, 25], 100, 100)
    array([14., 13., 12.])
    """
    f_xy, f_x, f_y = _counts(f_xy=f_xy, f_x=f_x, f_y=f_y)
    _pairs(f_xy, f_x, f_y)
    with np.errstate(divide="ignore"):
        return _plain(14 + np.log2(2 * f_xy / (f_x + f_y)))


def delta_p(f_xy: Numbers, f_x: Numbers, f_y: Numbers, n: Numbers) -> Measured:
    """How much more probable y is with x than without: −1 to 1, 0 where x tells nothing of y.

    P(y | x) − P(y | not x) (Gries 2013, p. 143). It has a direction: swap `f_x` and `f_y` for how
    much y tells of x. NaN where x stands in every place.

    >>> round(delta_p(5610, 7867, 174_548, 10_409_868), 3)  # "of", given "course" (p. 144)
    0.697
    """
    f_xy, f_x, f_y, n = _counts(f_xy=f_xy, f_x=f_x, f_y=f_y, n=n)
    _pairs(f_xy, f_x, f_y)
    _within("f_x + f_y − f_xy", f_x + f_y - f_xy, "n", n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _plain(f_xy / f_x - (f_y - f_xy) / (n - f_x))


def npmi(f_xy: Numbers, f_x: Numbers, f_y: Numbers, n: Numbers) -> Measured:
    """How much more often than by chance x and y stand together: −1 never, 0 by chance, 1 always.

    Pointwise mutual information divided by its largest value, −log p(x, y) (Bouma 2009, p. 35).
    The limits are taken where the logarithm has no value: −1 for never together, 1 for both in
    every place.

    >>> npmi([0, 1, 10, 100], [10, 10, 10, 100], [10, 10, 10, 100], 100)
    array([-1.,  0.,  1.,  1.])
    """
    f_xy, f_x, f_y, n = _counts(f_xy=f_xy, f_x=f_x, f_y=f_y, n=n)
    _pairs(f_xy, f_x, f_y)
    _within("f_x + f_y − f_xy", f_x + f_y - f_xy, "n", n)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(f_xy / f_x * n / f_y) / -np.log(f_xy / n)
    ratio = np.where(f_xy == 0, -1.0, np.where(f_xy == n, 1.0, np.clip(ratio, -1, 1)))
    return _plain(ratio)


def divergence_parts(counts_a: Numbers, counts_b: Numbers) -> np.ndarray:
    """What each thing adds to the divergence of two distributions: the parts sum to it.

    The Jensen–Shannon divergence (Lin 1991) to base 2, 0 for the same distribution and 1 for two
    that have nothing in common, split as a word shift is (Gallagher et al. 2021, section 3.3): no
    part is below 0. The last axis runs over the things, in one order; counts are made shares. A
    side without any count has no distribution: NaN.

    >>> divergence_parts([2, 1, 1], [2, 2, 0]).round(3)
    array([0.   , 0.031, 0.125])
    """
    a, b = _counts(counts_a=counts_a, counts_b=counts_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = (counts / counts.sum(axis=-1, keepdims=True) for counts in (a, b))
    return np.maximum(_surprise(a, (a + b) / 2) + _surprise(b, (a + b) / 2), 0) / np.log(4)


def wilson(k: Numbers, n: Numbers, confidence: float = 0.95) -> tuple[Measured, Measured]:
    """Interval (low, high) of the share k of n, of things that do not depend on each other.

    The score interval (Wilson 1927; number 3 of Newcombe 1998). It stays within 0 and 1 and holds
    for rare things too. Right for a share of documents; passages of one document depend on each
    other: for those `bootstrap`. None of none tells nothing: (NaN, NaN).

    >>> [round(bound, 4) for bound in wilson(81, 263)]  # Newcombe 1998, table I
    [0.2553, 0.3662]
    """
    k, n = _counts(k=k, n=n)
    _within("k", k, "n", n)
    z = NormalDist().inv_cdf((1 + _share(confidence, "confidence")) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = score_interval(k / n, z**2 / n, 1)
    return _plain(low), _plain(high)


# Chosen by how often 95 % intervals hold the true share, in 3,000 simulated corpora each of 36
# kinds (beta-binomial passages, 8 or, of very unequal number, 20 a document; intraclass
# correlation .02, .1, .3; share .03, .1, .3): 93.1 to 96.4 % at 40 documents, 94.1 to 98.1 % at
# 10, 94.8 to 98.5 % at 5. Tried, at 40 documents: percentiles 82 to 94 %, the same widened by t
# 83 to 95 %, BCa 86 to 94 %, t on the logit scale 88 to 95 %, Wilson's interval with a design
# effect and t of one less than the documents 88 to 95 %, bootstrap-t on the arcsine scale 93 to
# 97 % (but up to 1 where few documents have the thing). The low ends are rare things in few
# documents: there the error itself is unsteady, which is what the degrees of freedom are for.
def bootstrap(
    numerators: Table, denominators: Numbers, *, confidence: float = 0.95
) -> tuple[Measured, Measured]:
    """Interval (low, high) of a share or rate of the words or passages of several documents.

    The rate is the sum of `numerators` over the sum of `denominators`, counts with one value a
    document (numerators also with things in rows and documents in columns, dense or sparse).
    Documents are left out one by one, not passages: one document repeats its words, so that its
    passages are no independent witnesses (Lijffijt et al. 2011; Gries 2022). For a share of the
    documents themselves, `wilson`. Documents of size 0 are left out; a single document tells
    nothing of others: (NaN, NaN).

    In closed form, so that nothing is drawn by chance: the jackknife over documents gives the
    standard error and how unsteady that error is itself (Efron 1982: the bootstrap of the linear
    part), hence the degrees of freedom of Student's t (Satterthwaite 1946;
    ``intervals.clustered``); the interval is Wilson's with both put in. A share (no numerator above
    its denominator) stays between 0 and 1, a rate above 0. The error is never below that of
    independent words or passages: a few documents that happen to agree are not surer than that.

    >>> [round(bound, 2) for bound in bootstrap([2, 0, 1, 4, 0], [10, 8, 9, 12, 7])]
    [0.04, 0.42]
    """
    table, sizes = _table(numerators, "numerators", denominators, "denominators")
    if not sizes[table.indices].all():
        raise ValueError("numerators counts something in a document whose denominator is 0.")
    tail = (1 + _share(confidence, "confidence")) / 2
    counted = sizes > 0
    table, sizes = table[:, counted], sizes[counted]
    bounds = np.full((2, table.shape[0]), np.nan)
    if sizes.size > 1:
        step = table.shape[0] // (table.nnz // CELLS + 1) + 1
        for start in range(0, table.shape[0], step):
            some = clustered(table[start : start + step], sizes)
            error = student(some.freedom, tail) ** 2 * np.maximum(some.error, 1 / sizes.sum())
            bounds[:, start : start + step] = score_interval(some.rate, error, some.share)
    low, high = bounds if _many(numerators) else bounds[:, 0]
    return _plain(low), _plain(high)


def benjamini_hochberg(p: Numbers) -> np.ndarray:
    """For each p its q: the share of false finds among all with a p as small or smaller.

    The false discovery rate of Benjamini and Hochberg (1995), as adjusted p values: those with
    q ≤ 0.05 are found at a rate of 5 %. Order is kept; a missing p stays missing and is no test.

    >>> benjamini_hochberg([0.01, 0.04, float("nan"), 0.03])
    array([0.03, 0.04,  nan, 0.04])
    """
    values = np.atleast_1d(np.asarray(p, dtype=float))
    if ((values < 0) | (values > 1)).any():
        raise ValueError("p: a probability lies between 0 and 1; give p values, not statistics.")
    tested = np.flatnonzero(~np.isnan(values))
    falling = tested[np.argsort(-values[tested], kind="stable")]
    rank = np.arange(falling.size, 0, -1)
    q = np.full(values.shape, np.nan)
    q[falling] = np.minimum.accumulate(values[falling] * falling.size / rank)
    return q


def kappa(a: Sequence[Any], b: Sequence[Any]) -> float:
    """Agreement of two coders beyond chance: 1 in everything, 0 as by chance, below 0 worse.

    Cohen's kappa (1960) of the labels that coder a and coder b gave to the same items, in the
    same order. NaN where both gave one and the same label to every item: nothing could differ.

    >>> kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    first, second = pd.Series(list(a), dtype=object), pd.Series(list(b), dtype=object)
    if len(first) != len(second) or first.empty:
        raise ValueError(
            f"a has {len(first)} labels, b has {len(second)}; give one label each for every item."
        )
    if first.isna().any() or second.isna().any():
        raise ValueError(
            "a, b: an item without a label; leave it out for both coders, or label it."
        )
    observed = float((first == second).mean())
    shares = [coder.value_counts(normalize=True) for coder in (first, second)]
    chance = float(shares[0].mul(shares[1], fill_value=0).sum())
    return (observed - chance) / (1 - chance) if chance < 1 else float("nan")


def _surprise(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """The term count · ln(count / expected) of G², 0 for a count of 0."""
    return count * np.log(np.divide(count, expected, out=np.ones(count.shape), where=count > 0))


def _two_corpora(a: Numbers, n_a: Numbers, b: Numbers, n_b: Numbers) -> list[np.ndarray]:
    """The four as arrays of one shape, or ValueError where they are no counts of two corpora."""
    arrays = _counts(a=a, n_a=n_a, b=b, n_b=n_b)
    _positive("n_a", arrays[1])
    _positive("n_b", arrays[3])
    _within("a", arrays[0], "n_a", arrays[1])
    _within("b", arrays[2], "n_b", arrays[3])
    return arrays


def _pairs(f_xy: np.ndarray, f_x: np.ndarray, f_y: np.ndarray) -> None:
    for name, alone in (("f_x", f_x), ("f_y", f_y)):
        _positive(name, alone)
        _within("f_xy", f_xy, name, alone)


def _many(counts: Table) -> bool:
    """Whether `counts` has a row for each of several things."""
    return len(getattr(counts, "shape", None) or np.shape(counts)) == 2


def _table(counts: Table, name: str, sizes: Numbers, whole: str) -> tuple[Table, np.ndarray]:
    """`counts` as a sparse table of things × parts, and the size of each part, both checked."""
    from scipy import sparse  # noqa: PLC0415 - half of the formulas do without

    table = sparse.csr_array(
        counts if sparse.issparse(counts) else np.atleast_2d(counts), dtype=float, copy=True
    )
    table.sum_duplicates()
    table.eliminate_zeros()
    _counts(**{name: table.data})
    (words,) = _counts(**{whole: sizes})
    if words.shape != table.shape[1:]:
        raise ValueError(
            f"{name} has {table.shape[1]} parts, {whole} has {words.size}; give the size of each."
        )
    return table, words


def _counts(**given: Numbers) -> list[np.ndarray]:
    """What is given as arrays of one shape, or ValueError where one is no count."""
    arrays = {name: np.asarray(values, dtype=float) for name, values in given.items()}
    shapes = {name: values.shape for name, values in arrays.items() if values.ndim}
    if len(set(shapes.values())) > 1:
        sizes = ", ".join(f"{name} has {' × '.join(map(str, s))}" for name, s in shapes.items())
        raise ValueError(f"{sizes} values; give as many of each, or one number for all.")
    for name, values in arrays.items():
        wrong = values[~(np.isfinite(values) & (values >= 0))]
        if wrong.size:
            raise ValueError(f"{name}: {wrong[0]:g} is no count; counts are finite and 0 or more.")
    return list(np.broadcast_arrays(*arrays.values()))


def _positive(name: str, values: np.ndarray) -> None:
    if not (values > 0).all():
        raise ValueError(f"{name}: a size of 0 leaves nothing to compare; leave that one out.")


def _within(name: str, part: np.ndarray, whole_name: str, whole: np.ndarray) -> None:
    above = np.flatnonzero(part > whole)
    if above.size:
        first = above[0]
        raise ValueError(
            f"{name}: {part.flat[first]:g} is more than {whole_name}, {whole.flat[first]:g}; "
            "a count cannot be above the size it is counted in."
        )


def _share(value: float, name: str) -> float:
    if not 0 < value < 1:
        raise ValueError(f"{name}: {value} does not lie between 0 and 1; 95 % is 0.95.")
    return value


def _plain(values: np.ndarray) -> Measured:
    """A float where one number was asked for, else the array."""
    return values.item() if np.ndim(values) == 0 else values
