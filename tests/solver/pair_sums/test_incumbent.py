"""The search for preferences of pairs, beside trying everything and beside counting anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.solver.column_generation.test_settle import every_grouping
from tests.solver.tuning import tuned
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.goals import Goal, goal_at
from vermegroup.solver.pair_sums import incumbent, weights
from vermegroup.solver.pair_sums.changes import Changes, Sums
from vermegroup.solver.pair_sums.incumbent import bettered, from_better
from vermegroup.solver.pair_sums.weights import weights_of, worth_searching
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import seating_of

WISHES = (
    "{distance: {of: [years, subject], most}}",
    "{distance: {of: municipality, least}}",
    "{wishes: wishes}",
    "{apart: [[SYN-001, SYN-002, SYN-003, SYN-004]]}",
    "[{wishes: wishes, weight: 2}, {distance: {of: [years], least}}]",
    "[{spread: years}, {wishes: wishes, weight: 3}]",
)
RULES = (
    "{different: municipality}",
    "{apart: [SYN-001, SYN-002]}",
    "{together: [SYN-003, SYN-004]}",
    "{include: {subject: a, at_least: 1}}",
    "{distance: {of: [years], each_at_most: 12}}",
)


def some_problem(
    chance: random.Random, wishes: Sequence[str], rules: Sequence[str] = (), people: int = 8
) -> Problem:
    """People under these rules and wishes, everybody to be seated in threes to fives."""
    who = [
        Person(
            f"Town {chance.randrange(6)}",
            chance.randrange(20),
            chance.choice("ab"),
            wishes=tuple(chance.sample([p for p in range(people) if p != at], 2)),
        )
        for at in range(people)
    ]
    book = (
        "groups: {size: 2-5}\n"
        f"rules: [{', '.join([*rules, 'place_everyone'])}]\npreferences: [{', '.join(wishes)}]"
    )
    return problem_from(who, book)


def first_goal(problem: Problem, plan: Plan) -> Goal:
    return goal_at(problem, plan, problem.rulebook.preferences[0])


def best_of(goal: Goal, groupings: Sequence[IntArray]) -> int:
    values = [goal.value(seating_of(own, goal.plan.groups)) for own in groupings]
    return min(values) if goal.better(min(values), max(values)) else max(values)


def value(goal: Goal, group_of: IntArray) -> int:
    return goal.value(seating_of(group_of, goal.plan.groups))


@pytest.mark.parametrize("seed", range(10))
def test_what_changes_gain_is_what_the_value_then_differs_by(seed: int) -> None:
    chance = random.Random(seed)
    problem = some_problem(chance, [WISHES[seed % len(WISHES)]], people=11)
    plan = problem.plan(3)
    goal = first_goal(problem, plan)
    table = weights_of(problem, goal)
    assert table is not None
    group_of = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, -1, -1] if seed % 2 else [0, 1, 2] * 3 + [0, 1])
    sums, sense = Sums(table, plan, group_of), goal.preference.sense.value
    awake = np.arange(11)
    for _change in range(12):
        now = sums.group_of()
        fresh = Sums(table, plan, now)
        sums.make(*_drawn(chance, sums), awake)  # all are awake again, but for those who went
        then = Sums(table, plan, sums.group_of())
        assert sums.value == then.value
        assert -sense * (value(goal, then.group_of()) - value(goal, now)) == (
            then.value - fresh.value
        )
        for one, other in combinations(range(11), 2):
            swapped = now.copy()
            swapped[[one, other]] = now[[other, one]]
            if now[one] != now[other]:
                gain = -sense * (value(goal, swapped) - value(goal, now))
                assert fresh.gains[one, other] == fresh.gains[other, one] == gain
        for who, to in np.argwhere(fresh.moves() > table.never).tolist():
            moved = now.copy()
            moved[who] = to
            assert fresh.moves()[who, to] == -sense * (value(goal, moved) - value(goal, now))
            sizes = np.bincount(moved[moved >= 0])
            assert plan.smallest <= sizes.min() <= sizes.max() <= plan.largest


def _drawn(chance: random.Random, sums: Sums) -> tuple[int, int, int]:
    moves = np.argwhere(sums.moves() > -(10**6)).tolist()
    if moves and chance.random() < 0.3:
        who, to = chance.choice(moves)
        return who, NOBODY, to
    home = sums.home
    one, other = chance.choice(
        [pair for pair in combinations(range(len(home)), 2) if home[pair[0]] != home[pair[1]]]
    )
    return one, other, int(home[other])


def test_the_groups_after_changes_are_those_that_would_come_of_them() -> None:
    problem = some_problem(random.Random(1), [WISHES[2]])
    plan = problem.plan(2)
    table = weights_of(problem, first_goal(problem, plan))
    assert table is not None
    sums = Sums(table, plan, np.array([0, 0, 0, 1, 1, 1, 1, -1]))
    three = Changes(np.array([0, 7, 4]), np.array([3, 1, NOBODY]), np.array([1, 0, 0]))
    after = sums.after(three)
    groups = [set(after.people[after.group == at].tolist()) for at in range(6)]
    assert groups == [{1, 2, 3}, set(), {5, 6, 3}, {0, 4, 5, 6}, {0, 2, 7}, {0, 1, 2, 4}]


@pytest.mark.parametrize("seed", range(20))
def test_without_rules_the_best_of_all_groupings_is_found(seed: int) -> None:
    chance = random.Random(seed)
    problem = some_problem(chance, [WISHES[seed % len(WISHES)]], people=chance.choice((6, 7, 8)))
    groups = chance.choice((2, 3))
    groupings = list(every_grouping(problem, groups))
    goal = first_goal(problem, problem.plan(groups))
    found = bettered(problem, (), goal, chance.choice(groupings), Search(Limits(60)), 50)
    assert value(goal, found) == best_of(goal, groupings)


@pytest.mark.parametrize("seed", range(25))
def test_rules_hold_and_nothing_gets_worse(seed: int) -> None:
    chance = random.Random(seed)
    rules = chance.sample(RULES, chance.randint(1, 3))
    problem = some_problem(chance, [WISHES[seed % len(WISHES)]], rules)
    plan = problem.plan(3)
    groupings = list(every_grouping(problem, 3))
    if not groupings:
        pytest.skip("no grouping keeps these rules")
    goal, start = first_goal(problem, plan), chance.choice(groupings)
    found = bettered(problem, (), goal, start, Search(Limits(60)), 25)
    assert not goal.better(value(goal, start), value(goal, found))
    assert not goal.better(value(goal, found), best_of(goal, groupings))
    assert not rules_broken(problem, plan, seating_of(found, 3)).any()
    assert (found >= 0).all()
    again = bettered(problem, (), goal, start, Search(Limits(60)), 25)
    assert (found == again).all()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("first", ["{balance: years}", "even_sizes", "{spread: years}", WISHES[2]])
def test_nothing_is_lost_of_what_is_held(seed: int, first: str) -> None:
    chance = random.Random(seed)
    problem = some_problem(chance, [first, WISHES[0]])
    plan = problem.plan(3)
    start = chance.choice(list(every_grouping(problem, 3)))
    one, two = problem.rulebook.preferences
    held = goal_at(problem, plan, one, value(goal_at(problem, plan, one), start))
    goal = goal_at(problem, plan, two)
    found = bettered(problem, [held], goal, start, Search(Limits(60)), 25)
    assert held.reached(value(held, found))
    assert not goal.better(value(goal, start), value(goal, found))


@pytest.mark.parametrize("seed", range(6))
def test_as_many_wait_as_before_and_nobody_whom_a_rule_seats(seed: int) -> None:
    chance = random.Random(seed)
    who = [Person("Town", chance.randrange(20)) for _ in range(9)]
    book = (
        "groups: {size: 3}\nrules: [{pin: {SYN-001: Red, SYN-002: Blue}}]\n"
        "preferences: [place_everyone, {distance: {of: [years], most}}]"
    )
    problem = problem_from(who, book)
    plan = problem.plan(2)
    waits, wide = problem.rulebook.preferences
    start = np.array([0, 1, 0, 0, 1, 1, -1, -1, -1])
    held = goal_at(problem, plan, waits, value(goal_at(problem, plan, waits), start))
    goal = goal_at(problem, plan, wide)
    found = bettered(problem, [held], goal, start, Search(Limits(60)), 50)
    assert np.bincount(found + 1).tolist() == [3, 3, 3]
    assert found[0] >= 0
    assert found[1] >= 0
    assert not goal.better(value(goal, start), value(goal, found))
    # Three of nine numbers have the widest sum with the two ends in it: waiting people come in.
    years = [person.years for person in who]
    if max(years[6:]) > max(years[:6]):
        assert goal.better(value(goal, found), value(goal, start))


def test_a_grouping_that_breaks_a_rule_stays_as_it_is() -> None:
    problem = some_problem(random.Random(1), [WISHES[2]], [RULES[1]])
    start = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    goal = first_goal(problem, problem.plan(2))
    assert bettered(problem, (), goal, start, Search(Limits(60))) is start


def test_a_spread_that_layers_tell_is_left_to_others() -> None:
    problem = problem_from([Person(f"Town {n}", n) for n in range(12)])
    plan = problem.plan(3)
    assert not any(
        worth_searching(problem, goal_at(problem, plan, preference))
        for preference in problem.rulebook.preferences
    )


def test_too_many_people_are_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = some_problem(random.Random(1), [WISHES[2]])
    goal = first_goal(problem, problem.plan(2))
    assert worth_searching(problem, goal)
    monkeypatch.setattr(weights, "PARAMS", tuned(pair_sums={"people": 7}))
    assert not worth_searching(problem, goal)


@pytest.mark.parametrize(("rules", "fits"), [("", True), (", {apart: [SYN-001, SYN-002]}", False)])
def test_weights_whose_sums_64_bits_do_not_hold_are_left_to_others(rules: str, fits: bool) -> None:
    who = [Person("Town", 10**15 * n) for n in range(8)]
    book = (
        f"groups: {{size: 4}}\nrules: [place_everyone{rules}]\n"
        "preferences: [[{spread: years}, {wishes: wishes}]]"
    )
    problem = problem_from(who, book)
    assert (weights_of(problem, first_goal(problem, problem.plan(2))) is not None) == fits


@pytest.mark.parametrize("settles", [True, False])
def test_a_bound_is_what_settling_showed_and_the_grouping_is_no_worse(settles: bool) -> None:
    problem = some_problem(random.Random(3), [WISHES[0]])
    goal = first_goal(problem, problem.plan(2))
    start = np.array([0, 1] * 4)
    asked: list[IntArray] = []

    def settle(
        plan: Plan, held: Sequence[Goal], goal: Goal, best: IntArray, search: Search
    ) -> tuple[IntArray, int | None] | None:
        del plan, held, goal, search
        asked.append(best)
        return (best, 10**9) if settles else None

    found = from_better(problem, settle)(goal.plan, (), goal, start, Search(Limits(60)))
    assert found is not None
    assert found[1] == (10**9 if settles else None)
    assert goal.better(value(goal, asked[0]), value(goal, start))
    assert not goal.better(value(goal, asked[0]), value(goal, found[0]))


def test_the_work_done_ends_a_search_and_that_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = some_problem(random.Random(3), [WISHES[0]])
    monkeypatch.setattr(incumbent, "PARAMS", tuned(pair_sums={"steps": 10**9}))
    goal, search = first_goal(problem, problem.plan(2)), Search(Limits(60, effort=0.5))
    bettered(problem, (), goal, np.array([0, 1] * 4), search, 10**9)
    assert search.spent
    assert not search.cut_short
    assert search.left() > 0
