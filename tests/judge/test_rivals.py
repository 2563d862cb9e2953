"""Which other numbers of groups may do better, and what is proven over all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.judge.rivals import Contest, Rival, Rivals, numbers_allowed, over_all_numbers
from vermegroup.rules.different import Different
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.spread import Spread
from vermegroup.rules.together import Together

PEOPLE = [
    Person("Town" if at < 6 else f"Town {at}", at, "red" if at < 4 else "blue") for at in range(12)
]
"""Six of one town, and four red ones among twelve."""


def problem(more: str, size: str = "2-6", people: int = 12) -> Problem:
    return problem_from(PEOPLE[:people], f"groups: {{size: {size}}}\n{more}\n")


# Of k groups: 6 - k of the town sit with another of them, and 2 k - 4 red ones are missing.
BOOK = (
    "rules: [place_everyone{rules}]\n"
    "preferences: [{{different: municipality}}, {{include: {{subject: red, at_least: 2}}}}]"
)


@pytest.mark.parametrize(
    ("people", "groups", "everyone", "numbers"),
    [
        (12, "size: 3-5", True, [3, 4]),
        (12, "size: 3-5", False, [1, 2, 3, 4]),
        (11, "size: 3-5", True, [3]),
        (11, "size: 4-5", True, []),
        (10, "size: 4-5", True, [2]),
        (2, "size: 3-5", False, []),
        (12, "size: 2-6, count: 4", True, [4]),
        (12, "size: 2-6, count: 4-5", False, [4, 5]),
        (12, "size: 2-6, count: 1-3", True, [2, 3]),
        (12, "size: 2-6, count: 5-9", True, [5, 6]),
        (12, "size: 2-6, count: 7-9", True, []),
    ],
)
def test_numbers_allowed(people: int, groups: str, everyone: bool, numbers: list[int]) -> None:
    rules = "rules: [place_everyone]" if everyone else ""
    case = problem_from(PEOPLE[:people], f"groups: {{{groups}}}\n{rules}")
    assert list(numbers_allowed(case)) == numbers


@pytest.mark.parametrize(
    ("values", "rivals"),
    [
        ((2, 4), [Rival(5, 0, {0: 1, 1: 6}), Rival(6, 0, {0: 0, 1: 8})]),
        ((3, 4), [Rival(3, 1, {1: 2}), Rival(5, 0, {0: 1, 1: 6}), Rival(6, 0, {0: 0, 1: 8})]),
        ((3, 2), [Rival(5, 0, {0: 1, 1: 6}), Rival(6, 0, {0: 0, 1: 8})]),
        ((3, 1), [Rival(5, 0, {0: 1, 1: 6}), Rival(6, 0, {0: 0, 1: 8})]),
        ((1, 4), [Rival(6, 0, {0: 0, 1: 8})]),
        ((1, 7), [Rival(5, 1, {1: 6}), Rival(6, 0, {0: 0, 1: 8})]),
        ((0, 0), []),
    ],
)
def test_rivals_are_those_whose_bounds_are_better(values, rivals: list[Rival]) -> None:
    case = problem(BOOK.format(rules=""))
    contest = Rivals(case, numbers_allowed(case)).against(4, values)
    assert sorted(contest.rivals, key=lambda rival: rival.groups) == rivals
    assert contest.unweighed is None


def test_a_number_that_counting_rules_out_is_no_rival() -> None:
    case = problem(BOOK.format(rules=", {include: {subject: blue, at_least: 2}}"))
    rivals = Rivals(case, numbers_allowed(case))
    for _ in range(2):  # what is known of a number is remembered
        assert [rival.groups for rival in rivals.against(4, (3, 4)).rivals] == [3]
    case = problem(BOOK.format(rules=", {include: {subject: red, exactly: 1}}"))
    assert Rivals(case, numbers_allowed(case)).against(5, (6, 6)).rivals == (
        Rival(4, 0, {0: 2, 1: 4}),
    )


def test_most_is_better_where_a_preference_wants_most() -> None:
    case = problem("rules: [place_everyone]\npreferences: [{spread: years}]", "3-4")
    rivals = Rivals(case, numbers_allowed(case))
    spread = Spread("years")
    bounds = {
        groups: spread.bound(case.roster, replace(case.plan(groups), sizes=sizes))
        for groups, sizes in ((3, (4, 4, 4)), (4, (3, 3, 3, 3)))
    }
    assert bounds == {3: 90, 4: 64}
    assert rivals.against(4, [64]).rivals == (Rival(3, 0, {0: 90}),)
    assert rivals.against(3, [90]).rivals == ()
    assert rivals.against(3, [64]).rivals == ()
    assert rivals.against(3, [63]).rivals == (Rival(4, 0, {0: 64}),)


def test_numbers_whose_first_preferences_are_equal_are_told_apart_by_what_these_settle() -> None:
    """Behind even sizes the spread of a number is bounded for those sizes."""
    book = "rules: [place_everyone]\npreferences: [even_sizes, {spread: years}]"
    case = problem(book, "2-6")
    spread = Spread("years")
    even = {2: (6, 6), 3: (4, 4, 4), 4: (3,) * 4, 5: (3, 3, 2, 2, 2), 6: (2,) * 6}
    bounds = {
        k: spread.bound(case.roster, replace(case.plan(k), sizes=sizes))
        for k, sizes in even.items()
    }
    assert spread.bound(case.roster, case.plan(5)) > bounds[5]
    contest = Rivals(case, numbers_allowed(case)).against(4, (0, bounds[5]))
    found = {rival.groups: dict(rival.bounds) for rival in contest.rivals}
    assert found == {k: {1: bounds[k]} for k in (2, 3)}


def test_the_best_that_a_preference_reaches_alone_is_that_of_the_best_number(monkeypatch) -> None:
    case = problem(BOOK.format(rules=""))
    rivals = Rivals(case, numbers_allowed(case))
    include = case.rulebook.preferences[1]
    assert rivals.alone(Different("municipality")) == 0
    assert rivals.alone(include) == 0
    assert Rivals(case, [4, 5]).alone(include) == 4
    assert Rivals(case, [4, 5]).alone(Different("municipality")) == 1
    assert Rivals(case, [6, 7]).alone(Different("municipality")) == 0
    assert Rivals(case, [7]).alone(include) is None
    pairs = Together(Pairs((tuple(f"SYN-{at:03d}" for at in range(1, 7)),)))
    assert Rivals(problem("", "2-3"), [4, 5]).alone(pairs) == 6
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 36)
    assert Rivals(case, [4, 5, 6]).alone(include) == 4
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 35)
    assert Rivals(case, [4, 5, 6]).alone(include) is None
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 5)
    assert Rivals(case, [4, 5]).alone(include) == 4  # two are always compared
    assert Rivals(case, [4, 5, 6]).alone(case.rulebook.rules[0]) == 4  # and sizes of any number


def test_what_are_too_many_to_be_looked_at_is_left_unweighed(monkeypatch) -> None:
    case = problem(BOOK.format(rules=""))
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 35)
    contest = Rivals(case, numbers_allowed(case)).against(4, (2, 4))
    assert contest == Contest((), 0)
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 48)
    assert Rivals(case, numbers_allowed(case)).against(4, (2, 4)).unweighed is None


def stands(kind: Kind, value: int, bound: int, *, proven: bool = True) -> PreferenceStanding:
    return PreferenceStanding(kind, value, bound, proven)


LEAST, MOST = Different("municipality"), Spread("years")


@pytest.mark.parametrize(
    ("since", "bounds", "found", "left"),
    [
        (0, {0: 1, 1: 6}, (3, 4), None),  # no better at all
        (0, {0: 1, 1: 6}, (2, 9), Rival(5, 0, {0: 2, 1: 6})),
        (0, {0: 1, 1: 6}, (3, 5), Rival(5, 1, {0: 1, 1: 5})),
        (0, {0: 1, 1: 6}, (3, 3), None),
        (0, {0: 1, 1: 6}, (4, 9), None),
        (1, {1: 6}, (3, 5), Rival(5, 1, {1: 5})),
        (1, {1: 6}, (3, 4), None),
    ],
)
def test_what_search_shows_of_a_number_takes_its_bounds_place(since, bounds, found, left) -> None:
    """Against three of what is best least, and four of what is best most."""
    contest = Contest((Rival(5, since, bounds), Rival(6, 0, {0: 0}), Rival(7, 1, {1: 9})))
    shown = [stands(LEAST, 9, found[0]), stands(MOST, 0, found[1])]
    after = contest.after({5: shown}, frozenset({6}), (3, 4), {}, (1, -1))
    rivals = [left] if left is not None else []
    assert after.rivals == (*rivals, Rival(7, 1, {1: 9}))


@pytest.mark.parametrize(
    ("since", "bounds", "first", "left"),
    [
        (0, {0: 1, 1: 6}, 4, None),
        (0, {0: 1, 1: 6}, 2, Rival(5, 0, {0: 2, 1: 6})),
        (0, {0: 2, 1: 6}, 1, Rival(5, 0, {0: 2, 1: 6})),  # arithmetic says more
        (0, {0: 1, 1: 6}, 3, Rival(5, 1, {0: 3, 1: 6})),
        (0, {0: 1, 1: 4}, 3, None),
        (1, {1: 6}, 1, Rival(5, 1, {1: 6})),
    ],
)
def test_what_prices_show_of_the_first_preference_narrows_a_number(
    since, bounds, first, left
) -> None:
    """Against three of what is best least, and four of what is best most."""
    contest = Contest((Rival(5, since, bounds), Rival(7, 1, {1: 9})))
    after = contest.after({}, frozenset(), (3, 4), {5: first}, (1, -1))
    assert after.rivals == (*([left] if left is not None else []), Rival(7, 1, {1: 9}))


@pytest.mark.parametrize(
    ("kind", "standing", "since", "rival", "after"),
    [
        (LEAST, (3, 3, True), 0, 2, (3, 2, False)),
        (LEAST, (3, 3, True), 0, 3, (3, 3, True)),
        (LEAST, (3, 3, True), 0, 4, (3, 3, True)),
        (LEAST, (3, 2, False), 0, 4, (3, 2, False)),
        (LEAST, (3, 3, True), 1, 2, (3, 3, True)),  # a rival only in what comes later
        (MOST, (3, 3, True), 0, 4, (3, 4, False)),
        (MOST, (3, 3, True), 0, 3, (3, 3, True)),
        (MOST, (3, 3, True), 0, 2, (3, 3, True)),
        (MOST, (3, 3, False), 0, 2, (3, 3, False)),
    ],
)
def test_a_bound_over_all_numbers_is_the_best_of_all(kind, standing, since, rival, after) -> None:
    here = problem(BOOK.format(rules=""))
    rivals = Rivals(here, numbers_allowed(here))
    contest = Contest((Rival(5, since, {0: rival, 1: rival}),))
    (found,) = over_all_numbers([stands(kind, *standing[:2], proven=standing[2])], rivals, contest)
    assert (found.value, found.bound, found.proven) == after
    assert not found.this_number


def test_what_was_not_weighed_is_told_of_one_number() -> None:
    here = problem(BOOK.format(rules=""))
    rivals = Rivals(here, numbers_allowed(here))
    standings = [stands(LEAST, 3, 3), stands(MOST, 3, 3), stands(LEAST, 1, 1)]
    found = over_all_numbers(standings, rivals, Contest((Rival(5, 0, {0: 2}),), 1))
    assert [(each.bound, each.proven, each.this_number) for each in found] == [
        (2, False, False),
        (3, False, True),
        (1, False, True),
    ]


def test_each_of_a_tier_is_held_against_the_best_number_for_it(monkeypatch) -> None:
    here = problem(BOOK.format(rules=""))
    rivals = Rivals(here, numbers_allowed(here))
    tier = replace(
        stands(LEAST, 3, 3), weighed=(stands(LEAST, 2, 2), stands(LEAST, 0, 2, proven=False))
    )
    (found,) = over_all_numbers([tier], rivals, Contest())
    assert [(standing.bound, standing.proven) for standing in found.weighed] == [
        (0, False),
        (0, True),
    ]
    monkeypatch.setattr("vermegroup.judge.rivals.MOST_LOOKS", 10)
    (found,) = over_all_numbers([tier], rivals, Contest())
    assert [(standing.bound, standing.proven) for standing in found.weighed] == [
        (2, False),
        (2, False),
    ]
    assert all(standing.this_number for standing in found.weighed)
