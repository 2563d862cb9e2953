"""Every option of the command line, declared once."""

from __future__ import annotations

import re
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vermegroup.cli.spoken import language_of
from vermegroup.domain.design import Among, DrawRequest, Sizes
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.export.rendered import Every, Kind, Recipients
from vermegroup.language.catalogues import languages, of_locale
from vermegroup.language.messages import N_, Message, Template, _

if TYPE_CHECKING:
    from vermegroup.app.privacy.how import How


class Format(StrEnum):
    """How an answer is shown on standard output."""

    TEXT = "text"
    JSON = "json"


class Ended(StrEnum):
    """How jobs end that may be done again."""

    REFUSED = "refused"
    CRASHED = "crashed"


class Shape(StrEnum):
    """The shapes of synthetic rosters."""

    PILOT = "pilot"
    LOOSE = "loose"
    TIGHT = "tight"


class PolicyName(StrEnum):
    """How groups are rebalanced."""

    MERGE = "merge"
    MOVE = "move"


def argument(metavar: Template, help_: Template) -> Any:
    """An argument, whose texts are translated when they are shown."""
    return typer.Argument(metavar=metavar.text, help=help_.text)


def option(
    *names: str,
    help_: Template,
    metavar: Template | None = None,
    show_default: Template | None = None,
    **more: Any,
) -> Any:
    """An option, whose texts are translated when they are shown."""
    if metavar is not None:
        more["metavar"] = metavar.text
    if show_default is not None:
        more["show_default"] = show_default.text
    return typer.Option(*names, help=help_.text, **more)


def _folder(show_default: Template) -> Any:
    """The option of a folder to write into, and what it is where none is given."""
    return option(
        "-o",
        "--output",
        metavar=N_("DIR"),
        show_default=show_default,
        help_=N_("The folder to write into."),
    )


def _language(context: typer.Context, value: str) -> str:
    """The language that is asked for here, or before the command, or by the environment."""
    if not value:
        return language_of(context)
    language = of_locale(value)
    if language is None:
        raise typer.BadParameter(value)
    return language


class _Number:
    """Reads a number of at least ``min``, with a point or with the comma of other languages."""

    __name__ = "number"

    def __init__(self, least: float) -> None:
        self.min = least

    def __call__(self, text: str | float) -> float:
        """The number. Raises ValueError where it is none, or too small."""
        value = float(str(text).replace(",", "."))
        if not value >= self.min:
            raise ValueError(text)
        return value


class _Kinds:
    """Reads the names of kinds of export, several with commas between them."""

    __name__ = "kinds"
    choices = tuple(Kind)

    def __call__(self, text: str) -> tuple[Kind, ...]:
        """The kinds. Raises ValueError where there is none of a name."""
        return tuple(Kind(name.strip()) for name in text.split(","))


def _day(text: str | date) -> date:
    """A day as 2026-12-01 or 1.12.2026. Raises ValueError where it is none."""
    if isinstance(text, date):
        return text
    if found := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    return date.fromisoformat(text.strip())


_day.__name__ = "date"


def _hour(text: str | time) -> time:
    """A time of day as 15:00, 15.00 or 15. Raises ValueError where it is none."""
    if isinstance(text, time):
        return text
    found = _TIME_OF_DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return time(int(found[1]), int(found[2] or 0))


_hour.__name__ = "time"


def _share(text: str | Fraction) -> Fraction:
    """A share as 1%, 1 % or 0.01. Raises ValueError where it is none, negative or above 1."""
    if isinstance(text, Fraction):
        return text
    bare = text.strip().replace(",", ".")
    number = bare.removesuffix("%").strip()
    if _DECIMAL.fullmatch(number) is None:
        raise ValueError(text)
    share = Fraction(number) / (100 if bare.endswith("%") else 1)
    if share > 1:
        raise ValueError(text)
    return share


_share.__name__ = "share"


def _span(text: str | float) -> float:
    """A span of time as 8h, 30m or 90s, in seconds. Raises ValueError where it is none."""
    if isinstance(text, float):
        return text
    found = _SPAN.fullmatch(text.strip().lower())
    seconds = float(found[1].replace(",", ".")) * _SECONDS[found[2]] if found else 0.0
    if not seconds:
        raise ValueError(text)
    return seconds


_span.__name__ = "span"
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600}
_SPAN = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,6})?) ?(s|m|min|h)")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_TIME_OF_DAY = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")

