"""Verdict and best values equal those of trying every grouping, on rosters of up to nine people.

Every kind has rulebooks of its own here; what they mean is for :mod:`tests.oracle` to say.
"""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest

from tests.brute_force import Person
from tests.builders import oracle_of, problem_from
from tests.by_day import todays
from tests.oracle.written import book_of
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
    "default": DEFAULT,
    "pairs and threes": "groups: {size: 2-3, prefer: 2}\n" + DEFAULT,
    "balance first": """
groups: {size: 2-4, prefer: 3}
rules: [{include: {experience: experienced, exactly: 1}}, place_everyone]
preferences: [{balance: years}, {different: municipality}, {spread: years}]
""",
    "waitlist": """
groups: {size: 2-3, prefer: 3}
rules: [{different: municipality}, {include: {experience: experienced, at_least: 1}}]
preferences: [place_everyone, {include: {experience: new, at_least: 1}}, {spread: years}]
""",
    "resilient": """
groups: {size: 2-4, prefer: 3}
rules:
  - different: municipality
  - include: {experience: experienced, at_least: 1}
  - resilient: 1
  - place_everyone
preferences: [{spread: years}]
""",
    "most resilient": """
groups: {size: 2-4, prefer: 3}
rules:
  - include: {experience: experienced, at_least: 1}
  - different: municipality
  - place_everyone
preferences: [{resilient: 1}, {spread: years}]
""",
    "ratio": """
groups: {size: 2-4, prefer: 3}
rules: [{ratio: {experience: experienced, per: new, at_least: 1, at_most: 2}}]
preferences: [place_everyone, {different: municipality}]
""",
    "nearest to a ratio": """
groups: {size: 2-4, prefer: 3}
rules: [place_everyone]
preferences: [{ratio: {experience: experienced, per: new, at_least: 1, at_most: 2}}, even_sizes]
""",
    "resilient ratio": """
groups: {size: 2-4, prefer: 4}
rules: [{ratio: {experience: experienced, per: new, at_least: 1, at_most: 2}}, place_everyone]
preferences: [{resilient: 1}]
""",
    "open sizes": """
groups: {size: 2-4}
rules: [{different: municipality, at_most: 1}, place_everyone]
preferences: [{spread: years}, even_sizes]
""",
    "one municipality": """
groups: {size: 2-4, prefer: 3}
rules: [{same: municipality}, place_everyone]
preferences: [{not_alone: {experience: new}}]
""",
    "one municipality, some waiting": """
groups: {size: 2-3, prefer: 3}
rules: [{same: municipality}, {not_alone: {experience: new}}]
""",
    "few municipalities": """
groups: {size: 2-4, prefer: 3}
rules: [{not_alone: {experience: new}}, place_everyone]
preferences: [{same: municipality}, {spread: years}]
""",
    "in pairs": """
groups: {size: 2}
rules: [{not_alone: {experience: new}}, place_everyone]
preferences: [{same: municipality}]
""",
    "values and ranges": """
groups: {size: 2-4, prefer: 3}
rules: [{include: {municipality: [Town 0, Town 1], at_least: 1}}, place_everyone]
preferences: [{include: {years: 5-12, at_most: 1}}, {not_alone: {years: below 5}}]
""",
    "together and apart": """
groups: {size: 2-4, prefer: 3}
rules:
  - together: [[SYN-001, SYN-002], [SYN-002, SYN-005]]
  - apart: [[SYN-001, SYN-003], [SYN-003, SYN-004, SYN-006]]
  - place_everyone
preferences: [{spread: years}]
""",
    "together and apart, some waiting": """
groups: {size: 2-3}
rules:
  - together: [SYN-001, SYN-002, SYN-003]
  - apart: [SYN-004, SYN-005]
  - {different: municipality, at_most: 2}
""",
    "together before apart": """
groups: {size: 2-4, prefer: 3}
rules: [{different: municipality}, place_everyone]
preferences:
  - together: [[SYN-001, SYN-002, SYN-003], [SYN-003, SYN-004]]
  - apart: [SYN-003, SYN-005, SYN-006]
  - spread: years
""",
    "apart before together": """
groups: {size: 2-4}
rules: [place_everyone]
preferences: [{apart: [[SYN-001, SYN-002, SYN-003, SYN-004, SYN-005]]}, {together: municipality}]
""",
    "townspeople together": """
groups: {size: 2-5}
rules: [{together: municipality}, place_everyone]
preferences: [{apart: [SYN-001, SYN-002, SYN-003]}]
""",
    "townspeople apart": """
groups: {size: 2-3, prefer: 3}
rules: [{apart: municipality}]
preferences: [{together: [[SYN-001, SYN-002], [SYN-001, SYN-003]]}]
""",
    "townspeople apart where possible": """
groups: {size: 2-4, prefer: 3}
rules: [place_everyone]
preferences: [{apart: municipality}, {spread: years}]
""",
    "pinned": """
groups: {size: 2-4}
rules:
  - pin: {SYN-001: G02, SYN-002: G02, SYN-004: G1}
  - pin: {SYN-005: Team A}
  - place_everyone
preferences: [{spread: years}]
""",
    "pinned, some waiting": """
groups: {size: 2-3}
rules:
  - pin: {SYN-001: G02, SYN-003: Team A}
  - {different: municipality}
preferences: [{spread: years}, place_everyone]
""",
    "at most two of a town": """
groups: {size: 3-4, prefer: 4}
rules: [{different: municipality, at_most: 2}, place_everyone]
preferences: [{different: municipality}, {spread: years}]
""",
    "at most two of a town where possible": """
groups: {size: 3-5, prefer: 4}
preferences: [place_everyone, {different: municipality, at_most: 2}, {spread: years}]
""",
}


