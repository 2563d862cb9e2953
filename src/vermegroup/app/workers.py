"""Where a run's work is done, and how signals ask it to stop.

Dask is reached through the executor interface of the standard library, which it offers itself.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from types import FrameType, TracebackType
from typing import Any

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import Message, _


class InterruptedRun(KeyboardInterrupt):
    """A signal ended a run before it had anything to save; ``code`` is its exit code."""

    def __init__(self, number: int) -> None:
        self.code = _code(number)
        super().__init__(number)


_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_arrived: list[int] = []
"""What has arrived in this run. Libraries swallow exceptions while they are imported."""


def _code(number: int) -> int:
    """The exit code of who is ended by a signal, as shells have it."""
    return 128 + number


def _end_at_once(number: int, frame: FrameType | None) -> None:
    del frame
    _arrived.append(number)
    raise InterruptedRun(number)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Meanwhile Ctrl-C, SIGTERM and a lost terminal raise InterruptedRun in the main thread.

    Who asked that a lost terminal, or a request to end, be ignored (nohup) has it so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    _arrived.clear()
    for number, handler in before.items():
        if handler != signal.SIG_IGN or number == signal.SIGINT:
            signal.signal(number, _end_at_once)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Interrupts:
    """What an interrupt does. Before ``heed`` it ends the run at once, as ever.

    After ``heed`` the first one sets ``stop``, so that the best plan so far is saved, and ``code``,
    the exit code then; the next one ends the run at once. Where interrupts never arrive, outside
    the main thread, nothing changes.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.code = 0
        self._arrive = threading.current_thread() is threading.main_thread()
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Interrupts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def heed(self) -> None:
        """From now on there is something to save.

        Raises InterruptedRun where an interrupt has arrived already, and whoever was being loaded
        kept it to himself.
        """
        if not self._arrive:
            return
        for number in _SIGNALS:
            handler = signal.getsignal(number)
            if handler != signal.SIG_IGN or number == signal.SIGINT:
                self._before[number] = handler
                signal.signal(number, self._ask_to_stop)
        if _arrived:
            raise InterruptedRun(_arrived[0])

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del frame
        self.code = self.code or _code(number)
        self.stop.set()
        for each in self._before:
            signal.signal(each, _end_at_once)


LOCAL = "local"
_CLUSTER = re.compile(r"dask://([^/\s]+:[0-9]+)/?")
_PATIENCE = "10s"
_RETRIES = 10


@contextmanager
def executor_at(where: str) -> Iterator[Executor | None]:
    """The executor at ``dask://host:port``; None for ``local``.

    Raises:
        InputError: there is no such place, no cluster answers, or Dask is not installed.
    """
    if where == LOCAL:
        yield None
        return
    found = _CLUSTER.fullmatch(where)
    if found is None:
        raise _fault(_NO_PLACE, where, _EXAMPLE)
    try:
        dask = import_module("distributed")
    except ImportError as missing:
        raise _fault(_NO_DASK, where, _INSTALL) from missing
    try:
        client = dask.Client(f"tcp://{found[1]}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as silent:
        raise _fault(_NO_ANSWER, where, _START) from silent
    with client:
        yield client.get_executor(retries=_RETRIES)


def _fault(message: Message, where: str, hint: Message) -> InputError:
    return InputError(
        [Finding(Severity.ERROR, message, column="--executor", value=where, hint=hint)]
    )


_NO_PLACE = _("This is neither local nor the address of a Dask cluster")
_EXAMPLE = _("For example: --executor dask://127.0.0.1:8786")
_NO_DASK = _("Dask is not installed")
_INSTALL = _("pip install 'vermegroup[dask]'")
_NO_ANSWER = _("No Dask cluster answers here")
_START = _("Start one with: dask scheduler, and dask worker ADDRESS")
