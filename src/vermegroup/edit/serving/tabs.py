"""Which tabs show the page: each tells every few seconds that it is still there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from secrets import token_hex
from threading import Lock

ALIVE = "/alive"
GONE = "/gone"
ASKED_BY_ITSELF = frozenset({ALIVE, GONE})
"""The paths that pages ask without anybody's doing."""
_HIDDEN = 75.0
"""Seconds. In a tab that is not looked at browsers let a script run once a minute."""
_MOST = 1000
_FORM = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Tabs:
    """The tabs that are alive, by the ids that pages were given; for several threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: dict[str, float] = {}
        self._lock = Lock()

    @staticmethod
    def new_id() -> str:
        """An id for a page that is about to be shown; it counts from its first word on."""
        return token_hex(8)

    def seen(self, tab: str) -> None:
        """A tab is there. Raises ValueError where this is no id."""
        if _FORM.fullmatch(tab) is None:
            raise ValueError(tab)
        with self._lock:
            self._seen.pop(tab, None)
            self._seen[tab] = self._now()
            if len(self._seen) > _MOST:
                del self._seen[next(iter(self._seen))]

    def gone(self, tab: str) -> None:
        """A tab was closed, or shows another page."""
        with self._lock:
            self._seen.pop(tab, None)

    def others(self, tab: str) -> int:
        """How many tabs are alive besides this one."""
        with self._lock:
            since = self._now() - _HIDDEN
            return sum(other != tab and at > since for other, at in self._seen.items())
