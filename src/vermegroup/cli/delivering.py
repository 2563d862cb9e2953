"""A text goes where it was asked for: into a new file, or to standard output."""

from __future__ import annotations

from pathlib import Path

import typer

from vermegroup.cli.exits import printable
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _


def deliver(text: bytes, output: str, language: Language, *, quiet: bool, force: bool) -> None:
    """Write a text into a new file, which is told, or to standard output."""
    from vermegroup.report.folder import write_new

    if output == "-":
        typer.echo(text, nl=False)
        return
    write_new(Path(output), text, force=force)
    if not quiet:
        typer.echo(printable(_("Written: {file}", file=output).in_(language)))
