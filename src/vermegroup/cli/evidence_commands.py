"""The commands of whoever studies groups: what each asks for, and how it ends.

Each imports its work when it is called, so that help and the lighter commands start at once.
"""

from __future__ import annotations

from fractions import Fraction

from vermegroup.cli import options
from vermegroup.cli.app import command
from vermegroup.cli.exits import leave, teller
from vermegroup.cli.searching import leave_searched, searching
from vermegroup.domain.design import Among, DrawRequest, Sizes
from vermegroup.language.messages import N_

__all__: list[str] = []


@command(
    "draw",
    N_("Draw a pool of different groupings by lot, to test against."),
    N_(
        "Groups are formed, and then many groupings are drawn that are as good as these, or with "
        "--among valid all that keep the rules. Each of them is audited. A test by randomisation "
        "takes the pool as its reference set; form --draw N makes such a pool and takes one of it."
    ),
    N_(
        "Writes groupings.csv, draws.csv with what each preference comes to, design.json, "
        "methods.txt and report.json."
    ),
    N_("Example: vermegroup draw kevat.csv --draws 1000 --seed 7"),
    N_(
        "Exit codes: 0 = drawn; 1 = proven impossible; 2 = the input or the call is at fault; "
        "3 = undecided; 130, 143 or 129 = interrupted."
    ),
)
def draw_command(
    roster: options.RosterArgument,
    draws: options.Draws = 1000,
    among: options.DrawnAmong = Among.OPTIMAL,
    within: options.Within = Fraction(0),
    sizes: options.DrawnSizes = Sizes.FIXED,
    rules: options.Rules = None,
    profile: options.Profile = None,
    groups: options.GroupCount = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.DrawFolder = None,
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
    from vermegroup.app.form import draw_groupings
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.app.save import prepare, save
    from vermegroup.cli.terminal import show_draw
    from vermegroup.report.folder import default_folder
    from vermegroup.solver.search import Limits

    folder, tell = output or default_folder(roster, "-draws"), teller(lang, quiet=quiet)
    with searching(lang, executor, format_, quiet=quiet) as (door, progress, interrupts, place):
        door.folder = folder
        prepare(folder, force=force, tell=tell)
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        asked = DrawRequest(draws, among, within, sizes)
        choice = RulebookChoice(rules, profile, groups, draw=asked)
        limits = Limits(time_limit, workers, seed, place, interrupts.stop, effort)
        answer = draw_groupings(roster, choice, limits, progress, how, interrupts)
        target = door.folder = output or answer.folder(folder)
        written = save(answer, target, lang, force=force, keep=keep, tell=tell)
    show_draw(answer.report, lang, format_, quiet=quiet, written=written)
    leave_searched(answer.report, require_deterministic, interrupts.code, zero=exit_zero)


@command(
    "baseline",
    N_("Tell where a grouping stands among random valid ones."),
    N_(
        "Groupings that keep every rule, with groups of the same sizes, are drawn by lot, and each "
        "preference's value is compared with theirs. The groups may be hand-made. A percentile "
        "describes, and is no test."
    ),
    N_(
        "With -o it writes baseline.html, with a histogram of each preference, and baseline.json. "
        "The rulebook is that of --rules or --profile, or else that in report.json beside the file."
    ),
    N_("Example: vermegroup baseline kevat-groups/groups.csv"),
    N_(
        "Exit codes: 0 = compared; 2 = the input or the call is at fault, or no valid grouping was "
        "found; 130, 143 or 129 = interrupted."
    ),
)
def baseline_command(
    groups: options.GroupsArgument,
    draws: options.Draws = 1000,
    rules: options.Rules = None,
    profile: options.Profile = None,
    column: options.Columns = None,
    sheet: options.Sheet = None,
    day: options.Day = None,
    pseudonymise: options.Pseudonymise = False,
    key_file: options.KeyFile = None,
    output: options.BaselineFolder = None,
    seed: options.Seed = 1,
    effort: options.Effort = 60.0,
    time_limit: options.TimeLimit = None,
    lang: options.Language = "",
    format_: options.OutputFormat = options.Format.TEXT,
    quiet: options.Quiet = False,
    force: options.Force = False,
) -> None:
    from vermegroup.app.baseline import baseline_of
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.cli.terminal import show_baseline
    from vermegroup.report.baseline_page import write_baseline
    from vermegroup.solver.search import Limits

    with searching(lang, "local", format_, quiet=quiet) as (_door, progress, interrupts, _place):
        how = options.how(column, sheet, day=day, pseudonymise=pseudonymise, key_file=key_file)
        limits = Limits(time_limit, seed=seed, stop=interrupts.stop, effort=effort)
        choice = RulebookChoice(rules, profile)
        found = baseline_of(groups, draws, choice, limits, progress, how)
        written = [] if output is None else write_baseline(found, output, lang, force=force)
    show_baseline(found, lang, format_, quiet=quiet, written=written)
    leave("valid", interrupted=interrupts.code)
