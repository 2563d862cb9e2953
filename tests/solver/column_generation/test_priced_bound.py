"""Bounds by exact pricing, beside trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.solver.column_generation.every_grouping import every_grouping
from tests.solver.tuning import tuned
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.column_generation import group_pricing
from vermegroup.solver.column_generation.columns import padded
from vermegroup.solver.column_generation.group_pricing import Cheapest, Groups
from vermegroup.solver.column_generation.linear_programme import Relaxation
from vermegroup.solver.column_generation.partition import Partition, Prices
from vermegroup.solver.column_generation.priced_bound import settled_by_prices
from vermegroup.solver.column_generation.settle import Catalogue
from vermegroup.solver.goals import Goal, goal_at
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import seating_of

RULES = (
    "{different: municipality}",
    "{include: {experience: new, at_least: 1}}",
    "{not_alone: {experience: experienced}}",
    "{apart: [[SYN-001, SYN-002], [SYN-003, SYN-004]]}",
    "{together: [[SYN-001, SYN-005]]}",
    "{common: hours}",
    "{balance: years, at_most: 9}",
    "even_sizes",
)
PREFERENCES = (
    "{spread: years}",
    "{wishes: wishes}",
    "{include: {experience: new, at_least: 2}}",
    "{spread: experience}",
    "{not_alone: {experience: experienced}}",
    "{different: municipality}",
    "{common: hours}",
    "{same: subject}",
    "{together: [[SYN-001, SYN-005], [SYN-002, SYN-003, SYN-006]]}",
    "{apart: municipality}",
    "{ratio: {experience: new, per: experienced, at_most: 1}}",
    "{balance: [years, municipality]}",
    "[{wishes: wishes}, {spread: years, weight: 0.01}]",
    "[{different: subject}, {same: subject}]",
)


def some_people(chance: random.Random, count: int) -> list[Person]:
    return [
        Person(
            f"Town {chance.randrange(4)}",
            chance.randrange(20),
            chance.choice(("maths", "music", "art")),
            tuple(chance.sample(("mon", "tue", "wed"), chance.choice((1, 2, 3)))),
            tuple(chance.sample([other for other in range(count) if other != own], 2)),
        )
        for own in range(count)
    ]


def some_problem(chance: random.Random, wishes: Sequence[str], people: int = 8) -> Problem:
    rules = [*chance.sample(RULES, chance.choice((0, 1, 2))), "place_everyone"]
    book = f"groups: {{size: 2-4}}\nrules: [{', '.join(rules)}]\npreferences: "
    return problem_from(some_people(chance, people), f"{book}[{', '.join(wishes)}]")


def settled(
    problem: Problem, plan: Plan, held: Sequence[Goal], goal: Goal, start: IntArray
) -> tuple[IntArray, int | None]:
    search = Search(Limits(30))
    found, bound, _shown = settled_by_prices(problem, plan, held, goal, start, search)
    return found, bound


def best_of(goal: Goal, groupings: Sequence[IntArray]) -> int:
    values = [goal.value(seating_of(own, goal.plan.groups)) for own in groupings]
    return min(values, key=lambda value: value * goal.preference.sense.value)


def all_groups(groups: Groups) -> Iterator[IntArray]:
    for size in groups.sizes:
        rows = padded(
            [
                np.array(members)
                for members in combinations(range(len(groups.problem.roster)), size)
            ],
            max(groups.sizes),
        )
        yield rows[groups.among(rows)]


@pytest.mark.parametrize("seed", range(60))
def test_the_best_group_for_any_prices_is_the_best_of_all(seed: int) -> None:
    chance = random.Random(seed)
    wishes = [PREFERENCES[seed % len(PREFERENCES)], chance.choice(PREFERENCES)]
    problem = some_problem(chance, wishes)
    plan = problem.plan(3)
    goal, other = (goal_at(problem, plan, own) for own in problem.rulebook.preferences)
    groups = Groups(
        problem, plan, (goal_at(problem, plan, other.preference, other.bound + 1),), goal
    )
    rows = np.concatenate(list(all_groups(groups)))
    people = np.array([chance.randrange(-3000, 5000) for _ in range(8)])
    limits = tuple(-chance.randrange(900) for _ in groups.limited)
    prices = Prices(people, chance.randrange(-2000, 2000), limits)
    search = Search(Limits(30))
    cheapest = groups.cheapest(prices, search)
    if not len(rows):
        assert cheapest is None
        return
    assert cheapest is not None
    assert cheapest.least == groups.reduced(rows, prices).min()
    row = padded([cheapest.members], rows.shape[1])
    assert groups.reduced(row, prices).tolist() == [cheapest.least]
    for said in (cheapest.least, cheapest.least + 1):
        assert groups.confirmed(said, prices, search) == cheapest.least
    assert groups.confirmed(cheapest.least - 9, prices, search) == cheapest.least - 9


@pytest.mark.parametrize("seed", range(12))
def test_exchanged_members_make_groups_that_are_worth_more_than_they_cost(seed: int) -> None:
    chance = random.Random(seed)
    problem = some_problem(chance, [PREFERENCES[seed]])
    plan = problem.plan(3)
    groups = Groups(problem, plan, (), goal_at(problem, plan, problem.rulebook.preferences[0]))
    rows = np.concatenate(list(all_groups(groups)))
    prices = Prices(np.array([chance.randrange(2000) for _ in range(8)]), 300, ())
    found = groups.better_ones(rows[: len(rows) // 2], prices)
    assert groups.among(found).all()
    assert (groups.reduced(found, prices) < 0).all()
    assert len(np.unique(found, axis=0)) == len(found)


@pytest.mark.parametrize("seed", range(70))
def test_no_bound_is_better_than_the_best_grouping(seed: int) -> None:
    chance = random.Random(seed)
    problem = some_problem(chance, [PREFERENCES[seed % len(PREFERENCES)]])
    plan = problem.plan(chance.choice((2, 3)))
    groupings = list(every_grouping(problem, plan.groups))
    if not groupings:
        return
    goal = goal_at(problem, plan, problem.rulebook.preferences[0])
    found, bound = settled(problem, plan, (), goal, chance.choice(groupings))
    assert not rules_broken(problem, plan, seating_of(found, plan.groups)).any()
    best = best_of(goal, groupings)
    assert not goal.better(goal.value(seating_of(found, plan.groups)), best)
    assert bound is None or not goal.better(best, bound)


def test_most_bounds_are_the_best_there_is() -> None:
    """What is left open is what no whole number tells, or where nothing better than arithmetic."""
    told = 0
    for seed in range(40):
        chance = random.Random(seed)
        problem = some_problem(chance, [PREFERENCES[seed % 10]])
        groupings = list(every_grouping(problem, 3))
        if groupings:
            goal = goal_at(problem, problem.plan(3), problem.rulebook.preferences[0])
            _found, bound = settled(problem, problem.plan(3), (), goal, groupings[0])
            told += best_of(goal, groupings) == (goal.bound if bound is None else bound)
    assert told >= 20


@pytest.mark.parametrize("seed", range(40))
def test_what_is_held_stays_held_and_is_bounded_with_it(seed: int) -> None:
    chance = random.Random(seed)
    first, second = chance.sample(PREFERENCES, 2)
    problem = some_problem(chance, [first, second], people=7)
    plan = problem.plan(2)
    groupings = list(every_grouping(problem, 2))
    one, two = problem.rulebook.preferences
    if not groupings or one.total is Total.WORST:
        return
    # At the best value, or at a worse one.
    kept = goal_at(problem, plan, one)
    start = chance.choice(groupings)
    value = chance.choice((best_of(kept, groupings), kept.value(seating_of(start, 2))))
    held = goal_at(problem, plan, one, value)
    among = [own for own in groupings if held.reached(held.value(seating_of(own, 2)))]
    aim = goal_at(problem, plan, two)
    found, bound = settled(problem, plan, (held,), aim, among[0])
    assert held.reached(held.value(seating_of(found, 2)))
    assert bound is None or not aim.better(best_of(aim, among), bound)


@pytest.mark.parametrize("seed", range(40))
def test_whoever_waits_is_worth_nothing(seed: int) -> None:
    chance = random.Random(seed)
    wish = PREFERENCES[seed % len(PREFERENCES)]
    book = f"groups: {{size: 2-3}}\npreferences: [{wish}]\nrules: [{RULES[seed % 5]}]"
    problem = problem_from(some_people(chance, 7), book)
    plan = problem.plan(2)
    groupings = list(every_grouping(problem, 2, waiting=3))
    if not groupings:
        return
    goal = next(
        goal_at(problem, plan, own)
        for own in problem.rulebook.preferences
        if not own.seats_everyone and not own.sizes_alone
    )
    found, bound = settled(problem, plan, (), goal, chance.choice(groupings))
    assert not rules_broken(problem, plan, seating_of(found, 2)).any()
    assert bound is None or not goal.better(best_of(goal, groupings), bound)


@pytest.mark.parametrize("seed", range(28))
def test_prices_of_one_number_of_groups_bound_all_others(seed: int) -> None:
    chance = random.Random(seed)
    book = (
        f"groups: {{size: 2-4}}\nrules: [place_everyone]\npreferences: [{PREFERENCES[seed % 11]}]"
    )
    problem = problem_from(some_people(chance, 8), book)
    catalogue, plan = Catalogue(problem), problem.plan(3)
    goal = goal_at(problem, plan, problem.rulebook.preferences[0])
    start = next(every_grouping(problem, 3))
    *_found, shown = settled_by_prices(problem, plan, (), goal, start, Search(Limits(30)))
    catalogue.note_first(plan, (), goal, shown)
    for number, bound in catalogue.elsewhere().items():
        for group_of in every_grouping(problem, number):
            assert not goal.better(goal.value(seating_of(group_of, number)), bound)


def wishes(chance: random.Random) -> tuple[Problem, Goal, list[IntArray]]:
    book = "groups: {size: 2-4}\nrules: [place_everyone]\npreferences: [{wishes: wishes}]"
    problem = problem_from(some_people(chance, 8), book)
    goal = goal_at(problem, problem.plan(3), problem.rulebook.preferences[0])
    groupings = list(every_grouping(problem, 3))
    return problem, goal, sorted(groupings, key=lambda own: goal.value(seating_of(own, 3)))


@pytest.mark.parametrize("seed", range(10))
def test_a_bound_holds_whatever_the_linear_programme_says(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    problem, goal, groupings = wishes(chance)
    true = Relaxation.duals

    def lying(self: Relaxation, search: Search) -> list[int] | None:
        duals = true(self, search)
        return None if duals is None else [dual + chance.randrange(-500, 900) for dual in duals]

    monkeypatch.setattr(Relaxation, "duals", lying)
    _found, bound = settled(problem, goal.plan, (), goal, groupings[0])
    assert bound is None or not goal.better(best_of(goal, groupings), bound)


@pytest.mark.parametrize("seed", range(10))
def test_one_solve_that_tells_too_much_is_not_believed(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It calls the best group dearer than it is: no bound comes of that which others refute."""
    chance = random.Random(seed)
    problem, goal, groupings = wishes(chance)
    true, told = Groups.cheapest, 0

    def lying(self: Groups, prices: Prices, search: Search) -> Cheapest | None:
        nonlocal told
        told += 1
        answer = true(self, prices, search)
        return None if answer is None else Cheapest(answer.least + 300, answer.members)

    monkeypatch.setattr(Groups, "cheapest", lying)
    _found, bound = settled(problem, goal.plan, (), goal, groupings[0])
    assert told
    assert bound is None or not goal.better(best_of(goal, groupings), bound)


