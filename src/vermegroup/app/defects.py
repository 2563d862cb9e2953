"""What nobody foresaw: told in a line, with its traceback in a file."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from vermegroup.language.messages import Message, _

_LONGEST = 300


@contextmanager
def heard_from_threads() -> Iterator[None]:
    """What ends a thread is raised here in the end; by itself it would only print itself."""
    faults: list[BaseException | None] = []
    before = threading.excepthook
    threading.excepthook = lambda ended: faults.append(ended.exc_value)
    try:
        yield
    finally:
        threading.excepthook = before
    for fault in filter(None, faults):
        raise fault


def defect(fault: BaseException, *, discreet: bool) -> Message:
    """A sentence that tells of a defect, and of the file that its traceback was put into.

    A text may quote a cell: a ``discreet`` sentence tells the kind and the place of the fault.
    """
    line = " ".join(_fault_line(fault, discreet=discreet).split())[:_LONGEST]
    return _(
        "This is a defect of vermegroup: {fault} ({details}). Please report it",
        fault=line.removesuffix(":"),
        details=_details(fault, discreet=discreet),
    )


def _fault_line(fault: BaseException, *, discreet: bool) -> str:
    if not discreet:
        return f"{type(fault).__name__}: {fault}"
    import traceback  # noqa: PLC0415

    frames = traceback.extract_tb(fault.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(fault).__name__}{place}"


def _traceback(fault: BaseException, *, discreet: bool) -> str:
    import traceback  # noqa: PLC0415

    if not discreet:
        return "".join(traceback.format_exception(fault))
    parts = []
    for error in _with_causes(fault):
        parts += [f"{type(error).__name__}\n", *traceback.format_tb(error.__traceback__)]
    return "".join(parts)


def _with_causes(fault: BaseException) -> Iterator[BaseException]:
    """A fault, and all that it came of or that came with it, each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [fault]
    while waiting:
        error = waiting.pop()
        if error is not None and id(error) not in seen:
            seen.add(id(error))
            yield error
            parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
            waiting += [error.__context__, error.__cause__, *parts]


def _details(fault: BaseException, *, discreet: bool) -> Message:
    """Where the traceback is to be found."""
    import tempfile  # noqa: PLC0415

    # Out of memory, or on a full disk, the line alone has to do.
    with suppress(Exception):
        text = _traceback(fault, discreet=discreet)
        number, path = tempfile.mkstemp(prefix="vermegroup-", suffix=".txt")
        with open(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return _("details: {path}", path=path)
    return _("the details could not be saved")
