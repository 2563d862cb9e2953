"""Numbers of groups that counting alone rules out, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.kind import Kind, Plan
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.same import Same


def certified(kind: Kind, people: Sequence[Person], sizes: tuple[int, int]) -> dict[int, bool]:
    """Whether each number of groups is ruled out by counting."""
    roster = roster_of(people)
    return {
        groups: kind.certificate(roster, Plan(groups, *sizes)) is not None for groups in range(1, 6)
    }


def of_towns(*counts: int) -> list[Person]:
    return [Person(f"Town {town}", 0) for town, many in enumerate(counts) for _ in range(many)]


@pytest.mark.parametrize(
    ("counts", "sizes", "possible"),
    [
        ((6, 6), (3, 5), {4}),  # 6 is more than one group, and two of three
        ((3, 4, 5), (3, 5), {3}),
        ((9, 3), (2, 4), {4, 5}),
        ((2, 7), (3, 5), set()),  # two people make no group of three
        ((7,), (4, 6), set()),  # too many for one group, too few for two
    ],
)
def test_people_of_one_value_are_cut_into_groups_of_their_own(counts, sizes, possible) -> None:
    found = certified(Same("municipality"), of_towns(*counts), sizes)
    assert {groups for groups, out in found.items() if not out} == possible


def test_whoever_may_wait_need_not_be_cut() -> None:
    roster = roster_of(of_towns(2, 7))
    one, two, three = (Plan(groups, 3, 5, everyone=False) for groups in (1, 2, 3))
    same = Same("municipality")
    assert same.certificate(roster, one) is None
    assert same.certificate(roster, two) is None
    assert same.certificate(roster, three) is not None


@pytest.mark.parametrize(
    ("lone", "sizes", "ruled_out"),
    [(0, (3, 5), False), (1, (3, 5), True), (2, (3, 5), False), (3, (2, 2), True)],
)
def test_one_is_alone_wherever_he_sits(lone: int, sizes: tuple[int, int], ruled_out: bool) -> None:
    people = [*of_towns(lone), *[Person("Elsewhere", 9)] * (12 - lone)]
    found = certified(NotAlone("municipality", "Town 0"), people, sizes)
    assert set(found.values()) == {ruled_out}


def test_two_who_are_not_to_be_alone_leave_some_group_without_one_to_spare() -> None:
    kind = NotAlone("municipality", "Town 0")
    spared = [
        kind.spared_at_most(roster_of([*of_towns(lone), *[Person("Elsewhere", 9)] * 9]), plan)
        for lone in (0, 2, 3)
        for plan in (Plan(3, 3, 5),)
    ]
    assert spared == [3, 2, 3]
