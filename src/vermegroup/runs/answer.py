"""What a run comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vermegroup.outcome import Outcome
from vermegroup.report.report import Report


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome and the one report of it; ``interrupted`` by someone who did not want to wait.

    ``groups`` are the bytes of the groups' file where nothing in it is to change. ``folder`` is
    what becomes of a folder's name that nobody chose.
    """

    outcome: Outcome
    report: Report
    groups: bytes | None = None
    interrupted: bool = False
    folder: Callable[[Path], Path] = field(default=lambda folder: folder)

    @property
    def worth_saving(self) -> bool:
        """Whether there is something to put in the place of what an earlier run saved."""
        return self.outcome.grouping is not None or not self.interrupted
