"""Trades of several people at once, for rules that let nobody change places alone.

Who must be together with others can only move with them. All ways of trading two people, or three,
of one group for as many of another are judged at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.schedule import Schedule
from vermegroup.solver.rounds.trades import Judge


@dataclass(frozen=True, slots=True)
class Block:
    """Seats of a round (j,) whose people trade places with those of others (j,), and the cost."""

    round: int
    seats: IntArray
    others: IntArray
    cost: int


def blocks(
    schedule: Schedule, judge: Judge, at: int, seat: int, chance: np.random.Generator
) -> list[Block]:
    """Valid blocks of a seat's group and other groups of its round, the cheapest first."""
    seats = schedule.seats
    group = int(seats.group[seat])
    if group == seats.groups:
        return []
    partners = chance.permutation(np.delete(np.arange(seats.groups), group))
    found: list[Block] = []
    for partner in partners[: PARAMS.rounds.block_partners].tolist():
        found += _between(schedule, judge, at, (group, partner), chance)
    return sorted(found, key=lambda block: block.cost)


def _between(
    schedule: Schedule,
    judge: Judge,
    at: int,
    groups: tuple[int, int],
    chance: np.random.Generator,
) -> list[Block]:
    ours, theirs = (np.arange(schedule.people.shape[1])[schedule.seats.of(g)] for g in groups)
    found = []
    for size in PARAMS.rounds.block_sizes:
        if size < min(len(ours), len(theirs)):
            left, right = _choices(ours, size, chance), _choices(theirs, size, chance)
            seats = np.repeat(left, len(right), axis=0)
            others = np.tile(right, (len(left), 1))
            found += _valid(schedule, judge, at, (ours, theirs), (seats, others))
    return found


def _choices(seats: IntArray, size: int, chance: np.random.Generator) -> IntArray:
    """Choices of so many of these seats, some of them where they are many, shape (m, size)."""
    most = PARAMS.rounds.block_choices
    if len(seats) <= PARAMS.rounds.block_group:
        every = np.array(list(combinations(seats.tolist(), size)), dtype=np.int64)
        return chance.permutation(every)[:most]
    drawn = [chance.choice(seats, size, replace=False) for _ in range(most)]
    return np.array(drawn, dtype=np.int64)


def _valid(
    schedule: Schedule,
    judge: Judge,
    at: int,
    groups: tuple[IntArray, IntArray],
    trades: tuple[IntArray, IntArray],
) -> list[Block]:
    """The valid ones of some trades of two groups, given by their seats, and what each costs."""
    people, (seats, others) = schedule.people[at], trades
    now = [people[group] for group in groups]
    after = [
        np.where((group == left[:, :, None]).any(axis=1), -1, people[group])
        for group, left in zip(groups, trades, strict=True)
    ]
    for rows, taken in zip(after, (others, seats), strict=True):
        rows[rows < 0] = people[taken].reshape(-1)
    fits = judge.sound(_seating(after))
    if not fits.any():
        return []
    before = sum(int(_cost(schedule, at, rows[None])[0]) for rows in now)
    one, two = (_cost(schedule, at, rows[fits]) for rows in after)
    cost = (one + two - before).tolist()
    return [
        Block(at, left, right, price)
        for left, right, price in zip(seats[fits], others[fits], cost, strict=True)
    ]


def _seating(halves: list[IntArray]) -> Seating:
    """Alternatives of two groups, (m, size) each, as :meth:`Judge.sound` takes them."""
    count = len(halves[0])
    sizes = [rows.shape[1] for rows in halves]
    group = [np.repeat(np.arange(count) + count * half, size) for half, size in enumerate(sizes)]
    people = np.concatenate([rows.reshape(-1) for rows in halves])
    return Seating(people, np.concatenate(group), 2 * count)


def _cost(schedule: Schedule, at: int, rows: IntArray) -> IntArray:
    """What groups of these people (m, size) would cost in a round, beside all other rounds."""
    elsewhere = schedule.met_elsewhere(at, rows[:, :, None], rows[:, None, :])
    cost: IntArray = schedule.price_of(elsewhere).sum(axis=(1, 2)) // 2
    return cost
