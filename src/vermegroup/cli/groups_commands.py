"""The commands that begin with groups: what each asks for, and how it ends.

Each imports its work when it is called, so that help and the lighter commands start at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vermegroup.cli import options
from vermegroup.cli.app import command
from vermegroup.cli.exits import faults_shown, leave, printable, teller
from vermegroup.cli.searching import leave_searched, searching
from vermegroup.export.rendered import Recipients
from vermegroup.language.messages import N_

__all__: list[str] = []


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
