"""Set partitioning: groups chosen from a list so that everybody is in one, or may wait."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from vermegroup.domain.arrays import IntArray, largest
from vermegroup.domain.grouping import NOBODY, Seating
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.column_generation.columns import SmallArray, seating_of_rows
from vermegroup.solver.column_generation.master import Master
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


@dataclass(frozen=True, slots=True)
class Partition:
    """What is chosen: ``groups`` of the columns (c, width), and anybody's waiting at the end.

    ``costs`` (c,) add up to what is made least; each of the ``limits`` says of other amounts (c,)
    what they may come to at most.
    """

    people: int
    groups: int
    columns: SmallArray
    waits: int
    costs: IntArray
    limits: tuple[tuple[IntArray, int], ...]

    @classmethod
    def of(
        cls,
        problem: Problem,
        plan: Plan,
        columns: SmallArray,
        costs: IntArray,
        limits: Sequence[tuple[IntArray, int]],
    ) -> Partition | None:
        """The choice among groups; None where numbers are too large to be added up in 64 bits."""
        waiting = _may_wait(problem, plan)
        rows = np.full((len(waiting), columns.shape[1]), NOBODY, dtype=columns.dtype)
        rows[:, 0] = waiting
        nothing = np.zeros(len(waiting), dtype=np.int64)
        most = PARAMS.columns.exact // (PARAMS.columns.parts * max(1, len(problem.roster)))
        if any(
            own.dtype != np.int64 or largest(own) >= most
            for own in (costs, *(amounts for amounts, _ in limits))
        ):
            return None
        return cls(
            len(problem.roster),
            plan.groups,
            np.concatenate([columns, rows]),
            len(waiting),
            np.concatenate([costs, nothing]),
            tuple((np.concatenate([amounts, nothing]), at_most) for amounts, at_most in limits),
        )

    def among(self, kept: IntArray) -> Master:
        """The model of a choice among some of the columns."""
        model = Master(self.columns[kept].astype(np.int64), np.arange(self.people), self.people)
        model.exactly(self.is_group()[kept], self.groups)
        for amounts, at_most in self.limits:
            model.limit(amounts[kept], at_most)
        return model

    def likely_best(self, kept: IntArray, search: Search) -> IntArray | None:
        """A cheap choice among some of the columns; whether it is the cheapest is not said.

        By branch and cut (SCIP): where the linear programme over the columns is nearly whole, that
        is ten times as quick as CP-SAT, which is asked for what is to be proven.
        """
        seconds, started = search.left(), time.monotonic()
        solver = pywraplp.Solver.CreateSolver("SCIP")
        solver.SetSolverSpecificParametersAsString(f"limits/nodes = {PARAMS.enumeration.nodes}")
        solver.SetTimeLimit(max(1, round(seconds * 1000)))
        choices = self._programmed(solver, kept)
        status = solver.Solve()
        if time.monotonic() - started >= seconds:
            search.expired()
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return None
        chosen: IntArray = kept[
            np.array([choice.solution_value() > 0.5 for choice in choices], dtype=bool)
        ]
        return chosen

    def _programmed(self, solver: pywraplp.Solver, kept: IntArray) -> list[pywraplp.Variable]:
        seats = [solver.Constraint(1, 1) for _ in range(self.people)]
        groups = solver.Constraint(self.groups, self.groups)
        limits = [solver.Constraint(-solver.infinity(), most) for _, most in self.limits]
        objective = solver.Objective()
        objective.SetMinimization()
        choices = []
        for at, is_group in zip(kept.tolist(), self.is_group()[kept].tolist(), strict=True):
            choice = solver.BoolVar("")
            choices.append(choice)
            objective.SetCoefficient(choice, int(self.costs[at]))
            groups.SetCoefficient(choice, is_group)
            for member in self.columns[at].tolist():
                if member != NOBODY:
                    seats[member].SetCoefficient(choice, 1)
            for limit, (amounts, _) in zip(limits, self.limits, strict=True):
                limit.SetCoefficient(choice, int(amounts[at]))
        return choices

    def keeps_limits(self, chosen: IntArray) -> bool:
        """Whether what these columns come to is within all limits."""
        return all(int(amounts[chosen].sum()) <= most for amounts, most in self.limits)

    @property
    def waits_from(self) -> int:
        """Where the groups end, and anybody's waiting begins."""
        return len(self.columns) - self.waits

    def is_group(self) -> IntArray:
        """1 for a group, and 0 for somebody's waiting."""
        return (np.arange(len(self.columns)) < self.waits_from).astype(np.int64)

    def grouping(self, chosen: IntArray) -> IntArray | None:
        """The grouping (n,) of some columns, if it is one."""
        groups = chosen[chosen < self.waits_from]
        members = self.columns[chosen]
        if not np.array_equal(np.sort(members[members != NOBODY]), np.arange(self.people)):
            return None
        group_of = np.full(self.people, -1, dtype=np.int64)
        for place, row in enumerate(self.columns[groups]):
            group_of[row[row != NOBODY]] = place
        return group_of if len(groups) == self.groups else None

    def places(self, group_of: IntArray) -> IntArray:
        """Where the columns of a grouping stand."""
        rows = _rows_of(group_of, self.groups, self.columns.shape[1])
        waiting = np.full((int((group_of < 0).sum()), self.columns.shape[1]), NOBODY)
        waiting[:, 0] = np.flatnonzero(group_of < 0)
        first, found = self.columns[:, 0], [np.empty(0, dtype=np.int64)]
        for own, among in (
            (rows, slice(None, self.waits_from)),
            (waiting, slice(self.waits_from, None)),
        ):
            for row in own:
                alike = np.flatnonzero(first[among] == row[0]) + (among.start or 0)
                found.append(alike[(self.columns[alike] == row).all(axis=1)])
        return np.concatenate(found)


def _rows_of(group_of: IntArray, groups: int, width: int) -> IntArray:
    rows = np.full((groups, width), NOBODY, dtype=np.int64)
    for group in range(groups):
        members = np.flatnonzero(group_of == group)
        rows[group, : len(members)] = members
    return rows


def _may_wait(problem: Problem, plan: Plan) -> IntArray:
    if plan.everyone:
        return np.empty(0, dtype=np.int64)
    return np.setdiff1d(np.arange(len(problem.roster)), must_be_seated(problem))


def cost_of(goal: Goal, value: int) -> int:
    """A value without its base, with the sign that makes less better."""
    base = goal.preference.base(goal.roster) if goal.preference.total is Total.SUM else 0
    return (value - base) * goal.preference.sense.value


def value_of(goal: Goal, cost: int) -> int:
    """The value that costs so much."""
    base = goal.preference.base(goal.roster) if goal.preference.total is Total.SUM else 0
    return cost * goal.preference.sense.value + base


def seatings(columns: SmallArray) -> list[Seating]:
    """The seats of columns (c, width), as many at once as are judged together."""
    step = PARAMS.columns.judged_at_once
    starts = range(0, max(1, len(columns)), step)
    return [seating_of_rows(columns[at : at + step].astype(np.int64)) for at in starts]


def costs(columns: SmallArray, goal: Goal) -> IntArray:
    """What each column adds to a goal, less being better, shape (c,)."""
    return np.concatenate([goal.costs(seating) for seating in seatings(columns)])
