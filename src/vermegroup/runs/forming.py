"""Form the groups of a roster."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.problem import problem_of
from vermegroup.report.build import build_report
from vermegroup.report.provenance import provenance_of
from vermegroup.runs.answer import Answer
from vermegroup.runs.explaining import explained, with_time_to_explain
from vermegroup.runs.rosters import AS_IT_IS, How, look_for
from vermegroup.runs.rulebooks import Choice, chosen, earlier_inputs, with_columns
from vermegroup.solver import Limits, form
from vermegroup.solver.listener import SILENT, Listener
from vermegroup.splitting import unused_parts


def form_groups(
    roster_file: str,
    choice: Choice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
) -> Answer:
    """Read a roster and a rulebook, form groups, and report on them. Writes nothing.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    started = time.monotonic()
    rulebook = with_columns(chosen(choice), how.columns)
    look = look_for(roster_file, rulebook, how)
    roster = look.participants()
    problem = problem_of(roster, rulebook)
    reading = {"read": time.monotonic() - started}
    searched = time.monotonic()
    outcome = form(problem, with_time_to_explain(limits), listener)
    outcome = explained(outcome, limits, searched)
    outcome = replace(outcome, seconds={**reading, **outcome.seconds})
    day = how.day.isoformat()
    inputs = (*choice.inputs(), *earlier_inputs(rulebook))
    provenance = provenance_of(outcome, limits.seed, (roster.table,), inputs, day)
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    return Answer(outcome, build_report(outcome, findings, provenance))
