"""Where a round's models are solved: here, in processes, or on an executor of the caller's own."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vermegroup.solver.limits import Limits

# A process takes about as long to start as some ten neighbourhoods take to solve. It pays for a
# round of so many, and once so many seconds went into smaller ones.
MANY = 40
A_WHILE = 1.0
# Models on their way: enough that no worker waits, few enough that memory stays bounded.
AHEAD = 4
AHEAD_ELSEWHERE = 128


class Workshop:
    """The executor of one run, started only when there is enough to do; close it afterwards."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pool: ProcessPoolExecutor | None = None
        self._alone = limits.workers == 1
        self._seconds = 0.0

    @contextmanager
    def round(self, models: int) -> Iterator[Executor | None]:
        """Where to solve so many models; None: in this process."""
        before = time.monotonic()
        try:
            yield self._executor(models)
        finally:
            self._seconds += time.monotonic() - before

    def _executor(self, models: int) -> Executor | None:
        if self._limits.executor is not None:
            return self._limits.executor
        little = models < MANY and self._seconds < A_WHILE
        if self._alone or models == 1 or (self._pool is None and little):
            return None
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._limits.workers,
                # A forked copy of a process with threads may hang; a fresh one does not.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_leave_interrupts_to_the_parent,
            )
        return self._pool

    @property
    def ahead(self) -> int:
        """How many models may be on their way at once."""
        if self._limits.executor is not None:
            return AHEAD_ELSEWHERE
        return AHEAD * self._limits.workers

    def give_up(self) -> None:
        """Solve everything in this process from now on: a worker was lost."""
        self._alone = True
        self.close()

    def close(self) -> None:
        """End the processes; what they are at is not waited for."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
