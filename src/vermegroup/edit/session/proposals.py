"""What a search proposes: shown before it is accepted, and forgotten where it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice, with_columns
from vermegroup.app.meeting_folders import folder_for, history_for
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.save import ReportedOutcome, files_of
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.session.rest import formed_again, not_around_pins, repaired, with_pins
from vermegroup.edit.session.state import MeetingPlan, Source, State
from vermegroup.edit.session.steps import Command, Step
from vermegroup.intake.files.readings import unsaved
from vermegroup.intake.files.source import Source as Contents
from vermegroup.intake.groups import Mention
from vermegroup.intake.people.membership import look_at_members
from vermegroup.intake.pipeline import ReadOptions
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _
from vermegroup.report.report import Report
from vermegroup.report.to_csv import groups_csv
from vermegroup.solver.search import Limits, Listener


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would come of a step; ``state`` is None where it cannot be done, and then why not.

    ``since`` is the state that it was made of. ``report`` tells of it: of a rebalance its own; else
    none where nothing is to be told but the state.
    """

    step: Step
    since: State
    state: State | None
    report: Report | None = None
    outcome: Outcome | None = None


NEWCOMERS = "newcomers.csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of groups: a step, the state and the source that it is about, and limits.

    The files of a plan are written in a ``language``.
    """

    step: Step
    state: State
    source: Source
    limits: Limits
    listener: Listener
    language: Language

    def led_to(self, grouping: Grouping) -> State:
        """The state with these groups of the same people."""
        return led_to(self.step, groups_csv(self.state.roster, grouping), self.state, self.source)

    def rebalanced(self, asked: RebalanceRequest, book: Rulebook) -> ReportedOutcome:
        """The answer to a request about the groups as they stand, whatever the file holds."""
        choice, how = RulebookChoice(book=book), self.source.how_of(self.state)
        with unsaved({self.source.path: self.state.content}):
            return rebalance_groups(asked, choice, self.limits, self.listener, how)


def proposed(asked: Asked) -> Proposal:
    """Search for what a step asks of the groups. Changes nothing.

    Raises InputError where it cannot be asked of these groups.
    """
    asked = replace(asked, limits=asked.limits.begun())
    found = _SEARCHES[asked.step.command](asked)
    if not _pins_hold(found):
        told = not_around_pins(asked.state.groups.problem)
        found = Proposal(asked.step, asked.state, None, outcome=told)
    return replace(found, step=asked.step.searched(asked.limits))


def refuse_newcomers(
    joining: Contents, state: State, source: Source, *, every_row: bool = False
) -> None:
    """Raise InputError, with the places in what was given, where newcomers cannot be read.

    With ``every_row`` also where a row would be set aside.
    """
    book, how = state.book, source.how_of(state)
    reading = ReadOptions(with_columns(book, how.columns), None, how.columns, how.day)
    with unsaved({source.path: state.content}):
        members = look_at_members(source.path, joining, reading, source.names.newcomers)
    members.look.participants()
    aside = [each for each in members.look.findings if each.aside and each.file == joining.name]
    if every_row and aside:
        raise InputError(replace(each, severity=Severity.ERROR) for each in aside)


def _pins_hold(found: Proposal) -> bool:
    """Whether all who are pinned, and have not left, are where they were: a rule may not hold."""
    if found.state is None:
        return True
    left, there = found.step.arguments.get("left", ()), found.state.groups_by_id()
    pinned = found.since.pinned_seats().items()
    return all(name in there.get(id_, ()) for id_, name in pinned if id_ not in left)


def led_to(step: Step, content: bytes, state: State, source: Source) -> State:
    """The state that a search led to which was asked for in another, by what it is to be written.

    Raises InputError where it cannot be read.
    """
    return _read(source, content, state, _REASONS[step.command])


def _formed(asked: Asked) -> Proposal:
    step, state = asked.step, asked.state
    _refuse_meeting(state)
    outcome, grouping = formed_again(state, asked.limits, asked.listener)
    if grouping is None:
        return Proposal(step, state, None, outcome=outcome)
    return Proposal(step, state, asked.led_to(grouping), outcome=outcome)


def _repaired(asked: Asked) -> Proposal:
    grouping = repaired(asked.state, asked.limits, asked.listener)
    return Proposal(asked.step, asked.state, asked.led_to(grouping))


def _rebalanced(asked: Asked) -> Proposal:
    step, state, source = asked.step, asked.state, asked.source
    _refuse_meeting(state)
    told = step.arguments
    rows = str(told["joining"])
    joining = Contents(NEWCOMERS, rows.encode()) if rows else None
    left = tuple(map(Mention, told["left"]))
    stay = {id_: name for id_, name in state.pinned_seats().items() if id_ not in told["left"]}
    request = RebalanceRequest(source.path, left=left, joining=joining)
    answer = asked.rebalanced(request, with_pins(state.book, stay, state.roster))
    if answer.outcome.grouping is None:
        return Proposal(step, state, None, answer.report, answer.outcome)
    content = answer.groups or groups_csv(answer.outcome.problem.roster, answer.outcome.grouping)
    after = led_to(step, content, state, source)
    return Proposal(step, state, after, answer.report, answer.outcome)


def _met(asked: Asked) -> Proposal:
    step, state, source = asked.step, asked.state, asked.source
    _refuse_meeting(state)
    day = date.fromisoformat(str(step.arguments["day"]))
    folder = folder_of_meeting(source, day)
    absent = tuple(map(Mention, step.arguments["absent"]))
    history = history_for(source.path, folder, day)
    request = RebalanceRequest(source.path, absent, history=history, day=day, found=True)
    answer = asked.rebalanced(request, state.book)
    if answer.outcome.grouping is None:
        return Proposal(step, state, None, answer.report, answer.outcome)
    plan = MeetingPlan(day.isoformat(), str(folder), files_of(answer, asked.language))
    after = replace(state, plans={**state.plans, plan.day: plan})
    return Proposal(step, state, after, answer.report, answer.outcome)


def folder_of_meeting(source: Source, day: date) -> Path:
    """Where the plan of a meeting goes: beside the folder of the permanent groups.

    Raises OutputError where it would replace these.
    """
    return Path(source.path).parent.parent / folder_for(source.path, None, day).name


def _read(source: Source, content: bytes, state: State, reason: Message) -> State:
    """The state that a search led to; who is in another group is there for this reason."""
    after = source.reread(content, state)
    old, new = state.groups_by_id(), after.groups_by_id()
    changed = {id_: reason for id_, groups in new.items() if old.get(id_) != groups}
    changed |= dict.fromkeys(new.keys() - old.keys(), _JOINED)
    changed |= dict.fromkeys(old.keys() - new.keys(), _LEFT)
    reasons = {**state.reasons, **changed}
    return replace(after, pins=state.pins, plans=state.plans, reasons=reasons).unpinned()


def _refuse_meeting(state: State) -> None:
    if state.groups.look.meeting:
        raise InputError([Finding(Severity.ERROR, _A_MEETING, hint=_OPEN_GROUPS)])


_SEARCHES: dict[Command, Callable[[Asked], Proposal]] = {
    Command.FORM: _formed,
    Command.REPAIR: _repaired,
    Command.REBALANCE: _rebalanced,
    Command.MEETING: _met,
}
_REASONS: dict[Command, Message] = {
    Command.FORM: _("Formed again"),
    Command.REPAIR: _("Moved so that the rules hold"),
    Command.REBALANCE: _("Moved because others left or joined"),
}
_JOINED = _("Joined")
_LEFT = _("Left for good")
_A_MEETING = _("This is the plan of one meeting: only moves by hand can be made in it")
_OPEN_GROUPS = _("Open the permanent groups instead")
