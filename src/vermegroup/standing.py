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
class Margin:
    """How much room a rule has left: ``slack`` in people (None where there is no such number)."""

    slack: int | None
    sentence: Phrase
