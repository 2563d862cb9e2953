"""The people of a report, seat by seat, with the traits that the rulebook speaks of."""

from __future__ import annotations

import numpy as np

from vermegroup.grouping import Grouping
from vermegroup.phrase import Language, number
from vermegroup.problem import Problem
from vermegroup.report.report import Amount, Group, Members, TraitColumn, TraitKind
from vermegroup.report.wording import with_unit
from vermegroup.roster import Categories, IntArray, Numbers, Roster, Sets, labels_of
from vermegroup.rules.trait_names import named_values, trait_name


def seated(problem: Problem, grouping: Grouping) -> tuple[Members, tuple[Group, ...], Group]:
    """The members in the order of their groups, where each group is, and where the waitlist is."""
    seating = grouping.seating()
    people = np.concatenate([seating.people, grouping.waitlist()])
    headed = len(seating.people) == len(people)  # nobody is on the waitlist
    ends = np.cumsum(seating.sizes()).tolist()
    starts = [0, *ends[:-1]] if ends else []
    groups = tuple(map(Group, grouping.names, starts, ends))
    return (
        _members(problem, people, headed=headed),
        groups,
        Group("", len(seating.people), len(people)),
    )


def shown(trait: TraitColumn, seat: int, language: Language) -> str:
    """What one person's trait is called, with its unit: "Turku", "12 y"."""
    text = bare(trait, seat, language)
    return with_unit(text, trait.name, language) if trait.kind is TraitKind.NUMBER else text


def bare(trait: TraitColumn, seat: int, language: Language) -> str:
    """The same without the unit, for where the heading tells it: "Turku", "12"."""
    value = trait.values[seat]
    if isinstance(value, str):
        named = trait.shown.get(value)
        return named.in_(language) if named else value
    return number(float(value), language)


def _members(problem: Problem, people: IntArray, *, headed: bool) -> Members:
    roster = problem.roster
    labels = np.array([*labels_of(roster), ""], dtype=object)
    return Members(
        [str(id_) for id_ in roster.ids[people]],
        labels[people].tolist(),
        _traits(problem, people, headed=headed),
    )


def _traits(problem: Problem, people: IntArray, *, headed: bool) -> tuple[TraitColumn, ...]:
    """The traits in the order of the roster's columns, a band after the number it is made of.

    Where everyone stands under the name of a part, the trait that names the parts is left out.
    """
    roster, rulebook = problem.roster, problem.rulebook
    levels = {bands.trait: bands for bands in rulebook.bands}
    wanted = rulebook.categories() | rulebook.numbers() | rulebook.sets()
    if rulebook.split is not None and headed:
        wanted -= {rulebook.split.by}
    wanted |= {levels[trait].of for trait in wanted if trait in levels}
    found: list[tuple[Categories | Numbers | Sets, str]] = [
        *((roster.numbers[name], name) for name in wanted if name in roster.numbers),
        *((roster.categories[name], name) for name in wanted if name in roster.categories),
        *((roster.sets[name], name) for name in wanted if name in roster.sets),
    ]
    found.sort(key=lambda item: (_place(roster, item[0].header), item[1] in levels, item[1]))
    return tuple(_column(trait, name, people, banded=name in levels) for trait, name in found)


def _column(
    trait: Categories | Numbers | Sets, name: str, people: IntArray, *, banded: bool
) -> TraitColumn:
    if isinstance(trait, Numbers):
        return _number(trait, name, people)
    if isinstance(trait, Sets):
        return _several(trait, name, people)
    return _category(trait, name, people, banded=banded)


def _place(roster: Roster, header: str) -> int:
    headers = list(roster.table.cells.columns)
    return headers.index(header) if header in headers else len(headers)


def _number(trait: Numbers, name: str, people: IntArray) -> TraitColumn:
    values: list[Amount] = (trait.ticks[people] / trait.per_unit).tolist()
    whole = [int(value) if value == int(value) else value for value in values]
    return TraitColumn(name, trait_name(name), TraitKind.NUMBER, whole)


def _several(trait: Sets, name: str, people: IntArray) -> TraitColumn:
    """Each person's values on one line, as "ma 17, ti 18"."""
    values = np.array(trait.values, dtype=object)
    texts = [", ".join(values[own]) for own in trait.member[people]]
    return TraitColumn(name, trait_name(name), TraitKind.NAME, texts)


def _category(trait: Categories, name: str, people: IntArray, *, banded: bool) -> TraitColumn:
    values = [trait.values[code] for code in trait.codes[people].tolist()]
    return TraitColumn(
        name,
        trait_name(name),
        TraitKind.BAND if banded else TraitKind.NAME,
        values,
        _in_order(trait.values) if banded else (),
        named_values(name),
    )


def _in_order(values: tuple[str, ...]) -> tuple[str, ...]:
    """Bands as the rulebook lists them; "mid", which comes last there, lies between them."""
    *named, between = values
    half = (len(named) + 1) // 2
    return (*named[:half], between, *named[half:])
