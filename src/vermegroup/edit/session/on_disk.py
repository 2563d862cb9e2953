"""The file of the groups as it is now, where somebody else changed it while it was edited."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.domain.findings import InputError
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source, State
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import N_, Message, N_several, _, joined
from vermegroup.report.folder import GROUPS, edited, sha256


@dataclass(frozen=True)
class Found:
    """A file that is not as it was when it was opened or saved.

    ``theirs`` are the groups in it; None where it is gone, or no groups can be read from it. So
    many ``others`` have other groups there than they had, and so many of ``ours`` by steps that
    are not saved; of so many other ``details`` were changed. None where that cannot be told.
    ``when`` it was changed is told in local time.
    """

    file: Path
    sha256: str
    when: datetime
    theirs: State | None
    others: int | None
    ours: int | None
    details: int | None = None

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What happened to it, and what would be lost of whose."""
        told = [_GONE if not self.sha256 else self._changed(), *self._who()]
        if self.ours:
            told.append(_OURS.filled(self.ours))
        return tuple(told)

    def _changed(self) -> Message:
        day, time = self.when.date(), f"{self.when:%H:%M}"
        if self.theirs is None:
            return _UNREADABLE.filled(day=day, time=time)
        if self.others is None:
            return _UNKNOWN.filled(day=day, time=time)
        return _CHANGED.filled(day=day, time=time)

    def _who(self) -> Iterator[Message]:
        """Of how many something is other in it than before."""
        if self.others is None:
            return
        if self.others:
            yield _OTHER_GROUP.filled(self.others)
        if self.details:
            yield _OTHER_DETAILS.filled(self.details)
        if not (self.others or self.details):
            yield _NOBODY


class ChangedOnDisk(Exception):  # noqa: N818 (an answer, and no fault)
    """The file was changed since it was opened or saved, so nothing was written over it.

    It is for a person to say which version counts; neither is lost.
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        super().__init__(str(joined(list(found.sentences), ". ")))


def changed_on_disk(session: Session, folder: Path) -> Found | None:
    """What became of the file that was opened or saved, or stands where it is to be saved.

    None where it is as it was, or as a run left it.
    """
    known, target = session.on_disk, folder / GROUPS
    if known is not None:
        path = Path(known.source.path)
        raw = _bytes(path)
        if raw != known.raw:
            return _found(session, path, raw)
        if os.path.realpath(path) == os.path.realpath(target):
            return None
    if GROUPS in edited(folder):
        return _found(session, target, _bytes(target))
    return None


def _found(session: Session, path: Path, raw: bytes | None) -> Found:
    theirs, known = None, session.on_disk
    if raw is not None:
        with suppress(InputError):
            theirs = _as_known(session, path).read(raw)
    before = None if known is None else known.state
    others = None if theirs is None or before is None else theirs.others_than_in(before)
    details = None if theirs is None or before is None else _others_in_details(theirs, before)
    ours = None if before is None else session.state.others_than_in(before)
    hashed = "" if raw is None else sha256(raw)
    return Found(path, hashed, _changed_at(path), theirs, others, ours, details)


def _others_in_details(theirs: State, before: State) -> int:
    """Of how many who are in both something is other than before, besides the group."""
    here, there = _details(theirs), _details(before)
    return sum(here[id_] != there[id_] for id_ in here.keys() & there.keys())


def _details(state: State) -> dict[str, dict[str, str]]:
    """What stands of everybody in columns with something in them, by ids and headers."""
    roster, table = state.roster, state.roster.table
    told = {str(name): list(map(str, table.cells[name])) for name in table.cells.columns}
    told.pop(table.group, None)
    return {
        str(id_): {name: cells[row] for name, cells in told.items() if cells[row].strip()}
        for id_, row in zip(roster.ids.tolist(), roster.rows.tolist(), strict=True)
    }


def _as_known(session: Session, path: Path) -> Source:
    """How the file is read under the rulebook that holds here."""
    book = RulebookChoice(book=session.state.book)
    if session.on_disk is not None and path == Path(session.on_disk.source.path):
        return replace(session.on_disk.source, choice=book)
    how = session.source.how_of(session.state)
    return replace(session.source, path=str(path), choice=book, how=how)


def _changed_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(os.stat(path).st_mtime)
    except (OSError, ValueError, OverflowError):
        return datetime.now()  # it has been taken away


def _bytes(path: Path) -> bytes | None:
    try:
        return bytes_of(path)
    except UnopenedError:
        return None


_GONE = _("The file is not there any more: it was moved or deleted after it was opened here")
_CHANGED = N_("The file was changed on {day} at {time}, after it was opened here")
_OTHER_GROUP = N_several(
    "{n} person has another group in it than before",
    "{n} people have another group in it than before",
)
_OTHER_DETAILS = N_several(
    "{n} person has other details in it than before; saving what is here takes that back",
    "{n} people have other details in it than before; saving what is here takes that back",
)
_NOBODY = _("Nobody has another group or other details in it than before")
_UNREADABLE = N_(
    "The file was changed on {day} at {time}, after it was opened here, and no groups can be read "
    "from it"
)
_UNKNOWN = N_(
    "There are groups in the folder already that no run saved, or that were changed since: the "
    "file is of {day} at {time}"
)
_OURS = N_several(
    "{n} person has another group here by changes that are not saved",
    "{n} people have another group here by changes that are not saved",
)
