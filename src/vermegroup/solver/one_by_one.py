"""Groups one after the other, of whoever is left: some valid groups soon, where a deal has none.

Each is a neighbourhood of one group, and takes as few as it can of those whom every group needs.
"""

from __future__ import annotations

import numpy as np

from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.cpsat import solve
from vermegroup.solver.limits import Search
from vermegroup.solver.neighbourhood import Neighbourhood

EFFORT = 0.1
# People of whom the next group is taken: enough of all sorts, and a model that is soon built.
MOST_LOOKED_AT = 2_000
# What a member is worth, and how much less for each quota that counts this person.
WORTH, SCARCE = 10, 4


def groups_one_by_one(problem: Problem, search: Search) -> tuple[IntArray, int]:
    """Some valid groups (n,), -1 for whoever is left, and how many there are.

    Rules that judge a group by everybody's mean or by the number of groups are left aside, so what
    comes of it has to be judged.
    """
    alone = problem.of_single_groups()
    worth = _worth(problem)
    group_of = np.full(len(problem.roster), -1, dtype=np.int64)
    groups = 0
    most = problem.rulebook.groups.most or len(problem.roster)
    while groups < most and not search.expired():
        left = np.flatnonzero(group_of < 0)
        few = left[:: -(-len(left) // MOST_LOOKED_AT)] if len(left) else left
        members = _next_group(alone, few, worth, search)
        if not len(members):
            break
        group_of[members] = groups
        groups += 1
    return group_of, groups


def _worth(problem: Problem) -> IntArray:
    worth = np.full(len(problem.roster), WORTH, dtype=np.int64)
    for rule in problem.rulebook.rules:
        quota = rule.quota(problem.roster)
        if quota is not None:
            worth -= SCARCE * quota.who
    return np.maximum(1, worth)


def _next_group(problem: Problem, people: IntArray, worth: IntArray, search: Search) -> IntArray:
    plan = problem.plan(1, everyone=False)
    if len(people) < plan.smallest:
        return people[:0]
    model = Neighbourhood(people, 1, plan, None, everyone=False)
    for rule in problem.rulebook.rules:
        rule.require(problem.roster, plan, model, 0)
    model.maximise(model.total(worth[people], 0))
    answer = solve(model.cp, search, effort=EFFORT)
    return people[model.groups_found(answer) == 0] if answer.found else people[:0]
