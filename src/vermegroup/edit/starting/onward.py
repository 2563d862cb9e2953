"""From the start to the groups: what happens once groups were formed, or were in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vermegroup.app.save import ReportedOutcome
from vermegroup.edit.starting.recent import remember
from vermegroup.edit.workplace import Workplace


def opened(workplace: Workplace, answer: ReportedOutcome) -> None:
    """Go on with groups that were just formed; nothing of them is in a file yet."""
    if workplace.beginning is not None:
        workplace.beginning = replace(workplace.beginning, answer=answer)


def opened_file(workplace: Workplace, groups: Path) -> None:
    """Go on with the groups in a file.

    Raises InputError where they cannot be read.
    """
    remember(groups.parent)
    workplace.beginning = None
