"""Judge a grouping that came from elsewhere, without the solver."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from vermegroup.app.inputs import (
    RulebookChoice,
    chosen_for,
    day_of,
    inputs_of,
    look_for,
    naming,
    with_columns,
)
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.references import resolved
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.one_meeting import Lack, OneMeeting
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.split import unused_parts
from vermegroup.judge.auditor import judged
from vermegroup.judge.lacks import lacking
from vermegroup.language.messages import _
from vermegroup.report.build import build_report, provenance_of


def judge_groups(groups_file: str, choice: RulebookChoice, how: How = AS_IT_IS) -> ReportedOutcome:
    """Read a grouping, judge it, and report on it. Writes nothing.

    Raises:
        InputError: the grouping or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(groups_file):
        rulebook = with_columns(chosen_for(groups_file, choice), how.columns)
        how = replace(how, day=day_of(groups_file) or how.day)
        look = look_for(groups_file, rulebook, how, grouped=True)
        look, rulebook = resolved(look, rulebook, names)
        look = names.look(look, rulebook)
        rulebook = names.rulebook(rulebook)
        roster = look.participants()
        assert look.grouping is not None  # it is read, or stops the run, with the roster
        problem = problem_of(roster, rulebook)
    judging = problem.in_meetings() if look.meeting else problem
    outcome = judged(judging, look.grouping, started)
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    if look.meeting:
        findings = (Finding(Severity.NOTICE, _A_MEETING, file=roster.table.name), *findings)
    day = how.day.isoformat()
    provenance = provenance_of(outcome, None, (roster.table,), inputs_of(rulebook), day)
    report = build_report(outcome, findings, provenance, judged=True)
    meeting = _meeting(problem, look.grouping) if look.meeting else None
    return ReportedOutcome(outcome, replace(report, meeting=meeting))


def _meeting(problem: Problem, grouping: Grouping) -> OneMeeting:
    """What the groups of a plan go without: whoever is absent is no participant here."""
    nobody = np.full(len(problem.roster), WAITLIST)
    found = lacking(problem, grouping, nobody)
    return OneMeeting(
        lacks=tuple(Lack(each.group, each.kind, each.breach, each.lacked) for each in found)
    )


_A_MEETING = _("This is the plan of one meeting, so it is judged by the rules for meetings")
