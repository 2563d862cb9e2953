"""The standard streams of the process, also where they are closed, full, or read by nobody."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from vermegroup.cli.printable import printable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# What is asked of a closed stream fails, and what is told on standard error is lost.
_IN_PLACE = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)


class UnheardError(Exception):
    """An answer cannot be written to standard output."""

    def __init__(self, fault: OSError) -> None:
        self.reason = fault.strerror or str(fault)
        self.closed = fault.errno == errno.EBADF
        self.nobody_reads = fault.errno == errno.EPIPE
        super().__init__(self.reason)


class _Outlet(io.FileIO):
    """Standard output, whose faults are told from those of any other file."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as fault:
            raise UnheardError(fault) from fault


def open_streams() -> None:
    """Open what the process was started without, and let no character stop an answer."""
    for number, flags in enumerate(_IN_PLACE):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # else the next file to be opened would be this stream
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if _is_plain(sys.stdout):
        encoding = None if sys.stdout is None else sys.stdout.encoding
        outlet = io.BufferedWriter(_Outlet(1, "wb", closefd=False))
        sys.stdout = io.TextIOWrapper(outlet, encoding, line_buffering=outlet.isatty())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _is_plain(stream: object) -> bool:
    """Whether it writes bytes to the process's own output, as the console of Windows does not."""
    if stream is None:
        return True
    if not isinstance(stream, io.TextIOWrapper) or (os.name == "nt" and stream.isatty()):
        return False
    with suppress(OSError):
        return stream.fileno() == 1
    return False


def tell(line: str) -> None:
    """Say a line on standard error, if it can be said: the exit code tells it, too."""
    with suppress(OSError, ValueError):
        print(printable(line), file=sys.stderr, flush=True)


def let_go() -> None:
    """Drop what a stream could not get rid of: Python would try again, and fail, on leaving."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, UnheardError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
