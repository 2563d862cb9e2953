"""Which rules of the permanent groups the groups of one meeting go without, and through whom.

Solver-free, as the audit is: each rule is asked for its own check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import WAITLIST, Grouping, Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.domain.split import parts_in
from vermegroup.language.messages import Message


@dataclass(frozen=True, slots=True)
class Lacking:
    """A rule that a group breaks at a meeting, where it need not hold: why, and whom it needs.

    ``absent`` (k,) are those of the permanent group of its name with any of whom it lacked less.
    """

    group: str
    kind: str
    breach: Message
    lacked: Message | None
    absent: IntArray


def lacking(problem: Problem, meeting: Grouping, homes: IntArray) -> tuple[Lacking, ...]:
    """What each group goes without, group by group.

    ``homes`` (n,) are the groups whose names everybody's permanent groups have, negative where the
    meeting has none of that name. Whoever has no group at the meeting is absent. Rules that are not
    asked for when somebody is absent are left out, and so are sizes: meetings have their own.
    """
    if problem.rulebook.split is None:
        found = list(_lacking(problem, meeting, homes))
    else:
        place = {name: group for group, name in enumerate(meeting.names)}
        found = []
        for part, own in parts_in(problem, meeting):
            local = np.full(meeting.groups + 1, WAITLIST)
            local[[place[name] for name in own.names]] = np.arange(own.groups)
            lacks = _lacking(part.problem, own, local[homes[part.people]])
            found += [replace(lack, absent=part.people[lack.absent]) for lack in lacks]
    order = {name: place for place, name in enumerate(meeting.names)}
    return tuple(sorted(found, key=lambda lack: order[lack.group]))


def _lacking(problem: Problem, meeting: Grouping, homes: IntArray) -> Iterator[Lacking]:
    if not meeting.groups:
        return
    seating, roster, away = meeting.seating(), problem.roster, _away(meeting, homes)
    plan = problem.plan(meeting.groups, everyone=False)
    for rule in _not_held(problem):
        short = rule.shortfall(roster, plan, seating)
        for group in np.flatnonzero(short).tolist():
            members, absent = (each.people[slice(*_ends(each, group))] for each in (seating, away))
            with_each = _short(problem, rule, [np.append(members, each) for each in absent])
            yield Lacking(
                meeting.names[group],
                rule.kind,
                rule.breach(roster, plan, members)[0],
                rule.lacked(roster, plan, members),
                absent[with_each < short[group]],
            )


def _not_held(problem: Problem) -> list[Kind]:
    """The rules that need not hold at a meeting, of those that single groups are asked for."""
    held = problem.rulebook.in_meetings().rules
    asked = (rule for rule in problem.rulebook.rules if rule.outlives_absence)
    return [rule for rule in asked if not rule.limits_size and rule not in held]


def _away(meeting: Grouping, homes: IntArray) -> Seating:
    """Those who are absent, in the groups that they have for good."""
    absent = np.flatnonzero((homes >= 0) & (meeting.group_of == WAITLIST))
    absent = absent[np.argsort(homes[absent], kind="stable")]
    return Seating(absent, homes[absent], meeting.groups)


def _ends(seating: Seating, group: int) -> tuple[int, int]:
    """Where the seats of a group begin and end: they stand group by group."""
    first, last = np.searchsorted(seating.group, [group, group + 1]).tolist()
    return first, last


def _short(problem: Problem, rule: Kind, groups: list[IntArray]) -> IntArray:
    """How far each of these groups is from keeping a rule, shape (groups,)."""
    if not groups:
        return np.empty(0, dtype=np.int64)
    group = np.repeat(np.arange(len(groups)), list(map(len, groups)))
    seating = Seating(np.concatenate(groups), group, len(groups))
    return rule.shortfall(problem.roster, problem.plan(len(groups), everyone=False), seating)
