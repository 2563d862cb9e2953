"""Swaps of two people and moves of one, and what they gain: a table kept in step with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY, WAITLIST, Seating
from vermegroup.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Weights:
    """``table`` (n, n): what each pair gains by being in one group; the more, the better.

    Pairs that no group may have lose more than anything gains. No change of one or two people
    gains or loses more than ``reach``, unless it makes or parts such a pair.
    """

    table: IntArray
    reach: int

    @property
    def rest(self) -> int:
        """What taking part in a change costs whom the search leaves in peace."""
        return 2 * self.reach + 1

    @property
    def never(self) -> int:
        """The gain of what is no change at all."""
        return int(np.iinfo(self.table.dtype).min)


@dataclass(frozen=True, slots=True)
class Changes:
    """``who`` (m,) goes where the ``other`` (m,) sits, who comes in exchange; or NOBODY does.

    ``to`` (m,) are the groups that they go to.
    """

    who: IntArray
    other: IntArray
    to: IntArray


class Sums:
    """Who sits where, what everybody adds to every group (n, groups), what each swap gains (n, n).

    Whoever waits has a group of one's own, with a number from ``groups`` on: so a swap with them
    counts like any other. ``gains`` are less by ``rest`` for each of two who are at rest.
    """

    def __init__(self, weights: Weights, plan: Plan, group_of: IntArray) -> None:
        self.groups = plan.groups
        self._plan, self._table = plan, weights.table
        self._rest, self._never = weights.rest, weights.never
        self._everybody = np.arange(len(group_of))
        self.resting = np.zeros(len(group_of), dtype=weights.table.dtype)
        self.seat(group_of)

    def seat(self, group_of: IntArray) -> None:
        """Begin anew from a grouping (n,), with nobody at rest."""
        waiting = np.flatnonzero(group_of < 0)
        self.home = group_of.copy()
        self.home[waiting] = self.groups + np.arange(len(waiting))
        table, every = self._table, self._everybody
        order = np.argsort(self.home, kind="stable")
        sizes = np.bincount(self.home, minlength=self.groups + len(waiting))
        self._sizes = sizes
        self.adds = np.zeros((len(group_of), len(sizes)), dtype=table.dtype)
        taken = np.flatnonzero(sizes)
        starts = (np.cumsum(sizes) - sizes)[taken]
        self.adds[:, taken] = np.add.reduceat(table[:, order], starts, axis=1)
        self.value = int(self.adds[every, self.home].sum(dtype=np.int64)) // 2
        self.resting[:] = 0
        self.gains = np.empty_like(table)
        self._refresh(every)

    def group_of(self) -> IntArray:
        """Everybody's group (n,), -1 for none."""
        return np.where(self.home < self.groups, self.home, WAITLIST)

    def _refresh(self, rows: IntArray) -> None:
        """Say anew what swaps of some people with everybody gain."""
        home, stays = self.home, self._stays()
        gains = self.adds[rows].take(home, axis=1)
        gains += self.adds.take(home[rows], axis=1).T
        gains -= 2 * self._table[rows]
        gains -= stays[rows][:, None]
        gains -= stays
        places = np.minimum(home, self.groups)  # all who wait are alike
        gains[places[rows][:, None] == places] = self._never
        self.gains[rows] = gains
        self.gains[:, rows] = gains.T

    def _stays(self) -> IntArray:
        """What everybody adds to their own group, and whether they are at rest, (n,)."""
        own: IntArray = self.adds[self._everybody, self.home] + self.resting
        return own

    def moves(self) -> IntArray:
        """What it gains that somebody goes to a group, (n, groups), as far as sizes allow."""
        plan, home = self._plan, self.home
        gains = self.adds[:, : self.groups] - self._stays()[:, None]
        gains[:, self._sizes[: self.groups] >= plan.largest] = self._never
        stays = (self._sizes[home] <= plan.smallest) | (home >= self.groups)
        gains[stays] = self._never
        placed = np.flatnonzero(~stays)
        gains[placed, home[placed]] = self._never
        return gains

    def make(self, who: int, other: int, to: int, woken: IntArray) -> None:
        """Let somebody go to a group, and another one come in exchange, unless that is NOBODY.

        Both are at rest from now on, and those ``woken`` no longer.
        """
        left = int(self.home[who])
        self._go(who, to)
        self.resting[woken] = 0
        if other != NOBODY:
            self._go(other, left)
        concerned = (self.home == left) | (self.home == to)
        concerned[woken] = True
        self._refresh(np.flatnonzero(concerned))

    def _go(self, who: int, to: int) -> None:
        left = int(self.home[who])
        self.value += int(self.adds[who, to]) - int(self.adds[who, left])
        self.adds[:, left] -= self._table[who]
        self.adds[:, to] += self._table[who]
        self.home[who], self.resting[who] = to, self._rest
        self._sizes[left] -= 1
        self._sizes[to] += 1

    def after(self, changes: Changes) -> Seating:
        """The groups that people leave, after each change, and then those that they go to."""
        nth, left = np.arange(len(changes.who)), self.home[changes.who]
        ones, others = self._members(left), self._members(changes.to)
        ones[nth, changes.who], others[nth, changes.who] = False, changes.to < self.groups
        swaps = np.flatnonzero(changes.other != NOBODY)
        second = changes.other[swaps]
        ones[swaps, second], others[swaps, second] = left[swaps] < self.groups, False
        return _seated(np.concatenate([ones, others]))

    def before(self, changes: Changes) -> Seating:
        """The same groups as they are."""
        places = np.concatenate([self.home[changes.who], changes.to])
        return _seated(self._members(places))

    def _members(self, places: IntArray) -> BoolArray:
        """Who is in each of these groups, (m, n); nobody where it is not a group."""
        inside: BoolArray = self.home == places[:, None]
        inside[places >= self.groups] = False
        return inside


def _seated(members: BoolArray) -> Seating:
    group, people = np.nonzero(members)
    return Seating(people, group, len(members))
