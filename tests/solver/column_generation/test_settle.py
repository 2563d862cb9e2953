"""Set partitioning over all valid groups, beside trying everything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.solver.column_generation.every_grouping import every_grouping
from tests.solver.tuning import tuned
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.column_generation import (
    enumeration,
    linear_programme,
    settle,
    weak_duality,
)
from vermegroup.solver.column_generation.enumeration import valid_groups
from vermegroup.solver.column_generation.partition import Partition, Prices
from vermegroup.solver.column_generation.settle import Catalogue
from vermegroup.solver.column_generation.weak_duality import relaxed
from vermegroup.solver.goals import Goal, goal_at
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import seating_of

PREFERENCES = (
    "{spread: years}",
    "{balance: years}",
    "{include: {experience: new, at_least: 2}}",
    "{spread: experience}",
    "{not_alone: {experience: experienced}}",
    "{different: municipality}",
    "even_sizes",
)


def some_people(chance: random.Random, count: int) -> list[Person]:
    return [Person(f"Town {chance.randrange(4)}", chance.randrange(20)) for _ in range(count)]


def settled(
    problem: Problem, plan: Plan, held: Sequence[Goal], goal: Goal, start: IntArray
) -> tuple[IntArray, int | None] | None:
    return Catalogue(problem).settle(plan, held, goal, start, Search(Limits(30)))


@pytest.mark.parametrize("seed", range(40))
def test_a_preference_is_settled_at_its_best_and_the_bound_says_so(seed: int) -> None:
    chance = random.Random(seed)
    wish = PREFERENCES[seed % len(PREFERENCES)]
    people = some_people(chance, chance.choice((6, 7, 8)))
    book = f"groups: {{size: 2-4}}\nrules: [place_everyone]\npreferences: [{wish}]"
    problem = problem_from(people, book)
    groups = chance.choice((2, 3))
    plan = problem.plan(groups)
    groupings = list(every_grouping(problem, groups))
    goal = goal_at(problem, plan, problem.rulebook.preferences[0])
    values = [goal.value(seating_of(own, groups)) for own in groupings]
    best = min(values) if goal.better(min(values), max(values)) else max(values)
    start = groupings[chance.randrange(len(groupings))]
    answer = settled(problem, plan, (), goal, start)
    assert answer is not None
    found, bound = answer
    assert goal.value(seating_of(found, groups)) == best
    assert bound == best
    assert not rules_broken(problem, plan, seating_of(found, groups)).any()


@pytest.mark.parametrize("seed", range(12))
def test_what_is_held_stays_held(seed: int) -> None:
    """The second preference is settled among the groupings that serve the first as well."""
    chance = random.Random(seed)
    first, second = chance.sample(PREFERENCES[:5], 2)
    book = f"groups: {{size: 2-4}}\nrules: [place_everyone]\npreferences: [{first}, {second}]"
    problem = problem_from(some_people(chance, 7), book)
    plan = problem.plan(2)
    groupings = list(every_grouping(problem, 2))
    one, two = problem.rulebook.preferences
    goal = goal_at(problem, plan, one)
    values = [goal.value(seating_of(own, 2)) for own in groupings]
    held_at = min(values) if goal.better(min(values), max(values)) else max(values)
    held = goal_at(problem, plan, one, held_at)
    among = [own for own, value in zip(groupings, values, strict=True) if value == held_at]
    aim = goal_at(problem, plan, two)
    served = [aim.value(seating_of(own, 2)) for own in among]
    best = min(served) if aim.better(min(served), max(served)) else max(served)
    answer = settled(problem, plan, (held,), aim, among[0])
    assert answer is not None
    found, bound = answer
    assert held.value(seating_of(found, 2)) == held_at
    assert (aim.value(seating_of(found, 2)), bound) == (best, best)


@pytest.mark.parametrize("seed", range(20))
def test_every_valid_group_is_written_down_once(seed: int) -> None:
    chance = random.Random(seed)
    rules = chance.sample(
        (
            "{different: municipality}",
            "{include: {experience: new, at_least: 1}}",
            "{not_alone: {experience: experienced}}",
            "{apart: [[SYN-001, SYN-002], [SYN-003, SYN-004]]}",
        ),
        2,
    )
    book = f"groups: {{size: 2-4}}\nrules: [{', '.join(rules)}]"
    problem = problem_from(some_people(chance, 9), book)
    plan = problem.plan(3)
    rows = valid_groups(problem, plan, range(2, 5), Search(Limits(30)))
    assert rows is not None
    found = [tuple(row[row != NOBODY].tolist()) for row in rows]
    wanted = set()
    for size in range(2, 5):
        for members in combinations(range(9), size):
            group_of = np.full(9, -1)
            group_of[list(members)] = 0
            if not rules_broken(problem, plan, seating_of(group_of, 1)).any():
                wanted.add(members)
    assert len(found) == len(set(found))
    assert set(found) == wanted


@pytest.mark.parametrize("seed", range(30))
def test_a_grouping_is_found_among_all_groups_or_shown_not_to_be(seed: int) -> None:
    chance = random.Random(seed)
    quota = chance.choice(("{experience: new, at_least: 1}", "{years: below 6, at_least: 1}"))
    book = f"groups: {{size: 2-3}}\nrules: [different: municipality, include: {quota}]"
    place = chance.choice((", place_everyone", ""))
    problem = problem_from(some_people(chance, 8), book.replace("]", f"{place}]"))
    for groups in (2, 3, 4):
        plan = problem.plan(groups)
        attempt = Catalogue(problem).any_grouping(plan, Search(Limits(30)))
        if place or groups == 4:
            assert attempt.possible == any(True for _ in every_grouping(problem, groups))
        if attempt.possible:
            assert attempt.group_of is not None
            assert not rules_broken(problem, plan, seating_of(attempt.group_of, groups)).any()


def test_among_some_of_the_groups_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "PARAMS", tuned(enumeration={"chosen_among": 3}))
    problem = problem_from(some_people(random.Random(2), 8), "groups: {size: 2-4}")
    attempt = Catalogue(problem).any_grouping(problem.plan(4), Search(Limits(30)))
    assert attempt.possible is not False


def test_too_many_groups_are_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = problem_from(some_people(random.Random(1), 9), "groups: {size: 2-4}")
    few = tuned(enumeration={"candidates": 20})
    monkeypatch.setattr(enumeration, "PARAMS", few)
    assert valid_groups(problem, problem.plan(3), range(2, 5), Search(Limits(30))) is None


def test_nothing_is_settled_where_even_sizes_hang_on_who_waits() -> None:
    book = (
        "groups: {size: 2-4}\nrules: [even_sizes]\npreferences: [place_everyone, {spread: years}]"
    )
    problem = problem_from(some_people(random.Random(1), 8), book)
    plan = problem.plan(2)
    goal = goal_at(problem, plan, problem.rulebook.preferences[1])
    start = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    assert settled(problem, plan, (), goal, start) is None


def test_only_the_preference_that_hangs_on_who_waits_is_left_to_others() -> None:
    """Neither it nor what comes after it is settled; what comes before it is."""
    wishes = "[place_everyone, {spread: years}, even_sizes, {balance: years}]"
    book = f"groups: {{size: 2-4}}\npreferences: {wishes}"
    problem = problem_from(some_people(random.Random(1), 8), book)
    plan = problem.plan(2)
    _, first, even, last = (goal_at(problem, plan, own) for own in problem.rulebook.preferences)
    start = np.array([0, 0, 0, -1, 1, 1, 1, -1])
    assert settled(problem, plan, (), first, start) is not None
    assert settled(problem, plan, (first,), even, start) is None
    assert settled(problem, plan, (first, even), last, start) is None


def the_most_spread(chance: random.Random) -> tuple[Problem, Goal, int]:
    """Eight people in three groups, a goal, and the best that it comes to."""
    book = "groups: {size: 2-4}\nrules: [place_everyone]\npreferences: [{spread: years}]"
    problem = problem_from(some_people(chance, 8), book)
    plan = problem.plan(3)
    goal = goal_at(problem, plan, problem.rulebook.preferences[0])
    best = max(goal.value(seating_of(own, 3)) for own in every_grouping(problem, 3))
    return problem, goal, best


def test_a_bound_holds_whatever_the_linear_programme_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weak duality: any whole prices bound every grouping."""
    chance = random.Random(3)
    problem, goal, best = the_most_spread(chance)

    class Liar(weak_duality._Programme):
        def solved(self, search: Search) -> Prices | None:
            prices = super().solved(search)
            if prices is None:
                return None
            noise = np.array([chance.randrange(-5000, 5000) for _ in prices.people])
            return Prices(prices.people + noise, prices.group - 700, prices.limits)

    monkeypatch.setattr(weak_duality, "_Programme", Liar)
    start = next(every_grouping(problem, 3))
    for _attempt in range(20):
        answer = settled(problem, goal.plan, (), goal, start)
        assert answer is not None
        found, bound = answer
        assert bound is not None
        assert goal.value(seating_of(found, 3)) <= best <= bound


