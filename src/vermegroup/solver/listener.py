"""Whoever wants to follow a run. Silent by default: nothing prints below the command line."""

from __future__ import annotations

from typing import Protocol

from vermegroup.phrase import Phrase


class Listener(Protocol):
    """Told what the solver is about to do, and how far it has come."""

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""

    def stage(self, name: str, left: float) -> None:
        """A stage begins, with so many seconds left until the limit."""

    def pursuing(self, preference: Phrase, gap: float) -> None:
        """A preference is improved; ``gap`` is how far from its bound it is, as a share of it."""

    def done(self, count: int, total: int, left: float) -> None:
        """So many of the neighbourhoods of a round are solved."""


class _Silent:
    def trying(self, groups: int) -> None:
        del groups

    def stage(self, name: str, left: float) -> None:
        del name, left

    def pursuing(self, preference: Phrase, gap: float) -> None:
        del preference, gap

    def done(self, count: int, total: int, left: float) -> None:
        del count, total, left


SILENT: Listener = _Silent()
