"""Where a grouping stands among random ones that keep the same rules."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.app.inputs import (
    ReadGroups,
    RulebookChoice,
    naming,
    read_groups,
    refuse_in_groups,
)
from vermegroup.app.lots import drawn_of
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.recorded import limited, path_of, recorded_call
from vermegroup.domain.design import Among, DrawRequest, Sizes
from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.evidence.baseline import standing_lines, with_sizes_of
from vermegroup.intake.files.source import Given, named
from vermegroup.judge.auditor import audit, judged
from vermegroup.language.messages import N_, N_several, _
from vermegroup.language.terms import groups_of
from vermegroup.report.baseline import BaselineReport
from vermegroup.report.draw_text import mixing
from vermegroup.solver.form_parts import form, form_whole
from vermegroup.solver.search import SILENT, Limits, Listener


def baseline_of(
    groups_file: Given,
    draws: int,
    choice: RulebookChoice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
) -> BaselineReport:
    """Read a grouping, and draw valid ones beside it. Writes nothing.

    They begin at the grouping itself where it keeps every rule, and else at one that is formed.

    Raises:
        InputError: the grouping or the rulebook cannot be read, there is nothing to compare, or no
            grouping was found that keeps every rule.
    """
    started, names, limits = time.monotonic(), naming(how), limits.begun()
    with names.faults(named(groups_file)):
        groups = read_groups(groups_file, choice, how, names)
    refuse_in_groups(groups.problem.rulebook, "baseline")
    _refuse_nothing_wished(groups.problem)
    outcome = judged(groups.problem, groups.grouping, started)
    arguments = {"groups": path_of(groups_file), **choice.rulebook(), **limited(limits)}
    call = recorded_call("baseline", {**arguments, "draws": draws}, how, names)
    start, sizes = _valid_beside(groups, outcome, limits, listener)
    pool, start = drawn_of(start, DrawRequest(draws, Among.VALID, sizes=sizes), limits, form_whole)
    findings = (
        *_about_start(groups.grouping, outcome, start, sizes),
        *_about_pool(len(pool.groupings), draws),
        *(
            Finding(severity, message, column="--draws")
            for severity, message, _hint in mixing(pool.design)
        ),
    )
    report = groups.report(replace(outcome, deterministic=start.deterministic), call)
    report = replace(report, provenance=replace(report.provenance, seed=limits.seed))
    lines = standing_lines(groups.problem, groups.grouping, pool)
    return BaselineReport(report, pool.design, lines, (*report.findings, *findings))


def _refuse_nothing_wished(problem: Problem) -> None:
    """Raise RulebookError where no preference says what a grouping is good at."""
    books = problem.rulebook.split.rulebooks() if problem.rulebook.split else (problem.rulebook,)
    if not any(book.preferences for book in books):
        raise RulebookError(
            [Finding(Severity.ERROR, _NOTHING_WISHED, problem.rulebook.origin, hint=_WISH)]
        )


def _valid_beside(
    groups: ReadGroups, outcome: Outcome, limits: Limits, listener: Listener
) -> tuple[Outcome, Sizes]:
    """A valid grouping to begin at, and whether the others keep its sizes.

    Raises RulebookError where none is found.
    """
    if outcome.verdict is Verdict.FORMED:
        return outcome, Sizes.FIXED
    problem, given = groups.problem, groups.grouping
    formed = _formed(problem, given.groups, limits, listener)
    if formed is None:
        raise RulebookError(
            [Finding(Severity.ERROR, _NO_VALID, problem.rulebook.origin, hint=_SEE_WHY)]
        )
    if formed.parts or formed.grouping is None:
        return formed, Sizes.VARYING
    alike = with_sizes_of(problem, formed.grouping, given, limits.seed)
    if alike is None:
        return formed, Sizes.VARYING
    return replace(formed, grouping=alike, audit=audit(problem, alike)), Sizes.FIXED


def _formed(problem: Problem, count: int, limits: Limits, listener: Listener) -> Outcome | None:
    """A grouping that keeps every rule, with the same number of groups where that can be."""
    book = problem.rulebook
    bare = problem.bare()
    counted = replace(bare.rulebook, groups=replace(book.groups, fewest=count, most=count))
    tries = [replace(bare, rulebook=counted), bare] if book.split is None else [problem]
    for aim in tries:
        found = form(aim, limits.only(limits.left() / 2), listener)
        if found.grouping is not None and found.verdict is Verdict.FORMED:
            return replace(found, problem=problem) if aim is not problem else found
    return None


def _about_start(
    given: Grouping, outcome: Outcome, start: Outcome, sizes: Sizes
) -> tuple[Finding, ...]:
    """What the grouping is compared with, where it keeps not every rule itself."""
    if outcome.verdict is Verdict.FORMED or start.grouping is None:
        return ()
    found = [Finding(Severity.WARNING, _BREAKS)]
    if sizes is Sizes.VARYING:
        found.append(Finding(Severity.WARNING, _OTHER_SIZES))
    if start.grouping.groups != given.groups:
        number = groups_of(start.grouping.groups)
        found.append(Finding(Severity.WARNING, _OTHER_NUMBER.filled(groups=number)))
    return tuple(found)


def _about_pool(found: int, asked: int) -> tuple[Finding, ...]:
    if found >= asked:
        return ()
    return (Finding(Severity.NOTICE, _ALL_THERE_ARE.filled(found, draws=asked), column="--draws"),)


_NOTHING_WISHED = _("The rulebook has no preferences, so there are no values to compare")
_WISH = _("Name a preference, such as: preferences: [{{spread: years}}]")
_NO_VALID = _("No grouping was found that keeps every rule, so there is nothing to compare with")
_SEE_WHY = _("vermegroup check tells what is possible, and why not")
_BREAKS = _("These groups break rules, and are compared with groups that keep them all")
_OTHER_SIZES = _(
    "Their sizes vary within the rulebook's: valid groups of just these sizes were not found"
)
_OTHER_NUMBER = N_("A valid grouping has another number of groups: {groups}")
_ALL_THERE_ARE = N_several(
    "{n} valid grouping was found, and there may be no more; {draws} were asked for",
    "{n} different valid groupings were found, and there may be no more; {draws} were asked for",
)
