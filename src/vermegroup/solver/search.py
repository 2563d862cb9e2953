"""Limits of a run and what a search has at hand: time, chance, workers, and who follows it."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Protocol, TypeVar, cast

import numpy as np

from vermegroup.language.messages import Message
from vermegroup.solver.params import PARAMS

ThingT = TypeVar("ThingT")
MadeT = TypeVar("MadeT")


class Listener(Protocol):
    """Told what the solver is about to do, and how far it has come."""

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""

    def stage(self, name: str, left: float) -> None:
        """A stage begins, with so many seconds left until the limit."""

    def pursuing(self, preference: Message, gap: float) -> None:
        """A preference is improved; ``gap`` is how far from its bound it is, as a share of it."""

    def done(self, count: int, total: int, left: float) -> None:
        """So many of the neighbourhoods of a round are solved."""


class _Silent:
    def trying(self, groups: int) -> None:
        del groups

    def stage(self, name: str, left: float) -> None:
        del name, left

    def pursuing(self, preference: Message, gap: float) -> None:
        del preference, gap

    def done(self, count: int, total: int, left: float) -> None:
        del count, total, left


SILENT: Listener = _Silent()


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
        little = models < PARAMS.search.pool_round and self._seconds < PARAMS.search.pool_after
        if self._alone or models == 1 or (self._pool is None and little):
            return None
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._limits.workers,
                # A forked copy of a process with threads may hang; a fresh one does not.
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_leave_interrupts_to_the_parent,
            )
            with _interrupts_held_back():
                for _process in range(min(models, self._limits.workers)):
                    self._pool.submit(int)  # each one starts a process
        return self._pool

    @property
    def ahead(self) -> int:
        """How many models may be on their way at once."""
        if self._limits.executor is not None:
            return PARAMS.search.ahead_elsewhere
        return PARAMS.search.ahead * self._limits.workers

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


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Processes that start meanwhile do not hear of an interrupt, not even while they import."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of wall clock for the whole search, processes to use, and the random seed.

    An ``executor`` of the caller's own takes the place of the processes; neither changes the
    result. Processes begin afresh, so a script that asks for several needs the usual
    ``if __name__ == "__main__":``. Once ``stop`` is set, from any thread, the search ends as if its
    time were over.
    """

    seconds: float = 60.0
    workers: int = 1
    seed: int = 1
    executor: Executor | None = None
    stop: Event = field(default_factory=Event, compare=False)

    def __post_init__(self) -> None:
        """Refuse limits that mean nothing. Raises ValueError."""
        if not self.seconds >= 0 or self.workers < 1 or self.seed < 0:
            raise ValueError(
                "seconds and seed must be 0 or more, and workers 1 or more: "
                f"seconds={self.seconds}, workers={self.workers}, seed={self.seed}"
            )


@dataclass(slots=True)
class Search:
    """Time left, seconds spent by stage, the random numbers of one run, and where it is worked on.

    A search that only its deterministic limits stopped ends alike on every run; once the wall
    clock, or somebody, has stopped one, that promise is gone, and ``cut_short`` says so.
    ``thorough`` is what one call of the solver may take that is meant to settle something, in
    deterministic seconds: about as long as wall-clock seconds.
    """

    limits: Limits
    thorough: float = PARAMS.search.thorough_effort
    listener: Listener = SILENT
    started: float = field(default_factory=time.monotonic)
    cut_short: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    chance: np.random.Generator = field(init=False)
    workshop: Workshop = field(init=False)
    _outer: Search | None = field(default=None, init=False)
    _made: dict[object, tuple[object, object]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Every run with the same seed draws the same numbers in the same order."""
        self.chance = np.random.default_rng(self.limits.seed)
        self.workshop = Workshop(self.limits)

    def left(self) -> float:
        """Seconds until the limit; none once the search was asked to stop; never negative."""
        if self.limits.stop.is_set():
            return 0.0
        return max(0.0, self.limits.seconds - (time.monotonic() - self.started))

    def expired(self) -> bool:
        """Whether the limit is reached; noted, because it ends the promise of equal runs.

        That of a search within another is the other's as well.
        """
        if self.left() > 0:
            return False
        search: Search | None = self
        while search is not None:
            search.cut_short = True
            search = search._outer
        return True

    def within(self, seconds: float, share: float = 1.0) -> Search:
        """A search of its own for so many seconds at the most, and a share of the whole time.

        It draws its own random numbers, so that what it finds does not depend on what came before.
        """
        seconds = min(seconds, share * self.limits.seconds, self.left())
        limits = replace(self.limits, seconds=seconds)
        inner = Search(limits, self.thorough, self.listener, seconds=self.seconds)
        inner.workshop, inner._made, inner._outer = self.workshop, self._made, self
        return inner

    def once(self, make: Callable[[ThingT], MadeT], of: ThingT) -> MadeT:
        """What is made of a thing once in a search, for whoever asks again."""
        key = make, id(of)
        if key not in self._made:
            self._made[key] = of, make(of)  # the thing stays, so that its number is not used again
        return cast(MadeT, self._made[key][1])

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        before = time.monotonic()
        self.listener.stage(name, self.left())
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - before
