"""The commands that show what ships with the package, and synthetic rosters.

Each imports its work when it is called, so that help and the lighter commands start at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.app import command
from vermegroup.cli.delivering import deliver
from vermegroup.cli.exits import faults_shown
from vermegroup.language.messages import N_, Template

__all__: list[str] = []


@command(
    "profiles",
    N_("List the rulebooks that ship with vermegroup, or show one."),
    N_("A profile that is shown is a rules file: save it, change it, and give it with --rules."),
    N_("Example: vermegroup profiles town-wide"),
    N_("Exit codes: 0 = shown; 2 = unknown profile."),
)
def profiles_command(
    name: Annotated[
        str | None, options.argument(metavar=N_("NAME"), help_=N_("The profile to show."))
    ] = None,
    lang: options.Language = "",
) -> None:
    from vermegroup.rulebooks.profiles import profile_names, profile_text, programme

    with faults_shown(lang):
        if name is not None:
            typer.echo(profile_text(name, lang), nl=False)
            return
        _list({profile: programme(profile, lang) for profile in profile_names()})


@command(
    "schema",
    N_("List the JSON Schemas of all that is told as JSON, or show one."),
    N_("Keys may be added while the number of the schema stays; none is taken away."),
    N_("Example: vermegroup schema report"),
    N_("Exit codes: 0 = shown; 2 = unknown schema."),
)
def schema_command(
    name: Annotated[
        str | None, options.argument(metavar=N_("NAME"), help_=N_("The schema to show."))
    ] = None,
    lang: options.Language = "",
) -> None:
    from vermegroup.report.schemas import schema_names, schema_text, schema_title

    with faults_shown(lang):
        if name is not None:
            typer.echo(schema_text(name), nl=False)
            return
        _list({each: schema_title(each).in_(lang) for each in schema_names()})


@command(
    "sample",
    N_("Write a synthetic roster."),
    N_("Its municipalities are real, and its people do not exist."),
    N_("Example: vermegroup sample --participants 64 --shape pilot -o roster.csv"),
    N_("Exit codes: 0 = written; 2 = the call is at fault."),
)
def sample_command(
    participants: Annotated[
        int,
        options.option("--participants", "-n", metavar=Template("N"), help_=N_("How many people.")),
    ],
    shape: Annotated[
        options.Shape,
        options.option("--shape", help_=N_("How municipalities and years are spread.")),
    ] = options.Shape.PILOT,
    seed: options.SampleSeed = 1,
    output: options.NewFile = "-",
    lang: options.Language = "",
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.sampling import sample

    with faults_shown(lang):
        roster = sample(participants, shape.value, seed, lang).csv().encode()
        deliver(roster, output, lang, quiet=quiet, force=force)


def _list(titles: Mapping[str, str]) -> None:
    """Show names, each with what it is of."""
    widest = max(map(len, titles))
    for name, title in titles.items():
        typer.echo(f"{name:{widest}}  {title}")
