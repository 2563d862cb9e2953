"""Ctrl-C during a run: once there is something to save, the first one asks the search to stop."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType


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
