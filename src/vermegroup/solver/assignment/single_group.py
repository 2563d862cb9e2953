"""A model of one group: who fits into none at all, and groups built one after the other.

A person who must be placed and fits into no group rules out every number of groups. The model is
that of a neighbourhood of one group, and as small as the roster is long.

Each is a neighbourhood of one group, and takes as few as it can of those whom every group needs.
"""

from __future__ import annotations

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.problem import Problem
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import Status, refuted, solve
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


def fits_nowhere(problem: Problem, people: IntArray, search: Search) -> IntArray:
    """Those of ``people`` (m,) of whom it is proven, twice, that no group can have them.

    Of a very large roster nobody.

    Rules that judge a group by everybody's mean or by the number of groups are left aside.
    """
    if len(problem.roster) > PARAMS.assignment.nowhere_people:
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
    answer = solve(model.cp, search, effort=PARAMS.assignment.nowhere_effort)
    if answer.found:
        members[model.groups_found(answer) == 0] = True
        return Status.FEASIBLE, members
    if answer.status is not Status.INFEASIBLE or search.expired():
        return Status.UNKNOWN, members
    alone = refuted(model.cp, search, effort=PARAMS.assignment.nowhere_effort)
    return Status.INFEASIBLE if alone else Status.UNKNOWN, members


def _one_group(problem: Problem, person: int) -> Neighbourhood:
    plan = problem.plan(1, everyone=False)
    model = Neighbourhood(np.arange(len(problem.roster)), 1, plan, None, everyone=False)
    for rule in problem.rulebook.rules:
        rule.require(problem.roster, plan, model, 0)
    model.seat(person, 0)
    return model


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
        few = left[:: -(-len(left) // PARAMS.assignment.group_people)] if len(left) else left
        members = _next_group(alone, few, worth, search)
        if not len(members):
            break
        group_of[members] = groups
        groups += 1
    return group_of, groups


def _worth(problem: Problem) -> IntArray:
    worth = np.full(len(problem.roster), PARAMS.assignment.member_value, dtype=np.int64)
    for rule in problem.rulebook.rules:
        quota = rule.quota(problem.roster)
        if quota is not None:
            worth -= PARAMS.assignment.quota_value * quota.who
    return np.maximum(1, worth)


def _next_group(problem: Problem, people: IntArray, worth: IntArray, search: Search) -> IntArray:
    plan = problem.plan(1, everyone=False)
    if len(people) < plan.smallest:
        return people[:0]
    model = Neighbourhood(people, 1, plan, None, everyone=False)
    for rule in problem.rulebook.rules:
        rule.require(problem.roster, plan, model, 0)
    model.maximise(model.total(worth[people], 0))
    answer = solve(model.cp, search, effort=PARAMS.assignment.group_effort)
    return people[model.groups_found(answer) == 0] if answer.found else people[:0]
