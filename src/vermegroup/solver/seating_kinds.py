"""From compositions to persons: who of each kind goes where, so that totals stay even.

Within a kind the choice is free, and so is the order in which compositions are used up. The
people furthest from the mean choose first: one far above it takes the composition and the mates
with the lowest total, one far below it those with the highest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from vermegroup.roster import IntArray


def seat_kinds(
    kind_of: IntArray, columns: Sequence[IntArray], times: Sequence[int], ticks: IntArray
) -> IntArray:
    """Each person's group (n,), -1 for who is left; ``times[c]`` groups have composition c.

    ``columns[c]`` lists the kinds of composition c, a kind as often as it occurs in it.
    """
    table = _Table(kind_of, columns, times, ticks)
    group_of = np.full(len(kind_of), -1, dtype=np.int64)
    for group in range(sum(times)):
        group_of[table.next_group()] = group
    return group_of


class _Table:
    """People waiting by kind, in rising order, and the compositions not yet used."""

    def __init__(
        self,
        kind_of: IntArray,
        columns: Sequence[IntArray],
        times: Sequence[int],
        ticks: IntArray,
    ) -> None:
        self.ticks: list[int] = ticks.tolist()
        order = np.lexsort((ticks, kind_of))
        bounds = np.searchsorted(kind_of[order], np.arange(int(kind_of.max()) + 2))
        self.waiting: list[deque[int]] = [deque(order[a:b].tolist()) for a, b in pairwise(bounds)]
        self.left = dict(enumerate(times))
        self.columns = [column.tolist() for column in columns]
        reach = [self.ticks[line[-1]] - self.ticks[line[0]] for line in self.waiting]
        # The kind with the widest reach decides how far off a group's total can be: it leads.
        self.by_leader: dict[int, list[int]] = {}
        for index, column in enumerate(self.columns):
            if times[index]:
                leader = max(column, key=lambda kind: (reach[kind], kind))
                self.by_leader.setdefault(leader, []).append(index)
        led = [self.ticks[p] for leader in self.by_leader for p in self.waiting[leader]]
        self.middle = sum(led) / len(led)

    def next_group(self) -> list[int]:
        """Take the members of one more group off the lines."""
        leader, high = self._most_extreme()
        choices = self.by_leader[leader]
        totals = [(self._total(self.columns[index], leader, high), index) for index in choices]
        index = min(totals)[1] if high else max(totals)[1]
        self.left[index] -= 1
        if not self.left[index]:
            choices.remove(index)
            if not choices:
                del self.by_leader[leader]
        mates = list(self.columns[index])
        mates.remove(leader)
        first = self.waiting[leader].pop() if high else self.waiting[leader].popleft()
        return [first, *(self._mate(kind, high) for kind in mates)]

    def _most_extreme(self) -> tuple[int, bool]:
        """The kind whose highest or lowest person is furthest from the middle; True: highest."""
        ends: list[tuple[float, int, bool]] = []
        for leader in self.by_leader:
            line = self.waiting[leader]
            ends.append((self.ticks[line[-1]] - self.middle, leader, True))
            ends.append((self.middle - self.ticks[line[0]], leader, False))
        return max(ends)[1:]

    def _total(self, column: Sequence[int], leader: int, high: bool) -> int:
        """What a composition would add up to with the mates at the far end of their lines.

        Kinds that occur twice are counted at the same end: an estimate for ranking only.
        """
        end = 0 if high else -1
        return sum(self.ticks[self.waiting[kind][end]] for kind in column if kind != leader)

    def _mate(self, kind: int, high: bool) -> int:
        line = self.waiting[kind]
        return line.popleft() if high else line.pop()
