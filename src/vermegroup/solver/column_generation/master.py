"""The integer master of set partitioning: everybody in exactly one of the chosen columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.cpsat import CpModel, Status, refuted, solve
from vermegroup.solver.search import Search


class Master:
    """The choice of columns (c, width) as a CP-SAT model."""

    def __init__(self, columns: IntArray, rows: IntArray, people: int) -> None:
        self.columns = columns
        self.cp = CpModel()
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

    def limit(self, amounts: IntArray, at_most: int) -> None:
        """Demand a total."""
        self.cp.add(self.total(amounts) <= at_most)

    def exactly(self, amounts: IntArray, number: int) -> None:
        """Demand a total, no more and no less."""
        self.cp.add(self.total(amounts) == number)

    def by_number(self, amounts: Mapping[int, IntArray], groups: IntArray) -> cp_model.LinearExpr:
        """What the chosen columns come to, where it depends on how many of them are ``groups``.

        ``amounts`` leads from each number that there may be to what columns add.
        """
        most = sum(int(added.max(initial=0)) for added in amounts.values()) * len(self.columns)
        value = self.cp.new_int_var(0, most, "")
        number_is = {number: self.cp.new_bool_var("") for number in amounts}
        self.cp.add_exactly_one(number_is.values())
        for number, added in amounts.items():
            self.cp.add(self.total(groups) == number).only_enforce_if(number_is[number])
            self.cp.add(self.total(added) <= value).only_enforce_if(number_is[number])
        return cp_model.LinearExpr.weighted_sum([value], [1])

    def minimise(self, expression: cp_model.LinearExpr) -> None:
        """Make it the objective."""
        self.cp.minimize(expression)

    def at_most(self, expression: cp_model.LinearExpr, value: int) -> None:
        """Demand that it be no more."""
        self.cp.add(expression <= value)

    def solve(self, search: Search, effort: float) -> tuple[IntArray | None, bool]:
        """The positions of the columns of the best choice found, and whether it is said to be it.

        None where there is none. It is a solver's word: neither is believed unchecked.
        """
        answer = solve(self.cp, search, effort=effort, relaxation=2)
        if answer.values is None:
            return None, False
        chosen = np.flatnonzero(answer.values[: len(self._choices)])
        return chosen, answer.status is Status.OPTIMAL

    def any_choice(self, search: Search, effort: float) -> tuple[IntArray | None, bool]:
        """The columns of some choice, by their positions, or whether two searches find none at all.

        One that ran out of effort has said nothing.
        """
        answer = solve(self.cp, search, effort=effort, relaxation=2)
        if answer.values is not None:
            return np.flatnonzero(answer.values[: len(self._choices)]), False
        said = answer.status is Status.INFEASIBLE and not search.expired()
        return None, said and self.has_none(search, effort)

    def has_none(self, search: Search, effort: float) -> bool:
        """Whether there is no choice at all, as a search with other settings has it."""
        return refuted(self.cp, search, effort=effort)
