"""Who is told to be concerned where a group breaks a rule, kind by kind."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.rules.apart import Apart
from vermegroup.rules.different import Different
from vermegroup.rules.include import Include
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.pin import Pin
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.same import Same
from vermegroup.rules.selectors.acquaintance import Acquaintance
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.size import Size
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.tier import tier_of
from vermegroup.rules.together import Together

# 0 to 2 are from Turku, 3 and 4 from Oulu, 5 and 6 from Salo, 7 from Kemi.
TOWN = "municipality"
TOWNS = ["Turku"] * 3 + ["Oulu"] * 2 + ["Salo"] * 2 + ["Kemi"]
ROSTER = roster_of([Person(town, at) for at, town in enumerate(TOWNS)])
IDS = tuple(map(str, ROSTER.ids))
LISTS = Pairs((IDS[:3], IDS[3:5], (IDS[5], IDS[7])))
MORE = Pairs(((IDS[0], IDS[1], IDS[7]),))
BEFORE = Acquaintance((EarlierGroups("a", (IDS[:2], IDS[2:5])), EarlierGroups("b", (IDS[4:6],))))


@pytest.mark.parametrize(
    ("kind", "members", "concerned"),
    [
        (Size(4, 5), (0, 3, 5), (0, 3, 5)),
        (Different(TOWN), (0, 1, 3, 5), (0, 1)),
        (Different(TOWN), (0, 1, 3, 4, 5), (0, 1, 3, 4)),
        (Different(TOWN, 2), (0, 1, 2, 3, 4), (0, 1, 2)),
        (Same(TOWN), (0, 1, 3), (3,)),
        (Same(TOWN), (0, 3, 4, 7), (0, 7)),
        (Include(TOWN, "Turku", 0, 1), (0, 1, 3), (0, 1)),
        (Include(TOWN, "Turku", 2), (0, 3, 5), (0, 3, 5)),
        (Include(TOWN, "Turku", 1, 1), (0, 2, 5), (0, 2)),
        (NotAlone(TOWN, "Turku"), (1, 3, 4), (1,)),
        (Ratio(TOWN, "Turku", "Oulu", 2), (0, 3, 7), (0, 3)),
        (Ratio(TOWN, "Turku", "Oulu", 0, 1), (1, 2, 4, 7), (1, 2, 4)),
        (Apart(LISTS), (0, 1, 3, 7), (0, 1)),
        (Apart(LISTS), (0, 1, 3, 4, 7), (0, 1, 3, 4)),
        (Apart(Pairs(trait=TOWN)), (0, 3, 4), (3, 4)),
        (Together(LISTS), (0, 1, 3, 4), (0, 1)),
        (Together(LISTS), (0, 1, 2, 3, 7), (3, 7)),
        (Together(Pairs(trait=TOWN)), (0, 1, 2, 5), (5,)),
        (Pin(tuple(zip(IDS[:3], "AAB", strict=True))), (0, 2, 5), (0, 2)),
        (Strangers(BEFORE), (0, 1, 2, 5), (0, 1)),
        (Strangers(BEFORE), (2, 3, 5, 7), (2, 3)),
        (Strangers(BEFORE), (1, 3, 4, 5), (3, 4, 5)),
        (Resilient((Include(TOWN, "Turku", 1),)), (0, 3, 5), (0,)),
        (Resilient((Include(TOWN, "Oulu", 1), NotAlone(TOWN, "Turku"))), (0, 1, 3), (0, 1, 3)),
    ],
)
def test_those_concerned_are_told(kind: Kind, members: tuple[int, ...], concerned) -> None:
    sentence, people = kind.breach(ROSTER, Plan(2, 2, 5), np.array(members))
    assert people == concerned
    assert len({str(sentence), sentence.in_("fi"), sentence.in_("sv")}) == 3


@pytest.mark.parametrize(
    ("kind", "members", "others"),
    [
        (Together(LISTS), (0, 3, 6), [1, 2, 4]),
        (Together(Pairs(trait=TOWN)), (0, 7), [1, 2]),
        (Pin(tuple(zip(IDS[:4], "AABB", strict=True))), (0, 5), [1]),
        (Size(2, 5), (0, 1), []),
        (
            tier_of([Together(LISTS), Size(2, 5), Together(MORE)], [Fraction(1)] * 3),
            (0, 3),
            [1, 2, 4, 7],
        ),
        (tier_of([Size(2, 5), Same(TOWN)], [Fraction(1)] * 2), (0, 3), []),
    ],
)
def test_those_whom_a_group_cannot_do_without(kind: Kind, members, others: list[int]) -> None:
    assert kind.lacks(ROSTER, Plan(2, 2, 5), np.array(members)).tolist() == others


def test_mates_of_earlier_groups_are_those_of_any_file() -> None:
    assert BEFORE.mates(ROSTER, np.array([4])).tolist() == [2, 3, 5]
    assert BEFORE.mates(ROSTER, np.array([0, 7])).tolist() == [1]
    assert BEFORE.mates(ROSTER, np.array([6, 7])).tolist() == []
    assert BEFORE.sizes(ROSTER).tolist() == [2, 3, 2]
    assert [codes.tolist() for codes in BEFORE.codes(ROSTER)] == [
        [0, 0, 1, 1, 1, -1, -1, -1],
        [-1, -1, -1, -1, 0, 0, -1, -1],
    ]
