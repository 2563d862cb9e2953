"""Judge a grouping that came from elsewhere, without the solver."""

from __future__ import annotations

import time
from dataclasses import replace

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
from vermegroup.app.removed_members import with_removed
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.problem import problem_of
from vermegroup.domain.split import unused_parts
from vermegroup.judge.auditor import judged
from vermegroup.judge.several_groups import in_best_seats
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
        look = with_removed(look_for(groups_file, rulebook, how, grouped=True), groups_file)
        look, rulebook = resolved(look, rulebook, names)
        look = names.look(look, rulebook)
        rulebook = names.rulebook(rulebook)
        roster = look.participants()
        assert look.grouping is not None  # it is read, or stops the run, with the roster
        problem = problem_of(roster, rulebook, look.grouping)
    outcome = judged(problem, in_best_seats(problem, look.grouping), started)
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    day = how.day.isoformat()
    provenance = provenance_of(outcome, None, (roster.table,), inputs_of(rulebook), day)
    return ReportedOutcome(outcome, build_report(outcome, findings, provenance, judged=True))
