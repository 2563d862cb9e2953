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
        """A stage begins, with so much effort left until the limit."""

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


class Clock:
    """What a run has worked so far, in effort, and the moment that ends it in any case.

    Work is counted alike on every machine, whatever else that does; so what a search has reached
    when it has done its share of it is the same each time.
    """

    def __init__(self, seconds: float) -> None:
        self.worked = 0.0
        self._ends = time.monotonic() + seconds

    def seconds_left(self) -> float:
        """Seconds of wall clock until the end; never negative."""
        return max(0.0, self._ends - time.monotonic())


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search goes: ``effort`` of work, whose unit takes about a second.

    ``seconds`` of wall clock are a safety net, some times the effort where none are given; they are
    counted from the beginning of the run, and no more effort is made than that. ``workers`` are
    processes to use, ``seed`` that of all random numbers. An ``executor`` of the caller's own takes
    the place of the processes; neither changes the result. Processes begin afresh, so a script that
    asks for several needs the usual ``if __name__ == "__main__":``. Once ``stop`` is set, from any
    thread, the search ends as if its work were done.
    """

    seconds: float | None = None
    workers: int = 1
    seed: int = 1
    executor: Executor | None = None
    stop: Event = field(default_factory=Event, compare=False)
    effort: float = PARAMS.search.effort
    clock: Clock | None = field(default=None, compare=False)
    since: float = field(default=0.0, compare=False)

    def __post_init__(self) -> None:
        """Refuse limits that mean nothing. Raises ValueError."""
        least = self.effort if self.seconds is None else min(self.seconds, self.effort)
        if not least >= 0 or self.workers < 1 or self.seed < 0:
            raise ValueError(
                "seconds, effort and seed must be 0 or more, and workers 1 or more: "
                f"seconds={self.seconds}, effort={self.effort}, workers={self.workers}, "
                f"seed={self.seed}"
            )

    def begun(self) -> Limits:
        """The limits of a run that begins now, unless it has begun already."""
        if self.clock is not None:
            return self
        seconds = self.seconds
        if seconds is None:
            seconds = PARAMS.search.patience * self.effort
        return replace(self, effort=min(self.effort, seconds), clock=Clock(seconds))

    def left(self) -> float:
        """Effort that is left; never negative."""
        worked = 0.0 if self.clock is None else self.clock.worked
        return max(0.0, self.effort - (worked - self.since))

    def only(self, effort: float) -> Limits:
        """The limits of a part of the run that begins now."""
        worked = 0.0 if self.clock is None else self.clock.worked
        return replace(self, effort=effort, since=worked)


@dataclass(slots=True)
class Search:
    """Effort left, seconds spent by stage, the random numbers of one run, and where it is worked.

    A search that has made all its effort is ``spent``, on every run alike. Once the wall clock, or
    somebody, has stopped one, that promise is gone, and ``cut_short`` says so. ``thorough`` is what
    one call of the solver may take that is meant to settle something.
    """

    limits: Limits
    thorough: float = PARAMS.search.thorough_effort
    listener: Listener = SILENT
    cut_short: bool = False
    spent: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    chance: np.random.Generator = field(init=False)
    workshop: Workshop = field(init=False)
    _clock: Clock = field(init=False)
    _outer: Search | None = field(default=None, init=False)
    _made: dict[object, tuple[object, object]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Every run with the same seed draws the same numbers in the same order."""
        self.limits = self.limits.begun()
        assert self.limits.clock is not None  # it has begun
        self._clock = self.limits.clock
        self.chance = np.random.default_rng(self.limits.seed)
        self.workshop = Workshop(self.limits)

    def left(self) -> float:
        """Effort until the limit; none once the search was asked to stop; never negative."""
        if self.limits.stop.is_set() or not self._clock.seconds_left():
            for search in self._and_outer():
                search.cut_short = True
            return 0.0
        return self.limits.left()

    def seconds_left(self) -> float:
        """Seconds of wall clock until the safety net ends the run; never negative."""
        return self._clock.seconds_left()

    def expired(self) -> bool:
        """Whether the limit is reached. That of a search within another is the other's as well."""
        if self.left() > 0:
            return False
        for search in self._and_outer():
            search.spent = True
        return True

    def worked(self, effort: float) -> None:
        """So much work was done."""
        self._clock.worked += effort

    def reckoned(self, cells: int) -> None:
        """So many cells of tables were reckoned through once."""
        self.worked(cells * PARAMS.search.cell)

    def _and_outer(self) -> Iterator[Search]:
        search: Search | None = self
        while search is not None:
            yield search
            search = search._outer

    def within(self, effort: float, share: float = 1.0) -> Search:
        """A search of its own with so much effort at the most, and a share of the whole.

        It draws its own random numbers, so that what it finds does not depend on what came before.
        """
        effort = min(effort, share * self.limits.effort, self.left())
        inner = Search(self.limits.only(effort), self.thorough, self.listener, seconds=self.seconds)
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
