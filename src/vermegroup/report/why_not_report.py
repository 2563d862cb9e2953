"""Why there are no groups and what would help, as the report tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vermegroup.phrase import Phrase


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Rules that cannot hold together, and why; ``proof`` is what that rests on."""

    kinds: tuple[str, ...]
    rules: tuple[Phrase, ...]
    sentence: Phrase
    minimal: bool
    proof: str
    part: Phrase | None = None


@dataclass(frozen=True, slots=True)
class RepairLine:
    """A change that makes groups possible; ``cost`` is in the unit of its ``remedy``.

    ``text`` are the lines of the rulebook that go (-) and come (+) with it.
    """

    remedy: str
    sentence: Phrase
    cost: int | float
    verified: bool
    cheapest: bool
    change: Mapping[str, object]
    part: Phrase | None = None
    told: Phrase | None = None
    text: tuple[str, ...] = ()

    @property
    def by_name(self) -> Phrase:
        """The sentence for people, who know each other by name."""
        return self.told or self.sentence


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """Someone who has no place in the best partial plan, and why."""

    id: str
    label: str
    because: Phrase


@dataclass(frozen=True, slots=True)
class PartialLine:
    """How far one gets: ``most`` says that no more people can be placed, which is proven.

    With the number of groups that was asked for, or with ``any_number``; ``asked`` says whether one
    was. ``merges_only``: of plans that combine old groups whole.
    """

    placed: int
    groups: int
    bound: int
    most: bool
    left_out: tuple[LeftOutLine, ...]
    asked: bool = False
    any_number: bool = False
    merges_only: bool = False