def test_a_grouping_that_is_told_falsely_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    problem, goal, groupings = wishes(chance)

    def likely_best(self: Partition, kept: IntArray, search: Search) -> IntArray:
        del self, search
        return kept[[chance.randrange(len(kept)) for _ in range(3)]]

    monkeypatch.setattr(Partition, "likely_best", likely_best)
    found, _bound = settled(problem, goal.plan, (), goal, groupings[0])
    assert not rules_broken(problem, goal.plan, seating_of(found, 3)).any()
    assert not goal.better(
        goal.value(seating_of(groupings[0], 3)), goal.value(seating_of(found, 3))
    )


@pytest.mark.parametrize("wish", ["{balance: years}", "even_sizes"])
def test_nothing_is_shown_of_what_does_not_add_up(wish: str) -> None:
    problem = some_problem(random.Random(3), [wish])
    groupings = list(every_grouping(problem, 3))
    goal = goal_at(problem, problem.plan(3), problem.rulebook.preferences[0])
    found, bound = settled(problem, goal.plan, (), goal, groupings[0])
    assert bound is None
    assert np.array_equal(found, groupings[0])


def test_numbers_that_a_model_has_no_room_for_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, goal, groupings = wishes(random.Random(1))
    monkeypatch.setattr(group_pricing, "PARAMS", tuned(columns={"exact": 10}))
    _found, bound = settled(problem, goal.plan, (), goal, groupings[0])
    assert bound is None
