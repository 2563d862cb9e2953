"""The commands, hung up in one place."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from vermegroup import __version__
from vermegroup.cli.audit import audit_command
from vermegroup.cli.check import check_command
from vermegroup.cli.compare import compare_command
from vermegroup.cli.door import INTERRUPTED
from vermegroup.cli.form import form_command
from vermegroup.cli.init import init_command
from vermegroup.cli.profiles import profiles_command
from vermegroup.cli.rebalance import rebalance_command
from vermegroup.cli.sample import sample_command

app = typer.Typer(
    name="vermegroup",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # --help is plain, so that it need not load Rich
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
app.command("form")(form_command)
app.command("check")(check_command)
app.command("rebalance")(rebalance_command)
app.command("audit")(audit_command)
app.command("compare")(compare_command)
app.command("init")(init_command)
app.command("profiles")(profiles_command)
app.command("sample")(sample_command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"vermegroup {__version__}")
        raise typer.Exit


@app.callback()
def vermegroup(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Form peer-mentoring groups that provably hold their rules."""


def main() -> None:
    """Run the command line. A terminal that lacks a character gets a substitute, no traceback."""
    # A million rows are millions of texts, none of them in a cycle: looking for cycles as often as
    # usual takes a third of the time of a large run.
    gc.set_threshold(500_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
