"""Rules about named values, sets and persons: verdict and best values equal brute force."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.brute_force import Person
from tests.builders import oracle_of, problem_from
from tests.test_against_brute_force import costs
from vermegroup.domain.outcome import Verdict
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

SUBJECTS = ("art", "biology", "chemistry", "drama")
HOURS = ("ma 17", "ti 18", "ke 9", "to 10", "pe 8")

EARLIER = Path(__file__).parent / "rules" / "earlier.csv"
CASES = {
    "spread of named values": (
        "groups: {size: 2-4, prefer: 3}\nrules: [place_everyone]\n"
        "preferences: [{spread: subject}, {spread: years}]"
    ),
    "spread of sets": (
        "groups: {size: 2-3, prefer: 3}\nrules: [{different: municipality}]\n"
        "preferences: [{spread: hours}, place_everyone, {spread: subject}]"
    ),
    "least spread of values": (
        "groups: {size: 2-4}\nrules: [{spread: subject, at_least: 2}, place_everyone, "
        "{spread: hours, at_least: 3}]\npreferences: [{spread: years}]"
    ),
    "balance of shares": (
        "groups: {size: 2-3}\nrules: [place_everyone]\n"
        "preferences: [{balance: subject}, {balance: hours}]"
    ),
    "shares within limits": (
        "groups: {size: 2-4, prefer: 3}\nrules: [{balance: subject, at_most: 30}]\n"
        "preferences: [place_everyone, {balance: hours}]"
    ),
    "common hours": (
        "groups: {size: 2-4, prefer: 3}\nrules: [{common: hours}, place_everyone]\n"
        "preferences: [{spread: years}]"
    ),
    "most common hours": (
        "groups: {size: 2-3}\nrules: [{different: municipality}]\n"
        "preferences: [place_everyone, {common: hours}, {spread: subject}]"
    ),
    "strangers": (
        f"groups: {{size: 2-4, prefer: 3}}\nrules: [{{strangers: {EARLIER}}}, place_everyone]\n"
        "preferences: [{spread: years}]"
    ),
    "as strange as can be": (
        f"groups: {{size: 3-4}}\npreferences: [{{strangers: {EARLIER}}}, place_everyone]"
    ),
    "bonds kept": (
        "groups: {size: 2-3}\nrules: [{different: municipality}]\n"
        f"preferences: [place_everyone, {{keep: {EARLIER}}}, {{spread: years}}]"
    ),
    "a tier of spreads": (
        "groups: {size: 2-4, prefer: 3}\nrules: [place_everyone]\npreferences:\n"
        "- [{spread: subject, weight: 3}, {spread: hours}, {spread: years, weight: 0.5}]\n"
        "- balance: years"
    ),
    "a tier of both senses": (
        "groups: {size: 2-3}\npreferences:\n- place_everyone\n"
        "- {different: municipality, weight: 2}\n- {spread: hours, weight: 1}"
    ),
    "wishes": """
groups: {size: 2-4, prefer: 3}
rules: [{different: municipality}, place_everyone]
preferences: [{wishes: wishes}, {spread: years}]
""",
    "wishes before places": """
groups: {size: 2-3, prefer: 2}
preferences: [{wishes: wishes}, place_everyone]
""",
}


def rosters(case: str, count: int, most: int = 8) -> list[list[Person]]:
    """Random rosters with subjects, free hours, and wishes."""
    chance = random.Random(case)
    return [_roster(chance, chance.randint(3, most)) for _ in range(count)]


def _roster(chance: random.Random, people: int) -> list[Person]:
    towns, subjects = chance.randint(2, people + 1), chance.randint(1, 4)
    hours = chance.randint(1, 5)
    return [
        Person(
            f"Town {chance.randrange(towns)}",
            chance.choice((0, 1, 3, 7, 12, 15, 30)),
            SUBJECTS[chance.randrange(subjects)],
            tuple(chance.sample(HOURS[:hours], chance.randint(0, min(3, hours)))),
            tuple(chance.sample([p for p in range(people) if p != at], chance.randint(0, 2))),
        )
        for at in range(people)
    ]


@pytest.mark.parametrize("case", CASES)
def test_verdict_and_values_equal_brute_force(case: str) -> None:
    earlier = {str(EARLIER): EARLIER.read_text(encoding="utf-8")}
    for roster in rosters(case, 60):
        outcome = form(problem_from(roster, CASES[case]), Limits(seconds=60))
        oracle = oracle_of(roster, CASES[case], earlier)
        if not oracle.possible:
            assert outcome.verdict is Verdict.IMPOSSIBLE, roster
        else:
            assert outcome.verdict is Verdict.FORMED, roster
            assert costs(outcome) == oracle.best(), roster
            assert outcome.proven, roster
