"""Whole numbers in place of values, so that tables of millions of words are counted as arrays."""

from math import prod

import numpy as np
import pandas as pd


def firsts(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each value its number in the order of appearance, and the place of each first one.

    >>> firsts(np.array([7, 3, 7, 5]))
    (array([0, 1, 0, 2]), array([0, 1, 3]))
    """
    size = int(values.max(initial=0)) + 1
    if size > len(values):  # too few for a table of all that could be there
        codes, _ = pd.factorize(values)
        return codes, np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    place = np.full(size, len(values), dtype=np.int32)
    place[values[::-1]] = np.arange(len(values) - 1, -1, -1, dtype=np.int32)  # the last one stays
    order = np.argsort(place, kind="stable")[: np.count_nonzero(place < len(values))]
    number = np.empty(size, dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return number[values], place[order]


def crossed(*columns: np.ndarray) -> np.ndarray:
    """One number for each combination of whole numbers, none of them below 0.

    >>> crossed(np.array([0, 1, 0]), np.array([2, 0, 2]))
    array([2, 3, 2], dtype=int32)
    """
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    whole = np.int32 if prod(sizes) < 1 << 31 else np.int64
    code = columns[0].astype(whole)
    for size, column in zip(sizes[1:], columns[1:], strict=True):
        np.multiply(code, size, out=code)
        np.add(code, column, out=code, casting="unsafe")
    return code
