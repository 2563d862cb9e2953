"""The members of permanent groups, whom a call means, and the newcomers who join them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from vermegroup.domain.findings import Finding
from vermegroup.domain.persons import Persons
from vermegroup.domain.roster import Table
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.cells import TEXT, is_blank, split_values
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.packed import is_packed
from vermegroup.intake.files.readings import GROUPS, JOINING
from vermegroup.intake.files.source import Given, read_source, spoken
from vermegroup.intake.groups import Mention, with_groups_chosen
from vermegroup.intake.headers.added import added_in
from vermegroup.intake.headers.find_columns import (
    NOTHING_CHOSEN,
    Chosen,
    chosen_columns,
    deciding,
    places_of,
)
from vermegroup.intake.headers.join import with_joined
from vermegroup.intake.headers.recognise import plain
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.ledger import Ledger, with_rows
from vermegroup.intake.people.attendance import ABSENT_TODAY, cancelled, with_marks
from vermegroup.intake.people.called import Called
from vermegroup.intake.people.identity import MeaningOf
from vermegroup.intake.people.joining import AlreadyThere, Differing, new_among
from vermegroup.intake.people.linkage import linked
from vermegroup.intake.people.meeting_columns import MARK, note_lost_groups, permanent
from vermegroup.intake.people.people import called_as
from vermegroup.intake.people.statuses import is_marked
from vermegroup.intake.people.told import told_apart, who_is
from vermegroup.intake.pipeline import Look, ReadOptions, look_at_sheet
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import parsed
from vermegroup.intake.traits.traits import needs_of, telling
from vermegroup.intake.wide_groups import one_row_each
from vermegroup.language.messages import N_, Message, Who, _, joined, verbatim


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a call may mean: the members, and where nobody of them is meant, those who are gone."""

    members: Persons
    gone: Persons

    def put_together(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions, "Keksitty, Aino" being one where it means one person and its parts none."""
        found: list[Mention] = []
        pairs = any(mention.pair for mention in mentions)
        called = [called_as(persons) for persons in (self.members, self.gone) if pairs]
        for mention in mentions:
            if found and _is_one(found[-1], mention, called):
                found[-1] = replace(found[-1], text=found[-1].pair, pair="")
            else:
                found.append(mention)
        return found

    def by_id(self, mentions: Iterable[Mention]) -> list[Mention]:
        """The mentions with the ids that are meant, where these are certain."""
        rows = self._of_tables(list(mentions))
        called = [(persons, called_as(persons)) for persons in (self.members, self.gone)]
        return [row if row.meant is not None or row.two else _by_text(row, called) for row in rows]

    def _of_tables(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions, those that are rows of a table compared with the members as a whole."""
        rows = [at for at, mention in enumerate(mentions) if mention.person is not None]
        if not rows:
            return mentions
        persons = Persons.of(*zip(*(mentions[at].person or () for at in rows), strict=True))
        for known in (self.members, self.gone):
            found = linked(known, persons)
            called = called_as(known)
            for at, place, clashing in zip(rows, found.place, found.clashing, strict=True):
                if mentions[at].meant is not None or mentions[at].two:
                    continue
                if two := _two(mentions[at], known, called):
                    mentions[at] = replace(mentions[at], two=two)
                    continue
                if place >= 0:
                    who = who_is(known, int(place))
                    mentions[at] = replace(mentions[at], text=str(who), meant=who)
                elif clashing:  # its id is somebody else's here
                    _rest, name, email = mentions[at].person or ("", "", "")
                    mentions[at] = replace(mentions[at], text=name or email)
        return mentions


def _two(mention: Mention, known: Persons, called: Called) -> tuple[Who, ...]:
    """The member of a row's id, and another whose name or e-mail stands there; none where one."""
    id_, *marks = mention.person or ("", "", "")
    own = called.place(id_) if id_ else None
    if own is None:
        return ()
    meant = (places for mark in marks if mark and (places := called.places(mark)))
    other = next((places[0] for places in meant if own not in places), None)
    return () if other is None else (who_is(known, own), who_is(known, other))


def _is_one(mention: Mention, after: Mention, known: Sequence[Called]) -> bool:
    """Whether two mentions are one person's family name and the names before it."""
    if not mention.pair or all(called.place(mention.pair) is None for called in known):
        return False
    return not any(called.places(part.text) for called in known for part in (mention, after))


_NO_PERSONS = Persons.of([], [], [])
_NOBODY = Meant(_NO_PERSONS, _NO_PERSONS)


def _by_text(mention: Mention, known: Iterable[tuple[Persons, Called]]) -> Mention:
    for persons, called in sorted(known, key=lambda each: mention.text not in each[1].ids):
        places = called.places(mention.text)
        if len(places) == 1:
            who = who_is(persons, places[0])
            return replace(mention, text=str(who), meant=who, written=mention.text)
        if places:
            return replace(mention, shared=tuple(told_apart(persons, place) for place in places))
    return mention


_GROUP = "group"


def with_rows_of(
    other: Sheet, rows: list[int], sheet: Sheet, counterparts: Sequence[int | None], ledger: Ledger
) -> Sheet:
    """A sheet with some rows of another below its own; what the other says of groups is left out.

    A column of the other sheet that has no counterpart is left out, and the ledger says so.
    """
    places, file = counterparts, other.table.name
    for place in _left_out(other, places):
        ledger.notice(
            _("{file} has a column that the groups do not have; it is left out", file=file),
            column=other.names[place],
        )
    table = sheet.table
    at_rows = np.searchsorted(other.people, rows)
    blank = [""] * len(rows)
    added = [
        blank if at is None else np.array(other.written(at), dtype=object)[at_rows].tolist()
        for at in places
    ]
    more = pd.DataFrame(dict(enumerate(added)), dtype=TEXT)
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


def _gone_of(other: Sheet, sheet: Sheet, ledger: Ledger) -> dict[int, str]:
    """The newcomers who cancelled by columns that the groups lack: what marks each, by row."""
    shared = {place for place in _counterparts(sheet, other, {}) if place is not None}
    header = ["" if place in shared else name for place, name in enumerate(other.header)]
    own = replace(other, header=tuple(header))
    said = cancelled(own, ledger, NOTHING_CHOSEN, shared)
    texts = {
        each.row: str(dict(each.reason.values)["text"])
        for each in said
        if each.reason != ABSENT_TODAY  # who misses a meeting joins all the same
    }
    return {row: text if is_marked(text) else MARK for row, text in texts.items()}


def _with_gone(sheet: Sheet, header: str, marks: Mapping[int, str]) -> Sheet:
    """The sheet with marks, by rows of its table, in the column of those who cancelled."""
    table = sheet.table
    for row, text in marks.items():
        table = with_marks(table, header, np.array([row]), text)
    added = tuple(map(str, table.cells.columns[len(sheet.names) :]))
    return replace(sheet, table=table, header=sheet.header + added, names=sheet.names + added)


def located(
    findings: Iterable[Finding], sheet: Sheet, other: Sheet, rows: list[int], file: str
) -> Iterator[Finding]:
    """Findings about rows that came from the other sheet, told where a person finds them."""
    last = _last_row(sheet)
    theirs = {last + at: int(other.table.row_numbers[row]) for at, row in enumerate(rows, start=1)}
    for finding in findings:
        place = theirs.get(finding.row or 0)
        told = (
            theirs if place else {row: _OF_NEWCOMERS.filled(row=own) for row, own in theirs.items()}
        )
        located = replace(finding, message=_with_rows(finding.message, told))
        yield replace(located, file=file, row=place) if place else located


_ROWS = ("row", "into", "rows", "shown")
# Translators: it stands in a list of rows: "rows 5, 24 and newcomers' row 3"
_OF_NEWCOMERS = N_("newcomers' row {row}")


def _with_rows(message: Message, told: Mapping[int, object]) -> Message:
    """A message in which some rows are told otherwise."""

    def retold(value: object) -> object:
        match value:
            case Message():
                return _with_rows(value, told)
            case int():
                return told.get(value, value)
            case tuple():
                return tuple(map(retold, value))
            case str():
                shown = (retold(int(row)) for row in value.split(", "))
                each = (row if isinstance(row, Message) else verbatim(str(row)) for row in shown)
                return joined(each, ", ")
            case _:
                return value

    values = (
        (name, retold(value) if name in _ROWS or isinstance(value, Message) else value)
        for name, value in message.values
    )
    return replace(message, values=tuple(values))


def _last_row(sheet: Sheet) -> int:
    return int(sheet.table.row_numbers[-1])


def _left_out(other: Sheet, places: Sequence[int | None]) -> list[int]:
    """The columns of the other sheet that are no counterpart, nor part of one, nor heeded."""
    taken = {part for place in places if place is not None for part in other.parts(place)}
    taken |= {
        place for trait in (_GROUP, "status", "cancelled") for place in places_of(trait, other)
    }
    return [place for place, name in enumerate(other.names) if name and place not in taken]


def _ruled(rulebook: Rulebook) -> list[str]:
    """The traits that newcomers must have for the rules; to name nobody is no fault of theirs."""
    needs = needs_of(replace(rulebook, preferences=()))
    return [trait for trait in dict.fromkeys(needs.columns()) if trait not in needs.links]


def _stop_where_missing(
    sheet: Sheet, other: Sheet, places: Sequence[int | None], traits: Mapping[str, int], file: str
) -> None:
    """Raise RosterError where a trait at a place of the sheet has no counterpart in the other."""
    ledger = Ledger(file)
    names = [other.names[place] for place in _left_out(other, places)]
    for trait, ours in traits.items():
        if all(places[part] is None for part in sheet.parts(ours)):
            message = _("The newcomers have no column “{header}”, which a rule needs", header=trait)
            ledger.error(message, _own_columns(sheet.name(ours), names), row=other.header_row)
    ledger.stop_on_errors()


def _own_columns(header: str, names: Sequence[str]) -> Message:
    if not names:
        return _("Give them a column “{header}”, as the groups have it", header=header)
    return _(
        "Call their column “{header}”, as the groups do. Those that are left out are: {found}",
        header=header,
        found=names,
    )


def _counterparts(sheet: Sheet, other: Sheet, needed: Mapping[str, int]) -> list[int | None]:
    """For each column of the sheet that of the other; none for the groups.

    Columns belong together that hold the same trait, or have the same header. ``needed`` are
    traits with their places in the sheet.
    """
    of_trait: dict[int, int] = {}
    for trait in (*needed, *WORDS):
        ours = [needed[trait]] if trait in needed else places_of(trait, sheet)
        theirs = places_of(trait, other)
        if len(ours) == len(theirs) == 1:
            of_trait[ours[0]] = theirs[0]
    by_name = {plain(name): place for place, name in reversed(list(enumerate(other.names)))}
    groups = places_of(_GROUP, sheet)
    return [
        None if place in groups else of_trait.get(place, by_name.get(plain(name) or "\0"))
        for place, name in enumerate(sheet.names)
    ]


def _differing(
    sheet: Sheet, other: Sheet, counterparts: Sequence[int | None], details: dict[int, MeaningOf]
) -> Differing:
    """What tells a member and a newcomer apart: details that both have, and that differ."""
    columns = [
        (other.name(theirs), meaning, sheet.texts(ours), other.texts(theirs))
        for ours, meaning in details.items()
        if (theirs := _at(counterparts, ours)) is not None
    ]

    def headers(member: int, newcomer: int) -> tuple[str, ...]:
        return tuple(
            header
            for header, meaning, ours, theirs in columns
            if ours[member]
            and theirs[newcomer]
            and not _same(ours[member], theirs[newcomer], meaning)
        )

    return headers


def _at(counterparts: Sequence[int | None], place: int) -> int | None:
    return counterparts[place] if place < len(counterparts) else None


def _same(one: str, other: str, meaning: MeaningOf) -> bool:
    if meaning(one) == meaning(other):
        return True
    number = parsed(one)
    if number is not None:
        return number == parsed(other)
    values = [set(map(meaning, split_values(text))) for text in (one, other)]
    return values[0] == values[1]


Newcomers = Callable[[Sheet, ReadOptions, Look], Sheet]
"""What is read of a sheet of newcomers, given a look at those whom they join."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A look at permanent groups with those who join; the first ``kept`` rows were there before.

    ``gone`` are the ids of rows that are set aside. ``known`` are the newcomers who are members
    already. ``cancelled`` is the column in which it is marked who left, None where
    there is none. ``joining`` is the newcomers' table. ``text`` are the bytes of a file of
    permanent groups that can be written again as it is: no workbook or archive, and no plan of a
    meeting. ``meant`` tells whom a call means.
    """

    look: Look
    kept: int
    gone: frozenset[str]
    known: tuple[AlreadyThere, ...]
    cancelled: str | None
    joining: Table | None = None
    text: bytes | None = None
    meant: Meant = field(default_factory=lambda: _NOBODY)


def look_at_members(
    groups: Given,
    joining: Given | None,
    how: ReadOptions,
    newcomers: Newcomers = lambda sheet, *_: sheet,
) -> Membership:
    """Read permanent groups, and newcomers as their last rows, with no group yet.

    Of the plan of one meeting the permanent groups are read.

    Raises:
        RosterError: a file holds no table, or a newcomer has the e-mail of a member.
    """
    ledger = Ledger(spoken(groups))
    source = read_source(groups, ledger, GROUPS)
    headers = {**how.rulebook.columns, **how.columns}
    written = with_joined(sheet_of(source, ledger, how.sheet), headers)
    quiet = Ledger(ledger.file)
    sheet = one_row_each(written, chosen_columns(headers, written, quiet), ledger)
    chosen = with_groups_chosen(sheet, chosen_columns(headers, sheet, quiet), quiet)
    reshaped = sheet is not written
    sheet, was_plan = permanent(sheet, chosen)
    sheet = with_joined(sheet, headers) if was_plan else sheet
    rewritten = reshaped or was_plan or is_packed(source.data)
    text = None if rewritten else source.data
    if was_plan:
        ledger.notice(_WAS_PLAN)
    chosen = with_groups_chosen(sheet, chosen_columns(headers, sheet, ledger), ledger)
    look = look_at_sheet(sheet, how, chosen, ledger, grouped=True)
    look = _with_groups_there(look, sheet, chosen, ledger)
    gone = {aside.row: aside.id for aside in look.set_aside if aside.id}
    mark, kept = _mark(sheet, chosen), len(sheet.table.cells)
    found = Membership(look, kept, frozenset(gone.values()), (), mark, text=text)
    if joining is None or look.roster is None:
        return replace(found, meant=_meant_by(look))
    assert look.people is not None  # they are read with the roster
    ledger = Ledger(spoken(joining))
    other = newcomers(_newcomers(joining), how, look)
    traits = ((trait, places_of(trait, sheet, chosen)) for trait in _ruled(how.rulebook))
    needed = {trait: places[0] for trait, places in traits if len(places) == 1}
    counterparts = _counterparts(sheet, other, needed)
    details = telling(needs_of(how.rulebook), sheet, chosen)
    differing = _differing(look.people.sheet, other, counterparts, details)
    other, rows, known = new_among(other, look.people.persons, differing, ledger)
    ledger.stop_on_errors()
    renumbered, ledger = ledger.findings(), Ledger(spoken(groups))
    if rows:
        _stop_where_missing(sheet, other, counterparts, needed, spoken(joining))
    both = with_rows_of(other, rows, sheet, counterparts, ledger)
    told = Ledger(spoken(joining))
    _note_groups(other, rows, told)
    gone_by = _gone_of(other, sheet, told)
    numbers = other.table.row_numbers[rows].tolist()
    marks = {kept + at: gone_by[row] for at, row in enumerate(numbers) if row in gone_by}
    header = mark or added_in(look.roster.table.language).withdrawn
    both = _with_gone(both, header, marks)
    again = {(int(both.table.row_numbers[row]), header) for row in marks}
    look = look_at_sheet(both, how, chosen, ledger, grouped=True)
    once = (each for each in look.findings if (each.row, each.column) not in again)
    findings = located(once, sheet, other, rows, spoken(joining))
    look = replace(look, findings=(*findings, *renumbered, *told.findings()))
    return replace(found, look=look, known=known, joining=other.table, meant=_meant_by(look))


def _note_groups(other: Sheet, rows: list[int], ledger: Ledger) -> None:
    """Tell that groups which newcomers bring along are not heeded."""
    at_rows = np.searchsorted(other.people, rows)
    numbers = other.rows()[at_rows].tolist()
    for place in places_of(_GROUP, other):
        cells = np.array(other.written(place), dtype=object)[at_rows].tolist()
        named = [row for row, cell in zip(numbers, cells, strict=True) if not is_blank(cell)]
        if named:
            message = with_rows(_NOT_HEEDED, named)
            ledger.warning(message, _MOVE_THERE, row=named[0], column=other.names[place])


_NOT_HEEDED = _("The group of a newcomer is not heeded: a place is found for everybody who joins")
_MOVE_THERE = _("To put somebody into a certain group, call move afterwards")


def _meant_by(look: Look) -> Meant:
    people = look.people
    return _NOBODY if people is None else Meant(people.persons, people.gone)


def _with_groups_there(look: Look, sheet: Sheet, chosen: Chosen, ledger: Ledger) -> Look:
    """The look, of no use where its groups are a meeting's, and the permanent ones are lost."""
    if look.roster is None or look.grouping is None:
        return look
    note_lost_groups(sheet, look.roster.rows[look.grouping.waitlist()], chosen, ledger)
    if not ledger.has_errors():
        return look
    return replace(look, findings=ledger.findings(), roster=None, grouping=None)


def _newcomers(file: Given) -> Sheet:
    ledger = Ledger(spoken(file))
    sheet = sheet_of(read_source(file, ledger, JOINING), ledger)
    ledger.stop_on_errors()
    return with_joined(sheet, {})


def _mark(sheet: Sheet, chosen: Chosen) -> str | None:
    return deciding("cancelled", [sheet.names[at] for at in places_of("cancelled", sheet, chosen)])


_WAS_PLAN = _("This is the plan of one meeting; the permanent groups in it are taken")
