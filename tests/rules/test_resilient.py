"""A group that can spare anybody: the model and the plain check mean the same, kind by kind."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.rules.test_contract import EXAMPLES, problem
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.plan import Plan
from vermegroup.rules.common import Common
from vermegroup.rules.different import Different
from vermegroup.rules.include import Include
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.same import Same
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread
from vermegroup.rules.spread_values import SpreadOfValues
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import Status, solve
from vermegroup.solver.search import Limits, Search

# Of the people in ``test_contract``: towns that repeat, and neighbours who share hours.
ROSTER = problem().roster
PEOPLE = (0, 1, 2, 3, 6, 7)
PLAN = Plan(groups=3, smallest=1, largest=5)
MORE = [
    Size(1, 3),
    Size(2, 4),
    Spread("years", 1),
    Spread("years", 20),
    SpreadOfValues("subject", 1),
    SpreadOfValues("subject", 2),
    SpreadOfValues("hours", 3, many=True),
    Include("experience", "new", 0, 1),
    Include("experience", "new", 1, 2),
    NotAlone("municipality", "Town 0"),
    Ratio("experience", "new", "mid", 1, 2),
    Ratio("experience", "mid", "new", 0, 1),
    Ratio("experience", "new", "mid", 2),
    Common("hours", 2),
    Different("municipality"),
    Same("subject"),
]
KINDS = [
    *(
        example.kind
        for example in EXAMPLES
        if Role.RULE in example.kind.roles and example.kind.outlives_absence
    ),
    *MORE,
]
GROUPS = [members for size in range(1, 5) for members in combinations(PEOPLE, size)]


def spares(rule: Resilient, kinds: tuple[Kind, ...], members: tuple[int, ...]) -> tuple[bool, int]:
    """Whether the model of this group keeps all rules, and its measure of the preference."""
    required, wished = grouped(members), grouped(members)
    for kind in (*kinds, rule):
        kind.require(ROSTER, PLAN, required, 0)
    for kind in kinds:
        kind.require(ROSTER, PLAN, wished, 0)
    wished.maximise(rule.express(ROSTER, PLAN, wished, 0))
    answers = [solve(model.cp, Search(Limits()), effort=5) for model in (required, wished)]
    return answers[0].status is not Status.INFEASIBLE, answers[1].objective or 0


def grouped(members: tuple[int, ...]) -> Neighbourhood:
    """A model of just this group; the others are there, and sit in no group."""
    model = Neighbourhood(np.array(PEOPLE), 1, PLAN, None, everyone=False)
    for place, person in enumerate(PEOPLE):
        here = int(person in members)
        model.limit(model.seated(place, 0), at_least=here, at_most=here)
    return model


def kept(kind: Kind, members: tuple[int, ...]) -> bool:
    people = np.array(members, dtype=np.int64)
    alone = Seating(people, np.zeros_like(people), 1)
    return int(kind.shortfall(ROSTER, PLAN, alone)[0]) == 0


def plainly(kind: Kind, members: tuple[int, ...]) -> bool:
    """Every member away in turn, asked of the kind's own check."""
    return all(
        kept(kind, tuple(person for person in members if person != gone)) for gone in members
    )


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_a_group_spares_a_member_in_the_model_where_the_check_says_so(number: int) -> None:
    kind = KINDS[number]
    rule = Resilient((kind,))
    found = set()
    for members in GROUPS:
        if not kept(kind, members):
            continue
        expected = plainly(kind, members)
        assert kept(rule, members) == expected, members
        assert spares(rule, (kind,), members) == (expected, int(expected)), members
        found.add(expected)
    assert found


def test_a_group_of_one_shares_whatever_it_likes_when_nobody_is_left() -> None:
    """Not that such groups are formed: but conflicts are looked for without the rule on sizes."""
    assert kept(Resilient((Common("hours"),)), (0,))
    assert not kept(Resilient((Size(2, 5), Common("hours"))), (0, 1))
    assert not kept(Resilient((Include("experience", "new", 1),)), (0,))
