"""Every kind shows all its faces, and they agree with each other.

Each kind brings a rule, or a preference, with a group that keeps it and one that breaks it. A
kind without an example here, or with a face missing or out of step, fails.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.intake.pair_weights import read_named_weights, read_pair_weights
from vermegroup.intake.pipeline import read_earlier, read_named
from vermegroup.language.catalogues import languages
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.apart import Apart
from vermegroup.rules.balance import Balance
from vermegroup.rules.balance_of_several import BalanceOfSeveral
from vermegroup.rules.balance_shares import BalanceOfShares
from vermegroup.rules.common import Common
from vermegroup.rules.different import Different
from vermegroup.rules.distance import distance
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.include import Include
from vermegroup.rules.keep import Keep
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.pin import Pin
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.priority import Priority
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.registry import KINDS
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.same import Same, SplitBy
from vermegroup.rules.selectors.acquaintance import Acquaintance
from vermegroup.rules.selectors.distances import InFile, distances_of
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.selectors.ranges import read_stretch
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread
from vermegroup.rules.spread_values import SpreadOfValues
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.tier import tier_of
from vermegroup.rules.together import Together
from vermegroup.rules.wishes import Wishes
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import Status, solve
from vermegroup.solver.goals import goal_at, outside
from vermegroup.solver.search import Limits, Search

# Twelve people: two of each of six towns, with years 0, 2, 4, … 22.
# The subject changes every three people, and each has two free hours, from (0, 1) to (5, 6).
# Each wishes to be with the next one and with the fifth from there.
PEOPLE = [
    Person(
        f"Town {number % 6}",
        2 * number,
        f"Subject {number // 3}",
        (f"Hour {number // 2}", f"Hour {number // 2 + 1}"),
        ((number + 1) % 12, (number + 5) % 12),
    )
    for number in range(12)
]


@dataclass(frozen=True)
class Example:
    """A kind with its fields, a group that keeps it as a rule, and one that breaks it.

    A kind that is never a rule has no such groups.
    """

    kind: Kind
    keeps: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()


TIER = tier_of([SpreadOfValues("subject"), Spread("years")], [Fraction(3), Fraction(1, 2)])
TRIO = ("SYN-003", "SYN-004", "SYN-005")
EARLIER = Path(__file__).parent / "earlier.csv"
WEIGHTS = Path(__file__).parent / "pairs.csv"
BEFORE = Acquaintance((read_earlier(EARLIER, str(EARLIER)),))
# A thirteenth person, so that three share a town.
ROSTER = problem_from([*PEOPLE, Person("Town 0", 24, "Subject 0", ("Hour 6",))]).roster
TOWNS = distances_of({"municipality": Fraction(1)})
PAIRS = InFile(read_pair_weights(WEIGHTS, str(WEIGHTS)))
EUCLID, GOWER = (
    distances_of(weights).suited(ROSTER)
    for weights in (
        {"years": Fraction(2)},
        {"years": Fraction(1), "subject": Fraction(1), "hours": Fraction(1, 2)},
    )
)
EXAMPLES = [
    Example(Size(3, 5, 4), (0, 1, 2), (0, 1)),
    Example(Different("municipality"), (0, 1, 2), (0, 6, 1)),
    Example(Different("municipality", at_most=2), (0, 6, 1), (0, 6, 12)),
    Example(Include("experience", "new", 1), (0, 5, 6), (5, 6, 7)),
    Example(Include("experience", "new", 1, 1), (0, 5, 6), (0, 1, 2)),
    Example(Include("experience", "mid", 0, 1), (0, 4, 6), (3, 4, 0)),
    Example(Include("municipality", ("Town 0", "Town 5"), 2), (0, 5, 1), (0, 1, 2)),
    Example(Include("years", read_stretch("5-10"), 1, 1), (0, 3, 6), (3, 4, 6)),
    Example(Same("municipality"), (0, 6, 12), (0, 6, 1)),
    Example(NotAlone("experience", "new"), (0, 1, 5), (2, 5, 6)),
    Example(NotAlone("years", read_stretch("below 3")), (5, 6, 7), (0, 5, 6)),
    Example(Together(Pairs((("SYN-001", "SYN-002"), TRIO))), (0, 1, 6), (0, 2, 3, 4)),
    Example(Together(Pairs(trait="municipality")), (1, 7, 2, 8), (1, 2, 3)),
    Example(Apart(Pairs((("SYN-001", "SYN-003"), TRIO))), (0, 1, 4), (0, 2, 6)),
    Example(Apart(Pairs(trait="municipality")), (0, 1, 2), (0, 6, 1)),
    Example(Pin((("SYN-001", "G01"), ("SYN-002", "g1"), ("SYN-003", "G2"))), (0, 1, 6), (0, 1, 2)),
    Example(Pin((("SYN-001", "A"),), (("SYN-002", "a"), ("SYN-013", "B"))), (0, 1, 6), (0, 2, 3)),
    Example(Spread("years", 10), (0, 5, 6), (0, 1, 2)),
    Example(SpreadOfValues("subject", 3), (0, 3, 6), (0, 1, 3, 4)),
    Example(SpreadOfValues("hours", 5, many=True), (0, 4, 8), (0, 1, 2, 3)),
    Example(Balance("years", 2), (4, 5, 6, 7), (0, 1, 2)),
    Example(Ratio("experience", "new", "experienced", 1), (0, 1, 6), (0, 5, 6)),
    Example(Ratio("experience", "mid", "new", 0, 2), (0, 3, 4), (3, 4, 5)),
    Example(Ratio("experience", ("new", "mid"), "experienced", 1, 2), (0, 3, 6), (0, 1, 2, 6)),
    Example(SplitBy("municipality"), (0, 6, 12), (0, 1, 2)),
    Example(BalanceOfShares("subject", Fraction(15)), (0, 3, 6, 9), (0, 1, 3, 6)),
    Example(BalanceOfShares("hours", Fraction(40), many=True), (0, 3, 6, 9), (0, 1, 2)),
    Example(EvenSizes(), (0, 1, 2, 3), (0, 1, 2)),
    Example(Common("hours"), (0, 1, 2, 3), (0, 1, 2, 4)),
    Example(Common("hours", 2), (0, 1), (0, 1, 2)),
    Example(Strangers(BEFORE), (0, 3, 5), (0, 3, 4)),
    Example(Keep(BEFORE)),
    Example(Wishes("wishes")),
    Example(TIER),
    Example(tier_of([*TIER.kinds, Different("municipality")], [*TIER.weights, Fraction(2)])),
    Example(Priority("years")),
    Example(PlaceEveryone(), tuple(range(12)), (0, 1, 2)),
    Example(Resilient((Size(3, 5), Include("experience", "new", 1))), (0, 1, 5, 6), (0, 5, 6, 7)),
    Example(Resilient((Size(2, 5), Spread("years", 10))), (0, 3, 8, 11), (0, 1, 6)),
    Example(Size(4, 4, 4), (0, 1, 2, 3), (0, 1, 2)),
    Example(distance(TOWNS, each_at_most=Fraction(120)), (0, 2, 6), (0, 3, 6)),
    Example(distance(TOWNS, at_least=Fraction(300)), (0, 3, 5), (0, 1, 2)),
    Example(distance(EUCLID, "most", at_most=Fraction(15)), (0, 1, 2), (0, 1, 5, 10, 11)),
    Example(distance(EUCLID, "least", at_least=Fraction(2)), (0, 5, 11), (0, 1, 2)),
    Example(distance(GOWER, "most", Fraction(1), Fraction(5, 2)), (0, 4, 8), (0, 1, 2)),
    Example(distance(PAIRS, None, Fraction(1, 2), Fraction(7)), (0, 2, 6), (0, 1, 2, 4)),
    Example(distance(PAIRS, "most", each_at_most=Fraction(5, 2)), (0, 2, 6), (0, 1, 2)),
    Example(BalanceOfSeveral(("years", "subject", "hours"), ("years",)).suited(ROSTER)),
    Example(BalanceOfSeveral(("years", "municipality"), ()).suited(ROSTER)),
]
# Kinds that, of certain sizes, tell by windows which groupings are at their bound.
WINDOWED = {"priority", "size", "even_sizes", "place_everyone", "spread", "balance"}
# Kinds of which an example is kept by no grouping at random, or by none at all.
SELDOM_KEPT = {"size", "include", "same", "split_by", "ratio", "together", "common", "resilient"}
IDS = [f"{example.kind.kind}-{number}" for number, example in enumerate(EXAMPLES)]
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=IDS)
every_rule = pytest.mark.parametrize(
    "example", [example for example in EXAMPLES if Role.RULE in example.kind.roles]
)


def problem() -> Problem:
    return problem_from([*PEOPLE, Person("Town 0", 24, "Subject 0", ("Hour 6",))])


def plan() -> Plan:
    return Plan(groups=3, smallest=3, largest=5)


def one_group(members: tuple[int, ...]) -> Seating:
    return Seating(np.array(members), np.zeros(len(members), dtype=np.int64), 1)


def test_every_kind_has_an_example() -> None:
    assert {type(example.kind) for example in EXAMPLES} >= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_face_is_missing(kind: type[Kind]) -> None:
    assert not kind.__abstractmethods__
    assert kind.kind
    assert kind.roles


@every_example
def test_the_sentence_is_told_in_every_language(example: Example) -> None:
    for role in example.kind.roles:
        sentence = example.kind.sentence(role)
        sentences = [sentence.in_(language) for language in languages()]
        assert all(sentences)
        assert len(set(sentences)) == len(sentences)


@every_rule
def test_the_check_tells_a_group_that_keeps_it_from_one_that_breaks_it(example: Example) -> None:
    kind, roster = example.kind, problem().roster
    planned = replace(plan(), groups=1 if kind.seats_everyone else 3)
    kept, broken = one_group(example.keeps), one_group(example.breaks)
    if kind.seats_everyone:
        roster = problem_from(PEOPLE).roster
        assert kind.overall(roster, planned, kept) is None
        breach = kind.overall(roster, planned, broken)
        assert breach is not None
        assert set(breach.people) == set(range(12)) - set(example.breaks)
        return
    roster = roster if kind.kind != "even_sizes" else problem_from(PEOPLE).roster
    assert kind.shortfall(roster, planned, kept)[0] == 0
    assert kind.shortfall(roster, planned, broken)[0] > 0
    sentence, people = kind.breach(roster, planned, np.array(example.breaks))
    assert set(people) <= set(example.breaks)
    assert people
    assert all(sentence.in_(language) for language in languages())


@every_rule
def test_the_constraints_agree_with_the_check(example: Example) -> None:
    """On random groups of the roster: feasible exactly where the check finds no shortfall."""
    roster, planned = problem().roster, plan()
    chance = random.Random(example.kind.kind)
    for _ in range(25):
        members = np.array(sorted(chance.sample(range(13), chance.randint(3, 5))))
        model = fixed_model(members, planned)
        example.kind.require(roster, planned, model, 0)
        answer = solve(model.cp, Search(Limits()), effort=5)
        kept = example.kind.shortfall(roster, planned, one_group(tuple(members)))[0] == 0
        assert (answer.status is not Status.INFEASIBLE) == kept, members


@every_example
def test_the_expression_is_at_best_the_measure(example: Example) -> None:
    roster, planned = problem().roster, plan()
    kind = example.kind
    chance = random.Random(kind.kind)
    for _ in range(15):
        members = np.array(sorted(chance.sample(range(13), chance.randint(3, 5))))
        model = fixed_model(members, planned)
        expression = kind.express(roster, planned, model, 0)
        if kind.sense is Sense.MOST:
            model.maximise(expression)
        else:
            model.minimise(expression)
        answer = solve(model.cp, Search(Limits()), effort=5)
        assert answer.status is Status.OPTIMAL
        assert answer.objective == kind.measure(roster, planned, one_group(tuple(members)))[0]


@pytest.mark.parametrize("placed_given", [False, True])
@every_example
def test_a_model_in_which_people_wait_agrees_with_the_check(
    example: Example, placed_given: bool
) -> None:
    """The rule in all of three groups, and their measures, whether or not it is told how many."""
    roster, kind = problem().roster, example.kind
    chance = random.Random(kind.kind)
    for _ in range(10):
        sizes = [chance.choice((3, 3, 4, 5)) for _ in range(3)]
        people = np.array(chance.sample(range(13), min(13, sum(sizes))))
        seating = Seating(people, np.repeat(np.arange(3), sizes)[: len(people)], 3)
        judged = replace(plan(), everyone=False, placed=len(people))
        planned = judged if placed_given else replace(judged, placed=None)
        wished, required = seated_model(seating, planned), seated_model(seating, planned)
        total = wished.sum_of([kind.express(roster, planned, wished, group) for group in range(3)])
        (wished.maximise if kind.sense is Sense.MOST else wished.minimise)(total)
        answer = solve(wished.cp, Search(Limits()), effort=5)
        assert answer.objective == kind.measure(roster, judged, seating).sum()
        if Role.RULE in kind.roles:
            for group in range(3):
                kind.require(roster, planned, required, group)
            answer = solve(required.cp, Search(Limits()), effort=5)
            kept = not kind.shortfall(roster, judged, seating).any()
            assert (answer.status is not Status.INFEASIBLE) == kept, seating


def seated_model(seating: Seating, planned: Plan) -> Neighbourhood:
    """A model of everybody in which just these people sit, in just these groups."""
    model = Neighbourhood(np.arange(13), seating.groups, planned, None, everyone=False)
    here = np.zeros((13, seating.groups), dtype=np.int64)
    here[seating.people, seating.group] = 1
    for (person, group), is_there in np.ndenumerate(here):
        model.limit(model.seated(person, group), at_least=int(is_there), at_most=int(is_there))
    return model


def fixed_model(members: np.ndarray, planned: Plan) -> Neighbourhood:
    return Neighbourhood(members, 1, planned, None, everyone=True)


@every_example
def test_no_grouping_passes_the_bound_and_windows_tell_who_reaches_it(example: Example) -> None:
    here = problem()
    planned = replace(plan(), sizes=(5, 4, 4))
    kind = example.kind
    goal = goal_at(here, planned, kind)
    windowed = kind == TIER or kind.kind in WINDOWED
    assert (goal.windows is not None) == (windowed and not isinstance(kind, BalanceOfSeveral))
    chance = np.random.default_rng(7)
    for _ in range(300):
        people = chance.permutation(13)
        seating = Seating(people, np.repeat(np.arange(3), planned.sizes), 3)
        # A bound that counts on other rules speaks of groupings that keep them.
        if any(r.shortfall(here.roster, planned, seating).any() for r in kind.others):
            continue
        value = kind.value_of(here.roster, planned, seating)
        assert not goal.better(value, goal.bound)
        if goal.windows is not None:
            reached = value == goal.bound if kind.total is Total.SUM else goal.reached(value)
            assert (not outside(goal.windows, seating).any()) == reached


@every_example
@pytest.mark.parametrize("everyone", [True, False])
def test_bounds_of_many_numbers_are_those_of_each(example: Example, everyone: bool) -> None:
    roster, planned = problem().roster, replace(plan(), everyone=everyone)
    numbers = np.array([1, 2, 3, 4, 3])
    each = [example.kind.bound(roster, replace(planned, groups=k)) for k in numbers.tolist()]
    assert example.kind.bounds(roster, planned, numbers).tolist() == each


@every_example
@pytest.mark.parametrize("size", [2, 5, 20])
def test_a_model_has_the_room_asked_for(example: Example, size: int) -> None:
    """What groups of those who are most alike, and least, come to is within reach."""
    kind, planned = example.kind, Plan(40 // size, size, size)
    people = [
        Person(
            f"Town {at % 2}",
            60 * (at % 2),
            f"S{at % 2}",
            (f"H{at % 2}",),
            tuple({*range(12)} - {at}),
        )
        for at in range(40)
    ]
    roster = problem_from(people).roster
    for order in (np.arange(40), np.argsort(np.arange(40) % 2, kind="stable")):
        seating = Seating(order, np.repeat(np.arange(planned.groups), size), planned.groups)
        value = int(kind.measure(roster, planned, seating).sum())
        assert kind.total is Total.WORST or abs(value) <= kind.reach(roster, planned)


@every_example
def test_what_members_share_is_told_by_whoever_asks_for_it(example: Example) -> None:
    kind = example.kind
    shared = kind.in_common(problem().roster, np.arange(2))
    assert shared == ({"hours": ("Hour 0", "Hour 1")} if kind.kind == "common" else {})


@every_example
def test_what_is_written_is_read_again(example: Example) -> None:
    kind = example.kind
    if isinstance(kind, (Size, SplitBy)):
        pytest.skip("stands in its own section")
    for role in kind.roles:
        section = "rules" if role is Role.RULE else "preferences"
        text = yaml.safe_dump({section: [kind.written()]}, sort_keys=False)
        book = rulebook_from_text(text, "test", earlier=read_named, weights=read_named_weights)
        suited = book.suited(problem().roster)
        assert kind in (suited.rules if role is Role.RULE else suited.preferences)


@every_example
def test_what_counting_rules_out_is_told_in_every_language_and_else_there_is_room(
    example: Example,
) -> None:
    here, kind = problem(), example.kind
    for groups in range(1, 7):
        planned = Plan(groups, 3, 5)
        certificate = kind.certificate(here.roster, planned)
        if certificate is not None:
            assert all(certificate.in_(language) for language in languages())
        margin = kind.margin(here.roster, planned)
        if margin is not None and margin.slack is not None and certificate is None:
            assert margin.slack >= 0


@every_rule
def test_a_number_of_groups_with_which_it_can_be_kept_is_not_ruled_out(example: Example) -> None:
    """By groupings at random, and the example's own group; all groupings are tried elsewhere."""
    roster, kind = problem().roster, example.kind
    chance = np.random.default_rng(7)
    kept = []
    for sizes in ((5, 4, 4), (5, 5, 3), (4, 3, 3, 3)):
        planned = Plan(len(sizes), 3, 5)
        for first in (example.keeps, ()):
            for _ in range(100):
                others = chance.permutation(np.setdiff1d(np.arange(13), first))
                people = np.concatenate([np.array(first, dtype=np.int64), others])
                seating = Seating(people, np.repeat(np.arange(len(sizes)), sizes), len(sizes))
                if not kind.shortfall(roster, planned, seating).any():
                    kept.append(planned)
    for planned in set(kept):
        assert kind.certificate(roster, planned) is None
        margin = kind.margin(roster, planned)
        assert margin is None or margin.slack is None or margin.slack >= 0
    assert kept or kind.kind in SELDOM_KEPT
