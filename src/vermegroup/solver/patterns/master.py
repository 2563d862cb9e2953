"""The integer master: how many groups have which pattern of person types.

People who are alike in everything the rules and goals look at are interchangeable. So it is
enough to choose how many groups have which composition of kinds: exact, and of a size that does
not grow with the number of people.

One question answers for all numbers of groups at once: whether any of them is possible, how many
people must wait at least, how often a rule must be broken at least, how many people more it would
take. Where rare values had to be merged the answer is one of a relaxation: what it rules out is
ruled out, and its least is a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import IntArray
from vermegroup.solver.cpsat import Answer, Status, refuted, solve
from vermegroup.solver.goals import Goal, outside
from vermegroup.solver.params import PARAMS
from vermegroup.solver.patterns.person_types import Kinds, kinds_of, seat_kinds
from vermegroup.solver.search import Search
from vermegroup.solver.solution import rules_broken

Linear = cp_model.LinearExpr


def count_compositions(
    problem: Problem, plan: Plan, goals: Sequence[Goal], search: Search
) -> tuple[Status, IntArray | None]:
    """A grouping (n,) by kinds; or INFEASIBLE, which proves that there is none.

    Where rare values had to be merged, the grouping may still break a rule by them. UNKNOWN where
    persons matter or kinds are too many. INFEASIBLE is confirmed by a solve without presolve.
    """
    sizes = sorted(set(plan.sizes or range(plan.smallest, plan.largest + 1)))
    kinds = kinds_of(problem, goals, sizes, PARAMS.patterns.most_patterns)
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
    effort = min(PARAMS.patterns.given_effort, search.thorough)
    master = _counted_master(plan, columns, supply)
    answer = solve(master, search, effort=effort)
    if answer.status is Status.INFEASIBLE and not refuted(master, search, effort=effort):
        return Answer(Status.UNKNOWN)
    return answer


def _counted_master(plan: Plan, columns: Sequence[IntArray], supply: IntArray) -> cp_model.CpModel:
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


@dataclass(frozen=True, slots=True)
class Counted:
    """``least`` is the least of what was counted, confirmed by a solve with other settings.

    ``group_of`` (n,) is a grouping of so many ``groups``; where it is not ``exact`` it may still
    break a rule by values that were merged.
    """

    status: Status
    exact: bool = False
    least: int = 0
    group_of: IntArray | None = None
    groups: int = 0


UNKNOWN = Counted(Status.UNKNOWN)


@dataclass(slots=True)
class _Master:
    """How many groups have each composition, when there may be any of these ``numbers``."""

    problem: Problem
    numbers: Sequence[int]
    kinds: Kinds
    columns: Sequence[IntArray]
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    used: list[cp_model.IntVar] = field(default_factory=list)
    seated: list[Linear] = field(default_factory=list)

    def __post_init__(self) -> None:
        """State what does not depend on the question."""
        most = max(self.numbers)
        self.used = [self.cp.new_int_var(0, most, "") for _ in self.columns]
        total = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(self.numbers), "")
        self.cp.add(Linear.sum([*self.used, 0]) == total)
        terms: list[list[Linear]] = [[] for _ in range(self.kinds.count)]
        for var, column in zip(self.used, self.columns, strict=True):
            for kind, times in zip(*np.unique(column, return_counts=True), strict=True):
                terms[kind].append(var * int(times))
        self.seated = [Linear.sum([*own, 0]) for own in terms]

    def seat(self, *, everyone: bool) -> None:
        """Nobody has two seats; with ``everyone`` each has one."""
        for seated, people in zip(self.seated, self._supply(), strict=True):
            self.cp.add(seated == people if everyone else seated <= people)

    def waiting(self) -> Linear:
        """How many people have no seat."""
        return len(self.kinds.kind_of) - Linear.sum([*self.seated, 0])

    def broken(self, rule: Kind) -> Linear:
        """By how much all groups together fall short of a rule."""
        plan = self.problem.plan(self.numbers[0])
        amounts = self.kinds.shortfalls(rule, plan, self.columns)
        return Linear.weighted_sum(self.used, amounts.tolist())

    def grouping(self, answer: Answer) -> tuple[IntArray, int]:
        """A solution's groups (n,), and how many there are."""
        assert answer.values is not None
        times = answer.values[: len(self.columns)].tolist()
        ticks = self.problem.layered_ticks()
        return seat_kinds(self.kinds.kind_of, self.columns, times, ticks), sum(times)

    def _supply(self) -> list[int]:
        supply: list[int] = np.bincount(self.kinds.kind_of, minlength=self.kinds.count).tolist()
        return supply


