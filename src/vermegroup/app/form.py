"""Form the groups of a roster: once, in several rounds, or many times by lot."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.group_facts import Facts, facts_for, with_those_of
from vermegroup.app.inputs import (
    RulebookChoice,
    chosen,
    look_for,
    naming,
    refuse_in_groups,
    with_columns,
)
from vermegroup.app.parted import Replacing
from vermegroup.app.privacy.how import AS_IT_IS, How, Openly
from vermegroup.app.recorded import (
    inputs_of,
    limited,
    limits_told,
    path_of,
    plain_arguments,
    recorded_call,
)
from vermegroup.app.references import resolved
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.workers import Interrupts
from vermegroup.diagnosis import MOST, SHARE
from vermegroup.domain.design import DrawRequest
from vermegroup.domain.findings import Finding
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.split import unused_parts
from vermegroup.intake.files.readings import readings
from vermegroup.intake.files.source import Given, named
from vermegroup.intake.people.people import People
from vermegroup.intake.pipeline import Look
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.folder import GROUPS
from vermegroup.report.report import Input, RecordedCall
from vermegroup.solver.form_parts import form, form_whole
from vermegroup.solver.search import SILENT, Limits, Listener

if TYPE_CHECKING:
    from vermegroup.app.rounds import RoundsRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is about, as it was read in so many ``seconds``; ``names`` call ``people``.

    ``how`` has the day that counts, ``inputs`` are the files that were read, and ``call`` is what
    was asked for, by form unless another command says so.
    """

    problem: Problem
    look: Look
    names: Openly
    people: People
    seconds: float
    facts: Facts
    how: How
    inputs: tuple[Input, ...]
    call: RecordedCall

    def findings(self) -> tuple[Finding, ...]:
        """What was noticed."""
        notices = (*self.problem.notices(), *unused_parts(self.problem))
        return (*self.look.remarks(), *notices)


