"""Who can be in no group at all: rules are local, so one group is enough to tell.

A person who must be placed and fits into no group rules out every number of groups. The model is
that of a neighbourhood of one group, and as small as the roster is long.
"""

from __future__ import annotations

import numpy as np

from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.cpsat import Status, refuted, solve
from vermegroup.solver.limits import Search
from vermegroup.solver.neighbourhood import Neighbourhood

EFFORT = 0.5
# People beyond whom the model of one group is too large to be built for a single person.
MOST_MATES = 50_000


def fits_nowhere(problem: Problem, people: IntArray, search: Search) -> IntArray:
    """Those of ``people`` (m,) of whom it is proven, twice, that no group can have them.

    Of a very large roster nobody.

    Rules that judge a group by everybody's mean or by the number of groups are left aside.
    """
    if len(problem.roster) > MOST_MATES:
        return people[:0]
    alone = problem.of_single_groups()
    seen = np.zeros(len(problem.roster), dtype=bool)
    nowhere: list[int] = []
    for person in people.tolist():
        if seen[person] or search.expired():
            continue
        status, mates = _group_with(alone, person, search)
        seen |= mates
        if status is Status.INFEASIBLE:
            nowhere.append(person)
    return np.array(nowhere, dtype=np.int64)


def _group_with(problem: Problem, person: int, search: Search) -> tuple[Status, BoolArray]:
    """A group that has the person: who is in it, shape (n,)."""
    members = np.zeros(len(problem.roster), dtype=bool)
    model = _one_group(problem, person)
    answer = solve(model.cp, search, effort=EFFORT)
    if answer.found:
        members[model.groups_found(answer) == 0] = True
        return Status.FEASIBLE, members
    if answer.status is not Status.INFEASIBLE or search.expired():
        return Status.UNKNOWN, members
    alone = refuted(model.cp, search, effort=EFFORT)
    return Status.INFEASIBLE if alone else Status.UNKNOWN, members


def _one_group(problem: Problem, person: int) -> Neighbourhood:
    plan = problem.plan(1, everyone=False)
    model = Neighbourhood(np.arange(len(problem.roster)), 1, plan, None, everyone=False)
    for rule in problem.rulebook.rules:
        rule.require(problem.roster, plan, model, 0)
    model.seat(person, 0)
    return model
