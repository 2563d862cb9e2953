"""Who has which values of a trait, whether each has one (named values) or several (sets)."""

from __future__ import annotations

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.roster import Roster

# Weights (people times values) beyond which windows would fill the memory.
MOST_WEIGHTS = 40_000_000


def values_of(roster: Roster, trait: str) -> tuple[str, ...]:
    """The trait's values, in the order of their codes."""
    own = roster.sets.get(trait) or roster.categories[trait]
    return own.values


def held(roster: Roster, trait: str, people: IntArray) -> tuple[IntArray, IntArray]:
    """Every (place in ``people``, value) of which the person there has the value."""
    if trait in roster.sets:
        places, codes = np.nonzero(roster.sets[trait].member[people])
        return places.astype(np.int64), codes.astype(np.int64)
    return np.arange(len(people)), roster.categories[trait].codes[people]


def holder_counts(roster: Roster, trait: str) -> IntArray:
    """How many participants have each value, shape (values,)."""
    if trait in roster.sets:
        counts: IntArray = np.count_nonzero(roster.sets[trait].member, axis=0).astype(np.int64)
        return counts
    return roster.value_counts(trait)


def holders(roster: Roster, trait: str, value: int, people: IntArray) -> BoolArray:
    """Which of these people have a value, shape (len(people),)."""
    having: BoolArray
    if trait in roster.sets:
        having = roster.sets[trait].member[people, value]
    else:
        having = roster.categories[trait].codes[people] == value
    return having


def most_held(roster: Roster, trait: str) -> int:
    """The most values that one participant has."""
    if trait in roster.sets:
        return int(roster.sets[trait].member.sum(axis=1).max(initial=0))
    return 1
