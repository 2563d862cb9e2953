"""How a command ends: with the exit code of its answer, or with the findings that stopped it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from vermegroup.cli.printable import printable
from vermegroup.findings import AuditError, InputError
from vermegroup.phrase import Language, Phrase

AT_FAULT = 2
INTERRUPTED = 130
_DEFECT = Phrase(
    "This is a defect of vermegroup: the audit does not confirm the result. Nothing was written. "
    "Please report it",
    "Tämä on vermegroupin vika: tarkistus ei vahvista tulosta. Mitään ei kirjoitettu. "
    "Ilmoitathan siitä",
    "Detta är ett fel i vermegroup: granskningen bekräftar inte resultatet. Inget skrevs. "
    "Rapportera det gärna",
)
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
            typer.echo(printable(f"{line.word}: {place}{line.message}"), err=True)
            for note in filter(None, (line.hint, line.others)):
                typer.echo(printable(f"  {note}"), err=True)
        raise typer.Exit(AT_FAULT) from fault
    except AuditError as fault:
        typer.echo(printable(f"{_DEFECT.in_(language)} ({fault})"), err=True)
        raise typer.Exit(CODES["undecided"]) from fault


def leave(verdict: str, *, interrupted: bool = False) -> NoReturn:
    """Leave with the exit code that stands for a verdict, or for an interruption."""
    raise typer.Exit(INTERRUPTED if interrupted else CODES[verdict])
