"""From a file to a roster: each station in turn, then one verdict on all that was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from vermegroup.findings import Finding
from vermegroup.grouping import Grouping
from vermegroup.intake.columns import Chosen, chosen_columns
from vermegroup.intake.groups import read_groups
from vermegroup.intake.layout import sheet_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.needs import needs_of
from vermegroup.intake.people import Asked, People, read_people
from vermegroup.intake.several import read_links, read_sets, sorted_out
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.source import Source, read_source, spoken
from vermegroup.intake.traits import TraitReader, details_of
from vermegroup.roster import Roster
from vermegroup.rulebook import LATEST, Rulebook


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read, as :func:`vermegroup.intake.read_roster` explains."""

    rulebook: Rulebook
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None


def roster_from(source: Path | str, how: Reading) -> tuple[Roster, tuple[Finding, ...]]:
    """See :func:`vermegroup.intake.read_roster`."""
    ledger = Ledger(spoken(source))
    sheet, chosen = sheet_for(source, how, ledger)
    roster, _ = roster_for(sheet, how, chosen, ledger, grouped=False)
    ledger.stop_on_errors()
    return roster, ledger.findings()


def grouping_from(source: Path | str, how: Reading) -> tuple[Roster, Grouping, tuple[Finding, ...]]:
    """See :func:`vermegroup.intake.read_grouping`."""
    ledger = Ledger(spoken(source))
    roster, grouping = grouping_in(read_source(source, ledger), how, ledger)
    return roster, grouping, ledger.findings()


def grouping_in(source: Source, how: Reading, ledger: Ledger) -> tuple[Roster, Grouping]:
    """The roster and the grouping in a file's bytes; stops with all that forbids its use."""
    sheet, chosen = _sheet_in(source, how, ledger)
    roster, people = roster_for(sheet, how, chosen, ledger, grouped=True)
    grouping = read_groups(people.sheet, ledger, chosen)
    ledger.stop_on_errors()
    return roster, grouping


def sheet_for(source: Path | str, how: Reading, ledger: Ledger) -> tuple[Sheet, Chosen]:
    """A file's sheet, and the columns that the caller or the rulebook chose for traits."""
    return _sheet_in(read_source(source, ledger), how, ledger)


def _sheet_in(source: Source, how: Reading, ledger: Ledger) -> tuple[Sheet, Chosen]:
    sheet = sheet_of(source, ledger, how.sheet)
    headers = {**how.rulebook.columns, **how.columns}
    return sheet, chosen_columns(headers, sheet, ledger)


def roster_for(
    sheet: Sheet, how: Reading, chosen: Chosen, ledger: Ledger, *, grouped: bool
) -> tuple[Roster, People]:
    """The participants of a sheet, and what became of each of its rows."""
    needs = sorted_out(needs_of(how.rulebook), sheet, chosen, ledger)
    details = details_of(needs, sheet, chosen)
    latest = how.rulebook.duplicates == LATEST
    people = read_people(sheet, Asked(chosen, details, latest, grouped), ledger)
    categories, numbers = TraitReader(people.sheet, ledger, chosen, how.today).read(needs)
    roster = Roster(
        ids=people.ids,
        categories=categories,
        numbers=numbers,
        table=sheet.table,
        rows=people.sheet.people,
        labels=people.labels,
        set_aside=people.set_aside,
        sets=read_sets(needs.sets, people.sheet, ledger, chosen),
        links=read_links(needs.links, people, ledger, chosen),
    )
    return roster, people
