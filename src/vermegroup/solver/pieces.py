"""Parts of units, from which new groups are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.candidate_groups import NOBODY, padded
from vermegroup.solver.remains import AGAIN, BROKEN, NEW, Remains

MOST_PIECES = 4000
"""Which pieces cannot share a group is a square table."""


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
    complete = whole or all_of_them <= MOST_PIECES
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
