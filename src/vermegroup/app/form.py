"""Form the groups of a roster."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.app.inputs import RulebookChoice, chosen, inputs_of, look_for, naming, with_columns
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.workers import Interrupts
from vermegroup.diagnosis import MOST, SHARE
from vermegroup.domain.outcome import Verdict
from vermegroup.domain.problem import problem_of
from vermegroup.domain.split import unused_parts
from vermegroup.report.build import build_report, provenance_of
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import SILENT, Limits, Listener


def form_groups(
    roster_file: str,
    choice: RulebookChoice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
    interrupts: Interrupts | None = None,
) -> ReportedOutcome:
    """Read a roster and a rulebook, form groups, and report on them. Writes nothing.

    What reading takes is taken off the time limit. ``interrupts`` are heeded once the roster is
    read; until then there is nothing to save.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(roster_file):
        rulebook = with_columns(chosen(choice), how.columns)
        look = names.look(look_for(roster_file, rulebook, how), rulebook)
        rulebook = names.rulebook(rulebook)
        roster = look.participants()
        problem = problem_of(roster, rulebook)
    reading = time.monotonic() - started
    if interrupts is not None:
        interrupts.heed()
    left = replace(limits, seconds=max(0.0, limits.seconds - reading))
    searched = time.monotonic()
    outcome = form(problem, _with_time_to_explain(left), listener)
    if outcome.verdict is not Verdict.FORMED:
        # Most runs find groups, and are not to wait until what explains their lack is loaded.
        from vermegroup.diagnosis.diagnose import diagnosed  # noqa: PLC0415

        outcome = diagnosed(outcome, left, searched)
    outcome = replace(outcome, seconds={"read": reading, **outcome.seconds})
    day = how.day.isoformat()
    provenance = provenance_of(outcome, limits.seed, (roster.table,), inputs_of(rulebook), day)
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    report = build_report(outcome, findings, provenance)
    return ReportedOutcome(outcome, report, interrupted=limits.stop.is_set(), folder=names.folder)


def _with_time_to_explain(limits: Limits) -> Limits:
    """The limits of the search itself, with some time left to explain what it finds."""
    return replace(limits, seconds=limits.seconds - min(MOST, SHARE * limits.seconds))
