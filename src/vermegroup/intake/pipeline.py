"""From a file to a roster: each station in turn, then one verdict on all that was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from vermegroup.domain.findings import Finding, RosterError, Severity, errors
from vermegroup.domain.grouping import EarlierGroups, Grouping
from vermegroup.domain.roster import Roster, SetAside, Table
from vermegroup.domain.rulebook import LATEST, GroupSpec, Rulebook
from vermegroup.intake.files.layout import EXPORT_AGAIN, NO_PARTICIPANTS, sheet_of
from vermegroup.intake.files.readings import EARLIER, GROUPS, ROSTER
from vermegroup.intake.files.source import Given, Source, named_from, read_source, spoken
from vermegroup.intake.groups import read_groups, with_groups_chosen, with_place_for_groups
from vermegroup.intake.headers.added import round_number
from vermegroup.intake.headers.find_columns import (
    Chosen,
    SeenColumn,
    chosen_columns,
    meaning,
    places_of,
)
from vermegroup.intake.headers.join import with_joined
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.joined import Header
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.municipalities.readings import DERIVED
from vermegroup.intake.people.attendance import by_cells_alone
from vermegroup.intake.people.meeting_columns import permanent, permanent_groups
from vermegroup.intake.people.not_people import without_no_people
from vermegroup.intake.people.people import People, PeopleOptions, read_people
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.traits import (
    Needs,
    TraitReader,
    details_of,
    needs_of,
    read_links,
    read_sets,
    sorted_out,
)
from vermegroup.intake.traits.turns import answered_in
from vermegroup.intake.wide_groups import one_row_each
from vermegroup.language.messages import _


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read, as :func:`vermegroup.intake.read_roster` explains."""

    rulebook: Rulebook
    sheet: str | None = None
    columns: Mapping[str, Header] = field(default_factory=dict)
    today: date | None = None


def roster_from(source: Path | str, how: ReadOptions) -> tuple[Roster, tuple[Finding, ...]]:
    """See :func:`vermegroup.intake.read_roster`."""
    ledger = Ledger(spoken(source))
    sheet, chosen = sheet_for(source, how, ledger, ROSTER)
    roster, _rest = roster_for(without_no_people(sheet, chosen, ledger), how, chosen, ledger)
    ledger.stop_on_errors()
    return roster, ledger.findings()


def grouping_from(
    source: Path | str, how: ReadOptions
) -> tuple[Roster, Grouping, tuple[Finding, ...]]:
    """See :func:`vermegroup.intake.read_grouping`."""
    ledger = Ledger(spoken(source))
    roster, _rest, grouping = _grouping_in(read_source(source, ledger, GROUPS), how, ledger)
    return roster, grouping, ledger.findings()


def _grouping_in(
    source: Source, how: ReadOptions, ledger: Ledger
) -> tuple[Roster, People, Grouping]:
    """The roster and the grouping in a file's bytes; stops with all that forbids its use."""
    sheet, chosen = _sheet_in(source, how, ledger, grouped=True)
    alone = without_no_people(sheet, chosen, ledger)
    roster, people = roster_for(alone, how, chosen, ledger, grouped=True)
    several = how.rulebook.several_groups or how.rulebook is _IDS_ALONE
    grouping = read_groups(people.sheet, ledger, chosen, several=several)
    ledger.stop_on_errors()
    return roster, people, grouping


def sheet_for(source: Given, how: ReadOptions, ledger: Ledger, role: str) -> tuple[Sheet, Chosen]:
    """A file's sheet, and the columns that the caller or the rulebook chose for traits.

    Who misses one meeting is a participant all the same. So a roster that is not ``grouped``, for
    which new groups are sought, has nothing left of a meeting's plan.
    """
    return _sheet_in(read_source(source, ledger, role), how, ledger, grouped=role != ROSTER)


def _sheet_in(
    source: Source, how: ReadOptions, ledger: Ledger, *, grouped: bool
) -> tuple[Sheet, Chosen]:
    headers = {**how.rulebook.columns, **how.columns}
    sheet = with_joined(sheet_of(source, ledger, how.sheet), headers)
    if grouped:
        quiet = Ledger(ledger.file)
        sheet = one_row_each(sheet, chosen_columns(headers, sheet, quiet), ledger)
    chosen = chosen_columns(headers, sheet, ledger)
    if grouped:
        return sheet, with_groups_chosen(sheet, chosen, ledger)
    sheet, was_plan = permanent(sheet, with_groups_chosen(sheet, chosen, Ledger(ledger.file)))
    if was_plan:
        ledger.notice(_WAS_PLAN)
        sheet = with_joined(sheet, headers)
        chosen = chosen_columns(headers, sheet, Ledger(ledger.file))
    return sheet, chosen


