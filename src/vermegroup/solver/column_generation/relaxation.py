"""Column generation: candidate groups are found as the relaxation asks for them.

Desaulniers, Desrosiers, Solomon, *Column Generation* (2005). The relaxation of this kind of set
partitioning is tight: of 64 people with a tenth absent its bound is within a bond or two.

A linear programme reckons in doubles, and its word is not taken for a bound. Dual prices are
rounded to whole parts of a unit and put right in whole numbers, so that no reduced cost is below
nothing: then the sum of all prices bounds every plan, wherever it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.solver.column_generation.columns import of_width
from vermegroup.solver.column_generation.fragments import BROKEN, WAITING, Fragments
from vermegroup.solver.column_generation.linear_programme import Relaxation
from vermegroup.solver.column_generation.pricing import Pricing, TooManyError, empty
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

Judge = Callable[[IntArray], BoolArray]


@dataclass(slots=True)
class KnownColumns:
    """Columns judged valid so far, each once, with their costs."""

    columns: IntArray
    costs: IntArray
    _seen: set[bytes]

    @classmethod
    def none(cls, width: int) -> KnownColumns:
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
    """Dual prices of people (n,), in parts: no valid column has a reduced cost below nothing.

    Whoever waits pays a ``toll`` besides for each unit on that level, of which every answer has
    ``waiting`` at least. Where a ``number`` of groups is asked for, each has a price of its own,
    ``group``, of either sign.
    """

    duals: IntArray
    toll: int
    waiting: int
    group: int = 0
    number: int = 0

    @property
    def bound(self) -> int:
        """What no answer can be below, in parts: everybody is in one column of it."""
        return int(self.duals.sum()) + self.toll * self.waiting + self.group * self.number


def seeds(pricing: Pricing, judge: Judge, known: KnownColumns) -> None:
    """Begin with the candidates that break fewest bonds, as many as are soon looked through."""
    fragments = pricing.fragments
    nothing = np.zeros(fragments.people, dtype=np.int64)
    half_bond = int(fragments.weights[BROKEN])
    width = known.columns.shape[1]
    found = empty(width)
    for halves in range(1, PARAMS.columns.seed_halves + 1):
        try:
            limit = (half_bond * halves - 1) * fragments.parts
            found = pricing.below(nothing, limit, of_width(PARAMS.columns.seeds, width))
        except TooManyError:
            break
    found = found[judge(found)]
    known.add(found, fragments.costs(found))


def prices(
    pricing: Pricing,
    judge: Judge,
    known: KnownColumns,
    waiting: IntArray,
    search: Search,
    number: int | None = None,
) -> Prices | None:
    """Solve the relaxation over all valid columns; None where time or room did not suffice.

    ``waiting`` are the columns of those who may wait together. Nobody waits by halves: so what
    a solution says of the waitlist is rounded up, and it is solved again. ``number`` is that of
    the groups, where one is asked for.
    """
    fragments, rows = pricing.fragments, waiting[:, 0]
    levels = fragments.levels_waiting(waiting)
    level = left_by_sizes(fragments.people, pricing.sizes, number)
    limits = [(level, inf), (0, inf) if number is None else (number, number)]
    relaxation = Relaxation([*((1, 1) for _ in rows), *limits], fragments.parts)
    having = np.column_stack([_counts(waiting, rows), levels[:, WAITING]])
    relaxation.add(having, levels @ fragments.weights)
    relaxation.add(_counted(known.columns, rows), known.costs)
    while not search.expired():
        found = relaxation.duals(search)
        priced = None
        if found is not None:
            priced = _capped_by_waiting(fragments, levels, rows, found, level, number)
        asked = None if priced is None else _asked_for(pricing, judge, known, priced)
        if priced is None or asked is None:
            return None
        if len(asked):
            costs = fragments.costs(asked)
            order = np.argsort(pricing.reduced(asked, costs, priced.duals), kind="stable")
            order = order[: of_width(PARAMS.columns.added, asked.shape[1])]
            columns, costs = known.add(asked[order], costs[order])
            relaxation.add(_counted(columns, rows), costs)
            continue
        priced = _put_right(pricing, known, priced, rows)
        more = fragments.wait_at_least(-(-priced.bound // fragments.parts))
        if more <= level:
            return priced
        level = more
        relaxation.keep_at_least(len(rows), level)
    return None


def _counts(columns: IntArray, rows: IntArray) -> IntArray:
    """Who of those that are counted is in which column, shape (c, rows); others go with them."""
    place = np.full(max(columns.max(initial=0), rows.max()) + 2, len(rows))
    place[rows] = np.arange(len(rows))
    found = np.zeros((len(columns), len(rows) + 1), dtype=np.int64)
    np.put_along_axis(found, place[columns], 1, axis=1)
    return found[:, :-1]


def _counted(columns: IntArray, rows: IntArray) -> IntArray:
    """The same of groups, each of which counts in the last row of all."""
    counts = _counts(columns, rows)
    group = np.zeros((len(columns), 2), dtype=np.int64)
    group[:, 1] = 1
    return np.concatenate([counts, group], axis=1)


def left_by_sizes(people: int, sizes: range, number: int | None = None) -> int:
    """How many of so many people are left over by groups of these sizes, at the least."""
    fewest, most = sizes[0], sizes[-1]
    if number is not None:
        return max(0, people - number * most)
    return next(
        left
        for left in range(people + 1)
        if left == people or (people - left) // fewest * most >= people - left >= fewest
    )


def _capped_by_waiting(
    fragments: Fragments,
    levels: IntArray,
    rows: IntArray,
    found: Sequence[int],
    level: int,
    number: int | None,
) -> Prices:
    """Nobody pays more than it costs to wait."""
    *prices, last, group = found
    toll = max(0, last)
    waits = (levels @ fragments.weights) * fragments.parts - toll * levels[:, WAITING]
    duals = np.zeros(fragments.people, dtype=np.int64)
    duals[rows] = np.minimum(prices, waits)
    if number is None:
        return Prices(duals, toll, level)
    return Prices(duals, toll, level, group, number)


def _put_right(pricing: Pricing, known: KnownColumns, priced: Prices, rows: IntArray) -> Prices:
    """Everybody pays a little less, so that no known column has a reduced cost below nothing."""
    reduced = pricing.reduced(known.columns, known.costs, priced.duals) - priced.group
    duals = priced.duals.copy()
    duals[rows] += int(reduced.min(initial=0))  # every column has one of them at least
    return replace(priced, duals=duals)


def _asked_for(
    pricing: Pricing, judge: Judge, known: KnownColumns, priced: Prices
) -> IntArray | None:
    """Some valid columns of negative reduced cost that are not known, none where there are none.

    None where there are too many to know. Those furthest below come first: there are fewer, but
    where people are much alike too many of them are the very lowest, and no limit helps.
    """
    duals, group = priced.duals, priced.group
    at_most = of_width(PARAMS.columns.priced, known.columns.shape[1])
    try:
        lowest = min(-1, pricing.least(duals) - group)
        pricing.below(duals, lowest + group, at_most)
    except TooManyError:
        return None
    limit = highest = -1
    for _ in range(PARAMS.columns.pricing_tries):
        try:
            found = pricing.below(duals, limit + group, at_most)
        except TooManyError:
            highest, limit = limit, (lowest + limit) // 2
            continue
        found = known.fresh(found[judge(found)])
        reduced = pricing.reduced(found, pricing.fragments.costs(found), duals)
        found = found[reduced < group]
        if len(found) or limit == -1:
            return found
        lowest, limit = limit, (limit + highest) // 2
    return None
