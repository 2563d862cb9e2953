"""Judge a grouping that came from elsewhere, without the solver."""

from __future__ import annotations

import time

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.edits import with_fixes
from vermegroup.app.inputs import RulebookChoice, naming, read_groups
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.save import ReportedOutcome
from vermegroup.intake.files.source import Given, named
from vermegroup.judge.auditor import judged


def judge_groups(
    groups_file: Given, choice: RulebookChoice, how: How = AS_IT_IS
) -> ReportedOutcome:
    """Read a grouping, judge it, and report on it. Writes nothing.

    Raises:
        InputError: the grouping or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(named(groups_file)):
        groups = read_groups(groups_file, choice, how, names)
    outcome = judged(groups.problem, groups.grouping, started)
    if not groups.problem.roster.has_further_seats:
        outcome = with_fixes(outcome, groups.call)
    answer = ReportedOutcome(outcome, groups.report(outcome), folder=names.folder)
    return with_facts(answer, groups.facts, groups.problem.roster, groups.grouping)
