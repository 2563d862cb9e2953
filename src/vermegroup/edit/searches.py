"""A search in a thread of its own, which can be followed and stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from vermegroup.language.messages import Message
from vermegroup.report.progress import Following
from vermegroup.solver.search import Limits, Listener

ResultT = TypeVar("ResultT")

EFFORTS: Mapping[str, float] = {"quick": 5.0, "usual": 60.0, "thorough": 600.0}
"""How far a search may go, by what people choose."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: in words, as a share of what is done now, and since when."""

    words: tuple[Message, ...]
    share: float
    seconds: float


class Searching(Generic[ResultT]):
    """Runs a search at once. ``result`` and ``fault`` tell how it ended; both None until then."""

    def __init__(
        self,
        run: Callable[[Limits, Listener], ResultT],
        effort: float = EFFORTS["usual"],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """``then`` is called, in the search's own thread, once it has ended."""
        self.result: ResultT | None = None
        self.fault: Exception | None = None
        self._limits = Limits(effort=effort)
        self._following, self._since = Following(), time.monotonic()
        self._thread = threading.Thread(target=self._work, args=(run, then), daemon=True)
        self._thread.start()

    @property
    def under_way(self) -> bool:
        """Whether it has not ended yet."""
        return self.result is None and self.fault is None

    @property
    def stopped(self) -> bool:
        """Whether somebody did not want to wait: what was found by then is the result."""
        return self._limits.stop.is_set()

    def progress(self) -> Progress:
        """How far it has come."""
        words, share = self._following.words, self._following.share
        order = tuple(words[what] for what in ("trying", "stage", "gap") if what in words)
        return Progress(order, share, time.monotonic() - self._since)

    def stop(self) -> None:
        """Let it end with the best that it has."""
        self._limits.stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended, or so long; whether it has."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self, run: Callable[[Limits, Listener], ResultT], then: Callable[[], None]) -> None:
        try:
            self.result = run(self._limits, self._following)
        except Exception as fault:  # it is told by whoever asks for the result
            self.fault = fault
        then()
