"""Check a roster against a rulebook: what is in it, and what is possible with it."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup._version import __version__
from vermegroup.findings import errors
from vermegroup.intake.looking import Look
from vermegroup.kind import Role
from vermegroup.outcome import Verdict
from vermegroup.problem import Problem, problem_of
from vermegroup.report import check_words
from vermegroup.report.build import build_report
from vermegroup.report.checked import Checked, ColumnLine
from vermegroup.report.provenance import libraries, provenance_of
from vermegroup.report.report import (
    Counts,
    Group,
    Input,
    Members,
    PreferenceLine,
    Provenance,
    Report,
    RuleLine,
)
from vermegroup.rulebook import Rulebook
from vermegroup.runs.openly import AS_IT_IS, How
from vermegroup.runs.possibility import possibility
from vermegroup.runs.rosters import look_for, naming
from vermegroup.runs.rulebooks import Choice, chosen, rules_input
from vermegroup.solver import Limits
from vermegroup.splitting import parts_of, unused_parts


def check_roster(roster_file: str, choice: Choice, limits: Limits, how: How = AS_IT_IS) -> Checked:
    """Read a roster and a rulebook, and say what was recognised, changed, wrong and missing.

    And what is possible: which numbers of groups, or why none, and what would help. Forms nothing
    and writes nothing. What reading takes is taken off the time limit.

    Raises:
        RulebookError: the rulebook cannot be read. What is wrong with the roster is told.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(roster_file):
        rulebook = chosen(choice)
        look = names.look(look_for(roster_file, rulebook, how), rulebook)
        rulebook = names.rulebook(rulebook)
        problem = None if look.roster is None else problem_of(look.roster, rulebook)
    inputs = rules_input(rulebook)
    report = (
        _refused(look, rulebook, inputs)
        if problem is None
        else _answered(problem, look, inputs, limits, time.monotonic() - started)
    )
    return Checked(
        report,
        look.roster is not None,
        tuple(ColumnLine(column.header, column.trait) for column in look.columns),
        look.missing,
        look.set_aside,
    )


def _answered(
    problem: Problem, look: Look, inputs: tuple[Input, ...], limits: Limits, reading: float
) -> Report:
    """The report of a roster that can be used: which numbers of groups are possible, or why not."""
    left = replace(limits, seconds=max(0.0, limits.seconds - reading))
    outcome = possibility(problem, left)
    outcome = replace(outcome, seconds={"read": reading, **outcome.seconds})
    provenance = provenance_of(outcome, limits.seed, (problem.roster.table,), inputs)
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    report = build_report(outcome, findings, provenance)
    if outcome.verdict is Verdict.IMPOSSIBLE:
        return report
    possible = outcome.verdict is Verdict.FORMED
    people, counts = len(problem.roster), report.group_counts
    everyone = _everyone(problem)
    told = check_words.possible(people, counts, possible=possible, everyone=everyone)
    return replace(report, label=check_words.label(usable=True), sentence=told)


def _everyone(problem: Problem) -> bool:
    """Whether nobody may wait, in any part."""
    parts = parts_of(problem)
    return (
        all(part.problem.rulebook.everyone for part in parts)
        if parts
        else (problem.rulebook.everyone)
    )


def _refused(look: Look, rulebook: Rulebook, inputs: tuple[Input, ...]) -> Report:
    """The report of a roster that cannot be used: what is in it all the same."""
    aside = len(look.set_aside)
    return Report(
        verdict=Verdict.UNDECIDED,
        proven=False,
        label=check_words.label(usable=False),
        sentence=check_words.sentence(len(errors(look.findings)), 0),
        counts=Counts(look.read, 0, look.read - aside, aside),
        members=Members([], [], ()),
        groups=(),
        waitlist=Group("", 0, 0),
        rules=tuple(RuleLine(rule.kind, rule.sentence(Role.RULE), None) for rule in rulebook.rules),
        preferences=tuple(
            PreferenceLine(kind.kind, kind.sentence(Role.PREFERENCE), None, None, proven=False)
            for kind in rulebook.preferences
        ),
        group_counts=(),
        findings=look.findings,
        provenance=_provenance(look, rulebook, inputs),
    )


def _provenance(look: Look, rulebook: Rulebook, inputs: tuple[Input, ...]) -> Provenance:
    table = look.table
    own = () if table is None else (Input(table.name, table.sha256),)
    return Provenance(
        version=__version__,
        libraries=libraries(),
        seed=None,
        rulebook=rulebook.plain,
        origin=rulebook.origin,
        inputs=(*own, *inputs),
        deterministic=True,
        seconds={},
    )
