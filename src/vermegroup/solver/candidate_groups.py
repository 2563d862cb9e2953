"""Many candidate groups at once, as rows of members, judged by the rules."""

from __future__ import annotations

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.attempt import rules_broken

NOBODY = -1
_JUDGED_AT_ONCE = 200_000


def of_width(columns: int, width: int) -> int:
    """As many columns as have the seats of so many columns of five."""
    return columns * 5 // max(5, width)


def padded(groups: list[IntArray], width: int) -> IntArray:
    """Groups as rows (c, width) of members, with NOBODY in empty seats."""
    found = np.full((len(groups), width), NOBODY, dtype=np.int64)
    for place, members in enumerate(groups):
        found[place, : len(members)] = members
    return found


def seating_of_rows(rows: IntArray) -> Seating:
    """The seats of candidate groups."""
    seats = rows != NOBODY
    return Seating(rows[seats], np.nonzero(seats)[0], len(rows))


def holds(problem: Problem, plan: Plan, rows: IntArray) -> BoolArray:
    """Which candidate groups keep every rule, shape (c,)."""
    found = [np.empty(0, dtype=bool)]
    for start in range(0, len(rows), _JUDGED_AT_ONCE):
        seating = seating_of_rows(rows[start : start + _JUDGED_AT_ONCE])
        found.append(rules_broken(problem, plan, seating) == 0)
    return np.concatenate(found)
