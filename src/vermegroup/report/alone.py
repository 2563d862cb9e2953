"""One process at a time works in a folder."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import _
from vermegroup.report.folder import unwritable

_FAR = 1 << 30
"""Which byte is locked: one that no file has, for Windows lets nobody read what is locked."""
_LONGEST_NUMBER = 20
_OWN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A folder may come from somebody who put a link, or a pipe, where the lock is to be."""


@contextmanager
def alone_in(
    folder: Path, name: str, busy: Callable[[int | None], Finding], *, tidy: bool = False
) -> Iterator[Path]:
    """Hold the lock of a folder, which is made where it is not there; yields the lock's file.

    The system lets go of it however the process ends. ``busy`` is what to say of the process that
    holds it, by its number where that is known. The file goes with the lock where the folder is to
    be left ``tidy``, and so does the folder where nothing else is in it.

    Raises:
        OutputError: another process is at work there, or it cannot be written.
    """
    path = folder / name
    try:
        number = _opened(folder, path, busy)
    except (OSError, ValueError) as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    try:
        yield path
    finally:
        if tidy:
            with suppress(OSError):  # on Windows no open file can go
                path.unlink()
        os.close(number)
        if tidy:
            with suppress(OSError):
                path.unlink(missing_ok=True)
                folder.rmdir()


def _opened(folder: Path, path: Path, busy: Callable[[int | None], Finding]) -> int:
    """The lock's file, open and locked, with the number of this process in it."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        if os.path.islink(path):
            raise OutputError([_not_ours(path)])
        number = os.open(path, _OWN, 0o666)
        try:
            _lock(number)
            if _stands(path, number):
                _refuse_another(path, number)
                with suppress(OSError):  # on a full disk it is not told who is at work
                    os.truncate(number, 0)
                    os.write(number, str(os.getpid()).encode())
                return number
        except (BlockingIOError, PermissionError) as held:
            os.close(number)
            raise OutputError([busy(_holder(path))]) from held
        except BaseException:
            os.close(number)
            raise
        os.close(number)  # whoever held it took the file away meanwhile


def _lock(number: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        os.lseek(number, 0, os.SEEK_SET)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _stands(path: Path, number: int) -> bool:
    try:
        return os.path.samestat(os.lstat(path), os.fstat(number))
    except FileNotFoundError:
        return False


def _refuse_another(path: Path, number: int) -> None:
    """Raise OutputError where the file is not what a process leaves there: it is not ours."""
    found = os.fstat(number)
    os.lseek(number, 0, os.SEEK_SET)
    alone = stat.S_ISREG(found.st_mode) and found.st_nlink <= 1
    text = os.read(number, _LONGEST_NUMBER + 1) if alone else b"-"
    os.lseek(number, 0, os.SEEK_SET)
    if text and not (text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise OutputError([_not_ours(path)])


def _holder(path: Path) -> int | None:
    with suppress(UnopenedError, ValueError):
        return int(bytes_of(path, _LONGEST_NUMBER))
    return None


def _not_ours(path: Path) -> Finding:
    return Finding(Severity.ERROR, _NOT_OURS, file=str(path), hint=_TAKE_AWAY)


_NOT_OURS = _("Something else stands where this program notes that it is at work in the folder")
_TAKE_AWAY = _("If nobody needs it, delete it; it is hidden, so show hidden files first")
