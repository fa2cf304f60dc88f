"""How sure a share of clustered passages is, and how sure it is that two of them differ.

Passages of one document repeat each other, so the documents are what is independent. `found` holds
things in rows and documents in columns, `sizes` the passages of each document.
"""

from typing import Any, NamedTuple

import numpy as np

Table = Any  # a dense array or a sparse one of scipy, whose types are not stated anywhere

ROUNDING = 1e-9  # weights are no whole numbers: below this part of a count a difference is none


class Estimate(NamedTuple):
    """A rate of each thing, and how unsteady it is."""

    rate: np.ndarray
    variance: np.ndarray  # of the rate, from document to document
    error: np.ndarray  # the variance over rate (1 − rate): 1 / the effective number of passages
    freedom: np.ndarray  # how well the variance itself is known: degrees of freedom
    share: np.ndarray  # whether it is a share: no document has more than its size


class Difference(NamedTuple):
    """How far the rate of a is above that of b, and whether it is for sure."""

    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    beyond: np.ndarray  # whether the interval lies beyond what a finder can miss


# In 128 kinds of simulated corpora of 2 to 40 documents (share .05 to .4, intraclass correlation
# .02 to .3) 95 % intervals with the freedom of 2,000 resamples of the documents were as wide, to
# 3 %, and held the true share as often, to 0.3 points; they took thirty times as long
def clustered(found: Table, sizes: np.ndarray) -> Estimate:
    """Rate of each row of `found`, dense or sparse, with its variance.

    The jackknife over documents gives the variance. How unsteady that is itself, as a part of it,
    is told by how much each document adds to it (the infinitesimal jackknife: Efron 1982,
    chapter 6); hence the degrees of freedom (Satterthwaite 1946). Where nothing is found, or every
    document has the same rate, the variance of independent passages stands in, of a rate that is
    half a passage away from 0 and from 1.

    >>> one = clustered(np.array([[2, 0, 1, 4, 0]]), np.array([10, 8, 9, 12, 7]))
    >>> one.rate.round(3), one.error.round(3)
    (array([0.152]), array([0.038]))
    """
    from scipy import sparse  # noqa: PLC0415 - most of the formulas do without

    smallest_first = np.argsort(sizes, kind="stable")
    table, sizes = sparse.csr_array(found)[:, smallest_first], sizes[smallest_first]
    table.sort_indices()
    row, document = table.tocoo().coords
    words, documents = sizes.sum(), sizes.size
    total = table.sum(axis=1)
    rate = total / words
    # How far the rate moves when the document is left out, as a part of the rate; kept in whole
    # numbers up to the division, so that equal rates give exactly 0
    apart = table.data * words - total[row] * sizes[document]
    apart = np.where(np.abs(apart) > ROUNDING * words, apart, 0)
    moved = (apart / (total[row] * (words - sizes[document]))) ** 2
    without = (sizes / (words - sizes)) ** 2
    # The variance is a sum over the square of a sum: a document's part in the one, less twice its
    # part in the other; of all documents that is -1
    less = 1 / documents - 2 * sizes / words
    both, squares, crosswise = _over_all(
        table,
        (moved, without),
        (moved**2, without**2),
        (moved * less[document], without * less),
    )
    variance = rate**2 * both * (documents - 1) / documents
    above = table.data > sizes[document] * (1 + ROUNDING)
    share = np.bincount(row, above, len(rate)) == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = squares / both**2 + 2 * crosswise / both + (less**2).sum()
        freedom = 2 / np.maximum(spread, 0)
        error = variance / (rate * (1 - share * rate))
    known = variance > 0
    inner = (total + 0.5) / (words + 1)
    return Estimate(
        rate,
        np.where(known, variance, inner * np.where(share, 1 - inner, 1) / words),
        np.where(known, error, 1 / words),
        # 2 is what a thing found in one document only comes to
        np.clip(np.where(known, freedom, 2), 1, documents - 1),
        share,
    )


def _over_all(table: Table, *values: tuple[np.ndarray, np.ndarray]) -> list[np.ndarray]:
    """Sums over all documents for each row, of values where a thing is found and where it is not.

    Those without are not visited one by one: what stands between two cells is a difference of
    running sums, which loses nothing to rounding where the smallest documents come first.
    """
    row, document = table.tocoo().coords
    filled = np.diff(table.indptr) > 0
    after = np.append(0, document + 1)  # the place behind each cell, before the next
    last = np.where(filled, after[table.indptr[1:]], 0)
    after[table.indptr[:-1][filled]] = 0
    sums = []
    for there, elsewhere in values:
        upto = np.append(0, np.cumsum(elsewhere))
        between = upto[document] - upto[after[:-1]]
        sums.append(np.bincount(row, there + between, len(last)) + (upto[-1] - upto[last]))
    return sums


