"""Rules that name people, once some of them are not there."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind
from vermegroup.rules.apart import Apart
from vermegroup.rules.pin import Pin
from vermegroup.rules.selectors.pairs import Pairs, pairs_of
from vermegroup.rules.together import Together

ROSTER = roster_of([Person(f"Town {number // 2}", number) for number in range(8)])
ID = {number: f"SYN-{number + 1:03d}" for number in range(8)}
LISTS = Pairs(((ID[0], ID[1], ID[2]), (ID[2], ID[3]), (ID[5], "gone")))


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ({"X"}, LISTS.lists),
        ({"gone"}, LISTS.lists[:2]),
        ({ID[1]}, ((ID[0], ID[2]), *LISTS.lists[1:])),
        ({ID[0], ID[1], "gone"}, (LISTS.lists[1],)),
        ({ID[2], "gone"}, ((ID[0], ID[1]),)),
    ],
)
@pytest.mark.parametrize("kind", [Together, Apart])
def test_lists_lose_those_who_are_gone_and_end_with_one_person(gone, left, kind) -> None:
    rule: Kind = kind(LISTS)
    assert rule.without(frozenset(gone)) == kind(Pairs(left))
    assert set(rule.ids()) == {ID[0], ID[1], ID[2], ID[3], ID[5], "gone"}
    assert rule.without(frozenset({ID[2], ID[1], ID[5]})) is None
    town = kind(Pairs(trait="municipality"))
    assert town.without(frozenset(gone)) == town


def test_a_pin_keeps_the_seats_of_those_who_are_left() -> None:
    pin = Pin(((ID[0], "G01"), (ID[1], "g1"), (ID[2], "Blue")), elsewhere=((ID[3], "Red"),))
    left = pin.without(frozenset({ID[1], "nobody"}))
    assert isinstance(left, Pin)
    assert left.seats == ((ID[0], "G01"), (ID[2], "Blue"))
    assert left.elsewhere == pin.elsewhere
    assert left.named_groups(ROSTER) == {0: "G01", 2: "Blue"}
    assert pin.without(frozenset({ID[0], ID[1], ID[2]})) is None
    assert pin.without(frozenset()) == pin


def test_pins_know_of_each_other_but_not_of_themselves() -> None:
    one, other = Pin(((ID[0], "G01"),)), Pin(((ID[1], "g1"), (ID[2], "G02")))
    known = one.among((one, other))
    assert isinstance(known, Pin)
    assert known.elsewhere == other.seats
    alone = Seating(np.array([0, 1]), np.array([0, 1]), 2)
    assert known.shortfall(ROSTER, None, alone).tolist() == [1, 1]  # type: ignore[arg-type]
    assert one.shortfall(ROSTER, None, alone).tolist() == [0, 0]  # type: ignore[arg-type]


def crowds() -> list[set[int]]:
    return [{0, 1, 2}, {2, 3}, {5}]


@pytest.mark.parametrize(
    "members", [members for size in (1, 2, 4) for members in combinations(range(6), size)]
)
def test_crowds_are_counted_and_missed_as_plain_sets_say(members: tuple[int, ...]) -> None:
    seating = Seating(np.array(members), np.zeros(len(members), dtype=np.int64), 1)
    found = LISTS.crowded(ROSTER, seating)
    counts = dict(zip(found.crowd.tolist(), found.count.tolist(), strict=True))
    here = {
        at: len(crowd & set(members)) for at, crowd in enumerate(crowds()) if crowd & set(members)
    }
    assert counts == here
    mates = set.union(set(), *(crowds()[at] for at in here)) - set(members)
    assert LISTS.mates(ROSTER, np.array(members)).tolist() == sorted(mates)
    whole = (3, 2, 2)
    lacking = sum(whole[at] - count for at, count in here.items())
    assert Together(LISTS).shortfall(ROSTER, None, seating).tolist() == [lacking]  # type: ignore[arg-type]
    met = sum(count * (count - 1) // 2 for count in here.values())
    assert Apart(LISTS).shortfall(ROSTER, None, seating).tolist() == [met]  # type: ignore[arg-type]


def test_pairs_are_counted_by_crowds() -> None:
    assert LISTS.sizes(ROSTER).tolist() == [3, 2, 1]
    assert LISTS.count(ROSTER) == 4
    assert Pairs(trait="municipality").count(ROSTER) == 4
    assert pairs_of(np.array([0, 1, 2, 5])).tolist() == [0, 0, 1, 10]
    in_model = LISTS.in_model(ROSTER, np.array([2, 4, 5]))
    assert [(crowd, who.tolist()) for crowd, who in in_model] == [
        (0, [True, False, False]),
        (1, [True, False, False]),
        (2, [False, False, True]),
    ]


@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        (("G01", "Blue"), ()),
        (("1", "blue"), ()),
        (("Blue", "G01"), (0, 2)),
        (("G01", "Red"), (2,)),
        (("G02", "Blue"), (0,)),
    ],
)
def test_a_grouping_with_names_seats_people_where_they_were_pinned(names, wrong) -> None:
    pin = Pin(((ID[0], "G01"), (ID[2], "Blue"), ("gone", "Red")))
    seats = Seating(np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1]), 2, names)
    breach = pin.overall(ROSTER, None, seats)  # type: ignore[arg-type]
    assert (() if breach is None else breach.people) == wrong
    assert breach is None or (breach.group, breach.amount) == (None, len(wrong))
    assert not pin.shortfall(ROSTER, None, seats).any()  # type: ignore[arg-type]
    assert pin.named_groups(ROSTER) == {0: "G01", 2: "Blue"}


def test_who_is_pinned_and_waits_is_in_the_wrong_place() -> None:
    pin = Pin(((ID[0], "G01"), (ID[2], "Blue"), (ID[3], "G01")))
    named = Seating(np.array([0, 1]), np.array([0, 0]), 1, ("G01",))
    breach = pin.overall(ROSTER, None, named)  # type: ignore[arg-type]
    assert breach is not None
    assert breach.people == (2, 3)
    assert not pin.shortfall(ROSTER, None, named).any()  # type: ignore[arg-type]
    nobody = np.empty(0, dtype=np.int64)
    breach = pin.overall(ROSTER, None, Seating(nobody, nobody, 0))  # type: ignore[arg-type]
    assert breach is not None
    assert breach.people == (0, 2, 3)
    nameless = Seating(np.array([0, 1]), np.array([0, 0]), 1)
    assert pin.overall(ROSTER, None, nameless) is None  # type: ignore[arg-type]


def test_a_group_without_a_name_lacks_those_of_its_members_and_has_those_of_others() -> None:
    pin = Pin(((ID[0], "A"), (ID[1], "a"), (ID[2], "B"), (ID[3], "C"), (ID[4], "B")))
    seats = Seating(np.array([0, 2, 3, 5, 6, 7, 1]), np.array([0, 0, 0, 1, 1, 2, 2]), 3)
    # Three names, of which two lack one; nobody who is pinned; one who lacks another.
    assert pin.shortfall(ROSTER, None, seats).tolist() == [4, 0, 1]  # type: ignore[arg-type]
    assert pin.breach(ROSTER, None, np.array([5, 2, 0]))[1] == (0, 2)  # type: ignore[arg-type]
    assert pin.lacks(ROSTER, None, np.array([0, 2])).tolist() == [1, 4]  # type: ignore[arg-type]
