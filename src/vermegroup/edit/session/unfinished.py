"""What a server that was killed left in its journal: offered, and taken up step by step."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.app.save import Tell, put_right, untold
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.session.answers import done_again
from vermegroup.edit.session.journal import (
    FORMAT,
    JOURNAL,
    Journal,
    Unfinished,
    set_aside,
    unpacked,
)
from vermegroup.edit.session.saving import read_back
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import InFile, MeetingPlan, Source, State
from vermegroup.edit.session.steps import Command, Step
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.pipeline import read_named
from vermegroup.language.messages import N_, _
from vermegroup.report.folder import GROUPS, sha256
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import rulebook_text

Plain = Mapping[str, Any]
_WRONG = (LookupError, TypeError, ValueError, AttributeError, RecursionError)


def offered(folder: Path, tell: Tell = untold) -> Unfinished | None:
    """What is to be taken up in a folder; None where all is saved, or there is no journal.

    Raises OutputError where what a killed server left cannot be put right.
    """
    put_right(folder, tell)
    return unfinished_in(folder, tell)


def unfinished_in(folder: Path, tell: Tell = untold) -> Unfinished | None:
    """The same, and nothing is put right: another server may be at work there."""
    try:
        raw = bytes_of(folder / JOURNAL)
    except UnopenedError:
        return None
    lines, damaged = _whole(raw)
    if not lines:
        tell(Finding(Severity.WARNING, _UNREADABLE, str(folder / JOURNAL)))
        return None
    told = _Told.of(lines)
    if told.saved == told.place or told.was_written(folder / GROUPS):
        return None
    return Unfinished(
        folder, told.file, told.place, told.when, tuple(lines), damaged, told.saved, told.formed
    )


def discard(folder: Path) -> None:
    """Do not take it up. The journal is kept under another name.

    Raises OutputError where that cannot be done.
    """
    set_aside(folder)


def taken_up(unfinished: Unfinished) -> tuple[Session, tuple[Finding, ...]]:
    """The session as it was when it ended, and what is to be said of it.

    A step that does not lead where it led ends it: what was done before that is there.

    Raises:
        InputError: the groups that were opened cannot be read, or the journal cannot be written.
    """
    lines = unfinished.lines
    session = _opened(json.loads(lines[0]))
    taken, findings = 1, []
    for line in lines[1:]:
        try:
            _take(session, json.loads(line), unfinished.folder)
        except (InputError, *_WRONG):
            break
        taken += 1
    if taken < len(lines) or unfinished.damaged:
        message = _LOST if taken == len(lines) else _STOPPED.filled(number=taken + 1)
        path = str(unfinished.folder / JOURNAL)
        findings.append(Finding(Severity.WARNING, message, path, hint=_KEPT))
    _find_in_file(session, unfinished.folder)
    _resume(session, unfinished, list(lines[:taken]), keep=bool(findings))
    return session, tuple(findings)


@dataclass(frozen=True, slots=True)
class _Told:
    """What lines tell of how it stood: so many steps in force and saved, and when.

    They are of a ``file``, or of groups that were ``formed`` and saved nowhere. None of those in
    force lead to what was saved where ``saved`` is -1. ``content`` has the SHA-256 of the groups in
    force, ``in_file`` of those that were saved, and ``planned`` says that plans of meetings are not
    saved.
    """

    place: int
    saved: int
    when: datetime
    content: str
    in_file: str
    planned: bool
    file: str
    formed: bool

    @classmethod
    def of(cls, lines: list[bytes]) -> _Told:
        first = json.loads(lines[0])
        place, saved = 0, 0 if first["formed"] is None else -1
        hashes, planned, when = [str(first["sha256"])], False, str(first["when"])
        in_file = "" if saved else hashes[0]
        for line in lines[1:]:
            entry = json.loads(line)
            when = str(entry["when"])
            if "step" in entry:
                saved = saved if saved <= place else -1
                place += 1
                hashes[place:] = [str(entry["sha256"])]
                planned = planned or "plan" in entry
            elif "went" in entry:
                place = int(entry["went"])
            else:
                place = saved = int(entry["saved"])
                in_file, planned = hashes[saved], False
        at = datetime.fromisoformat(when)
        file, formed = str(first["file"]), not in_file
        return cls(place, saved, at, hashes[place], in_file, planned, file, formed)

    def was_written(self, groups: Path) -> bool:
        """Whether it is in the file all the same: it was written, and then no more was noted."""
        other = self.content != self.in_file
        return other and not self.planned and _hash(groups) == self.content


def _whole(raw: bytes) -> tuple[list[bytes], bool]:
    """The lines that tell something, up to the first that does not; whether others follow it."""
    *lines, _torn = raw.split(b"\n")
    for number, line in enumerate(lines):
        if not _makes_sense(line, first=not number):
            return [each + b"\n" for each in lines[:number]], True
    return [each + b"\n" for each in lines], False


def _makes_sense(line: bytes, *, first: bool) -> bool:
    try:
        entry = json.loads(line)
        datetime.fromisoformat(entry["when"])
        if first:
            return bool(entry["journal"] == FORMAT and entry["file"] and "formed" in entry)
        if "step" in entry:
            return bool(Step.told(entry["step"]) and entry["sha256"])
        return int(entry["went"] if "went" in entry else entry["saved"]) >= 0
    except _WRONG:
        return False


def _opened(first: Plain) -> Session:
    """The session as it began."""
    raw, source = unpacked(first["content"]), _source(first)
    state = source.read(raw)
    if first["formed"] is not None:
        files = {str(name): unpacked(text) for name, text in first["formed"].items()}
        return Session(source, state, formed=files)
    file = InFile(state, source, raw)
    return Session(source, state, in_file=state, on_disk=file, files=[file])


def _source(first: Plain) -> Source:
    rules = first["rulebook"]
    return Source(
        path_told(first, first["file"]),
        RulebookChoice(
            None if rules["rules"] is None else Path(path_told(first, rules["rules"])),
            rules["profile"],
            rules["group_count"],
            _book(rules),
        ),
        how_told(first, first["how"]),
    )


def how_told(first: Plain, how: Plain) -> How:
    """How a file is read; paths are those of the place that the ``first`` line tells."""
    facts = how["group_facts"]
    return How(
        {str(trait): str(header) for trait, header in how["columns"].items()},
        how["sheet"],
        day=None if how["day"] is None else date.fromisoformat(how["day"]),
        group_facts=None if facts is None else Path(path_told(first, facts)),
    )


def _book(rules: Plain) -> Rulebook | None:
    if rules["book"] is None:
        return None
    text, origin = rulebook_text(rules["book"]), str(rules["origin"])
    return rulebook_from_text(text, origin, earlier=read_named, weights=read_named_weights)


def path_told(first: Plain, path: str) -> str:
    """A path as it was told, where the current folder is the same; else from that folder."""
    same = os.path.realpath(first["place"]) == os.path.realpath(Path.cwd())
    return str(path) if same else str(Path(first["place"]) / path)


def _take(session: Session, entry: Plain, folder: Path) -> None:
    """Do again what a line tells. Raises ValueError, besides what a step raises."""
    if "step" in entry:
        step = Step.told(entry["step"])
        content = unpacked(entry["content"]) if "content" in entry else b""
        state = done_again(step, session.state, session.source, content)
        if step.command is Command.MEETING:
            state = _with_plan(state, step, entry["plan"])
        if sha256(state.content) != entry["sha256"]:
            raise ValueError("other groups")
        session.take_up(step, state)
    elif "went" in entry:
        session.go(int(entry["went"]))
    else:
        session.go(int(entry["saved"]))
        session.was_saved(_saved(session, str(entry["sha256"]), folder))
        session.was_saved_whole()


def _with_plan(state: State, step: Step, plain: Plain) -> State:
    files = {str(name): unpacked(text) for name, text in plain["files"].items()}
    plan = MeetingPlan(str(step.arguments["day"]), str(plain["folder"]), files)
    return replace(state, plans={**state.plans, plan.day: plan})


def _saved(session: Session, content: str, folder: Path) -> InFile:
    """The file that was saved then, with its record where it stands there still."""
    state = session.state
    if _hash(folder / GROUPS) == content:
        return replace(read_back(session.source, folder), place=session.place)
    if sha256(state.content) != content:
        raise ValueError("other groups")
    source = replace(
        session.source,
        path=str(folder / GROUPS),
        choice=RulebookChoice(book=state.book),
        how=session.source.how_of(state),
    )
    return InFile(source.read(state.content), source, state.content, session.place)


def _find_in_file(session: Session, folder: Path) -> None:
    """Know it where the groups were written, and that was not noted."""
    content = _hash(folder / GROUPS)
    if content is None or (session.on_disk is not None and session.on_disk.sha256 == content):
        return
    for place in range(len(session.steps), -1, -1):
        if sha256(session.state_at(place).content) == content:
            session.was_saved(replace(read_back(session.source, folder), place=place))
            return


def _resume(session: Session, unfinished: Unfinished, lines: list[bytes], *, keep: bool) -> None:
    """Go on with the same journal, without what could not be used."""
    journal = Journal(unfinished.folder, lines, stands=not keep)
    if keep:
        journal.begin()
    session.notes = journal


def _hash(path: Path) -> str | None:
    try:
        return sha256(bytes_of(path))
    except UnopenedError:
        return None


_LOST = _("The notes of what was done here are damaged: what was done last may be missing")
_STOPPED = N_(
    "What was done here cannot be taken up as a whole: it ends before line {number} of the notes"
)
_KEPT = _("Look over the groups; the damaged notes are kept beside them")
_UNREADABLE = _("The notes of what was done here cannot be read, so nothing can be taken up")
