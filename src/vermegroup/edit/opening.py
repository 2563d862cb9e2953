"""Groups are opened, taken up after a crash, and left; while they are open, no other server may.

Whatever was not saved stays in the journal of their folder, and is offered when they are opened
again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from vermegroup.app.inputs import RulebookChoice, chosen_for, naming
from vermegroup.app.move import folder_for
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.session.journal import JOURNAL, Journal
from vermegroup.edit.session.journal_mark import confined
from vermegroup.edit.session.opening import (
    close_session,
    editing_alone_in,
    formed_session,
    open_session,
)
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.session.unfinished import discard, offered, taken_up
from vermegroup.edit.starting.beginning import Beginning
from vermegroup.edit.starting.folders import free_for, others_in, people_in
from vermegroup.edit.starting.kept import beginning_plain, beginning_told
from vermegroup.edit.starting.recent import remember
from vermegroup.edit.workplace import Offer, Workplace
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import N_, _
from vermegroup.report.folder import GROUPS
from vermegroup.rulebooks.read import DEFAULT_PROFILE


def open_groups(
    workplace: Workplace,
    groups: Path,
    fitting: Rulebook | None = None,
    into: Path | None = None,
) -> tuple[Finding, ...]:
    """Open the groups in a file, or offer what was not saved of them; what there is to tell.

    A folder means the groups in it, which may be in its journal alone. They are saved ``into`` a
    folder, or else where no groups of other people are. Where nobody asked for rules, and the file
    has no columns for the default ones, the ``fitting`` ones are taken instead.

    Raises InputError where they cannot be read, or are open elsewhere; then all is as it was.
    """
    path = groups / GROUPS if groups.is_dir() else groups
    noticed: list[Finding] = []
    if _in_journal_alone(path):
        target = path.parent
    else:
        target = workplace.output or into or _folder_for(workplace, path, noticed)
    folder = _from_here(workplace, target)
    with _alone(workplace, folder) as hold:
        unfinished = offered(folder, noticed.append)
        if unfinished is None:
            source = Source(str(path), workplace.choice, workplace.how, naming(workplace.how))
            session = _session(source, folder, fitting, noticed)
            _opened(workplace, session, folder, hold)
            workplace.beginning = None
        else:
            asked = path if path.exists() else None
            _offering(workplace, Offer(unfinished, asked), folder, hold)
    remember(folder)
    return tuple(noticed)


def _in_journal_alone(path: Path) -> bool:
    """Whether groups were formed for a folder, and not saved into it."""
    return path.name == GROUPS and not path.exists() and (path.parent / JOURNAL).is_file()


def _folder_for(workplace: Workplace, path: Path, noticed: list[Finding]) -> Path:
    """The folder of the groups; what a new one would replace of other people's stays."""
    usual = folder_for(str(path), None)
    if _same(usual, path.parent):
        return usual
    try:
        people = people_in(bytes_of(path))
    except UnopenedError:
        return usual
    folder = free_for(workplace.place / usual, people)
    if folder == workplace.place / usual:
        return usual
    noticed.append(Finding(Severity.NOTICE, others_in(usual, folder)))
    return folder


def _session(
    source: Source, folder: Path, fitting: Rulebook | None, noticed: list[Finding]
) -> Session:
    try:
        return open_session(source, folder, noticed.append)
    except RosterError:
        by_default = chosen_for(source.path, source.choice).origin == DEFAULT_PROFILE
        if fitting is None or source.choice.options() or not by_default:
            raise
        session = open_session(
            replace(source, choice=RulebookChoice(book=fitting)), folder, noticed.append
        )
    noticed.append(Finding(Severity.NOTICE, _FITTING, hint=_RULES))
    return session


def open_formed(workplace: Workplace, answer: ReportedOutcome, beginning: Beginning) -> None:
    """Open groups that were just formed, and are in no file yet; their beginning stays open, too.

    Groups that were waiting give way to them: what was not saved of these is kept in the folder.

    Raises InputError where nothing can be written into their folder, or it is open elsewhere.
    """
    folder = _from_here(workplace, workplace.output or beginning.folder)
    with _alone(workplace, folder) as hold:
        kept = _waiting_aside(workplace)
        told = beginning_plain(beginning)
        session = formed_session(answer, folder, workplace.language, workplace.how, told)
        _opened(workplace, session, folder, hold)
    if kept is not None:
        message = _KEPT.filled(file=str(kept))
        workplace.noticed = (*workplace.noticed, Finding(Severity.NOTICE, message))
    remember(folder)


def _waiting_aside(workplace: Workplace) -> Path | None:
    """Keep aside what was not saved of the groups that wait; where."""
    waiting = workplace.waiting
    if waiting is None or not isinstance(waiting.notes, Journal):
        return None
    if waiting.unsaved:
        return waiting.notes.set_aside()
    waiting.notes.clear()
    return None


