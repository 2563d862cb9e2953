"""The form of exports: what it offers, what it asks for, and faults in its own words.

Of what a form holds only that counts which the chosen kinds take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vermegroup.app.export import ExportRequest
from vermegroup.app.idle_options import TAKEN_BY
from vermegroup.app.stays_here import columns_told
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.pages import fields
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.pages.words import EXPORTS, WORDS
from vermegroup.edit.session.state import Source, State
from vermegroup.export.folder import NOTHING_WRITTEN, folder_for
from vermegroup.export.kinds import KINDS
from vermegroup.export.moodle import GIVE_COURSE
from vermegroup.export.rendered import Every, Kind, Meetings, Wanted
from vermegroup.export.schedule import (
    FIRST_AND_TIME,
    GIVE_EVERY,
    GIVE_FIRST,
    GIVE_TIME,
    HOW_MANY,
)
from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.language.messages import Message, _

MOST_MINUTES, MOST_MEETINGS = 1440, 1000
"""As the options of the command line have it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of export, what it is called and makes, and which fields it ``takes``."""

    kind: str
    name: Message
    summary: Message
    takes: str


def offered() -> list[Offered]:
    """All kinds."""
    return [
        Offered(kind.value, EXPORTS[kind], maker.summary.filled(), " ".join(_fields_of(kind)))
        for kind, maker in KINDS.items()
    ]


def headers_told(state: State) -> tuple[list[str], list[str]]:
    """The headers of what may be shown of everybody, and of what people may log in with."""
    told = columns_told(state.groups.look.columns, state.groups.problem)
    logins = [column.header for column in told if column.trait not in _NO_LOGINS]
    return [column.header for column in told if column.trait not in _SHOWN_ANYWAY], logins


def export_asked(
    asked: Fields, source: Source, language: Language, *, meeting: bool
) -> ExportRequest:
    """What a form asks for. Raises InputError where it cannot be meant, or no kind is chosen.

    The groups of a single ``meeting`` do not repeat it.
    """
    names = fields.several(asked, "kind")
    if any(name not in list(Kind) for name in names):
        fields.refuse()
    if not names:
        raise InputError([Finding(Severity.ERROR, _NO_KIND)])
    kinds = tuple(map(Kind, names))
    taken = {option for option, takers in TAKEN_BY.items() if set(takers) & set(kinds)}
    if meeting:
        taken -= {"--every", "--meetings"}
    wanted = Wanted(
        language,
        emails="--emails" in taken and bool(fields.text(asked, "emails")),
        meetings=_meetings(asked, taken),
        folder=folder_for(source.path, None),
        course=fields.text(asked, "course").strip() if "--course" in taken else "",
    )
    shown = tuple(fields.several(asked, "show")) if "--show" in taken else ()
    login = fields.text(asked, "login") if "--login" in taken else ""
    return ExportRequest(source.path, kinds, shown, wanted, login or None)


def _meetings(asked: Fields, taken: Iterable[str]) -> Meetings:
    usual, told = Meetings(), frozenset(taken)
    every = fields.text(asked, "every") if "--every" in told else ""
    if every and every not in list(Every):
        fields.refuse()
    first = fields.text(asked, "first") and "--first" in told
    minutes = fields.number(asked, "minutes", MOST_MINUTES) if "--minutes" in told else None
    return Meetings(
        date.fromisoformat(fields.day(asked, "first")) if first else None,
        fields.hour(asked, "time") if "--time" in told else None,
        minutes or usual.minutes,
        Every(every) if every else None,
        fields.number(asked, "meetings", MOST_MEETINGS) if "--meetings" in told else None,
    )


def in_words_of_the_form(findings: Sequence[Finding], file: str) -> list[Finding]:
    """The findings without options of the command line, and without the path of the groups."""
    return [
        replace(
            each,
            file="" if each.file == file else each.file,
            column=_column(each.column),
            hint=_hint(each),
        )
        for each in findings
        if each != NOTHING_WRITTEN
    ]


def _column(column: str | None) -> str | None:
    return None if (column or "").startswith("-") else column


def _hint(finding: Finding) -> Message | None:
    hint = finding.hint
    if hint is None or " -" not in hint.in_(ENGLISH):
        return hint
    return _HINTS.get(hint, _DOWNLOAD if finding.severity is Severity.ERROR else None)


def _fields_of(kind: Kind) -> list[str]:
    """The classes of the fields that a kind takes."""
    return [
        f"takes-{option.lstrip('-')}"
        for option, takers in TAKEN_BY.items()
        if option in _FIELDS and kind in takers
    ]


_FIELDS = ("--show", "--emails", "--first", "--minutes", "--every", "--login", "--course")
"""One of each that the form shows and hides together: the hour goes with the day."""
_SHOWN_ANYWAY = frozenset(("name", "first name", "last name", "email", "group"))
_NO_LOGINS = frozenset(("first name", "last name", "email", "group"))
_NO_KIND = _("Choose what to export")
_TIMES = _("Tell the day and the time below “{when}”", when=WORDS["when_meet"])
_RHYTHM = _("Tell it below “{when}”", when=WORDS["when_meet"])
_DOWNLOAD = _("Download it instead, or take away what is in the folder")
_HINTS: dict[Message, Message] = {
    FIRST_AND_TIME: _TIMES,
    GIVE_FIRST: _RHYTHM,
    GIVE_TIME: _RHYTHM,
    GIVE_EVERY: _RHYTHM,
    HOW_MANY: _RHYTHM,
    GIVE_COURSE: _("Give the short name of the course, or write it into the column"),
}
