"""Subset-row cuts: of three people, two sit together in one group at most.

Jepsen, Petersen, Spoorendonk and Pisinger, *Subset-row inequalities applied to the vehicle-routing
problem with time windows*, Operations Research 56 (2008), for three rows and a half each. Groups
of a relaxation may take turns with three people, half of each pair; no choice of whole groups can.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import BoolArray, FloatArray, IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.columns import Rows
from vermegroup.solver.column_generation.partition import Partition
from vermegroup.solver.params import PARAMS


def with_cuts(partition: Partition, used: IntArray, values: FloatArray) -> Partition | None:
    """The same choice with rows that a relaxation breaks; None where it breaks none of them.

    ``values`` (u,) is how much of each of the ``used`` columns the relaxation takes.
    """
    most = max(1, PARAMS.enumeration.cut_cells // len(partition.columns))
    threes = _broken(partition.people, partition.columns[used], values)[:most]
    if not len(threes):
        return None
    cuts = tuple((_with_two(partition, three), 1) for three in threes)
    return replace(partition, limits=(*partition.limits, *cuts))


def _broken(people: int, columns: Rows, values: FloatArray) -> IntArray:
    """The threes of people (t, 3) that two or more share too much, the worst ones of each person.

    Two of three are together as much as the columns of the pairs come to, those of all three being
    counted once.
    """
    together = np.zeros((people + 1, people + 1))
    all_three = np.zeros((people + 1,) * 3)
    for one, other in combinations(range(columns.shape[1]), 2):
        np.add.at(together, (columns[:, one], columns[:, other]), values)
    for three in combinations(range(columns.shape[1]), 3):
        np.add.at(all_three, tuple(columns[:, seat] for seat in three), values)
    first, second, third = _threes(people)
    taken = together[first, second] + together[first, third] + together[second, third]
    taken -= 2 * all_three[first, second, third]
    worst = np.flatnonzero(taken > 1 + PARAMS.enumeration.cut_depth)
    worst = worst[np.argsort(-taken[worst], kind="stable")]
    return _differing(np.column_stack([first, second, third])[worst], people)


def _threes(people: int) -> tuple[IntArray, IntArray, IntArray]:
    """All threes of people, each in rising order: members of columns stand in it, too."""
    first, second = np.triu_indices(people, 1)
    later = people - 1 - second
    at = np.repeat(np.arange(len(first)), later)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(later) - later, later)
    return first[at], second[at], second[at] + 1 + nth


def _differing(threes: IntArray, people: int) -> IntArray:
    """The first threes of each person: cuts that are much alike are worth one of them."""
    taken = np.zeros(people, dtype=np.int64)
    found = []
    for place, three in enumerate(threes.tolist()):
        if taken[three].max() < PARAMS.enumeration.cuts_for_each:
            taken[three] += 1
            found.append(place)
    return threes[found]


def _with_two(partition: Partition, three: IntArray) -> BoolArray:
    """Which columns have two of three people, or all of them."""
    is_one = np.zeros(partition.people + 1, dtype=np.int8)
    is_one[three] = 1
    assert NOBODY == -1  # the last place is nobody's
    members = sum(is_one[column] for column in partition.columns.T)
    return np.asarray(members) >= 2
