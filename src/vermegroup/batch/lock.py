"""One batch at a time works in a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.language.messages import _
from vermegroup.report.folder import unwritable

LOCK = ".vermegroup-batch"


@contextmanager
def alone_in(folder: Path) -> Iterator[Path]:
    """Hold the lock of a folder, which is made where it is not there; yields the lock's file.

    The system lets go of it however the process ends.

    Raises:
        OutputError: another batch is at work there, or it cannot be written.
    """
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except (OSError, ValueError) as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    try:
        _lock(number, folder)
        yield path
    finally:
        os.close(number)


def _lock(number: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as held:
        busy = Finding(Severity.ERROR, _BUSY, file=str(folder), hint=_LATER)
        raise OutputError([busy]) from held
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault


_BUSY = _("Another batch is at work in this folder")
_LATER = _("Wait until it has ended, or choose another folder with -o")
