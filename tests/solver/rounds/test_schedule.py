"""What a trade is said to cost is what it costs, with waiting people, earlier rounds and all."""

from __future__ import annotations

import numpy as np
import pytest

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.meetings import met
from vermegroup.solver.params import PARAMS
from vermegroup.solver.rounds.schedule import NEVER, Schedule, Trade, seats_for


def schedule_of(chance: np.random.Generator) -> tuple[Schedule, IntArray]:
    """A schedule, and the groups of the rounds before it."""
    sizes = sorted(chance.integers(1, 5, chance.integers(1, 5)).tolist(), reverse=True)
    people = sum(sizes) + int(chance.integers(0, 3))
    rounds = int(chance.integers(1, 5))
    seated = np.array([chance.permutation(people) for _ in range(rounds)])
    before = chance.integers(-1, 3, (int(chance.integers(0, 3)), people))
    return Schedule(seats_for(sizes, people), seated, before), before


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kept", [True, False])
def test_trades_cost_what_they_are_said_to(
    seed: int, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not kept:
        monkeypatch.setattr(
            "vermegroup.solver.rounds.schedule.PARAMS", _without_table(), raising=True
        )
    chance = np.random.default_rng(seed)
    schedule, before = schedule_of(chance)
    rounds, people = schedule.people.shape
    for _ in range(10):
        at, seat = int(chance.integers(rounds)), int(chance.integers(people))
        price = schedule.prices(np.array([at]), np.array([seat]))[0]
        others = np.flatnonzero(price < NEVER)
        if not len(others):
            continue
        other = int(chance.choice(others))
        cost = schedule.cost
        schedule.trade(Trade(at, seat, other))
        assert schedule.cost == cost + price[other]
        anew = Schedule(schedule.seats, schedule.people, before)
        assert (schedule.cost, schedule.repeats) == (anew.cost, anew.repeats)
        groups = [*before, *(schedule.group_of(n) for n in range(rounds))]
        assert schedule.repeats == met(groups, people).repeats


def _without_table() -> object:
    from dataclasses import replace

    return replace(PARAMS, rounds=replace(PARAMS.rounds, people_by_people=0))
