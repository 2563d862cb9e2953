"""Where a run's work is done, and how Ctrl-C asks it to stop.

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

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import Message, _


class Interrupts:
    """What an interrupt does. Before ``heed`` it ends the run at once, as ever.

    After ``heed`` the first one sets ``stop``, so that the best plan so far is saved; the next one
    ends the run at once. Where interrupts never arrive, outside the main thread, nothing changes.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._arrive = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Interrupts:
        self._before = signal.getsignal(signal.SIGINT)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._arrive:
            signal.signal(signal.SIGINT, self._before)

    def heed(self) -> None:
        """From now on there is something to save."""
        if self._arrive:
            signal.signal(signal.SIGINT, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)


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
