"""``vermegroup sample``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told


def sample_command(
    participants: Annotated[
        int, typer.Option("--participants", "-n", metavar="N", help="How many people.")
    ],
    shape: Annotated[
        options.Shape, typer.Option("--shape", help="How municipalities and years are spread.")
    ] = options.Shape.PILOT,
    seed: options.Seed = 1,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="A new file; - is standard output."),
    ] = "-",
    lang: options.Language = options.Lang.EN,
    force: options.Force = False,
) -> None:
    """Write a synthetic roster.

    Its municipalities are real, and its people do not exist.

    Example: vermegroup sample --participants 64 --shape pilot -o roster.csv

    Exit codes: 0 written; 2 the call is at fault.
    """
    from vermegroup.report.folder import write_new
    from vermegroup.sampling import sample

    with faults_told(lang.value):
        roster = sample(participants, shape.value, seed, lang.value).csv().encode()
        if output != "-":
            write_new(Path(output), roster, force=force)
    if output == "-":
        typer.echo(roster, nl=False)
