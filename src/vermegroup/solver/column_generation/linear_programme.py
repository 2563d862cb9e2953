"""A linear programme over columns, grown a batch at a time, and its duals in whole parts."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np
from ortools.linear_solver import pywraplp

from vermegroup.domain.arrays import IntArray
from vermegroup.solver.params import PARAMS


class Relaxation:
    """The linear programme over the columns known so far, grown a batch at a time.

    Each of its ``rows`` is what amounts must come to at least, and at most.
    """

    def __init__(self, rows: Sequence[tuple[float, float]], parts: int) -> None:
        self._solver, self._parts = pywraplp.Solver.CreateSolver("GLOP"), parts
        self._rows = [self._solver.Constraint(low, high) for low, high in rows]
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()

    def add(self, amounts: IntArray, costs: IntArray) -> None:
        """Add columns: what each has in each row (c, rows), and its cost (c,)."""
        choices = []
        for cost in costs.tolist():
            choices.append(self._solver.NumVar(0, self._solver.infinity(), ""))
            self._objective.SetCoefficient(choices[-1], cost)
        columns, rows = np.nonzero(amounts)
        each = amounts[columns, rows].tolist()
        for column, row, amount in zip(columns.tolist(), rows.tolist(), each, strict=True):
            self._rows[row].SetCoefficient(choices[column], amount)

    def keep_at_least(self, row: int, low: int) -> None:
        """Tell that a row comes to so much at least."""
        self._rows[row].SetLb(low)

    def duals(self) -> list[int] | None:
        """The dual price of each row at the optimum, in parts of a unit.

        Rounded down, so that no known column has a reduced cost below nothing but by the noise of a
        linear programme; and whoever uses it checks that, for it is a programme's word.
        """
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        duals = [row.dual_value() * self._parts for row in self._rows]
        if not all(abs(dual) < PARAMS.columns.exact for dual in duals):
            return None
        return list(map(floor, duals))

    def value(self) -> int:
        """What the optimum costs, in parts."""
        return round(float(self._objective.Value()) * self._parts)
