"""Distances between people as arrays tell them, and the pairs of groups.

All are whole numbers, so that sums are exact and everybody who counts again finds the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from vermegroup.domain.arrays import WORD, BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.model import Expression, Model


class Metric(ABC):
    """The distances between the people of a roster: not negative, and the same both ways."""

    @abstractmethod
    def between(self, ones: IntArray, others: IntArray) -> IntArray:
        """How far apart each of ``ones`` is from that of ``others``; shapes as NumPy joins them."""

    @abstractmethod
    def furthest(self) -> int:
        """No two people are further apart."""

    def kinds(self) -> tuple[IntArray, IntArray] | None:
        """People of one kind (n,) have the same distances, (kinds, kinds); None if too many."""
        return None


@dataclass(frozen=True, slots=True)
class Table(Metric):
    """All distances: ``table[code[p], code[q]]`` is that of p and q, shape (kinds, kinds)."""

    code: IntArray
    table: IntArray

    def between(self, ones: IntArray, others: IntArray) -> IntArray:
        return np.asarray(self.table[self.code[ones], self.code[others]])

    def furthest(self) -> int:
        return int(self.table.max(initial=0))

    def kinds(self) -> tuple[IntArray, IntArray] | None:
        return self.code, self.table


@dataclass(frozen=True, slots=True)
class Euclidean(Metric):
    """Of whole coordinates (n, traits), rounded to a whole number.

    The root of a whole number is never half-way between two, so that all round alike.
    """

    coordinates: IntArray

    def between(self, ones: IntArray, others: IntArray) -> IntArray:
        square: IntArray | float = 0.0
        for axis in self.coordinates.T:
            apart = (axis[ones] - axis[others]).astype(np.float64)
            square = square + apart * apart
        return np.rint(np.sqrt(square)).astype(np.int64)

    def furthest(self) -> int:
        reach = np.ptp(self.coordinates, axis=0).tolist() if len(self.coordinates) else [0]
        return int(sqrt(sum(side * side for side in reach))) + 1


@dataclass(frozen=True, slots=True)
class Gower(Metric):
    """The sum of what numbers (n, traits) differ by, and of a share for each other value or set.

    ``named`` are codes (n,) and what two different ones add; ``several`` the members of sets
    (n, values) and what sets add that have nothing in common.
    """

    numbers: IntArray
    named: tuple[tuple[IntArray, int], ...]
    several: tuple[tuple[BoolArray, int], ...]

    def between(self, ones: IntArray, others: IntArray) -> IntArray:
        apart = np.zeros(np.broadcast(ones, others).shape, dtype=np.int64)
        for axis in self.numbers.T:
            apart += np.abs(axis[ones] - axis[others])
        for codes, share in self.named:
            apart += share * (codes[ones] != codes[others])
        for member, share in self.several:
            apart += _of_sets(member[ones], member[others], share)
        return apart

    def furthest(self) -> int:
        reach = np.ptp(self.numbers, axis=0).sum() if len(self.numbers) else 0
        return int(reach) + sum(share for _what, share in (*self.named, *self.several))


def _of_sets(ones: BoolArray, others: BoolArray, share: int) -> IntArray:
    """Jaccard's distance: the part of their values that only one of two has; of none, 0."""
    either = np.count_nonzero(ones | others, axis=-1)
    one_only = np.count_nonzero(ones ^ others, axis=-1)
    return np.asarray((2 * share * one_only + either) // np.maximum(1, 2 * either), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Listed(Metric):
    """Weights (m,) of pairs by their keys (m,), rising: n times the lower place plus the higher."""

    people: int
    keys: IntArray
    weights: IntArray

    def between(self, ones: IntArray, others: IntArray) -> IntArray:
        if not len(self.keys):
            return np.zeros(np.broadcast(ones, others).shape, dtype=np.int64)
        wanted = np.minimum(ones, others) * self.people + np.maximum(ones, others)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, self.weights[place], 0)

    def furthest(self) -> int:
        return int(self.weights.max(initial=0))


def sums_over_pairs(seating: Seating, number: Callable[[IntArray, IntArray], IntArray]) -> IntArray:
    """A number of every pair, added up in each group, (groups,)."""
    sums = np.zeros(seating.groups, dtype=np.int64)
    for groups, rows in _rows_by_size(seating):
        for ones, others in _pairs_of_rows(rows):
            sums[groups] += number(ones, others).sum(axis=1)
    return sums


def _rows_by_size(seating: Seating) -> Iterator[tuple[IntArray, IntArray]]:
    """The groups of each size, (groups,), and their members, (groups, size)."""
    order = np.argsort(seating.group, kind="stable")
    people, sizes = seating.people[order], seating.sizes()
    first = np.cumsum(sizes) - sizes
    for size in np.unique(sizes).tolist():
        groups = np.flatnonzero(sizes == size)
        yield groups, people[first[groups][:, None] + np.arange(size)]


def _pairs_of_rows(rows: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Every pair of members once: those so many seats apart, in each row (groups, size)."""
    for apart in range(1, rows.shape[1]):
        yield rows[:, :-apart], rows[:, apart:]


def sum_of_pairs(model: Model, group: int, apart: IntArray, *, most: bool) -> Expression:
    """The sum over a group's pairs of a number, 0 or more; ``apart`` (m, m) has it for all pairs.

    For each person one amount: the numbers to those who stand later and sit in the group, if the
    person does. With ``most`` it is at most that, and the most is the truth, else at least.
    """
    later, total = np.triu(apart, 1), model.new_amount(0)
    largest = np.sort(later, axis=1)[:, ::-1][:, : model.largest].sum(axis=1)
    for person in np.flatnonzero(largest).tolist():
        reach, seated = int(largest[person]), model.seated(person, group)
        here, own = model.total(later[person], group), model.new_amount(reach)
        if most:
            model.limit(own - seated * reach, at_most=0)
            model.limit(own - here, at_most=0)
        else:
            model.limit(own - here - seated * reach, at_least=-reach)
        total = total + own
    # Each pair from both its ends is no better than everybody's best partners: implied, and it
    # brings the bound of a relaxation near to that of arithmetic.
    for size in model.sizes_possible(group):
        ends = total * 2 - model.total(_best_partners(apart, size - 1, most=most), group)
        model.limit_at_size(ends * (1 if most else -1), group, size, at_most=0)
    return total


def _best_partners(apart: IntArray, partners: int, *, most: bool) -> IntArray:
    """What each person comes to with so many others at best, (m,); apart is 0 or more."""
    others = np.where(np.eye(len(apart), dtype=bool), -WORD, -apart if most else apart)
    best = np.sort(others, axis=1)[:, 1 : max(0, partners) + 1].sum(axis=1)
    return np.asarray(-best if most else best)
