"""How long nobody has done anything."""

from __future__ import annotations

import time
from collections.abc import Callable


class IdleClock:
    """Tells for how many seconds nothing was asked; what asks by itself does not count."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._touched = now()

    def touch(self) -> None:
        """Somebody did something."""
        self._touched = self._now()

    def seconds(self) -> float:
        """The seconds since then."""
        return self._now() - self._touched
