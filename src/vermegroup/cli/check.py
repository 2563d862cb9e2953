"""``vermegroup check``."""

from __future__ import annotations

import typer

from vermegroup.cli import options
from vermegroup.cli.exits import AT_FAULT, faults_told, leave


def check_command(
    roster: options.RosterArgument,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    seed: options.Seed = 1,
    time_limit: options.TimeLimit = 10.0,
    lang: options.Language = options.Lang.EN,
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
) -> None:
    """Tell what is wrong with a roster, and what is possible.

    Tells what was recognised, how it was read, what is wrong and what is missing; which numbers of
    groups are possible; and if none is, why not and what would help. Forms and writes nothing.

    Example: vermegroup check kevat.csv

    Exit codes: 0 groups are possible; 1 proven impossible; 2 the roster or the call is at fault;
    3 not settled within the time limit.
    """
    from vermegroup.app.check import check_roster
    from vermegroup.app.inputs import Choice
    from vermegroup.cli.terminal import show_check
    from vermegroup.solver.search import Limits

    with faults_told(lang.value):
        how = options.how(column, sheet, pseudonymise=pseudonymise, key_file=key_file)
        limits = Limits(time_limit, seed=seed)
        checked = check_roster(roster, Choice(rules, profile, groups), limits, how)
        show_check(checked, lang.value, format_, quiet=quiet)
    if not checked.usable:
        raise typer.Exit(AT_FAULT)
    leave(checked.report.verdict)
