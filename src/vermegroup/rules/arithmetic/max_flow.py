"""How many different values groups can have, added up: a flow from values to groups.

A value goes at most once to a group, and to no more groups than people have it; a group has at
most as many values as its members bring. The greatest flow is the least cut (Ford and Fulkerson,
1956). Here a cut is told by the number of values that count by groups rather than by people, the
commonest ones; so all cuts are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import IntArray


@dataclass(frozen=True, slots=True)
class Cover:
    """``most`` values at best; then groups that bring ``common`` or fewer have only common ones.

    The ``common`` commonest values stand in every group that can bring so many.
    """

    most: int
    common: int


def greatest_cover(counts: IntArray, brought: Sequence[int] | IntArray) -> Cover:
    """The best that can be where ``counts`` people have each value and groups bring so many."""
    falling = np.sort(counts)[::-1]
    rest = int(falling.sum()) - np.concatenate([[0], np.cumsum(falling)])
    taken = np.bincount(np.minimum(brought, len(counts)), minlength=len(counts) + 1)
    # In groups: min(i, brought) summed over them rises by the groups that bring i or more.
    reach = np.cumsum(taken[::-1])[::-1][1:]
    cuts = rest + np.concatenate([[0], np.cumsum(reach)])
    # Of equal cuts the one by the fewest groups: it says least about groups that bring little.
    common = int(np.flatnonzero(cuts == cuts.min())[0])
    return Cover(int(cuts.min()), common)


def commonest(counts: IntArray, how_many: int) -> IntArray:
    """The codes of the commonest values."""
    return np.argsort(-counts, kind="stable")[:how_many]
