"""A search as a command sees it: what it needs while it lasts, and how it is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from vermegroup.cli.exits import faults_shown, leave
from vermegroup.language.catalogues import Language

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from vermegroup.app.workers import Interrupts
    from vermegroup.cli.exits import Door
    from vermegroup.cli.terminal import Progress
    from vermegroup.report.report import Report


@contextmanager
def searching(
    language: Language, where: str, format_: str, *, quiet: bool
) -> Iterator[tuple[Door, Progress, Interrupts, Executor | None]]:
    """What a search needs while it lasts: how it is refused, who is told of it, who may stop it.

    And where it is done.
    """
    from vermegroup.app.workers import Interrupts, executor_at
    from vermegroup.cli.terminal import Progress

    progress = Progress(language, quiet=quiet)
    with (
        faults_shown(language, format_) as door,
        Interrupts() as interrupts,
        executor_at(where) as place,
        progress,
    ):
        yield door, progress, interrupts, place


def leave_searched(
    report: Report, require_deterministic: bool, interrupted: int = 0, *, zero: bool
) -> NoReturn:
    """Leave after a search, as undecided where the clock ended it and that was not to be."""
    repeatable = report.provenance.deterministic or not require_deterministic
    leave(report.verdict, interrupted=interrupted, repeatable=repeatable, zero=zero)
