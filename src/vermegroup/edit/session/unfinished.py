"""What a server that was killed left in its journal: offered, and taken up step by step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import Tell, put_right, untold
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.beside import ORIGIN, Beside
from vermegroup.edit.session.answers import done_again
from vermegroup.edit.session.journal import JOURNAL, Journal, Unfinished, set_aside
from vermegroup.edit.session.journal_lines import WRONG, Plain, Unpacking, plain_of
from vermegroup.edit.session.journal_mark import WITHIN, confined
from vermegroup.edit.session.noted import UNREADABLE, hash_of, how_told, path_told, unfinished_in
from vermegroup.edit.session.proposals import folder_of_meeting
from vermegroup.edit.session.saving import read_back
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import InFile, MeetingPlan, Source, State
from vermegroup.edit.session.steps import Command, Step
from vermegroup.intake.pair_weights import read_named_weights
from vermegroup.intake.pipeline import read_named
from vermegroup.language.messages import N_, _
from vermegroup.report.folder import GROUPS, sha256
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import rulebook_text


def offered(folder: Path, tell: Tell = untold) -> Unfinished | None:
    """What is to be taken up in a folder; None where all is saved, or there is no journal.

    Raises OutputError where what a killed server left cannot be put right.
    """
    put_right(folder, tell)
    return unfinished_in(folder, tell)


def discard(folder: Path) -> None:
    """Do not take it up. The journal is kept under another name.

    Raises OutputError where that cannot be done.
    """
    set_aside(folder)


def taken_up(
    unfinished: Unfinished, named: Collection[Path] = ()
) -> tuple[Session, tuple[Finding, ...]]:
    """The session as it was when it ended, and what is to be said of it.

    A step that does not lead where it led ends it: what was done before that is there. Files
    outside its folder are those that this user's programs noted, or that were ``named``.

    Raises:
        InputError: the groups that were opened cannot be read, or the journal cannot be written.
    """
    lines = unfinished.lines
    unpacking = Unpacking()
    session = _opened(plain_of(lines[0]), unfinished.folder, named, unpacking)
    taken, findings = 1, []
    for line in lines[1:]:
        try:
            _take(session, plain_of(line), unfinished.folder, unpacking)
        except (InputError, *WRONG):
            break
        taken += 1
    if taken < len(lines) or unfinished.damaged:
        message = _LOST if taken == len(lines) else _STOPPED.filled(number=taken + 1)
        path = str(unfinished.folder / JOURNAL)
        findings.append(Finding(Severity.WARNING, message, path, hint=_KEPT))
    _find_in_file(session, unfinished.folder)
    _resume(session, unfinished, list(lines[:taken]), keep=bool(findings))
    return session, tuple(findings)


def _opened(told: Plain, folder: Path, named: Collection[Path], unpacking: Unpacking) -> Session:
    """The session as it began. Raises InputError where that cannot be read."""
    try:
        first = confined(told, folder, named)
        raw, source = unpacking(first["content"]), _source(first)
        state = source.read(raw)
        if first["formed"] is not None:
            return Session(source, state, formed=unpacking.all(first["formed"]))
    except WRONG as fault:
        message = Finding(Severity.ERROR, UNREADABLE, str(folder / JOURNAL))
        raise InputError([message]) from fault
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


def _book(rules: Plain) -> Rulebook | None:
    if rules["book"] is None:
        return None
    text, origin = rulebook_text(rules["book"]), str(rules["origin"])
    within = rules.get(WITHIN)
    if within is None:
        return rulebook_from_text(text, origin, earlier=read_named, weights=read_named_weights)
    beside = Beside(Path(str(within)))
    return rulebook_from_text(text, ORIGIN, earlier=beside.earlier, weights=beside.weights)


def _take(session: Session, entry: Plain, folder: Path, unpacking: Unpacking) -> None:
    """Do again what a line tells. Raises ValueError, besides what a step raises."""
    if "step" in entry:
        step = Step.told(entry["step"])
        content = unpacking(entry["content"]) if "content" in entry else b""
        state = done_again(step, session.state, session.source, content)
        if step.command is Command.MEETING:
            state = _with_plan(state, step, session.source, unpacking.all(entry["plan"]["files"]))
        if sha256(state.content) != entry["sha256"]:
            raise ValueError("other groups")
        session.take_up(step, state)
    elif "went" in entry:
        session.go(int(entry["went"]))
    else:
        session.go(int(entry["saved"]))
        session.was_saved(_saved(session, str(entry["sha256"]), folder))
        session.was_saved_whole()


def _with_plan(state: State, step: Step, source: Source, files: Mapping[str, bytes]) -> State:
    """With a plan of a meeting, in the folder where it would be planned now."""
    day = date.fromisoformat(str(step.arguments["day"]))
    plan = MeetingPlan(day.isoformat(), str(folder_of_meeting(source, day)), files)
    return replace(state, plans={**state.plans, plan.day: plan})


def _saved(session: Session, content: str, folder: Path) -> InFile:
    """The file that was saved then, with its record where it stands there still."""
    state = session.state
    if hash_of(folder / GROUPS) == content:
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
    content = hash_of(folder / GROUPS)
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


_LOST = _("The notes of what was done here are damaged: what was done last may be missing")
_STOPPED = N_(
    "What was done here cannot be taken up as a whole: it ends before line {number} of the notes"
)
_KEPT = _("Look over the groups; the damaged notes are kept beside them")
