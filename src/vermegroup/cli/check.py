"""``vermegroup check``."""

from __future__ import annotations

import typer

from vermegroup.cli import options
from vermegroup.cli.door import AT_FAULT, faults_told


def check_command(
    roster: options.RosterArgument,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    lang: options.Language = options.Lang.EN,
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
) -> None:
    """Check a roster; forms nothing.

    Tells what was recognised, how it was read, what is wrong, what is missing, and which numbers
    of groups arithmetic rules out. Writes nothing.

    Example: vermegroup check kevat.csv

    Exit codes: 0 the roster can be used; 2 the roster or the call is at fault.
    """
    from vermegroup.cli.show import show_check
    from vermegroup.runs.checking import check_roster
    from vermegroup.runs.rulebooks import Choice

    with faults_told(lang.value):
        how = options.how(column, sheet, pseudonymise=pseudonymise, key_file=key_file)
        checked = check_roster(roster, Choice(rules, profile, groups), how)
        show_check(checked, lang.value, format_, quiet=quiet)
    raise typer.Exit(0 if checked.usable else AT_FAULT)
