"""Pricing: candidate groups of a low reduced cost, which is less their members' dual prices.

By enumeration with a bound: pieces are joined fragment by fragment, and what the fragments to come
can add at best, by the number of seats left, prunes the rest. People who had no group stand last,
each a piece: so whoever of them is taken when r seats are left has r others of them in the group,
and that tells how many bonds are among them, which cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.fragments import NEW, OFF, Fragments, Pieces
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

_FAR = np.int64(2**61)
_TABLES = 8  # of partial groups by pieces, that are reckoned through in each step


class TooManyError(Exception):
    """There are more candidates than may be looked at, or than there is time for."""


@dataclass(slots=True)
class _Partial:
    """Groups in the making: pieces taken, seats left, and what they come to."""

    taken: IntArray
    left: IntArray
    total: IntArray

    def __len__(self) -> int:
        return len(self.taken)

    def only(self, which: BoolArray) -> _Partial:
        return _Partial(self.taken[which], self.left[which], self.total[which])


class Pricing:
    """Joins pieces to candidate groups of the sizes that are allowed."""

    def __init__(self, fragments: Fragments, pieces: Pieces, sizes: range, search: Search) -> None:
        self.fragments, self.pieces, self.sizes = fragments, pieces, sizes
        self._search, self._parts = search, fragments.parts

    def below(self, duals: IntArray, limit: int, at_most: int) -> IntArray:
        """All joins (c, width) of pieces of a reduced cost of at most ``limit``.

        ``duals`` (n,) and ``limit`` are in parts of a unit of cost. A whole fragment is priced as
        if it were touched. Raises TooManyError where there are more than ``at_most``, or time
        is up.
        """
        priced = self._priced(duals)
        ahead = self._ahead(priced, self.sizes[-1])
        found = [empty(self.pieces.members.shape[1])]
        for size in self.sizes:
            room = limit - self._new(size)
            if ahead[0, size] <= room:
                found.append(self._joined(priced, ahead, size, room, at_most))
        return np.concatenate(found)

    def reduced(self, columns: IntArray, costs: IntArray, duals: IntArray) -> IntArray:
        """The reduced cost of columns, in parts, shape (c,): less their members' dual prices."""
        return np.asarray(costs * self._parts - np.append(duals, 0)[columns].sum(axis=1))

    def least(self, duals: IntArray) -> int:
        """No join of pieces is below this, valid or not."""
        ahead = self._ahead(self._priced(duals), self.sizes[-1])
        return min(int(ahead[0, size]) + self._new(size) for size in self.sizes)

    def _new(self, size: int) -> int:
        weights, off = self.fragments.weights, int(self.fragments.off[size])
        bonds = size * (size - 1) // 2
        return (bonds * int(weights[NEW]) + off * int(weights[OFF])) * self._parts

    def _with_others(self, seats: IntArray) -> IntArray:
        """What one of those who had no group adds where ``seats`` others of them follow."""
        return np.asarray(seats * (-self.fragments.weights[NEW] * self._parts))

    def _priced(self, duals: IntArray) -> IntArray:
        dual_sums = np.append(duals, 0)[self.pieces.members].sum(axis=1)
        return np.asarray(self.pieces.cost * self._parts - dual_sums)

    def _ahead(self, priced: IntArray, seats: int) -> IntArray:
        """What fragments from each one on add at least by filling seats, (fragments, seats) + 1."""
        starts = self.pieces.starts.tolist()
        least = np.full((len(starts), seats + 1), _FAR, dtype=np.int64)
        least[:, 0] = 0
        for fragment in range(len(starts) - 2, -1, -1):
            if self._search.expired():
                raise TooManyError
            least[fragment, 1:] = least[fragment + 1, 1:]
            pieces = slice(starts[fragment], starts[fragment + 1])
            sizes, costs = self.pieces.size[pieces].tolist(), priced[pieces].tolist()
            others = self._with_others(np.arange(seats + 1)) * (fragment >= self.fragments.old)
            for size, cost in zip(sizes, costs, strict=True):
                if size <= seats:
                    rest = seats + 1 - size
                    with_it = least[fragment + 1, :rest] + others[:rest] + cost
                    np.minimum(least[fragment, size:], with_it, out=least[fragment, size:])
        return least

    def _joined(
        self, priced: IntArray, ahead: IntArray, size: int, room: int, at_most: int
    ) -> IntArray:
        done: list[IntArray] = []
        found = 0
        partial = _Partial(np.empty((1, 0), np.int64), np.array([size]), np.zeros(1, np.int64))
        while len(partial):
            parts = list(self._extended(partial, priced, ahead, room, at_most))
            partial = _Partial(
                np.concatenate([part.taken for part in parts]),
                np.concatenate([part.left for part in parts]),
                np.concatenate([part.total for part in parts]),
            )
            full = partial.left == 0
            done.append(self._members(partial.taken[full]))
            partial = partial.only(~full)
            found += len(done[-1])
            if found + len(partial) > at_most:
                raise TooManyError
        return np.concatenate(done)

    def _extended(
        self, partial: _Partial, priced: IntArray, ahead: IntArray, room: int, at_most: int
    ) -> Iterator[_Partial]:
        step = max(1, PARAMS.columns.cells // max(1, len(priced)))
        found, fresh = 0, self.pieces.fragment >= self.fragments.old
        for start in range(0, len(partial), step):
            if self._search.expired():
                raise TooManyError
            batch = partial.only(_stretch(len(partial), start, step))
            self._search.reckoned(len(batch) * len(priced) * _TABLES)
            rest = batch.left[:, None] - self.pieces.size[None, :]
            sums = batch.total[:, None] + priced[None, :]
            sums += self._with_others(np.maximum(rest, 0)) * fresh
            at_best = sums + ahead[self.pieces.fragment[None, :] + 1, np.maximum(rest, 0)]
            fits = (rest >= 0) & (at_best <= room) & self._go_with(batch.taken)
            rows, chosen = np.nonzero(fits)
            found += len(rows)
            if found > at_most:
                raise TooManyError
            taken = np.concatenate([batch.taken[rows], chosen[:, None]], axis=1)
            yield _Partial(taken, rest[rows, chosen], sums[rows, chosen])

    def _go_with(self, taken: IntArray) -> BoolArray:
        """Which pieces are of a later fragment than those taken, and clash with none of them."""
        pieces = self.pieces
        fits = np.ones((len(taken), len(pieces.size)), dtype=bool)
        if taken.shape[1]:
            fits &= pieces.fragment[None, :] > pieces.fragment[taken[:, -1]][:, None]
        for place in range(taken.shape[1]):
            fits &= ~pieces.clash[taken[:, place]]
        return fits

    def _members(self, taken: IntArray) -> IntArray:
        """The members of joined pieces, shape (c, width), the last of the roster first."""
        width = self.pieces.members.shape[1]
        seats = self.pieces.members[taken].reshape(len(taken), taken.shape[1] * width)
        return np.asarray(-np.sort(-seats, axis=1)[:, :width])


def _stretch(length: int, start: int, step: int) -> BoolArray:
    found = np.zeros(length, dtype=bool)
    found[start : start + step] = True
    return found


def empty(width: int) -> IntArray:
    """No columns."""
    return np.full((0, width), NOBODY, dtype=np.int64)
