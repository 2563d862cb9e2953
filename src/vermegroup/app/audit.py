"""Judge a grouping that came from elsewhere, without the solver."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.edits import with_fixes
from vermegroup.app.inputs import RulebookChoice, naming, read_groups
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.recorded import path_of, recorded_call
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
    outcome = with_fixes(judged(groups.problem, groups.grouping, started), groups.call)
    arguments = {"groups": path_of(groups_file), **choice.rulebook(), **how.asked_day()}
    call = recorded_call("audit", arguments, how, names)
    answer = ReportedOutcome(outcome, groups.report(outcome, call), folder=names.folder)
    roster, permanent = groups.problem.roster, groups.look.permanent
    return with_facts(answer, groups.facts, roster, groups.grouping, permanent=permanent)


def audit_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Judge groups as a call that was recorded with these arguments."""
    return judge_groups(told["groups"], RulebookChoice.told(told), how)
