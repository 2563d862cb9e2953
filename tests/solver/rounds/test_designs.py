"""In the rounds of a design nobody meets twice, and everyone is in each."""

from __future__ import annotations

import numpy as np
import pytest

from vermegroup.domain.meetings import met
from vermegroup.solver.rounds.designs import rounds_apart


@pytest.mark.parametrize(
    ("groups", "size", "least"),
    [
        *((4, 4, 5), (5, 5, 6), (8, 4, 9), (9, 3, 13), (16, 4, 21), (25, 5, 31), (7, 4, 7)),
        *((10, 4, 7), (12, 4, 8), (6, 4, 4), (15, 4, 10), (2, 2, 3), (3, 1, 9)),
        *((3, 4, 1), (1, 4, 1), (2, 40, 1), (300, 4, 8)),
    ],
)
def test_nobody_meets_twice(groups: int, size: int, least: int) -> None:
    people = groups * size
    found = rounds_apart(groups, size, max(least, 9) if groups < 300 else 8, whole=True)
    assert len(found) >= least
    rounds = []
    for points in found:
        assert sorted(points.reshape(-1).tolist()) == list(range(people))
        group_of = np.empty(people, dtype=np.int64)
        group_of[points.reshape(-1)] = np.repeat(np.arange(groups), size)
        rounds.append(group_of)
    assert met(rounds, people).repeats == 0


def test_seats_are_columns_where_some_are_left_out() -> None:
    found = rounds_apart(8, 4, 30, whole=False)
    assert len(found) == 8
    assert (found // 8 == np.arange(4)).all()
