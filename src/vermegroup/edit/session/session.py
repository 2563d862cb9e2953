"""A session: groups as they were opened, every step since, and the way back and forth.

What is done is noted before it counts as done, so that a crash takes nothing of it. Every state
passes the solver-free judge, which tells what it breaks and what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.session.changes import changed_since, step_sentence
from vermegroup.edit.session.proposals import Proposal
from vermegroup.edit.session.state import InFile, Source, State
from vermegroup.edit.session.steps import Command, Step
from vermegroup.judge.auditor import judged
from vermegroup.language.messages import Message, _
from vermegroup.report.report import RecordedCall, Report


@dataclass(frozen=True, slots=True)
class Done:
    """A step, the state after it, and what it did in words."""

    step: Step
    state: State
    sentence: Message


class Notes(Protocol):
    """Keeps what is done, so that it can be taken up after a crash."""

    def did(self, step: Step, state: State) -> None:
        """A step was done after those that are in force, and led to this state."""

    def went(self, place: int) -> None:
        """So many steps are in force now: some were undone, or done again."""

    def saved(self, file: InFile) -> None:
        """What is in force is in this file now."""


class Unnoted:
    """Keeps nothing."""

    def did(self, step: Step, state: State) -> None:
        """Nothing is kept."""
        del step, state

    def went(self, place: int) -> None:
        """Nothing is kept."""
        del place

    def saved(self, file: InFile) -> None:
        """Nothing is kept."""
        del file


@dataclass(slots=True)
class Session:
    """Groups of a ``source`` as they were ``opened``, and the ``steps`` since.

    The first ``place`` of the steps are in force; those after it were undone, and can be done
    again. ``in_file`` is what was saved last, None where nothing was yet; ``on_disk`` is that file
    as it was when it was read or written last, and ``files`` are all whose groups the steps in
    force came by. ``formed`` is the answer that the groups came from where no file has them yet,
    or its files. ``version`` rises with every change of what is shown, so that whoever looks at an
    older one can be told.
    """

    source: Source
    opened: State
    in_file: State | None = None
    notes: Notes = field(default_factory=Unnoted)
    steps: list[Done] = field(default_factory=list)
    place: int = 0
    version: int = 0
    formed: ReportedOutcome | Mapping[str, bytes] | None = None
    on_disk: InFile | None = None
    files: list[InFile] = field(default_factory=list)
    _report: tuple[State, State, Report] | None = None

    @property
    def state(self) -> State:
        """The groups as they stand."""
        return self.state_at(self.place)

    @property
    def unsaved(self) -> bool:
        """Whether the file holds something else, or plans of meetings wait to be written."""
        there, now = self.in_file, self.state
        return there is None or (there.content, there.plans) != (now.content, now.plans)

    @property
    def base(self) -> InFile:
        """The last file that the steps in force lead on from. Raises LookupError: there is none."""
        return [each for each in self.files if each.place <= self.place][-1]

    def state_at(self, place: int) -> State:
        """The groups after so many steps."""
        return self.steps[place - 1].state if place else self.opened

    @property
    def before(self) -> State:
        """With what the groups are compared: those in the file, or those that were opened."""
        return self.in_file or self.opened

    def take(self, step: Step) -> None:
        """Do a step that needs no search.

        Raises InputError where it cannot be done; then nothing has changed.
        """
        match step.command:
            case Command.MOVE:
                state = self._as_read(self.state.moved(step.ways))
            case Command.PIN:
                state = self.state.pinned(step)
            case _:
                raise ValueError(step.command)
        self._did(step, state)

    def _as_read(self, state: State) -> State:
        """The same groups. Raises InputError where their file would be read as other ones."""
        if state.plainly_named:
            return state
        try:
            there = self.source.reread(state.content, state)
        except InputError as fault:
            raise InputError([Finding(Severity.ERROR, _NOT_READ, hint=_OTHER_NAME)]) from fault
        if there.others_than_in(state):
            raise InputError([Finding(Severity.ERROR, _NOT_READ, hint=_OTHER_NAME)])
        return state

    def accept(self, proposal: Proposal) -> None:
        """Do what was proposed.

        Raises InputError where the groups are others by now, or there is nothing to accept.
        """
        if proposal.state is None or proposal.since is not self.state:
            raise InputError([Finding(Severity.ERROR, _OUTDATED, hint=_AGAIN)])
        self._did(proposal.step, proposal.state)

    def take_up(self, step: Step, state: State) -> None:
        """Do a step again that led to this state before a crash; it is noted already."""
        self._put(step, state)

    def undo(self) -> None:
        """Go back a step; at the first there is nothing to undo, and nothing happens."""
        self.go(max(0, self.place - 1))

    def redo(self) -> None:
        """Do the next step again that was undone, if there is one."""
        self.go(min(len(self.steps), self.place + 1))

    def go(self, place: int) -> None:
        """Put so many steps in force. Raises InputError where there are fewer."""
        if not 0 <= place <= len(self.steps):
            raise InputError([Finding(Severity.ERROR, _NO_SUCH_STEP)])
        if place != self.place:
            self.notes.went(place)
            self.place = place
            self.version += 1

    def was_saved(self, file: InFile) -> None:
        """This file holds what is shown, but for plans of meetings."""
        self.on_disk, self.source = file, file.source
        self.files = [each for each in self.files if each.place != file.place]
        self.files = sorted((*self.files, file), key=lambda each: each.place)
        plans = {} if self.in_file is None else self.in_file.plans
        self.in_file = replace(self.state_at(file.place), plans=plans)
        self.version += 1

    def was_saved_whole(self) -> None:
        """The plans of meetings are in their files, too."""
        self.in_file = self.state
        self.version += 1
        if self.on_disk is not None:
            self.notes.saved(self.on_disk)

    def report(self) -> Report:
        """The report of the groups as they stand, with what changed since they were in the file.

        Its numbers and its broken rules are the solver-free judge's.
        """
        before, now = self.before, self.state
        if self._report is None or self._report[0] is not before or self._report[1] is not now:
            outcome = judged(now.groups.problem, now.grouping, 0.0)
            report = now.groups.report(outcome, _UNRECORDED)
            self._report = before, now, changed_since(before, now, outcome, report)
        return self._report[2]

    def history(self) -> Iterator[tuple[Message, bool]]:
        """What was done in words, from the first step, and whether it is in force."""
        for at, done in enumerate(self.steps):
            yield done.sentence, at < self.place

    def _did(self, step: Step, state: State) -> None:
        self.notes.did(step, state)
        self._put(step, state)

    def _put(self, step: Step, state: State) -> None:
        sentence = step_sentence(step, self.state, state)
        self.files = [each for each in self.files if each.place <= self.place]
        self.steps[self.place :] = [Done(step, state, sentence)]
        self.place += 1
        self.version += 1


_UNRECORDED = RecordedCall("edit", {})
_OUTDATED = _("The groups have changed since this was planned")
_AGAIN = _("Plan it once more")
_NOT_READ = _("A file of these groups would be read as other groups, because of their names")
_OTHER_NAME = _("Choose another name, without commas, or a group that has one")
_NO_SUCH_STEP = _("There is no such step")
