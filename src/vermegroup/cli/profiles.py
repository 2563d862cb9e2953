"""``vermegroup profiles``."""

from __future__ import annotations

from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told


def profiles_command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The profile to show.")
    ] = None,
    lang: options.Language = options.Lang.EN,
) -> None:
    """List the rulebooks that ship with vermegroup, or show one.

    A profile that is shown is a rules file: save it, change it, and give it with --rules.

    Example: vermegroup profiles town-wide

    Exit codes: 0 shown; 2 there is no such profile.
    """
    from vermegroup.rulebooks.profiles import profile_names, profile_text, programme

    with faults_told(lang.value):
        if name is not None:
            typer.echo(profile_text(name), nl=False)
            return
        names = profile_names()
        widest = max(map(len, names))
        for own in names:
            typer.echo(f"{own:{widest}}  {programme(own, lang.value)}")
