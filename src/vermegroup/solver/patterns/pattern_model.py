"""The integer master: how many groups have which pattern of person types.

People who are alike in everything the rules and goals look at are interchangeable. So it is
enough to choose how many groups have which pattern: exact, and of a size that does not grow with
the number of people.

The number of groups is given, or open: then one question answers for all numbers at once, whether
any of them is possible, how many people must wait at least, how often a rule must be broken at
least. Where rare values had to be merged the answer is one of a relaxation: what it rules out is
ruled out, and its least is a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.cpsat import Answer, CpModel, Status, refuted, solve
from vermegroup.solver.goals import Goal, outside
from vermegroup.solver.params import PARAMS
from vermegroup.solver.patterns.person_types import PersonTypes, person_types_of, seat_types
from vermegroup.solver.search import Search

Linear = cp_model.LinearExpr


@dataclass(frozen=True, slots=True)
class Counted:
    """``least`` is the least of what was counted, confirmed by a solve with other settings.

    ``group_of`` (n,) is a grouping of so many ``groups``; where it is not ``exact`` it may still
    break a rule by values that were merged. INFEASIBLE is confirmed by another solve, too.
    """

    status: Status
    exact: bool = False
    least: int = 0
    group_of: IntArray | None = None
    groups: int = 0


UNKNOWN = Counted(Status.UNKNOWN)


def count_patterns(problem: Problem, plan: Plan, goals: Sequence[Goal], search: Search) -> Counted:
    """A grouping that keeps rules and goals as far as types tell, or a proof that there is none.

    UNKNOWN where persons matter or types are too many.
    """
    sizes = sorted(set(plan.sizes or range(plan.smallest, plan.largest + 1)))
    types = person_types_of(problem, goals, sizes, PARAMS.patterns.most_patterns)
    if types is None:
        return UNKNOWN
    master = _PatternModel(problem, plan, types, valid_patterns(types, plan, sizes))
    master.seat(everyone=plan.everyone)
    effort = min(PARAMS.patterns.given_effort, search.thorough)
    return _answered(master, search, effort, presolve=True)


def possible_at_all(problem: Problem, numbers: Sequence[int], search: Search) -> Counted:
    """Whether any of these numbers of groups is possible, as far as counting types tells."""
    master = _open_master(problem, numbers, search)
    if master is None:
        return UNKNOWN
    master.seat(everyone=problem.rulebook.everyone)
    return _least(master, search)


def least_waiting(problem: Problem, numbers: Sequence[int], known: int, search: Search) -> Counted:
    """How many people must wait at the least, for a problem that allows a waitlist.

    It is known to be no less than ``known``.
    """
    master = _open_master(problem, numbers, search)
    if master is None:
        return UNKNOWN
    master.seat(everyone=False)
    return _least(master, search, master.waiting(), known)


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
    return _least(master, search, master.broken(rule), known)


def valid_patterns(types: PersonTypes, plan: Plan, sizes: Sequence[int]) -> list[IntArray]:
    """The patterns of these sizes, as rows of types, that keep all rules and goals."""
    found: list[IntArray] = []
    for size in sizes:
        rows = np.array(
            list(combinations_with_replacement(range(types.count), size)), dtype=np.int64
        )
        seating = types.seated(rows)
        bad = rules_broken(types.problem, plan, seating) > 0
        found += list(rows[~(bad | outside(types.windows, seating))])
    return found


class _PatternModel:
    """How many groups have each pattern: as many as the plan has, or any of these ``numbers``."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        types: PersonTypes,
        patterns: Sequence[IntArray],
        numbers: Sequence[int] | None = None,
    ) -> None:
        self.problem, self.plan, self.types, self.patterns = problem, plan, types, patterns
        self.cp = CpModel()
        most = plan.groups if numbers is None else max(numbers)
        self.used = [self.cp.new_int_var(0, most, "") for _ in patterns]
        self._count_groups(numbers)
        terms: list[list[Linear]] = [[] for _ in range(types.count)]
        for var, pattern in zip(self.used, patterns, strict=True):
            for person_type, times in zip(*np.unique(pattern, return_counts=True), strict=True):
                terms[person_type].append(var * int(times))
        self.seated = [Linear.sum([*of_type, 0]) for of_type in terms]

    def _count_groups(self, numbers: Sequence[int] | None) -> None:
        total: cp_model.IntVar | int = self.plan.groups
        if numbers is not None:
            total = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(numbers), "")
        self.cp.add(Linear.sum([*self.used, 0]) == total)
        sizes = list(self.plan.sizes or ())
        lengths = list(map(len, self.patterns))
        for size in sorted(set(sizes)):
            of_size = [
                var for var, length in zip(self.used, lengths, strict=True) if length == size
            ]
            self.cp.add(Linear.sum([*of_size, 0]) == sizes.count(size))

    def seat(self, *, everyone: bool) -> None:
        """Nobody has two seats; with ``everyone`` each has one."""
        supply = np.bincount(self.types.type_of, minlength=self.types.count)
        for seated, people in zip(self.seated, supply.tolist(), strict=True):
            self.cp.add(seated == people if everyone else seated <= people)

    def waiting(self) -> Linear:
        """How many people have no seat."""
        return len(self.types.type_of) - Linear.sum([*self.seated, 0])

    def broken(self, rule: Kind) -> Linear:
        """By how much all groups together fall short of a rule."""
        amounts = self.types.shortfalls(rule, self.plan, self.patterns)
        return Linear.weighted_sum(self.used, amounts.tolist())

    def grouping(self, values: IntArray) -> tuple[IntArray, int]:
        """A solution's groups (n,), and how many there are."""
        times = values[: len(self.patterns)].tolist()
        ticks = self.problem.layered_ticks()
        return seat_types(self.types.type_of, self.patterns, times, ticks), sum(times)


