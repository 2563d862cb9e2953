"""Composition counting: where people are of few kinds, count kinds instead of placing persons.

People who are alike in everything the rules and goals look at are interchangeable. So it is
enough to choose how many groups have which composition of kinds: exact, and of a size that does
not grow with the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement
from math import comb

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.grouping import Seating
from vermegroup.kind import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.cpsat import Answer, Status, solve
from vermegroup.solver.dealing import layered_ticks
from vermegroup.solver.draft import bad_groups
from vermegroup.solver.goals import Goal
from vermegroup.solver.limits import Search
from vermegroup.solver.seating_kinds import seat_kinds

MOST_COMPOSITIONS = 100_000
EFFORT = 10.0

Linear = cp_model.LinearExpr


def count_compositions(
    problem: Problem, plan: Plan, goals: Sequence[Goal], search: Search
) -> tuple[Status, IntArray | None] | None:
    """Form groups by kinds: a grouping (n,), or INFEASIBLE, which proves that there is none.

    None where kinds are too many to count, or where a rule tells persons apart. INFEASIBLE is
    confirmed by a second solve without presolve.
    """
    if not all(goal.windows is not None for goal in goals):
        return None
    kinds = _kinds(problem, goals)
    if kinds is None:
        return None
    kind_of, representatives = kinds
    sizes = sorted(set(plan.sizes or range(plan.smallest, plan.largest + 1)))
    if sum(comb(len(representatives) + size - 1, size) for size in sizes) > MOST_COMPOSITIONS:
        return None
    columns = [
        column for size in sizes for column in _valid(problem, plan, goals, representatives, size)
    ]
    supply = np.bincount(kind_of, minlength=len(representatives))
    answer = _choose(plan, columns, supply, search)
    if answer.values is not None:
        return Status.FEASIBLE, seat_kinds(
            kind_of, columns, answer.values.tolist(), layered_ticks(problem)
        )
    return answer.status, None


def _kinds(problem: Problem, goals: Sequence[Goal]) -> tuple[IntArray, IntArray] | None:
    """Each person's kind (n,), and one person of each kind; None where persons matter."""
    if not all(rule.anonymous for rule in problem.rulebook.rules):
        return None
    roster = problem.roster
    features = [window.weights for goal in goals for window in goal.windows or ()]
    for rule in problem.rulebook.rules:
        features += [roster.categories[trait].codes for trait in rule.categories()]
        features += [roster.numbers[trait].ticks for trait in rule.numbers()]
    if not features:
        features = [np.zeros(len(roster), dtype=np.int64)]
    table = np.stack(features, axis=1)
    _, representatives, kind_of = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return kind_of.reshape(-1).astype(np.int64), representatives.astype(np.int64)


def _valid(
    problem: Problem, plan: Plan, goals: Sequence[Goal], representatives: IntArray, size: int
) -> list[IntArray]:
    """The compositions of one size, as rows of kinds, that keep all rules and goals."""
    rows = np.array(
        list(combinations_with_replacement(range(len(representatives)), size)), dtype=np.int64
    )
    groups = np.repeat(np.arange(len(rows)), size)
    seating = Seating(representatives[rows.reshape(-1)], groups, len(rows))
    return list(rows[~bad_groups(problem, plan, goals, seating)])


def _choose(plan: Plan, columns: Sequence[IntArray], supply: IntArray, search: Search) -> Answer:
    """How many groups have each composition."""
    model = _master(plan, columns, supply)
    answer = solve(model, search, effort=EFFORT)
    if answer.status is not Status.INFEASIBLE:
        return answer
    again = solve(_master(plan, columns, supply), search, effort=EFFORT, presolve=False)
    return again if again.status is Status.INFEASIBLE else Answer(Status.UNKNOWN)


def _master(plan: Plan, columns: Sequence[IntArray], supply: IntArray) -> cp_model.CpModel:
    model = cp_model.CpModel()
    used = [model.new_int_var(0, plan.groups, "") for _ in columns]
    model.add(Linear.sum(used) == plan.groups)
    for size in sorted(set(plan.sizes or ())):
        of_size = [var for var, column in zip(used, columns, strict=True) if len(column) == size]
        model.add(Linear.sum(of_size) == list(plan.sizes or ()).count(size))
    terms: list[list[cp_model.IntVar]] = [[] for _ in supply]
    weights: list[list[int]] = [[] for _ in supply]
    for var, column in zip(used, columns, strict=True):
        for kind, times in zip(*np.unique(column, return_counts=True), strict=True):
            terms[kind].append(var)
            weights[kind].append(int(times))
    for kind, people in enumerate(supply.tolist()):
        seated = Linear.weighted_sum(terms[kind], weights[kind])
        model.add(seated == people if plan.everyone else seated <= people)
    return model
