"""Three traits of a class of 96, one of which several values: spread over 24 groups, and proven."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.outcome import Verdict
from vermegroup.rules.spread_values import commonest, greatest_cover
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

RULES = """
groups: {size: 4, count: 24}
rules: [place_everyone]
preferences:
- [{spread: municipality, weight: 1}, {spread: subject, weight: 1}, {spread: hours, weight: 1}]
"""


def a_class(seed: int) -> list[Person]:
    """96 people: few or many towns and subjects, even or uneven, and one to four free hours."""
    chance = random.Random(seed)
    towns, subjects, hours = chance.randint(4, 40), chance.randint(3, 12), chance.randint(5, 14)
    town_sizes = [1 / (rank + 1) ** chance.choice((0, 0.5, 1)) for rank in range(towns)]
    subject_sizes = [1 / (rank + 1) ** chance.choice((0, 0.5, 1)) for rank in range(subjects)]
    return [
        Person(
            f"Town {chance.choices(range(towns), town_sizes)[0]}",
            chance.randint(0, 30),
            f"Subject {chance.choices(range(subjects), subject_sizes)[0]}",
            tuple(f"Hour {hour}" for hour in chance.sample(range(hours), chance.randint(1, 4))),
        )
        for _ in range(96)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_a_tier_of_three_spreads_is_proven_optimal(seed: int) -> None:
    outcome = form(problem_from(a_class(seed), RULES), Limits(seconds=60))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.proven
    assert outcome.grouping is not None
    assert outcome.grouping.groups == 24


def test_the_cover_is_the_greatest_flow() -> None:
    """Against every way of filling a small table of values and groups."""
    chance = random.Random(1)
    for _ in range(60):
        counts = [chance.randint(0, 4) for _ in range(chance.randint(1, 3))]
        brought = [chance.randint(0, 3) for _ in range(chance.randint(1, 3))]
        cells = [*product(range(len(counts)), range(len(brought)))]
        most = 0
        for chosen in product((0, 1), repeat=len(cells)):
            taken = [cell for cell, used in zip(cells, chosen, strict=True) if used]
            by_value = [sum(v == value for v, _ in taken) for value in range(len(counts))]
            by_group = [sum(g == group for _, g in taken) for group in range(len(brought))]
            fits = all(count <= limit for count, limit in zip(by_value, counts, strict=True))
            if fits and all(count <= limit for count, limit in zip(by_group, brought, strict=True)):
                most = max(most, len(taken))
        assert greatest_cover(np.array(counts), np.array(brought)).most == most, (counts, brought)


def greatest_flow(counts: list[int], brought: list[int]) -> int:
    """Values to groups, each at most once: augmented while a path is left (Ford and Fulkerson)."""
    given: dict[int, set[int]] = {value: set() for value in range(len(counts))}
    left = list(brought)

    def seats(value: int, seen: set[int]) -> bool:
        for group in range(len(left)):
            if group in given[value] or group in seen:
                continue
            seen.add(group)
            if left[group]:
                left[group] -= 1
                given[value].add(group)
                return True
            for other in [holder for holder, groups in given.items() if group in groups]:
                if seats(other, seen):
                    given[other].discard(group)
                    given[value].add(group)
                    return True
        return False

    return sum(seats(value, set()) for value, count in enumerate(counts) for _ in range(count))


@pytest.mark.parametrize("seed", range(60))
def test_the_cover_is_the_greatest_flow_found_path_by_path(seed: int) -> None:
    chance = random.Random(seed)
    counts = [chance.randint(0, 5) for _ in range(chance.randint(1, 6))]
    brought = [chance.randint(0, 7) for _ in range(chance.randint(1, 5))]
    cover = greatest_cover(np.array(counts), np.array(brought))
    assert cover.most == greatest_flow(counts, brought)
    # The cut that tells it: common values by groups, rare ones by people.
    falling = sorted(counts, reverse=True)
    cut = sum(min(cover.common, number) for number in brought) + sum(falling[cover.common :])
    assert cut == cover.most
    assert all(
        sum(min(fewer, number) for number in brought) + sum(falling[fewer:]) > cover.most
        for fewer in range(cover.common)
    )


def test_of_equal_values_the_first_are_the_commonest() -> None:
    assert commonest(np.array([1, 3, 2, 3]), 3).tolist() == [1, 3, 2]
