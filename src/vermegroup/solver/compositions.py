"""Composition counting: where people are of few kinds, count kinds instead of placing persons.

People who are alike in everything the rules and goals look at are interchangeable. So it is
enough to choose how many groups have which composition of kinds: exact, and of a size that does
not grow with the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.attempt import rules_broken
from vermegroup.solver.cpsat import Answer, Status, refuted, solve
from vermegroup.solver.goals import Goal, outside
from vermegroup.solver.limits import Search
from vermegroup.solver.people_kinds import Kinds, kinds_of
from vermegroup.solver.seating_kinds import seat_kinds

MOST_COMPOSITIONS = 60_000
EFFORT = 10.0

Linear = cp_model.LinearExpr


def count_compositions(
    problem: Problem, plan: Plan, goals: Sequence[Goal], search: Search
) -> tuple[Status, IntArray | None]:
    """A grouping (n,) by kinds; or INFEASIBLE, which proves that there is none.

    Where rare values had to be merged, the grouping may still break a rule by them. UNKNOWN where
    persons matter or kinds are too many. INFEASIBLE is confirmed by a solve without presolve.
    """
    sizes = sorted(set(plan.sizes or range(plan.smallest, plan.largest + 1)))
    kinds = kinds_of(problem, goals, sizes, MOST_COMPOSITIONS)
    if kinds is None:
        return Status.UNKNOWN, None
    columns = [column for size in sizes for column in valid_compositions(kinds, plan, size)]
    answer = _choose(plan, columns, np.bincount(kinds.kind_of), search)
    if answer.values is None:
        return answer.status, None
    times = answer.values[: len(columns)].tolist()
    return Status.FEASIBLE, seat_kinds(kinds.kind_of, columns, times, problem.layered_ticks())


def valid_compositions(kinds: Kinds, plan: Plan, size: int) -> list[IntArray]:
    """The compositions of one size, as rows of kinds, that keep all rules and goals."""
    rows = np.array(list(combinations_with_replacement(range(kinds.count), size)), dtype=np.int64)
    seating = kinds.seated(rows)
    bad = rules_broken(kinds.problem, plan, seating) > 0
    return list(rows[~(bad | outside(kinds.windows, seating))])


def _choose(plan: Plan, columns: Sequence[IntArray], supply: IntArray, search: Search) -> Answer:
    """How many groups have each composition."""
    effort = min(EFFORT, search.thorough)
    master = _master(plan, columns, supply)
    answer = solve(master, search, effort=effort)
    if answer.status is Status.INFEASIBLE and not refuted(master, search, effort=effort):
        return Answer(Status.UNKNOWN)
    return answer


def _master(plan: Plan, columns: Sequence[IntArray], supply: IntArray) -> cp_model.CpModel:
    model = cp_model.CpModel()
    used = [model.new_int_var(0, plan.groups, "") for _ in columns]
    model.add(Linear.sum([*used, 0]) == plan.groups)
    for size in sorted(set(plan.sizes or ())):
        of_size = [var for var, column in zip(used, columns, strict=True) if len(column) == size]
        model.add(Linear.sum([*of_size, 0]) == list(plan.sizes or ()).count(size))
    terms: list[list[Linear]] = [[] for _ in supply]
    for var, column in zip(used, columns, strict=True):
        for kind, times in zip(*np.unique(column, return_counts=True), strict=True):
            terms[kind].append(var * int(times))
    for kind, people in enumerate(supply.tolist()):
        seated = Linear.sum([*terms[kind], 0])
        model.add(seated == people if plan.everyone else seated <= people)
    return model
