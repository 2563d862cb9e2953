"""``balance`` of a list: what it counts, and that of one trait stays as it was."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.rules.arithmetic.inertia import squared_deviations, standardised
from vermegroup.rules.balance import Balance
from vermegroup.rules.balance_of_several import BalanceOfSeveral

PEOPLE = [
    Person(
        f"Town {at % 3}", years, f"Subject {at % 2}", ("Early",) if at % 4 else ("Early", "Late")
    )
    for at, years in enumerate((0, 1, 2, 5, 8, 13, 21, 30))
]


def balanced(entry: str) -> tuple[Problem, Kind]:
    here = problem_from(PEOPLE, f"groups: {{size: 4}}\npreferences: [{entry}]\n")
    return here, next(kind for kind in here.rulebook.preferences if kind.kind == "balance")


def value(entry: str, groups: list[list[int]]) -> float:
    here, kind = balanced(entry)
    people = np.array([person for group in groups for person in group])
    seating = Seating(
        people, np.repeat(np.arange(len(groups)), [len(g) for g in groups]), len(groups)
    )
    plan = here.plan(len(groups))
    return float(kind.in_units(here.roster, plan, kind.value_of(here.roster, plan, seating)))


GROUPS = [[0, 3, 4, 7], [1, 2, 5, 6]]


def test_it_is_the_inertia_between_groups_of_means_and_squared_deviations() -> None:
    years = np.array([person.years for person in PEOPLE], dtype=float)
    plain = (years - years.mean()) / years.std()
    squares = plain**2
    squares = (squares - squares.mean()) / squares.std()
    expected = sum(
        len(group) * (feature[group].mean() ** 2)
        for group in GROUPS
        for feature in (plain, squares)
    )
    assert value("{balance: [years]}", GROUPS) == pytest.approx(expected, abs=0.01)
    means_alone = sum(len(group) * plain[group].mean() ** 2 for group in GROUPS)
    assert value("{balance: {means: [years]}}", GROUPS) == pytest.approx(means_alone, abs=0.01)
    both = value("{balance: {means: [years], spreads: years}}", GROUPS)
    assert both == value("{balance: [years]}", GROUPS)


def test_of_named_values_and_sets_it_is_that_of_shares_over_their_variance() -> None:
    """Two subjects, half each: a group of four with three of one is 1/4 off in both."""
    lean = [[0, 2, 4, 1], [6, 3, 5, 7]]
    assert value("{balance: [subject]}", lean) == pytest.approx(2 * 4 * 2 * (1 / 16) * 2, abs=0.01)
    assert value("{balance: [subject]}", [[0, 1, 2, 3], [4, 5, 6, 7]]) == pytest.approx(0, abs=1e-4)
    assert value("{balance: [hours]}", [[0, 4, 1, 2], [3, 5, 6, 7]]) > 0


def test_traits_count_alike_and_add_up() -> None:
    apart = value("{balance: [years]}", GROUPS) + value("{balance: [subject]}", GROUPS)
    assert value("{balance: [years, subject]}", GROUPS) == pytest.approx(apart, abs=1e-4)


def test_groups_that_are_alike_in_all_come_to_nothing_and_nobody_differs_where_all_are_one() -> (
    None
):
    twins = [PEOPLE[at // 2] for at in range(8)]
    here = problem_from(twins, "groups: {size: 4}\npreferences: [{balance: [years, hours]}]\n")
    kind = here.rulebook.preferences[-1]
    seating = Seating(np.arange(8), np.arange(8) % 2, 2)
    assert kind.value_of(here.roster, here.plan(2), seating) == 0
    same = problem_from(
        [PEOPLE[0]] * 8, "groups: {size: 4}\npreferences: [{balance: [years, subject]}]\n"
    )
    assert same.rulebook.preferences[-1].value_of(same.roster, same.plan(2), seating) == 0


def test_a_feature_has_mean_0_and_deviation_1_and_squares_tell_of_spread() -> None:
    years = np.array([0, 1, 2, 5, 8, 13, 21, 30])
    for feature in (standardised(years), squared_deviations(years)):
        assert feature.mean() == pytest.approx(0, abs=1)
        assert feature.std() == pytest.approx(1000, abs=1)
    assert standardised(years * 10**11).tolist() == standardised(years).tolist()
    assert not standardised(np.full(5, 7)).any()


def test_one_trait_is_judged_as_before() -> None:
    _, kind = balanced("{balance: years}")
    assert isinstance(kind, Balance)
    _, kind = balanced("{balance: [years]}")
    assert isinstance(kind, BalanceOfSeveral)
    assert kind.written() == {"balance": {"means": ["years"], "spreads": ["years"]}}


def test_a_list_may_be_weighed_against_others() -> None:
    here = problem_from(
        PEOPLE,
        "groups: {size: 4}\n"
        "preferences: [[{balance: [years, subject], weight: 2}, {spread: years}]]\n",
    )
    (tier,) = [kind for kind in here.rulebook.preferences if kind.weighed()]
    assert [weight for _, weight in tier.weighed()] == [Fraction(2), Fraction(1)]
