"""The commands about runs, many at once or once more: what each asks for, and how it ends.

Each imports its work when it is called, so that help and the lighter commands start at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.app import command
from vermegroup.cli.exits import faults_shown, leave
from vermegroup.language.messages import N_

__all__: list[str] = []


@command(
    "batch",
    N_("Form groups of many rosters."),
    N_(
        "Does every job of a file, each in a folder of its own, and writes summary.csv and "
        "summary.html. What is unchanged since the last time is not done again, so a batch that "
        "was ended goes on where it was. One job that fails stops no other."
    ),
    N_("Example: vermegroup batch jobs.yaml -o out --workers 2"),
    N_(
        "Exit codes: 0 = every job was answered, if only by a no; 1 = some were refused or "
        "crashed; 2 = the file of jobs or the call is at fault; 130, 143 or 129 = interrupted."
    ),
)
def batch_command(
    jobs: options.JobsArgument,
    output: options.BatchFolder,
    only: options.Only = None,
    rerun: options.Rerun = None,
    dry_run: options.PlanOnly = False,
    strict: options.Strict = False,
    workers: options.Workers = 1,
    executor: options.Executor = "local",
    lang: options.BatchLanguage = "",
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.workers import Interrupts, executor_at
    from vermegroup.batch.batch import Batch
    from vermegroup.batch.crew import crew_of
    from vermegroup.batch.jobs import chosen, read_jobs
    from vermegroup.batch.lock import alone_in
    from vermegroup.batch.summary import ALL_ANSWERED, ALL_FORMED, write_summary
    from vermegroup.batch.work import done
    from vermegroup.cli.batches import JobsProgress, show_account, show_plan

    with faults_shown(lang, format_), Interrupts() as interrupts:
        listed = read_jobs(jobs, output, lang)
        names = [job.name for job in chosen(listed, only or [])]
        if dry_run:
            planned = Batch(listed, output, jobs.parent, rerun=rerun or (), force=force)
            show_plan(planned.plan(names), lang, format_)
            return
        with alone_in(output) as lock, executor_at(executor) as place:
            batch = Batch(listed, output, jobs.parent, rerun=rerun or (), force=force)
            interrupts.heed()
            with JobsProgress(lang, quiet=quiet) as progress:
                crew = crew_of(done, workers, place)
                shared = None if place is None else lock
                account = batch.run(names, crew, interrupts.stop, shared, progress.done)
            write_summary(output, listed, batch.ledger.entries, lang)
    show_account(account, output, lang, format_, quiet=quiet)
    right = account.all_are(*(ALL_FORMED if strict else ALL_ANSWERED))
    raise typer.Exit(interrupts.code or (0 if right else 1))


@command(
    "verify",
    N_("Repeat a run from its record, and compare."),
    N_(
        "Finds the files that the run read, by their paths or by their contents, runs the recorded "
        "call again, and compares every byte of what comes out. Writes nothing."
    ),
    N_("Example: vermegroup verify kevat-groups"),
    N_(
        "Exit codes: 0 = the same; 1 = something differs, which is told; 2 = a file is not found, "
        "or there is no record."
    ),
)
def verify_command(
    folder: Annotated[
        Path, options.argument(metavar=N_("DIR"), help_=N_("A folder that a run wrote into."))
    ],
    data: Annotated[
        Path | None,
        options.option(
            "--data",
            metavar=N_("DIR"),
            show_default=N_("the recorded paths, and beside the folder"),
            help_=N_("Where the files are that the run read; they are known by their contents."),
        ),
    ] = None,
    key_file: options.KeyFile = None,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
) -> None:
    from vermegroup.app.audit import audit_again
    from vermegroup.app.form import draw_again, form_again, rounds_again
    from vermegroup.app.move import move_again
    from vermegroup.app.rebalance import rebalance_again
    from vermegroup.app.verify import verify_folder
    from vermegroup.cli.terminal import show_verification
    from vermegroup.edit.session.answers import edit_again

    again = {
        "form": form_again,
        "rounds": rounds_again,
        "draw": draw_again,
        "rebalance": rebalance_again,
        "audit": audit_again,
        "move": move_again,
        "edit": edit_again,
    }
    with faults_shown(lang, format_):
        found = verify_folder(folder, data, key_file, again)
    show_verification(found, lang, format_, quiet=quiet)
    leave("same" if found.same else "differs")
