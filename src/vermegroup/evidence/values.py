"""What the preferences of many groupings come to, in the units that people think in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vermegroup.domain.grouping import Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import parts_in
from vermegroup.language.messages import Message
from vermegroup.language.terms import value_name
from vermegroup.report.report import Amount


@dataclass(frozen=True, slots=True)
class Measured:
    """A preference that a grouping is measured by, in a part of a split roster or in the whole.

    ``name`` is a column's: ``spread_years``, and with the part's value ``teacher_spread_years``.
    """

    preference: Kind
    name: str
    part: Message | None = None


def measured(problem: Problem, grouping: Grouping) -> tuple[Measured, ...]:
    """All preferences, those of each part of a split roster; of a tier each by itself."""
    found, taken = [], set[str]()
    for value, part, _own in _parts(problem, grouping):
        split = problem.rulebook.split
        told = value_name(split.by, value) if split is not None and value else None
        for preference in _single(part):
            name = _free("_".join(filter(None, (value, *_words(preference)))), taken)
            found.append(Measured(preference, name, told))
    return tuple(found)


def values_of(problem: Problem, grouping: Grouping) -> list[Fraction]:
    """What each of :func:`measured` comes to in a grouping."""
    return [
        preference.in_units(part.roster, plan, preference.value_of(part.roster, plan, seating))
        for _value, part, own in _parts(problem, grouping)
        for seating in [own.seating()]
        for plan in [part.plan(own.groups, placed=len(seating.people))]
        for preference in _single(part)
    ]


def in_words(problem: Problem, grouping: Grouping) -> list[Message]:
    """What each of :func:`measured` comes to in a grouping, with its unit."""
    return [
        preference.in_words(part.roster, plan, preference.value_of(part.roster, plan, seating))
        for _value, part, own in _parts(problem, grouping)
        for seating in [own.seating()]
        for plan in [part.plan(own.groups, placed=len(seating.people))]
        for preference in _single(part)
    ]


def amount(value: Fraction) -> Amount:
    """A fraction as the number that a file gets."""
    return value.numerator if value.denominator == 1 else float(value)


def _parts(problem: Problem, grouping: Grouping) -> Iterator[tuple[str, Problem, Grouping]]:
    if problem.rulebook.split is None:
        yield "", problem, grouping
        return
    for part, own in parts_in(problem, grouping):
        yield part.value, part.problem, own


def _single(problem: Problem) -> Iterator[Kind]:
    for preference in problem.rulebook.preferences:
        weighed = preference.weighed()
        yield from [each for each, _weight in weighed] if weighed else [preference]


def _words(preference: Kind) -> Sequence[str]:
    """The kind and the traits that it is about."""
    traits = (
        *preference.numbers(),
        *preference.categories(),
        *preference.sets(),
        *preference.either(),
    )
    return preference.kind, *(trait for trait in dict.fromkeys(traits) if trait != preference.kind)


def _free(name: str, taken: set[str]) -> str:
    name = "_".join(name.split())
    number = 1
    while (free := name if number == 1 else f"{name}_{number}") in taken:
        number += 1
    taken.add(free)
    return free
