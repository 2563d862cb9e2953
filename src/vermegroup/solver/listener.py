"""Whoever wants to follow a run. Silent by default: nothing prints below the command line."""

from __future__ import annotations

from typing import Protocol


class Listener(Protocol):
    """Told what the solver is about to do."""

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""

    def stage(self, name: str, done: int, total: int) -> None:
        """A stage has come this far."""


class _Silent:
    def trying(self, groups: int) -> None:
        del groups

    def stage(self, name: str, done: int, total: int) -> None:
        del name, done, total


SILENT: Listener = _Silent()