def student(freedom: np.ndarray, tail: float = 0.975) -> np.ndarray:
    """Quantile of Student's t: how many errors to each side hold 95 % of it.

    >>> student(np.array([4.0, 40.0])).round(2)
    array([2.78, 2.02])
    """
    from scipy import special  # noqa: PLC0415 - most of the formulas do without

    return special.stdtrit(freedom, tail)


def score_interval(
    rate: np.ndarray, error: np.ndarray, share: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """The θ with (rate − θ)² ≤ error · θ (1 − θ), or, where `share` is 0, ≤ error · θ.

    >>> [round(float(bound), 2) for bound in score_interval(np.float64(0.5), np.float64(1.0), 1)]
    [0.15, 0.85]
    """
    bounded = np.asarray(share, dtype=float)
    half = np.sqrt(error * rate * (1 - bounded * rate) + error**2 / 4)
    low = (rate + error / 2 - half) / (1 + bounded * error)
    high = (rate + error / 2 + half) / (1 + bounded * error)
    # Rounding must not push a bound over the rate or over an end of the scale
    return np.clip(low, 0, rate), np.clip(high, rate, np.where(bounded, 1, np.inf))


# How often p fell below .05 and .001 where nothing differs, as a multiple of that, on average over
# 12 kinds of simulated corpora (share .05 to .4, intraclass correlation .05 to .3), 10 against 40
# documents: Welch's test alone 1.3 and 3.5 times, the score test alone 1.0 and 1.1 times; 20
# against 20, where a thing in few documents unsettles the score test: 0.8 and 0.4, 1.1 and 1.1 (at
# worst 1.0 and 1.7, 1.9 and 3.3). The larger of both: 0.7 and 0.9, 0.7 and 0.3.
def compare(a: Estimate, b: Estimate, *, tolerance: float) -> Difference:
    """Difference of the shares of two independent groups, its 95 % interval and p.

    The interval is made of the intervals of the two shares (Newcombe 1998, method 10; Zou and
    Donner 2008). p is the larger of two: of Welch's test (1947), each group with its own variance,
    and of the score test, each with the variance that it would have at the common share (Rao and
    Scott 1992). `beyond` says whether the smaller share is for sure (95 %) below 1 − `tolerance` of
    the larger: whether the two differ even if a finder finds in one group only that part of what
    it finds in the other.

    >>> pages = np.array([8, 8, 8, 8])
    >>> more = clustered(np.array([[6, 5, 6, 7]]), pages)
    >>> less = clustered(np.array([[2, 1, 1, 2]]), pages)
    >>> found = compare(more, less, tolerance=0.2)
    >>> found.difference.round(2), found.p.round(5), found.beyond
    (array([0.56]), array([0.00034]), array([ True]))
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        common = (a.rate / a.error + b.rate / b.error) / (1 / a.error + 1 / b.error)
        spread = common * (1 - common)
        own = _tested(a, b, a.variance, b.variance)
        at_common = _tested(a, b, spread * a.error, spread * b.error)
    low, high = _hybrid(a, b, 1.0)
    kept = 1 - tolerance
    beyond = np.where(a.rate > b.rate, _hybrid(a, b, kept)[0] > 0, _hybrid(b, a, kept)[0] > 0)
    # in no passage of both, or in all: nothing differs
    p = np.where(spread > 0, np.maximum(own, at_common), 1.0)
    return Difference(a.rate - b.rate, low, high, p, beyond)


def _tested(a: Estimate, b: Estimate, var_a: np.ndarray, var_b: np.ndarray) -> np.ndarray:
    """The p of the difference by Student's t, with the degrees of freedom of both variances."""
    from scipy import special  # noqa: PLC0415 - most of the formulas do without

    both = var_a + var_b
    freedom = both**2 / (var_a**2 / a.freedom + var_b**2 / b.freedom)
    return 2 * special.stdtr(freedom, -np.abs(a.rate - b.rate) / np.sqrt(both))


def _hybrid(a: Estimate, b: Estimate, kept: float) -> tuple[np.ndarray, np.ndarray]:
    """95 % interval of kept · a − b, of the intervals of a and of b."""
    (low_a, high_a), (low_b, high_b) = (
        score_interval(one.rate, student(one.freedom) ** 2 * one.error, one.share) for one in (a, b)
    )
    middle = kept * a.rate - b.rate
    below = np.hypot(kept * (a.rate - low_a), high_b - b.rate)
    above = np.hypot(kept * (high_a - a.rate), b.rate - low_b)
    return middle - below, middle + above
