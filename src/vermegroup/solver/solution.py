"""The incumbent: a grouping in the making, what came of an attempt, and its groups' names.

While groups are formed they are interchangeable. Afterwards they are numbered by their first
member in the roster, so that the file reads in order; but a group that people were promised by
name gets that name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Grouping, Seating, group_names, usual_number
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import (
    PreferenceStanding,
    Problem,
    must_be_seated,
    rules_broken,
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """``possible`` is True, False (shown by search) or None (open).

    ``group_of`` (n,) is the best grouping found, -1 for the waitlist. ``bounds`` holds what
    search has shown that a preference (by position) cannot pass, given those before it, and
    ``elsewhere`` what the first one cannot pass with other numbers of groups. ``reached`` is how
    the preferences stand in it, where that has been told already.
    """

    possible: bool | None
    group_of: IntArray | None = None
    bounds: Mapping[int, int] = field(default_factory=dict)
    elsewhere: Mapping[int, int] = field(default_factory=dict)
    reached: tuple[PreferenceStanding, ...] | None = None


def seating_of(group_of: IntArray, groups: int) -> Seating:
    """The seats of a grouping given as an array (n,) of group indices, -1 for none."""
    placed = np.flatnonzero(group_of >= 0)
    return Seating(placed, group_of[placed], groups)


class Draft:
    """``group_of`` (n,) and, kept in step with it, the members of each group."""

    def __init__(self, problem: Problem, plan: Plan, group_of: IntArray) -> None:
        self.problem = problem
        self.plan = plan
        self.group_of = group_of.copy()
        # The members of each group at first, and of those that were seated anew.
        self._order = np.argsort(group_of, kind="stable")
        ends = np.searchsorted(group_of[self._order], np.arange(plan.groups + 1))
        self._ends: list[int] = ends.tolist()
        self._reseated: dict[int, IntArray] = {}
        self._sizes = np.diff(ends)
        self._broken: IntArray | None = None

    def seating(self) -> Seating:
        """The seats of all groups."""
        return seating_of(self.group_of, self.plan.groups)

    def broken(self) -> IntArray:
        """By how much each group falls short of the rules, shape (groups,)."""
        if self._broken is None:
            self._broken = rules_broken(self.problem, self.plan, self.seating())
        return self._broken

    def people(self, groups: Iterable[int]) -> IntArray:
        """The members of some groups, group by group."""
        return np.concatenate([self._members(group) for group in groups])

    def _members(self, group: int) -> IntArray:
        found = self._reseated.get(group)
        return self._order[self._ends[group] : self._ends[group + 1]] if found is None else found

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
        self._broken = None
        named = np.append(np.asarray(groups), -1)
        self.group_of[people] = named[chosen]
        for index, group in enumerate(groups):
            self._reseated[int(group)] = people[chosen == index]
            self._sizes[group] = len(self._reseated[int(group)])

    def lacking(self, wishes: Sequence[Kind], group: int) -> IntArray:
        """Those outside a group whom its rules and these wishes cannot do without."""
        problem, members = self.problem, self.people([group])
        kinds = (*problem.rulebook.rules, *wishes)
        found = [kind.lacks(problem.roster, self.plan, members) for kind in kinds]
        return np.unique(np.concatenate(found))

    def valid(self, *, everyone: bool) -> bool:
        """Whether every rule holds, and nobody waits where everyone is to be placed."""
        broken = self.broken().any()
        waiting = self.waiting()
        promised = np.isin(waiting, must_be_seated(self.problem)).any()
        return not broken and not promised and not (everyone and len(waiting))

    def without_place(self) -> IntArray:
        """Those who must be placed and are in no group that keeps the rules."""
        broken = self.broken() > 0
        outside = np.append(broken, True)[self.group_of]  # -1, the waitlist, is the last
        if self.problem.rulebook.everyone:
            return np.flatnonzero(outside)
        return np.intersect1d(np.flatnonzero(outside), must_be_seated(self.problem))

    def waiting(self) -> IntArray:
        """Who has no seat."""
        return np.flatnonzero(self.group_of < 0)


def numbered(problem: Problem, group_of: IntArray, groups: int) -> Grouping:
    """The groups (n,), -1 for the waitlist, in order of their first members and with names."""
    return named(_in_order(group_of, groups), groups, promised(problem))


def promised(problem: Problem) -> dict[int, str]:
    """The names of groups that people were promised, by participant."""
    return {
        person: name
        for rule in problem.rulebook.rules
        for person, name in rule.named_groups(problem.roster).items()
    }


def named(group_of: IntArray, groups: int, promises: Mapping[int, str]) -> Grouping:
    """Groups in the order they have, but for those promised by number or by another name.

    A number is a group's place; groups of other names stand at the end.
    """
    names = list(group_names(groups))
    seated = {person: name for person, name in promises.items() if group_of[person] >= 0}
    if not seated:
        return Grouping(group_of, tuple(names))
    wanted = {int(group_of[person]): name for person, name in seated.items()}
    places = _places(groups, wanted)
    for group, name in wanted.items():
        if not _is_place(name, groups):
            names[places[group]] = name
    moved = np.append(places, -1)  # -1, the waitlist, stays
    return Grouping(moved[group_of], tuple(names))


def _places(groups: int, wanted: Mapping[int, str]) -> IntArray:
    """Each group's new place, shape (groups,)."""
    place = {
        group: (usual_number(name) or 0) - 1
        for group, name in wanted.items()
        if _is_place(name, groups)
    }
    others = [group for group in range(groups) if group not in place]
    free = sorted(set(range(groups)) - set(place.values()))
    by_name = [group for group in others if group in wanted]
    by_number = [group for group in others if group not in wanted]
    place.update(zip([*by_number, *by_name], free, strict=True))
    return np.array([place[group] for group in range(groups)], dtype=np.int64)


def _is_place(name: str, groups: int) -> bool:
    return 0 < (usual_number(name) or 0) <= groups


def _in_order(group_of: IntArray, groups: int) -> IntArray:
    first = np.full(groups, len(group_of))
    placed = np.flatnonzero(group_of >= 0)
    np.minimum.at(first, group_of[placed], placed)
    rank = np.empty(groups, dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(groups)
    return np.where(group_of >= 0, rank[group_of], -1)
