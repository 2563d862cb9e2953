"""How near the edge a grouping is: which groups one absence would break, and by whose.

Solver-free, and asks each rule for nothing but its own check. The cost is linear in the number of
people: a group of s members is judged in s versions of s - 1 members each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Grouping, Seating
from vermegroup.domain.outcome import Audit
from vermegroup.domain.problem import Problem

# Groups beyond this are not tried: all their absences would cost the square of their size.
LARGEST_TRIED = 200
# Seats that rules are asked about at once, so that memory stays bounded on a large roster.
_AT_ONCE = 400_000


@dataclass(frozen=True, slots=True)
class Edge:
    """What one absence would do to each group.

    ``tried`` (groups,) tells the groups that are spoken of: those that keep every rule while all
    are there, and are not too large to try. ``rules`` are positions in the rulebook, of those that
    are asked when somebody is absent. ``breaks`` (rules, seats) says whether the group of a seat
    breaks the rule once that seat is empty; False in groups that were not tried.
    """

    seating: Seating
    tried: BoolArray
    rules: tuple[int, ...]
    breaks: BoolArray

    def fragile(self) -> BoolArray:
        """Groups with a member whose absence breaks a rule, shape (groups,)."""
        needed = self.seating.group[self.breaks.any(axis=0)]
        found: BoolArray = np.bincount(needed, minlength=self.seating.groups) > 0
        return found

    def safe(self) -> BoolArray:
        """Groups that keep every rule whoever is absent, shape (groups,)."""
        return self.tried & ~self.fragile()

    def reliances(self) -> Iterator[tuple[int, IntArray]]:
        """For each rule the seats, in rising order, that its groups cannot spare."""
        for row, rule in enumerate(self.rules):
            yield rule, np.flatnonzero(self.breaks[row])


def edge_of(problem: Problem, grouping: Grouping, audited: Audit) -> Edge:
    """Try every absence in every group that keeps the rules."""
    seating = grouping.seating()
    tried = _keeping(audited, grouping.groups) & (seating.sizes() <= LARGEST_TRIED)
    rules = problem.rulebook.rules
    asked = tuple(at for at, rule in enumerate(rules) if rule.outlives_absence)
    breaks = np.zeros((len(asked), len(seating.people)), dtype=bool)
    for seats in _blocks(seating, tried):
        absent = _alone(seating, seats).one_absent()
        for row, at in enumerate(asked):
            short = rules[at].shortfall(problem.roster, audited.plan, absent)
            breaks[row, seats] = short > 0
    return Edge(seating, tried, asked, breaks)


def _keeping(audited: Audit, groups: int) -> BoolArray:
    """The groups that break no rule, shape (groups,)."""
    keeping = np.ones(groups, dtype=bool)
    for standing in audited.rules:
        keeping[[breach.group for breach in standing.breaches if breach.group is not None]] = False
    return keeping


def _blocks(seating: Seating, tried: BoolArray) -> Iterator[IntArray]:
    """The seats of the groups to be tried, whole groups at a time."""
    seats = np.flatnonzero(tried[seating.group])
    if not len(seats):
        return
    weighed = np.cumsum(np.where(tried, seating.sizes() ** 2, 0)) // _AT_ONCE
    cuts = np.flatnonzero(np.diff(weighed[seating.group[seats]])) + 1
    yield from np.split(seats, cuts)


def _alone(seating: Seating, seats: IntArray) -> Seating:
    """These seats with their groups numbered anew from 0."""
    # They stand group by group.
    group = np.cumsum(np.diff(seating.group[seats], prepend=-1) > 0) - 1
    return Seating(seating.people[seats], group, int(group[-1]) + 1)
