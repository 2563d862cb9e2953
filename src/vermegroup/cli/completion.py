"""Completion of command lines, installed by Typer and told of in the user's language."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from typing import NoReturn

import typer

from vermegroup.cli.exits import AT_FAULT, printable, tell
from vermegroup.cli.spoken import language_of
from vermegroup.language.messages import _
from vermegroup.language.system_faults import why


def install(context: typer.Context, asked: object) -> NoReturn:
    """Install completion for the shell that is asked for, or for the one that runs this."""
    from typer import completion

    language = language_of(context)
    name = getattr(asked, "value", asked)
    wanted = name if isinstance(name, str) else None  # True where no shell is named
    try:
        with redirect_stdout(io.StringIO()):  # what Typer says is English
            shell, path = completion.install(shell=wanted)  # type: ignore[attr-defined]
    except typer.Exit:
        tell(_("This shell is not known").in_(language))
        raise
    except OSError as fault:
        refused = _("{place} cannot be written: {reason}", place=fault.filename, reason=why(fault))
        tell(refused.in_(language))
        raise typer.Exit(AT_FAULT) from fault
    done = _(
        "Completion for {shell} is installed in {path}; it works once the terminal is opened anew",
        shell=shell,
        path=path,
    )
    typer.echo(printable(done.in_(language)))
    raise typer.Exit
