"""Sums and products of whole numbers of any size, beside Python's own."""

from __future__ import annotations

import random

import numpy as np
import pytest

from vermegroup.domain.arrays import (
    WORD,
    above_least,
    exceeds,
    largest,
    plus,
    roomy,
    short_of,
    snug,
    sum_of,
    sums_by_group,
    times,
)

# On both sides of what a float, half a word and a word hold.
REACHES = (0, 1, 9, 2**26, 2**52, 2**53, 2**61, 2**62 - 1, 2**62, 2**63 - 1)


def numbers(chance: random.Random, reach: int, count: int) -> list[int]:
    some = [chance.randint(-reach, reach) for _ in range(count)]
    return [*some, reach, -reach] if count else []


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_whatever_is_added_or_multiplied_is_exact(reach: int, count: int) -> None:
    chance = random.Random(f"{reach} {count}")
    values = numbers(chance, reach, count)
    array = np.array(values, dtype=np.int64)
    others = numbers(chance, chance.choice(REACHES), count)
    group = [chance.randrange(3) for _ in values]
    assert largest(array) == max(map(abs, values), default=0)
    assert sum_of(array) == sum(values)
    assert plus(array, np.array(others, dtype=np.int64)).tolist() == [
        one + other for one, other in zip(values, others, strict=True)
    ]
    for factor in (0, 3, -(2**40), 2**63):
        assert times(array, factor).tolist() == [one * factor for one in values]
    assert times(array, np.array(others, dtype=np.int64)).tolist() == [
        one * other for one, other in zip(values, others, strict=True)
    ]
    sums = sums_by_group(array, np.array(group, dtype=np.int64), 4).tolist()
    assert sums == [
        sum(one for one, at in zip(values, group, strict=True) if at == g) for g in range(4)
    ]
    for limit in (0, -5, reach, 2**62, 2**63, 2**80, -(2**80)):
        assert short_of(array, limit).tolist() == [max(0, limit - one) for one in values]


def test_numbers_are_in_64_bits_where_they_fit() -> None:
    small = np.array([1, -2])
    assert roomy(small, WORD - 1).dtype == np.int64
    assert roomy(small, WORD).dtype == object
    assert snug(roomy(small, WORD)).dtype == np.int64
    assert times(small, 2**61).dtype == object
    assert times(small, 2**60).dtype == np.int64
    assert plus(times(small, 2**61), times(small, -(2**61))).tolist() == [0, 0]
    assert sums_by_group(small, np.array([0, 0]), 1).dtype == np.int64


@pytest.mark.parametrize("values", [[], [5], [-(2**61), 2**61, 0], [3, 3]])
def test_above_the_least(values: list[int]) -> None:
    found = above_least(np.array(values, dtype=np.int64)).tolist()
    assert found == [one - min(values) for one in values]


def test_limits_by_size_may_be_of_any_size() -> None:
    amounts, sizes = np.array([5, 5, 5, 5]), np.array([1, 2, 3, 4])
    limits = {1: 4, 2: 5, 3: 2**80, 4: -(2**80)}
    assert exceeds(amounts, sizes, limits.__getitem__).tolist() == [True, False, False, True]
    assert exceeds(amounts[:0], sizes[:0], limits.__getitem__).tolist() == []
