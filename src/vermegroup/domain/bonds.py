"""What changes for people when groups are rebalanced: bonds, moves, and who could take whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.language.messages import Message


class Policy(StrEnum):
    """Groups are only combined whole, or single people may change groups, too."""

    MERGE = "merge"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Bonds:
    """Pairs who share a group: ``before``, and of these ``kept`` and ``broken``; and ``new`` ones.

    Only people who are there before and after are counted; who has no group then has no bonds.
    """

    before: int
    kept: int
    broken: int
    new: int


def bonds_between(before: IntArray, after: IntArray) -> Bonds:
    """The bonds of n people: ``before`` and ``after`` (n,) are groups, negative for none."""
    both = (before >= 0) & (after >= 0)
    width = int(after.max(initial=0)) + 1
    kept = _pairs(before[both] * width + after[both])
    known = _pairs(before[before >= 0])
    return Bonds(known, kept, known - kept, _pairs(after[after >= 0]) - kept)


def bonds_between_several(
    before: Iterable[frozenset[str]], after: Iterable[frozenset[str]]
) -> Bonds:
    """The same where people may be in several groups, which are given as the ids of their members.

    Two who share several groups have one bond.
    """
    known, now = ({pair for group in own for pair in _two(group)} for own in (before, after))
    return Bonds(len(known), len(known & now), len(known - now), len(now - known))


def _two(group: frozenset[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(group), 2)


def _pairs(groups: IntArray) -> int:
    counts = np.unique(groups, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody goes from one group to another; the name of either is empty where there is none.

    ``person`` is the id, ``label`` what people call them. ``meeting`` says that it is for one
    meeting only, ``also`` that the person is in another group besides, and stays there.
    """

    person: str
    label: str
    origin: str
    target: str
    reason: Message
    meeting: bool = False
    also: bool = False


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody left for good: from this group ("" for the queue), which ``now`` has so many."""

    person: str
    label: str
    group: str
    now: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A group that could take a newcomer under all rules, and what it would gain or lose."""

    person: str
    label: str
    group: str
    effect: Message


@dataclass(frozen=True, slots=True)
class Compared:
    """A rule or preference before and after; ``better`` is None where nothing changed.

    ``values`` are the numbers before and after: of a preference in the units that people think in,
    of a rule how often it is broken.
    """

    sentence: Message
    before: Message
    after: Message
    better: bool | None
    kind: str
    values: tuple[Fraction, Fraction]
    is_rule: bool = False

    def plain_values(self) -> dict[str, object]:
        """The kind and the numbers, as plain values."""
        before, after = map(_number, self.values)
        unit = {"unit": "violations"} if self.is_rule else {}
        return {"kind": self.kind, "before_value": before, "after_value": after, **unit}


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


@dataclass(frozen=True, slots=True)
class Rebalance:
    """What a report tells of a rebalancing, or of two groupings compared.

    ``bound`` is the fewest bonds that had to break for so many to be placed, None for two steps one
    after the other; ``proven`` says that nothing is better in people placed, bonds broken, groups
    touched and new bonds, in this order and in each step. ``touched`` counts
    the groups that did not stay as they were; ``remarks`` are told below the bonds. With
    ``merges_only`` all that is proven holds of plans that combine old groups whole.
    """

    bonds: Bonds
    moves: tuple[Move, ...]
    touched: int
    bound: int | None = None
    proven: bool = False
    offers: tuple[Offer, ...] = ()
    compared: tuple[Compared, ...] = ()
    remarks: tuple[Message, ...] = ()
    merges_only: bool = False
    departures: tuple[Departure, ...] = ()
