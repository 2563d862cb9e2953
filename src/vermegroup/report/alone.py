"""One process at a time works in a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vermegroup.domain.findings import Finding, OutputError
from vermegroup.report.folder import unwritable

_FAR = 1 << 30
"""Which byte is locked: one that no file has, for Windows lets nobody read what is locked."""


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
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(number)
            if _stands(path, number):
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
        return os.path.samestat(os.stat(path), os.fstat(number))
    except FileNotFoundError:
        return False


def _holder(path: Path) -> int | None:
    with suppress(OSError, ValueError):
        return int(path.read_text("ascii"))
    return None