RosterArgument = Annotated[
    str,
    argument(
        metavar=N_("ROSTER"),
        help_=N_("The enrolment export (CSV, .xlsx, .ods); - is standard input."),
    ),
]
GroupsArgument = Annotated[
    str,
    argument(metavar=N_("GROUPS"), help_=N_("A roster with a group column; - is standard input.")),
]
WhatToEdit = Annotated[
    str | None,
    argument(
        metavar=N_("GROUPS|ROSTER"),
        help_=N_("Groups, or a roster to form groups of; without it, recent folders are offered."),
    ),
]
Port = Annotated[
    int,
    option(
        "--port",
        metavar=Template("N"),
        min=0,
        max=65_535,
        show_default=N_("any that is free"),
        help_=N_("The port of this computer at which the page is."),
    ),
]
NoBrowser = Annotated[
    bool, option("--no-browser", help_=N_("Open no browser; the address is shown here."))
]
Idle = Annotated[
    float,
    option(
        "--idle",
        metavar=Template("8h"),
        parser=_span,
        show_default=Template("8h"),
        help_=N_("End when nobody has done anything for so long, as 8h, 30m or 90s."),
    ),
]
PersonArgument = Annotated[
    str,
    argument(metavar=N_("PERSON"), help_=N_("Somebody by id, name or e-mail.")),
]
MovesArgument = Annotated[
    list[str] | None,
    argument(
        metavar=N_("PERSON=GROUP"),
        help_=N_(
            "Who goes to which group; = or =- is the queue, and a new name is a new group. Of "
            "whoever is in several, PERSON@GROUP=GROUP moves the place in that group; "
            "PERSON@-=GROUP is a further one."
        ),
    ),
]
OF_PAIRS = ("--swap",)
BETWEEN_TWO = "\N{INFORMATION SEPARATOR ONE}"
"""What stands between the two values of an option that takes pairs."""
Swaps = Annotated[
    list[str] | None,
    option(
        "--swap",
        metavar=N_("PERSON PERSON"),
        help_=N_("Two people who change places; repeatable."),
    ),
]
MostOptions = Annotated[
    int,
    option(
        "--most",
        metavar=Template("N"),
        min=1,
        max=1_000_000,
        help_=N_("How many options to show."),
    ),
]
Absent = Annotated[
    list[str] | None,
    option(
        "--absent",
        metavar=N_("FILE|IDS"),
        help_=N_("Who misses this one meeting: ids or names, or a file of them."),
    ),
]
Left = Annotated[
    list[str] | None,
    option(
        "--left",
        metavar=N_("FILE|IDS"),
        help_=N_("Who left for good: ids or names, or a file of them."),
    ),
]
Joining = Annotated[
    str | None,
    option("--joining", metavar=N_("FILE"), help_=N_("A roster of newcomers.")),
]
PolicyOption = Annotated[
    PolicyName | None,
    option(
        "--policy",
        show_default=N_("merge where it suffices"),
        help_=N_("Combine groups whole only, or move single people too."),
    ),
]
History = Annotated[
    list[Path] | None,
    option(
        "--history",
        metavar=N_("FILE"),
        show_default=N_("those of earlier dates, beside the output folder"),
        help_=N_("The plan of an earlier meeting, so that others take their turn; repeatable."),
    ),
]
MeetingDate = Annotated[
    date | None,
    option(
        "--date",
        metavar=N_("DATE"),
        parser=_day,
        show_default=N_("today"),
        help_=N_("The day of the meeting, as 2026-12-01 or 1.12.2026."),
    ),
]
Rounds = Annotated[
    int,
    option(
        "--rounds",
        "-r",
        metavar=Template("R"),
        min=1,
        max=1_000,
        help_=N_("How many rounds, those of --after included."),
    ),
]
AfterRounds = Annotated[
    list[Path] | None,
    option(
        "--after",
        metavar=N_("FILE"),
        help_=N_("Groups of earlier rounds, which are the first and stay; repeatable."),
    ),
]
RoundsFolder = Annotated[Path | None, _folder(N_("NAME-rounds"))]
DryRun = Annotated[bool, option("--dry-run", help_=N_("Show the plan, and write nothing."))]
DrawFolder = Annotated[Path | None, _folder(N_("NAME-draws"))]
BaselineFolder = Annotated[Path | None, _folder(N_("none: nothing is written"))]
RebalanceFolder = Annotated[
    Path | None, _folder(N_("NAME-meeting-DATE with --absent, else NAME-rebalanced"))
]
GroupFacts = Annotated[
    Path | None,
    option(
        "--group-facts",
        metavar=N_("FILE"),
        help_=N_("Names, leaders, themes, places and times of the groups, a row for each."),
    ),
]
Rules = Annotated[
    Path | None, option("--rules", metavar=N_("FILE"), help_=N_("The rulebook (YAML) to follow."))
]
Profile = Annotated[
    str | None,
    option("--profile", metavar=N_("NAME"), help_=N_("A rulebook that ships with vermegroup.")),
]
GroupCount = Annotated[
    int | None,
    option(
        "--groups",
        metavar=Template("K"),
        min=1,
        max=1_000_000,
        help_=N_("Exactly so many groups."),
    ),
]
OutputFolder = Annotated[Path | None, _folder(N_("NAME-groups"))]
AuditFolder = Annotated[Path | None, _folder(N_("none: nothing is written"))]
MoveFolder = Annotated[Path | None, _folder(N_("that of GROUPS, or NAME-groups"))]
NewFile = Annotated[
    str,
    option("-o", "--output", metavar=N_("FILE"), help_=N_("A new file; - is standard output.")),
]
Seed = Annotated[
    int,
    option(
        "--seed",
        metavar=Template("N"),
        min=0,
        max=2**31 - 1,
        help_=N_("Another number finds another of the groupings that are equally good."),
    ),
]
SampleSeed = Annotated[
    int,
    option(
        "--seed",
        metavar=Template("N"),
        min=0,
        max=2**31 - 1,
        help_=N_("Another number makes another roster; the same number makes the same one."),
    ),
]
Effort = Annotated[
    float,
    option(
        "--effort",
        metavar=Template("N"),
        parser=_Number(0.1),
        help_=N_("How far to search: N is about as many seconds, the same each time."),
    ),
]
TimeLimit = Annotated[
    float | None,
    option(
        "--time-limit",
        metavar=N_("SECONDS"),
        parser=_Number(0.1),
        show_default=N_("five times the effort"),
        help_=N_("Stop searching then in any case."),
    ),
]
Repeatable = Annotated[
    bool,
    option(
        "--require-deterministic",
        help_=N_("Exit with 3 where the clock ended the search, so that another run may differ."),
    ),
]
Draw = Annotated[
    int | None,
    option(
        "--draw",
        metavar=Template("N"),
        min=1,
        max=1_000_000,
        help_=N_("Draw N groupings that are as good, and choose one of them by lot."),
    ),
]
Draws = Annotated[
    int,
    option(
        "--draws",
        metavar=Template("N"),
        min=1,
        max=1_000_000,
        help_=N_("How many different groupings to draw."),
    ),
]
DrawnAmong = Annotated[
    Among,
    option(
        "--among",
        help_=N_("Draw among groupings that are as good as the best one, or all that are valid."),
    ),
]
Within = Annotated[
    Fraction,
    option(
        "--within",
        metavar=Template("1%"),
        parser=_share,
        show_default=N_("nothing"),
        help_=N_("By which share of its value each preference may be worse in what is drawn."),
    ),
]
DrawnSizes = Annotated[
    Sizes,
    option("--sizes", help_=N_("Whether groups that are drawn keep the sizes that were formed.")),
]
ExportKinds = Annotated[
    list[Any],  # of tuples of kinds
    option(
        "--to",
        metavar=N_("KIND"),
        parser=_Kinds(),
        help_=N_("What the groups go out as; repeatable."),
    ),
]
Shown = Annotated[
    list[str] | None,
    option(
        "--show",
        metavar=N_("COLUMN"),
        help_=N_("A column to show of everybody, such as municipality or unit; repeatable."),
    ),
]
Emails = Annotated[bool, option("--emails", help_=N_("Show e-mail addresses on lists, too."))]
OnePerPage = Annotated[
    bool, option("--one-per-page", help_=N_("Print each group of a list on a page of its own."))
]
MailTemplate = Annotated[
    Path | None,
    option(
        "--template",
        metavar=N_("FILE"),
        show_default=N_("a text of ours"),
        help_=N_("The text of messages, with {{ names }} to be filled in."),
    ),
]
MailRecipients = Annotated[
    Recipients,
    option("--recipients", help_=N_("Whether members see each other's addresses in a message.")),
]
FirstMeeting = Annotated[
    date | None,
    option(
        "--first",
        metavar=N_("DATE"),
        parser=_day,
        show_default=N_("that of the groups' facts"),
        help_=N_("The day of the first meeting, as 2026-12-01 or 1.12.2026."),
    ),
]
MeetingTime = Annotated[
    time | None,
    option(
        "--time",
        metavar=N_("TIME"),
        parser=_hour,
        show_default=N_("that of the groups' facts, or their common hour"),
        help_=N_("When meetings begin, as 15:00."),
    ),
]
Minutes = Annotated[
    int,
    option(
        "--minutes",
        metavar=Template("N"),
        min=1,
        max=1440,
        help_=N_("How long a meeting is, where the groups' facts do not tell."),
    ),
]
HowOften = Annotated[
    Every | None,
    option(
        "--every",
        show_default=N_("that of the groups' facts"),
        help_=N_("How often groups meet."),
    ),
]
MeetingCount = Annotated[
    int | None,
    option(
        "--meetings",
        metavar=Template("N"),
        min=1,
        max=1000,
        help_=N_("How many meetings there are."),
    ),
]
Zone = Annotated[
    str, option("--zone", metavar=N_("ZONE"), help_=N_("The time zone of the meetings."))
]
Faultlines = Annotated[
    bool,
    option("--faultlines", help_=N_("Add the strength of faultlines (Fau) to research tables.")),
]
Login = Annotated[
    str | None,
    option(
        "--login",
        metavar=N_("COLUMN"),
        show_default=N_("their e-mail addresses"),
        help_=N_("The column of what people log in with in Moodle or Canvas."),
    ),
]
Course = Annotated[
    str,
    option("--course", metavar=N_("NAME"), help_=N_("The short name of the course in Moodle.")),
]
ExportPlace = Annotated[
    Path | None,
    option(
        "-o",
        "--output",
        metavar=N_("PATH"),
        show_default=N_("export beside groups.csv, else NAME-export"),
        help_=N_("The folder to write into, or for a single file its name."),
    ),
]
JobsArgument = Annotated[
    Path, argument(metavar=N_("JOBS"), help_=N_("The file of jobs (YAML) to do."))
]
BatchFolder = Annotated[
    Path,
    option(
        "-o",
        "--output",
        metavar=N_("DIR"),
        help_=N_("The folder to write into; each job has its own in it."),
    ),
]
Only = Annotated[
    list[str] | None,
    option("--only", metavar=N_("NAME"), help_=N_("Do this job alone; repeatable.")),
]
Rerun = Annotated[
    list[Ended] | None,
    option("--rerun", help_=N_("Do those again that ended so; repeatable.")),
]
PlanOnly = Annotated[
    bool, option("--dry-run", help_=N_("Tell what would be done and why, and do nothing."))
]
Strict = Annotated[
    bool, option("--strict", help_=N_("Exit with 1 unless groups were formed in every job."))
]
Workers = Annotated[
    int,
    option(
        "--workers",
        metavar=Template("N"),
        min=1,
        max=1024,
        help_=N_("Processes; changes no result."),
    ),
]
Executor = Annotated[
    str,
    option(
        "--executor",
        metavar=N_("WHERE"),
        help_=N_("local, or the address of a Dask cluster: dask://host:port. Changes no result."),
    ),
]
Language = Annotated[
    str,
    option(
        "--lang",
        metavar=Template("|".join(languages())),
        callback=_language,
        autocompletion=lambda: list(languages()),
        show_default=N_("that of VERMEGROUP_LANG or of the system"),
        help_=N_("The language of everything that is told."),
    ),
]
BatchLanguage = Annotated[
    str,
    option(
        "--lang",
        metavar=Template("|".join(languages())),
        callback=_language,
        autocompletion=lambda: list(languages()),
        show_default=N_("that of VERMEGROUP_LANG or of the system"),
        help_=N_(
            "The language of the summaries, of what is told here, and of jobs that name none; what "
            "was noticed in a job is told in the job's own."
        ),
    ),
]
"""A language that there is: the command that has the option always gets one."""
OutputFormat = Annotated[
    Format, option("--format", help_=N_("What to show; JSON goes to standard output alone."))
]
ExitZero = Annotated[
    bool,
    option("--exit-zero", help_=N_("Exit with 0 whatever the answer is, also where it is no.")),
]
Quiet = Annotated[bool, option("--quiet", "-q", help_=N_("Show no summary and no progress."))]
Force = Annotated[bool, option("--force", help_=N_("Write over files that were edited since."))]
Keep = Annotated[
    int,
    option(
        "--keep",
        metavar=Template("N"),
        min=0,
        max=1_000_000,
        help_=N_("How many earlier results stay in the folder's earlier/."),
    ),
]
Columns = Annotated[
    list[str] | None,
    option(
        "--column",
        metavar=N_("TRAIT=HEADER"),
        help_=N_("The column that holds a trait; repeatable."),
    ),
]
Sheet = Annotated[
    str | None, option("--sheet", metavar=N_("NAME"), help_=N_("The workbook's sheet to read."))
]
Day = Annotated[
    date | None,
    option(
        "--day",
        metavar=N_("DATE"),
        parser=_day,
        show_default=N_("today, or that of the groups' record"),
        help_=N_("The day up to which years since a start date are counted."),
    ),
]
Pseudonymise = Annotated[
    bool,
    option("--pseudonymise", help_=N_("Keyed hashes for ids; no names and no e-mails anywhere.")),
]
KeyFile = Annotated[
    Path | None,
    option(
        "--key-file",
        metavar=N_("FILE"),
        help_=N_("The key for --pseudonymise; or set VERMEGROUP_KEY."),
    ),
]


