"""The two horizons: what changes for good, and what is planned for one meeting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from vermegroup.audit import audit
from vermegroup.grouping import WAITLIST, EarlierGroups, Grouping
from vermegroup.moves import Bonds, Policy, bonds_between
from vermegroup.problem import Problem
from vermegroup.rebalancing.stage import Stage, take_stage
from vermegroup.rebalancing.turns import turns_taken
from vermegroup.roster import BoolArray, IntArray
from vermegroup.rules.amending import with_groups
from vermegroup.solver.limits import Search


@dataclass(frozen=True, slots=True)
class Change:
    """Who is absent from one meeting, who left for good, who joins: positions in the roster."""

    absent: IntArray
    left: IntArray
    joined: IntArray
    history: tuple[EarlierGroups, ...] = ()

    @property
    def lasting(self) -> bool:
        """Whether the permanent groups change."""
        return bool(len(self.left) or len(self.joined))


@dataclass(frozen=True, slots=True)
class Rebalanced:
    """What came of it, of a whole roster: the ``permanent`` groups, and those of the ``meeting``.

    ``lasting`` and ``passing`` are the steps taken, each None where there was nothing to do.
    """

    problem: Problem
    before: Grouping
    permanent: Grouping
    meeting: Grouping | None
    lasting: Stage | None
    passing: Stage | None
    change: Change = field(repr=False)

    @property
    def result(self) -> Grouping:
        """The groups that hold next."""
        return self.permanent if self.meeting is None else self.meeting

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The steps taken."""
        return tuple(stage for stage in (self.lasting, self.passing) if stage is not None)

    @property
    def changed(self) -> bool:
        """Whether the groups are others than before."""
        return any(stage.changed for stage in self.stages)

    def bonds(self) -> Bonds:
        """The bonds of those who are there before and after; whoever is absent, from a meeting."""
        here = self._here()
        return bonds_between(self.before.group_of[here], self.result.group_of[here])

    def touched(self) -> int:
        """How many of the groups before are others now, whether one step did that or both did."""
        if len(self.stages) < 2:
            return sum(stage.touched for stage in self.stages)
        here = self._here()
        before, after = (
            [
                frozenset(own[here[own]].tolist())
                for own in map(groups.members, range(groups.groups))
            ]
            for groups in (self.before, self.result)
        )
        return sum(group not in set(after) for group in before)

    def _here(self) -> BoolArray:
        """Who is there before and after, shape (n,)."""
        here = np.ones(len(self.problem.roster), dtype=bool)
        here[self.change.left] = False
        if self.meeting is not None:
            here[self.change.absent] = False
        return here


def rebalance(
    problem: Problem,
    before: Grouping,
    change: Change,
    policy: Policy | None,
    search: Search,
) -> Rebalanced:
    """Repair a grouping after a change; first for good, then for one meeting.

    A grouping that keeps all its rules, of which nothing is asked, and for which nobody waits,
    stays as it is. No meeting is planned that nobody could come to, nor for groups that leave
    somebody over whom the rules want placed for good.
    """
    lasting = passing = meeting = None
    permanent = before
    if change.lasting or not (len(change.absent) or _all_well(problem, before)):
        here = np.setdiff1d(np.arange(len(problem.roster)), change.left)
        lasting = take_stage(problem, before, here, policy, search)
        permanent = _spread(lasting, len(problem.roster))
    if len(change.absent) and not (lasting is not None and lasting.left_over):
        members = np.flatnonzero(permanent.group_of != WAITLIST)
        here = np.setdiff1d(members, change.absent)
        turns = turns_taken(problem.roster, permanent, change.history)
        passing = take_stage(problem, permanent, here, policy, search, turns) if len(here) else None
        meeting = None if passing is None else _spread(passing, len(problem.roster))
    return Rebalanced(problem, before, permanent, meeting, lasting, passing, change)


def _all_well(problem: Problem, before: Grouping) -> bool:
    """Whether every rule holds and everybody has a group."""
    return not len(before.waitlist()) and audit(problem, before).valid


def with_any_number(problem: Problem) -> Problem:
    """The problem without a number of groups: that one was asked for when groups were formed."""
    book = problem.rulebook
    if book.split is not None:  # its parts are regrouped with any number, too
        return problem
    spec = replace(book.groups, fewest=None, most=None)
    free = replace(with_groups(book, spec), plain=book.plain, origin=book.origin)
    return replace(problem, rulebook=free)


def _spread(stage: Stage, people: int) -> Grouping:
    """The grouping of some people as one of all, the others having no group."""
    group_of = np.full(people, WAITLIST, dtype=np.int64)
    group_of[stage.here] = stage.after.group_of
    return replace(stage.after, group_of=group_of)
