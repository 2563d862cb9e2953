"""What would become of every group if those who are held came to it, while they are held.

Each is an edit that the judge's desk tries: what it breaks or mends, and which preferences come out
better or worse. So a page can colour all groups at once, before anybody is put down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.roster import Roster
from vermegroup.domain.seats import groups_of_people
from vermegroup.edit.session.outlooks import Outlook, Prospect, prospects_on
from vermegroup.edit.session.split_prospects import prospects_in_parts
from vermegroup.edit.session.state import State
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, together
from vermegroup.judge.options import free_name

__all__ = ["Outlook", "Prospect", "Prospects", "prospects"]


@dataclass(frozen=True, slots=True)
class Prospects:
    """By the names of groups, "" for the queue, and that of the ``new`` group that could begin.

    ``swaps`` tell of the others, by their seats, for the one who is held. Where nobody can go, as
    nobody can be in a group twice, nothing is told.
    """

    groups: dict[str, Prospect]
    swaps: dict[int, Prospect]
    new: str


def prospects(state: State, held: Sequence[int]) -> Prospects:
    """What would become of each group, the queue and a new group with those who are held.

    ``held`` are seats. Whoever is alone held could change places with anybody in another group.
    """
    problem, grouping = state.groups.problem, state.grouping
    names = [*grouping.names, new := free_name(grouping), ""]
    taken = _groups_of(problem.roster, grouping)
    edits, swaps = _all_to(grouping, held, taken), _swaps(problem.roster, grouping, held, taken)
    found = _judged(Desk(problem, grouping, new), together([edits, swaps]))
    targets, others = edits.targets[:, 0].tolist(), swaps.people[:, -1].tolist()
    groups = dict(zip(map(names.__getitem__, targets), found, strict=False))
    return Prospects(groups, dict(zip(others, found[len(edits) :], strict=True)), new)


def _groups_of(roster: Roster, grouping: Grouping) -> BoolArray:
    """Who is in which group, by all seats of a person: shape (n, groups + 2).

    The last two are a new group and the queue, in which anybody can be.
    """
    found = np.zeros((len(roster), grouping.groups + 2), dtype=bool)
    if not roster.has_further_seats:
        placed = np.flatnonzero(grouping.group_of != WAITLIST)
        found[placed, grouping.group_of[placed]] = True
        return found
    for person, groups in groups_of_people(roster, grouping).items():
        found[np.ix_(roster.person_of() == person, groups)] = True
    return found


def _all_to(grouping: Grouping, held: Sequence[int], taken: BoolArray) -> Edits:
    """Those who are held go all to one place, to each that somebody of them is not in.

    Whoever is there already stays; nobody comes to a group by a second seat.
    """
    homes = grouping.group_of[list(held)]
    targets = np.array([*range(grouping.groups), WAITLIST, grouping.groups], dtype=np.int64)
    stays = homes == targets[:, None]
    twice = taken[list(held)][:, targets].T & ~stays
    targets = targets[~stays.all(axis=1) & ~twice.any(axis=1)]
    people = np.tile(np.array(held, dtype=np.int64), (len(targets), 1))
    return Edits(people, np.repeat(targets[:, None], len(held), axis=1))


def _swaps(roster: Roster, grouping: Grouping, held: Sequence[int], taken: BoolArray) -> Edits:
    """The one who is held in the place of each who sits elsewhere."""
    if len(held) != 1:
        return NO_EDIT.some(np.zeros(0, dtype=np.int64))
    own, homes = int(grouping.group_of[held[0]]), grouping.group_of
    free = (homes != own) & ~taken[held[0]][homes] & ~taken[:, own]
    others = np.flatnonzero(free & (roster.person_of() != roster.person_of()[held[0]]))
    people = np.column_stack([np.full(len(others), held[0]), others])
    there = np.column_stack([homes[others], np.full(len(others), own)])
    return Edits(people, there)


def _judged(desk: Desk, edits: Edits) -> list[Prospect]:
    if desk.problem.rulebook.split is not None:
        return prospects_in_parts(desk, edits)
    return prospects_on(desk, edits)
