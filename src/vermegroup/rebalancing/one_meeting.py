"""What there is to tell of a meeting: who is absent, where everybody is, and what groups lack."""

from __future__ import annotations

from datetime import date

import numpy as np

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
    meeting, absent = found.meeting, found.change.absent
    everybody = _attendees(found, meeting)
    permanent: dict[str, list[Attendee]] = {name: [] for name in found.permanent.names}
    for attendee in everybody:
        if attendee.home:
            permanent[attendee.home].append(attendee)
    away = {everybody[person].person for person in absent.tolist()}
    return OneMeeting(
        day,
        tuple(everybody[person] for person in absent.tolist()),
        {
            name: tuple(each for each in members if each.person not in away)
            for name, members in permanent.items()
            if members and name not in meeting.names
        },
        _lacks(found.problem, meeting, everybody),
        {
            each.person: each
            for each in everybody
            if each.group in permanent and each.home != each.group
        },
        {name: tuple(members) for name, members in permanent.items() if members},
    )


def _attendees(found: Rebalanced, meeting: Grouping) -> list[Attendee]:
    roster = found.problem.roster
    homes, groups = ([*grouping.names, ""] for grouping in (found.permanent, meeting))
    everybody = zip(
        roster.ids.tolist(),
        labels_of(roster),
        found.permanent.group_of.tolist(),
        meeting.group_of.tolist(),
        strict=True,
    )
    return [Attendee(str(id_), label, homes[h], groups[g]) for id_, label, h, g in everybody]


def _lacks(problem: Problem, meeting: Grouping, everybody: list[Attendee]) -> tuple[Lack, ...]:
    place = {name: group for group, name in enumerate(meeting.names)}
    homes = np.array([place.get(each.home, -1) for each in everybody], dtype=np.int64)
    return tuple(_lack(each, everybody) for each in lacking(problem, meeting, homes))


def _lack(found: Lacking, everybody: list[Attendee]) -> Lack:
    absent = tuple(everybody[person] for person in found.absent.tolist())
    return Lack(found.group, found.kind, found.breach, found.lacked, absent)
