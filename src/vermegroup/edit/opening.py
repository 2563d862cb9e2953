"""Groups are opened, taken up after a crash, and left; while they are open, no other server may.

Whatever was not saved stays in the journal of their folder, and is offered when they are opened
again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice, chosen_for, naming
from vermegroup.app.move import folder_for
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.session.opening import (
    close_session,
    editing_alone_in,
    formed_session,
    open_session,
)
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.session.unfinished import discard, offered, taken_up
from vermegroup.edit.starting.recent import remember
from vermegroup.edit.workplace import Offer, Workplace
from vermegroup.language.messages import _
from vermegroup.report.folder import GROUPS
from vermegroup.rulebooks.read import DEFAULT_PROFILE


def open_groups(
    workplace: Workplace, groups: Path, fitting: Rulebook | None = None
) -> tuple[Finding, ...]:
    """Open the groups in a file, or offer what was not saved of them; what there is to tell.

    A folder means the groups in it. Where nobody asked for rules, and the file has no columns for
    the default ones, the ``fitting`` ones are taken instead.

    Raises InputError where they cannot be read, or are open elsewhere; then all is as it was.
    """
    path = groups / GROUPS if groups.is_dir() else groups
    folder = _from_here(workplace, folder_for(str(path), workplace.output))
    noticed: list[Finding] = []
    with _alone(workplace, folder) as hold:
        unfinished = offered(folder, noticed.append)
        if unfinished is None:
            source = Source(str(path), workplace.choice, workplace.how, naming(workplace.how))
            session = _session(source, folder, fitting, noticed)
            _opened(workplace, session, folder, hold)
            workplace.beginning = None
        else:
            _offering(workplace, Offer(unfinished, path), folder, hold)
    remember(folder)
    return tuple(noticed)


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


def open_formed(workplace: Workplace, answer: ReportedOutcome, folder: Path) -> None:
    """Open groups that were just formed, and are in no file yet; their beginning stays open, too.

    Raises InputError where nothing can be written into their folder, or it is open elsewhere.
    """
    folder = _from_here(workplace, workplace.output or folder)
    with _alone(workplace, folder) as hold:
        session = formed_session(answer, folder, workplace.language, workplace.how)
        _opened(workplace, session, folder, hold)
    remember(folder)


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
    """From groups that were formed here to what they were formed of; they are kept aside.

    Raises InputError where they cannot be kept.
    """
    session, folder = workplace.session, workplace.folder
    leave_groups(workplace)
    if session is not None and folder is not None and session.on_disk is None:
        discard(folder)


def take_up(workplace: Workplace) -> tuple[Finding, ...]:
    """Go on with what is offered; what there is to say of it.

    Raises InputError where it cannot be read.
    """
    offer = workplace.offer
    if offer is None:
        return ()
    named = (offer.asked, workplace.choice.rules, workplace.how.group_facts)
    session, findings = taken_up(offer.unfinished, [each for each in named if each is not None])
    workplace.session, workplace.beginning, workplace.offer = session, None, None
    return findings


def decline(workplace: Workplace) -> Sequence[Finding]:
    """Keep aside what is offered, and open what was asked for.

    Raises InputError where it cannot be kept, or the groups cannot be read.
    """
    offer = workplace.offer
    if offer is None:
        return ()
    discard(offer.unfinished.folder)
    leave_groups(workplace)
    return () if offer.asked is None else open_groups(workplace, offer.asked)


def leave_groups(workplace: Workplace) -> None:
    """Have no groups open; what was not saved of them is offered when they are opened again."""
    if workplace.session is not None:
        close_session(workplace.session)
    workplace.session = workplace.folder = workplace.offer = None
    workplace.held.close()


def _alone(workplace: Workplace, folder: Path) -> ExitStack:
    """Holds a folder, unless the workplace does already; to be kept, or else it is let go."""
    hold = ExitStack()
    if workplace.folder is None or workplace.folder.resolve() != folder.resolve():
        hold.enter_context(editing_alone_in(folder))
    return hold


def _opened(workplace: Workplace, session: Session, folder: Path, hold: ExitStack) -> None:
    _hold(workplace, folder, hold)
    workplace.session, workplace.offer = session, None


def _offering(workplace: Workplace, offer: Offer, folder: Path, hold: ExitStack) -> None:
    _hold(workplace, folder, hold)
    workplace.session, workplace.offer = None, offer


def _hold(workplace: Workplace, folder: Path, hold: ExitStack) -> None:
    """Let go of what was open, and hold this folder instead."""
    kept = hold.pop_all()
    if workplace.folder is not None and workplace.folder.resolve() == folder.resolve():
        kept.push(workplace.held.pop_all())
    if workplace.session is not None:
        close_session(workplace.session)
    workplace.held.close()
    workplace.held.push(kept)
    workplace.folder = folder


def _from_here(workplace: Workplace, folder: Path) -> Path:
    """The folder as it is called from the current one, where new ones are made there."""
    whole = workplace.place / folder
    here = Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


_FITTING = _("The columns that the default rules ask for are not there, so others hold that fit")
_RULES = _("To choose others, form new groups of the file, or name a rulebook with --rules")
