"""Results are replaced whole or not at all, and what they replace is kept in ``earlier/``.

Several files cannot be replaced in one step. So the new ones are first written into a folder of
their own inside, with a list of the steps to come; giving that folder its name is the one step
after which the new results count. Until then the old ones stand untouched; from then on the new
ones are whole, in their places or waiting for them, and whoever comes next after a kill takes the
steps that are left. (A write-ahead log, as of databases.)
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from time import time

from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import Message, _
from vermegroup.report.folder import (
    EARLIER,
    OWNED,
    STALE,
    TIMINGS,
    clear_temporary,
    edited,
    is_running,
    refuse_edited,
    temporary_in,
    unwritable,
)

KEPT = 20
"""How many earlier results stay."""
_WAITING = ".vermegroup-replacing"
_STEPS = "steps.json"
_UNDONE = "-undone"
_NAME = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{6}})(?:-([0-9]+))?({_UNDONE})?")
_AT_WORK = 60.0
"""Seconds after which nobody is still at a replacement: it takes a moment."""

Step = tuple[str, str]
"""A file and where it goes, both from the folder on."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The files that were ``written``, and where those are that stood there before, if any did."""

    written: list[Path]
    earlier: Path | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """The results of a time that were brought back as ``files``, and where those went instead.

    ``completed`` is what had been interrupted; where that was an undo itself, there is no more.
    """

    time: str = ""
    files: tuple[Path, ...] = ()
    aside: Path | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """Results in ``earlier/``: their folder's name, and how they stand in time."""

    name: str
    stamp: str
    number: int
    undone: bool

    @property
    def age(self) -> tuple[str, int]:
        return self.stamp, self.number


