"""What would become of every group if those who are held came to it, while they are held.

Each is an edit that the judge's desk tries: what it breaks or mends, and which preferences come out
better or worse. So a page can colour all groups at once, before anybody is put down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import NOBODY, WAITLIST, Grouping
from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import RuleStanding
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import parts_in
from vermegroup.edit.session.state import State
from vermegroup.judge.auditor import rules_in, rules_judged
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, together
from vermegroup.judge.options import free_name
from vermegroup.judge.seat_edits import SeveralSeats
from vermegroup.language.messages import Message


class Outlook(StrEnum):
    """What rules say of an edit: all hold after it; it mends, leaves or makes what is broken."""

    KEEPS = "keeps"
    MENDS = "mends"
    LEAVES = "leaves"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would come of it: ``breaks`` and ``mends`` are rules, the others are preferences."""

    outlook: Outlook
    breaks: tuple[Message, ...] = ()
    mends: tuple[Message, ...] = ()
    better: tuple[Message, ...] = ()
    worse: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospects:
    """By the names of groups, "" for the queue, and that of the ``new`` group that could begin.

    ``swaps`` tell of the others, by their seats, for the one who is held.
    """

    groups: dict[str, Prospect]
    swaps: dict[int, Prospect]
    new: str


def prospects(state: State, held: Sequence[int]) -> Prospects:
    """What would become of each group, the queue and a new group with those who are held.

    ``held`` are seats. Whoever is alone held could change places with anybody in another group.
    """
    problem, grouping = state.groups.problem, state.grouping
    new = free_name(grouping)
    targets = np.array([*range(grouping.groups), WAITLIST, grouping.groups], dtype=np.int64)
    homes = np.unique(grouping.group_of[list(held)])
    if len(homes) == 1:
        targets = targets[targets != homes[0]]
    names = [*grouping.names, new, ""]
    edits = _all_to(held, targets)
    swaps = _swaps(grouping, held)
    found = _judged(problem, grouping, together([edits, swaps]))
    groups = {names[target]: found[at] for at, target in enumerate(targets.tolist())}
    others = swaps.people[:, -1].tolist() if len(swaps) else []
    return Prospects(groups, dict(zip(others, found[len(edits) :], strict=True)), new)


def _all_to(held: Sequence[int], targets: IntArray) -> Edits:
    people = np.tile(np.array(held, dtype=np.int64), (len(targets), 1))
    return Edits(people, np.repeat(targets[:, None], len(held), axis=1))


def _swaps(grouping: Grouping, held: Sequence[int]) -> Edits:
    """The one who is held in the place of each who sits elsewhere."""
    if len(held) != 1:
        return NO_EDIT.some(np.zeros(0, dtype=np.int64))
    own = int(grouping.group_of[held[0]])
    others = np.flatnonzero(grouping.group_of != own)
    people = np.column_stack([np.full(len(others), held[0]), others])
    there = np.column_stack([grouping.group_of[others], np.full(len(others), own)])
    return Edits(people, there)


def _judged(problem: Problem, grouping: Grouping, edits: Edits) -> list[Prospect]:
    if problem.rulebook.split is not None:
        return _judged_in_parts(problem, grouping, edits)
    return _tried(Desk(problem, grouping), edits)


def _tried(desk: Desk, edits: Edits) -> list[Prospect]:
    if not len(edits):
        return []
    if desk.problem.roster.has_further_seats:
        edits = SeveralSeats(desk).judged(edits)[0]
    before, after = desk.tried(NO_EDIT), desk.tried(edits)
    then, now = desk.costs(NO_EDIT), desk.costs(edits)
    rules = [rule.sentence(Role.RULE) for rule in rules_judged(desk.problem)]
    wishes = [kind.sentence(Role.PREFERENCE) for kind in desk.problem.rulebook.preferences]
    breaks = _others(rules, before.short, after.short, len(edits))
    changes = _others(wishes, then, now, len(edits))
    broken = after.broken.tolist()
    return [
        Prospect(_outlook(broken[at], int(before.broken[0]), more, less), more, less, better, worse)
        for at, ((more, less), (worse, better)) in enumerate(zip(breaks, changes, strict=True))
    ]


