"""The rulebook's preferences, in rounds that already have as few repeats as were found.

Trades within a round that are valid, cost nothing in meetings, and make the preferences better, the
first in which anything changes counting.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Total
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.schedule import Schedule, Trade, drawn
from vermegroup.solver.rounds.trades import Judge, traded
from vermegroup.solver.search import Search


def serve_preferences(schedule: Schedule, judge: Judge, search: Search) -> None:
    """Make such trades, round after round, until none is left or the time is over."""
    preferences = [kind for kind in judge.problem.rulebook.preferences if not kind.sizes_alone]
    waiting = set(range(len(schedule.people))) if preferences else set()
    for _ in range(PARAMS.rounds.passes * len(schedule.people)):
        if not waiting or search.expired():
            return
        at = min(waiting)
        if not _improved(schedule, at, preferences, judge, search):
            waiting.discard(at)
        else:
            waiting = set(range(len(schedule.people)))


def _improved(
    schedule: Schedule, at: int, preferences: Sequence[Kind], judge: Judge, search: Search
) -> bool:
    """Make the best trade of a round, if one makes anything better."""
    seats, others = _free_trades(schedule, at, search)
    rounds = np.full(len(seats), at)
    fits = judge.valid(schedule, rounds, seats, others) if len(seats) else np.empty(0, dtype=bool)
    rounds, seats, others = rounds[fits], seats[fits], others[fits]
    if not len(seats):
        return False
    after = traded(schedule, rounds, seats, others)
    place = schedule.seats
    now = Seating(schedule.people[at, : place.seated], place.group[: place.seated], place.groups)
    between = place.group[seats], place.group[others]
    changes = [_change(kind, judge, now, after, between) for kind in preferences]
    best = int(np.lexsort(changes[::-1])[0])
    first = next((int(change[best]) for change in changes if change[best]), 0)
    if first >= 0:
        return False
    schedule.trade(Trade(at, int(seats[best]), int(others[best])))
    return True


def _free_trades(schedule: Schedule, at: int, search: Search) -> tuple[IntArray, IntArray]:
    """The pairs of seats of a round whose trade costs nothing in meetings."""
    count = schedule.people.shape[1]
    seats = drawn(count, schedule.seats_at_once, search.chance)
    price = schedule.prices(np.full(len(seats), at), seats)
    rows, others = np.nonzero(price <= 0)
    if len(seats) == count:  # each pair is there twice
        rows, others = rows[rows < others], others[rows < others]
    some = drawn(len(rows), PARAMS.rounds.looked_at[-1], search.chance)
    return seats[rows[some]], others[some]


def _change(
    kind: Kind,
    judge: Judge,
    before: Seating,
    after: Seating,
    between: tuple[IntArray, IntArray],
) -> IntArray:
    """By how much each trade changes a preference's value (m,): ranks, below 0 is better.

    Trades are ``between`` two groups (m,) each, which ``after`` them are as :func:`traded` tells.
    """
    roster, plan = judge.problem.roster, judge.plan
    now = np.append(kind.measure(roster, plan, before), 0)  # 0 is the waitlist's
    new = np.where(after.sizes() > 0, kind.measure(roster, plan, after), 0).reshape(2, -1)
    one, two = between
    if kind.total is Total.SUM:
        change = new.sum(axis=0) - now[one] - now[two]
    else:
        rest = _worst_without(now[:-1], one, two)
        change = np.maximum(np.maximum(*new), rest) - now[:-1].max()
    return _small(change * kind.sense.value)


def _worst_without(measures: IntArray, one: IntArray, two: IntArray) -> IntArray:
    """The largest measure of all groups but two, for each two of them; 0 where there is no other.

    A waitlist has no measure, and stands after the last group.
    """
    order = np.argsort(-measures, kind="stable")[:3]
    worst = np.zeros(len(one), dtype=measures.dtype)
    for group in order[::-1].tolist():
        other = (one != group) & (two != group)
        worst[other] = measures[group]
    return worst


def _small(change: IntArray) -> IntArray:
    """The same signs and the same order, in 64 bits."""
    values = np.unique(np.append(change, 0))
    ranks = np.searchsorted(values, change) - int(np.searchsorted(values, 0))
    return np.asarray(ranks, dtype=np.int64)