def possible_at_all(problem: Problem, numbers: Sequence[int], search: Search) -> Counted:
    """Whether any of these numbers of groups is possible, as far as counting kinds tells."""
    master = _open_master(problem, numbers, search)
    if master is None:
        return UNKNOWN
    master.seat(everyone=problem.rulebook.everyone)
    return _answered(master, None, search)


def least_waiting(problem: Problem, numbers: Sequence[int], known: int, search: Search) -> Counted:
    """How many people must wait at the least, for a problem that allows a waitlist.

    It is known to be no less than ``known``.
    """
    master = _open_master(problem, numbers, search)
    if master is None:
        return UNKNOWN
    master.seat(everyone=False)
    return _answered(master, master.waiting(), search, known)


def least_broken(
    problem: Problem, rule: Kind, numbers: Sequence[int], known: int, search: Search
) -> Counted:
    """By how much a rule that is not the problem's must be broken at the least, in all groups.

    It is known to be no less than ``known``.
    """
    master = _open_master(problem, numbers, search, (rule,))
    if master is None:
        return UNKNOWN
    master.seat(everyone=problem.rulebook.everyone)
    return _answered(master, master.broken(rule), search, known)


def _open_master(
    problem: Problem, numbers: Sequence[int], search: Search, also: tuple[Kind, ...] = ()
) -> _Master | None:
    """The question's model; None where persons matter, or everybody's mean, or the number itself.

    So one plan does for all numbers: no rule in it depends on how many groups there are.
    """
    spec = problem.rulebook.groups
    if spec.largest > PARAMS.patterns.open_largest or not numbers or search.expired():
        return None
    sizes = range(spec.smallest, spec.largest + 1)
    kinds = kinds_of(problem, (), sizes, PARAMS.patterns.most_patterns, also)
    if kinds is None:
        return None
    plan = problem.plan(numbers[0])
    columns = [column for size in sizes for column in valid_compositions(kinds, plan, size)]
    return _Master(problem, numbers, kinds, columns)


def _answered(master: _Master, objective: Linear | None, search: Search, known: int = 0) -> Counted:
    """First without presolve, which takes longer here than all the rest; then once more with it."""
    exact = master.kinds.exact
    if objective is not None:
        master.cp.minimize(objective)
        master.cp.add(objective >= known)  # so that it ends as soon as it is there
    answer = solve(master.cp, search, effort=PARAMS.patterns.open_effort, presolve=False)
    if answer.status is Status.INFEASIBLE:
        ruled_out = refuted(master.cp, search, effort=PARAMS.patterns.open_effort, presolve=True)
        return Counted(Status.INFEASIBLE, exact) if ruled_out else UNKNOWN
    if answer.values is None:
        return UNKNOWN
    group_of, groups = master.grouping(answer)
    least = known
    if objective is not None and (answer.objective or 0) > known:
        least = _confirmed(master, objective, answer, search) or known
    return Counted(Status.FEASIBLE, exact, least, group_of, groups)


def _confirmed(master: _Master, objective: Linear, answer: Answer, search: Search) -> int | None:
    """The optimum, if a second solve finds nothing below it."""
    if answer.status is not Status.OPTIMAL or answer.objective is None:
        return None
    master.cp.clear_objective()  # type: ignore[no-untyped-call]
    master.cp.add(objective <= answer.objective - 1)
    best = refuted(master.cp, search, effort=PARAMS.patterns.open_effort, presolve=True)
    return answer.objective if best else None
