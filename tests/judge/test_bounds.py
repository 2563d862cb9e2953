"""What is settled once preferences are at their bounds: sizes, the waitlist, layers, proofs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import Seating, grouping_of
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, settled
from vermegroup.judge.bounds import all_proven, sized_like, standings, with_certain_sizes
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread

EVEN = "preferences: [even_sizes]"


def problem(people: int, size: str, more: str = "", *, everyone: bool = True) -> Problem:
    rules = "rules: [place_everyone]\n" if everyone else ""
    roster = [Person(f"Town {at}", at) for at in range(people)]
    return problem_from(
        roster, f"groups: {{{size}}}\n{rules if 'rules:' not in more else ''}{more}\n"
    )


def seated(*groups: tuple[int, ...]) -> Seating:
    people = np.array([person for group in groups for person in group], dtype=np.int64)
    return Seating(people, np.repeat(np.arange(len(groups)), list(map(len, groups))), len(groups))


@pytest.mark.parametrize(
    ("people", "size", "more", "groups", "sizes"),
    [
        (9, "size: 3", "", 3, (3, 3, 3)),
        (10, "size: 3-4", "", 3, (4, 3, 3)),
        (9, "size: 3-4", "", 3, (3, 3, 3)),
        (12, "size: 3-4", "", 3, (4, 4, 4)),
        (8, "size: 3-4", "", 3, None),  # too few people
        (13, "size: 3-4", "", 3, None),  # too many
        (10, "size: 3-5", "", 3, None),
        # A wish for a size leaves sizes on one side of it.
        (11, "size: 3-5, prefer: 4", "", 3, (4, 4, 3)),
        (12, "size: 3-5, prefer: 4", "", 3, (4, 4, 4)),
        (13, "size: 3-5, prefer: 4", "", 3, (5, 4, 4)),
        (13, "size: 3-6, prefer: 4", "", 3, None),
        (9, "size: 2-4, prefer: 4", "", 3, None),
        (10, "size: 3-5, prefer: 5", EVEN, 2, (5, 5)),
        # Even sizes do so as a rule and as a preference, but not behind what is not about sizes.
        (10, "size: 2-5", EVEN, 3, (4, 3, 3)),
        (9, "size: 2-5", EVEN, 3, (3, 3, 3)),
        (10, "size: 2-5", "rules: [even_sizes, place_everyone]", 3, (4, 3, 3)),
        (10, "size: 2-5", "preferences: [{spread: years}, even_sizes]", 3, None),
        (10, "size: 2-5", "preferences: [place_everyone, even_sizes]", 3, (4, 3, 3)),
        (10, "size: 2-5", "preferences: [{different: municipality}, even_sizes]", 3, None),
        (13, "size: 3-6, prefer: 4", EVEN, 3, (5, 4, 4)),
        # What a size does not limit by itself says nothing of sizes.
        (10, "size: 2-5", "preferences: [{balance: years}, even_sizes]", 3, None),
    ],
)
def test_sizes_are_certain_where_one_choice_is_left(people, size, more, groups, sizes) -> None:
    case = problem(people, size, more)
    plan = replace(case.plan(groups), everyone=True)
    assert with_certain_sizes(case, plan).sizes == sizes
    assert with_certain_sizes(case, plan) == replace(plan, sizes=sizes)


def test_nothing_is_certain_of_sizes_while_people_may_wait() -> None:
    case = problem(10, "size: 3-4", everyone=False)
    assert with_certain_sizes(case, case.plan(3)) == case.plan(3)


def test_sizes_are_those_of_a_grouping_that_has_just_these() -> None:
    case = problem(11, "size: 3-5, prefer: 4")
    plan = case.plan(3)
    even = seated((0, 1, 2), (3, 4, 5, 6), (7, 8, 9, 10))
    uneven = seated((0, 1, 2), (3, 4, 5), (6, 7, 8, 9, 10))
    assert sized_like(case, plan, even).sizes == (4, 4, 3)
    assert sized_like(case, plan, uneven) == plan


@pytest.mark.parametrize(
    ("kind", "value", "bound", "after"),
    [
        (PlaceEveryone(), 0, 0, {"everyone": True}),
        (PlaceEveryone(), 1, 1, {}),  # who has to wait waits
        (PlaceEveryone(), 1, 0, {}),
        (Size(3, 5, 4), 0, 0, {}),
        (Spread("years"), 30, 30, {"layered": frozenset({"years"})}),
        (Spread("years"), 29, 30, {}),
    ],
)
def test_a_preference_at_its_bound_settles(kind, value, bound, after) -> None:
    plan = Plan(2, 3, 5, everyone=False, sizes=(4, 3))
    assert settled(plan, kind, value, bound) == replace(plan, **after)


def test_layers_need_sizes_and_add_up() -> None:
    plan = Plan(2, 3, 5)
    assert settled(plan, Spread("years"), 30, 30) == plan
    two = replace(plan, sizes=(4, 3), layered=frozenset({"age"}))
    assert settled(two, Spread("years"), 30, 30).layered == {"age", "years"}


def standings_of(
    case: Problem, *groups: tuple[int, ...], shown: dict[int, int] | None = None
) -> list:
    """Value, bound and proof of each preference, in the units that people think in."""
    plan = case.plan(len(groups))
    return [
        (
            each.preference.in_units(case.roster, plan, each.value),
            each.preference.in_units(case.roster, plan, each.bound),
            each.proven,
        )
        for each in standings(case, plan, seated(*groups), shown)
    ]


SIXTH, HALF = Fraction(1, 6), Fraction(1, 2)
BOOK = "preferences: [{spread: years}, {balance: years}]"


def test_what_is_at_its_bound_is_proven_and_what_is_behind_it_given_that() -> None:
    case = problem(6, "size: 3", BOOK)
    # Sums 7 and 8 around 7.5: no two threes of 15 come nearer.
    assert standings_of(case, (0, 2, 5), (1, 3, 4)) == [(16, 16, True), (SIXTH, SIXTH, True)]
    assert all_proven(case, case.plan(2), seated((0, 2, 5), (1, 3, 4)))
    assert standings_of(case, (0, 1, 5), (2, 3, 4)) == [(14, 16, False), (HALF, SIXTH, False)]
    assert not all_proven(case, case.plan(2), seated((0, 1, 5), (2, 3, 4)))


def test_what_search_has_shown_is_a_bound_that_holds_given_those_before() -> None:
    case = problem(6, "size: 3", BOOK)
    groups = ((0, 1, 5), (2, 3, 4))
    assert standings_of(case, *groups, shown={0: 14}) == [(14, 14, True), (HALF, SIXTH, False)]
    balance = case.rulebook.preferences[1]
    far = balance.value_of(case.roster, case.plan(2), seated(*groups))
    assert standings_of(case, *groups, shown={0: 14, 1: far}) == [
        (14, 14, True),
        (HALF, HALF, True),
    ]
    assert standings_of(case, *groups, shown={1: far}) == [
        (14, 16, False),
        (HALF, HALF, False),
    ]
    assert standings_of(case, *groups, shown={0: 15, 1: far}) == [
        (14, 15, False),
        (HALF, HALF, False),
    ]


def test_a_bound_that_holds_whatever_else_is_done_proves_at_once() -> None:
    case = problem(6, "size: 3", "preferences: [{spread: years}, {different: municipality}]")
    assert standings_of(case, (0, 1, 5), (2, 3, 4)) == [(14, 16, False), (0, 0, True)]


def test_a_bound_that_needs_everyone_seated_proves_nothing_to_those_who_may_wait() -> None:
    book = "preferences: [place_everyone, {spread: years}]"
    case = problem(6, "size: 3", book, everyone=False)
    assert standings_of(case, (0, 2, 5), (1, 3, 4)) == [(0, 0, True), (16, 16, True)]
    case = problem(7, "size: 2-3", "preferences: [{same: municipality}]", everyone=False)
    assert standings_of(case, (0, 1), (2, 3), (4, 5, 6)) == [(0, 0, True), (7, 7, True)]
    assert standings_of(case, (0, 1), (2, 3), (4, 5)) == [(1, 0, False), (6, 3, False)]


def test_each_preference_of_a_tier_stands_by_itself() -> None:
    case = problem(6, "size: 3", "preferences: [[{spread: years}, {different: municipality}]]")
    (tier,) = standings(case, case.plan(2), seated((0, 1, 5), (2, 3, 4)))
    assert [(each.value, each.bound, each.proven) for each in tier.weighed] == [
        (14, 16, False),
        (0, 0, True),
    ]
    assert not tier.proven
    (best,) = standings(case, case.plan(2), grouping_of(np.array([0, 1, 0, 1, 1, 0])).seating())
    assert best.proven