_WAS_PLAN = _(
    "This is the plan of one meeting: whoever is absent from it takes part as well, and the "
    "columns of the absences and the permanent groups are left out"
)


def roster_for(
    alone: tuple[Sheet, Sequence[SetAside]],
    how: ReadOptions,
    chosen: Chosen,
    ledger: Ledger,
    *,
    grouped: bool = False,
) -> tuple[Roster, People]:
    """The participants of a sheet, and what became of each of its rows; others are set aside."""
    sheet, others = alone
    if others and not len(sheet.people):
        ledger.error(NO_PARTICIPANTS, EXPORT_AGAIN)
        ledger.stop_on_errors()
    sheet = with_place_for_groups(sheet, ledger, chosen, grouped=grouped)
    needs = sorted_out(needs_of(how.rulebook), sheet, chosen, ledger)
    details = details_of(needs, sheet, chosen)
    latest = how.rulebook.duplicates == LATEST
    people = read_people(sheet, PeopleOptions(chosen, details, latest, grouped), ledger)
    aside = sorted((*others, *people.set_aside), key=lambda each: each.row)
    people = replace(people, set_aside=tuple(aside))
    reader = TraitReader(people.sheet, ledger, chosen, how.today)
    categories, numbers = reader.read(needs)
    roster = Roster(
        ids=people.persons.ids,
        categories=categories,
        numbers=numbers,
        table=people.sheet.table,
        rows=people.sheet.people,
        labels=people.labels,
        set_aside=people.set_aside,
        sets=read_sets(needs.sets, people.sheet, ledger, chosen),
        links=read_links(needs, people, ledger, chosen),
        orders=reader.orders(needs, numbers) if len(people.sheet.people) else {},
        answered=answered_in(people.sheet, chosen),
    )
    return roster, people


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds.

    ``roster`` is None where an error forbids its use, and ``table`` where no table was found.
    ``missing`` are the traits that the rulebook needs and no column tells; ``read`` counts the
    rows that are not blank. ``grouping`` is there where it was asked for; the plan of one meeting
    has ``permanent`` groups, too, by their names. ``people`` are those of the roster.
    """

    findings: tuple[Finding, ...]
    table: Table | None = None
    columns: tuple[SeenColumn, ...] = ()
    missing: tuple[str, ...] = ()
    read: int = 0
    set_aside: tuple[SetAside, ...] = ()
    roster: Roster | None = None
    grouping: Grouping | None = None
    people: People | None = None
    permanent: tuple[str, ...] = ()

    @property
    def meeting(self) -> bool:
        """Whether it is the plan of one meeting."""
        return bool(self.permanent)

    def participants(self) -> Roster:
        """The roster. Raises RosterError, with every error that was found, where there is none."""
        if self.roster is None:
            raise RosterError(errors(self.findings))
        return self.roster

    def remarks(self) -> tuple[Finding, ...]:
        """The findings that stop nothing."""
        return tuple(line for line in self.findings if line.severity is not Severity.ERROR)


def look_at(source: Given, how: ReadOptions, role: str = ROSTER) -> Look:
    """Read as much of a file as can be read. Raises nothing that lies in the file.

    ``role`` is what it is read for; unless it is a roster, it has a group column, which is read as
    a grouping.
    """
    ledger, grouped = Ledger(spoken(source)), role != ROSTER
    try:
        sheet, chosen = sheet_for(source, how, ledger, role)
    except RosterError:
        return Look(ledger.findings())
    look = look_at_sheet(sheet, how, chosen, ledger, grouped=grouped)
    names = permanent_groups(sheet, chosen) if grouped else ()
    return replace(look, missing=_missing(sheet, chosen, needs_of(how.rulebook)), permanent=names)


def look_at_sheet(
    sheet: Sheet, how: ReadOptions, chosen: Chosen, ledger: Ledger, *, grouped: bool
) -> Look:
    """See :func:`look_at`, for what is in a sheet; the traits that are missing are not told."""
    columns = seen_columns(sheet, chosen, how)
    alone = without_no_people(sheet, chosen, ledger)
    try:
        roster, people = roster_for(alone, how, chosen, ledger, grouped=grouped)
        several = how.rulebook.several_groups
        grouping = read_groups(people.sheet, ledger, chosen, several=several) if grouped else None
    except RosterError:
        return Look(ledger.findings(), sheet.table, columns, (), len(sheet.people), alone[1])
    usable = not ledger.has_errors()
    return Look(
        ledger.findings(),
        people.sheet.table,
        columns,
        (),
        len(sheet.people),
        people.set_aside,
        roster if usable else None,
        grouping if usable else None,
        people,
    )


def seen_columns(sheet: Sheet, chosen: Chosen, how: ReadOptions) -> tuple[SeenColumn, ...]:
    """Each column with its trait: as people chose, as it is recognised, or as a rule calls it."""
    traits: dict[int, str] = {}
    asked: dict[int, str] = {}
    for trait in needs_of(how.rulebook).columns():
        places = places_of(trait, sheet, chosen)
        traits |= dict.fromkeys(places, meaning(trait))
        asked |= dict.fromkeys(places, trait)
    for trait in WORDS:
        traits |= dict.fromkeys(places_of(trait, sheet, chosen), trait)
    traits |= dict.fromkeys(by_cells_alone(sheet, chosen, asked), "status")
    traits |= {place: meaning(trait) for trait, place in chosen.items()}
    whole = {part: place for place in traits for part in sheet.parts(place)}
    options = {
        part: option
        for several in map(sheet.joined_at, traits)
        if several is not None and not several.numbered
        for part, option in zip(several.places, several.options, strict=True)
    }
    return tuple(
        SeenColumn(
            name,
            traits.get(whole.get(place, place)),
            asked.get(whole.get(place, place)),
            joined=whole.get(place, place) != place,
            option=options.get(place, ""),
        )
        for place, name in enumerate(sheet.names)
    )


def _missing(sheet: Sheet, chosen: Chosen, needs: Needs) -> tuple[str, ...]:
    def has_column(trait: str) -> bool:
        return bool(places_of(trait, sheet, chosen))

    absent = [
        trait
        for trait in needs.categories
        if not has_column(trait) and not (meaning(trait) in DERIVED and has_column("municipality"))
    ]
    others = (*needs.numbers, *needs.sets, *needs.links, *needs.either, *needs.orders)
    absent += [trait for trait in others if not has_column(trait)]
    absent += [
        bands.of
        for trait, bands in needs.banded.items()
        if not (has_column(trait) or has_column(bands.of))
    ]
    return tuple(dict.fromkeys(absent))


_IDS_ALONE = Rulebook(GroupSpec(), (), (), ())


def read_named(name: str, folder: Path) -> EarlierGroups:
    """Read the file of this name from a folder, or else from the current one."""
    return read_earlier(named_from(folder, name, EARLIER), name)


def read_earlier(path: Path, name: str, role: str = EARLIER) -> EarlierGroups:
    """Read a ``groups.csv``: its people and its groups, and nothing else of it.

    ``name`` is what the rulebook calls the file, and ``role`` what it is read for. Raises
    RosterError with every finding, none of which quotes a file that has no column of ids: a
    rulebook may name any file there is.
    """
    source = read_source(path, Ledger(spoken(path)), role)
    return _earlier_in(source, spoken(path), name, {})


def read_rounds(path: Path, name: str, role: str) -> tuple[EarlierGroups, ...]:
    """Read the rounds in a file: those of its columns, or the one grouping of a ``groups.csv``.

    Raises RosterError, as :func:`read_earlier` does.
    """
    source = read_source(path, Ledger(spoken(path)), role)
    try:
        headers = sheet_of(source, Ledger(spoken(path))).names
    except RosterError:
        headers = ()
    # Those of a run stand last: what another column of such a name holds is the roster's own.
    rounds = {n: header for header in headers if (n := round_number(header)) is not None}
    chosen: list[Mapping[str, Header]] = [{"group": rounds[n]} for n in sorted(rounds)]
    return tuple(_earlier_in(source, spoken(path), name, columns) for columns in chosen or [{}])


def _earlier_in(
    source: Source, file: str, name: str, columns: Mapping[str, Header]
) -> EarlierGroups:
    ledger = Ledger(file)
    try:
        how = ReadOptions(_IDS_ALONE, columns=columns)
        roster, people, grouping = _grouping_in(source, how, ledger)
    except RosterError as refused:
        raise RosterError(_discreet(refused, source, ledger.file)) from refused
    groups = [roster.ids[grouping.members(group)].tolist() for group in range(grouping.groups)]
    for person, group in grouping.further:
        groups[group].append(roster.ids[person])
    ids = tuple(tuple(map(str, each)) for each in groups)
    return EarlierGroups(name, ids, roster.table.sha256, grouping.names, people.persons)


def _discreet(refused: RosterError, source: Source, file: str) -> list[Finding]:
    try:
        sheet = sheet_of(source, Ledger(file))
    except RosterError as early:
        return [replace(finding, value=None) for finding in early.findings]
    if places_of("id", sheet):
        return list(refused.findings)
    return [Finding(Severity.ERROR, _NO_GROUPS, file, hint=_GROUPS)]


_NO_GROUPS = _("The file is no grouping: it has no column of ids")
_GROUPS = _("Name a groups.csv that an earlier run wrote")
