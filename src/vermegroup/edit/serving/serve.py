"""One server on this machine alone, from its start to its end."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.serving.application import application
from vermegroup.edit.serving.browsers import open_browser
from vermegroup.edit.serving.idle import IdleClock
from vermegroup.edit.serving.invitations import HOST, Invitations
from vermegroup.edit.serving.rooms import Room
from vermegroup.edit.workplace import Workplace
from vermegroup.language.messages import _
from vermegroup.language.system_faults import why

_GLANCE = 0.2
"""Seconds between two looks at whether it is time to end."""
_LAST_ANSWERS = 5
"""Seconds for what is being answered when the end comes."""
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@dataclass(frozen=True, slots=True)
class Hosting:
    """On which port (any free one: 0), for how many idle seconds, and whether in a browser."""

    port: int = 0
    idle: float = 8 * 3600.0
    browser: bool = True


def serve(
    workplace: Workplace,
    rooms: Sequence[Room],
    hosting: Hosting,
    tell: Callable[[str, bool], None],
) -> int:
    """Answer a browser of this machine until somebody closes the workplace, or forgets it.

    ``tell`` is given the address to show, and whether a browser was opened at it. To be called in
    the main thread, if signals are to end it: the first one ends it as Close does, the next at
    once.

    Returns:
        The exit code: 0, also after Ctrl-C; 128 and the signal's number after another signal.

    Raises:
        InputError: the port is taken, or cannot be had.
    """
    with _listening(hosting.port) as place, _ended_by_signals(workplace) as arrived:
        invitations, clock = Invitations(place.getsockname()[1]), IdleClock()
        with _answering(application(workplace, rooms, invitations, clock), place) as thread:
            opened = hosting.browser and open_browser(invitations.address_for_once())
            tell(invitations.address, opened)
            while thread.is_alive() and not workplace.closing.wait(_GLANCE):
                if clock.seconds() >= hosting.idle and not _is_searching(workplace):
                    break
            _end(workplace)
        if workplace.searching is not None:
            workplace.searching.wait(_LAST_ANSWERS)
    others = [number for number in arrived if number != signal.SIGINT]
    return 128 + others[0] if others else 0


def _end(workplace: Workplace) -> None:
    workplace.closing.set()
    searching = workplace.searching
    if searching is not None:
        searching.stop()


def _is_searching(workplace: Workplace) -> bool:
    return workplace.searching is not None and workplace.searching.under_way


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    # With the protocol named, asyncio sends at once; else each answer would wait 40 ms for another.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as place:
        if os.name == "posix":  # elsewhere it would let two programs have one port
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((HOST, port))
            place.listen()
        except OSError as fault:
            raise _no_port(port, fault) from fault
        yield place


@contextmanager
def _answering(served: ASGIApp, place: socket.socket) -> Iterator[threading.Thread]:
    """Meanwhile a thread answers; at the end it has some seconds for what it has begun.

    In a thread, so that uvicorn leaves signals alone, and the main thread hears them.
    """
    server = uvicorn.Server(
        uvicorn.Config(
            served,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
    )
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [place]}, name="answering", daemon=True
    )
    thread.start()
    try:
        yield thread
    finally:
        server.should_exit = True
        thread.join(_LAST_ANSWERS + 1)


@contextmanager
def _ended_by_signals(workplace: Workplace) -> Iterator[list[int]]:
    """Meanwhile a signal closes the workplace, and a second one ends the process at once.

    Who asked that a lost terminal, or a request to end, be ignored (nohup) has it so.
    """
    arrived: list[int] = []

    def heed(number: int, frame: FrameType | None) -> None:
        del frame
        if arrived:
            os._exit(128 + number)
        arrived.append(number)
        _end(workplace)

    before: dict[int, Any] = {}
    with suppress(ValueError):  # outside the main thread signals never arrive
        for number in _SIGNALS:
            if number == signal.SIGINT or signal.getsignal(number) != signal.SIG_IGN:
                before[number] = signal.signal(number, heed)
    try:
        yield arrived
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _no_port(port: int, fault: OSError) -> InputError:
    taken = fault.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))
    message = _TAKEN if taken else _("This port cannot be had: {reason}", reason=why(fault))
    return InputError(
        [Finding(Severity.ERROR, message, column="--port", value=str(port), hint=_ANY_PORT)]
    )


_TAKEN = _("Another program has this port")
_ANY_PORT = _("Leave --port out: then a port is taken that is free")
