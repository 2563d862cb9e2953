"""What an export is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from pathlib import Path

from vermegroup.domain.findings import Finding
from vermegroup.language.catalogues import ENGLISH, Language


class Kind(StrEnum):
    """What groups can go out as."""

    LIST = "list"
    XLSX = "xlsx"
    MAIL = "mail"
    CALENDAR = "calendar"
    ZOOM = "zoom"
    TEAMS = "teams"
    MOODLE = "moodle"
    CANVAS = "canvas"
    VCARD = "vcard"
    RESEARCH = "research"


class Every(StrEnum):
    """How often groups meet."""

    WEEK = "week"
    TWO_WEEKS = "two-weeks"
    MONTH = "month"


class Recipients(StrEnum):
    """Where the members stand in a message: seen by each other, or not."""

    BCC = "bcc"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Meetings:
    """When groups meet: from the ``first`` day at a ``time``, so many ``minutes``, repeated.

    What is None is told by the facts of the groups, or is not known. ``zone`` is a name of the
    IANA time zone database.
    """

    first: date | None = None
    time: time | None = None
    minutes: int = 60
    every: Every | None = None
    count: int | None = None
    zone: str = "Europe/Helsinki"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is asked for, beyond its kind.

    ``emails`` puts addresses on lists, too. ``template`` is a file of the user's own for messages.
    ``course`` is the short name of a course of Moodle.
    ``folder`` is where the files will go, and where those of an earlier export may be.
    ``faultlines`` adds an index of them to research tables.
    """

    language: Language = ENGLISH
    emails: bool = False
    one_per_page: bool = False
    template: Path | None = None
    recipients: Recipients = Recipients.BCC
    meetings: Meetings = field(default_factory=Meetings)
    folder: Path | None = None
    course: str = ""
    faultlines: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of the files of one kind, by their paths within the folder, and what was noticed.

    A kind that lacks what it cannot do without has an error among its ``findings``, and no files.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
