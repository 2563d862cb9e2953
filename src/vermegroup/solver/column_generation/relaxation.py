"""Column generation: candidate groups are found as the relaxation asks for them.

Desaulniers, Desrosiers, Solomon, *Column Generation* (2005). The relaxation of this kind of set
partitioning is tight: of 64 people with a tenth absent its bound is within a bond or two.

A linear programme reckons in doubles, and its word is not taken for a bound. What people pay is
rounded to whole parts of a unit and put right in whole numbers, so that no candidate costs less
than its members pay: then the sum of what all pay bounds every plan, wherever it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

import numpy as np
from ortools.linear_solver import pywraplp

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.solver.column_generation.columns import of_width
from vermegroup.solver.column_generation.fragments import BROKEN, WAITING, Remains
from vermegroup.solver.column_generation.pricing import Pricing, TooManyError, empty
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


class Relaxation:
    """The linear programme over the columns known so far, grown a batch at a time.

    It has a row for each person, or for all who are alike: how many there are is the ``demand``.
    """

    def __init__(self, demand: IntArray, waiting: int, parts: int) -> None:
        self._solver, self._parts = pywraplp.Solver.CreateSolver("GLOP"), parts
        self._rows = [self._solver.Constraint(own, own) for own in demand.tolist()]
        self._waiting = self._solver.Constraint(waiting, self._solver.infinity())
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()

    def add(self, counts: IntArray, costs: IntArray, waiting: IntArray | None = None) -> None:
        """Add columns: how many each has of each row (c, rows), its cost (c,), and who waits."""
        levels = np.zeros_like(costs) if waiting is None else waiting
        choices = []
        for cost, level in zip(costs.tolist(), levels.tolist(), strict=True):
            choices.append(self._solver.NumVar(0, self._solver.infinity(), ""))
            self._objective.SetCoefficient(choices[-1], cost)
            self._waiting.SetCoefficient(choices[-1], level)
        columns, rows = np.nonzero(counts)
        many = counts[columns, rows].tolist()
        for column, row, own in zip(columns.tolist(), rows.tolist(), many, strict=True):
            self._rows[row].SetCoefficient(choices[column], own)

    def keep_waiting(self, level: int) -> None:
        """Tell how much of a waitlist there is at least."""
        self._waiting.SetLb(level)

    def duals(self) -> tuple[IntArray, int] | None:
        """The dual price of each row at the optimum, in parts of a unit; and the toll of waiting.

        Rounded down, so that no column costs less than its members pay but by the noise of a linear
        programme; and whoever uses it checks that, for it is a programme's word.
        """
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        duals = [row.dual_value() * self._parts for row in (*self._rows, self._waiting)]
        if not all(abs(dual) < PARAMS.columns.exact for dual in duals):
            return None
        *prices, toll = map(floor, duals)
        return np.array(prices, dtype=np.int64), max(0, toll)


Judge = Callable[[IntArray], BoolArray]


@dataclass(slots=True)
class Known:
    """Columns judged valid so far, each once, with their costs."""

    columns: IntArray
    costs: IntArray
    _seen: set[bytes]

    @classmethod
    def none(cls, width: int) -> Known:
        """No columns yet."""
        return cls(empty(width), np.empty(0, dtype=np.int64), set())

    def add(self, columns: IntArray, costs: IntArray) -> tuple[IntArray, IntArray]:
        """Add columns; those that are new, with their costs."""
        fresh = [at for at, row in enumerate(columns) if row.tobytes() not in self._seen]
        columns, costs = columns[fresh], costs[fresh]
        self._seen.update(row.tobytes() for row in columns)
        self.columns = np.concatenate([self.columns, columns])
        self.costs = np.concatenate([self.costs, costs])
        return columns, costs

    def fresh(self, columns: IntArray) -> IntArray:
        """Those that are not known yet."""
        return columns[[row.tobytes() not in self._seen for row in columns]]


@dataclass(frozen=True, slots=True)
class Prices:
    """What people pay (n,), in parts: no valid column costs less than its members pay.

    Whoever waits pays a ``toll`` besides for each unit on that level, of which every answer has
    ``waiting`` at least.
    """

    paid: IntArray
    toll: int
    waiting: int

    @property
    def bound(self) -> int:
        """What no answer can be below, in parts: everybody is in one column of it."""
        return int(self.paid.sum()) + self.toll * self.waiting


def seeds(pricing: Pricing, judge: Judge, known: Known) -> None:
    """Begin with the candidates that break fewest bonds, as many as are soon looked through."""
    remains = pricing.remains
    nothing = np.zeros(remains.people, dtype=np.int64)
    half_bond = int(remains.weights[BROKEN])
    width = known.columns.shape[1]
    found = empty(width)
    for halves in range(1, PARAMS.columns.seed_halves + 1):
        try:
            limit = (half_bond * halves - 1) * remains.parts
            found = pricing.below(nothing, limit, of_width(PARAMS.columns.seeds, width))
        except TooManyError:
            break
    found = found[judge(found)]
    known.add(found, remains.costs(found))


def prices(
    pricing: Pricing, judge: Judge, known: Known, waiting: IntArray, search: Search
) -> Prices | None:
    """Solve the relaxation over all valid columns; None where time or room did not suffice.

    ``waiting`` are the columns of those who may wait together. Nobody waits by halves: so what
    a solution says of the waitlist is rounded up, and it is solved again.
    """
    remains, rows = pricing.remains, waiting[:, 0]
    levels = remains.levels_waiting(waiting)
    level = left_by_sizes(remains.people, pricing.sizes)
    relaxation = Relaxation(np.ones_like(rows), level, remains.parts)
    relaxation.add(_counts(waiting, rows), levels @ remains.weights, levels[:, WAITING])
    relaxation.add(_counts(known.columns, rows), known.costs)
    while not search.expired():
        found = relaxation.duals()
        priced = None if found is None else _payable(remains, levels, rows, found, level)
        asked = None if priced is None else _asked_for(pricing, judge, known, priced.paid)
        if priced is None or asked is None:
            return None
        if len(asked):
            costs = remains.costs(asked)
            order = np.argsort(pricing.reduced(asked, costs, priced.paid), kind="stable")
            order = order[: of_width(PARAMS.columns.added, asked.shape[1])]
            columns, costs = known.add(asked[order], costs[order])
            relaxation.add(_counts(columns, rows), costs)
            continue
        priced = _put_right(pricing, known, priced, rows)
        more = remains.wait_at_least(-(-priced.bound // remains.parts))
        if more <= level:
            return priced
        level = more
        relaxation.keep_waiting(level)
    return None


def _counts(columns: IntArray, rows: IntArray) -> IntArray:
    """Who of those that are counted is in which column, shape (c, rows); others go with them."""
    place = np.full(max(columns.max(initial=0), rows.max()) + 2, len(rows))
    place[rows] = np.arange(len(rows))
    found = np.zeros((len(columns), len(rows) + 1), dtype=np.int64)
    np.put_along_axis(found, place[columns], 1, axis=1)
    return found[:, :-1]


def left_by_sizes(people: int, sizes: range) -> int:
    """How many of so many people are left over by groups of these sizes, at the least."""
    fewest, most = sizes[0], sizes[-1]
    return next(
        left
        for left in range(people + 1)
        if left == people or (people - left) // fewest * most >= people - left >= fewest
    )


def _payable(
    remains: Remains,
    levels: IntArray,
    rows: IntArray,
    found: tuple[IntArray, int],
    level: int,
) -> Prices:
    """Nobody pays more than it costs to wait."""
    duals, toll = found
    waits = (levels @ remains.weights) * remains.parts - toll * levels[:, WAITING]
    paid = np.zeros(remains.people, dtype=np.int64)
    paid[rows] = np.minimum(duals, waits)
    return Prices(paid, toll, level)


def _put_right(pricing: Pricing, known: Known, priced: Prices, rows: IntArray) -> Prices:
    """Everybody pays a little less, so that no known column costs less than its members pay."""
    lacking = int(pricing.reduced(known.columns, known.costs, priced.paid).min(initial=0))
    paid = priced.paid.copy()
    paid[rows] += lacking  # every column has one of them at least
    return Prices(paid, priced.toll, priced.waiting)


def _asked_for(pricing: Pricing, judge: Judge, known: Known, paid: IntArray) -> IntArray | None:
    """Some valid columns below nothing that are not known yet, none where there are none.

    None where there are too many to know. Those furthest below come first: there are fewer.
    """
    try:
        lowest = min(-1, pricing.least(paid))
    except TooManyError:
        return None
    limit = highest = -1
    at_most = of_width(PARAMS.columns.priced, known.columns.shape[1])
    for _ in range(PARAMS.columns.pricing_tries):
        try:
            found = pricing.below(paid, limit, at_most)
        except TooManyError:
            highest, limit = limit, (lowest + limit) // 2
            continue
        found = known.fresh(found[judge(found)])
        own = pricing.reduced(found, pricing.remains.costs(found), paid)
        found = found[own < 0]
        if len(found) or limit == -1:
            return found
        lowest, limit = limit, (limit + highest) // 2
    return None
