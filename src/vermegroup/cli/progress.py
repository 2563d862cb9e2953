"""What a long search is doing, told on a terminal's standard error and wiped away afterwards."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from vermegroup.phrase import Language, groups_of, phrase

_PATIENCE = 1.0
"""Seconds in silence: most searches are over by then."""


class Progress:
    """A listener for the solver that keeps one line up to date."""

    def __init__(self, language: Language, *, quiet: bool) -> None:
        self._language = language
        self._tells = not quiet and sys.stderr.isatty()
        self._since = time.monotonic()
        self._head = ""
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._write("")

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""
        self._head = phrase(
            "Trying {groups} …",
            "Kokeillaan: {groups} …",
            "Prövar {groups} …",
            groups=groups_of(groups),
        ).in_(self._language)
        self._tell(self._head)

    def stage(self, name: str, done: int, total: int) -> None:
        """A stage has come this far."""
        del name
        self._tell(f"{self._head} {done}/{total}")

    def _tell(self, line: str) -> None:
        if self._tells and time.monotonic() - self._since > _PATIENCE:
            self._write(line)
            self._shown = True

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
