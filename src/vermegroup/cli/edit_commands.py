"""The command that opens a page in the browser: what it asks for, and how it ends."""

from __future__ import annotations

import logging
from pathlib import Path

import typer

from vermegroup.cli import options
from vermegroup.cli.app import command
from vermegroup.cli.exits import faults_shown
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, _

__all__: list[str] = []


@command(
    "edit",
    N_("Move people with the mouse, in a page in the browser."),
    N_(
        "Opens groups, or a roster to form groups of; without a file it offers folders that were "
        "used lately. Each move shows at once what it does to the rules and the preferences. "
        "Nothing is written until it is saved in the page."
    ),
    N_(
        "Only this computer can open the page, and only by the address that is shown here. It ends "
        "with Close in the page, or with Ctrl-C."
    ),
    N_("Example: vermegroup edit kevat-groups/groups.csv"),
    N_(
        "Exit codes: 0 = closed; 2 = the input or the call is at fault; 143 or 129 = terminated or "
        "hung up."
    ),
)
def edit_command(
    what: options.WhatToEdit = None,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    output: options.MoveFolder = None,
    port: options.Port = 0,
    no_browser: options.NoBrowser = False,
    idle: options.Idle = 8 * 3600.0,
    lang: options.Language = "",
    quiet: options.Quiet = False,
) -> None:
    from vermegroup.edit.extra import require_installed

    with faults_shown(lang):
        require_installed()
        from vermegroup.app.inputs import RulebookChoice
        from vermegroup.edit.opening import leave_groups
        from vermegroup.edit.serving.rooms import all_rooms
        from vermegroup.edit.serving.serve import Hosting, serve
        from vermegroup.edit.starting.arriving import open_workplace

        # What a browser sends wrongly is answered; nothing of it belongs into the terminal.
        logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
        how = options.how(column, sheet, day=day, pseudonymise=False, key_file=None)
        choice = RulebookChoice(rules, profile)
        workplace = open_workplace(what, choice, how, lang, Path.cwd(), output)
        hosting = Hosting(port, idle, browser=not no_browser)
        try:
            code = serve(
                workplace,
                all_rooms(),
                hosting,
                lambda address, opened: _show(address, lang, opened=opened, quiet=quiet),
            )
        finally:
            leave_groups(workplace)
    raise typer.Exit(code)


def _show(address: str, language: Language, *, opened: bool, quiet: bool) -> None:
    """Show where the page is; quietly, the address alone."""
    if quiet:
        typer.echo(address)
        return
    told = _OPENED if opened else _TO_OPEN
    typer.echo(told.in_(language))
    typer.echo(f"  {address}")
    typer.echo(_TO_END.in_(language))


_OPENED = _("The page opens in your browser. Where it does not, open this address in one:")
_TO_OPEN = _("Open this address in a browser on this computer:")
_TO_END = _("Keep this window open while you work. Close in the page, or Ctrl-C here, ends it.")
