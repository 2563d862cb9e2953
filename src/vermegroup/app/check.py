"""Check a roster against a rulebook: what is in it, and what is possible with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from vermegroup._version import __version__
from vermegroup.app.inputs import RulebookChoice, chosen, look_for, naming
from vermegroup.app.privacy.how import AS_IT_IS, How, Openly
from vermegroup.app.recorded import inputs_of, limited, path_of, recorded_call
from vermegroup.app.references import resolved
from vermegroup.app.unread_columns import unread
from vermegroup.diagnosis import SHARE
from vermegroup.domain.findings import errors
from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import Outcome, PartOutcome, Verdict
from vermegroup.domain.problem import Problem, must_be_seated, problem_of
from vermegroup.domain.rulebook import Rulebook
from vermegroup.domain.split import parts_of, unused_parts
from vermegroup.intake.files.readings import readings
from vermegroup.intake.files.source import Given, named
from vermegroup.intake.pipeline import Look
from vermegroup.report import check_text
from vermegroup.report.build import build_report, entry_of, libraries, provenance_of
from vermegroup.report.check_text import Checked, ColumnLine
from vermegroup.report.groups import Group, Groups
from vermegroup.report.report import (
    Counts,
    Members,
    PreferenceLine,
    Provenance,
    Report,
    RuleLine,
)
from vermegroup.solver.form_parts import each_part, form_whole, may_wait
from vermegroup.solver.search import Limits


def check_roster(
    roster_file: Given, choice: RulebookChoice, limits: Limits, how: How = AS_IT_IS
) -> Checked:
    """Read a roster and a rulebook, and say what was recognised, changed, wrong and missing.

    And what is possible: which numbers of groups, or why none, and what would help. Forms nothing
    and writes nothing.

    Raises:
        RulebookError: the rulebook cannot be read. What is wrong with the roster is told.
    """
    limits, started, how = limits.begun(), time.monotonic(), how.dated()
    names = naming(how)
    with names.faults(named(roster_file)), readings() as read:
        look, rulebook = recognised(roster_file, chosen(choice), how, names)
        look = names.look(look, rulebook)
        rulebook = names.rulebook(rulebook)
        problem = None if look.roster is None else problem_of(look.roster, rulebook)
    arguments = {"roster": path_of(roster_file), **choice.arguments(), **limited(limits)}
    call = recorded_call("check", arguments, how, names)
    inputs, day = inputs_of(read, names), how.today.isoformat()
    report = (
        _refused(look, rulebook)
        if problem is None
        else _answered(problem, look, limits, time.monotonic() - started)
    )
    provenance = replace(report.provenance, inputs=inputs, call=call, day=day)
    report = replace(report, provenance=provenance)
    return Checked(
        report,
        look.roster is not None,
        tuple(ColumnLine(column.header, column.trait) for column in look.columns),
        look.missing,
        look.set_aside,
    )


def recognised(
    roster_file: Given, rulebook: Rulebook, how: How, names: Openly
) -> tuple[Look, Rulebook]:
    """A look at a roster, with what there is to tell of its columns, and the rules as they suit it.

    Raises:
        RulebookError: the rules mean people, or files, that cannot be made out.
    """
    look, rulebook = resolved(look_for(roster_file, rulebook, how), rulebook, names)
    return replace(look, findings=(*look.findings, *unread(look))), rulebook


def _answered(problem: Problem, look: Look, limits: Limits, reading: float) -> Report:
    """The report of a roster that can be used: which numbers of groups are possible, or why not."""
    outcome = possibility(problem, limits)
    outcome = replace(outcome, seconds={"read": reading, **outcome.seconds})
    provenance = provenance_of(outcome, limits.seed)
    findings = (*look.remarks(), *problem.notices(), *unused_parts(problem))
    report = build_report(outcome, findings, provenance)
    if outcome.verdict is Verdict.IMPOSSIBLE:
        return report
    possible = outcome.verdict is Verdict.FORMED
    people, counts = problem.roster.people, report.group_counts
    everyone = _everyone(problem)
    sentence = check_text.possible(people, counts, possible=possible, everyone=everyone)
    return replace(report, label=check_text.label(usable=True), sentence=sentence)


def _everyone(problem: Problem) -> bool:
    """Whether nobody may wait, in any part."""
    parts = parts_of(problem)
    return (
        all(map(_all_seated, (part.problem for part in parts))) if parts else _all_seated(problem)
    )


def _all_seated(problem: Problem) -> bool:
    return problem.rulebook.everyone or len(must_be_seated(problem)) == problem.roster.people


def _refused(look: Look, rulebook: Rulebook) -> Report:
    """The report of a roster that cannot be used: what is in it all the same."""
    aside = len(look.set_aside)
    return Report(
        verdict=Verdict.UNDECIDED,
        proven=False,
        label=check_text.label(usable=False),
        sentence=check_text.sentence(len(errors(look.findings)), 0),
        counts=Counts(look.read, 0, look.read - aside, aside),
        members=Members([], [], ()),
        groups=Groups(),
        waitlist=Group("", 0, 0),
        rules=tuple(
            RuleLine(rule.kind, rule.sentence(Role.RULE), None, entry=entry_of(rule))
            for rule in rulebook.rules
        ),
        preferences=tuple(
            PreferenceLine(
                kind.kind,
                kind.sentence(Role.PREFERENCE),
                None,
                None,
                proven=False,
                entry=entry_of(kind),
            )
            for kind in rulebook.preferences
        ),
        group_counts=(),
        findings=look.findings,
        provenance=_provenance(rulebook),
    )


def _provenance(rulebook: Rulebook) -> Provenance:
    return Provenance(
        version=__version__,
        libraries=libraries(),
        seed=None,
        rulebook=rulebook.plain,
        origin=rulebook.origin,
        inputs=(),
        deterministic=True,
        seconds={},
    )


# Deterministic seconds for one number of groups, where a deal does not tell.
THOROUGH = 2.0


def possibility(problem: Problem, limits: Limits) -> Outcome:
    """Which numbers of groups are possible, of a split roster part by part.

    The verdict is FORMED where some grouping was found, though none is kept. A part that can have
    no group stands in nobody's way where its people may wait.
    """
    limits = limits.begun()
    # Most of the effort is for explaining: whether anything is possible is mostly soon told.
    counting = limits.only(limits.left() * (1 - SHARE))
    parts = parts_of(problem)
    if not parts:
        return _explained(_counted(problem, counting), limits)
    found = each_part(parts, counting, _counted)
    verdicts = _verdicts(found)
    worst = next(
        (v for v in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED) if v in verdicts), Verdict.FORMED
    )
    deterministic = all(part.outcome.deterministic for part in found)
    whole = Outcome(worst, problem, (), deterministic=deterministic, parts=found)
    return _explained(whole, limits)


def _explained(outcome: Outcome, limits: Limits) -> Outcome:
    if outcome.verdict is Verdict.FORMED:
        return outcome
    # Whatever is to be explained needs CP-SAT, which takes longer to load than most answers.
    from vermegroup.diagnosis.diagnose import diagnosed  # noqa: PLC0415

    return diagnosed(outcome, limits)


def _verdicts(parts: Sequence[PartOutcome]) -> list[Verdict]:
    """What each part means for the whole: unless all are impossible, one where all wait is not."""
    if all(part.outcome.verdict is Verdict.IMPOSSIBLE for part in parts):
        return [Verdict.IMPOSSIBLE for _ in parts]
    return [Verdict.FORMED if may_wait(part.outcome) else part.outcome.verdict for part in parts]


def _counted(problem: Problem, limits: Limits) -> Outcome:
    if problem.roster.has_further_seats:
        from vermegroup.solver.different_times import times_to_differ  # noqa: PLC0415

        if times_to_differ(problem):  # which a number of groups by itself does not tell
            return replace(form_whole(problem, limits), grouping=None, audit=None, preferences=())
    from vermegroup.solver.possible_numbers import possible_numbers  # noqa: PLC0415
    from vermegroup.solver.search import Search  # noqa: PLC0415

    search = Search(limits, thorough=THOROUGH)
    found = possible_numbers(problem, search)
    return Outcome(
        found.verdict,
        problem,
        found.table,
        because=found.because,
        deterministic=not search.cut_short,
        seconds=dict(search.seconds),
    )
