"""As many people in valid groups as can be; the others wait."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vermegroup.diagnosis.least import Least, Wish, least
from vermegroup.diagnosis.left_out import takers
from vermegroup.kind import Kind
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.attempt import seating_of
from vermegroup.solver.counting import Counting
from vermegroup.solver.limits import Search
from vermegroup.solver.open_number import UNKNOWN, least_waiting


def fewest_waiting(problem: Problem, everyone: Kind, bound: int, search: Search) -> Least | None:
    """Let as few people wait as can be, under a problem that allows a waitlist.

    ``everyone`` is the rule that places everyone, which is now a wish; ``bound`` is how many must
    wait in this problem as far as is known. None where no grouping was found.
    """
    counting = Counting(problem)
    numbers = counting.left(search.expired)
    if not numbers or not counting.complete:
        return None
    wish = Wish(everyone, _waiting, in_people=True)
    known = max(bound, min(wish.bound(problem, groups) for groups in numbers))
    # Where nobody need wait, the number of groups that comes first may do.
    counted = least_waiting(problem, numbers, known, search) if known else UNKNOWN
    found = least(problem, wish, numbers, counted, bound, search)
    if found is None or found.amount <= found.bound:
        return found
    return _filled(problem, found, search)


def _waiting(group_of: IntArray, groups: int) -> int:
    del groups
    return int((group_of < 0).sum())


def _filled(problem: Problem, found: Least, search: Search) -> Least:
    """The grouping with everyone seated whom some group takes as it is, while there is time."""
    group_of, plan = found.group_of.copy(), problem.plan(found.groups)
    for person in np.flatnonzero(group_of < 0).tolist():
        if search.expired():
            break
        fitting = takers(problem, plan, seating_of(group_of, found.groups), person)
        if len(fitting):
            group_of[person] = fitting[0]
    return replace(found, group_of=group_of, amount=_waiting(group_of, found.groups))
