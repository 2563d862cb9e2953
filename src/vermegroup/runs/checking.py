"""Check a roster against a rulebook: what is in it, and what arithmetic says of the groups."""

from __future__ import annotations

import time
from dataclasses import replace

import vermegroup
from vermegroup.findings import errors
from vermegroup.intake.looking import Look
from vermegroup.kind import Role
from vermegroup.outcome import Outcome, PartOutcome, Verdict
from vermegroup.phrase import Phrase
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
from vermegroup.runs.rosters import AS_IT_IS, How, look_for
from vermegroup.runs.rulebooks import Choice, chosen
from vermegroup.splitting import parts_of, unused_parts


def check_roster(roster_file: str, choice: Choice, how: How = AS_IT_IS) -> Checked:
    """Read a roster and a rulebook, and say what was recognised, changed, wrong and missing.

    Forms nothing and writes nothing.

    Raises:
        RulebookError: the rulebook cannot be read. What is wrong with the roster is told.
    """
    started = time.monotonic()
    rulebook = chosen(choice)
    look = look_for(roster_file, rulebook, how)
    report = (
        _refused(look, rulebook, choice)
        if look.roster is None
        else _counted(problem_of(look.roster, rulebook), look, choice, time.monotonic() - started)
    )
    return Checked(
        report,
        look.roster is not None,
        tuple(ColumnLine(column.header, column.trait) for column in look.columns),
        look.missing,
        look.set_aside,
    )


def _counted(problem: Problem, look: Look, choice: Choice, seconds: float) -> Report:
    """The report of a roster that can be used: each number of groups, by arithmetic alone."""
    outcome = replace(_counting(problem), seconds={"read": seconds})
    provenance = provenance_of(outcome, None, (problem.roster.table,), choice.inputs())
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    report = build_report(outcome, findings, provenance)
    if outcome.verdict is Verdict.IMPOSSIBLE:
        return report
    people = check_words.sentence(0, len(problem.roster))
    return replace(report, label=check_words.label(usable=True), sentence=people)


def _counting(problem: Problem) -> Outcome:
    """What arithmetic says of each number of groups, of a split roster part by part."""
    from vermegroup.solver.count_table import count_table  # noqa: PLC0415
    from vermegroup.solver.counting import Counting, why_none  # noqa: PLC0415

    parts = tuple(PartOutcome(part.value, _counting(part.problem)) for part in parts_of(problem))
    if parts:
        hopeless = [own.outcome for own in parts if own.outcome.verdict is Verdict.IMPOSSIBLE]
        verdict = Verdict.IMPOSSIBLE if hopeless else Verdict.UNDECIDED
        because = hopeless[0].because if hopeless else None
        return Outcome(verdict, problem, (), because=because, parts=parts)
    counting = Counting(problem)
    table = count_table(counting, {}, _OPEN)
    if any(candidate.certificate is None for candidate in counting.in_order()):
        return Outcome(Verdict.UNDECIDED, problem, table)
    found = tuple(map(counting.judged, counting.numbers))
    return Outcome(Verdict.IMPOSSIBLE, problem, table, because=why_none(problem, found))


def _refused(look: Look, rulebook: Rulebook, choice: Choice) -> Report:
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
        provenance=_provenance(look, rulebook, choice),
    )


def _provenance(look: Look, rulebook: Rulebook, choice: Choice) -> Provenance:
    table = look.table
    own = () if table is None else (Input(table.name, table.sha256),)
    return Provenance(
        version=vermegroup.__version__,
        libraries=libraries(),
        seed=None,
        rulebook=rulebook.plain,
        origin=rulebook.origin,
        inputs=(*own, *choice.inputs()),
        deterministic=True,
        seconds={},
    )


_OPEN = Phrase(
    "arithmetic does not rule it out",
    "laskenta ei sulje tätä pois",
    "aritmetiken utesluter det inte",
)
