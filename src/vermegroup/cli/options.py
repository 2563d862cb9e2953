"""Every option of the command line, declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import Message, _

if TYPE_CHECKING:
    from vermegroup.app.privacy.how import How


class Lang(StrEnum):
    """The languages of reports and messages."""

    EN = "en"
    FI = "fi"
    SV = "sv"


class Format(StrEnum):
    """How an answer is shown on standard output."""

    TEXT = "text"
    JSON = "json"


class Shape(StrEnum):
    """The shapes of synthetic rosters."""

    PILOT = "pilot"
    LOOSE = "loose"
    TIGHT = "tight"


class PolicyName(StrEnum):
    """How groups are rebalanced."""

    MERGE = "merge"
    MOVE = "move"


RosterArgument = Annotated[
    str,
    typer.Argument(
        metavar="ROSTER", help="The enrolment export (CSV, .xlsx, .ods); - is standard input."
    ),
]
GroupsArgument = Annotated[
    str,
    typer.Argument(metavar="GROUPS", help="A roster with a group column; - is standard input."),
]
Absent = Annotated[
    list[str] | None,
    typer.Option(
        "--absent",
        metavar="FILE|IDS",
        help="Who misses this one meeting: ids or names, or a file of them.",
    ),
]
Left = Annotated[
    list[str] | None,
    typer.Option(
        "--left", metavar="FILE|IDS", help="Who left for good: ids or names, or a file of them."
    ),
]
Joining = Annotated[
    str | None,
    typer.Option("--joining", metavar="FILE", help="A roster of newcomers."),
]
PolicyOption = Annotated[
    PolicyName | None,
    typer.Option(
        "--policy",
        show_default="merge where it suffices",
        help="Combine groups whole only, or move single people too.",
    ),
]
History = Annotated[
    list[Path] | None,
    typer.Option(
        "--history",
        metavar="FILE",
        help="The plan of an earlier meeting, so that others take their turn; repeatable.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the plan, and write nothing.")]
RebalanceFolder = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        show_default="NAME-meeting with --absent, else NAME-rebalanced",
        help="The folder to write into.",
    ),
]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="FILE", help="The rulebook (YAML) to follow.")
]
Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help="A rulebook that ships with vermegroup."),
]
GroupCount = Annotated[
    int | None,
    typer.Option(
        "--groups", metavar="K", min=1, max=1_000_000, help="Form exactly so many groups."
    ),
]
OutputFolder = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        show_default="NAME-groups",
        help="The folder to write into.",
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="Repeats a run exactly.")
]
TimeLimit = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="Stop searching then.")
]
Workers = Annotated[
    int,
    typer.Option("--workers", metavar="N", min=1, max=1024, help="Processes; changes no result."),
]
Executor = Annotated[
    str,
    typer.Option(
        "--executor",
        metavar="WHERE",
        help="local, or the address of a Dask cluster: dask://host:port. Changes no result.",
    ),
]
Language = Annotated[
    Lang, typer.Option("--lang", envvar="VERMEGROUP_LANG", help="The language of the report.")
]
OutputFormat = Annotated[
    Format, typer.Option("--format", help="What to show; JSON goes to standard output alone.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no summary and no progress.")]
Force = Annotated[bool, typer.Option("--force", help="Write over files that were edited since.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="TRAIT=HEADER", help="The column that holds a trait; repeatable."
    ),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="The workbook's sheet to read.")
]
Pseudonymise = Annotated[
    bool,
    typer.Option("--pseudonymise", help="Keyed hashes for ids; no names and no e-mails anywhere."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file", metavar="FILE", help="The key for --pseudonymise; or set VERMEGROUP_KEY."
    ),
]


def how(
    columns: list[str] | None, sheet: str | None, *, pseudonymise: bool, key_file: Path | None
) -> How:
    """The options that say how a roster is read, as one.

    Raises:
        InputError: a column is not written as TRAIT=HEADER, or the key is missing.
    """
    from vermegroup.app.privacy.how import How, key_for

    return How(headers_by_trait(columns or []), sheet, key_for(pseudonymise, key_file))


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


def _fault(message: Message, pair: str) -> Finding:
    return Finding(Severity.ERROR, message, column="--column", value=pair, hint=_EXAMPLE)


_NO_PAIR = _("A trait and the header of its column are expected, with = between them")


_TWICE = _("This trait has got a column already")


_EXAMPLE = _('For example: --column "municipality=Work municipality"')
