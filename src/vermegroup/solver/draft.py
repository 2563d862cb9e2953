"""A grouping in the making: which people are in which group, changed a few groups at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.attempt import rules_broken, seating_of
from vermegroup.solver.goals import Goal


class Draft:
    """``group_of`` (n,) and, kept in step with it, the members of each group."""

    def __init__(self, problem: Problem, plan: Plan, group_of: IntArray) -> None:
        self.problem = problem
        self.plan = plan
        self.group_of = group_of.copy()
        order = np.argsort(group_of, kind="stable")
        bounds = np.searchsorted(group_of[order], np.arange(plan.groups + 1))
        self._members = [order[a:b] for a, b in pairwise(bounds)]
        self._sizes = np.diff(bounds)

    def seating(self) -> Seating:
        """The seats of all groups."""
        return seating_of(self.group_of, self.plan.groups)

    def people(self, groups: Iterable[int]) -> IntArray:
        """The members of some groups, group by group."""
        return np.concatenate([self._members[group] for group in groups])

    def part(self, groups: Sequence[int]) -> Seating:
        """The seats of some groups, which are numbered anew from 0."""
        seats = np.repeat(np.arange(len(groups)), self._sizes[np.asarray(groups)])
        return Seating(self.people(groups), seats, len(groups))

    def sizes(self, groups: Sequence[int] | IntArray) -> IntArray:
        """The sizes of some groups."""
        sizes: IntArray = self._sizes[np.asarray(groups)]
        return sizes

    def largest_first(self, groups: IntArray) -> list[int]:
        """The same groups in descending order of their sizes."""
        chosen: list[int] = groups[np.argsort(-self.sizes(groups), kind="stable")].tolist()
        return chosen

    def reseat(self, groups: Sequence[int], people: IntArray, chosen: IntArray) -> None:
        """Seat these people anew: ``chosen`` (m,) is an index into ``groups``, -1 the waitlist."""
        named = np.append(np.asarray(groups), -1)
        self.group_of[people] = named[chosen]
        for index, group in enumerate(groups):
            self._members[group] = people[chosen == index]
            self._sizes[group] = len(self._members[group])

    def lacking(self, goals: Sequence[Goal], group: int) -> IntArray:
        """Those outside a group whom its rules and local goals cannot do without."""
        problem, members = self.problem, self.people([group])
        kinds = [*problem.rulebook.rules, *(goal.preference for goal in goals if goal.local)]
        found = [kind.lacks(problem.roster, self.plan, members) for kind in kinds]
        return np.unique(np.concatenate(found))

    def valid(self, *, everyone: bool) -> bool:
        """Whether every rule holds, and nobody waits where everyone is to be placed."""
        broken = rules_broken(self.problem, self.plan, self.seating()).any()
        waiting = self.waiting()
        promised = np.isin(waiting, must_be_seated(self.problem)).any()
        return not broken and not promised and not (everyone and len(waiting))

    def without_place(self) -> IntArray:
        """Those who must be placed and are in no group that keeps the rules."""
        broken = rules_broken(self.problem, self.plan, self.seating()) > 0
        outside = np.append(broken, True)[self.group_of]  # -1, the waitlist, is the last
        if self.problem.rulebook.everyone:
            return np.flatnonzero(outside)
        return np.intersect1d(np.flatnonzero(outside), must_be_seated(self.problem))

    def waiting(self) -> IntArray:
        """Who has no seat."""
        return np.flatnonzero(self.group_of < 0)


def must_be_seated(problem: Problem) -> IntArray:
    """The participants whom a rule keeps off the waitlist."""
    found = [rule.must_be_seated(problem.roster) for rule in problem.rulebook.rules]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *found]))


def bad_groups(problem: Problem, plan: Plan, goals: Sequence[Goal], seating: Seating) -> BoolArray:
    """Which groups break a rule or stand in the way of a local goal, shape (groups,)."""
    bad = rules_broken(problem, plan, seating) > 0
    for goal in goals:
        if goal.local:
            bad |= goal.missed(seating)
    return bad
