"""Judge a grouping that came from elsewhere, without the solver."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.audit import audit
from vermegroup.grouping import Grouping
from vermegroup.intake import read_grouping
from vermegroup.outcome import Outcome, Verdict
from vermegroup.problem import Problem, problem_of
from vermegroup.report.build import build_report
from vermegroup.report.provenance import provenance_of
from vermegroup.runs.answer import Answer
from vermegroup.runs.rulebooks import Choice, chosen_for


def judge_groups(groups_file: str, choice: Choice) -> Answer:
    """Read a grouping, judge it, and report on it. Writes nothing.

    Raises:
        InputError: the grouping or the rulebook cannot be read; with every finding.
    """
    started = time.monotonic()
    rulebook = chosen_for(groups_file, choice)
    roster, grouping, findings = read_grouping(groups_file, rulebook)
    outcome = judged(problem_of(roster, rulebook), grouping, started)
    provenance = provenance_of(outcome, None, (roster.table,), choice.inputs())
    return Answer(outcome, build_report(outcome, findings, provenance, judged=True))


def judged(problem: Problem, grouping: Grouping, started: float) -> Outcome:
    """The audit's verdict as an outcome."""
    judgement = audit(problem, grouping)
    return Outcome(
        Verdict.FORMED if judgement.valid else Verdict.INVALID,
        problem,
        (),
        grouping,
        judgement,
        tuple(
            replace(standing, proven=standing.proven and judgement.valid)
            for standing in judgement.preferences
        ),
        seconds={"audit": time.monotonic() - started},
    )
