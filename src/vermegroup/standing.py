"""How a rule stands in a grouping: which groups break it, and how much room it has left."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Breach:
    """One group that breaks a rule (None: the grouping as a whole), and the people concerned."""

    group: int | None
    amount: int
    people: tuple[int, ...]
    sentence: Phrase


@dataclass(frozen=True, slots=True)
class Reserve:
    """How many absences use a rule's room up, by counting alone.

    Once ``absences`` of those it counts are away, no grouping of the others has this number of
    groups, however they are seated. ``who`` are those, as in "experience: new" (None: anyone);
    ``people`` says so with the number: "7 new people".
    """

    absences: int
    people: Phrase
    who: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """How much room a rule has left: ``slack`` in people (None where there is no such number).

    ``reserve`` is None where absences do not use that room up: nobody's absence makes a common
    municipality more common.
    """

    slack: int | None
    sentence: Phrase
    reserve: Reserve | None = None