@pytest.mark.parametrize("seed", range(24))
def test_prices_of_one_number_of_groups_bound_all_others(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a part of the columns is priced first."""
    monkeypatch.setattr(weak_duality, "PARAMS", tuned(enumeration={"priced_first": 20}))
    chance = random.Random(seed)
    wish = PREFERENCES[seed % 6]
    book = f"groups: {{size: 2-4}}\nrules: [place_everyone]\npreferences: [{wish}]"
    problem = problem_from(some_people(chance, 8), book)
    catalogue, plan = Catalogue(problem), problem.plan(3)
    goal = goal_at(problem, plan, problem.rulebook.preferences[0])
    start = next(every_grouping(problem, 3))
    catalogue.settle(plan, (), goal, start, Search(Limits(30)))
    shown = catalogue.elsewhere()
    assert bool(shown) == (goal.preference.total is Total.SUM)
    for number, bound in shown.items():
        for group_of in every_grouping(problem, number):
            assert not goal.better(goal.value(seating_of(group_of, number)), bound)


def test_an_incumbent_that_is_told_falsely_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    problem, goal, best = the_most_spread(chance)

    def likely_best(self: Partition, kept: IntArray, search: Search, nodes: int) -> IntArray:
        del self, search, nodes
        return kept[[chance.randrange(len(kept)) for _ in range(3)]]

    monkeypatch.setattr(Partition, "likely_best", likely_best)
    answer = settled(problem, goal.plan, (), goal, next(every_grouping(problem, 3)))
    assert answer is not None
    found, bound = answer
    assert not rules_broken(problem, goal.plan, seating_of(found, 3)).any()
    assert (goal.value(seating_of(found, 3)), bound) == (best, best)


def test_prices_that_64_bits_do_not_hold_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of large amounts, at a dual price of its own size: the product wraps around."""
    amounts = np.array([2**32, 2**32 + 1, 2**32 + 2], dtype=np.int64)
    columns = np.array([[0, 1], [0, NOBODY], [1, NOBODY]], dtype=np.int8)
    costs = np.array([5, 1, 1], dtype=np.int64)
    partition = Partition(2, 1, columns, 0, costs, ((amounts, 2**33),))
    monkeypatch.setattr(linear_programme.Relaxation, "duals", lambda *_: [0, 0, 0, -(2**32) - 1])
    assert relaxed(partition, np.array([0]), Search(Limits(30))) is None
