"""Indices equal values worked by hand, and the limits that the literature gives, to 1e-12.

The limits are those of Harrison and Klein (2007), table 1: for n members, a scale from l to u, and
K kinds, the standard deviation is (u - l) / 2 at most, the coefficient of variation √(n - 1), the
Gini index 1 - 1/n, and Blau's index (K - 1) / K.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import isnan, sqrt

import numpy as np
import pytest

from vermegroup.evidence.indices import (
    blau,
    coefficient_of_variation,
    faultline_strength,
    gini,
    mean,
    richness,
    scaled,
    standard_deviation,
)

EXACT = 1e-12

# The squares of the eight values' distances from their mean, 5, sum up to 32; 32 / 8 = 4.
EIGHT = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]


def test_separation_and_disparity_as_worked_by_hand() -> None:
    assert mean(EIGHT) == pytest.approx(5, abs=EXACT)
    assert standard_deviation(EIGHT) == pytest.approx(2, abs=EXACT)
    assert coefficient_of_variation(EIGHT) == pytest.approx(0.4, abs=EXACT)
    # 1, 2, 3, 4: pairs differ by 3·1 + 2·2 + 1·3 = 10, twice as ordered ones; 20 / (2 · 16 · 2.5).
    assert gini([1, 2, 3, 4]) == pytest.approx(0.25, abs=EXACT)
    # 1, 1, 4: pairs differ by 0 + 3 + 3 = 6; 12 / (2 · 9 · 2) = 1/3.
    assert gini([1, 1, 4]) == pytest.approx(1 / 3, abs=EXACT)


def test_variety_as_worked_by_hand() -> None:
    # Shares 1/2, 1/4 and 1/4: 1 - (4 + 1 + 1) / 16.
    assert blau(["a", "a", "b", "c"]) == pytest.approx(0.625, abs=EXACT)
    assert richness(["a", "a", "b", "c"]) == 3


@pytest.mark.parametrize("n", [2, 4, 6, 10])
def test_the_limits_of_harrison_and_klein_are_reached(n: int) -> None:
    ends = [1.0] * (n // 2) + [5.0] * (n // 2)
    assert standard_deviation(ends) == pytest.approx((5 - 1) / 2, abs=EXACT)
    one_has_all = [0.0] * (n - 1) + [3.0]
    assert coefficient_of_variation(one_has_all) == pytest.approx(sqrt(n - 1), abs=EXACT)
    assert gini(one_has_all) == pytest.approx(1 - 1 / n, abs=EXACT)
    assert blau([str(kind) for kind in range(n)]) == pytest.approx((n - 1) / n, abs=EXACT)


def test_where_all_are_alike_there_is_no_diversity() -> None:
    alike = [7.0] * 5
    found = (standard_deviation(alike), coefficient_of_variation(alike), gini(alike))
    assert found == pytest.approx((0, 0, 0), abs=EXACT)
    assert blau(["x"] * 5) == 0
    assert richness(["x"] * 5) == 1


def test_indices_agree_with_exact_fractions_on_random_groups() -> None:
    rng = np.random.default_rng(4)
    for _group in range(200):
        ticks = rng.integers(0, 40, int(rng.integers(2, 9))).tolist()
        if not sum(ticks):
            continue
        exact = [Fraction(tick, 2) for tick in ticks]
        n, centre = len(exact), sum(exact) / len(exact)
        variance = sum((value - centre) ** 2 for value in exact) / n
        apart = sum(abs(one - other) for one in exact for other in exact) / (2 * n * n * centre)
        values = list(map(float, exact))
        assert standard_deviation(values) == pytest.approx(sqrt(variance), abs=EXACT)
        assert coefficient_of_variation(values) == pytest.approx(
            sqrt(variance) / float(centre), abs=EXACT
        )
        assert gini(values) == pytest.approx(float(apart), abs=EXACT)


def test_faultlines_as_worked_by_hand() -> None:
    # 0, 1, 2, 3 part best as 0, 1 and 2, 3: 2 · 1² + 2 · 1² = 4 of 1.5² · 2 + 0.5² · 2 = 5.
    assert faultline_strength(np.array([[0.0], [1], [2], [3]])) == pytest.approx(0.8, abs=EXACT)
    # Two traits that cross: either explains half. Two that go together explain everything.
    crossed = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    assert faultline_strength(crossed) == pytest.approx(0.5, abs=EXACT)
    aligned = np.array([[0.0, 0], [0, 0], [1, 1], [1, 1]])
    assert faultline_strength(aligned) == pytest.approx(1.0, abs=EXACT)
    # With one alone against three: 0, 0, 0, 1 parts perfectly; in two and two it is a third:
    # 2 · (1/4)² + 2 · (1/4)² = 1/4 of 3 · (1/4)² + (3/4)² = 3/4.
    lonely = np.array([[0.0], [0], [0], [1]])
    assert faultline_strength(lonely) == pytest.approx(1 / 3, abs=EXACT)
    assert faultline_strength(lonely, smallest=1) == pytest.approx(1.0, abs=EXACT)


def test_faultlines_are_the_most_over_all_ways_to_part_the_group() -> None:
    rng = np.random.default_rng(5)
    for size in (4, 5, 6, 7):
        traits = rng.standard_normal((size, 3))
        total = ((traits - traits.mean(axis=0)) ** 2).sum()
        best = 0.0
        for count in range(2, size - 1):
            for some in combinations(range(size), count):
                parts = (list(some), [at for at in range(size) if at not in some])
                between = sum(
                    len(part) * ((traits[part].mean(axis=0) - traits.mean(axis=0)) ** 2).sum()
                    for part in parts
                )
                best = max(best, float(between / total))
        assert faultline_strength(traits) == pytest.approx(best, abs=EXACT)


def test_two_who_differ_in_a_named_trait_are_one_apart() -> None:
    columns = scaled([], [["a", "b", "c", "a"]])
    distances = np.sqrt(((columns[:, None] - columns[None]) ** 2).sum(axis=2))
    assert distances[0, 1] == pytest.approx(1, abs=EXACT)
    assert distances[1, 2] == pytest.approx(1, abs=EXACT)
    assert distances[0, 3] == 0
    years = scaled([[0, 10, 20]], [])[:, 0]
    assert standard_deviation(years.tolist()) == pytest.approx(1, abs=EXACT)


def test_what_is_not_defined_is_no_number() -> None:
    assert isnan(mean([]))
    assert isnan(standard_deviation([]))
    assert isnan(blau([]))
    assert isnan(coefficient_of_variation([0, 0]))
    assert isnan(gini([-1, 2]))
    assert isnan(faultline_strength(np.zeros((4, 2))))
    assert isnan(faultline_strength(np.eye(3)))
    assert isnan(faultline_strength(np.eye(17)))
