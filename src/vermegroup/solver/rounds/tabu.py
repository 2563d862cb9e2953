"""Tabu search for fewer repeats: the best trade of all rounds, though it may be a step back.

Dotú and Van Hentenryck, Scheduling social golfers locally (2005): two people of different groups
of one round change places, one of whom meets somebody again; a trade is not undone for some steps,
unless that gives the best plan so far. Here a trade must leave both groups valid besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.blocks import Block, blocks
from vermegroup.solver.rounds.schedule import NEVER, Schedule, Trade, drawn
from vermegroup.solver.rounds.trades import Judge
from vermegroup.solver.search import Search


@dataclass(slots=True)
class _Memory:
    """Until which step a trade is tabu; two trades that share a place are both, which is rare."""

    until: IntArray

    def places(self, rounds: IntArray, people: IntArray, others: IntArray) -> IntArray:
        low, high = np.minimum(people, others), np.maximum(people, others)
        mixed = (rounds * 1_000_003 + low) * 1_000_003 + high
        return np.asarray(mixed % len(self.until), dtype=np.int64)


class Tabu:
    """One search over one schedule, which keeps the best plan it has seen."""

    def __init__(self, schedule: Schedule, judge: Judge, bound: int, search: Search) -> None:
        self.schedule, self.judge, self.bound, self.search = schedule, judge, bound, search
        self.best, self.key = schedule.people.copy(), self._key()
        self._memory = _Memory(np.zeros(PARAMS.rounds.tabu_slots, dtype=np.int64))
        self._step = self._since = 0

    def _key(self) -> tuple[int, int]:
        return self.schedule.repeats, self.schedule.cost

    def run(self, steps: int, patience: int) -> None:
        """Make trades until the bound is attained, or so many steps or the time are over.

        Without a better plan for as many steps as the ``patience`` it gives up.
        """
        for step in range(steps):
            rounds, seats = self.schedule.worth_moving()
            if not len(rounds) or self._attained() or self.search.expired():
                return
            self.search.listener.done(step, steps, self.search.left())
            self._step += 1
            self._since += 1
            trade = self._chosen(*self._drawn(rounds, seats))
            if trade is not None:
                self._make(trade)
            if not self.judge.indifferent and (trade is None or self._is_turn_of_blocks()):
                self._try_blocks(rounds, seats)
            if self._since > patience:
                return
            if self._since % PARAMS.rounds.stalled == PARAMS.rounds.stalled - 1:
                self._shake()

    def _attained(self) -> bool:
        """Whether there can be no fewer repeats, and spreading them gets no further."""
        return self.key[0] <= self.bound and self._since > PARAMS.rounds.spread_steps

    def _drawn(self, rounds: IntArray, seats: IntArray) -> tuple[IntArray, IntArray]:
        """As many of the seats as one step can look at."""
        some = drawn(len(rounds), self.schedule.seats_at_once, self.search.chance)
        cells = len(rounds[some]) * self.schedule.cells_of_seat
        self.search.reckoned(PARAMS.rounds.step_cells + cells)
        return rounds[some], seats[some]

    def _chosen(self, rounds: IntArray, seats: IntArray) -> Trade | None:
        """The best trade that is valid, and not tabu or else the best plan so far."""
        schedule = self.schedule
        price = schedule.prices(rounds, seats)
        people = schedule.people[rounds, seats][:, None]
        places = self._memory.places(rounds[:, None], people, schedule.people[rounds])
        tabu = self._memory.until[places] > self._step
        price[tabu & (schedule.cost + price >= self.key[1])] = NEVER
        for some in self._best_first(price):
            row, other = np.divmod(some, price.shape[1])
            fits = self.judge.valid(schedule, rounds[row], seats[row], other)
            if fits.any():
                at = int(np.argmax(fits))
                return Trade(int(rounds[row[at]]), int(seats[row[at]]), int(other[at]))
        return None

    def _best_first(self, price: IntArray) -> Iterator[IntArray]:
        """Trades in rising order of price, equals at random, some at a time."""
        flat = price.reshape(-1)
        if not len(flat):
            return
        noisy = flat + self.search.chance.random(len(flat))
        done = 0
        for count in PARAMS.rounds.looked_at:
            most = min(count, len(flat))
            first = np.argpartition(noisy, most - 1)[:most]
            first = first[np.argsort(noisy[first], kind="stable")]
            some = first[done:]
            some = some[flat[some] < NEVER]
            if len(some):
                yield some
            done = most

    def _make(self, trade: Trade) -> None:
        schedule = self.schedule
        pair = schedule.people[trade.round, [trade.seat, trade.other]]
        schedule.trade(trade)
        self._remember(self._memory.places(np.array([trade.round]), pair[:1], pair[1:]))
        self._note()

    def _note(self) -> None:
        """Keep the plan where it is the best so far."""
        if self._key() < self.key:
            self.best, self.key, self._since = self.schedule.people.copy(), self._key(), 0

    def _is_turn_of_blocks(self) -> bool:
        return self._step % PARAMS.rounds.block_steps == 0

    def _try_blocks(self, rounds: IntArray, seats: IntArray) -> None:
        """Trade several people at once, of a group in which somebody meets again."""
        at = int(self.search.chance.integers(len(rounds)))
        chance = self.search.chance
        found = blocks(self.schedule, self.judge, int(rounds[at]), int(seats[at]), chance)
        for block in found:
            places = self._places_of(block)
            tabu = bool((self._memory.until[places] > self._step).any())
            if not tabu or self.schedule.cost + block.cost < self.key[1]:
                for seat, other in zip(block.seats.tolist(), block.others.tolist(), strict=True):
                    self.schedule.trade(Trade(block.round, seat, other))
                self._remember(places)
                self._note()
                return

    def _places_of(self, block: Block) -> IntArray:
        """Where the memory has the trades of each of these people with each of the others."""
        people = self.schedule.people[block.round]
        one, two = people[block.seats][:, None], people[block.others]
        return self._memory.places(np.array(block.round), one, two)

    def _remember(self, places: IntArray) -> None:
        low, high = PARAMS.rounds.tabu
        self._memory.until[places] = self._step + self.search.chance.integers(low, high + 1)

    def _shake(self) -> None:
        """Trade everybody of one round at random where that is valid, to go on elsewhere."""
        schedule, chance = self.schedule, self.search.chance
        rounds, count = schedule.people.shape
        at = int(chance.integers(rounds))
        for seat in range(count):
            others = chance.permutation(count)[: PARAMS.rounds.looked_at[0]]
            others = others[schedule.seats.group[others] != schedule.seats.group[seat]]
            there, seats = np.full(len(others), at), np.full(len(others), seat)
            fits = self.judge.valid(schedule, there, seats, others)
            if fits.any():
                schedule.trade(Trade(at, seat, int(others[int(np.argmax(fits))])))
