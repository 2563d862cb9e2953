"""``vermegroup audit``."""

from __future__ import annotations

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told, leave


def audit_command(
    groups: options.GroupsArgument,
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
    """Judge any grouping, rule by rule.

    The grouping may be hand-made, edited, or another tool's.

    The rulebook is that of --rules or --profile, or else that in report.json beside the file.

    Example: vermegroup audit kevat-groups/groups.csv

    Exit codes: 0 every rule holds; 1 a rule is broken; 2 the input or the call is at fault.
    """
    from vermegroup.app.audit import judge_groups
    from vermegroup.app.inputs import Choice
    from vermegroup.cli.terminal import show

    with faults_told(lang.value):
        how = options.how(column, sheet, pseudonymise=pseudonymise, key_file=key_file)
        answer = judge_groups(groups, Choice(rules, profile), how)
    show(answer.report, lang.value, format_, quiet=quiet)
    leave(answer.report.verdict)