def _outlook(
    broken: int, before: int, breaks: Sequence[Message], mends: Sequence[Message]
) -> Outlook:
    if not broken:
        return Outlook.KEEPS
    if breaks or broken > before:
        return Outlook.BREAKS
    return Outlook.MENDS if mends or broken < before else Outlook.LEAVES


def _others(
    sentences: Sequence[Message],
    before: Sequence[IntArray],
    after: Sequence[IntArray],
    count: int,
) -> Iterator[tuple[tuple[Message, ...], tuple[Message, ...]]]:
    """For each of so many edits what has risen, and what has fallen."""
    changes = [(new - old).tolist() for old, new in zip(before, after, strict=True)]
    for at in range(count):
        told = [(said, each[at]) for said, each in zip(sentences, changes, strict=True)]
        yield (
            tuple(said for said, change in told if change > 0),
            tuple(said for said, change in told if change < 0),
        )


def _judged_in_parts(problem: Problem, grouping: Grouping, edits: Edits) -> list[Prospect]:
    """Of a split roster: what stays within a part on its desk, and all else as a whole."""
    found: dict[int, Prospect] = {}
    parts = parts_in(problem, grouping)
    broken = [sum(map(_is_broken, rules_in(part.problem, own))) for part, own in parts]
    mixed = sum(map(_is_broken, rules_in(problem, grouping)))
    for (part, own), here in zip(parts, broken, strict=True):
        place = np.full(len(problem.roster) + 1, NOBODY)
        place[part.people] = np.arange(len(part.people))
        group = _groups_of_part(grouping, own)
        inside = np.flatnonzero(_stays_in(edits, place, group))
        some = edits.some(inside)
        local = Edits(place[some.people], group[some.targets])
        elsewhere = mixed + sum(broken) - here
        for at, own_ in zip(inside.tolist(), _tried(Desk(part.problem, own), local), strict=True):
            found[at] = _beside(own_, elsewhere)
    outside = np.array([at for at in range(len(edits)) if at not in found], dtype=np.int64)
    across = _across_parts(problem, grouping, edits.some(outside))
    found.update(zip(outside.tolist(), across, strict=True))
    return [found[at] for at in range(len(edits))]


_ELSEWHERE = -3
"""A group that is not the part's."""


def _groups_of_part(grouping: Grouping, own: Grouping) -> IntArray:
    """Each group's place among those of a part, then that of a new group and of the queue."""
    places = {name: place for place, name in enumerate(own.names)}
    known = [places.get(name, _ELSEWHERE) for name in grouping.names]
    return np.array([*known, own.groups, WAITLIST], dtype=np.int64)


def _stays_in(edits: Edits, place: IntArray, group: IntArray) -> BoolArray:
    """Which edits are of people of a part alone, and of its groups."""
    nobody = edits.people == NOBODY
    within: BoolArray = (nobody | ((place[edits.people] >= 0) & (group[edits.targets] > -2))).all(1)
    return within


def _beside(prospect: Prospect, elsewhere: int) -> Prospect:
    """The same where rules are broken elsewhere, too."""
    if not elsewhere or prospect.outlook is not Outlook.KEEPS:
        return prospect
    return replace(prospect, outlook=Outlook.MENDS if prospect.mends else Outlook.LEAVES)


def _across_parts(problem: Problem, grouping: Grouping, edits: Edits) -> list[Prospect]:
    """Edits across parts. What does not mix them more is judged as the grouping that it makes."""
    desk = Desk(problem, grouping)
    found = _tried(desk, edits)
    before = _broken_rules(problem, grouping)
    for at, prospect in enumerate(found):
        if prospect.outlook is not Outlook.BREAKS:
            after = _broken_rules(problem, desk.after(edits, at))
            more = tuple((after - before).elements())
            less = tuple((before - after).elements())
            outlook = _outlook(after.total(), before.total(), more, less)
            found[at] = Prospect(outlook, tuple(dict.fromkeys(more)), tuple(dict.fromkeys(less)))
    return found


def _broken_rules(problem: Problem, grouping: Grouping) -> Counter[Message]:
    """How often each rule is broken, in all parts."""
    parts = ((part.problem, own) for part, own in parts_in(problem, grouping))
    return Counter(
        standing.rule.sentence(Role.RULE)
        for one, own in ((problem, grouping), *parts)
        for standing in rules_in(one, own)
        for _breach in standing.breaches
    )


def _is_broken(standing: RuleStanding) -> bool:
    return not standing.satisfied
