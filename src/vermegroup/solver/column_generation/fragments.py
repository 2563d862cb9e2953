"""Fragments: what is left of the old groups, its parts, and what a new group costs them.

A *fragment* is what remains of one old group, or one person who had none. A new group takes a
*piece* of each fragment it draws on; a whole fragment breaks no bond. Costs add up over the new
groups: of the bonds between a piece of p and the rest of a fragment of r each side counts half, so
a piece costs p(r - p) half bonds.

New bonds among people who had no group are what any group of them has: those count for nothing, and
how far a group is from the size wished for does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.columns import padded
from vermegroup.solver.params import PARAMS

# The levels of the objective, the most important first; bonds broken are counted in halves.
LEVELS = 6
WAITING, BROKEN, TOUCHED, NEW, AGAIN, OFF = range(LEVELS)


@dataclass(frozen=True, slots=True)
class Fragments:
    """n people: ``fragment_of`` (n,), the ``old`` groups' first, then one for each newcomer.

    ``turns`` (fragments,) counts how often one was combined in earlier plans. ``promised`` (n,) are
    those whom a rule keeps off the waitlist. ``off`` (largest + 1,) is how far each size is from
    the one wished for. ``weights`` put the levels one after the other; ``parts`` make a unit of
    cost, none where costs are too large to be exact.
    """

    fragment_of: IntArray
    old: int
    largest: int
    turns: IntArray
    promised: BoolArray
    off: IntArray
    sizes: IntArray = field(init=False)
    weights: IntArray = field(init=False)
    parts: int = field(init=False)

    def __post_init__(self) -> None:
        """Count what is left, and weigh each level above all that the next ones can come to."""
        object.__setattr__(self, "sizes", np.bincount(self.fragment_of, minlength=len(self.turns)))
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
        return len(self.fragment_of)

    @property
    def fresh(self) -> int:
        """How many people had no group."""
        return len(self.turns) - self.old

    def members(self) -> list[IntArray]:
        """The members of each fragment."""
        order = np.argsort(self.fragment_of, kind="stable")
        return np.split(order, np.cumsum(self.sizes)[:-1])

    def levels(self, columns: IntArray) -> IntArray:
        """What candidate groups cost on each level, shape (c, LEVELS).

        ``columns`` (c, width) holds members, NOBODY in an empty seat. A group that is an old one
        as it was costs -1 touched: the sum counts down from all of them.
        """
        seats = columns != NOBODY
        fragments = np.where(seats, self.fragment_of[columns], NOBODY)
        mates, first = _mates(fragments, seats)
        size = seats.sum(axis=1)
        torn = np.where(seats, self.sizes[fragments] - mates, 0).sum(axis=1)
        kept = np.where(seats, mates - 1, 0).sum(axis=1) // 2
        alone = kept == size * (size - 1) // 2
        untouched = alone & (torn == 0) & (fragments.max(axis=1, initial=NOBODY) < self.old)
        found = np.zeros((len(columns), LEVELS), dtype=np.int64)
        found[:, BROKEN] = torn
        found[:, TOUCHED] = -untouched.astype(np.int64)
        fresh = (seats & (fragments >= self.old)).sum(axis=1)
        found[:, NEW] = size * (size - 1) // 2 - kept - fresh * (fresh - 1) // 2
        found[:, OFF] = self.off[size]
        turns = np.where(first, self.turns[fragments], 0).sum(axis=1)
        found[:, AGAIN] = np.where(untouched, 0, turns)
        return found

    def costs(self, columns: IntArray) -> IntArray:
        """What candidate groups cost in all, shape (c,)."""
        return np.asarray(self.levels(columns) @ self.weights)

    def levels_waiting(self, columns: IntArray) -> IntArray:
        """What it costs, on each level, to leave the people of each column on the waitlist."""
        seats = columns != NOBODY
        found = np.zeros((len(columns), LEVELS), dtype=np.int64)
        bonds = np.where(seats, self.sizes[self.fragment_of[columns]] - 1, 0)
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

    def most(self) -> int:
        """No plan costs more, promises and all."""
        waiting = (int(self.promised.sum()) + 1) * self.dear
        return waiting * int(self.weights[WAITING])

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
            self._most_off(),
        ]

    def _most_off(self) -> int:
        """What sizes come to at most: a group of a size takes so many of the people."""
        each = (self.people * off // size for size, off in enumerate(self.off.tolist()) if size)
        return max(each, default=0)


def fragments_of(
    before: IntArray,
    largest: int,
    promised: IntArray,
    turns: IntArray | None = None,
    off: IntArray | None = None,
) -> Fragments:
    """The fragments of n people: ``before`` (n,) is each one's old group, negative for none.

    ``turns`` is by old group; ``promised`` are the people whom a rule keeps off the waitlist.
    ``off`` (largest + 1,) counts only where two people had no group and so may have a new bond.
    """
    kept, fragment = np.unique(before[before >= 0], return_inverse=True)
    newcomers = int((before < 0).sum())
    fragment_of = np.empty(len(before), dtype=np.int64)
    fragment_of[before >= 0] = fragment
    fragment_of[before < 0] = len(kept) + np.arange(newcomers)
    old_turns = np.zeros(len(kept), dtype=np.int64) if turns is None else turns[kept]
    old_turns = np.minimum(old_turns, PARAMS.columns.most_turns)
    mask = np.zeros(len(before), dtype=bool)
    mask[promised] = True
    all_turns = np.append(old_turns, np.zeros(newcomers, dtype=np.int64))
    if off is None or newcomers < 2:
        off = np.zeros(largest + 1, dtype=np.int64)
    return Fragments(fragment_of, len(kept), largest, all_turns, mask, off)


def _added_up(many: list[int], weights: list[int]) -> int:
    return sum(count * weight for count, weight in zip(many, weights, strict=True))


def _mates(fragments: IntArray, seats: BoolArray) -> tuple[IntArray, BoolArray]:
    """How many of each seat's fragment are in the column, and whether it is the first of them."""
    mates = np.zeros(fragments.shape, dtype=np.int64)
    first = seats.copy()
    for seat in range(fragments.shape[1]):
        same = fragments == fragments[:, seat : seat + 1]
        mates += same & seats[:, seat : seat + 1]
        first[:, seat] &= ~same[:, :seat].any(axis=1)
    return np.where(seats, mates, 0), first


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts of fragments, fragment by fragment: ``members`` (p, width), NOBODY for an empty place.

    ``cost`` is what a piece adds to that of its group, but for the new bonds that any group of
    that size has; ``starts`` is where each fragment's pieces begin. ``complete`` says whether all
    parts of all fragments are there; ``clash`` (p, p) which two no group can hold.
    """

    members: IntArray
    fragment: IntArray
    size: IntArray
    cost: IntArray
    starts: IntArray
    clash: BoolArray
    complete: bool


def pieces_of(fragments: Fragments, rivals: Sequence[IntArray], *, whole: bool) -> Pieces:
    """Every part of every fragment that fits into a group; with ``whole``, fragments themselves.

    Where these are too many, single people and all but a few of a fragment.
    """
    members_of = fragments.members()
    all_of_them = sum(2 ** len(members) for members in members_of)
    complete = whole or all_of_them <= PARAMS.columns.most_pieces
    parts = [list(_parts(members, fragments.largest, whole, complete)) for members in members_of]
    fragment = np.repeat(np.arange(len(members_of)), [len(pieces) for pieces in parts])
    members = padded([part for pieces in parts for part in pieces], fragments.largest)
    starts = np.searchsorted(fragment, np.arange(len(members_of) + 1))
    size = (members != NOBODY).sum(axis=1)
    cost = _cost(fragments, members, fragment, size)
    return Pieces(members, fragment, size, cost, starts, _clashing(members, rivals), complete)


def _parts(members: IntArray, largest: int, whole: bool, complete: bool) -> Iterator[IntArray]:
    for size in range(1, min(len(members), largest) + 1):
        left = len(members) - size
        if (whole and left) or not (complete or size == 1 or left <= 1):
            continue
        for part in combinations(members.tolist(), size):
            yield np.array(part, dtype=np.int64)


def _cost(fragments: Fragments, members: IntArray, fragment: IntArray, size: IntArray) -> IntArray:
    levels, weights = fragments.levels(members), fragments.weights
    cost = levels[:, BROKEN] * weights[BROKEN] - size * (size - 1) // 2 * weights[NEW]
    return np.asarray(cost + fragments.turns[fragment] * weights[AGAIN])


def _clashing(members: IntArray, rivals: Sequence[IntArray]) -> BoolArray:
    """Which two pieces hold people of whom a group takes no two alike, shape (p, p)."""
    found = np.zeros((len(members), len(members)), dtype=bool)
    for codes in rivals:
        used, local = np.unique(codes, return_inverse=True)
        having = np.zeros((len(members), len(used)), dtype=np.float32)
        rows, seats = np.nonzero(members != NOBODY)
        people = members[rows, seats]
        known = codes[people] >= 0
        having[rows[known], local[people[known]]] = 1
        found |= (having @ having.T) > 0
    return found
