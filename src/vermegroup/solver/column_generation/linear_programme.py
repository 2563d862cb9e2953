"""Programmes over columns, grown a batch at a time: whole ones, and their linear relaxation."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np
from ortools.linear_solver import pywraplp

from vermegroup.domain.arrays import BoolArray, FloatArray, IntArray
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

_LONG = 1e6  # seconds; the library counts milliseconds in 32 bits


class _Programme:
    """Each of its ``rows`` is what amounts must come to at least, and at most."""

    def __init__(self, method: str, rows: Sequence[tuple[float, float]]) -> None:
        self._solver = pywraplp.Solver.CreateSolver(method)
        self._rows = [self._solver.Constraint(low, high) for low, high in rows]
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._choices: list[pywraplp.Variable] = []

    def add(self, amounts: IntArray, costs: IntArray) -> None:
        """Add columns: what each has in each row (c, rows), and its cost (c,)."""
        choices = [self._choice() for _ in costs]
        for choice, cost in zip(choices, costs.tolist(), strict=True):
            self._objective.SetCoefficient(choice, cost)
        columns, rows = np.nonzero(amounts)
        each = amounts[columns, rows].tolist()
        for column, row, amount in zip(columns.tolist(), rows.tolist(), each, strict=True):
            self._rows[row].SetCoefficient(choices[column], amount)
        self._choices += choices

    def _choice(self) -> pywraplp.Variable:
        return self._solver.NumVar(0, self._solver.infinity(), "")

    def _effort(self, pivot: float) -> float:
        """That of the solve which has just ended."""
        size = len(self._rows) + len(self._choices)
        return pivot * size * (1 + int(self._solver.iterations()))


class WholeProgramme(_Programme):
    """Columns are chosen or not, by branch and cut (SCIP); its word is believed of nothing.

    Where the linear programme is nearly whole, that is ten times as quick as CP-SAT, which is asked
    for what is to be proven.
    """

    def __init__(self, rows: Sequence[tuple[float, float]]) -> None:
        super().__init__("SCIP", rows)

    def cheapest(self, search: Search, nodes: int) -> BoolArray | None:
        """Which columns a cheap choice has, shape (c,); None where none is found."""
        self._solver.SetSolverSpecificParametersAsString(f"limits/nodes = {nodes}")
        self._solver.SetTimeLimit(max(1, round(min(search.seconds_left(), _LONG) * 1000)))
        status = self._solver.Solve()
        search.worked(self._effort(PARAMS.columns.whole_pivot))
        search.left()  # which takes note of it where the clock has stopped this
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return None
        return np.array([choice.solution_value() > 0.5 for choice in self._choices], dtype=bool)

    def _choice(self) -> pywraplp.Variable:
        return self._solver.BoolVar("")


class Relaxation(_Programme):
    """The linear relaxation over the columns known so far."""

    def __init__(self, rows: Sequence[tuple[float, float]], parts: int) -> None:
        super().__init__("GLOP", rows)
        self._parts = parts

    def keep_at_least(self, row: int, low: int) -> None:
        """Tell that a row comes to so much at least."""
        self._rows[row].SetLb(low)

    def duals(self, search: Search) -> list[int] | None:
        """The dual price of each row at the optimum, in parts of a unit.

        Rounded down, so that no known column has a reduced cost below nothing but by the noise of a
        linear programme; and whoever uses it checks that, for it is a programme's word.
        """
        status = self._solver.Solve()
        search.worked(self._effort(PARAMS.columns.pivot))
        if status != pywraplp.Solver.OPTIMAL:
            return None
        duals = [row.dual_value() * self._parts for row in self._rows]
        if not all(abs(dual) < PARAMS.columns.exact for dual in duals):
            return None
        return list(map(floor, duals))

    def values(self) -> FloatArray:
        """How much of each column the optimum takes, shape (c,)."""
        return np.array([choice.solution_value() for choice in self._choices])

    def value(self) -> int:
        """What the optimum costs, in parts."""
        return round(float(self._objective.Value()) * self._parts)