def rosters(case: str, count: int) -> list[list[Person]]:
    """Random rosters, every other one at an edge: one too few or too many of something."""
    book = book_of(CASES[case]).others
    named = [int(number) for number in re.findall(r"SYN-(\d+)", CASES[case])]
    prefer = book.prefer or (book.smallest + book.largest) / 2
    towns_named = set(re.findall("Town [0-9]", CASES[case]))
    chance = random.Random(case)
    found = []
    for number in range(count):
        people = chance.randint(max(3, *named, book.smallest), 8)
        towns = chance.randint(2, people)
        groups = max(1, int(people // prefer))
        roster = [
            Person(f"Town {chance.randrange(towns)}", chance.choice((0, 1, 3, 7, 12, 15, 30)))
            for _ in range(people)
        ]
        if number % 2:
            roster = _at_an_edge(roster, groups, chance)
        # A rule of a town that nobody is from is no rule but a fault.
        if towns_named <= {person.municipality for person in roster}:
            found.append(roster)
    return found


def _at_an_edge(roster: list[Person], groups: int, chance: random.Random) -> list[Person]:
    new = min(len(roster), max(0, groups + chance.choice((-1, 0, 1))))
    crowd = min(len(roster), max(1, groups + chance.choice((-1, 0, 1))))
    years = [chance.randint(0, 4) for _ in range(new)]
    years += [chance.randint(5, 20) for _ in range(len(roster) - new)]
    towns = ["Crowded"] * crowd + [f"Town {n}" for n in range(len(roster) - crowd)]
    chance.shuffle(towns)
    return [Person(town, year) for town, year in zip(towns, years, strict=True)]


@pytest.mark.parametrize("case", todays(CASES, 3))
def test_verdict_and_values_equal_brute_force(case: str) -> None:
    for roster in rosters(case, 60):
        outcome = form(problem_from(roster, CASES[case]), Limits(seconds=60))
        oracle = oracle_of(roster, CASES[case])
        if not oracle.possible:
            assert outcome.verdict is Verdict.IMPOSSIBLE, roster
            assert outcome.because is not None
        else:
            assert outcome.verdict is Verdict.FORMED, roster
            assert costs(outcome) == oracle.best(), roster
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
