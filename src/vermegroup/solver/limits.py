"""How long a run may take, and whether the clock cut it short."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of wall clock for the whole search, processes to use, and the random seed."""

    seconds: float = 60.0
    workers: int = 1
    seed: int = 1


@dataclass(slots=True)
class Clock:
    """Time left, seconds spent by stage, and whether the clock ever stopped a search.

    A search that only its deterministic limits stopped ends alike on every run; once the wall
    clock has stopped one, that promise is gone, and ``cut_short`` says so.
    """

    limits: Limits
    started: float = field(default_factory=time.monotonic)
    cut_short: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    def left(self) -> float:
        """Seconds until the limit; never negative."""
        return max(0.0, self.limits.seconds - (time.monotonic() - self.started))

    def expired(self) -> bool:
        """Whether the limit is reached; noted, because it ends the promise of equal runs."""
        if self.left() > 0:
            return False
        self.cut_short = True
        return True

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        before = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - before
