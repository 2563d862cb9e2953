"""Sessions as they begin, with a journal in the folder into which they are saved, and end."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.save import ReportedOutcome, Tell, files_of, put_right, untold
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.session.journal import MOST_UNPACKED, FormedOf, Journal, first_line
from vermegroup.edit.session.on_disk import Found
from vermegroup.edit.session.saving import put_aside
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import InFile, Source
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, _
from vermegroup.report import alone
from vermegroup.report.folder import GROUPS
from vermegroup.report.to_csv import groups_csv

LOCK = ".vermegroup-edit"


def open_session(source: Source, folder: Path, tell: Tell = untold) -> Session:
    """The groups of a file, to be saved into the folder. What a killed run left is put right.

    Raises:
        InputError: they cannot be read; with every finding.
    """
    for each in dict.fromkeys((Path(source.path).parent, folder)):
        put_right(each, tell)
    try:
        raw = bytes_of(source.path, MOST_UNPACKED)
    except UnopenedError as fault:
        source.read()  # it tells why not
        raise InputError([Finding(Severity.ERROR, fault.reason, source.path)]) from fault
    state = source.read(raw)
    file = InFile(state, source, raw)
    notes = Journal(folder, [first_line(source, raw)])
    return Session(source, state, in_file=state, notes=notes, on_disk=file, files=[file])


def formed_session(
    formed: ReportedOutcome,
    folder: Path,
    language: Language,
    how: How = AS_IT_IS,
    beginning: Mapping[str, object] | None = None,
) -> Session:
    """The groups that were formed and are in no file yet; their journal begins at once.

    It tells the ``beginning``, too, that they were formed of.

    Raises:
        InputError: the journal cannot be written.
    """
    outcome = formed.outcome
    if outcome.grouping is None:
        raise ValueError("nothing was formed")
    book = outcome.problem.rulebook
    unasked = how.day is None or how.unasked
    day = date.fromisoformat(formed.report.provenance.day)
    how = replace(how, sheet=None, replaced=None, day=day, unasked=unasked)
    source = Source(str(folder / GROUPS), RulebookChoice(book=book.asked or book), how)
    content = formed.groups or groups_csv(outcome.problem.roster, outcome.grouping)
    state = source.read(content)
    of = FormedOf(files_of(formed, language), beginning)
    notes = Journal(folder, [first_line(source, content, of)])
    notes.begin()
    return Session(source, state, notes=notes, formed=formed)


def take_theirs(session: Session, folder: Path, found: Found) -> tuple[Session, Path | None]:
    """The groups as somebody else left them, in a session of their own, and where ours are now.

    Nothing of ours is lost: what is not saved is put beside them, and the journal is kept.

    Raises:
        InputError: theirs cannot be read, or ours cannot be put aside; then all is as it was.
    """
    known = session.on_disk
    if known is not None and found.file == Path(known.source.path):
        source = known.source
    else:
        how = session.source.how_of(session.state)
        source = replace(session.source, path=str(found.file), choice=RulebookChoice(), how=how)
    theirs = open_session(source, folder)
    ours = put_aside(session, folder) if session.unsaved else None
    if isinstance(session.notes, Journal):
        session.notes.set_aside()
    return theirs, ours


def close_session(session: Session) -> None:
    """End a session. Its journal goes where all is saved; else it stays, to be offered again."""
    if isinstance(session.notes, Journal) and not session.unsaved:
        session.notes.clear()


def editing_alone_in(folder: Path) -> AbstractContextManager[Path]:
    """Hold the folder, so that no other server edits groups in it.

    Raises, when it is entered:
        OutputError: one does, and which; or the folder cannot be written.
    """
    return alone.alone_in(folder, LOCK, lambda process: _busy(folder, process), tidy=True)


def _busy(folder: Path, process: int | None) -> Finding:
    message = _OTHER if process is None else _OTHER_NUMBER.filled(process=str(process))
    return Finding(Severity.ERROR, message, file=str(folder), hint=_CLOSE)


_OTHER = _("The groups in this folder are being edited already, in another window")
_OTHER_NUMBER = N_(
    "The groups in this folder are being edited already, in another window (process {process})"
)
_CLOSE = _("Go on there, or close it first")
