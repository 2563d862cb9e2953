"""The CP-SAT model: a few groups and the people who may sit in them.

There is no other model of people. A small roster is one neighbourhood, a large one is many. The
class owns the variables and answers questions about them; the rules' own files state what must
hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import WORD, BoolArray, IntArray
from vermegroup.domain.model import Expression
from vermegroup.domain.plan import Plan, Window
from vermegroup.solver.cpsat import Answer, CpModel

Linear = cp_model.LinearExpr


class Neighbourhood:
    """``people`` (m,) may be seated in groups 0 … ``groups`` - 1; a ``domain.model.Model``.

    ``sizes`` fixes the size of each group; None leaves each between the plan's limits. With
    ``everyone`` nobody is left over, and nobody of ``seated`` (m,) in any case.
    """

    def __init__(
        self,
        people: IntArray,
        groups: int,
        plan: Plan,
        sizes: Sequence[int] | None,
        *,
        everyone: bool,
        seated: BoolArray | None = None,
    ) -> None:
        self.people = people
        self.groups = groups
        self.smallest, self.largest = plan.smallest, plan.largest
        if sizes is None:
            # Every other group takes the smallest number of people at least.
            self.largest = min(plan.largest, len(people) - (groups - 1) * plan.smallest)
        self.cp = CpModel()
        self._seat = [[self.cp.new_bool_var("") for _ in range(groups)] for _ in range(len(people))]
        self._sizes = sizes
        self._size_is: list[dict[int, cp_model.IntVar]] = []
        some = np.zeros(len(people), dtype=bool) if seated is None else seated
        self._seat_people(some | everyone)
        self._set_sizes()

    def _seat_people(self, must: BoolArray) -> None:
        for seats, needs_one in zip(self._seat, must.tolist(), strict=True):
            if needs_one:
                self.cp.add_exactly_one(seats)
            else:
                self.cp.add_at_most_one(seats)

    def _set_sizes(self) -> None:
        for group in range(self.groups):
            members = Linear.sum([seats[group] for seats in self._seat])
            if self._sizes is not None:
                self.cp.add(members == self._sizes[group])
                continue
            size_is = {s: self.cp.new_bool_var("") for s in range(self.smallest, self.largest + 1)}
            self.cp.add_exactly_one(size_is.values())
            self.cp.add(members == Linear.weighted_sum(list(size_is.values()), list(size_is)))
            self._size_is.append(size_is)

    # what a kind may ask ------------------------------------------------------------------
    def count(self, who: BoolArray, group: int) -> Expression:
        """How many of ``who`` (m,) sit in the group."""
        return _sum(self._seat[person][group] for person in np.flatnonzero(who))

    def total(self, weights: IntArray, group: int) -> Expression:
        """The sum of a weight (m,) over the group's members."""
        people = np.flatnonzero(weights)
        seats = [self._seat[person][group] for person in people]
        return cast(Expression, Linear.weighted_sum(seats, weights[people].tolist()))

    def size(self, group: int) -> Expression:
        """The group's size."""
        return _sum(seats[group] for seats in self._seat)

    def placed(self) -> Expression:
        """How many of ``people`` sit in any group."""
        return _sum(seat for seats in self._seat for seat in seats)

    def seated(self, position: int, group: int) -> Expression:
        """1 if the person at this position of ``people`` sits in the group, else 0."""
        return cast(Expression, self._seat[position][group])

    def sizes_possible(self, group: int) -> tuple[int, ...]:
        """The sizes this group may have."""
        if self._sizes is not None:
            return (self._sizes[group],)
        return tuple(range(self.smallest, self.largest + 1))

    # what a kind may demand ---------------------------------------------------------------
    def limit(
        self,
        expression: Expression,
        *,
        at_least: int | None = None,
        at_most: int | None = None,
        when: Expression | None = None,
    ) -> None:
        """Demand that the expression stays within limits; with ``when``, if that choice is 1."""
        self._limit(expression, at_least, at_most, [] if when is None else [when])

    def limit_at_size(
        self,
        expression: Expression,
        group: int,
        size: int,
        *,
        at_least: int | None = None,
        at_most: int | None = None,
        when: Expression | None = None,
    ) -> None:
        """Demand limits that apply when the group has this size, and ``when`` is 1."""
        conditions = [] if when is None else [when]
        if self._sizes is None:
            conditions.append(cast(Expression, self._size_is[group][size]))
        elif size != self._sizes[group]:
            return
        self._limit(expression, at_least, at_most, conditions)

    def _limit(
        self,
        expression: Expression,
        at_least: int | None,
        at_most: int | None,
        conditions: Sequence[Expression],
    ) -> None:
        linear = cast(Linear, expression)
        # No expression reaches so far: what is demanded beyond is as far out of reach.
        demands = [] if at_least is None else [self.cp.add(linear >= _held(at_least))]
        demands += [] if at_most is None else [self.cp.add(linear <= _held(at_most))]
        if conditions:
            choices = [cast(cp_model.IntVar, condition) for condition in conditions]
            for demand in demands:
                demand.only_enforce_if(choices)

    def new_amount(self, highest: int) -> Expression:
        """A new whole number between 0 and ``highest``."""
        amount = self.cp.new_int_var(0, highest, "") if highest > 0 else self.cp.new_constant(0)
        return cast(Expression, amount)

    def product(self, one: Expression, other: Expression, together: int) -> Expression:
        """The product of two whole numbers, 0 or more, that add up to ``together`` at most."""
        factors = [self.cp.new_int_var(0, together, "") for _ in range(2)]
        for factor, value in zip(factors, (one, other), strict=True):
            self.cp.add(factor == cast(Linear, value))
        found = self.cp.new_int_var(0, together**2 // 4, "")
        self.cp.add_multiplication_equality(found, factors)
        return cast(Expression, found)

    def new_choice(self) -> Expression:
        """A new choice, 0 or 1, that limits may depend on."""
        return cast(Expression, self.cp.new_bool_var(""))

    def fit(self, window: Window, group: int) -> None:
        """Demand that the group fits a window; sizes it does not name are ruled out."""
        total = self.total(window.weights[self.people], group)
        for size in self.sizes_possible(group):
            if size not in window.low:
                self.limit_at_size(self.new_amount(0), group, size, at_least=1)
                continue
            self.limit_at_size(
                total, group, size, at_least=window.low[size], at_most=window.high[size]
            )

    # what the solver needs ----------------------------------------------------------------
    def order_sizes(self) -> None:
        """Largest groups first: groups that differ in nothing else are interchangeable."""
        if self._sizes is None:
            for group in range(self.groups - 1):
                self.limit(self.size(group) - self.size(group + 1), at_least=0)

    def seat(self, person: int, group: int) -> None:
        """Demand one person's group. ``person`` is a position in ``people``."""
        self.cp.add(self._seat[person][group] == 1)

    def sum_of(self, measures: Sequence[Expression]) -> Expression:
        """The sum of the groups' measures."""
        return _sum(cast(Linear, measure) for measure in measures)

    def worst_of(self, measures: Sequence[Expression]) -> Expression:
        """A number no smaller than any group's measure."""
        worst = self.new_amount(WORD // 2)
        for measure in measures:
            self.limit(worst - measure, at_least=0)
        return worst

    def maximise(self, expression: Expression) -> None:
        """Make the expression, as large as can be, the objective."""
        self.cp.maximize(cast(Linear, expression))

    def minimise(self, expression: Expression) -> None:
        """Make the expression, as small as can be, the objective."""
        self.cp.minimize(cast(Linear, expression))

    def seat_as_many_as_possible(self) -> None:
        """Make the number of people with a seat the objective."""
        self.maximise(self.placed())

    def hint(self, group_of: IntArray) -> None:
        """Start from a grouping of the people, shape (m,); -1 where someone has no seat."""
        for person, hinted in enumerate(group_of.tolist()):
            for group, seat in enumerate(self._seat[person]):
                self.cp.add_hint(seat, group == hinted)

    def groups_found(self, answer: Answer) -> IntArray:
        """Each person's group in a solution, shape (m,); -1 where someone has no seat."""
        assert answer.values is not None
        seats = answer.values[: len(self.people) * self.groups]
        taken = seats.reshape(len(self.people), self.groups)
        return np.where(taken.any(axis=1), taken.argmax(axis=1), -1).astype(np.int64)


def _held(limit: int) -> int:
    return max(-WORD, min(WORD, limit))


def _sum(terms: Iterable[Linear]) -> Expression:
    # Without terms the library would return the number 0, which has no constraints.
    return cast(Expression, Linear.sum([*terms, 0]))
