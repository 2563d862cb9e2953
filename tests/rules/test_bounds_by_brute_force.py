"""Bounds and certificates of every kind beside all groupings of a handful of people.

What a kind says of all groupings must be true of each of them, and not idle: of some kinds the
bound is the best that can be, of the others it is attained as often as noted here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.exact_judge import Members, groupings
from vermegroup.domain.grouping import EarlierGroups, Seating
from vermegroup.domain.kind import Kind, Role, Sense, Total
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.rules.apart import Apart
from vermegroup.rules.balance import Balance
from vermegroup.rules.balance_of_several import BalanceOfSeveral
from vermegroup.rules.balance_shares import BalanceOfShares
from vermegroup.rules.common import Common
from vermegroup.rules.different import Different
from vermegroup.rules.distance import distance
from vermegroup.rules.include import Include
from vermegroup.rules.keep import Keep
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.same import Same
from vermegroup.rules.selectors.acquaintance import Acquaintance
from vermegroup.rules.selectors.distances import Feature, InFile, InTraits, distances_of
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread
from vermegroup.rules.spread_values import SpreadOfValues
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.tier import tier_of
from vermegroup.rules.together import Together
from vermegroup.rules.wishes import Wishes
from vermegroup.solver.goals import outside

IDS = [f"SYN-{number:03d}" for number in range(1, 8)]
BEFORE = Acquaintance((EarlierGroups("before.csv", (tuple(IDS[:3]), tuple(IDS[3:5]))),))
LISTS = Pairs(((IDS[0], IDS[1]), (IDS[2], IDS[3], IDS[4])))
TOWNS = Pairs(trait="municipality")
TOWNS_APART = distances_of({"municipality": Fraction(1)})
# Such as one roster has them; bounds are of these very factors, whoever is there.
NUMBERS = InTraits(
    (), (Feature("years", "numbers", 0, 1000, 6), Feature("years", "numbers", 1, 7, 3))
)
MIXED = InTraits(
    (),
    (
        Feature("years", "numbers", 0, 500, 20),
        Feature("subject", "categories", 0, 333, 1),
        Feature("hours", "sets", 0, 167, 1),
    ),
    gower=True,
)
PAIRS = InFile(
    PairWeights(
        "pairs.csv",
        tuple((a, b, (7 * at) % 5) for at, (a, b) in enumerate(combinations(IDS, 2)) if at % 6),
        2,
    )
)
SIZES = ((2, 2), (2, 3), (2, 4), (3, 3), (3, 4), (1, 3))
KINDS: dict[str, Kind] = {
    "size": Size(2, 4, 3),
    "size of many": Size(2, 4, 4),
    "different": Different("municipality"),
    "different 2": Different("municipality", 2),
    "same": Same("municipality"),
    "include": Include("experience", "new", 1),
    "include 2": Include("experience", "new", 2),
    "include at most": Include("experience", "new", 0, 1),
    "include exactly": Include("experience", "new", 1, 1),
    "ratio": Ratio("experience", "new", "experienced", 2),
    "ratio at most": Ratio("experience", "new", "experienced", 0, 1),
    "ratio both": Ratio("experience", "new", "mid", 1, 2),
    "not alone": NotAlone("experience", "new"),
    "together": Together(LISTS),
    "together of towns": Together(TOWNS),
    "apart": Apart(LISTS),
    "apart of towns": Apart(TOWNS),
    "spread": Spread("years", Fraction(6)),
    "spread of values": SpreadOfValues("subject", 2),
    "spread of sets": SpreadOfValues("hours", 3, many=True),
    "balance": Balance("years", Fraction(2)),
    "balance of shares": BalanceOfShares("subject", Fraction(30)),
    "balance of sets": BalanceOfShares("hours", Fraction(40), many=True),
    "common": Common("hours"),
    "strangers": Strangers(BEFORE),
    "keep": Keep(BEFORE),
    "wishes": Wishes("wishes"),
    "distance in kilometres": distance(TOWNS_APART, each_at_most=Fraction(80)),
    "distance at least": distance(TOWNS_APART, at_least=Fraction(120)),
    "distance in numbers": distance(NUMBERS, "most", at_most=Fraction(3)),
    "distance of the alike": distance(NUMBERS, "least", Fraction(1), Fraction(3)),
    "distance by Gower": distance(MIXED, "most", Fraction(3, 2)),
    "distance in a file": distance(PAIRS, "most", Fraction(2)),
    "distance in a file, least": distance(PAIRS, at_most=Fraction(1)),
    "balance of several": BalanceOfSeveral(
        ("years", "subject", "hours"), ("years",), ("numbers", "categories", "sets")
    ),
    "balance of names": BalanceOfSeveral(("municipality",), (), ("categories",)),
    "place everyone": PlaceEveryone(),
    "tier": tier_of([Spread("years"), Same("subject")], [Fraction(1, 3), Fraction(2)]),
    "resilient": Resilient((Size(2, 5), Include("experience", "new", 1))),
    "resilient of two": Resilient((NotAlone("experience", "new"),)),
    "resilient ratio": Resilient((Ratio("experience", "new", "experienced", 1, 2),)),
}


# Of each kind: of how many plans the bound is the best there is, and how many are ruled out.
EXPECTED = {
    "size": (173, 32),
    "size of many": (173, 32),
    "different": (171, 111),
    "different 2": (173, 32),
    "same": (150, 84),
    "include": (173, 77),
    "include 2": (173, 149),
    "include at most": (163, 51),
    "include exactly": (163, 128),
    "ratio": (160, 34),
    "ratio at most": (136, 95),
    "ratio both": (111, 88),
    "not alone": (138, 60),
    "together": (84, 45),
    "together of towns": (92, 83),
    "apart": (160, 70),
    "apart of towns": (146, 111),
    "spread": (173, 120),
    "spread of values": (173, 46),
    "spread of sets": (170, 35),
    "balance": (41, 0),
    "balance of shares": (48, 0),
    "balance of sets": (63, 0),
    "common": (113, 6),
    "strangers": (158, 79),
    "keep": (109, 0),
    "wishes": (11, 0),
    "distance in kilometres": (127, 6),
    "distance at least": (55, 128),
    "distance in numbers": (43, 4),
    "distance of the alike": (103, 109),
    "distance by Gower": (53, 148),
    "distance in a file": (45, 80),
    "distance in a file, least": (88, 15),
    "balance of several": (2, 0),
    "balance of names": (55, 0),
    "place everyone": (173, 0),
    "tier": (83, 0),
    "resilient": (89, 155),
    "resilient of two": (69, 75),
    "resilient ratio": (28, 0),
}
EXPECTED_LAYERED = 48


@dataclass(frozen=True)
class Tried:
    """A plan and the values and shortfalls of all groupings that it allows."""

    problem: Problem
    plan: Plan
    seatings: tuple[Seating, ...]

    def keeping(self, kinds: Sequence[Kind]) -> list[Seating]:
        roster, plan = self.problem.roster, self.plan
        return [
            seating
            for seating in self.seatings
            if not any(kind.shortfall(roster, plan, seating).any() for kind in kinds)
        ]

    def kept(self, kind: Kind) -> bool:
        return any(self.keeping((kind, *kind.others)))


def people(chance: random.Random, count: int) -> list[Person]:
    few, towns = chance.choice((2, 3, 12)), chance.choice((2, 3))
    return [
        Person(
            f"Town {min(chance.randrange(towns), chance.randrange(towns))}",
            chance.choice((1, 3, 6, 11, 20)[:few] if few < 4 else range(few)),
            f"Subject {chance.randrange(3)}",
            tuple(f"Hour {hour}" for hour in chance.sample(range(4), chance.randint(1, 3))),
            tuple(other for other in chance.sample(range(count), 2) if other != at),
        )
        for at in range(count)
    ]


@lru_cache(maxsize=8)
def rosters() -> tuple[Problem, ...]:
    chance = random.Random("bounds")
    return tuple(problem_from(people(chance, count)) for count in (4, 5, 5, 6, 6))


def seated(groups: Sequence[Members]) -> Seating:
    members = np.array([p for group in groups for p in group], dtype=np.int64)
    number = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return Seating(members, number, len(groups))


@lru_cache(maxsize=1)
def tried() -> tuple[Tried, ...]:
    return tuple(case for problem in rosters() for case in of_roster(problem))


def of_roster(problem: Problem) -> Iterator[Tried]:
    """Every plan with all that it allows; and with certain sizes, those of these sizes."""
    every = [grouping for grouping in groupings(len(problem.roster), 1) if grouping]
    for low, high in SIZES:
        allowed = [
            grouping for grouping in every if all(low <= len(group) <= high for group in grouping)
        ]
        for number in range(1, len(problem.roster) // low + 1):
            here = [grouping for grouping in allowed if len(grouping) == number]
            full = [grouping for grouping in here if sum(map(len, grouping)) == len(problem.roster)]
            yield trial(problem, Plan(number, low, high, everyone=False), here)
            yield trial(problem, Plan(number, low, high), full)
            of_sizes: dict[tuple[int, ...], list[tuple[Members, ...]]] = {}
            for grouping in full:
                sizes = tuple(sorted(map(len, grouping), reverse=True))
                of_sizes.setdefault(sizes, []).append(grouping)
            for sizes, some in of_sizes.items():
                yield trial(problem, Plan(number, low, high, sizes=sizes), some)


def trial(problem: Problem, plan: Plan, groups: Sequence[Sequence[Members]]) -> Tried:
    return Tried(problem, plan, tuple(map(seated, groups)))


def for_plan(kind: Kind, plan: Plan) -> Kind:
    """A rule on sizes has those of the plan."""
    if isinstance(kind, Resilient):
        return replace(kind, others=tuple(for_plan(other, plan) for other in kind.others))
    if not isinstance(kind, Size):
        return kind
    prefer = min(max(kind.prefer or 0, plan.smallest), plan.largest)
    return Size(plan.smallest, plan.largest, prefer)


def judged(any_kind: Kind) -> tuple[int, int]:
    """How often the bound is the best that can be, and how many plans the kind rules out.

    Fails where either is wrong.
    """
    attained = certified = 0
    for case in tried():
        roster, plan = case.problem.roster, case.plan
        kind = for_plan(any_kind, plan)
        proof = kind.certificate(roster, plan) if Role.RULE in kind.roles else None
        certified += proof is not None
        assert proof is None or not case.kept(kind), (plan, proof)
        # Bounds that count on other rules speak of groupings that keep them.
        seatings = case.keeping(kind.others)
        if not seatings:
            continue
        values = [kind.value_of(roster, plan, seating) for seating in seatings]
        best = max(values) if kind.sense is Sense.MOST else min(values)
        bound = kind.bound(roster, plan)
        assert (best - bound) * kind.sense.value >= 0, (plan, bound, best)
        reach = kind.reach(roster, plan) + kind.base(roster)
        assert kind.total is Total.WORST or max(map(abs, values)) <= reach
        attained += best == bound
        check_windows(kind, case, values, bound)
    return attained, certified


def check_windows(kind: Kind, case: Tried, values: Sequence[int], bound: int) -> None:
    """Every group is within the windows just where the value is reached."""
    targets = {bound, *values[:2]} if kind.total is Total.WORST else {bound}
    for target in targets:
        windows = kind.windows(case.problem.roster, case.plan, target)
        for value, seating in zip(values, case.seatings, strict=False):
            if windows is None:
                break
            reached = value <= target if kind.total is Total.WORST else value == target
            assert (not outside(windows, seating).any()) == reached, (case.plan, target, value)


@pytest.mark.parametrize("name", KINDS)
def test_bounds_and_certificates_are_true_and_not_idle(name: str) -> None:
    attained, certified = judged(KINDS[name])
    assert attained >= EXPECTED[name][0]
    assert certified >= EXPECTED[name][1]


def test_no_layered_grouping_passes_the_bound_on_balance() -> None:
    spread, balance = Spread("years"), Balance("years")
    attained = tested = 0
    for case in tried():
        roster = case.problem.roster
        if case.plan.sizes is None:
            continue
        most = spread.bound(roster, case.plan)
        plan = replace(case.plan, layered=frozenset({"years"}))
        layered = [s for s in case.seatings if spread.value_of(roster, plan, s) == most]
        if not layered:
            continue
        values = [balance.value_of(roster, plan, seating) for seating in layered]
        assert balance.bound(roster, plan) <= min(values)
        attained += balance.bound(roster, plan) == min(values)
        tested += 1
    assert attained >= EXPECTED_LAYERED
    assert tested > attained
