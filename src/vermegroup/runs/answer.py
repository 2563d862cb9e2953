"""What a run comes to."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.outcome import Outcome
from vermegroup.report.report import Report


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome and the one report of it."""

    outcome: Outcome
    report: Report
