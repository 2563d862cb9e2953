"""Numbers of groups that counting alone rules out, kind by kind."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.grouping import EarlierGroups, Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.rules.apart import Apart
from vermegroup.rules.balance import Balance
from vermegroup.rules.balance_shares import BalanceOfShares
from vermegroup.rules.different import Different
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.include import Include
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.pin import Pin
from vermegroup.rules.same import Same
from vermegroup.rules.selectors.acquaintance import Acquaintance
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread
from vermegroup.rules.spread_values import SpreadOfValues
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.together import Together
from vermegroup.rules.wishes import Wishes
from vermegroup.solver.goals import outside


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


def lists(*counts: int) -> Pairs:
    """Lists of so many ids, one after the other in the roster."""
    ids = iter(f"SYN-{number:03d}" for number in range(1, 100))
    return Pairs(tuple(tuple(next(ids) for _ in range(count)) for count in counts))


TOWNS = Pairs(trait="municipality")


@pytest.mark.parametrize(
    ("kind", "possible"),
    [
        (Together(lists(3, 3)), {2, 3, 4, 5}),  # two threes do not fit into one group
        (Together(lists(2, 2)), {1, 2, 3, 4, 5}),
        (Together(lists(6)), set()),
        (
            Together(Pairs((("SYN-001", "SYN-002", "SYN-003"), ("SYN-003", "SYN-004")))),
            {1, 2, 3, 4, 5},
        ),
        (Together(TOWNS), set()),
        (Apart(lists(3, 4)), {4, 5}),
        (Apart(TOWNS), set()),
        (Pin((("SYN-001", "G03"),)), {3, 4, 5}),
        (Pin((("SYN-001", "Blue"), ("SYN-002", "Red"))), {2, 3, 4, 5}),
        (Pin(tuple((f"SYN-00{number}", "Blue") for number in range(1, 7))), set()),
    ],
)
def test_who_belongs_together_needs_room_and_who_is_kept_apart_needs_groups(kind, possible) -> None:
    found = certified(kind, of_towns(6, 6, 3), (3, 5))
    assert {groups for groups, out in found.items() if not out} == possible


def test_people_of_different_parts_cannot_be_together() -> None:
    whole = roster_of(of_towns(4, 4))
    part = whole.subset(np.arange(4))
    torn = Together(Pairs((("SYN-001", "SYN-008"),)))
    assert torn.certificate(part, Plan(1, 3, 5)) is not None
    assert torn.certificate(whole, Plan(2, 3, 5)) is None
    assert Together(Pairs((("SYN-007", "SYN-008"),))).certificate(part, Plan(1, 3, 5)) is None
    assert Apart(Pairs((("SYN-001", "SYN-008"),))).certificate(part, Plan(1, 3, 5)) is None
    pinned = Pin((("SYN-001", "G02"), ("SYN-008", "G02")))
    assert pinned.certificate(part, Plan(1, 3, 5)) is not None
    assert pinned.certificate(whole, Plan(2, 3, 5)) is None


def test_groups_of_a_part_are_numbered_with_those_of_the_others() -> None:
    part = roster_of(of_towns(4, 4)).subset(np.arange(4))
    assert Pin((("SYN-001", "G02"),)).certificate(part, Plan(1, 3, 5)) is None


@pytest.mark.parametrize(
    ("kind", "groups", "bound"),
    [
        (Together(lists(7)), 3, 11),  # five in one group, two in another
        (Together(lists(3, 3)), 3, 6),
        (Apart(lists(7)), 3, 16),  # 3 + 2 + 2: five of 21 pairs meet
        (Apart(lists(3, 3)), 3, 6),
    ],
)
def test_the_most_pairs_that_can_be_respected(kind: Kind, groups: int, bound: int) -> None:
    assert kind.bound(roster_of(of_towns(6, 6)), Plan(groups, 3, 5)) == bound


@pytest.mark.parametrize(
    ("at_least", "at_most", "slack"),
    [(1, None, 3), (0, 3, 3), (1, 2, 0), (2, 3, 0)],
)
def test_a_quota_has_room_for_those_to_spare_and_those_to_come(at_least, at_most, slack) -> None:
    """Six from the town, for three groups."""
    kind = Include("municipality", "Town 0", at_least, at_most)
    margin = kind.margin(roster_of(of_towns(6, 6)), Plan(3, 3, 5))
    assert margin.slack == slack


@pytest.mark.parametrize(
    ("people", "groups", "sizes"), [(8, 3, {2, 3}), (9, 3, {3}), (10, 3, {3, 4}), (11, 3, {3, 4})]
)
def test_even_sizes_are_two_neighbours_or_one(people: int, groups: int, sizes: set[int]) -> None:
    roster, plan = roster_of(of_towns(people)), Plan(groups, 2, 5)
    (window,) = EvenSizes().windows(roster, plan, 0) or ()
    assert dict(window.low) == dict(window.high) == {size: size for size in sizes}
    assert EvenSizes().windows(roster, plan, 1) is None
    assert EvenSizes().windows(roster, replace(plan, everyone=False), 0) is None


def test_wishes_are_granted_to_no_more_than_a_group_has_room_for() -> None:
    """One wishes for five, and three wish for him."""
    wishes = [(1, 2, 3, 4, 5), (0,), (0,), (0,), (), (1, 2)]
    roster = roster_of([Person("Town", at, wishes=wished) for at, wished in enumerate(wishes)])
    bounds = [Wishes("wishes").bound(roster, Plan(2, 2, size)) for size in (2, 3, 4)]
    assert bounds == [1 + 3 + 1, 2 + 3 + 2, 3 + 3 + 2]
    assert Wishes("wishes").bound(roster, Plan(2, 2, 5, sizes=(3, 3))) == 7


def reach_the_bound_just_within_windows(kind: Kind, people: list[Person], plan: Plan) -> None:
    """Every grouping of these sizes is at the bound just where it is within the windows."""
    roster, groups = roster_of(people), plan.groups
    windows = kind.windows(roster, plan, kind.bound(roster, plan))
    assert windows is not None
    for group in set(permutations(np.repeat(range(groups), plan.sizes or ()).tolist())):
        seating = Seating(np.arange(len(people)), np.array(group), groups)
        reached = kind.value_of(roster, plan, seating) == kind.bound(roster, plan)
        assert (not outside(windows, seating).any()) == reached


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 3), (3, 2, 2)])
def test_windows_of_a_spread_mind_the_values_before_a_run_of_equal_ones(sizes) -> None:
    chance = random.Random(str(sizes))
    for years in ([9, 8, 5, 5, 5, 1, 1], *(chance.choices(range(5), k=7) for _ in range(8))):
        people = [Person("Town", year) for year in years[: sum(sizes)]]
        plan = Plan(len(sizes), 2, 3, sizes=sizes)
        reach_the_bound_just_within_windows(Spread("years"), people, plan)


@pytest.mark.parametrize(
    ("counts", "sizes", "bound"),
    [
        ((2, 2, 2), (4, 2), 5),  # the pair differs, and the four have all towns
        ((3, 3, 2), (6, 2), 5),
        ((3, 3, 3), (5, 3, 1), 7),
        ((3, 2, 2, 1), (5, 2, 1), 7),  # the rare one is among the five
    ],
)
def test_where_sizes_limit_values_the_small_group_has_the_common_ones(counts, sizes, bound) -> None:
    roster, plan = roster_of(of_towns(*counts)), Plan(len(sizes), 1, 6, sizes=sizes)
    spread = SpreadOfValues("municipality")
    assert spread.bound(roster, plan) == bound
    reach_the_bound_just_within_windows(spread, of_towns(*counts), plan)
    assert spread.windows(roster, plan, bound - 1) is None
    many = replace(spread, many=True)
    assert many.windows(roster, plan, bound) is None


def test_of_certain_sizes_no_window_tells_of_another_value_than_theirs() -> None:
    roster, plan = roster_of(of_towns(7)), Plan(2, 2, 5, sizes=(4, 3))
    assert (Size(2, 5, 4).windows(roster, plan, 1), EvenSizes().windows(roster, plan, 0)) == (
        (),
        (),
    )
    assert Size(2, 5, 4).windows(roster, plan, 0) is None
    assert EvenSizes().windows(roster, plan, 1) is None


@pytest.mark.parametrize(
    ("people", "prefer", "sizes"), [(7, 3, {3, 4, 5}), (6, 3, {3, 4, 5}), (5, 3, {2, 3})]
)
def test_a_wish_for_a_size_is_met_best_on_one_side_of_it(people, prefer, sizes) -> None:
    roster, plan, size = roster_of(of_towns(people)), Plan(2, 2, 5), Size(2, 5, prefer)
    (window,) = size.windows(roster, plan, abs(people - 2 * prefer)) or ()
    assert set(window.low) == set(window.high) == sizes
    assert size.windows(roster, replace(plan, everyone=False), abs(people - 2 * prefer)) is None


def test_rivals_are_people_of_whom_a_group_takes_one() -> None:
    roster = roster_of(of_towns(2, 1))
    assert [codes.tolist() for codes in Different("municipality").rivals(roster)] == [[0, 0, 1]]
    assert Different("municipality", 2).rivals(roster) == ()
    before = Acquaintance((EarlierGroups("a", (("SYN-001", "SYN-003"),)),))
    assert [codes.tolist() for codes in Strangers(before).rivals(roster)] == [[0, -1, 0]]
    assert Size(2, 3).rivals(roster) == ()


def test_shares_and_means_may_be_even_where_sizes_are_open() -> None:
    roster = roster_of(of_towns(2, 3))
    for kind in (BalanceOfShares("municipality"), Balance("years")):
        assert kind.bound(roster, Plan(2, 2, 3)) == 0
    assert BalanceOfShares("municipality").bound(roster, Plan(2, 2, 3, sizes=(3, 2))) > 0


def test_wishes_for_people_who_are_not_there_are_noticed() -> None:
    roster = roster_of(of_towns(3))
    links = replace(roster.links["wishes"], unknown=tuple(f"N{at}" for at in range(7)))
    (notice,) = Wishes("wishes").notices(replace(roster, links={"wishes": links}))
    assert "mean nobody" in str(notice.message)
    assert "(7)" in str(notice.message)
    assert "N4 …" in str(notice.message)
    assert Wishes("wishes").notices(roster) == ()
