"""Groups that were edited, put into their folder as every command does, with how they came about.

A file leads to the next: what is recorded are the steps from the last file that the groups came by,
which is then in ``earlier/``. So they can be done again from it, however often it was saved.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import ReportedOutcome, Tell, put_right, save, untold
from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.edit.session.answers import done_again, edited
from vermegroup.edit.session.on_disk import ChangedOnDisk, Found, changed_on_disk
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import InFile, MeetingPlan, Source, State
from vermegroup.edit.session.steps import Step, pinning
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, _
from vermegroup.report.folder import GROUPS, refuse_unwritable, unwritable, write_new
from vermegroup.report.replacing import write_folder

Written = dict[Path, bytes]


def save_session(
    session: Session,
    folder: Path,
    language: Language,
    *,
    over: Found | None = None,
    tell: Tell = untold,
) -> Written:
    """Write the groups, their report and the plans of meetings; what was written into which file.

    Nothing is written where the files hold all of it. ``over`` is what was found on the disk when
    this was tried before, and is to give way: it is kept in ``earlier/``, as all that is replaced.

    Raises:
        ChangedOnDisk: the file is not as it was when it was opened or saved; nothing is written.
        OutputError: something cannot be written; what was written by then counts as saved.
    """
    plans = list(_new_plans(session))
    _prepare(folder, plans, tell)
    found = changed_on_disk(session, folder)
    if found is not None and (over is None or over.sha256 != found.sha256):
        raise ChangedOnDisk(found)
    if found is None and not session.unsaved:
        return {}
    written: Written = {}
    if session.formed is not None and session.on_disk is None:
        written |= _save_formed(session, folder, language, tell)
    if found is not None or session.before.content != session.state.content:
        written |= _save_groups(session, folder, language, tell, found)
    for plan in plans:
        replaced = write_folder(Path(plan.folder), plan.files, force=True)
        written |= dict(zip(replaced.written, plan.files.values(), strict=True))
    for plan in _forgotten_plans(session):
        tell(
            Finding(
                Severity.NOTICE, _STAYS.filled(day=date.fromisoformat(plan.day)), file=plan.folder
            )
        )
    session.was_saved_whole()
    return written


def _prepare(folder: Path, plans: Iterable[MeetingPlan], tell: Tell) -> None:
    """Refuse folders that cannot be written, before any is; what a killed run left is put right."""
    of_plans = [Path(plan.folder) for plan in plans]
    for each in of_plans:
        if os.path.islink(each):  # nobody named it, so nobody knows where it leads
            raise OutputError([Finding(Severity.ERROR, _LEADS_AWAY, str(each), hint=_REMOVE_LINK)])
    for each in (folder, *of_plans):
        refuse_unwritable(each)
        put_right(each, tell)


def _new_plans(session: Session) -> Iterable[MeetingPlan]:
    """The plans that are in no file."""
    known = {} if session.in_file is None else session.in_file.plans
    return (plan for day, plan in session.state.plans.items() if known.get(day) != plan)


def _forgotten_plans(session: Session) -> Iterable[MeetingPlan]:
    """The plans that were saved, and then undone."""
    known = {} if session.in_file is None else session.in_file.plans
    return (plan for day, plan in known.items() if day not in session.state.plans)


def _save_formed(session: Session, folder: Path, language: Language, tell: Tell) -> Written:
    """What ``form`` itself would save; from now on the groups are read from there."""
    if isinstance(session.formed, ReportedOutcome):
        written = save(session.formed, folder, language, force=True, tell=tell)
    else:
        files = session.formed or {}
        replaced = write_folder(folder, files, force=True)
        written = dict(zip(replaced.written, files.values(), strict=True))
    session.was_saved(read_back(session.source, folder))
    return written


def _save_groups(
    session: Session, folder: Path, language: Language, tell: Tell, found: Found | None
) -> Written:
    base, now, steps = _since_base(session)
    assert now.content == session.state.content, "the steps lead to other groups"
    before = session.on_disk
    other = before is not None and before.sha256 != base.sha256
    answer = edited(base, before if other else None, now, steps)
    if found is not None:
        _put_back(session, folder)
    written = save(answer, folder, language, force=True, tell=tell)
    session.was_saved(replace(read_back(session.source, folder), place=session.place))
    return written


def _since_base(session: Session) -> tuple[InFile, State, list[Step]]:
    """The last file that the groups came by, and the steps that led from it to them, done again."""
    base = session.base
    state, steps = base.state, list[Step]()
    if pins := session.state_at(base.place).pins:
        steps.append(pinning(sorted(pins.people), sorted(pins.groups), pinned=True))
        state = state.pinned(steps[0])
    for done in session.steps[base.place : session.place]:
        state = done_again(done.step, state, base.source, done.state.content)
        steps.append(done.step)
    return base, state, steps


def _put_back(session: Session, folder: Path) -> None:
    """What both versions came from, where it is kept in its turn: it may stand nowhere else."""
    known = session.on_disk
    if known is not None and _same(Path(known.source.path), folder / GROUPS):
        write_folder(folder, {GROUPS: known.raw}, force=True)


def read_back(source: Source, folder: Path) -> InFile:
    """The groups as they stand in the folder, under the rulebook of its record.

    Where they were opened there, the path stays as it was told.
    """
    path = folder / GROUPS
    path = Path(source.path) if _same(Path(source.path), path) else path
    how = replace(source.how, sheet=None)
    there = Source(str(path), RulebookChoice(), how, source.names)
    raw = bytes_of(path)
    return InFile(there.read(raw), there, raw)


def put_aside(session: Session, folder: Path) -> Path:
    """Write the groups as they are shown beside those of somebody else; where they are.

    Raises OutputError where they cannot be written.
    """
    for number in range(1, _MOST):
        path = folder / (f"{_OURS}.csv" if number == 1 else f"{_OURS}-{number}.csv")
        if not os.path.lexists(path):
            break
        with suppress(UnopenedError):
            if not os.path.islink(path) and bytes_of(path) == session.state.content:
                return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    write_new(path, session.state.content)
    return path


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


_MOST = 10_000
_OURS = "groups.mine"
_STAYS = N_("The plan of the meeting of {day} was saved before it was undone, and stays")
_LEADS_AWAY = _("The plan of the meeting would go into this folder, which is a link to another one")
_REMOVE_LINK = _("Take the link away, or give it another name")
