"""Tabu search for fewer repeats: the best trade of all rounds, though it may be a step back.

Dotú and Van Hentenryck, Scheduling social golfers locally (2005): two people of different groups
of one round change places, one of whom meets somebody again; a trade is not undone for some steps,
unless that gives the best plan so far. Here a trade must leave both groups valid besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.goals import Goal, bad_groups
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.schedule import NEVER, Schedule, Trade
from vermegroup.solver.search import Search


class Judge:
    """Says which trades leave both groups valid, and the held preferences where they are."""

    def __init__(self, problem: Problem, plan: Plan, held: Sequence[Goal] = ()) -> None:
        self.problem, self.plan, self.held = problem, plan, tuple(held)
        rules = problem.rulebook.rules
        self._indifferent = not held and all(rule.sizes_alone for rule in rules)
        self._needed = np.zeros(len(problem.roster), dtype=bool)
        self._needed[must_be_seated(problem)] = True

    def valid(
        self, schedule: Schedule, rounds: IntArray, seats: IntArray, others: IntArray
    ) -> BoolArray:
        """Which of these trades (m,) may be made."""
        allowed = self._may_wait(schedule, rounds, seats, others)
        if self._indifferent:
            return allowed
        after = traded(schedule, rounds, seats, others)
        bad = bad_groups(self.problem, self.plan, self.held, after) & (after.sizes() > 0)
        return allowed & ~bad.reshape(2, -1).any(axis=0)

    def _may_wait(
        self, schedule: Schedule, rounds: IntArray, seats: IntArray, others: IntArray
    ) -> BoolArray:
        seated = schedule.seats.seated
        people = schedule.people
        one = (others >= seated) & self._needed[people[rounds, seats]]
        two = (seats >= seated) & self._needed[people[rounds, others]]
        return ~(one | two)


def traded(schedule: Schedule, rounds: IntArray, seats: IntArray, others: IntArray) -> Seating:
    """The two groups of each trade after it: first all of ``seats``, then all of ``others``.

    The waitlist is no group, and stands there empty.
    """
    halves = [
        _joined(schedule, rounds, left, taken) for left, taken in ((seats, others), (others, seats))
    ]
    people = np.concatenate([people for people, _ in halves])
    group = np.concatenate([halves[0][1], halves[1][1] + len(rounds)])
    return Seating(people, group, 2 * len(rounds))


def _joined(
    schedule: Schedule, rounds: IntArray, left: IntArray, taken: IntArray
) -> tuple[IntArray, IntArray]:
    """The people of the groups of the seats ``left``, each with the person of ``taken`` there."""
    places, real = schedule.mates(left)
    trades, column = np.nonzero(real)
    mates = schedule.people[rounds[trades], places[trades, column]]
    inside = np.flatnonzero(left < schedule.seats.seated)
    new = schedule.people[rounds[inside], taken[inside]]
    return np.concatenate([mates, new]), np.concatenate([trades, inside])


@dataclass(slots=True)
class _Memory:
    """Until which step a trade is tabu; two trades that share a place are both, which is rare."""

    until: IntArray
    chance: np.random.Generator

    def places(self, rounds: IntArray, people: IntArray, others: IntArray) -> IntArray:
        low, high = np.minimum(people, others), np.maximum(people, others)
        mixed = (rounds * 1_000_003 + low) * 1_000_003 + high
        return np.asarray(mixed % len(self.until), dtype=np.int64)


class Tabu:
    """One search over one schedule, which keeps the best plan it has seen."""

    def __init__(self, schedule: Schedule, judge: Judge, bound: int, search: Search) -> None:
        self.schedule, self.judge, self.bound, self.search = schedule, judge, bound, search
        self.best, self.key = schedule.people.copy(), self._key()
        slots = PARAMS.rounds.tabu_slots
        self._memory = _Memory(np.zeros(slots, dtype=np.int64), search.chance)
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
            trade = self._chosen(*self._drawn(rounds, seats))
            if trade is not None:
                self._make(trade)
            self._since += 1
            if self._since > patience:
                return
            if self._since % PARAMS.rounds.stalled == PARAMS.rounds.stalled - 1:
                self._shake()

    def _attained(self) -> bool:
        """Whether there can be no fewer repeats, and spreading them gets no further."""
        return self.key[0] <= self.bound and self._since > PARAMS.rounds.spread_steps

    def _drawn(self, rounds: IntArray, seats: IntArray) -> tuple[IntArray, IntArray]:
        """As many of the seats as one step can look at."""
        width = self.schedule.people.shape[1] * (2 + self.schedule.seats.largest)
        most = max(1, PARAMS.rounds.cells // width)
        if len(rounds) <= most:
            return rounds, seats
        some = np.sort(self.search.chance.choice(len(rounds), most, replace=False))
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
                made = (int(rounds[row[at]]), int(seats[row[at]]), int(other[at]))
                return Trade(*made, int(price[row[at], other[at]]))
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
        low, high = PARAMS.rounds.tabu
        place = self._memory.places(np.array([trade.round]), pair[:1], pair[1:])
        self._memory.until[place] = self._step + self.search.chance.integers(low, high + 1)
        if self._key() < self.key:
            self.best, self.key, self._since = schedule.people.copy(), self._key(), 0

    def _shake(self) -> None:
        """Trade people of one round at random, so that the search goes on elsewhere."""
        at = int(self.search.chance.integers(len(self.schedule.people)))
        shake(self.schedule, at, self.judge, self.search)


def shake(schedule: Schedule, at: int, judge: Judge, search: Search) -> None:
    """Trade people of one round at random, as often as there are people, where that is valid."""
    count = schedule.people.shape[1]
    for seat in range(count):
        others = search.chance.permutation(count)[: PARAMS.rounds.looked_at[0]]
        others = others[schedule.seats.group[others] != schedule.seats.group[seat]]
        rounds = np.full(len(others), at)
        fits = judge.valid(schedule, rounds, np.full(len(others), seat), others)
        if fits.any():
            other = int(others[int(np.argmax(fits))])
            schedule.trade(Trade(at, seat, other, 0))
