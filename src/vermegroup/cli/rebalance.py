"""``vermegroup rebalance``."""

from __future__ import annotations

from pathlib import Path

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told, leave


def rebalance_command(
    groups: options.GroupsArgument,
    absent: options.Absent = None,
    left: options.Left = None,
    joining: options.Joining = None,
    policy: options.PolicyOption = None,
    history: options.History = None,
    dry_run: options.DryRun = False,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.RebalanceFolder = None,
    seed: options.Seed = 1,
    time_limit: options.TimeLimit = 60.0,
    workers: options.Workers = 1,
    executor: options.Executor = "local",
    lang: options.Language = options.Lang.EN,
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    """Repair groups after absences, departures and late joiners.

    As many people as possible stay with those they know, and every move has its reason.

    With --absent the result is a plan for one meeting: everyone goes back afterwards, and the
    permanent groups stand in the column permanent_group. With --left and --joining the permanent
    groups change. A plan of a meeting may be given as GROUPS: its permanent groups count.

    Writes groups.csv, moves.csv, report.html and report.json. The rulebook is that of --rules or
    --profile, or else that in report.json beside the file.

    Example: vermegroup rebalance kevat-groups/groups.csv --absent SYN-014,SYN-039

    Exit codes: 0 every rule holds; 1 proven impossible (the best partial plan is saved);
    2 the input or the call is at fault; 3 undecided within the time limit; 130 interrupted.
    """
    from vermegroup.app.inputs import Choice
    from vermegroup.app.rebalance import Asked, folder_for, folder_of, rebalance_groups
    from vermegroup.app.save import prepare, save
    from vermegroup.app.workers import Interrupts, executor_at
    from vermegroup.cli.terminal import Progress, show
    from vermegroup.domain.rebalance import Policy
    from vermegroup.solver.search import Limits

    written: dict[Path, bytes] = {}
    progress = Progress(lang.value, quiet=quiet)
    with (
        faults_told(lang.value),
        Interrupts() as interrupts,
        executor_at(executor) as place,
        progress,
    ):
        folder = folder_for(groups, output, meeting=bool(absent))
        if not dry_run:
            prepare(folder, force=force)
        asked = Asked(
            groups,
            tuple(absent or ()),
            tuple(left or ()),
            joining,
            None if policy is None else Policy(policy.value),
            tuple(history or ()),
        )
        how = options.how(column, sheet, pseudonymise=pseudonymise, key_file=key_file)
        limits = Limits(time_limit, workers, seed, place, interrupts.stop)
        choice = Choice(rules, profile)
        answer = rebalance_groups(asked, choice, limits, progress, how, interrupts)
        if not dry_run and answer.worth_saving:
            folder = folder_of(answer, folder, groups)
            folder = folder if folder == output else answer.folder(folder)
            written = save(answer, folder, lang.value, force=force)
    show(answer.report, lang.value, format_, quiet=quiet, written=written)
    leave(answer.report.verdict, interrupted=interrupts.stop.is_set())
