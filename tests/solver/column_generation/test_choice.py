"""What a proof of regrouping rests on, held against trying everything, with solvers that lie."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.lying import GARBAGE, LIES, Liar, failed, the_first_that_comes
from tests.solver.tuning import tuned
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.solver.column_generation import choice as covering
from vermegroup.solver.column_generation.choice import (
    Best,
    Choice,
    Options,
    choose,
    covered,
    prefer,
    standing_alone,
)
from vermegroup.solver.column_generation.columns import padded
from vermegroup.solver.column_generation.fragments import fragments_of
from vermegroup.solver.column_generation.relaxation import Prices
from vermegroup.solver.column_generation.set_partitioning import SetPartitioning
from vermegroup.solver.column_generation.task import Ask, counted, levels_of, sizes_that_fit
from vermegroup.solver.search import Limits, Search

PEOPLE = 8
RULES = """
groups: {size: 2-4, prefer: 3}
bands: {experience: {new: below 5, experienced: 10 or more}}
rules: [{include: {experience: experienced, at_least: 1}}]
preferences: [even_sizes, {spread: years}, {balance: years}, {wishes: wishes}]
"""


def task_of(number: int, policy: Policy = Policy.MOVE) -> SetPartitioning:
    chance = random.Random(number)
    people = [
        Person("Town", chance.choice((1, 3, 7, 12, 20, 31)), wishes=((at + 3) % PEOPLE,))
        for at in range(PEOPLE)
    ]
    before = np.array([chance.choice((-1, 0, 0, 1, 1, 2)) for _ in range(PEOPLE)])
    problem = problem_from(people, RULES)
    sizes = sizes_that_fit(problem, PEOPLE)[0]
    promised = np.array([1]) if number % 3 == 0 else np.empty(0, dtype=np.int64)
    turns = np.array([1, 0, 2]) if number % 2 else None
    fragments = fragments_of(before, sizes[-1], promised, turns)
    return SetPartitioning(
        Ask(problem, np.arange(PEOPLE), fragments, policy, sizes), Search(Limits(20))
    )


def every_column(task: SetPartitioning) -> IntArray:
    """Every group that keeps the rules, and takes fragments whole where it must."""
    sizes = task.ask.sizes
    groups = [np.array(members) for size in sizes for members in combinations(range(PEOPLE), size)]
    columns = padded(groups, task.fragments.largest)
    columns = columns[task.ask.holds(columns)]
    if task.ask.policy is Policy.MOVE:
        return columns
    fragments = task.fragments.members()
    whole = [
        all(np.isin(fragment, column).sum() in (0, len(fragment)) for fragment in fragments)
        for column in columns
    ]
    return columns[whole]


def all_options(task: SetPartitioning) -> tuple[Options, int]:
    """Every column, at no price; and a budget within which there is always a choice."""
    nothing = Prices(np.zeros(PEOPLE, dtype=np.int64), 0, 0)
    options = task.options(every_column(task), nothing)
    least = int(options.reduced.min(initial=0))
    # Nothing costs less than nothing once everybody has paid for the best of all columns.
    cheap = task.options(every_column(task), Prices(np.full(PEOPLE, least, dtype=np.int64), 0, 0))
    return cheap, cheap.spent(tuple(standing_alone(cheap, 0)))


def best_of(task: SetPartitioning) -> tuple[Options, Best]:
    options, budget = all_options(task)
    best = covered(options, budget, task.worth(options), task.search)
    assert best is not None
    return options, best


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("garbage", [None, *range(len(GARBAGE))])
def test_no_group_costs_less_than_its_members_pay(
    number: int, policy: Policy, garbage: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if garbage is not None:
        Liar(random.Random(number)).about_prices(monkeypatch, GARBAGE[garbage])
    task = task_of(number, policy)
    priced = task.prices()
    if priced is None:
        assert garbage is not None
        return
    options = task.options(every_column(task), priced)
    waits = options.levels[: options.waits, 0] * priced.toll
    assert (options.reduced[options.waits :] >= 0).all()
    assert (options.reduced[: options.waits] >= waits).all()
    everything, best = best_of(task)
    levels = everything.levels[list(best.columns)].sum(axis=0)
    assert priced.bound <= int(levels @ task.fragments.weights) * task.fragments.parts
    assert priced.waiting <= levels[0]


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("number", range(6))
def test_levels_add_up_to_what_is_counted(number: int, policy: Policy) -> None:
    task = task_of(number, policy)
    options, best = best_of(task)
    group_of = np.full(PEOPLE, -1, dtype=np.int64)
    groups = [column for column in best.columns if column >= options.waits]
    for place, column in enumerate(groups):
        members = options.columns[column]
        group_of[members[members >= 0]] = place
    levels = options.levels[list(best.columns)].sum(axis=0)
    assert levels_of(task.fragments, counted(task.fragments, group_of)) == tuple(levels.tolist())


@pytest.mark.parametrize("lie", [None, *(lie for lie in LIES if lie is not failed)])
@pytest.mark.parametrize("number", range(4))
def test_a_choice_called_the_best_is_the_best(
    number: int, lie: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = task_of(number)
    options, best = best_of(task)
    budget = all_options(task)[1]
    if lie is not None:
        Liar(random.Random(number), 1.0, lie=lie).about_choices(monkeypatch)  # type: ignore[arg-type]
    choice = choose(options, budget, task.search)
    assert lie is not None or (choice is not None and choice.best)
    assert choice is None or choice.spent == options.spent(choice.columns)
    assert choice is None or choice.spent == best.reduced or not choice.best


@pytest.mark.parametrize("lie", [None, the_first_that_comes])
@pytest.mark.parametrize("number", range(6))
def test_preferences_called_settled_are_as_good_as_can_be(
    number: int, lie: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bonds count for nothing here, so that there is much to choose from."""
    monkeypatch.setattr(covering, "PARAMS", tuned(columns={"most_steps": 10**7}))
    task = task_of(number)
    options, budget = all_options(task)
    worth = task.worth(options)
    free = Options(
        options.fragments,
        options.columns,
        options.levels,
        options.waits,
        options.rows,
        options.levels[:, 0] * 7,
        0,
        0,
    )
    best = covered(free, budget, worth, task.search)
    assert best is not None
    if lie is not None:
        Liar(random.Random(number), 1.0, lie=lie).about_choices(monkeypatch)  # type: ignore[arg-type]
    alone = Choice(best.columns, best.reduced, best=True)
    start = choose(free, best.reduced, task.search)
    columns, settled = prefer(free, start or alone, worth, task.ask.sizes, task.search)
    assert lie is not None or settled == len(worth.preferences)
    assert worth.costs(columns)[:settled] == worth.costs(best.columns)[:settled]
