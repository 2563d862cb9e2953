"""Fragments: what is left of the old groups, its parts, and what a new group costs them.

A *unit* is what remains of one old group, or one person who had none. A new group takes a
*piece* of each unit it draws on; a whole unit breaks no bond. Costs add up over the new groups:
of the bonds between a piece of p and the rest of a unit of r each side counts half, so a piece
costs p(r - p) half bonds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.solver.column_generation.columns import NOBODY, padded
from vermegroup.solver.params import PARAMS

# The levels of the objective, the most important first; bonds broken are counted in halves.
LEVELS = 5
WAITING, BROKEN, TOUCHED, NEW, AGAIN = range(LEVELS)


@dataclass(frozen=True, slots=True)
class Remains:
    """n people in units: ``unit_of`` (n,), the ``old`` groups' first, then one for each newcomer.

    ``turns`` (units,) counts how often a unit was combined in earlier plans. ``promised`` (n,)
    are those whom a rule keeps off the waitlist. ``weights`` put the levels one after the other;
    ``parts`` make a unit of cost, none where costs are too large to be exact.
    """

    unit_of: IntArray
    old: int
    largest: int
    turns: IntArray
    promised: BoolArray
    sizes: IntArray = field(init=False)
    weights: IntArray = field(init=False)
    parts: int = field(init=False)

    def __post_init__(self) -> None:
        """Count what is left, and weigh each level above all that the next ones can come to."""
        object.__setattr__(self, "sizes", np.bincount(self.unit_of, minlength=len(self.turns)))
        weights, exact = self._weights(), PARAMS.columns.exact
        most = (self.promised.sum().item() + 1) * self.dear * weights[WAITING]
        # Fewer parts where all of them would not be exact in a linear programme.
        finest = (1 << (exact // most).bit_length()) >> 1
        parts = min(PARAMS.columns.parts, finest) if most < exact else 0
        object.__setattr__(self, "parts", parts)
        # Without exact costs nothing is added up; types and small remains know their levels.
        object.__setattr__(self, "weights", np.array(weights if parts else [0] * LEVELS))

    @property
    def people(self) -> int:
        """The number of people."""
        return len(self.unit_of)

    def units(self) -> list[IntArray]:
        """The members of each unit."""
        order = np.argsort(self.unit_of, kind="stable")
        return np.split(order, np.cumsum(self.sizes)[:-1])

    def levels(self, columns: IntArray) -> IntArray:
        """What candidate groups cost on each level, shape (c, LEVELS).

        ``columns`` (c, width) holds members, NOBODY in an empty seat. A group that is an old one
        as it was costs -1 touched: the sum counts down from all of them.
        """
        seats = columns != NOBODY
        units = np.where(seats, self.unit_of[columns], NOBODY)
        mates, first = _mates(units, seats)
        size = seats.sum(axis=1)
        torn = np.where(seats, self.sizes[units] - mates, 0).sum(axis=1)
        kept = np.where(seats, mates - 1, 0).sum(axis=1) // 2
        alone = kept == size * (size - 1) // 2
        untouched = alone & (torn == 0) & (units.max(axis=1, initial=NOBODY) < self.old)
        found = np.zeros((len(columns), LEVELS), dtype=np.int64)
        found[:, BROKEN] = torn
        found[:, TOUCHED] = -untouched.astype(np.int64)
        found[:, NEW] = size * (size - 1) // 2 - kept
        turns = np.where(first, self.turns[units], 0).sum(axis=1)
        found[:, AGAIN] = np.where(untouched, 0, turns)
        return found

    def costs(self, columns: IntArray) -> IntArray:
        """What candidate groups cost in all, shape (c,)."""
        return np.asarray(self.levels(columns) @ self.weights)

    def levels_waiting(self, columns: IntArray) -> IntArray:
        """What it costs, on each level, to leave the people of each column on the waitlist."""
        seats = columns != NOBODY
        found = np.zeros((len(columns), LEVELS), dtype=np.int64)
        bonds = np.where(seats, self.sizes[self.unit_of[columns]] - 1, 0)
        found[:, BROKEN] = bonds.sum(axis=1)
        dear = np.where(self.promised[columns], self.dear, 1)
        found[:, WAITING] = np.where(seats, dear, 0).sum(axis=1)
        return found

    def broken_at_least(self, total: int, waiting: int) -> int:
        """How many bonds break where a plan costs at least ``total``, and no more wait.

        ``waiting`` is on its level, as that of the plan itself.
        """
        reach, weights = self._reach(), self.weights.tolist()
        below = _added_up(reach[TOUCHED + 1 :], weights[TOUCHED + 1 :])
        left = total - waiting * weights[WAITING] - below
        halves: int = -(-left // weights[BROKEN])
        return max(0, -(-halves // 2))

    def wait_at_least(self, total: int) -> int:
        """The level of the waitlist where a plan costs at least ``total``."""
        weights = self.weights.tolist()
        below = _added_up(self._reach()[BROKEN:], weights[BROKEN:])
        level: int = max(0, -(-(total - below) // weights[WAITING]))
        return level

    def people_at_level(self, level: int) -> int:
        """How many people wait at least on a level of the waitlist."""
        return -(-level // self.dear) if self.promised.any() else level

    @property
    def dear(self) -> int:
        """What a promised place counts: more than all places that nobody promised."""
        return int((~self.promised).sum()) + 1

    def _weights(self) -> list[int]:
        reach = self._reach()
        weights = [1] * LEVELS
        for level in range(LEVELS - 2, -1, -1):
            weights[level] = weights[level + 1] * (reach[level + 1] + 1)
        return weights

    def _reach(self) -> list[int]:
        """How far apart two answers can be on each level."""
        return [
            self.people,
            int((self.sizes * (self.sizes - 1)).sum()),
            self.old,
            self.people * (min(self.largest, self.people) - 1) // 2,
            int((self.turns * self.sizes).sum()),
        ]


def remains_of(
    before: IntArray, largest: int, promised: IntArray, turns: IntArray | None = None
) -> Remains:
    """The units of n people: ``before`` (n,) is each one's old group, negative for none.

    ``turns`` is by old group; ``promised`` are the people whom a rule keeps off the waitlist.
    """
    kept, unit = np.unique(before[before >= 0], return_inverse=True)
    newcomers = int((before < 0).sum())
    unit_of = np.empty(len(before), dtype=np.int64)
    unit_of[before >= 0] = unit
    unit_of[before < 0] = len(kept) + np.arange(newcomers)
    own = np.zeros(len(kept), dtype=np.int64) if turns is None else turns[kept]
    own = np.minimum(own, PARAMS.columns.most_turns)
    mask = np.zeros(len(before), dtype=bool)
    mask[promised] = True
    all_turns = np.append(own, np.zeros(newcomers, dtype=np.int64))
    return Remains(unit_of, len(kept), largest, all_turns, mask)


def _added_up(many: list[int], weights: list[int]) -> int:
    return sum(own * weight for own, weight in zip(many, weights, strict=True))


def _mates(units: IntArray, seats: BoolArray) -> tuple[IntArray, BoolArray]:
    """How many of each seat's unit are in the column, and whether it is the first of them."""
    mates = np.zeros(units.shape, dtype=np.int64)
    first = seats.copy()
    for seat in range(units.shape[1]):
        same = units == units[:, seat : seat + 1]
        mates += same & seats[:, seat : seat + 1]
        first[:, seat] &= ~same[:, :seat].any(axis=1)
    return np.where(seats, mates, 0), first


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts of units, unit by unit: ``members`` (p, width), NOBODY for an empty place.

    ``cost`` is what a piece adds to that of its group, but for the new bonds that any group of
    that size has; ``starts`` is where each unit's pieces begin. ``complete`` says whether all
    parts of all units are there; ``clash`` (p, p) which two no group can hold.
    """

    members: IntArray
    unit: IntArray
    size: IntArray
    cost: IntArray
    starts: IntArray
    clash: BoolArray
    complete: bool


def pieces_of(remains: Remains, rivals: Sequence[IntArray], *, whole: bool) -> Pieces:
    """Every part of every unit that fits into a group; with ``whole``, the units themselves.

    Where these are too many, single people and all but a few of a unit.
    """
    units = remains.units()
    all_of_them = sum(2 ** len(own) for own in units)
    complete = whole or all_of_them <= PARAMS.columns.most_fragments
    parts = [list(_parts(own, remains.largest, whole, complete)) for own in units]
    unit = np.repeat(np.arange(len(units)), [len(own) for own in parts])
    members = padded([part for own in parts for part in own], remains.largest)
    starts = np.searchsorted(unit, np.arange(len(units) + 1))
    size = (members != NOBODY).sum(axis=1)
    cost = _cost(remains, members, unit, size)
    return Pieces(members, unit, size, cost, starts, _clashing(members, rivals), complete)


def _parts(own: IntArray, largest: int, whole: bool, complete: bool) -> Iterator[IntArray]:
    for size in range(1, min(len(own), largest) + 1):
        left = len(own) - size
        if (whole and left) or not (complete or size == 1 or left <= 1):
            continue
        for part in combinations(own.tolist(), size):
            yield np.array(part, dtype=np.int64)


def _cost(remains: Remains, members: IntArray, unit: IntArray, size: IntArray) -> IntArray:
    levels, weights = remains.levels(members), remains.weights
    cost = levels[:, BROKEN] * weights[BROKEN] - size * (size - 1) // 2 * weights[NEW]
    return np.asarray(cost + remains.turns[unit] * weights[AGAIN])


def _clashing(members: IntArray, rivals: Sequence[IntArray]) -> BoolArray:
    """Which two pieces hold people of whom a group takes no two alike, shape (p, p)."""
    found = np.zeros((len(members), len(members)), dtype=bool)
    for codes in rivals:
        used, local = np.unique(codes, return_inverse=True)
        having = np.zeros((len(members), len(used)), dtype=np.float32)
        rows, seats = np.nonzero(members != NOBODY)
        people = members[rows, seats]
        told = codes[people] >= 0
        having[rows[told], local[people[told]]] = 1
        found |= (having @ having.T) > 0
    return found