def how(
    columns: list[str] | None,
    sheet: str | None,
    *,
    day: date | None = None,
    pseudonymise: bool,
    key_file: Path | None,
    group_facts: Path | None = None,
    replaced: Path | None = None,
) -> How:
    """The options that say how a roster and what belongs to it are read, as one.

    Raises:
        InputError: a column is not written as TRAIT=HEADER, or the key is missing.
    """
    from vermegroup.app.privacy.how import How, key_for

    key = key_for(pseudonymise, key_file)
    headers = headers_by_trait(columns or [])
    return How(headers, sheet, key, day, group_facts, replaced)


def headers_by_trait(pairs: list[str]) -> dict[str, str]:
    """``trait=Header``, as written on a command line, as a mapping.

    Raises:
        InputError: with every pair that is none, and every trait that is given twice.
    """
    headers: dict[str, str] = {}
    faults = []
    for pair in pairs:
        trait, equals, header = (part.strip() for part in pair.partition("="))
        if not (trait and equals and header):
            faults.append(_fault(_NO_PAIR, pair))
        elif trait in headers:
            faults.append(_fault(_TWICE, pair))
        else:
            headers[trait] = header
    if faults:
        raise InputError(faults)
    return headers


def pairs_of_people(swaps: list[str]) -> tuple[tuple[str, str], ...]:
    """The two people of each swap.

    Raises:
        InputError: a swap names only one.
    """
    pairs = [(one, two) for one, _rest, two in (swap.partition(BETWEEN_TWO) for swap in swaps)]
    faults = [
        Finding(Severity.ERROR, _TWO_PEOPLE, column="--swap", value=one, hint=_SWAP_EXAMPLE)
        for one, two in pairs
        if not (one.strip() and two.strip())
    ]
    if faults:
        raise InputError(faults)
    return tuple(pairs)


