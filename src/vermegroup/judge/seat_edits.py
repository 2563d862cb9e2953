"""Edits where people may be in several groups: which seat goes where, and what that parts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY, WAITLIST, Grouping
from vermegroup.domain.seats import groups_of_people
from vermegroup.judge.edits import Desk, Edits
from vermegroup.judge.several_groups import best_seated

Steps = dict[int, int]


class SeveralSeats:
    """The edits of people who may be in several groups, on a desk where they have seats."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._person = desk.problem.roster.person_of()
        self._groups = groups_of_people(desk.problem.roster, desk.grouping)
        self._mates = self._mates_in(desk.grouping)

    def choices(self, seat: int, partners: IntArray, *, left: bool = False) -> Edits:
        """The edits by which a person comes into another group.

        Out of any of her groups, or into one more if she may; alone, or in the place of one of its
        members. With ``left`` it is this seat that comes.
        """
        seats = [seat] if left else self._that_may_come(seat)
        return _edits([steps for own in seats for steps in self._of_seat(own, partners)])

    def concerning(
        self, groups: IntArray, seats: IntArray, *, swaps: bool = False, out: bool = False
    ) -> Edits:
        """The moves of one person that have to do with these groups, or who sits in these seats.

        Out of one of several groups, too. With ``swaps`` these people's swaps with all others
        instead; with ``out`` the ways of those who are in one group into the queue.
        """
        people = np.unique(self._person[seats]).tolist()
        placed = np.flatnonzero(self._desk.grouping.group_of != WAITLIST)
        if swaps:
            own = [each for person in people for each in self._that_may_come(person)]
            steps = [each for seat in own for each in self._of_seat(seat, placed)]
            return _edits([each for each in steps if len(each) > 1 and self._keeps(each)])
        rows = list[Steps]()
        for person in np.unique(self._person).tolist():
            for seat in self._that_may_come(person):
                home, alone = (
                    int(self._desk.grouping.group_of[seat]),
                    len(self._groups_of(seat)) == 1,
                )
                steps = [] if out else list(self._of_seat(seat, placed[:0]))
                if home != WAITLIST and alone == out:
                    steps.append({seat: WAITLIST})
                here = person in people or home in groups
                rows += [each for each in steps if here or each[seat] in groups]
        return _edits(rows)

    def _keeps(self, steps: Steps) -> bool:
        """Whether nobody would be without a group."""
        return all(
            target != WAITLIST or len(self._groups_of(seat)) > 1 for seat, target in steps.items()
        )

    def judged(self, edits: Edits) -> tuple[Edits, IntArray]:
        """The same edits with everybody in the seats that suit the rules, and bonds they break."""
        desk, rows, bonds = self._desk, list[Steps](), list[int]()
        names = (*desk.grouping.names, desk.new)
        for place in range(len(edits)):
            group_of = desk.grouping.group_of.copy()
            steps = edits.seats(place)
            for seat, target in steps:
                group_of[seat] = target
            after = best_seated(desk.problem, Grouping(group_of, names))
            changed = np.flatnonzero(after.group_of != desk.grouping.group_of)
            rows.append({seat: int(after.group_of[seat]) for seat in changed.tolist()})
            bonds.append(self._parted(after, {int(self._person[seat]) for seat, _ in steps}))
        return _edits(rows), np.array(bonds, dtype=np.int64)

    def _that_may_come(self, seat: int) -> list[int]:
        """The seats that a person has, and a free one; of those alike the first."""
        own = np.flatnonzero(self._person == self._person[seat])
        taken = self._desk.grouping.group_of[own] != WAITLIST
        return [*own[taken].tolist(), *own[~taken][:1].tolist()]

    def _of_seat(self, seat: int, partners: IntArray) -> Iterator[Steps]:
        group_of, own = self._desk.grouping.group_of, self._groups_of(seat)
        for group in np.flatnonzero(self._desk.sizes > 0).tolist():
            if group not in own:
                yield {seat: group}
        home = int(group_of[seat])
        for other in partners[np.argsort(group_of[partners], kind="stable")].tolist():
            there = int(group_of[other])
            if there != WAITLIST and there not in own and home not in self._groups_of(other):
                yield {seat: there, other: home}

    def _groups_of(self, seat: int) -> list[int]:
        return self._groups.get(int(self._person[seat]), [])

    def _mates_in(self, grouping: Grouping, people: set[int] | None = None) -> dict[int, set[int]]:
        """With whom people share a group; of everybody, or of some."""
        found: dict[int, set[int]] = {}
        for group in range(grouping.groups):
            members = self._person[grouping.members(group)].tolist()
            for person in members if people is None else people.intersection(members):
                found.setdefault(person, set()).update(members)
        return found

    def _parted(self, after: Grouping, moved: set[int]) -> int:
        """How many pairs shared a group and no longer share one, where these people move."""
        mates = self._mates_in(after, moved)
        pairs = {
            frozenset((person, other))
            for person in moved
            for other in self._mates.get(person, set()) - mates.get(person, set())
            if other != person
        }
        return len(pairs)


def _edits(rows: list[Steps]) -> Edits:
    width = max(map(len, rows), default=1)
    people = np.full((len(rows), max(1, width)), NOBODY, dtype=np.int64)
    targets = np.full_like(people, WAITLIST)
    for at, steps in enumerate(rows):
        people[at, : len(steps)], targets[at, : len(steps)] = [*steps], [*steps.values()]
    return Edits(people, targets)
