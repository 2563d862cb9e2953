"""How a command ends: with the exit code of its answer, or with the findings that stopped it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from vermegroup.cli.exits import INTERRUPTED
from vermegroup.cli.streams import tell
from vermegroup.findings import InputError
from vermegroup.phrase import Language

AT_FAULT = 2
CODES = {"formed": 0, "impossible": 1, "invalid": 1, "undecided": 3}


@contextmanager
def faults_told(language: Language) -> Iterator[None]:
    """Tell an input error on standard error, and leave with exit code 2."""
    try:
        yield
    except InputError as fault:
        from vermegroup.report.notices import summarised

        for line in summarised(fault.findings, language, at_most=20):
            place = f"{line.place}: " if line.place else ""
            tell(f"{line.word}: {place}{line.message}")
            for note in filter(None, (line.hint, line.others)):
                tell(f"  {note}")
        raise typer.Exit(AT_FAULT) from fault


def leave(verdict: str, *, interrupted: bool = False) -> NoReturn:
    """Leave with the exit code that stands for a verdict, or for an interruption."""
    raise typer.Exit(INTERRUPTED if interrupted else CODES[verdict])
