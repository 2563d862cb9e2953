"""Bounds of a template that somebody wrote: how much it may make, and how many lines it may run.

A loop within a loop within a loop is soon written, and nobody waits for it to end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import Any

_MOST_CHARACTERS = 1_000_000
_MOST_LINES = 1_000_000
_TEMPLATE = "<template>"


class TooMuchError(Exception):
    """A template makes more than a letter, or does not come to its end.

    ``place`` is the line of its compiled code that was run last.
    """

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(place)


def bounded(parts: Iterable[str]) -> Iterator[str]:
    """The parts that a template makes. Raises TooMuchError where there is no end of it."""
    counter, before = _Lines(), sys.gettrace()
    made = 0
    sys.settrace(counter)
    try:
        for part in parts:
            made += len(part)
            if made > _MOST_CHARACTERS:
                raise TooMuchError(counter.place)
            yield part
    finally:
        sys.settrace(before)


class _Lines:
    """Counts the lines that templates run, as Python's tracing tells them."""

    def __init__(self) -> None:
        self.run = self.place = 0

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> _Lines | None:
        if frame.f_code.co_filename != _TEMPLATE:
            return None
        self.run += event == "line"
        self.place = frame.f_lineno
        if self.run > _MOST_LINES:
            raise TooMuchError(self.place)
        return self
