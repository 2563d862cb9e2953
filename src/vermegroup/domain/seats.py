"""People who may belong to several groups: each stands on the roster as so many seats.

The first seat is the person as read; further ones stand behind all people, with the same id and
traits. No group has two seats of one person, and a further seat is filled only where it is needed.
So whatever judges a group by its members sees such a person in each of her groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Bonds, bonds_between, bonds_between_several
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.roster import Links, Roster
from vermegroup.language.messages import _


def with_seats(roster: Roster, seats: IntArray) -> Roster:
    """The roster with so many seats for each participant, shape (n,); unchanged with one each."""
    n = len(roster)
    further = np.repeat(np.arange(n), seats - 1)
    if not len(further):
        return roster
    person = np.concatenate([np.arange(n), further])
    longer = roster.subset(person)
    links = {name: _of_seats(each, person) for name, each in roster.links.items()}
    return replace(longer, links=links, person=person, part=roster.part)


def _of_seats(links: Links, person: IntArray) -> Links:
    """Links between all seats of two people."""
    order = np.argsort(person, kind="stable")
    first = np.searchsorted(person[order], np.arange(len(person) + 1))
    pairs = [
        (order[one], order[other])
        for a, b in links.pairs.tolist()
        for one in range(first[a], first[a + 1])
        for other in range(first[b], first[b + 1])
    ]
    return replace(links, pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2))


def seats_taken(grouping: Grouping) -> IntArray:
    """How many groups each participant is in, and one for whoever is in none, shape (n,)."""
    taken = np.ones(len(grouping.group_of), dtype=np.int64)
    np.add.at(taken, [person for person, _rest in grouping.further], 1)
    return taken


def in_seats(roster: Roster, grouping: Grouping) -> Grouping:
    """A grouping of people as one of the seats of a roster made by :func:`with_seats`."""
    if not roster.has_further_seats:
        return grouping
    group_of = np.full(len(roster), WAITLIST, dtype=np.int64)
    group_of[: len(grouping.group_of)] = grouping.group_of
    free = dict[int, list[int]]()
    for seat in range(len(grouping.group_of), len(roster)):
        free.setdefault(int(roster.person[seat]), []).append(seat)
    for person, group in grouping.further:
        group_of[free[person].pop(0)] = group
    return Grouping(group_of, grouping.names)


def packed(roster: Roster, group_of: IntArray) -> IntArray:
    """The groups of seats (n,) where everybody's first seats are those that are taken."""
    person = roster.person_of()
    taken = np.lexsort([group_of == WAITLIST, person])
    found = np.empty_like(group_of)
    found[np.argsort(person, kind="stable")] = group_of[taken]
    return found


def is_elsewhere(roster: Roster, grouping: Grouping, seat: int) -> bool:
    """Whether the person in a seat is in a group by another one, too."""
    if not roster.has_further_seats:
        return False
    others = (roster.person == roster.person[seat]) & (np.arange(len(roster)) != seat)
    return bool((grouping.group_of[others] != WAITLIST).any())


def groups_less(roster: Roster, before: Grouping, after: Grouping) -> BoolArray:
    """The seats (n,) whose groups are no more, of people who are in another one all the same."""
    gone = np.array([*(name not in after.names for name in before.names), False])
    placed = roster.person_of()[after.group_of != WAITLIST]
    none = gone[before.group_of] & (after.group_of == WAITLIST)
    less: BoolArray = none & np.isin(roster.person_of(), placed)
    return less


def members_of(roster: Roster, grouping: Grouping) -> tuple[frozenset[str], ...]:
    """The ids of each group's members."""
    groups = map(grouping.members, range(grouping.groups))
    return tuple(frozenset(map(str, roster.ids[members])) for members in groups)


def bonds_of(roster: Roster, before: Grouping, after: Grouping) -> Bonds:
    """The bonds of people in two groupings of seats."""
    if not roster.has_further_seats:
        return bonds_between(before.group_of, after.group_of)
    return bonds_between_several(members_of(roster, before), members_of(roster, after))


def changes_of_groups(
    roster: Roster, before: Grouping, after: Grouping
) -> Iterator[tuple[int, str, str, bool]]:
    """Who goes from which group to which, by their names, empty for none, in roster order.

    Whoever is in several comes once for each group that is another; and whether one of hers stays.
    """
    if not roster.has_further_seats:
        old_names, new_names = ([*each.names, ""] for each in (before, after))
        pairs = zip(before.group_of.tolist(), after.group_of.tolist(), strict=True)
        for person, (old_group, new_group) in enumerate(pairs):
            if old_names[old_group] != new_names[new_group]:
                yield person, old_names[old_group], new_names[new_group], False
        return
    places = [groups_of_people(roster, grouping) for grouping in (before, after)]
    for person in np.unique(roster.person_of()).tolist():
        old, new = (
            [grouping.names[group] for group in groups.get(person, [])]
            for grouping, groups in zip((before, after), places, strict=True)
        )
        left = [name for name in old if name not in new]
        come = [name for name in new if name not in old]
        for origin, target in zip_longest(left, come, fillvalue=""):
            yield person, origin, target, len(come) < len(new)


def waiting_people(roster: Roster, grouping: Grouping) -> IntArray:
    """Who is in no group at all, by first seats in roster order."""
    if not roster.has_further_seats:
        return grouping.waitlist()
    placed = roster.person[grouping.group_of != WAITLIST]
    return np.setdiff1d(roster.person, placed)


def groups_of_people(roster: Roster, grouping: Grouping) -> dict[int, list[int]]:
    """The groups of each person in any, by the first seat, in the groups' order."""
    found: dict[int, list[int]] = {}
    person = roster.person_of()
    for seat in np.flatnonzero(grouping.group_of != WAITLIST).tolist():
        found.setdefault(int(person[seat]), []).append(int(grouping.group_of[seat]))
    return {each: sorted(groups) for each, groups in found.items()}


def refused_with_seats(
    roster: Roster, rules: Sequence[Kind], preferences: Sequence[Kind], origin: str
) -> Iterator[Finding]:
    """A fault for each rule that cannot be told for people who are in several groups."""
    if not roster.has_further_seats:
        return
    for kind in (*rules, *preferences):
        if kind.compares and not (kind.sizes_alone or kind.knows_seats):
            message = _("{kind} cannot stand beside in_groups", kind=kind.kind)
            yield Finding(Severity.ERROR, message, file=origin, column=kind.kind)
    several = np.unique(roster.person[roster.further()])
    named = [kind.in_one_seat(roster) for kind in rules]
    times = np.bincount(np.concatenate([*named, several[:0]]), minlength=len(roster))
    unclear = [(kind, people[times[people] > 1]) for kind, people in zip(rules, named, strict=True)]
    unclear += [(kind, kind.in_one_seat(roster)) for kind in preferences]
    for kind, people in unclear:
        for each in np.intersect1d(people, several).tolist():
            yield _unclear(origin, kind, str(roster.ids[each]))


def _unclear(origin: str, kind: Kind, id_: str) -> Finding:
    return Finding(
        Severity.ERROR,
        _(
            "{own} may be in several groups, so it is not clear which of them {kind} means",
            own=id_,
            kind=kind.kind,
        ),
        file=origin,
        column=kind.kind,
        value=id_,
        hint=_("Name such a person once, in one rule: together or pin"),
    )
