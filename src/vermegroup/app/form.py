"""Form the groups of a roster, once or in several rounds."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.group_facts import Facts, facts_for
from vermegroup.app.inputs import (
    RulebookChoice,
    chosen,
    inputs_of,
    look_for,
    naming,
    refuse_in_groups,
    with_columns,
)
from vermegroup.app.parted import Replacing
from vermegroup.app.privacy.how import AS_IT_IS, How, Openly
from vermegroup.app.references import resolved
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.workers import Interrupts
from vermegroup.diagnosis import MOST, SHARE
from vermegroup.domain.findings import Finding
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.split import unused_parts
from vermegroup.intake.files.source import Given, named
from vermegroup.intake.people.people import People
from vermegroup.intake.pipeline import Look
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.report import Input
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import SILENT, Limits, Listener

if TYPE_CHECKING:
    from vermegroup.app.rounds import RoundsRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is about, as it was read in so many ``seconds``; ``names`` call ``people``."""

    problem: Problem
    look: Look
    names: Openly
    people: People
    seconds: float
    facts: Facts

    def left_of(self, limits: Limits) -> Limits:
        """The limits without what reading took."""
        return replace(limits, seconds=max(0.0, limits.seconds - self.seconds))

    def findings(self) -> tuple[Finding, ...]:
        """What was noticed."""
        notices = (*self.problem.notices(), *unused_parts(self.problem))
        return (*self.look.remarks(), *notices)


def read_asked(roster_file: Given, choice: RulebookChoice, how: How) -> Asked:
    """Read a roster and a rulebook.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    with names.faults(named(roster_file)):
        rulebook = with_columns(chosen(choice), how.columns)
        look, rulebook = resolved(look_for(roster_file, rulebook, how), rulebook, names)
        people = look.people
        facts = facts_for(how.group_facts, None, people, names)
        look = names.look(look, rulebook)
        problem = problem_of(look.participants(), names.rulebook(rulebook))
    assert people is not None  # they are read, or stop the run, with the roster
    return Asked(problem, look, names, people, time.monotonic() - started, facts)


def formed_or_explained(asked: Asked, limits: Limits, listener: Listener) -> Outcome:
    """Form groups within the limits; where there are none, with what would help."""
    searched = time.monotonic()
    outcome = form(asked.problem, _with_time_to_explain(limits), listener)
    if outcome.verdict is not Verdict.FORMED:
        # Most runs find groups, and are not to wait until what explains their lack is loaded.
        from vermegroup.diagnosis.diagnose import diagnosed  # noqa: PLC0415

        outcome = diagnosed(outcome, limits, searched)
    return replace(outcome, seconds={"read": asked.seconds, **outcome.seconds})


def form_groups(
    roster_file: Given,
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
    asked = read_asked(roster_file, choice, how)
    if interrupts is not None:
        interrupts.heed()
    outcome = formed_or_explained(asked, asked.left_of(limits), listener)
    options = (*choice.options(), *how.options())
    replacing = Replacing(outcome, asked.people, asked.names, named(roster_file), options)
    answer = replace(reported(asked, outcome, limits, how), parted=replacing.parted)
    return with_facts(answer, asked.facts, asked.problem.roster, outcome.grouping)


def form_rounds(
    wanted: RoundsRequest,
    choice: RulebookChoice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
    interrupts: Interrupts | None = None,
) -> ReportedOutcome:
    """Read a roster, a rulebook and earlier rounds, form the others, and report on all of them.

    Writes nothing. Where not even one round is possible, the answer is that of ``form``.

    Raises:
        InputError: a file cannot be read, or the earlier rounds leave none to be formed.
        AuditError: the audit does not confirm a round, which is a defect.
    """
    # Most runs form groups once, and are not to wait until what plans several rounds is loaded.
    from vermegroup.app.rounds import (  # noqa: PLC0415
        about_rounds,
        earlier_rounds,
        with_further_rounds,
    )

    started = time.monotonic()
    asked = read_asked(wanted.roster, choice, how)
    refuse_in_groups(asked.problem.rulebook, "rounds")
    earlier, noticed = earlier_rounds(wanted, asked.people, asked.names)
    asked = replace(asked, seconds=time.monotonic() - started)
    if interrupts is not None:
        interrupts.heed()
    left = asked.left_of(limits)
    first = formed_or_explained(asked, replace(left, seconds=left.seconds / 2), listener)
    inputs = tuple(dict.fromkeys(Input(each.file, each.sha256) for each in earlier))
    answer = reported(asked, first, limits, how, inputs)
    answer = about_rounds(answer, earlier, noticed)
    if first.verdict is not Verdict.FORMED:
        return answer
    left = replace(limits, seconds=max(0.0, limits.seconds - (time.monotonic() - started)))
    return with_further_rounds(answer, wanted.rounds, earlier, left, listener)


def reported(
    asked: Asked, outcome: Outcome, limits: Limits, how: How, extra: tuple[Input, ...] = ()
) -> ReportedOutcome:
    """The outcome with its report; ``extra`` are further files that were read."""
    problem = asked.problem
    inputs = (*inputs_of(problem.rulebook), *extra)
    tables, day = (problem.roster.table,), how.day.isoformat()
    provenance = provenance_of(outcome, limits.seed, tables, inputs, day)
    report = build_report(outcome, asked.findings(), provenance)
    interrupted = limits.stop.is_set()
    return ReportedOutcome(
        outcome,
        report,
        interrupted=interrupted,
        folder=asked.names.folder,
        discreet=not asked.names.open,
    )


def _with_time_to_explain(limits: Limits) -> Limits:
    """The limits of the search itself, with some time left to explain what it finds."""
    return replace(limits, seconds=limits.seconds - min(MOST, SHARE * limits.seconds))
