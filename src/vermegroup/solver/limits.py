"""How long a run may take, and what a search has at hand: time, chance, and a record of both."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event

import numpy as np

from vermegroup.solver.executing import Workshop
from vermegroup.solver.listener import SILENT, Listener


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
    thorough: float = 20.0
    listener: Listener = SILENT
    started: float = field(default_factory=time.monotonic)
    cut_short: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    chance: np.random.Generator = field(init=False)
    workshop: Workshop = field(init=False)

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
        """Whether the limit is reached; noted, because it ends the promise of equal runs."""
        if self.left() > 0:
            return False
        self.cut_short = True
        return True

    def within(self, seconds: float, share: float = 1.0) -> Search:
        """A search of its own for so many seconds at the most, and a share of the whole time.

        It draws its own random numbers, so that what it finds does not depend on what came before.
        """
        seconds = min(seconds, share * self.limits.seconds, self.left())
        limits = replace(self.limits, seconds=seconds)
        inner = Search(limits, self.thorough, self.listener, seconds=self.seconds)
        inner.workshop = self.workshop
        return inner

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        before = time.monotonic()
        self.listener.stage(name, self.left())
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - before
