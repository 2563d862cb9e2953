"""One batch at a time works in a folder."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.messages import _
from vermegroup.report import alone

LOCK = ".vermegroup-batch"


def alone_in(folder: Path) -> AbstractContextManager[Path]:
    """Hold the lock of a folder, which is made where it is not there; yields the lock's file.

    Raises, when it is entered:
        OutputError: another batch is at work there, or it cannot be written.
    """
    busy = Finding(Severity.ERROR, _BUSY, file=str(folder), hint=_LATER)
    return alone.alone_in(folder, LOCK, lambda _process: busy)


_BUSY = _("Another batch is at work in this folder")
_LATER = _("Wait until it has ended, or choose another folder with -o")
