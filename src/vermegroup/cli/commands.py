"""The commands: what is asked of each, what does it, and how it ends.

Each imports its work when it is called, so that help and the lighter commands start at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.app import app, command
from vermegroup.cli.exits import AT_FAULT, faults_shown, leave, printable, teller
from vermegroup.cli.searching import leave_searched, searching
from vermegroup.domain.design import Among, Sizes
from vermegroup.export.rendered import Recipients
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, Template, _

__all__ = ["app"]


@command(
    "form",
    N_("Form groups of a roster."),
    N_("Writes groups.csv, report.html and report.json into the output folder."),
    N_("Example: vermegroup form kevat.csv --lang fi"),
    N_(
        "Exit codes: 0 = formed; 1 = proven impossible; 2 = the input or the call is at fault; "
        "3 = undecided; 130, 143 or 129 = interrupted."
    ),
)
def form_command(
    roster: options.RosterArgument,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    group_facts: options.GroupFacts = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    draw: options.Draw = None,
    among: options.DrawnAmong = Among.OPTIMAL,
    within: options.Within = Fraction(0),
    sizes: options.DrawnSizes = Sizes.FIXED,
    output: options.OutputFolder = None,
    seed: options.Seed = 1,
    effort: options.Effort = 60.0,
    time_limit: options.TimeLimit = None,
    require_deterministic: options.Repeatable = False,
    workers: options.Workers = 1,
    executor: options.Executor = "local",
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    force: options.Force = False,
    keep: options.Keep = 20,
) -> None:
    from vermegroup.app.form import form_groups
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.save import prepare, save
    from vermegroup.cli.terminal import show
    from vermegroup.report.folder import default_folder
    from vermegroup.solver.search import Limits

    folder, tell = output or default_folder(roster), teller(lang, quiet=quiet)
    with searching(lang, executor, format_, quiet=quiet) as (door, progress, interrupts, place):
        door.folder = folder
        prepare(folder, force=force, tell=tell)
        how = options.how(
            column,
            sheet,
            day=day,
            pseudonymise=pseudonymise,
            key_file=key_file,
            group_facts=group_facts,
            replaced=folder,
        )
        lot = options.lot(draw, among, within, sizes)
        choice = RulebookChoice(rules, profile, groups, draw=lot)
        limits = Limits(time_limit, workers, seed, place, interrupts.stop, effort)
        answer = form_groups(roster, choice, limits, progress, how, interrupts)
        target = door.folder = output or answer.folder(folder)
        written = save(answer, target, lang, force=force, keep=keep, tell=tell)
    show(answer.report, lang, format_, quiet=quiet, written=written)
    leave_searched(answer.report, require_deterministic, interrupts.code, zero=exit_zero)


@command(
    "check",
    N_("Tell what is wrong with a roster, and what is possible."),
    N_(
        "Tells what was recognised, how it was read, what is wrong and what is missing; which "
        "numbers of groups are possible; and if none is, why not and what would help. Forms and "
        "writes nothing."
    ),
    N_("Example: vermegroup check kevat.csv"),
    N_(
        "Exit codes: 0 = groups are possible; 1 = proven impossible; 2 = the roster or the call is "
        "at fault; 3 = not settled."
    ),
)
def check_command(
    roster: options.RosterArgument,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    seed: options.Seed = 1,
    effort: options.Effort = 10.0,
    time_limit: options.TimeLimit = None,
    require_deterministic: options.Repeatable = False,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
) -> None:
    from vermegroup.app.check import check_roster
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.cli.terminal import show_check
    from vermegroup.solver.search import Limits

    with faults_shown(lang, format_):
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        limits = Limits(time_limit, seed=seed, effort=effort)
        checked = check_roster(roster, RulebookChoice(rules, profile, groups), limits, how)
        show_check(checked, lang, format_, quiet=quiet)
    if not checked.usable:
        raise typer.Exit(AT_FAULT)
    leave_searched(checked.report, require_deterministic, zero=exit_zero)


@command(
    "rebalance",
    N_("Repair groups after absences, departures and late joiners."),
    N_("As many people as possible stay with those they know, and every move has its reason."),
    N_(
        "With --absent the result is a plan for one meeting: everyone goes back afterwards, and "
        "the permanent groups stand in a column of their own. With --left and --joining "
        "the permanent groups change. A plan of a meeting may be given as GROUPS: its permanent "
        "groups count."
    ),
    N_(
        "The plan of a meeting has a folder with its date, today or that of --date. Plans of "
        "earlier meetings in such folders beside it are read, so that others take their turn; "
        "--history names others."
    ),
    N_(
        "Writes groups.csv, moves.csv, report.html and report.json. The rulebook is that of "
        "--rules or --profile, or else that in report.json beside the file."
    ),
    N_("Example: vermegroup rebalance kevat-groups/groups.csv --absent SYN-014,SYN-039"),
    N_(
        "Exit codes: 0 = every rule holds; 1 = proven impossible (the best partial plan is saved); "
        "2 = the input or the call is at fault; 3 = undecided; "
        "130, 143 or 129 = interrupted."
    ),
)
def rebalance_command(
    groups: options.GroupsArgument,
    absent: options.Absent = None,
    left: options.Left = None,
    joining: options.Joining = None,
    policy: options.PolicyOption = None,
    history: options.History = None,
    group_facts: options.GroupFacts = None,
    date: options.MeetingDate = None,
    dry_run: options.DryRun = False,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.RebalanceFolder = None,
    seed: options.Seed = 1,
    effort: options.Effort = 60.0,
    time_limit: options.TimeLimit = None,
    require_deterministic: options.Repeatable = False,
    workers: options.Workers = 1,
    executor: options.Executor = "local",
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    force: options.Force = False,
    keep: options.Keep = 20,
) -> None:
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.meeting_folders import folder_for, folder_of, history_for, meeting_day
    from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
    from vermegroup.app.save import prepare, put_right, save
    from vermegroup.cli.terminal import show
    from vermegroup.domain.bonds import Policy
    from vermegroup.solver.search import Limits

    written: dict[Path, bytes] = {}
    tell = teller(lang, quiet=quiet)
    with searching(lang, executor, format_, quiet=quiet) as (door, progress, interrupts, place):
        put_right(Path(groups).parent, tell)
        how = options.how(
            column,
            sheet,
            day=day,
            pseudonymise=pseudonymise,
            key_file=key_file,
            group_facts=group_facts,
        )
        meeting = meeting_day(date, how.today, meeting=bool(absent))
        folder = folder_for(groups, output, meeting)
        if not dry_run:
            door.folder = folder
            prepare(folder, force=force, tell=tell)
        asked = RebalanceRequest(
            groups,
            tuple(absent or ()),
            tuple(left or ()),
            joining,
            None if policy is None else Policy(policy.value),
            history_for(groups, folder, meeting) if history is None else tuple(history),
            meeting,
            found=history is None,
        )
        limits = Limits(time_limit, workers, seed, place, interrupts.stop, effort)
        choice = RulebookChoice(rules, profile)
        answer = rebalance_groups(asked, choice, limits, progress, how, interrupts)
        if not dry_run:
            folder = folder_of(answer, folder, groups)
            folder = folder if folder == output else answer.folder(folder)
            written = save(answer, folder, lang, force=force, keep=keep, tell=tell)
    show(answer.report, lang, format_, quiet=quiet, written=written)
    leave_searched(answer.report, require_deterministic, interrupts.code, zero=exit_zero)


@command(
    "rounds",
    N_("Form several groupings in which few people meet twice."),
    N_(
        "Each round has all the people in new groups, and each of them keeps the rules. Repeated "
        "meetings are as few as can be found; the report tells how few there could be, and whose "
        "they are. The rulebook's preferences come after that."
    ),
    N_(
        "Writes groups.csv with a column for each round, report.html and report.json. One of the "
        'rounds is read with, for example, audit --column group="round 2".'
    ),
    N_("Example: vermegroup rounds kevat.csv --rounds 4"),
    N_(
        "Exit codes: 0 = formed; 1 = proven impossible; 2 = the input or the call is at fault; "
        "3 = undecided; 130, 143 or 129 = interrupted."
    ),
)
def rounds_command(
    roster: options.RosterArgument,
    rounds: options.Rounds,
    after: options.AfterRounds = None,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.RoundsFolder = None,
    seed: options.Seed = 1,
    effort: options.Effort = 60.0,
    time_limit: options.TimeLimit = None,
    require_deterministic: options.Repeatable = False,
    workers: options.Workers = 1,
    executor: options.Executor = "local",
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    force: options.Force = False,
    keep: options.Keep = 20,
) -> None:
    from vermegroup.app.form import form_rounds
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.rounds import RoundsRequest
    from vermegroup.app.save import prepare, save
    from vermegroup.cli.terminal import show
    from vermegroup.report.folder import default_folder
    from vermegroup.solver.search import Limits

    folder, tell = output or default_folder(roster, "-rounds"), teller(lang, quiet=quiet)
    with searching(lang, executor, format_, quiet=quiet) as (door, progress, interrupts, place):
        door.folder = folder
        prepare(folder, force=force, tell=tell)
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        wanted = RoundsRequest(roster, rounds, tuple(after or ()))
        choice = RulebookChoice(rules, profile, groups)
        limits = Limits(time_limit, workers, seed, place, interrupts.stop, effort)
        answer = form_rounds(wanted, choice, limits, progress, how, interrupts)
        target = door.folder = output or answer.folder(folder)
        written = save(answer, target, lang, force=force, keep=keep, tell=tell)
    show(answer.report, lang, format_, quiet=quiet, written=written)
    leave_searched(answer.report, require_deterministic, interrupts.code, zero=exit_zero)


@command(
    "audit",
    N_("Judge any grouping, rule by rule."),
    N_("The grouping may be hand-made, edited, or another tool's."),
    N_(
        "The rulebook is that of --rules or --profile, or else that in report.json beside the file."
    ),
    N_(
        "Where a rule is broken, it tells the fewest people to move so that all rules hold. With "
        "-o it writes the report of the groups as they are now; into their own folder with --force."
    ),
    N_("Example: vermegroup audit kevat-groups/groups.csv"),
    N_(
        "Exit codes: 0 = every rule holds; 1 = a rule is broken; 2 = the input or the call is at "
        "fault."
    ),
)
def audit_command(
    groups: options.GroupsArgument,
    rules: options.Rules = None,
    profile: options.Profile = None,
    group_facts: options.GroupFacts = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.AuditFolder = None,
    keep: options.Keep = 20,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.audit import judge_groups
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.save import prepare, put_right, save
    from vermegroup.cli.terminal import show

    written: dict[Path, bytes] = {}
    tell = teller(lang, quiet=quiet)
    with faults_shown(lang, format_) as door:
        door.folder = output
        put_right(Path(groups).parent, tell)
        if output is not None:
            prepare(output, force=force, tell=tell)
        how = options.how(
            column,
            sheet,
            day=day,
            pseudonymise=pseudonymise,
            key_file=key_file,
            group_facts=group_facts,
        )
        answer = judge_groups(groups, RulebookChoice(rules, profile), how)
        if output is not None:
            written = save(answer, output, lang, force=force, keep=keep, tell=tell)
    show(answer.report, lang, format_, quiet=quiet, written=written)
    leave(answer.report.verdict, zero=exit_zero)


@command(
    "move",
    N_("Move people to other groups by hand."),
    N_(
        "All moves and swaps are one change. It is saved whether the rules hold after it or not; "
        "the report tells which are broken, and whether they were before."
    ),
    N_(
        "Writes groups.csv, moves.csv, report.html and report.json. The rulebook is that of "
        "--rules or --profile, or else that in report.json beside the file."
    ),
    N_("Example: vermegroup move kevat-groups/groups.csv V-016=G03 --swap V-018 V-021"),
    N_(
        "Exit codes: 0 = every rule holds after it; 1 = a rule is broken; 2 = the input or the "
        "call is at fault."
    ),
)
def move_command(
    groups: options.GroupsArgument,
    moves: options.MovesArgument = None,
    swap: options.Swaps = None,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.MoveFolder = None,
    keep: options.Keep = 20,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.move import MoveRequest, folder_for, move_people
    from vermegroup.app.save import prepare, put_right, save
    from vermegroup.cli.terminal import show

    tell = teller(lang, quiet=quiet)
    with faults_shown(lang, format_) as door:
        put_right(Path(groups).parent, tell)
        folder = door.folder = folder_for(groups, output)
        prepare(folder, force=force, tell=tell)
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        asked = MoveRequest(groups, tuple(moves or ()), options.pairs_of_people(swap or []))
        answer = move_people(asked, RulebookChoice(rules, profile), how)
        folder = folder if folder == output else answer.folder(folder)
        written = save(answer, folder, lang, force=force, keep=keep, tell=tell)
    show(answer.report, lang, format_, quiet=quiet, written=written)
    leave(answer.report.verdict, zero=exit_zero)


@command(
    "options",
    N_("Tell where somebody could go."),
    N_(
        "Lists every other group, alone or in exchange for one of its members, and a new group and "
        "the queue where the rulebook has them, best first: what keeps every rule (or breaks the "
        "fewest, if nothing does), with what preferences gain or lose and how many bonds break. "
        "Writes nothing."
    ),
    N_("Example: vermegroup options kevat-groups/groups.csv V-016"),
    N_(
        "Exit codes: 0 = there are options that keep every rule; 1 = there are none; 2 = the input "
        "or the call is at fault."
    ),
)
def options_command(
    groups: options.GroupsArgument,
    person: options.PersonArgument,
    most: options.MostOptions = 10,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
) -> None:
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.options import find_options
    from vermegroup.app.save import put_right
    from vermegroup.cli.terminal import show_options

    with faults_shown(lang, format_):
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        put_right(Path(groups).parent, teller(lang, quiet=quiet))
        report = find_options(groups, person, RulebookChoice(rules, profile), how, most)
    show_options(report, lang, format_, quiet=quiet)
    leave("valid" if report.found.kept else "invalid", zero=exit_zero)


Before = Annotated[
    str, options.argument(metavar=N_("BEFORE"), help_=N_("The groups as they were."))
]
After = Annotated[str, options.argument(metavar=N_("AFTER"), help_=N_("The groups as they are."))]


@command(
    "compare",
    N_("Compare two groupings of the same people."),
    N_(
        "Tells which bonds were kept, broken and made, who is in another group, and which rules "
        "and preferences got better or worse. The rulebook is that of --rules or --profile, or "
        "else that in report.json beside AFTER. Writes nothing."
    ),
    N_("Example: vermegroup compare kevat-groups/groups.csv kevat-rebalanced/groups.csv"),
    N_(
        "Exit codes: 0 = AFTER keeps every rule; 1 = a rule is broken; 2 = the input or the "
        "call is at fault."
    ),
)
def compare_command(
    before: Before,
    after: After,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
) -> None:
    from vermegroup.app.compare import compare_groups
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.save import put_right
    from vermegroup.cli.terminal import show

    with faults_shown(lang, format_):
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        for file in (before, after):
            put_right(Path(file).parent, teller(lang, quiet=quiet))
        answer = compare_groups(before, after, RulebookChoice(rules, profile), how)
    show(answer.report, lang, format_, quiet=quiet)
    leave(answer.report.verdict, zero=exit_zero)


@command(
    "export",
    N_("Write groups as lists, workbooks, messages, calendars and files of other programs."),
    N_(
        "What goes out has names, e-mail addresses, the columns of --show, and what the groups' "
        "facts tell; never experience, and no judgement. The groups may be those of a run, edited "
        "ones, or the plan of a meeting."
    ),
    N_(
        "Files that an export wrote are replaced by the next one, unless they were edited. The "
        "rulebook is that of --rules or --profile, or else that in report.json beside the file."
    ),
    N_(
        "Example: vermegroup export kevat-groups/groups.csv --to list --to xlsx --show municipality"
    ),
    N_("Exit codes: 0 = written; 2 = the input or the call is at fault."),
)
def export_command(
    groups: options.GroupsArgument,
    to: options.ExportKinds,
    show: options.Shown = None,
    emails: options.Emails = False,
    one_per_page: options.OnePerPage = False,
    template: options.MailTemplate = None,
    recipients: options.MailRecipients = Recipients.BCC,
    first: options.FirstMeeting = None,
    time: options.MeetingTime = None,
    minutes: options.Minutes = 60,
    every: options.HowOften = None,
    meetings: options.MeetingCount = None,
    zone: options.Zone = "Europe/Helsinki",
    login: options.Login = None,
    course: options.Course = "",
    faultlines: options.Faultlines = False,
    group_facts: options.GroupFacts = None,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    output: options.ExportPlace = None,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.export import ExportRequest, export_groups
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.save import put_right
    from vermegroup.cli.terminal import show_export
    from vermegroup.export.folder import folder_for, write_export
    from vermegroup.export.rendered import Meetings, Wanted

    with faults_shown(lang, format_):
        put_right(Path(groups).parent, teller(lang, quiet=quiet))
        how = options.how(column, sheet, pseudonymise=False, key_file=None, group_facts=group_facts)
        when = Meetings(first, time, minutes, every, meetings, zone)
        place = folder_for(groups, output)
        sending = (lang, emails, one_per_page, template, recipients, when)
        wanted = Wanted(*sending, place, course, faultlines)
        kinds = tuple(dict.fromkeys(kind for some in to for kind in some))
        asked = ExportRequest(groups, kinds, tuple(show or ()), wanted, login)
        exported = export_groups(asked, RulebookChoice(rules, profile), how)
        written = write_export(exported, place, force=force)
    show_export(exported, written, lang, format_, quiet=quiet)


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
    "undo",
    N_("Bring back what the last run replaced in a folder."),
    N_(
        "A run that replaces results keeps the earlier ones in the folder's earlier/. The newest "
        "come back; what stands there now is kept in earlier/, too, under a name that ends in "
        "-undone. Called again, it goes one step further back."
    ),
    N_("Example: vermegroup undo kevat-groups"),
    N_("Exit codes: 0 = brought back; 2 = nothing is to be undone, or the call is at fault."),
)
def undo_command(
    folder: Annotated[
        Path, options.argument(metavar=N_("FOLDER"), help_=N_("A folder that a run wrote into."))
    ],
    lang: options.Language = "",
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.undo import undone

    with faults_shown(lang):
        lines = undone(folder, force=force)
    for line in () if quiet else lines:
        typer.echo(printable(line.in_(lang)))


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


@command(
    "init",
    N_("Write a rulebook to start from."),
    N_("It names the columns that were recognised and explains itself, ready for form --rules."),
    N_("Example: vermegroup init kevat.csv"),
    N_("Exit codes: 0 = written; 2 = the roster or the call is at fault."),
)
def init_command(
    roster: options.RosterArgument,
    output: options.NewFile = "rules.yaml",
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    lang: options.Language = "",
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.init import beginning

    with faults_shown(lang):
        how = options.how(column, sheet, day=day, pseudonymise=False, key_file=None)
        begun = beginning(roster, lang, how)
        _deliver(begun.text.encode(), output, lang, quiet=quiet, force=force)
    told = () if quiet else (*begun.fit.told(), _next_to_run(roster, output))
    for line in told:
        typer.echo(printable(line.in_(lang)), err=output == "-")
    for finding in begun.unread:
        teller(lang, quiet=quiet)(finding)


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
        _deliver(roster, output, lang, quiet=quiet, force=force)


def _next_to_run(roster: str, rules: str) -> Message:
    """What to run once a rulebook is written; what went to standard output is yet to be saved."""
    from vermegroup.report.calls import call, file_word

    rules = "rules.yaml" if rules == "-" else rules
    command = call("form", file_word(roster), "--rules", file_word(rules))
    return _("Look through it, and then run: {command}", command=command)


def _list(titles: Mapping[str, str]) -> None:
    """Show names, each with what it is of."""
    widest = max(map(len, titles))
    for name, title in titles.items():
        typer.echo(f"{name:{widest}}  {title}")


def _deliver(text: bytes, output: str, language: Language, *, quiet: bool, force: bool) -> None:
    """Write a text into a new file, which is told, or to standard output."""
    from vermegroup.report.folder import write_new

    if output == "-":
        typer.echo(text, nl=False)
        return
    write_new(Path(output), text, force=force)
    if not quiet:
        typer.echo(printable(_("Written: {file}", file=output).in_(language)))


# Help lists commands in the order in which they are declared.
from vermegroup.cli import edit_commands as _edit_commands  # noqa: E402, F401
from vermegroup.cli import evidence_commands as _evidence_commands  # noqa: E402, F401
