"""``vermegroup compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told, leave

Before = Annotated[str, typer.Argument(metavar="BEFORE", help="The groups as they were.")]
After = Annotated[str, typer.Argument(metavar="AFTER", help="The groups as they are.")]


def compare_command(
    before: Before,
    after: After,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    lang: options.Language = options.Lang.EN,
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
) -> None:
    """Compare two groupings of the same people.

    Tells which bonds were kept, broken and made, who is in another group, and which rules and
    preferences got better or worse. The rulebook is that of --rules or --profile, or else that in
    report.json beside AFTER. Writes nothing.

    Example: vermegroup compare kevat-groups/groups.csv kevat-rebalanced/groups.csv

    Exit codes: 0 AFTER keeps every rule; 1 it breaks one; 2 the input or the call is at fault.
    """
    from vermegroup.app.compare import compare_groups
    from vermegroup.app.inputs import Choice
    from vermegroup.cli.terminal import show

    with faults_told(lang.value):
        how = options.how(column, sheet, pseudonymise=pseudonymise, key_file=key_file)
        answer = compare_groups(before, after, Choice(rules, profile), how)
    show(answer.report, lang.value, format_, quiet=quiet)
    leave(answer.report.verdict)
