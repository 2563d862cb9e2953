"""How much room a rule has left with a number of groups, kind by kind."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.rules.apart import Apart
from vermegroup.rules.common import Common
from vermegroup.rules.different import Different
from vermegroup.rules.include import Include
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.pin import Pin
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.same import Same
from vermegroup.rules.selectors.acquaintance import Acquaintance
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.size import Size
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.together import Together

# Of twelve people five are from Turku, four from Oulu and three from Salo.
TOWNS = ["Turku"] * 5 + ["Oulu"] * 4 + ["Salo"] * 3
ROSTER = roster_of(
    [Person(town, at, hours=("ma",) if at else ("ma", "ti")) for at, town in enumerate(TOWNS)]
)
IDS = tuple(map(str, ROSTER.ids))
TOWN = "municipality"
BEFORE = Acquaintance((EarlierGroups("a", (IDS[:2], IDS[2:4])), EarlierGroups("b", (IDS[:3],))))


@pytest.mark.parametrize(
    ("kind", "slack"),
    [
        (Size(2, 5), 6),  # twelve people, and three groups of two need six
        (Size(5, 6), -3),
        (Different(TOWN), -2),  # five from Turku, and a seat in each group
        (Different(TOWN, 2), 1),
        (Include(TOWN, "Turku", 1), 2),
        (Include(TOWN, "Turku", 2), -1),
        (Include(TOWN, "Turku", 0, 2), 1),
        (Include(TOWN, "Turku", 0, 1), -2),
        (Include(TOWN, "Turku", 1, 2), 1),
        (Include(TOWN, "Turku", 1, 3), 2),
        (Include(TOWN, ("Oulu", "Salo"), 2), 1),
        (Ratio(TOWN, "Turku", "Salo", 1), 2),
        (Ratio(TOWN, "Turku", "Salo", 2), -1),
        (Ratio(TOWN, "Turku", "Salo", 0, 2), 1),
        (Ratio(TOWN, "Turku", "Salo", 1, 2), 1),
        (NotAlone(TOWN, "Salo"), 1),
        (NotAlone(TOWN, "nobody's"), 0),
        (Together(Pairs(trait=TOWN)), 0),
        (Together(Pairs((IDS[:2], IDS[1:4]))), 1),
        (Apart(Pairs(trait=TOWN)), -2),
        (Apart(Pairs((IDS[:2], IDS[2:5]))), 0),
        (Pin(tuple((id_, "A") for id_ in IDS[:3])), 2),
        (Pin(((IDS[0], "A"), (IDS[1], "B")), ((IDS[2], "a"),)), 3),
        (Strangers(BEFORE), 0),
        (Strangers(Acquaintance((EarlierGroups("none", ()),))), 3),
        (Same(TOWN), None),
        (Common("hours"), None),
    ],
)
def test_the_room_that_three_groups_of_two_to_five_leave(kind: Kind, slack: int | None) -> None:
    margin = kind.margin(ROSTER, Plan(3, 2, 5))
    assert margin is not None
    assert margin.slack == slack


def test_who_may_wait_makes_a_ratio_open() -> None:
    margin = Ratio(TOWN, "Turku", "Salo", 1).margin(ROSTER, Plan(3, 2, 5, everyone=False))
    assert margin.slack is None


@pytest.mark.parametrize(
    ("kind", "absences"),
    [
        (Size(2, 5), 7),
        (Include(TOWN, "Turku", 1), 3),
        (Include(TOWN, "Turku", 1, 2), 3),
        (Include(TOWN, "Turku", 0, 2), None),
        (Different(TOWN, 2), None),
    ],
)
def test_absences_that_use_the_room_up(kind: Kind, absences: int | None) -> None:
    margin = kind.margin(ROSTER, Plan(3, 2, 5))
    assert margin is not None
    assert (margin.reserve.absences if margin.reserve else None) == absences


def test_who_waits_can_step_in_and_leaves_seats_free() -> None:
    """Ten of twelve are placed: five more fit into three groups of five."""
    margin = Size(2, 5).margin(ROSTER, Plan(3, 2, 5, placed=10))
    assert margin.slack == 6
    assert "5 people can still join, or 6 people leave" in str(margin.sentence)


def test_nobody_shares_what_nobody_is_there_to_share() -> None:
    assert Common("hours").margin(ROSTER.subset([]), Plan(1, 2, 5)) is None
    margin = Common("hours").margin(ROSTER, Plan(3, 2, 5))
    assert margin is not None
    assert str(margin.sentence).endswith("so it is with 11 people")
