"""What is no grouping of a roster is refused, and never judged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import vermegroup
from tests.brute_force import Person
from tests.builders import problem_from, roster_of
from vermegroup import Grouping, Limits, Outcome, Verdict, audit_grouping, problem_of
from vermegroup.domain.grouping import WAITLIST, group_names, grouping_of
from vermegroup.rulebooks.read import default_rulebook
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.size import Size

PEOPLE = [Person(f"Town {number}", (0, 7, 20)[number % 3]) for number in range(12)]
THREE = np.repeat([0, 1, 2], 4)
NAMES = ("G01", "G02", "G03")


@pytest.mark.parametrize(
    ("group_of", "names", "why"),
    [
        (np.zeros(12, dtype=int), (), "group 0 has no name"),
        (THREE, ("G01", "G02"), "group 2 has no name"),
        (np.full(12, 10**12), NAMES, "group 1000000000000 has no name"),
        (np.where(THREE == 1, -2, THREE), NAMES, "-2 is neither"),
        (THREE.astype(float), NAMES, "type float64"),
        (THREE == 1, NAMES, "type bool"),
        (THREE.astype(str), NAMES, "type <U"),
        (THREE.astype(object), NAMES, "type object"),
        (THREE.reshape(3, 4), NAMES, r"shape \(3, 4\)"),
        (np.array(0), NAMES, r"shape \(\)"),
        (THREE, ("G01", "G02", "G01"), "two groups are called G01"),
        (THREE, ("G01", "G02", " "), "not blank"),
        (THREE, ("G01", "G02", 3), "a text"),
    ],
)
def test_what_is_no_grouping_is_refused(group_of: np.ndarray, names: tuple, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Grouping(group_of, names)


@pytest.mark.parametrize("length", [0, 1, 11, 13])
def test_a_grouping_of_others_is_not_judged(length: int) -> None:
    with pytest.raises(ValueError, match=f"{length} participants, and the roster has 12"):
        audit_grouping(problem_from(PEOPLE), grouping_of(np.zeros(length, dtype=np.int64)))


def test_all_in_one_group_without_a_name_are_no_valid_grouping() -> None:
    with pytest.raises(ValueError, match="no name"):
        audit_grouping(problem_from(PEOPLE), Grouping(np.zeros(12, dtype=int)))
    assert not audit_grouping(problem_from(PEOPLE), grouping_of(np.zeros(12, dtype=int))).valid


def test_members_are_told_in_roster_order_also_where_some_wait_and_a_group_is_empty() -> None:
    grouping = Grouping(np.array([3, WAITLIST, 0, 3, 1, 0, WAITLIST]), (*NAMES, "G04"))
    members = [grouping.members(group).tolist() for group in range(grouping.groups)]
    assert members == [[2, 5], [4], [], [0, 3]]


@pytest.mark.parametrize("dtype", [np.int8, np.int32, np.int64, np.uint8])
def test_any_whole_numbers_will_do(dtype: type) -> None:
    grouping = Grouping(THREE.astype(dtype), ["G01", "G02", "G03"])  # type: ignore[arg-type]
    assert grouping.group_of.dtype == np.int64
    assert grouping.names == NAMES
    assert audit_grouping(problem_from(PEOPLE), grouping).plan.groups == 3


def test_a_group_of_nobody_is_too_small() -> None:
    audited = audit_grouping(problem_from(PEOPLE), Grouping(THREE, (*NAMES, "G04")))
    assert [breach.group for breach in audited.rules[0].breaches] == [3]


def test_nobody_placed_needs_no_names() -> None:
    waiting = Grouping(np.full(12, WAITLIST))
    assert waiting.groups == 0
    assert not audit_grouping(problem_from(PEOPLE), waiting).valid


@pytest.mark.parametrize(
    "limits",
    [{"seconds": -1.0}, {"seconds": float("nan")}, {"workers": 0}, {"seed": -1}],
)
def test_limits_that_mean_nothing_are_refused(limits: dict) -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        Limits(**limits)


def test_a_rulebook_made_by_hand_says_what_reading_would_add() -> None:
    book, roster = default_rulebook(), roster_of(PEOPLE)
    sizeless = replace(book, rules=tuple(rule for rule in book.rules if not rule.limits_size))
    with pytest.raises(ValueError, match="no rule on sizes"):
        problem_of(roster, sizeless)
    with pytest.raises(ValueError, match="without a group"):
        problem_of(roster, replace(book, rules=(Size(3, 5),), preferences=()))
    problem_of(roster, replace(book, rules=(Size(3, 5),), preferences=(PlaceEveryone(),)))


def test_a_result_that_tells_no_preferences_is_not_proven_best() -> None:
    problem = problem_from(PEOPLE)
    grouping = Grouping(THREE, group_names(3))
    audited = audit_grouping(problem, grouping)
    bare = Outcome(Verdict.FORMED, problem, (), grouping, audited)
    assert not bare.proven
    formed = vermegroup.solve(problem)
    assert formed.proven
    assert not replace(formed, preferences=formed.preferences[:-1]).proven
