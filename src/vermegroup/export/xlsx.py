"""A workbook: an overview of the groups, everybody by group, and a sheet for each group.

Written by `XlsxWriter <https://xlsxwriter.readthedocs.io>`_, with no time of its own in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter import Workbook

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.particulars import common_times, first_day, particulars
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.export.sheet_names import sheet_names, shortened
from vermegroup.export.sheets import LONGEST, MOST_ROWS, Book, Cell, Sheet, Table, filled_columns
from vermegroup.intake.group_facts import FACTS, fact_headers
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import legible
from vermegroup.language.messages import N_, _, capital
from vermegroup.language.terms import NAMES
from vermegroup.report.fact_labels import labels
from vermegroup.report.words import WORDS

_MOST_SHEETS = 100
"""Groups; sheets of more of them are hard to leaf through."""
_MADE = datetime(2000, 1, 1)
_LONGEST_TITLE, _LONGEST_FOOTER = 200, 60
_LONGEST_VALUE = 60


def workbook(handout: Handout, wanted: Wanted) -> Rendered:
    """One file of all sheets."""
    if sum(1 for _seat in handout.members()) >= MOST_ROWS:
        return Rendered({}, (Finding(Severity.ERROR, _TOO_LARGE, handout.file),))
    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True})
    name = " ".join(legible(handout.name).split())
    book.set_properties({"title": shortened(name, _LONGEST_TITLE), "created": _MADE})
    footer = shortened(name, _LONGEST_FOOTER).replace("&", "&&")
    pages = Book(book, wanted.language, footer)
    for sheet in _Sheets(handout, wanted).named():
        pages.add(sheet)
    book.close()
    findings = (*_addresses(handout), *_too_many(handout), *_cut(pages.cut, handout))
    return Rendered({"groups.xlsx": written.getvalue()}, findings)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Lays out what stands on each sheet."""

    handout: Handout
    wanted: Wanted

    @property
    def language(self) -> Language:
        return self.wanted.language

    def named(self) -> list[Sheet]:
        """All sheets, with names that a workbook takes."""
        sheets = [self.overview(), self.everybody()]
        if self.handout.waiting:
            waiting = self.people(self.handout.waiting)
            sheets.append(Sheet(WORDS["waitlist"].in_(self.language), waiting, filtered=True))
        if len(self.handout.groups) <= _MOST_SHEETS:
            sheets += map(self.group, self.handout.groups)
        names = sheet_names([sheet.name for sheet in sheets])
        return [sheet.called(name) for sheet, name in zip(sheets, names, strict=True)]

    def overview(self) -> Sheet:
        """A row for each group; a column of which no group tells anything is left out."""
        groups, word = self.handout.groups, self.word
        columns: list[tuple[str, Sequence[Cell]]] = [
            (word["group"], [group.id for group in groups]),
            (word["name"], [group.facts.name if group.facts else "" for group in groups]),
            (WORDS["part"].in_(self.language), [self.part(group) for group in groups]),
            (word["leader"], [group.leader for group in groups]),
            (WORDS["people_in_part"].in_(self.language), [len(group.members) for group in groups]),
            (_ADDRESSES.in_(self.language), list(map(_joined_addresses, groups))),
            (_COMMON_TIMES.in_(self.language), list(map(common_times, groups))),
        ]
        told = [self.told(group) for group in groups]
        columns += [(word[what], [each[what] for each in told]) for what in _TOLD]
        table = filled_columns(columns)
        return Sheet(_OVERVIEW.in_(self.language), table, landscape=True, filtered=True)

    def everybody(self) -> Sheet:
        """A row for each member of each group."""
        seats = [*self.handout.members()]
        names = [group.facts.name if group.facts else "" for group, _member in seats]
        people = self.columns([member for _group, member in seats])
        columns: list[tuple[str, Sequence[Cell]]] = [
            (self.word["group"], [group.id for group, _member in seats]),
            (_NAME_OF_GROUP.in_(self.language), names),
            *people,
        ]
        table = filled_columns(columns, self.handout.shown)
        return Sheet(_EVERYBODY.in_(self.language), table, filtered=True)

    def group(self, group: HandoutGroup) -> Sheet:
        """The members of a group, below what is told of it."""
        known = self.told(group)
        told: list[tuple[str, Cell]] = [(self.word["leader"], group.leader)]
        told += [(self.word[what], known[what]) for what in _TOLD]
        told.append((_COMMON_TIMES.in_(self.language), common_times(group)))
        facts = [(what, cell) for what, cell in told if cell]
        return Sheet(group.title, self.people(group.members), group.title, facts)

    def told(self, group: HandoutGroup) -> dict[str, Cell]:
        """What is known of a group besides its members, "" for what is not."""
        known = particulars(group, self.handout, self.wanted)
        return {
            "theme": known.theme,
            "place": known.place,
            "first_meeting": first_day(group, self.handout, self.wanted.meetings) or "",
            "time": known.time,
            "repeats": known.repeats,
        }

    def people(self, members: Sequence[Member]) -> Table:
        """A row for each of some people."""
        return filled_columns(self.columns(members), self.handout.shown)

    def columns(self, members: Sequence[Member]) -> list[tuple[str, Sequence[Cell]]]:
        """Names, addresses and what else was asked for, under their headers."""
        names = [capital(NAMES[what]).in_(self.language) for what in ("name", "email")]
        shown = zip(*(member.shown for member in members), strict=True) if members else ()
        return [
            (names[0], [member.name for member in members]),
            (names[1], [member.email for member in members]),
            *zip(self.handout.shown, map(list, shown), strict=bool(members)),
        ]

    def part(self, group: HandoutGroup) -> str:
        return group.part.in_(self.language) if group.part else ""

    @property
    def word(self) -> dict[str, str]:
        headers = (header[:1].upper() + header[1:] for header in fact_headers(self.language))
        words = dict(zip(FACTS, headers, strict=True))
        if self.handout.meeting:
            words["first_meeting"] = labels(meeting=True)["day"].in_(self.language)
        return words


