"""What there is to tell of a meeting: who is absent, where everybody is, and what groups lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.one_meeting import Attendee, Lack, OneMeeting
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.judge.lacks import Lacking, lacking
from vermegroup.rebalancing.stage import Rebalanced


def meeting_of(found: Rebalanced, day: date) -> OneMeeting | None:
    """The meeting of a day; None where none is planned."""
    if found.meeting is None:
        return None
    meeting, absent = found.meeting, _first(found, found.change.absent)
    everybody = _attendees(found, meeting)
    permanent: dict[str, list[Attendee]] = {name: [] for name in found.permanent.names}
    homes: dict[str, list[str]] = {}
    for attendee in everybody:
        homes.setdefault(attendee.person, []).append(attendee.home)
        if attendee.home:
            permanent[attendee.home].append(attendee)
    away = {everybody[person].person for person in absent.tolist()}
    return OneMeeting(
        day,
        tuple(_with_homes(everybody[person], homes) for person in absent.tolist()),
        {
            name: tuple(each for each in members if each.person not in away)
            for name, members in permanent.items()
            if members and name not in meeting.names
        },
        _lacks(found.problem, meeting, everybody),
        {
            each.person: each
            for each in everybody
            if each.group in permanent and each.group not in homes[each.person]
        },
        {name: tuple(members) for name, members in permanent.items() if members},
        tuple(everybody[person] for person in _waiting(found).tolist()),
    )


def _waiting(found: Rebalanced) -> IntArray:
    """Who has no permanent group yet, and was not asked to the meeting: each once, of the roster.

    Whoever is absent from it, or left for good, is told elsewhere.
    """
    roster = found.problem.roster
    out = np.setdiff1d(np.flatnonzero(~roster.further()), found.stages[-1].here)
    out = np.setdiff1d(out, np.concatenate([found.change.absent, found.change.left]))
    person = roster.person_of()
    placed = np.unique(person[found.permanent.group_of >= 0])
    return out[~np.isin(person[out], placed)]


def _with_homes(attendee: Attendee, homes: Mapping[str, Sequence[str]]) -> Attendee:
    """Somebody with all permanent groups, as groups.csv has them."""
    return replace(attendee, home=", ".join(filter(None, sorted(homes[attendee.person]))))


def _first(found: Rebalanced, people: IntArray) -> IntArray:
    """Some people, each once."""
    return people[~found.problem.roster.further()[people]]


def _attendees(found: Rebalanced, meeting: Grouping) -> list[Attendee]:
    roster = found.problem.roster
    homes, groups = ([*grouping.names, ""] for grouping in (found.permanent, meeting))
    seats = zip(
        roster.ids.tolist(),
        labels_of(roster),
        found.permanent.group_of.tolist(),
        meeting.group_of.tolist(),
        strict=True,
    )
    found_so = [Attendee(str(id_), label, homes[h], groups[g]) for id_, label, h, g in seats]
    if not roster.has_further_seats:
        return found_so
    there: dict[str, list[str]] = {each.person: [] for each in found_so}
    for each in found_so:
        there[each.person] += [each.group] if each.group else []
    found_so = [replace(each, several=len(there[each.person]) > 1) for each in found_so]
    # Whoever is in several groups, of which one does not meet, meets with another of them.
    return [
        replace(each, group=there[each.person][0])
        if each.home and not each.group and there[each.person]
        else each
        for each in found_so
    ]


def _lacks(problem: Problem, meeting: Grouping, everybody: list[Attendee]) -> tuple[Lack, ...]:
    place = {name: group for group, name in enumerate(meeting.names)}
    # Whoever is in several groups, and meets with one of them, is not absent from the others.
    own = (-1 if each.group else place.get(each.home, -1) for each in everybody)
    homes = np.fromiter(own, dtype=np.int64, count=len(everybody))
    return tuple(_lack(each, everybody) for each in lacking(problem, meeting, homes))


def _lack(found: Lacking, everybody: list[Attendee]) -> Lack:
    absent = tuple(everybody[person] for person in found.absent.tolist())
    return Lack(found.group, found.kind, found.breach, found.lacked, absent)
