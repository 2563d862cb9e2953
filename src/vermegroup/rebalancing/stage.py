"""What changes, what came of one step, and of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Bonds, Policy
from vermegroup.domain.grouping import WAITLIST, EarlierGroups, Grouping
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster
from vermegroup.domain.seats import bonds_of
from vermegroup.domain.split import Part
from vermegroup.solver.column_generation.task import Regrouped


@dataclass(frozen=True, slots=True)
class Stage:
    """What came of one step: ``here`` (m,) are those it is about, ``problem`` is theirs.

    ``before`` and ``after`` are groupings of these m people. ``answers`` are the solver's, one
    for each of the ``parts`` of a split roster; ``policy`` is the one that was used, and
    ``merges_only`` says that no other was allowed, ``merging_fails`` that merging is proven to
    leave somebody waiting in each part in which single people moved.
    """

    here: IntArray
    problem: Problem
    before: Grouping
    after: Grouping
    parts: tuple[Part, ...]
    answers: tuple[Regrouped, ...]
    policy: Policy
    merges_only: bool = False
    merging_fails: bool = False

    @property
    def waiting(self) -> int:
        """How many of them have no group."""
        return sum(answer.waiting for answer in self.answers)

    @property
    def proven(self) -> bool:
        """Whether nothing is better, in any part."""
        return all(answer.proven for answer in self.answers)

    @property
    def bound(self) -> int:
        """The fewest bonds that had to break."""
        return sum(answer.broken_bound for answer in self.answers)

    @property
    def waiting_bound(self) -> int:
        """The fewest people who must wait."""
        return sum(answer.waiting_bound for answer in self.answers)

    @property
    def changed(self) -> bool:
        """Whether anybody is in another group than before, or together with other people."""
        joined = (self.before.group_of < 0) & (self.after.group_of >= 0)
        return bool(self.touched or joined.any())

    @property
    def left_over(self) -> int:
        """How many have no group whom the rules want placed; all where there is no group at all."""
        if not self.after.groups:
            return len(self.here)
        return sum(
            answer.waiting if _has_all(part.problem) else answer.missing
            for part, answer in zip(self.parts, self.answers, strict=True)
        )

    @property
    def left_over_bound(self) -> int:
        """How many of those must be left over, as far as that is proven."""
        if not self.after.groups and self.waiting_bound == len(self.here):
            return len(self.here)
        return sum(
            answer.waiting_bound if _has_all(part.problem) else answer.missing_bound
            for part, answer in zip(self.parts, self.answers, strict=True)
        )

    @property
    def kept(self) -> bool:
        """Whether there are as many groups as the rulebook asks for, in each part."""
        return all(answer.kept for answer in self.answers)

    def passed_by(self) -> bool:
        """Whether of those who had no group some are placed, and some wait."""
        queue = self.before.group_of < 0
        placed = queue & (self.after.group_of >= 0)
        several = self.problem.roster.has_further_seats  # nobody waits, but seats that are free
        return bool(placed.any() and (queue & ~placed).any() and not several)

    @property
    def in_turn(self) -> bool:
        """Whether it is shown that nobody of the queue could come before those who are placed."""
        return all(answer.in_turn for answer in self.answers)

    @property
    def touched(self) -> int:
        """How many of the old groups did not stay as they were."""
        return sum(answer.touched for answer in self.answers)


def _has_all(problem: Problem) -> bool:
    """Whether everybody is to have a group: of people in several, nobody ever waits."""
    return problem.rulebook.everyone or problem.roster.has_further_seats


@dataclass(frozen=True, slots=True)
class Change:
    """Who is absent from one meeting, who left for good, who joins: positions in the roster.

    A ``meeting`` is asked for where anybody is named as absent, a member still or not.
    """

    absent: IntArray
    left: IntArray
    joined: IntArray
    history: tuple[EarlierGroups, ...] = ()
    meeting: bool = False

    @property
    def lasting(self) -> bool:
        """Whether the permanent groups change."""
        return bool(len(self.left) or len(self.joined))

    def in_seats(self, roster: Roster) -> Change:
        """The same people by all their seats in a roster."""
        person = roster.person_of()
        absent, left, joined = (
            np.flatnonzero(np.isin(person, people)).astype(np.int64)
            for people in (self.absent, self.left, self.joined)
        )
        return replace(self, absent=absent, left=left, joined=joined)


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
        here, roster = self.here(), self.problem.roster
        groups = (
            Grouping(np.where(here, each.group_of, WAITLIST), each.names)
            for each in (self.before, self.result)
        )
        return bonds_of(roster, *groups)

    def touched(self) -> int:
        """How many of the groups before are others now, whether one step did that or both did."""
        if len(self.stages) < 2:
            return sum(stage.touched for stage in self.stages)
        here, person = self.here(), self.problem.roster.person_of()
        before, after = (
            [
                frozenset(person[members[here[members]]].tolist())
                for members in map(groups.members, range(groups.groups))
            ]
            for groups in (self.before, self.result)
        )
        return sum(group not in set(after) for group in before)

    def changed_groups(self) -> int:
        """How many of the groups before have other members now, whoever left for good included.

        Whoever is absent from a meeting is no change of a group.
        """
        person, there = self.problem.roster.person_of(), np.ones(len(self.problem.roster), bool)
        if self.meeting is not None:
            there[self.change.absent] = False
        before, after = (
            [frozenset(person[each[there[each]]].tolist()) for each in map(groups.members, numbers)]
            for groups in (self.before, self.result)
            for numbers in (range(groups.groups),)
        )
        return sum(bool(group) and group not in set(after) for group in before)

    def here(self) -> BoolArray:
        """Who is there before and after, shape (n,)."""
        here = np.ones(len(self.problem.roster), dtype=bool)
        here[self.change.left] = False
        if self.meeting is not None:
            here[self.change.absent] = False
        return here