def lot(draws: int | None, among: Among, within: Fraction, sizes: Sizes) -> DrawRequest | None:
    """What is to be drawn, if anything.

    Raises InputError for options that would go unheeded.
    """
    if draws is None and (among is not Among.OPTIMAL or within or sizes is not Sizes.FIXED):
        raise InputError([Finding(Severity.ERROR, _NOTHING_DRAWN, hint=_DRAW_SO_MANY)])
    if among is Among.VALID and within:
        raise InputError([Finding(Severity.ERROR, _ALL_VALID, hint=_ONE_OF_THEM)])
    return None if draws is None else DrawRequest(draws, among, within, sizes)


_NOTHING_DRAWN = _("--among, --within and --sizes are about groupings that are drawn, and none is")
_DRAW_SO_MANY = _("Add --draw, such as --draw 1000, or leave them out")
_ALL_VALID = _("--among valid takes groupings however good they are, so --within means nothing")
_ONE_OF_THEM = _("Leave one of them out")


def _fault(message: Message, pair: str) -> Finding:
    return Finding(Severity.ERROR, message, column="--column", value=pair, hint=_EXAMPLE)


_TWO_PEOPLE = _("Two people are expected, who change places")
_SWAP_EXAMPLE = _("For example: --swap V-018 V-021")


_NO_PAIR = _("A trait and the header of its column are expected, with = between them")


_TWICE = _("This trait has got a column already")


_EXAMPLE = _('For example: --column "municipality=Work municipality"')
