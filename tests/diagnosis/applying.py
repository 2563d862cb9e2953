"""Apply a repair as a person would: change the rulebook's text or the roster, and form again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import yaml

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.problem import Problem
from vermegroup.why_not import Repair

YEARS = {"new": 2, "experienced": 15, "mid": 7}


def with_repair(people: Sequence[Person], rulebook: str, repair: Repair) -> Problem:
    """The problem after the change that the repair tells, read anew from plain values."""
    plain = yaml.safe_load(rulebook)
    sections = repair.change.get("rulebook", {})
    assert isinstance(sections, dict)
    recruits = repair.change.get("recruit", [])
    assert isinstance(recruits, list)
    more = [_person(number, told, people) for number, told in enumerate(recruits)]
    return problem_from([*people, *more], yaml.safe_dump({**plain, **sections}))


def _person(number: int, told: dict[str, str | None], people: Sequence[Person]) -> Person:
    """A newcomer with what was asked for; free at any time that anybody is."""
    found = Person(f"Elsewhere {number}", 7, people[0].subject)
    found = replace(found, hours=tuple(sorted({hour for own in people for hour in own.hours})))
    for trait, value in told.items():
        if trait == "experience":
            found = replace(found, years=YEARS[str(value)])
        elif value is not None:
            found = replace(found, **{trait: value})
    return found
