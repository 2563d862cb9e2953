"""The commands that begin with a roster: what each asks for, and how it ends.

Each imports its work when it is called, so that help and the lighter commands start at once.
"""

from __future__ import annotations

from fractions import Fraction

import typer

from vermegroup.cli import options
from vermegroup.cli.app import command
from vermegroup.cli.delivering import deliver
from vermegroup.cli.exits import AT_FAULT, faults_shown, printable, teller
from vermegroup.cli.searching import leave_searched, searching
from vermegroup.domain.design import Among, Sizes
from vermegroup.language.messages import N_, Message, _

__all__: list[str] = []


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
        deliver(begun.text.encode(), output, lang, quiet=quiet, force=force)
    told = () if quiet else (*begun.fit.told(), _next_to_run(roster, output))
    for line in told:
        typer.echo(printable(line.in_(lang)), err=output == "-")
    for finding in begun.unread:
        teller(lang, quiet=quiet)(finding)


def _next_to_run(roster: str, rules: str) -> Message:
    """What to run once a rulebook is written; what went to standard output is yet to be saved."""
    from vermegroup.report.calls import call, file_word

    rules = "rules.yaml" if rules == "-" else rules
    command = call("form", file_word(roster), "--rules", file_word(rules))
    return _("Look through it, and then run: {command}", command=command)
