"""What no choice of columns can be below, in whole numbers: weak duality.

Duals of the linear programme are rounded to whole parts of a unit, and the bound is what they make
of all columns: it holds whatever the programme said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import FloatArray, IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.linear_programme import Relaxation
from vermegroup.solver.column_generation.partition import Partition, Prices, prices_of
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

_TABLES = 16  # of columns by seats, that are reckoned through in each round


@dataclass(frozen=True, slots=True)
class Bounded:
    """What the relaxation shows: in parts, no partition costs less than ``bound``.

    A partition of cost ``v`` has only columns whose ``reduced`` cost (c,) is ``v * parts - bound``
    at most: none is below 0, and those of a partition add up to that. The prices hold for any
    number of ``groups``: ``another_group`` is what each one more adds to the bound. At last
    the relaxation knew the ``used`` columns (u,) and took so much of each: ``values`` (u,).
    """

    bound: int
    reduced: IntArray
    groups: int
    another_group: int
    used: IntArray
    values: FloatArray

    @property
    def least(self) -> int:
        """The least cost that is left."""
        return self.least_with(self.groups)

    def least_with(self, groups: int) -> int:
        """The least cost that is left with another number of groups of the same columns."""
        return -(
            -(self.bound + self.another_group * (groups - self.groups)) // PARAMS.columns.parts
        )

    def cheapest(self, columns: IntArray, most: int) -> IntArray:
        """So many of these columns, those of least reduced cost."""
        if len(columns) <= most:
            return columns
        return columns[np.argpartition(self.reduced[columns], most)[:most]]

    def within(self, cost: int) -> IntArray:
        """The columns that a partition of this cost may have."""
        return np.flatnonzero(self.reduced <= cost * PARAMS.columns.parts - self.bound)


def relaxed(partition: Partition, start: IntArray, search: Search) -> Bounded | None:
    """Column generation over all columns, from those of a valid partition; None without time.

    Of many, a part is priced first (partial pricing): most rounds need no more.
    """
    programme = _Programme(partition)
    programme.add(start)
    step = len(partition.columns) // PARAMS.enumeration.priced_first
    if step > 1:
        _priced(programme, partition, step, search)
    return _priced(programme, partition, 1, search)


def _priced(
    programme: _Programme, partition: Partition, step: int, search: Search
) -> Bounded | None:
    """Price every so many columns until none is asked for; the best bound, where all are priced."""
    best: Bounded | None = None
    for _round in range(PARAMS.enumeration.rounds):
        prices = None if search.expired() else programme.solved(search)
        if prices is None:
            break
        reduced = partition.costs[::step] * PARAMS.columns.parts - prices.of(partition, step)
        search.reckoned(_TABLES * partition.columns.size // step)
        asked = asked_for(partition, reduced, step)
        if step == 1:
            found = _bounded(partition, prices, reduced, programme)
            nearest = found if best is None or found.bound > best.bound else best
            best = replace(nearest, used=found.used, values=found.values)
            if programme.value() - found.bound < PARAMS.enumeration.near:
                break
        if not len(asked):
            break
        programme.add(asked)
    return best


def _bounded(
    partition: Partition, prices: Prices, reduced: IntArray, programme: _Programme
) -> Bounded:
    least = int(reduced.min(initial=0))
    bound = prices.worth(partition) + least * _most_columns(partition)
    another = prices.group + least
    taken = programme.columns, programme.values()
    return Bounded(bound, reduced - least, partition.groups, another, *taken)


def _most_columns(partition: Partition) -> int:
    return partition.groups + (partition.people if partition.waits else 0)


def asked_for(partition: Partition, reduced: IntArray, step: int = 1) -> IntArray:
    """The columns of least reduced cost, below 0, a few for each person so that they differ.

    ``reduced`` is that of every ``step``-th column.
    """
    many = min(len(reduced), PARAMS.enumeration.looked_at)
    lowest = np.argpartition(reduced, many - 1)[:many]
    lowest = lowest[reduced[lowest] < 0]
    taken = np.zeros(partition.people + 1, dtype=np.int64)
    found = []
    for column in (lowest[np.argsort(reduced[lowest], kind="stable")] * step).tolist():
        members = partition.columns[column]
        if taken[members[members != NOBODY]].max() < PARAMS.enumeration.for_each:
            taken[members] += 1
            found.append(column)
    return np.array(found[: PARAMS.columns.added], dtype=np.int64)


class _Programme:
    """The relaxation, and the columns that were asked for so far."""

    def __init__(self, partition: Partition) -> None:
        self._partition = partition
        self._relaxation = Relaxation(partition.rows(), PARAMS.columns.parts)
        self.columns = np.empty(0, dtype=np.int64)

    def add(self, columns: IntArray) -> None:
        """Add columns by their places."""
        partition = self._partition
        self.columns = np.append(self.columns, columns)
        self._relaxation.add(partition.amounts(columns), partition.costs[columns])

    def solved(self, search: Search) -> Prices | None:
        """The duals at the optimum, in whole parts."""
        return prices_of(self._partition, self._relaxation.duals(search))

    def values(self) -> FloatArray:
        """How much of each column the optimum takes."""
        return self._relaxation.values()

    def value(self) -> int:
        """What the relaxation comes to, in parts."""
        return self._relaxation.value()
