"""By which values of which traits people can be filtered, and who has one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermegroup.edit.session.state import State
from vermegroup.language.alphabet import alphabetical
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import as_sentence
from vermegroup.report.report import Report, TraitColumn, TraitKind

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A trait, and its values as they stand in the roster and as they are called."""

    trait: str
    title: str
    values: tuple[tuple[str, str], ...]


def choices(report: Report, language: Language) -> list[Choice]:
    """The traits with values that several people could have."""
    found = [
        Choice(trait.name, as_sentence(trait.title, language), _values(trait, language))
        for trait in report.members.traits
        if trait.kind is not TraitKind.NUMBER
    ]
    return [choice for choice in found if 1 < len(choice.values) <= _MOST]


def _values(trait: TraitColumn, language: Language) -> tuple[tuple[str, str], ...]:
    values = dict.fromkeys(map(str, trait.values))
    listed = [
        (value, trait.shown[value].in_(language) if value in trait.shown else value)
        for value in values
        if value
    ]
    if trait.levels:
        places = {level: place for place, level in enumerate(trait.levels)}
        return tuple(sorted(listed, key=lambda pair: places.get(pair[0], len(places))))
    return tuple(sorted(listed, key=lambda pair: alphabetical(pair[1])))


def having(state: State, trait: str, value: str) -> list[int]:
    """The seats of those who have a value of a trait; nobody has one that is unknown."""
    roster = state.roster
    if trait in roster.categories:
        told = roster.categories[trait]
        if value in told.values:
            found: list[int] = np.flatnonzero(told.codes == told.values.index(value)).tolist()
            return found
    if trait in roster.sets:
        sets = roster.sets[trait]
        texts = np.array(sets.values, dtype=object)
        return [at for at, held in enumerate(sets.member) if ", ".join(texts[held]) == value]
    return []
