"""Apply a repair as a person would: change the rulebook's text or the roster, and form again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import yaml

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.outcome import Repair
from vermegroup.domain.problem import Problem
from vermegroup.rules.selectors.ranges import Stretch, read_stretch

DEFAULT = {"new": "below 5", "experienced": "10 or more"}


def with_repair(people: Sequence[Person], rulebook: str, repair: Repair) -> Problem:
    """The problem after the change that the repair tells, read anew from plain values.

    Raises NoSuchPersonError where it asks for somebody who cannot exist.
    """
    plain = yaml.safe_load(rulebook)
    sections = repair.change.get("rulebook", {})
    assert isinstance(sections, dict)
    recruits = repair.change.get("recruit", [])
    assert isinstance(recruits, list)
    bands = dict((plain.get("bands") or {"experience": DEFAULT})["experience"])
    more = [_person(number, recruit, people, bands) for number, recruit in enumerate(recruits)]
    return problem_from([*people, *more], yaml.safe_dump({**plain, **sections}, sort_keys=False))


def _person(
    number: int, recruit: dict[str, str | None], people: Sequence[Person], bands: dict[str, str]
) -> Person:
    """A newcomer with what was asked for; free at any time that anybody is."""
    found = Person(f"Elsewhere {number}", 7, people[0].subject)
    found = replace(
        found, hours=tuple(sorted({hour for person in people for hour in person.hours}))
    )
    for trait, value in recruit.items():
        if trait == "experience":
            found = replace(found, years=_years_of(str(value), bands))
        elif value is None:
            found = replace(found, **{trait: f"another {number}"})
        elif trait != "hours":
            found = replace(found, **{trait: Fraction(value) if trait == "years" else value})
    return found


def _years_of(band: str, bands: dict[str, str]) -> Fraction:
    """The least number of quarters of a year with which somebody is of a band."""
    limits = {name: read_stretch(str(text)) for name, text in bands.items()}
    for number in (Fraction(quarters, 4) for quarters in range(4 * 80 + 1)):
        named = [name for name, each in limits.items() if each and _within(number, each)]
        if (named or ["mid"])[0] == band:
            return number
    raise NoSuchPersonError(band)


def _within(number: Fraction, stretch: Stretch) -> bool:
    above = stretch.low is None or number >= stretch.low
    return above and (stretch.high is None or number < stretch.high)


class NoSuchPersonError(Exception):
    """Nobody can be of such a band."""
