"""A look at a file: what is in it, whether or not it can be used as a roster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from vermegroup.findings import Finding, RosterError, Severity, errors
from vermegroup.grouping import Grouping
from vermegroup.intake.columns import Chosen, meaning, places_of
from vermegroup.intake.groups import read_groups
from vermegroup.intake.header_words import WORDS
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.municipality import DERIVED
from vermegroup.intake.needs import Needs, needs_of
from vermegroup.intake.people import People
from vermegroup.intake.reading import Reading, roster_for, sheet_for
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.source import spoken
from vermegroup.roster import Roster, SetAside, Table


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column as people call it, and the trait it holds; None where it is kept as it is.

    ``asked`` is the name by which the rulebook asks for it, if it does.
    """

    header: str
    trait: str | None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds.

    ``roster`` is None where an error forbids its use, and ``table`` where no table was found.
    ``missing`` are the traits that the rulebook needs and no column tells; ``read`` counts the
    rows that are not blank. ``grouping`` is there where it was asked for. ``people`` are those of
    the roster.
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

    def participants(self) -> Roster:
        """The roster. Raises RosterError, with every error that was found, where there is none."""
        if self.roster is None:
            raise RosterError(errors(self.findings))
        return self.roster

    def remarks(self) -> tuple[Finding, ...]:
        """The findings that stop nothing."""
        return tuple(line for line in self.findings if line.severity is not Severity.ERROR)


def look_at(source: Path | str, how: Reading, *, grouped: bool = False) -> Look:
    """Read as much of a file as can be read. Raises nothing that lies in the file.

    ``grouped``: the file has a group column, which is read as a grouping.
    """
    ledger = Ledger(spoken(source))
    try:
        sheet, chosen = sheet_for(source, how, ledger)
    except RosterError:
        return Look(ledger.findings())
    look = look_at_sheet(sheet, how, chosen, ledger, grouped=grouped)
    return replace(look, missing=_missing(sheet, chosen, needs_of(how.rulebook)))


def look_at_sheet(
    sheet: Sheet, how: Reading, chosen: Chosen, ledger: Ledger, *, grouped: bool
) -> Look:
    """See :func:`look_at`, for what is in a sheet; the traits that are missing are not told."""
    columns = seen_columns(sheet, chosen, how)
    try:
        roster, people = roster_for(sheet, how, chosen, ledger, grouped=grouped)
        grouping = read_groups(people.sheet, ledger, chosen) if grouped else None
    except RosterError:
        return Look(ledger.findings(), sheet.table, columns, (), len(sheet.people))
    usable = not ledger.has_errors()
    return Look(
        ledger.findings(),
        sheet.table,
        columns,
        (),
        len(sheet.people),
        people.set_aside,
        roster if usable else None,
        grouping if usable else None,
        people,
    )


def seen_columns(sheet: Sheet, chosen: Chosen, how: Reading) -> tuple[SeenColumn, ...]:
    """Each column with its trait: as people chose, as it is recognised, or as a rule calls it."""
    traits: dict[int, str] = {}
    asked: dict[int, str] = {}
    for trait in needs_of(how.rulebook).columns():
        places = places_of(trait, sheet, chosen)
        traits |= dict.fromkeys(places, meaning(trait))
        asked |= dict.fromkeys(places, trait)
    for trait in WORDS:
        traits |= dict.fromkeys(places_of(trait, sheet, chosen), trait)
    traits |= {place: meaning(trait) for trait, place in chosen.items()}
    return tuple(
        SeenColumn(name, traits.get(place), asked.get(place))
        for place, name in enumerate(sheet.names)
    )


def _missing(sheet: Sheet, chosen: Chosen, needs: Needs) -> tuple[str, ...]:
    def told(trait: str) -> bool:
        return bool(places_of(trait, sheet, chosen))

    absent = [
        trait
        for trait in needs.categories
        if not told(trait) and not (meaning(trait) in DERIVED and told("municipality"))
    ]
    others = (*needs.numbers, *needs.sets, *needs.links, *needs.either)
    absent += [trait for trait in others if not told(trait)]
    absent += [
        bands.of for trait, bands in needs.banded.items() if not (told(trait) or told(bands.of))
    ]
    return tuple(dict.fromkeys(absent))