def _open_master(
    problem: Problem, numbers: Sequence[int], search: Search, also: tuple[Kind, ...] = ()
) -> _PatternModel | None:
    """The question's model; None where persons matter, or everybody's mean, or the number itself.

    So one plan does for all numbers: no rule in it depends on how many groups there are.
    """
    spec = problem.rulebook.groups
    if spec.largest > PARAMS.patterns.open_largest or not numbers or search.expired():
        return None
    sizes = range(spec.smallest, spec.largest + 1)
    types = person_types_of(problem, (), sizes, PARAMS.patterns.most_patterns, also)
    if types is None:
        return None
    plan = problem.plan(numbers[0])
    return _PatternModel(problem, plan, types, valid_patterns(types, plan, sizes), numbers)


def _least(
    master: _PatternModel, search: Search, objective: Linear | None = None, known: int = 0
) -> Counted:
    """First without presolve, which takes longer here than all the rest; then once more with it."""
    if objective is not None:
        master.cp.minimize(objective)
        master.cp.add(objective >= known)  # so that it ends as soon as it is there
    effort = PARAMS.patterns.open_effort
    return _answered(master, search, effort, presolve=False, objective=objective, known=known)


def _answered(
    master: _PatternModel,
    search: Search,
    effort: float,
    *,
    presolve: bool,
    objective: Linear | None = None,
    known: int = 0,
) -> Counted:
    answer = solve(master.cp, search, effort=effort, presolve=presolve)
    exact = master.types.exact
    if answer.status is Status.INFEASIBLE:
        ruled_out = refuted(master.cp, search, effort=effort, presolve=not presolve)
        return Counted(Status.INFEASIBLE, exact) if ruled_out else UNKNOWN
    if answer.values is None:
        return UNKNOWN
    group_of, groups = master.grouping(answer.values)
    least = known
    if objective is not None and (answer.objective or 0) > known:
        least = _confirmed(master, objective, answer, search) or known
    return Counted(Status.FEASIBLE, exact, least, group_of, groups)


def _confirmed(
    master: _PatternModel, objective: Linear, answer: Answer, search: Search
) -> int | None:
    """The optimum, if a second solve finds nothing below it."""
    if answer.status is not Status.OPTIMAL or answer.objective is None:
        return None
    master.cp.clear_objective()  # type: ignore[no-untyped-call]
    master.cp.add(objective <= answer.objective - 1)
    best = refuted(master.cp, search, effort=PARAMS.patterns.open_effort, presolve=True)
    return answer.objective if best else None
