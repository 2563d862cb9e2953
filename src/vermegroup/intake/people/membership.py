"""The members of permanent groups, whom a call means, and the newcomers who join them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from vermegroup.domain.findings import Finding
from vermegroup.domain.roster import Table
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.source import is_workbook, read_source, spoken
from vermegroup.intake.groups import Mention, with_groups_chosen
from vermegroup.intake.headers.find_columns import Chosen, chosen_columns, deciding, places_of
from vermegroup.intake.headers.join import with_joined
from vermegroup.intake.headers.recognise import plain
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.people.identity import name_meanings
from vermegroup.intake.people.meeting_columns import note_lost_groups, permanent
from vermegroup.intake.people.people import People
from vermegroup.intake.pipeline import Look, ReadOptions, look_at_sheet
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import _

Ids = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Meant:
    """The ``ids`` of members and of those who are gone; who else is called what, by ids.

    A text that is an id means that one; one that no member is called may mean who is ``gone``.
    """

    ids: frozenset[str] = frozenset()
    members: Ids = field(default_factory=dict)
    gone: Ids = field(default_factory=dict)

    def by_id(self, mentions: Iterable[Mention]) -> list[Mention]:
        """The mentions with the ids that are meant, where these are certain."""
        return list(map(self._by_id, mentions))

    def _by_id(self, mention: Mention) -> Mention:
        if mention.text in self.ids:
            return mention
        (meaning,) = name_meanings([mention.text])
        found = self.members.get(meaning) or self.gone.get(meaning, ())
        if len(found) == 1:
            return replace(mention, text=found[0])
        return replace(mention, shared=found)


def meant_by(people: People | None, gone: Mapping[int, str], sheet: Sheet, chosen: Chosen) -> Meant:
    """What the members are called, and those who are ``gone``: their rows of a sheet, with ids."""
    if people is None:
        return Meant()
    ids = people.ids.tolist()
    rows = sheet.rows().tolist()
    left = [(gone[row], at) for at, row in enumerate(rows) if row in gone]
    texts = [[column[at] for _, at in left] for column in _columns(sheet, chosen)]
    return Meant(
        frozenset((*ids, *gone.values())),
        _ids(ids, people.names.tolist(), people.emails.tolist()),
        _ids([id_ for id_, _ in left], *texts),
    )


def _ids(ids: Sequence[str], *columns: Sequence[str]) -> Ids:
    """The ids of those who are called something, by what it means; nothing is no name."""
    found: dict[str, dict[str, None]] = {}
    for texts in columns:
        for id_, meaning in zip(ids, name_meanings(list(texts)), strict=True):
            if meaning:
                found.setdefault(meaning, {})[id_] = None
    return {meaning: tuple(called) for meaning, called in found.items()}


def _columns(sheet: Sheet, chosen: Chosen) -> list[list[str]]:
    """The names and the e-mails of a sheet, where there is one column of them."""
    places = {
        trait: columns
        for trait in ("name", "first name", "last name", "email")
        if len(columns := places_of(trait, sheet, chosen)) == 1
    }
    found = [sheet.texts(places[trait][0]) for trait in ("name", "email") if trait in places]
    if "name" not in places and {"first name", "last name"} <= set(places):
        parts = [sheet.texts(places[trait][0]) for trait in ("first name", "last name")]
        found.append([f"{first} {last}" for first, last in zip(*parts, strict=True)])
    return found


_GROUP = "group"


def with_rows_of(other: Sheet, rows: list[int], sheet: Sheet, ledger: Ledger, file: str) -> Sheet:
    """A sheet with some rows of another below its own; what the other says of groups is left out.

    Columns belong together that hold the same trait, or have the same header. A column of the
    other sheet that has no counterpart is left out, and the ledger says so.
    """
    places = _counterparts(sheet, other)
    for place, name in enumerate(other.names):
        if name and place not in places and place not in places_of(_GROUP, other):
            ledger.notice(
                _("{file} has a column that the groups do not have; it is left out", file=file),
                column=name,
            )
    table = sheet.table
    cells = other.table.cells.iloc[rows]
    blank = [""] * len(rows)
    added = [blank if at is None else cells.iloc[:, at].tolist() for at in places]
    more = pd.DataFrame(dict(enumerate(added)), dtype=str)
    both = pd.concat([table.cells.set_axis(more.columns, axis="columns"), more], ignore_index=True)
    numbers = np.arange(1, len(rows) + 1) + _last_row(sheet)
    return replace(
        sheet,
        table=replace(
            table,
            cells=both.astype("str").set_axis(table.cells.columns, axis="columns"),
            row_numbers=np.concatenate([table.row_numbers, numbers]),
        ),
        people=np.concatenate([sheet.people, len(table.cells) + np.arange(len(rows))]),
    )


def located(
    findings: Iterable[Finding], sheet: Sheet, other: Sheet, rows: list[int], file: str
) -> Iterator[Finding]:
    """Findings about rows that came from the other sheet, told where a person finds them."""
    last = _last_row(sheet)
    for finding in findings:
        if finding.row is None or finding.row <= last:
            yield finding
        else:
            row = int(other.table.row_numbers[rows[finding.row - last - 1]])
            yield replace(finding, file=file, row=row)


def _last_row(sheet: Sheet) -> int:
    return int(sheet.table.row_numbers[-1])


def _counterparts(sheet: Sheet, other: Sheet) -> list[int | None]:
    """For each column of the sheet that of the other; none for the groups."""
    of_trait: dict[int, int] = {}
    for trait in WORDS:
        ours, theirs = places_of(trait, sheet), places_of(trait, other)
        if len(ours) == len(theirs) == 1:
            of_trait[ours[0]] = theirs[0]
    by_name = {plain(name): place for place, name in reversed(list(enumerate(other.names)))}
    groups = places_of(_GROUP, sheet)
    return [
        None if place in groups else of_trait.get(place, by_name.get(plain(name) or "\0"))
        for place, name in enumerate(sheet.names)
    ]


Newcomers = Callable[[Sheet, ReadOptions, Look], Sheet]
"""What is read of a sheet of newcomers, given a look at those whom they join."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A look at permanent groups with those who join; the first ``kept`` rows were there before.

    ``gone`` are the ids of rows that are set aside. ``known`` are the newcomers who are members
    already. ``cancelled`` is the column in which it is marked who left, None where there is none.
    ``joining`` is the newcomers' table. ``text`` are the bytes of a file of permanent groups that
    can be written again as it is: no workbook, and no plan of a meeting. ``meant`` tells whom a
    call means.
    """

    look: Look
    kept: int
    gone: frozenset[str]
    known: tuple[str, ...]
    cancelled: str | None
    joining: Table | None = None
    text: bytes | None = None
    meant: Meant = field(default_factory=Meant)


def look_at_members(
    groups: Path | str,
    joining: Path | str | None,
    how: ReadOptions,
    newcomers: Newcomers = lambda sheet, *_: sheet,
) -> Membership:
    """Read permanent groups, and newcomers as their last rows, with no group yet.

    Of the plan of one meeting the permanent groups are read.

    Raises:
        RosterError: a file holds no table.
    """
    ledger = Ledger(spoken(groups))
    source = read_source(groups, ledger)
    headers = {**how.rulebook.columns, **how.columns}
    sheet = with_joined(sheet_of(source, ledger, how.sheet), headers)
    quiet = Ledger(ledger.file)
    chosen = with_groups_chosen(sheet, chosen_columns(headers, sheet, quiet), quiet)
    sheet, was_plan = permanent(sheet, chosen)
    sheet = with_joined(sheet, headers) if was_plan else sheet
    text = None if was_plan or is_workbook(source.data) else source.data
    if was_plan:
        ledger.notice(_WAS_PLAN)
    chosen = with_groups_chosen(sheet, chosen_columns(headers, sheet, ledger), ledger)
    look = look_at_sheet(sheet, how, chosen, ledger, grouped=True)
    look = _with_groups_there(look, sheet, chosen, ledger)
    gone = {
        aside.row: aside.id for aside in look.set_aside if aside.id and aside.merged_into is None
    }
    mark, kept = _mark(sheet, chosen), len(sheet.table.cells)
    found = Membership(look, kept, frozenset(gone.values()), (), mark, text=text)
    if joining is None or look.roster is None:
        return replace(found, meant=meant_by(look.people, gone, sheet, chosen))
    other = newcomers(_newcomers(joining), how, look)
    rows, known = _new_among(other, look)
    ledger = Ledger(spoken(groups))
    both = with_rows_of(other, rows, sheet, ledger, spoken(joining))
    look = look_at_sheet(both, how, chosen, ledger, grouped=True)
    findings = located(look.findings, sheet, other, rows, spoken(joining))
    look = replace(look, findings=tuple(findings))
    meant = meant_by(look.people, gone, sheet, chosen)
    return replace(found, look=look, known=known, joining=other.table, meant=meant)


def _with_groups_there(look: Look, sheet: Sheet, chosen: Chosen, ledger: Ledger) -> Look:
    """The look, of no use where its groups are a meeting's, and the permanent ones are lost."""
    if look.roster is None or look.grouping is None:
        return look
    note_lost_groups(sheet, look.roster.rows[look.grouping.waitlist()], chosen, ledger)
    if not ledger.has_errors():
        return look
    return replace(look, findings=ledger.findings(), roster=None, grouping=None)


def _newcomers(file: Path | str) -> Sheet:
    ledger = Ledger(spoken(file))
    sheet = sheet_of(read_source(file, ledger), ledger)
    ledger.stop_on_errors()
    return with_joined(sheet, {})


def _mark(sheet: Sheet, chosen: Chosen) -> str | None:
    return deciding("cancelled", [sheet.names[at] for at in places_of("cancelled", sheet, chosen)])


def _new_among(other: Sheet, look: Look) -> tuple[list[int], tuple[str, ...]]:
    """The rows of those who are no members yet, and the ids of those who are."""
    places = places_of("id", other)
    rows = other.people.tolist()
    if len(places) != 1 or look.roster is None:
        return rows, ()
    members = set(look.roster.ids.tolist())
    ids = other.texts(places[0])
    fresh = [row for row, id_ in zip(rows, ids, strict=True) if id_ not in members]
    return fresh, tuple(id_ for id_ in ids if id_ in members)


_WAS_PLAN = _("This is the plan of one meeting; the permanent groups in it are taken")
