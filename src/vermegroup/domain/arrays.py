"""Sums and products of whole numbers that never leave 64 bits in silence.

NumPy wraps around without a word, and counts by groups in floating point. So what can come of a
sum or a product is bounded beforehand in Python's own integers. Where 64 bits might not do, the
numbers become Python's own as well: arrays of objects, slower and exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# Below this two numbers can be added in 64 bits; floating point is exact below the other.
WORD = 2**62
_FLOAT = 2**53


def largest(numbers: IntArray | BoolArray) -> int:
    """How far from 0 the furthest of some numbers is."""
    return max(int(numbers.max(initial=0)), -int(numbers.min(initial=0)))


def roomy(numbers: IntArray, most: int) -> IntArray:
    """The same numbers, in a form that has room for whatever lies within ``most`` of 0."""
    return numbers if most < WORD else cast(IntArray, numbers.astype(object))


def snug(numbers: IntArray) -> IntArray:
    """The same numbers, in 64 bits where they fit."""
    fits = numbers.dtype == object and largest(numbers) < WORD
    return numbers.astype(np.int64) if fits else numbers


def in_order(numbers: IntArray) -> IntArray:
    """The same numbers in rising order. In 32 bits, where they fit, sorting takes half the time."""
    if largest(numbers) < 2**31:
        return np.sort(numbers.astype(np.int32)).astype(np.int64)
    return np.sort(numbers)


def times(numbers: IntArray, factor: int | IntArray) -> IntArray:
    """Each number multiplied by a factor, or by one of its own."""
    by = abs(factor) if isinstance(factor, int) else largest(factor)
    return snug(roomy(numbers, max(1, largest(numbers)) * max(1, by)) * factor)


def above_least(numbers: IntArray) -> IntArray:
    """By how much each number is above the least of them; 64 bits hold it, as they do those."""
    return numbers - numbers.min() if len(numbers) else numbers


def plus(numbers: IntArray, others: IntArray) -> IntArray:
    """Two arrays, added; either may be one number for all."""
    most = largest(numbers) + largest(others)
    return snug(roomy(numbers, most) + roomy(others, most))


def sum_of(numbers: IntArray) -> int:
    """The sum of all numbers."""
    return int(roomy(numbers, largest(numbers) * len(numbers)).sum())


def sums_by_group(amounts: IntArray, group: IntArray, groups: int) -> IntArray:
    """The sum of the amounts (m,) that belong to each group (m,), shape (groups,)."""
    most = largest(amounts) * len(amounts)
    if most < _FLOAT:
        return np.bincount(group, weights=amounts, minlength=groups).astype(np.int64)
    wide = roomy(amounts, most)
    sums = np.zeros(groups, dtype=wide.dtype)
    np.add.at(sums, group, wide)
    return snug(sums)


def distinct(keys: IntArray) -> IntArray:
    """The different numbers among some, ascending: sorted, which is sooner done than hashing."""
    ordered = np.sort(keys)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


def short_of(amounts: IntArray, at_least: int) -> IntArray:
    """By how much each amount falls short of a limit; 0 where it does not."""
    return snug(np.maximum(0, at_least - roomy(amounts, largest(amounts) + abs(at_least))))


def exceeds(amounts: IntArray, sizes: IntArray, limit: Callable[[int], int]) -> BoolArray:
    """Which groups' amounts are above the limit for groups of their size."""
    kinds, place = np.unique(sizes, return_inverse=True)
    limits = np.array([limit(size) for size in kinds.tolist()], dtype=object)
    wide = snug(limits)[place] if len(kinds) else sizes
    return np.asarray(amounts > wide, dtype=bool)
