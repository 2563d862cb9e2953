"""The plan of all rounds while it is searched: who sits where, who meets whom, what a trade costs.

A seat is a place in a round; seats of one group stand side by side, in the same order in every
round, and those who wait have the last ones. So a plan is an array (rounds, people), and a trade
exchanges two of its entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import WAITLIST
from vermegroup.domain.meetings import pairs_within
from vermegroup.solver.params import PARAMS

REPEAT = 2
"""What a pair's second meeting costs; each further one costs one more, so that they spread."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one round: ``group`` (n,) of each, and where each group starts (groups + 1,)."""

    group: IntArray
    starts: IntArray

    @property
    def groups(self) -> int:
        """The number of groups; the seats of those who wait are in none."""
        return len(self.starts) - 1

    @property
    def seated(self) -> int:
        """How many seats are in groups."""
        return int(self.starts[-1])

    @property
    def largest(self) -> int:
        """The size of the largest group."""
        return int(np.diff(self.starts).max(initial=0))

    def of(self, group: int) -> slice:
        """The seats of a group."""
        return slice(int(self.starts[group]), int(self.starts[group + 1]))


def seats_for(sizes: Sequence[int], people: int) -> Seats:
    """The seats of groups of these sizes, and of those who wait."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    waiting = np.full(people - len(group), len(sizes))
    return Seats(np.concatenate([group, waiting]), np.concatenate([[0], np.cumsum(sizes)]))


@dataclass(frozen=True, slots=True)
class Trade:
    """Two seats of a round whose people change places."""

    round: int
    seat: int
    other: int


class Schedule:
    """Everybody's seat in each of the rounds, after some earlier rounds that stay as they are.

    ``people`` (rounds, n) leads from seats to participants; ``before`` (earlier, n) from
    participants to groups, negative for none. ``cost`` rises with each pair's second meeting and
    more with every further one, and with who waits more often than others.
    """

    def __init__(self, seats: Seats, people: IntArray, before: IntArray) -> None:
        self.seats = seats
        self.people = people.copy()
        rounds, count = people.shape
        self._earlier = len(before)
        self._groups = np.empty((len(before) + rounds, count), dtype=np.int64)
        nobody = -1 - np.arange(count)  # a code of one's own, so that nobody shares it
        self._groups[: len(before)] = np.where(before >= 0, before, nobody)
        for at in range(rounds):
            own = seats.group == seats.groups
            codes = np.where(own, -1 - people[at], seats.group)
            self._groups[len(before) + at, people[at]] = codes
        self._prices = np.concatenate([[0], REPEAT + np.arange(len(self._groups) + 1)])
        self._waits = (self._groups[len(before) :] < 0).sum(axis=0)
        self._table = self._counted() if count <= PARAMS.rounds.people_by_people else None
        self._places, self._real = _mates(seats)
        self._mates_met: IntArray | None = None  # until the next trade
        self.cost, self.repeats = self._total()

    def _counted(self) -> IntArray:
        table = np.zeros((self._groups.shape[1],) * 2, dtype=np.int16)
        for groups in self._groups:
            table += groups[:, None] == groups
        np.fill_diagonal(table, 0)
        return table.astype(np.int64)

    def met(self, people: IntArray, others: IntArray) -> IntArray:
        """How often these pairs meet in all rounds, by broadcasting; 0 with oneself."""
        if self._table is not None:
            return self._table[people, others]
        often = np.zeros(np.broadcast_shapes(people.shape, others.shape), dtype=np.int64)
        for groups in self._groups:
            often += groups[people] == groups[others]
        return np.where(people == others, 0, often)

    def met_elsewhere(self, at: int, people: IntArray, others: IntArray) -> IntArray:
        """How often these pairs meet in all rounds but one; -1 with oneself."""
        groups = self._groups[self._earlier + at]
        elsewhere: IntArray = self.met(people, others) - (groups[people] == groups[others])
        return elsewhere

    def price_of(self, often: IntArray) -> IntArray:
        """What one more meeting costs those who have met so often; nothing where that is -1."""
        return np.where(often < 0, 0, self._prices[often])

    def _total(self) -> tuple[int, int]:
        # Each pair is found in every round in which it meets; by its rank there it counts once.
        cost = repeats = 0
        for at in range(len(self._groups)):
            first, second = pairs_within(self._groups[at])
            rank = np.zeros(len(first), dtype=np.int64)
            for before in range(at):
                rank += self._groups[before, first] == self._groups[before, second]
            cost += int(self._prices[rank].sum())
            repeats += int((rank > 0).sum())
        waits = self._waits
        return cost + int((waits * (waits - 1) // 2).sum()), repeats

    def group_of(self, at: int) -> IntArray:
        """Everybody's group in a round (n,), negative for none."""
        codes = self._groups[self._earlier + at]
        return np.where(codes >= 0, codes, WAITLIST)

    def worth_moving(self) -> tuple[IntArray, IntArray]:
        """Rounds and seats (m,) of those who meet somebody again, or wait more than others."""
        often = self._within()
        again: BoolArray = np.asarray((often > 1).any(axis=2))
        waits = self._waits[self.people] > max(1, int(self._waits.min()) + 1)
        again[:, self.seats.seated :] = waits[:, self.seats.seated :]
        rounds, seats = np.nonzero(again)
        return rounds, seats

    def _within(self) -> IntArray:
        """How often each seat's person meets each mate there, (rounds, n, largest); 0 for none."""
        if self._mates_met is None:
            often = self.met(self.people[:, :, None], self.people[:, self._places])
            self._mates_met = np.where(self._real, often, 0)
        return self._mates_met

    @property
    def seats_at_once(self) -> int:
        """For how many seats one step of a search can look at all trades."""
        return max(1, PARAMS.rounds.cells // self.cells_of_seat)

    @property
    def cells_of_seat(self) -> int:
        """Entries looked at for all trades of a seat."""
        return len(self.seats.group) * (2 + self.seats.largest)

    def mates(self, seats: IntArray) -> tuple[IntArray, BoolArray]:
        """The other seats of these seats' groups, padded, (m, largest), and which are real."""
        return self._places[seats], self._real[seats]

    def prices(self, rounds: IntArray, seats: IntArray) -> IntArray:
        """What trading each of these seats with each seat of its round costs, (m, n).

        Seats of one group are not traded with each other: there the price is ``NEVER``.
        """
        group, starts, real = self.seats.group, self.seats.starts, self._real
        there = self.people[rounds]
        own = self._prices[self.met(there[np.arange(len(rounds)), seats][:, None], there)]
        joining = np.add.reduceat(own[:, : self.seats.seated], starts[:-1], axis=1)
        joining = np.pad(joining, ((0, 0), (0, 1)))[:, group]  # no meetings on the waitlist
        mates = there[np.arange(len(rounds))[:, None], self._places[seats]]
        theirs = self._prices[self.met(mates[:, :, None], there[:, None, :])]
        taking = np.where(real[seats][:, :, None], theirs, 0).sum(axis=1)
        leaving = np.where(real, self._prices[np.maximum(self._within() - 1, 0)], 0).sum(axis=2)
        both = group < self.seats.groups
        price = joining - np.where(both, own, 0) + taking
        price -= leaving[rounds, seats][:, None] + leaving[rounds]
        price += self._waiting_price(rounds, seats, there)
        return np.where(group[seats][:, None] == group, NEVER, price)

    def _waiting_price(self, rounds: IntArray, seats: IntArray, there: IntArray) -> IntArray:
        waits = self._waits
        mine = there[np.arange(len(rounds)), seats][:, None]
        i_wait = (self.seats.group[seats] == self.seats.groups)[:, None]
        they_wait = self.seats.group == self.seats.groups
        price = np.where(they_wait, waits[mine] - waits[there] + 1, 0)
        return np.where(i_wait, waits[there] - waits[mine] + 1, price)

    def trade(self, trade: Trade) -> None:
        """Let two people change places."""
        self._mates_met = None
        people = self.people[trade.round]
        one, two = int(people[trade.seat]), int(people[trade.other])
        self._leave(trade.round, trade.seat)
        self._leave(trade.round, trade.other)
        people[trade.seat], people[trade.other] = two, one
        self._sit(trade.round, trade.seat)
        self._sit(trade.round, trade.other)

    def _leave(self, at: int, seat: int) -> None:
        person, mates = self._at(at, seat)
        often = self.met(np.array(person), mates)
        self.cost -= int(self._prices[often - 1].sum())
        self.repeats -= int((often > 1).sum())
        if seat >= self.seats.seated:
            self._waits[person] -= 1
            self.cost -= int(self._waits[person])
        self._note(person, mates, -1)
        self._groups[self._earlier + at, person] = -1 - person

    def _sit(self, at: int, seat: int) -> None:
        person, mates = self._at(at, seat)
        often = self.met(np.array(person), mates)
        self.cost += int(self._prices[often].sum())
        self.repeats += int((often > 0).sum())
        if seat >= self.seats.seated:
            self.cost += int(self._waits[person])
            self._waits[person] += 1
            return
        self._note(person, mates, 1)
        self._groups[self._earlier + at, person] = self.seats.group[seat]

    def _at(self, at: int, seat: int) -> tuple[int, IntArray]:
        """Who sits there, and those of the group who sit there now."""
        person = int(self.people[at, seat])
        group = int(self.seats.group[seat])
        if group == self.seats.groups:
            return person, np.empty(0, dtype=np.int64)
        mates = self.people[at, self.seats.of(group)]
        seated = self._groups[self._earlier + at, mates] == group
        return person, mates[seated & (mates != person)]

    def _note(self, person: int, mates: IntArray, change: int) -> None:
        if self._table is not None:
            self._table[person, mates] += change
            self._table[mates, person] += change


NEVER = 1 << 40
"""The price of what is no trade at all."""


def drawn(count: int, most: int, chance: np.random.Generator) -> IntArray:
    """So many of the numbers below ``count``, in rising order; all where there are no more."""
    if count <= most:
        return np.arange(count)
    return np.sort(chance.choice(count, most, replace=False))


def _mates(seats: Seats) -> tuple[IntArray, BoolArray]:
    """The seats of each seat's own group, padded, (n, largest), and which of them are others'."""
    own = seats.group[: seats.seated]
    places = seats.starts[own][:, None] + np.arange(seats.largest)
    real = places < seats.starts[own + 1][:, None]
    places = np.where(real, places, 0)
    real &= places != np.arange(seats.seated)[:, None]
    pad = ((0, len(seats.group) - seats.seated), (0, 0))
    return np.pad(places, pad), np.pad(real, pad)
