"""Set partitioning: everybody in exactly one of the chosen columns, at the least total cost.

The linear relaxation prices people (its duals); the choice itself is CP-SAT's.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from vermegroup.roster import IntArray
from vermegroup.solver.candidate_groups import NOBODY
from vermegroup.solver.cpsat import Answer, solve
from vermegroup.solver.limits import Search
from vermegroup.solver.pricing import SCALE


class Relaxation:
    """The linear programme over the columns known so far, grown a batch at a time."""

    def __init__(self, rows: IntArray, people: int) -> None:
        """``rows`` are the people who are counted; others go with one of these."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._row_of = {person: self._solver.Constraint(1, 1) for person in rows.tolist()}
        self._people = people
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()

    def add(self, columns: IntArray, costs: IntArray) -> None:
        """Add columns (c, width) with their costs (c,)."""
        infinity = self._solver.infinity()
        for members, cost in zip(columns.tolist(), costs.tolist(), strict=True):
            choice = self._solver.NumVar(0, infinity, "")
            self._objective.SetCoefficient(choice, cost)
            for person in members:
                row = self._row_of.get(person)
                if row is not None:
                    row.SetCoefficient(choice, 1)

    def paid(self) -> IntArray | None:
        """What each person pays at the optimum (the duals), in parts of a unit, shape (people,)."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        paid = np.zeros(self._people, dtype=np.int64)
        for person, row in self._row_of.items():
            paid[person] = round(row.dual_value() * SCALE)
        return paid


class Partition:
    """The choice of columns (c, width) as a CP-SAT model."""

    def __init__(self, columns: IntArray, rows: IntArray, people: int) -> None:
        self.columns = columns
        self.cp = cp_model.CpModel()
        self._choices = [self.cp.new_bool_var("") for _ in range(len(columns))]
        seats, places = columns[columns != NOBODY], np.nonzero(columns != NOBODY)[0]
        order = np.argsort(seats, kind="stable")
        ends = np.searchsorted(seats[order], np.arange(people + 1))
        for person in rows.tolist():
            having = places[order[ends[person] : ends[person + 1]]]
            self.cp.add_exactly_one(self._choices[column] for column in having.tolist())

    def total(self, amounts: IntArray) -> cp_model.LinearExpr:
        """What the chosen columns come to."""
        used = np.flatnonzero(amounts)
        choices = [self._choices[column] for column in used]
        return cp_model.LinearExpr.weighted_sum(choices, amounts[used].tolist())

    def worst(self, amounts: IntArray) -> cp_model.LinearExpr:
        """The largest amount of a chosen column."""
        worst = self.cp.new_int_var(int(amounts.min(initial=0)), int(amounts.max(initial=0)), "")
        for choice, amount in zip(self._choices, amounts.tolist(), strict=True):
            self.cp.add(worst >= amount).only_enforce_if(choice)
        return worst

    def even(self, amounts: IntArray) -> None:
        """Tell what is true of every choice: the total is even."""
        half = self.cp.new_int_var(0, int(amounts.sum()), "")
        self.cp.add(self.total(amounts) == 2 * half)

    def limit(self, amounts: IntArray, at_most: int, at_least: int | None = None) -> None:
        """Demand a total within limits."""
        self.cp.add(self.total(amounts) <= at_most)
        if at_least is not None:
            self.cp.add(self.total(amounts) >= at_least)

    def minimise(self, expression: cp_model.LinearExpr) -> None:
        """Make it the objective."""
        self.cp.minimize(expression)

    def solve(self, search: Search, effort: float) -> Answer:
        """Solve as every model is solved."""
        return solve(self.cp, search, effort=effort, relaxation=2)

    def chosen(self, answer: Answer) -> IntArray:
        """The positions of the chosen columns."""
        assert answer.values is not None
        return np.flatnonzero(answer.values[: len(self._choices)])
