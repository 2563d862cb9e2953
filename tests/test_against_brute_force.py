"""Verdict and best values equal those of trying every grouping, on rosters of up to nine people."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest

from tests import brute_force as naive
from tests.brute_force import Naive, Person
from tests.builders import problem_from
from vermegroup.domain.kind import Sense
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

DEFAULT = """
rules:
  - different: municipality
  - include: {experience: new, at_least: 1}
  - include: {experience: experienced, at_least: 1}
  - place_everyone
preferences: [{spread: years}, even_sizes, {balance: years}]
"""
CASES = {
    "default": (
        DEFAULT,
        Naive(
            3,
            5,
            4,
            (
                naive.different_municipalities,
                naive.includes_new,
                naive.includes_experienced,
            ),
            (naive.off_preferred(4), naive.minus_spread, naive.unevenness, naive.imbalance),
        ),
    ),
    "pairs and threes": (
        "groups: {size: 2-3, prefer: 2}\n" + DEFAULT,
        Naive(
            2,
            3,
            2,
            (
                naive.different_municipalities,
                naive.includes_new,
                naive.includes_experienced,
            ),
            (naive.off_preferred(2), naive.minus_spread, naive.unevenness, naive.imbalance),
        ),
    ),
    "balance first": (
        """
groups: {size: 2-4, prefer: 3}
rules: [{include: {experience: experienced, exactly: 1}}, place_everyone]
preferences: [{balance: years}, {different: municipality}, {spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (naive.exactly_one_experienced,),
            (naive.off_preferred(3), naive.imbalance, naive.repeats, naive.minus_spread),
        ),
    ),
    "waitlist": (
        """
groups: {size: 2-3, prefer: 3}
rules: [{different: municipality}, {include: {experience: experienced, at_least: 1}}]
preferences: [place_everyone, {include: {experience: new, at_least: 1}}, {spread: years}]
""",
        Naive(
            2,
            3,
            3,
            (naive.different_municipalities, naive.includes_experienced),
            (naive.waiting, naive.off_preferred(3), naive.without_new, naive.minus_spread),
            everyone=False,
        ),
    ),
    "resilient": (
        """
groups: {size: 2-4, prefer: 3}
rules:
  - different: municipality
  - include: {experience: experienced, at_least: 1}
  - resilient: 1
  - place_everyone
preferences: [{spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (
                naive.different_municipalities,
                naive.includes_experienced,
                naive.survives_absence(
                    (naive.different_municipalities, naive.includes_experienced), 2
                ),
            ),
            (naive.off_preferred(3), naive.minus_spread),
        ),
    ),
    "most resilient": (
        """
groups: {size: 2-4, prefer: 3}
rules:
  - include: {experience: experienced, at_least: 1}
  - different: municipality
  - place_everyone
preferences: [{resilient: 1}, {spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (naive.includes_experienced, naive.different_municipalities),
            (
                naive.off_preferred(3),
                naive.fragile((naive.includes_experienced, naive.different_municipalities), 2),
                naive.minus_spread,
            ),
        ),
    ),
    "ratio": (
        """
groups: {size: 2-4, prefer: 3}
rules: [{ratio: {experience: experienced, per: new, at_least: 1, at_most: 2}}]
preferences: [place_everyone, {different: municipality}]
""",
        Naive(
            2,
            4,
            3,
            (naive.one_to_two_experienced_per_new,),
            (naive.waiting, naive.off_preferred(3), naive.repeats),
            everyone=False,
        ),
    ),
    "nearest to a ratio": (
        """
groups: {size: 2-4, prefer: 3}
rules: [place_everyone]
preferences: [{ratio: {experience: experienced, per: new, at_least: 1, at_most: 2}}, even_sizes]
""",
        Naive(
            2,
            4,
            3,
            (),
            (naive.off_preferred(3), naive.off_ratio, naive.unevenness),
        ),
    ),
    "resilient ratio": (
        """
groups: {size: 2-4, prefer: 4}
rules: [{ratio: {experience: experienced, per: new, at_least: 1, at_most: 2}}, place_everyone]
preferences: [{resilient: 1}]
""",
        Naive(
            2,
            4,
            4,
            (naive.one_to_two_experienced_per_new,),
            (naive.off_preferred(4), naive.fragile((naive.one_to_two_experienced_per_new,), 2)),
        ),
    ),
    "open sizes": (
        """
groups: {size: 2-4}
rules: [{different: municipality, at_most: 1}, place_everyone]
preferences: [{spread: years}, even_sizes]
""",
        Naive(
            2,
            4,
            3,
            (naive.different_municipalities,),
            (naive.minus_spread, naive.unevenness),
        ),
    ),
    "one municipality": (
        """
groups: {size: 2-4, prefer: 3}
rules: [{same: municipality}, place_everyone]
preferences: [{not_alone: {experience: new}}]
""",
        Naive(2, 4, 3, (naive.same_municipality,), (naive.off_preferred(3), naive.lone_new)),
    ),
    "one municipality, some waiting": (
        """
groups: {size: 2-3, prefer: 3}
rules: [{same: municipality}, {not_alone: {experience: new}}]
""",
        Naive(
            2,
            3,
            3,
            (naive.same_municipality, naive.no_lone_new),
            (naive.waiting, naive.off_preferred(3)),
            everyone=False,
        ),
    ),
    "few municipalities": (
        """
groups: {size: 2-4, prefer: 3}
rules: [{not_alone: {experience: new}}, place_everyone]
preferences: [{same: municipality}, {spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (naive.no_lone_new,),
            (naive.off_preferred(3), naive.municipalities, naive.minus_spread),
        ),
    ),
    "in pairs": (
        """
groups: {size: 2}
rules: [{not_alone: {experience: new}}, place_everyone]
preferences: [{same: municipality}]
""",
        Naive(2, 2, 2, (naive.no_lone_new,), (naive.municipalities,)),
    ),
    "values and ranges": (
        """
groups: {size: 2-4, prefer: 3}
rules: [{include: {municipality: [Town 0, Town 1], at_least: 1}}, place_everyone]
preferences: [{include: {years: 5-12, at_most: 1}}, {not_alone: {years: below 5}}]
""",
        Naive(
            2,
            4,
            3,
            (naive.from_the_first_two_towns,),
            (naive.off_preferred(3), naive.crowding_between_5_and_12, naive.lone_new),
        ),
    ),
    "together and apart": (
        """
groups: {size: 2-4, prefer: 3}
rules:
  - together: [[SYN-001, SYN-002], [SYN-002, SYN-005]]
  - apart: [[SYN-001, SYN-003], [SYN-003, SYN-004, SYN-006]]
  - place_everyone
preferences: [{spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (),
            (naive.off_preferred(3), naive.minus_spread),
            zero=(
                naive.torn(0, 1, 4),
                naive.meeting(*combinations((0, 2), 2)),
                naive.meeting(*combinations((2, 3, 5), 2)),
            ),
            fewest=6,
        ),
    ),
    "together and apart, some waiting": (
        """
groups: {size: 2-3}
rules:
  - together: [SYN-001, SYN-002, SYN-003]
  - apart: [SYN-004, SYN-005]
  - {different: municipality, at_most: 2}
""",
        Naive(
            2,
            3,
            2.5,
            (lambda group: naive.most_of_a_town(group) <= 2,),
            (naive.waiting,),
            everyone=False,
            zero=(naive.torn(0, 1, 2), naive.meeting(*combinations((3, 4), 2))),
            fewest=5,
        ),
    ),
    "together before apart": (
        """
groups: {size: 2-4, prefer: 3}
rules: [{different: municipality}, place_everyone]
preferences:
  - together: [[SYN-001, SYN-002, SYN-003], [SYN-003, SYN-004]]
  - apart: [SYN-003, SYN-005, SYN-006]
  - spread: years
""",
        Naive(
            2,
            4,
            3,
            (naive.different_municipalities,),
            (
                naive.off_preferred(3),
                naive.minus_pairs_together((0, 1), (0, 2), (1, 2), (2, 3)),
                naive.minus_pairs_apart((2, 4), (2, 5), (4, 5)),
                naive.minus_spread,
            ),
            fewest=6,
        ),
    ),
    "apart before together": (
        """
groups: {size: 2-4}
rules: [place_everyone]
preferences: [{apart: [[SYN-001, SYN-002, SYN-003, SYN-004, SYN-005]]}, {together: municipality}]
""",
        Naive(
            2,
            4,
            3,
            (),
            (
                naive.minus_pairs_apart(*combinations(range(5), 2)),
                naive.minus_townspeople_together,
            ),
            fewest=5,
        ),
    ),
    "townspeople together": (
        """
groups: {size: 2-5}
rules: [{together: municipality}, place_everyone]
preferences: [{apart: [SYN-001, SYN-002, SYN-003]}]
""",
        Naive(
            2,
            5,
            3.5,
            (),
            (naive.minus_pairs_apart((0, 1), (0, 2), (1, 2)),),
            zero=(naive.torn_towns,),
        ),
    ),
    "townspeople apart": (
        """
groups: {size: 2-3, prefer: 3}
rules: [{apart: municipality}]
preferences: [{together: [[SYN-001, SYN-002], [SYN-001, SYN-003]]}]
""",
        Naive(
            2,
            3,
            3,
            (naive.different_municipalities,),
            (
                naive.waiting,
                naive.off_preferred(3),
                naive.minus_pairs_together((0, 1), (0, 2)),
            ),
            everyone=False,
        ),
    ),
    "townspeople apart where possible": (
        """
groups: {size: 2-4, prefer: 3}
rules: [place_everyone]
preferences: [{apart: municipality}, {spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (),
            (naive.off_preferred(3), naive.minus_townspeople_apart, naive.minus_spread),
        ),
    ),
    "pinned": (
        """
groups: {size: 2-4}
rules:
  - pin: {SYN-001: G02, SYN-002: G02, SYN-004: G1}
  - pin: {SYN-005: Team A}
  - place_everyone
preferences: [{spread: years}]
""",
        Naive(
            2,
            4,
            3,
            (),
            (naive.minus_spread,),
            zero=(naive.misplaced(p0="G2", p1="G2", p3="G1", p4="Team A"),),
            fewest=5,
        ),
    ),
    "pinned, some waiting": (
        """
groups: {size: 2-3}
rules:
  - pin: {SYN-001: G02, SYN-003: Team A}
  - {different: municipality}
preferences: [{spread: years}, place_everyone]
""",
        Naive(
            2,
            3,
            2.5,
            (naive.different_municipalities,),
            (naive.minus_spread, naive.waiting),
            everyone=False,
            zero=(naive.misplaced(p0="G2", p2="Team A"),),
            fewest=4,
        ),
    ),
    "at most two of a town": (
        """
groups: {size: 3-4, prefer: 4}
rules: [{different: municipality, at_most: 2}, place_everyone]
preferences: [{different: municipality}, {spread: years}]
""",
        Naive(
            3,
            4,
            4,
            (lambda group: naive.most_of_a_town(group) <= 2,),
            (naive.off_preferred(4), naive.repeats, naive.minus_spread),
        ),
    ),
    "at most two of a town where possible": (
        """
groups: {size: 3-5, prefer: 4}
preferences: [place_everyone, {different: municipality, at_most: 2}, {spread: years}]
""",
        Naive(
            3,
            5,
            4,
            (),
            (naive.waiting, naive.off_preferred(4), naive.beyond_two, naive.minus_spread),
            everyone=False,
        ),
    ),
}


def rosters(case: str, count: int) -> list[list[Person]]:
    """Random rosters, every other one at an edge: one too few or too many of something."""
    book = CASES[case][1]
    chance = random.Random(case)
    found = []
    for number in range(count):
        people = chance.randint(max(book.fewest, book.smallest), 8)
        towns = chance.randint(2, people)
        groups = max(1, int(people // book.prefer))
        roster = [
            Person(f"Town {chance.randrange(towns)}", chance.choice((0, 1, 3, 7, 12, 15, 30)))
            for _ in range(people)
        ]
        if number % 2:
            roster = _at_an_edge(roster, groups, chance)
        found.append(roster)
    return found


def _at_an_edge(roster: list[Person], groups: int, chance: random.Random) -> list[Person]:
    new = min(len(roster), max(0, groups + chance.choice((-1, 0, 1))))
    crowd = min(len(roster), max(1, groups + chance.choice((-1, 0, 1))))
    years = [chance.randint(0, 4) for _ in range(new)]
    years += [chance.randint(5, 20) for _ in range(len(roster) - new)]
    towns = ["Crowded"] * crowd + [f"Town {n}" for n in range(len(roster) - crowd)]
    chance.shuffle(towns)
    return [Person(town, own) for town, own in zip(towns, years, strict=True)]


@pytest.mark.parametrize("case", CASES)
def test_verdict_and_values_equal_brute_force(case: str) -> None:
    rulebook, book = CASES[case]
    for roster in rosters(case, 60):
        outcome = form(problem_from(roster, rulebook), Limits(seconds=60))
        expected = naive.answer(roster, book)
        if expected is None:
            assert outcome.verdict is Verdict.IMPOSSIBLE, roster
            assert outcome.because is not None
        else:
            assert outcome.verdict is Verdict.FORMED, roster
            assert costs(outcome) == expected, roster
            assert outcome.proven, roster


def costs(outcome: Outcome) -> tuple[Fraction, ...]:
    """The preferences' values in the units of the oracle, less being better."""
    assert outcome.audit is not None
    found = []
    for standing in outcome.preferences:
        kind = standing.preference
        value = kind.in_units(outcome.problem.roster, outcome.audit.plan, standing.value)
        found.append(-value if kind.sense is Sense.MOST else value)
    return tuple(found)
