"""Exchanges: people are conserved, nothing gets worse, small rosters come to their best."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.judge.bounds import standings
from vermegroup.solver.exchange.schedule import exchanged, mended
from vermegroup.solver.goals import counting_goals, goals_at_bounds, outside
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import seating_of

PLACED = "groups: {{size: {size}}}\nrules: [{rules}place_everyone]\npreferences: [{preferences}]\n"
EFFORT, FIRST = 1.0, 0.05


def people(count: int, seed: int) -> list[Person]:
    chance = random.Random(seed)
    return [
        Person(
            f"Town {chance.randrange(max(4, count // 3))}",
            chance.randrange(30),
            chance.choice("abc"),
            tuple(chance.sample(("mon", "tue", "wed", "thu"), 2)),
            tuple(chance.sample([other for other in range(count) if other != own], 2)),
        )
        for own in range(count)
    ]


def problem_of_rules(
    count: int, seed: int, preferences: str, rules: str = "", size: str = "3"
) -> Problem:
    text = PLACED.format(size=size, rules=rules, preferences=preferences)
    return problem_from(people(count, seed), text)


def dealt(problem: Problem, groups: int) -> IntArray:
    return np.arange(len(problem.roster)) % groups


def search(seed: int = 1, seconds: float = 100.0) -> Search:
    return Search(Limits(seconds=seconds, seed=seed))


def ranked(problem: Problem, groups: int, group_of: IntArray) -> tuple[int, ...]:
    """How much is broken, then the preferences' values, less being better."""
    plan, seating = problem.plan(groups), seating_of(group_of, groups)
    broken = int(rules_broken(problem, plan, seating).sum())
    lines = standings(problem, plan, seating)
    return broken, *(line.value * line.preference.sense.value for line in lines)


def best_of_threes(problem: Problem) -> tuple[int, ...]:
    """The best of all 280 ways of making three groups of nine."""
    found = []
    for first in combinations(range(1, 9), 2):
        rest = [person for person in range(1, 9) if person not in first]
        for second in combinations(rest[1:], 2):
            group_of = np.full(9, 2)
            group_of[[0, *first]] = 0
            group_of[[rest[0], *second]] = 1
            found.append(ranked(problem, 3, group_of))
    assert len(found) == 280
    return min(found)


@pytest.mark.parametrize(
    "preferences",
    [
        "wishes: wishes",
        "spread: years",
        "balance: years",
        "same: municipality",
        "common: hours, balance: years",
        "balance: subject, balance: years",
        "spread: hours, wishes: wishes, different: subject",
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_nine_people_come_to_their_best(preferences: str, seed: int) -> None:
    wanted = ", ".join(f"{{{entry}}}" for entry in preferences.split(", "))
    problem = problem_of_rules(9, seed, wanted, "{different: municipality}, ")
    start = dealt(problem, 3)
    found = exchanged(problem, problem.plan(3), start, search(), EFFORT, FIRST)
    best = best_of_threes(problem)
    if best[0] == 0:
        assert ranked(problem, 3, found) == best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", ["4", "3-5"])
def test_everyone_keeps_a_seat_and_nothing_gets_worse(seed: int, size: str) -> None:
    problem = problem_of_rules(
        40, seed, "{wishes: wishes}, {balance: years}", "{different: municipality}, ", size
    )
    start = dealt(problem, 10)
    found = exchanged(problem, problem.plan(10), start, search(seed), EFFORT, FIRST)
    assert (found >= 0).all()
    assert ranked(problem, 10, found)[0] == 0
    again = exchanged(problem, problem.plan(10), found, search(seed + 1), 0.2, FIRST)
    assert ranked(problem, 10, again) <= ranked(problem, 10, found)


def test_equal_seeds_find_the_same_and_an_expired_search_nothing() -> None:
    problem = problem_of_rules(30, 1, "{wishes: wishes}", "{different: municipality}, ")
    start, plan = dealt(problem, 10), problem.plan(10)
    one, other = (exchanged(problem, plan, start, search(3), EFFORT, FIRST) for _ in range(2))
    assert np.array_equal(one, other)
    late = search(seconds=0.0)
    assert np.array_equal(exchanged(problem, plan, start, late, EFFORT, FIRST), start)
    assert late.cut_short


def test_whoever_waits_may_come_in_where_there_is_room() -> None:
    text = "groups: {size: 3-4}\nrules: [different: municipality]\npreferences: [place_everyone]\n"
    problem = problem_from([Person(f"Town {at % 4}", at, "a") for at in range(12)], text)
    start = np.array([0, 0, 0, -1, 1, 1, 1, -1, 2, 2, 2, -1])
    found = exchanged(problem, problem.plan(3), start, search(), EFFORT, FIRST)
    assert ranked(problem, 3, found) == (0, 0)


def test_a_deal_is_mended_with_hopes_or_at_least_without() -> None:
    problem = problem_of_rules(
        80, 2, "{spread: years}", "{different: municipality}, {common: hours}, ", "4"
    )
    plan = problem.plan(20)
    goals = counting_goals(goals_at_bounds(problem, plan))
    found = mended(problem, plan, dealt(problem, 20), search(), goals)
    seating = seating_of(found, 20)
    assert sorted(seating.sizes().tolist()) == [4] * 20
    assert not rules_broken(problem, plan, seating).any()
    windows = [window for goal in goals for window in goal.windows or ()]
    without = seating_of(mended(problem, plan, dealt(problem, 20), search(), ()), 20)
    missed = outside(windows, seating).sum()
    assert missed <= outside(windows, without).sum()
