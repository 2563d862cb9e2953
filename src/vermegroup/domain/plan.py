"""What is being formed: how many groups of which sizes; and how a rule stands in what was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.language.messages import Message

# Weights (people times values) beyond which windows would fill the memory.
MOST_WEIGHTS = 40_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """Limits on the sum of a weight over each group's members, by the group's size.

    A set of windows says exactly when a preference reaches a value, group by group: so a
    preference that is at its bound becomes a local rule. ``weights`` has shape (n,); ``low`` and
    ``high`` are inclusive and lead from a size to a limit.
    """

    weights: IntArray
    low: Mapping[int, int]
    high: Mapping[int, int]

    def limits(self, largest: int) -> tuple[IntArray, IntArray]:
        """Its limits as arrays indexed by size; a size that it does not name fits nothing."""
        low = np.full(largest + 1, 1, dtype=np.int64)
        high = np.zeros(largest + 1, dtype=np.int64)
        for size in self.low:
            if size <= largest:
                low[size], high[size] = self.low[size], self.high[size]
        return low, high

    def off(self, seating: Seating) -> IntArray:
        """By how much each group is outside of it, shape (groups,)."""
        sizes = seating.sizes()
        low, high = self.limits(int(sizes.max(initial=0)))
        totals = seating.total(self.weights)
        off: IntArray = np.maximum(low[sizes] - totals, totals - high[sizes])
        return np.maximum(0, off)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many groups are being formed, of which sizes, and what is already settled.

    ``sizes`` are the groups' sizes in descending order where they are certain, else None.
    ``everyone`` says that nobody may be left on the waitlist. ``layered`` names the numeric
    traits whose spread is held at its bound, so that each group has one person of each layer.
    ``placed`` is how many people have a seat in all groups, where a grouping is being judged.
    """

    groups: int
    smallest: int
    largest: int
    everyone: bool = True
    sizes: tuple[int, ...] | None = None
    layered: frozenset[str] = field(default=frozenset())
    placed: int | None = None


# No model has more seats, which are people times groups.
_MOST_SEATS = 1_000_000


def most_groups(people: int, plan: Plan) -> int:
    """How many groups of the smallest size so many people could make."""
    return people // plan.smallest + 1


def most_seats(people: int, plan: Plan) -> int:
    """People times groups at most, in one model."""
    return min(people * most_groups(people, plan), _MOST_SEATS)


@dataclass(frozen=True, slots=True)
class Quota:
    """Every group has at least so many of ``who`` (n,); ``people`` puts a number of them in words.

    Quotas of people that are not the same people add up: so several can be counted together.
    """

    who: BoolArray
    at_least: int
    people: Callable[[int], Message]


@dataclass(frozen=True, slots=True)
class Cap:
    """Every group has at most so many with the same value of a named trait."""

    trait: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Breach:
    """One group that breaks a rule (None: the grouping as a whole), and the people concerned."""

    group: int | None
    amount: int
    people: tuple[int, ...]
    sentence: Message


@dataclass(frozen=True, slots=True)
class Reserve:
    """How many absences use a rule's room up, by counting alone.

    Once ``absences`` of those it counts are away, no grouping of the others has this number of
    groups, however they are seated. ``who`` are those, as in "experience: new" (None: anyone);
    ``people`` says so with the number: "7 new people". ``having`` leads from the trait to the value
    as a rulebook has them.
    """

    absences: int
    people: Message
    who: Message | None = None
    having: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Margin:
    """How much room a rule has left: ``slack`` in people (None where there is no such number).

    ``reserve`` is None where absences do not use that room up: nobody's absence makes a common
    municipality more common.
    """

    slack: int | None
    sentence: Message
    reserve: Reserve | None = None