_TOLD = ("theme", "place", "first_meeting", "time", "repeats")


def _joined_addresses(group: HandoutGroup) -> str:
    """As Outlook takes them into a line of recipients."""
    return "; ".join(member.email for member in group.members if has_address(member))


def _addresses(handout: Handout) -> Iterator[Finding]:
    """Who cannot be reached by the addresses of a group."""
    if not any(member.email for _group, member in handout.members()):
        yield Finding(Severity.NOTICE, _NO_ADDRESSES, handout.file)
        return
    yield from without_address(handout, Kind.XLSX, stands=True)


def _too_many(handout: Handout) -> Iterator[Finding]:
    if (groups := len(handout.groups)) > _MOST_SHEETS:
        said = _TOO_MANY.filled(most=_MOST_SHEETS, n=groups)
        yield Finding(Severity.NOTICE, said, handout.file, hint=_FILTER)


def _cut(texts: Sequence[str], handout: Handout) -> Iterator[Finding]:
    """A warning for each text that is longer than a cell may be."""
    rows = {
        legible(text): member.row
        for _group, member in handout.members()
        for text in (member.name, member.email, *member.shown)
    }
    for text in dict.fromkeys(texts):
        value = f"{text[:_LONGEST_VALUE]}…"
        said = _TOO_LONG.filled(most=LONGEST)
        yield Finding(Severity.WARNING, said, handout.file, rows.get(text), value=value)


_OVERVIEW, _EVERYBODY = _("Overview"), _("Everybody")
_ADDRESSES, _COMMON_TIMES = _("E-mail addresses"), _("Common times")
_NAME_OF_GROUP = _("Name of the group")
_NO_ADDRESSES = _("Nobody has an e-mail address, so the workbook has none")
_TOO_MANY = N_("A workbook has a sheet for each of {most} groups at most, and there are {n}")
_FILTER = _("Everybody stands on one sheet, and can be filtered by group there")
_TOO_LARGE = _("There are more people than a sheet of a workbook has rows: {n}", n=MOST_ROWS)
_TOO_LONG = N_("A cell holds {most} characters, and what is more was cut")
