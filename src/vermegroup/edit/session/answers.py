"""What comes of steps from one file to the next, as every command answers, and the same again."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.edits import with_fixes
from vermegroup.app.group_facts import Facts, facts_for
from vermegroup.app.inputs import RulebookChoice, naming
from vermegroup.app.privacy.how import How
from vermegroup.app.recorded import inputs_of, limits_told, recorded_call
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.session.changes import changed_since
from vermegroup.edit.session.proposals import Asked, led_to, proposed
from vermegroup.edit.session.state import InFile, Source, State
from vermegroup.edit.session.steps import AT_ONCE, Command, Step
from vermegroup.intake.files.readings import BEFORE, FACTS, readings
from vermegroup.intake.files.source import read_for
from vermegroup.judge.auditor import judged
from vermegroup.language.catalogues import ENGLISH
from vermegroup.language.messages import N_
from vermegroup.report.report import Input
from vermegroup.report.to_csv import groups_csv
from vermegroup.solver.search import SILENT


def edited(
    base: InFile, before: InFile | None, now: State, steps: Sequence[Step]
) -> ReportedOutcome:
    """The answer whose groups are those that steps led to from the file ``base``.

    It tells what is other than in that file, or in the file ``before`` where that is another one.
    """
    started, groups, names = time.monotonic(), now.groups, base.source.names
    outcome = with_fixes(judged(groups.problem, now.grouping, started), groups.call)
    if any(step.by_time for step in steps):
        outcome = replace(outcome, deterministic=False)
    arguments = {
        "groups": Path(base.source.path),
        "before": None if before is None else Path(before.source.path),
        "steps": [step.plain() for step in steps],
        **base.source.choice.rulebook(),
        **base.source.how.asked_day(),
    }
    call = recorded_call("edit", arguments, base.source.how, names)
    old = base.state if before is None else base.source.reread(before.raw, base.state)
    report = changed_since(old, now, outcome, groups.report(outcome, call))
    facts, read = _facts(base, now)
    told = [each for each in base.state.groups.inputs if each.role != FACTS]
    if before is not None:
        told.append(Input(BEFORE, names.file(before.source.path), before.sha256))
    provenance = replace(report.provenance, inputs=(*told, *read))
    answer = ReportedOutcome(
        outcome,
        replace(report, provenance=provenance),
        None if groups_csv(now.roster, now.grouping) == now.content else now.content,
        folder=names.folder,
        discreet=not names.open,
    )
    permanent = groups.look.permanent
    return with_facts(answer, facts, now.roster, now.grouping, old.grouping.names, permanent)


def _facts(base: InFile, now: State) -> tuple[Facts, tuple[Input, ...]]:
    """What is told of the groups by now, and the files it was read from."""
    source, people = base.source, now.groups.look.people
    with readings() as read:
        facts = facts_for(source.how.group_facts, source.path, people, source.names)
    return facts, inputs_of(read, source.names)


def done_again(step: Step, state: State, source: Source, content: bytes) -> State:
    """The state after a step whose search led to this content of the file; of others it is idle.

    Plans of meetings are passed over. Raises InputError where it cannot be done.
    """
    match step.command:
        case Command.MOVE:
            return state.moved(step.ways)
        case Command.PIN:
            return state.pinned(step)
        case Command.MEETING:
            return state
        case _:
            return led_to(step, content, state, source)


def edit_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Edit groups as a call that was recorded with these arguments; what was searched is again.

    Raises:
        InputError: the groups cannot be read, or a step cannot be done.
        LookupError, TypeError, ValueError: it does not tell enough.
    """
    source = Source(str(told["groups"]), RulebookChoice.told(told), how, naming(how))
    state = source.read()
    base, before = InFile(state, source, b""), None
    if told.get("before") is not None:
        path = str(told["before"])
        before = InFile(state, replace(source, path=path), read_for(BEFORE, path))
    steps, by_time = [Step.told(each) for each in told.get("steps", ())], False
    for number, step in enumerate(steps, 1):
        by_time = by_time or step.by_time
        try:
            state = _searched_again(step, number, state, source)
        except InputError as fault:
            if not by_time:
                raise
            message = _BY_TIME.filled(number=number)
            raise InputError([Finding(Severity.ERROR, message, source.path)]) from fault
    return edited(base, before, state, steps)


def _searched_again(step: Step, number: int, state: State, source: Source) -> State:
    if step.command in AT_ONCE or step.command is Command.MEETING:
        return done_again(step, state, source, b"")
    limits = limits_told(step.arguments)
    after = proposed(Asked(step, state, source, limits, SILENT, ENGLISH)).state
    if after is None:
        raise InputError([Finding(Severity.ERROR, _NOTHING.filled(number=number))])
    return after


_BY_TIME = N_(
    "A search was ended by the clock or by hand, and found other groups this time: so step "
    "{number} cannot be done again"
)
_NOTHING = N_("What led to these groups cannot be repeated: nothing comes of step {number}")
