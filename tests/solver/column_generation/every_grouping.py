"""Every way of dividing a handful of people into groups that keep the rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.solution import seating_of

Division = list[tuple[int, ...]]


def divisions(left: frozenset[int], number: int, sizes: range) -> Iterator[Division]:
    """All ways of dividing people into so many groups."""
    if not left and not number:
        yield []
    if not left or not number:
        return
    first, *others = sorted(left)
    for size in sizes:
        for mates in combinations(others, size - 1):
            group = (first, *mates)
            for rest in divisions(left - set(group), number - 1, sizes):
                yield [group, *rest]


def every_grouping(problem: Problem, groups: int, waiting: int = 0) -> Iterator[IntArray]:
    """All groupings (n,) into so many groups of allowed sizes that keep the rules.

    ``waiting`` people at most are left over, -1.
    """
    people, plan = len(problem.roster), problem.plan(groups)
    sizes = range(plan.smallest, plan.largest + 1)
    for placed in _placed(people, waiting):
        for division in divisions(placed, groups, sizes):
            group_of = np.full(people, -1, dtype=np.int64)
            for place, members in enumerate(division):
                group_of[list(members)] = place
            if not rules_broken(problem, plan, seating_of(group_of, groups)).any():
                yield group_of


def _placed(people: int, waiting: int) -> Iterator[frozenset[int]]:
    for left_over in range(waiting + 1):
        for waits in combinations(range(people), left_over):
            yield frozenset(range(people)) - set(waits)