def read_asked(roster_file: Given, choice: RulebookChoice, how: How, limits: Limits) -> Asked:
    """Read a roster and a rulebook.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    started, how = time.monotonic(), how.dated()
    names = naming(how)
    with names.faults(named(roster_file)), readings() as read:
        rulebook = with_columns(chosen(choice), how.columns)
        look, rulebook = resolved(look_for(roster_file, rulebook, how), rulebook, names)
        people = look.people
        facts = facts_for(how.group_facts, None, people, names)
        look = names.look(look, rulebook)
        problem = problem_of(look.participants(), names.rulebook(rulebook))
    if choice.draw is not None:
        refuse_in_groups(problem.rulebook, "draw")
    assert people is not None  # they are read, or stop the run, with the roster
    arguments = {"roster": path_of(roster_file), **choice.arguments(), **limited(limits)}
    call = recorded_call("form", arguments, how, names)
    inputs, seconds = inputs_of(read, names), time.monotonic() - started
    return Asked(problem, look, names, people, seconds, facts, how, inputs, call)


def formed_or_explained(asked: Asked, limits: Limits, listener: Listener) -> Outcome:
    """Form groups within the limits; where there are none, with what would help."""
    outcome = form(asked.problem, _with_some_to_explain(limits), listener)
    if outcome.verdict is not Verdict.FORMED:
        # Most runs find groups, and are not to wait until what explains their lack is loaded.
        from vermegroup.diagnosis.diagnose import diagnosed  # noqa: PLC0415

        outcome = diagnosed(outcome, limits)
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

    ``interrupts`` are heeded once the roster is read; until then there is nothing to save. What is
    told of groups that the run replaces stays told of those that are the same people. Where the
    choice is to ``draw``, the groups are one of a pool of groupings, chosen by the seed.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    limits = limits.begun()
    asked = read_asked(roster_file, choice, how, limits)
    if interrupts is not None:
        interrupts.heed()
    outcome, pool = formed_or_explained(asked, limits, listener), None
    if choice.draw is not None:
        # Most runs draw nothing, and are not to wait until what does is loaded.
        from vermegroup.app.lots import one_drawn, with_choice  # noqa: PLC0415

        outcome, pool = one_drawn(outcome, choice.draw, limits, form_whole)
    options = (*choice.options(), *how.options())
    replacing = Replacing(outcome, asked.people, asked.names, named(roster_file), options)
    facts = asked.facts
    if how.replaced is not None:
        facts = _with_facts_in(asked.names.folder(how.replaced), asked, replacing)
    if facts.facts != asked.facts.facts:  # they are gone with what is replaced
        arguments = {**asked.call.arguments, "facts_kept": True}
        asked = replace(asked, call=replace(asked.call, arguments=arguments))
    answer = replace(reported(asked, outcome, limits), parted=replacing.parted)
    answer = with_facts(answer, facts, asked.problem.roster, outcome.grouping)
    return answer if pool is None else with_choice(answer, pool)


def _with_facts_in(folder: Path, asked: Asked, replacing: Replacing) -> Facts:
    beside = facts_for(None, str(folder / GROUPS), asked.people, asked.names)
    if not beside.facts:
        return asked.facts
    if replacing.outcome.grouping is None:  # no group is another's yet
        groups = {each.group: each.group for each in beside.facts}
    else:
        groups = dict(replacing.same_groups(folder))
    return with_those_of(asked.facts, beside, groups)


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

    limits, started = limits.begun(), time.monotonic()
    asked = read_asked(wanted.roster, choice, how, limits)
    refuse_in_groups(asked.problem.rulebook, "rounds")
    with readings() as read:
        earlier, noticed = earlier_rounds(wanted, asked.people, asked.names)
    inputs = dict.fromkeys((*asked.inputs, *inputs_of(read, asked.names)))
    asked = replace(asked, seconds=time.monotonic() - started, inputs=tuple(inputs))
    rounds = {"rounds": wanted.rounds, "after": wanted.after}
    arguments = {**asked.call.arguments, **plain_arguments(rounds, asked.names)}
    asked = replace(asked, call=replace(asked.call, command="rounds", arguments=arguments))
    if interrupts is not None:
        interrupts.heed()
    first = formed_or_explained(asked, limits.only(limits.left() / 2), listener)
    answer = reported(asked, first, limits)
    answer = about_rounds(answer, earlier, noticed)
    if first.verdict is not Verdict.FORMED:
        return answer
    left = limits.only(limits.left())
    return with_further_rounds(answer, wanted.rounds, earlier, left, listener)


def draw_groupings(
    roster_file: Given,
    choice: RulebookChoice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
    interrupts: Interrupts | None = None,
) -> ReportedOutcome:
    """Read a roster and a rulebook, form groups, and draw a pool of groupings. Writes nothing.

    The choice has what to ``draw``. Where no groups are possible, the answer is that of ``form``.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    from vermegroup.app.lots import drawn_of, with_pool  # noqa: PLC0415

    limits = limits.begun()
    draw = choice.draw or DrawRequest(_DRAWS)
    asked = read_asked(roster_file, replace(choice, draw=draw), how, limits)
    asked = replace(asked, call=replace(asked.call, command="draw"))
    if interrupts is not None:
        interrupts.heed()
    outcome = formed_or_explained(asked, limits, listener)
    if outcome.verdict is not Verdict.FORMED:
        return reported(asked, outcome, limits)
    pool, outcome = drawn_of(outcome, draw, limits, form_whole)
    return with_pool(reported(asked, outcome, limits), pool)


def form_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Form groups as a call that was recorded with these arguments."""
    return form_groups(told["roster"], RulebookChoice.told(told), limits_told(told), how=how)


def rounds_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Form rounds as a call that was recorded with these arguments."""
    from vermegroup.app.rounds import RoundsRequest  # noqa: PLC0415

    after = tuple(map(Path, told.get("after", ())))
    wanted = RoundsRequest(told["roster"], told["rounds"], after)
    return form_rounds(wanted, RulebookChoice.told(told), limits_told(told), how=how)


def draw_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Draw as a call that was recorded with these arguments."""
    return draw_groupings(told["roster"], RulebookChoice.told(told), limits_told(told), how=how)


def reported(asked: Asked, outcome: Outcome, limits: Limits) -> ReportedOutcome:
    """The outcome with its report."""
    day = asked.how.today.isoformat()
    provenance = provenance_of(outcome, limits.seed, asked.inputs, asked.call, day)
    report = build_report(outcome, asked.findings(), provenance)
    interrupted = limits.stop.is_set()
    return ReportedOutcome(
        outcome,
        report,
        interrupted=interrupted,
        folder=asked.names.folder,
        discreet=not asked.names.open,
    )


def _with_some_to_explain(limits: Limits) -> Limits:
    """The limits of the search itself, with some effort left to explain what it finds."""
    left = limits.left()
    return limits.only(left - min(MOST, SHARE * left))


_DRAWS = 1_000