def write_folder(
    folder: Path, files: Mapping[str, bytes], *, force: bool = False, keep: int = KEPT
) -> Replaced:
    """Write the files, and move what an earlier run left there into ``earlier/``.

    Where all is as it stands there already, nothing is moved or written. Of earlier results the
    newest ``keep`` stay.

    Raises:
        OutputError: the folder cannot be written; or, without ``force``, a file in it is not as
            an earlier run left it.
    """
    settle(folder)
    _refuse_link(folder / EARLIER)
    if not force:
        refuse_edited(folder)
    written = [folder / name for name in files]
    present = _present(folder)
    if present and _stand_there(folder, files, present):
        with suppress(OSError):
            (folder / STALE).unlink(missing_ok=True)  # the older answer is that of today
        return Replaced(written)
    made = not os.path.lexists(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clear_temporary(folder)
        place = f"{EARLIER}/{_new_name(folder)}"
        steps = [(name, f"{place}/{name}") for name in present]
        _replace(folder, files, steps)
        _prune(folder, keep)
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    finally:
        if made:
            _remove_empty(folder)
    kept = present and os.path.isdir(folder / place)
    return Replaced(written, folder / place if kept else None)


def undo(folder: Path, *, force: bool = False) -> Undone:
    """Bring the newest earlier results back; what stands there now goes aside, and stays there.

    Where a kill interrupted an earlier ``undo``, that is completed instead.

    Raises:
        OutputError: there is no such folder, or nothing earlier in it; it cannot be written; or,
            without ``force``, a file in it was edited.
    """
    if not os.path.isdir(folder):
        raise OutputError([_fault(_NO_FOLDER, folder)])
    interrupted = settle(folder)
    _refuse_link(folder / EARLIER)
    if interrupted == _UNDONE:
        return Undone(completed=True)
    newest = next((each for each in reversed(_kept(folder)) if not each.undone), None)
    if newest is None:
        raise OutputError([_fault(_NOTHING, folder, _WHAT_IS_KEPT)])
    if not force and (changed := edited(folder)):
        raise OutputError([_fault(_EDITED, folder / name, _KEPT_ASIDE) for name in changed])
    source, present = f"{EARLIER}/{newest.name}", _present(folder)
    back = _present(folder / source)
    try:
        clear_temporary(folder)
        place = f"{EARLIER}/{_new_name(folder)}{_UNDONE}"
        steps = [(name, f"{place}/{name}") for name in present]
        _replace(folder, {}, [*steps, *((f"{source}/{name}", name) for name in back)])
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    files = tuple(folder / name for name in back)
    aside = folder / place if present else None
    return Undone(newest.name, files, aside, completed=interrupted is not None)


def settle(folder: Path) -> str | None:
    """Take the steps that a killed run left; whether it ended in an undo, None where none did.

    Raises:
        OutputError: it cannot be done, or another run is at it this moment.
    """
    waiting = folder / _WAITING
    if not os.path.lexists(waiting):
        return None
    _refuse_link(waiting)
    try:
        steps, process = _steps_in(waiting)
    except (UnopenedError, ValueError, LookupError, TypeError, RecursionError) as fault:
        raise OutputError([_fault(_UNREADABLE, waiting)]) from fault
    for name in {name for step in steps for name in step}:
        for above in list(PurePosixPath(name).parents)[:-1]:
            _refuse_link(folder / above)
    try:
        if is_running(process) and time() - os.stat(waiting).st_mtime < _AT_WORK:
            raise OutputError([_fault(_BUSY, folder, _LATER)])
        for step in steps:
            _take(folder, step)
        _finish(folder, steps)
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    return _UNDONE if any(_UNDONE in target for _rest, target in steps) else ""


def settled(folder: Path) -> Message | None:
    """The same, as a sentence that says so; None where nothing was interrupted."""
    return None if settle(folder) is None else COMPLETED


def folder_of_earlier(groups: Path) -> Path | None:
    """The folder in whose ``earlier/`` the groups are kept; None where they are not kept so."""
    kept = groups.parent
    return (
        kept.parent.parent if kept.parent.name == EARLIER and _NAME.fullmatch(kept.name) else None
    )


def _replace(folder: Path, files: Mapping[str, bytes], first: Iterable[Step]) -> None:
    """Put the files in their places after the first steps; where that fails, all is as before."""
    staged = temporary_in(folder)
    steps = [*first, *((f"{_WAITING}/{name}", name) for name in files)]
    try:
        staged.mkdir()
        for name, content in files.items():
            (staged / name).write_bytes(content)
        record = {"process": os.getpid(), "steps": steps}
        (staged / _STEPS).write_text(json.dumps(record), encoding="utf-8")
        os.rename(staged, folder / _WAITING)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    _carry_out(folder, steps)


def _carry_out(folder: Path, steps: list[Step]) -> None:
    taken: list[Step] = []
    try:
        for step in steps:
            if _take(folder, step):
                taken.append(step)
    except BaseException:  # as where another program has one of the files open
        for source, target in reversed(taken):
            os.rename(folder / target, folder / source)
        _finish(folder, steps)
        raise
    with suppress(OSError):  # all is in place: what is left is for whoever comes next
        _finish(folder, steps)


def _take(folder: Path, step: Step) -> bool:
    """Take a step unless it was taken before a kill; whether it was taken now."""
    source, target = (folder / name for name in step)
    if not os.path.lexists(source):
        return False
    if os.path.lexists(target):
        if target.parent != folder:
            return False  # it went there before, and another has its place by now
        _set_aside(folder, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(source, target)
    return True


def _set_aside(folder: Path, stranger: Path) -> None:
    """Keep a file that somebody put in the place of one that was still to come."""
    place = folder / EARLIER / _new_name(folder)
    place.mkdir(parents=True)
    os.rename(stranger, place / stranger.name)


def _finish(folder: Path, steps: Iterable[Step]) -> None:
    """Drop what is empty now and, in one step, the list of steps."""
    for each in {(folder / name).parent for step in steps for name in step}:
        if each.parent.name == EARLIER:
            _remove_empty(each)
    _remove_empty(folder / EARLIER)
    staged = temporary_in(folder)
    os.rename(folder / _WAITING, staged)
    shutil.rmtree(staged, ignore_errors=True)


def _steps_in(waiting: Path) -> tuple[list[Step], int]:
    """The steps to take, and who took them. Raises ValueError where they lead elsewhere."""
    record = json.loads(bytes_of(waiting / _STEPS))
    steps = [(str(source), str(target)) for source, target in record["steps"]]
    if not all(_is_ours(name) for step in steps for name in step):
        raise ValueError(waiting)
    return steps, int(record["process"])


def _is_ours(name: str) -> bool:
    *where, last = PurePosixPath(name).parts
    if last not in OWNED:
        return False
    kept = len(where) == 2 and where[0] == EARLIER and _NAME.fullmatch(where[1]) is not None
    return where in ([], [_WAITING]) or kept


def _present(folder: Path) -> list[str]:
    return [name for name in OWNED if os.path.lexists(folder / name)]


def _stand_there(folder: Path, files: Mapping[str, bytes], present: list[str]) -> bool:
    """Whether the folder has these files and no other of ours, but for how long the run took."""
    if set(files) != set(present) - {STALE}:
        return False
    try:
        return all(
            bytes_of(folder / name) == content for name, content in files.items() if name != TIMINGS
        )
    except UnopenedError:
        return False


def _kept(folder: Path) -> list[_Kept]:
    """What there is in ``earlier/``, from the oldest to the newest."""
    return sorted(_names(folder), key=lambda each: each.age)


def _names(folder: Path) -> Iterator[_Kept]:
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in os.listdir(folder / EARLIER):
            found = _NAME.fullmatch(name)
            if (
                found
                and not os.path.islink(folder / EARLIER / name)
                and _present(folder / EARLIER / name)
            ):
                yield _Kept(name, found[1], int(found[2] or 1), bool(found[3]))


def _new_name(folder: Path) -> str:
    """Of this second; later than every other, even where the clock was put back."""
    newest = max((each.age for each in _names(folder)), default=("", 0))
    stamp, number = max((f"{datetime.now():%Y-%m-%dT%H%M%S}", 1), (newest[0], newest[1] + 1))
    return stamp if number == 1 else f"{stamp}-{number}"


def _prune(folder: Path, keep: int) -> None:
    """Let the newest stay. What goes is renamed first, so that nothing is kept by halves."""
    for each in _kept(folder)[: -keep or None]:
        leaving = temporary_in(folder)
        with suppress(OSError):  # one too many does no harm
            os.rename(folder / EARLIER / each.name, leaving)
            shutil.rmtree(leaving, ignore_errors=True)
    _remove_empty(folder / EARLIER)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # something of use is in it
        folder.rmdir()


def _refuse_link(place: Path) -> None:
    """Raise OutputError at a link where a folder of ours is to be: it leads to what is not ours."""
    if os.path.islink(place):
        raise OutputError([_fault(_LINK, place, _NO_LINK)])


def _fault(message: Message, place: Path, hint: Message | None = None) -> Finding:
    return Finding(Severity.ERROR, message, file=str(place), hint=hint)


_NO_FOLDER = _("There is no such folder")
_NOTHING = _("Nothing is to be undone here: no earlier results are kept in this folder")
_WHAT_IS_KEPT = _("Name the folder that a run wrote into twice, such as NAME-groups")
_EDITED = _("the file was changed since it was saved, or was not saved by this program")
_KEPT_ASIDE = _("With --force the earlier results come back all the same, and this file is kept")
_LINK = _("Earlier results are kept here, and this is a link to another place")
_NO_LINK = _("Take the link away")
_BUSY = _("Another run is writing into this folder")
_LATER = _("Try again in a minute")
_UNREADABLE = _("A run was interrupted here while it wrote, and what it left cannot be read")
COMPLETED = _("A run was interrupted while it replaced results here; that is completed now")
