"""What came of trying one number of groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.sums import plus


@dataclass(frozen=True, slots=True)
class Attempt:
    """``possible`` is True, False (shown by search) or None (open).

    ``group_of`` (n,) is the best grouping found, -1 for the waitlist. ``bounds`` holds what
    search has shown that a preference (by position) cannot pass, given those before it.
    """

    possible: bool | None
    group_of: IntArray | None = None
    bounds: Mapping[int, int] = field(default_factory=dict)


def seating_of(group_of: IntArray, groups: int) -> Seating:
    """The seats of a grouping given as an array (n,) of group indices, -1 for none."""
    placed = np.flatnonzero(group_of >= 0)
    return Seating(placed, group_of[placed], groups)


def rules_broken(problem: Problem, plan: Plan, seating: Seating) -> IntArray:
    """By how much each group falls short of the rules, added up, shape (groups,)."""
    missing = np.zeros(seating.groups, dtype=np.int64)
    for rule in problem.rulebook.rules:
        missing = plus(missing, rule.shortfall(problem.roster, plan, seating))
    return missing