def offer_unfinished(workplace: Workplace, folder: Path) -> None:
    """Offer what was not saved of groups in a folder, if there is anything.

    Raises InputError where they are open elsewhere.
    """
    folder = _from_here(workplace, workplace.output or folder)
    if not folder.is_dir():
        return
    with _alone(workplace, folder) as hold:
        unfinished = offered(folder)
        if unfinished is not None:
            _offering(workplace, Offer(unfinished), folder, hold)


def back_to_rules(workplace: Workplace) -> None:
    """From groups that were formed here to what they were formed of; they wait as they are."""
    if workplace.session is not None and workplace.beginning is not None:
        workplace.waiting, workplace.session = workplace.session, None


def back_to_groups(workplace: Workplace) -> None:
    """To the groups that wait, if some do.

    Raises InputError where their journal has to be written anew, and cannot be.
    """
    waiting = workplace.waiting
    if waiting is None:
        return
    if waiting.unsaved and isinstance(waiting.notes, Journal):
        waiting.notes.begin()
    workplace.session, workplace.waiting = waiting, None


def take_up(workplace: Workplace) -> tuple[Finding, ...]:
    """Go on with what is offered; what there is to say of it.

    What it was formed of is open, too, where that is told, or was opened just now.

    Raises InputError where it cannot be read.
    """
    offer = workplace.offer
    if offer is None:
        return ()
    session, findings = taken_up(offer.unfinished, _named(workplace, offer))
    first, opened = _first_of(workplace, offer), workplace.beginning
    if first["formed"] is None:
        opened = None
    workplace.beginning = beginning_told(first, workplace.language) or opened
    workplace.session, workplace.offer = session, None
    return findings


def decline(workplace: Workplace) -> Sequence[Finding]:
    """Keep aside what is offered, and open what was asked for.

    Raises InputError where it cannot be kept, or the groups cannot be read.
    """
    offer = workplace.offer
    if offer is None:
        return ()
    first, folder = _first_of(workplace, offer), workplace.folder
    discard(offer.unfinished.folder)
    leave_groups(workplace)
    if offer.asked is not None:
        return open_groups(workplace, offer.asked, into=folder)
    workplace.beginning = workplace.beginning or beginning_told(first, workplace.language)
    return ()


def _named(workplace: Workplace, offer: Offer) -> list[Path]:
    """The files that somebody here named."""
    named = (offer.asked, workplace.choice.rules, workplace.how.group_facts)
    return [each for each in named if each is not None]


def _first_of(workplace: Workplace, offer: Offer) -> Mapping[str, Any]:
    """What was opened, and how; without what a journal of others names elsewhere."""
    found = offer.unfinished
    return confined(found.first, found.folder, _named(workplace, offer))


def leave_groups(workplace: Workplace) -> None:
    """Have no groups open; what was not saved of them is offered when they are opened again."""
    _close(workplace)
    workplace.folder = workplace.offer = None
    workplace.held.close()


def _close(workplace: Workplace) -> None:
    for session in (workplace.session, workplace.waiting):
        if session is not None:
            close_session(session)
    workplace.session = workplace.waiting = None


def _alone(workplace: Workplace, folder: Path) -> ExitStack:
    """Holds a folder, unless the workplace does already; to be kept, or else it is let go."""
    hold = ExitStack()
    if workplace.folder is None or workplace.folder.resolve() != folder.resolve():
        hold.enter_context(editing_alone_in(folder))
    return hold


def _opened(workplace: Workplace, session: Session, folder: Path, hold: ExitStack) -> None:
    _hold(workplace, folder, hold)
    workplace.session, workplace.waiting, workplace.offer = session, None, None


def _offering(workplace: Workplace, offer: Offer, folder: Path, hold: ExitStack) -> None:
    _hold(workplace, folder, hold)
    workplace.session, workplace.offer = None, offer


def _hold(workplace: Workplace, folder: Path, hold: ExitStack) -> None:
    """Let go of what was open, and hold this folder instead."""
    kept = hold.pop_all()
    if workplace.folder is not None and workplace.folder.resolve() == folder.resolve():
        kept.push(workplace.held.pop_all())
    _close(workplace)
    workplace.held.close()
    workplace.held.push(kept)
    workplace.folder = folder


def _from_here(workplace: Workplace, folder: Path) -> Path:
    """The folder as it is called from the current one, where new ones are made there."""
    whole = workplace.place / folder
    here = Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


_KEPT = N_("The groups that were formed before, and were not saved, are kept in {file}")
_FITTING = _("The columns that the default rules ask for are not there, so others hold that fit")
_RULES = _("To choose others, form new groups of the file, or name a rulebook with --rules")
