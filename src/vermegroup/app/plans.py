"""The plan of one meeting, read as a grouping: the rules for meetings hold in it."""

from __future__ import annotations

import numpy as np

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.one_meeting import Lack, OneMeeting
from vermegroup.domain.problem import Problem
from vermegroup.intake.pipeline import Look
from vermegroup.judge.lacks import lacking
from vermegroup.language.messages import _


def by_its_rules(problem: Problem, look: Look) -> Problem:
    """What a grouping is judged by: where a file holds the plan of a meeting, by its rules."""
    return problem.in_meetings() if look.meeting else problem


def told_of(problem: Problem, grouping: Grouping, look: Look) -> OneMeeting | None:
    """What the groups of a plan go without; None where it is none.

    Whoever is absent is no participant of what is read.
    """
    if not look.meeting:
        return None
    found = lacking(problem, grouping, np.full(len(problem.roster), WAITLIST))
    lacks = (Lack(each.group, each.kind, each.breach, each.lacked) for each in found)
    return OneMeeting(lacks=tuple(lacks))


def notices_of(look: Look) -> tuple[Finding, ...]:
    """That a file holds the plan of a meeting, if it does."""
    name = look.participants().table.name
    return (Finding(Severity.NOTICE, _A_MEETING, file=name),) if look.meeting else ()


_A_MEETING = _("This is the plan of one meeting, so it is judged by the rules for meetings")
