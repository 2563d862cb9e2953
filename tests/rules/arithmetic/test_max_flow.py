"""The most different values that groups can have, beside a flow found path by path."""

from __future__ import annotations

import random

import numpy as np
import pytest

from vermegroup.rules.arithmetic.max_flow import commonest, greatest_cover


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
            for other in [own for own, groups in given.items() if group in groups]:
                if seats(other, seen):
                    given[other].discard(group)
                    given[value].add(group)
                    return True
        return False

    return sum(seats(value, set()) for value, count in enumerate(counts) for _ in range(count))


@pytest.mark.parametrize("seed", range(60))
def test_the_cover_is_the_greatest_flow(seed: int) -> None:
    chance = random.Random(seed)
    counts = [chance.randint(0, 5) for _ in range(chance.randint(1, 6))]
    brought = [chance.randint(0, 7) for _ in range(chance.randint(1, 5))]
    cover = greatest_cover(np.array(counts), np.array(brought))
    assert cover.most == greatest_flow(counts, brought)
    # The cut that tells it: common values by groups, rare ones by people.
    falling = sorted(counts, reverse=True)
    cut = sum(min(cover.common, own) for own in brought) + sum(falling[cover.common :])
    assert cut == cover.most
    assert all(
        sum(min(fewer, own) for own in brought) + sum(falling[fewer:]) > cover.most
        for fewer in range(cover.common)
    )


def test_of_equal_values_the_first_are_the_commonest() -> None:
    assert commonest(np.array([1, 3, 2, 3]), 3).tolist() == [1, 3, 2]
