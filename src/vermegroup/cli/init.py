"""``vermegroup init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told, printable


def init_command(
    roster: options.RosterArgument,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="A new file; - is standard output."),
    ] = "rules.yaml",
    column: options.Columns = None,
    sheet: options.Sheet = None,
    lang: options.Language = options.Lang.EN,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    """Write a rulebook to start from.

    It names the columns that were recognised and explains itself, ready for form --rules.

    Example: vermegroup init kevat.csv

    Exit codes: 0 written; 2 the roster or the call is at fault.
    """
    from vermegroup.app.init import starting_rules
    from vermegroup.report.folder import write_new

    with faults_told(lang.value):
        how = options.how(column, sheet, pseudonymise=False, key_file=None)
        rules = starting_rules(roster, lang.value, how)
        if output != "-":
            write_new(Path(output), rules.encode(), force=force)
    if output == "-":
        typer.echo(rules.encode(), nl=False)
    elif not quiet:
        typer.echo(printable(output))
