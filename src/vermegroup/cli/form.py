"""``vermegroup form``."""

from __future__ import annotations

from vermegroup.cli import options
from vermegroup.cli.exits import faults_told, leave


def form_command(
    roster: options.RosterArgument,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.OutputFolder = None,
    seed: options.Seed = 1,
    time_limit: options.TimeLimit = 60.0,
    workers: options.Workers = 1,
    executor: options.Executor = "local",
    lang: options.Language = options.Lang.EN,
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    """Form groups of a roster.

    Writes groups.csv, report.html and report.json into the output folder.

    Example: vermegroup form kevat.csv --lang fi

    Exit codes: 0 formed; 1 proven impossible; 2 the input or the call is at fault;
    3 undecided within the time limit; 130 interrupted.
    """
    from vermegroup.app.form import form_groups
    from vermegroup.app.inputs import Choice
    from vermegroup.app.save import prepare, save
    from vermegroup.app.workers import Interrupts, executor_at
    from vermegroup.cli.terminal import Progress, show
    from vermegroup.report.folder import default_folder
    from vermegroup.solver.search import Limits

    folder = output or default_folder(roster)
    progress = Progress(lang.value, quiet=quiet)
    with (
        faults_told(lang.value),
        Interrupts() as interrupts,
        executor_at(executor) as place,
        progress,
    ):
        prepare(folder, force=force)
        how = options.how(column, sheet, pseudonymise=pseudonymise, key_file=key_file)
        choice = Choice(rules, profile, groups)
        limits = Limits(time_limit, workers, seed, place, interrupts.stop)
        answer = form_groups(roster, choice, limits, progress, how, interrupts)
        folder = output or answer.folder(folder)
        saving = answer.worth_saving
        written = save(answer, folder, lang.value, force=force) if saving else {}
    show(answer.report, lang.value, format_, quiet=quiet, written=written)
    leave(answer.report.verdict, interrupted=interrupts.stop.is_set())
