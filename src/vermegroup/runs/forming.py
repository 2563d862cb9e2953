"""Form the groups of a roster."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.intake import read_roster
from vermegroup.problem import problem_of
from vermegroup.report.build import build_report
from vermegroup.report.provenance import provenance_of
from vermegroup.runs.answer import Answer
from vermegroup.runs.rulebooks import Choice, chosen, earlier_inputs
from vermegroup.solver import Limits, form
from vermegroup.solver.listener import SILENT, Listener
from vermegroup.splitting import unused_parts


def form_groups(
    roster_file: str, choice: Choice, limits: Limits, listener: Listener = SILENT
) -> Answer:
    """Read a roster and a rulebook, form groups, and report on them. Writes nothing.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    started = time.monotonic()
    rulebook = chosen(choice)
    roster, findings = read_roster(roster_file, rulebook)
    problem = problem_of(roster, rulebook)
    reading = {"read": time.monotonic() - started}
    outcome = form(problem, limits, listener)
    outcome = replace(outcome, seconds={**reading, **outcome.seconds})
    findings = (*findings, *problem.notices(), *unused_parts(problem))
    inputs = (*choice.inputs(), *earlier_inputs(rulebook))
    provenance = provenance_of(outcome, limits.seed, (roster.table,), inputs)
    return Answer(outcome, build_report(outcome, findings, provenance))
