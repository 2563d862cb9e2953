"""From a file to a roster: each station in turn, then one verdict on all that was found."""

from __future__ import annotations

from pathlib import Path

from vermegroup.findings import Finding
from vermegroup.grouping import Grouping
from vermegroup.intake.categories import read_categories
from vermegroup.intake.columns import column_of, meaning
from vermegroup.intake.experience import read_experience
from vermegroup.intake.groups import read_groups
from vermegroup.intake.layout import sheet_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.municipality import read_municipalities
from vermegroup.intake.needs import needs_of
from vermegroup.intake.numbers import read_numbers
from vermegroup.intake.people import read_ids, read_labels
from vermegroup.intake.several import read_links, read_sets, sorted_out
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.source import read_source, spoken
from vermegroup.roster import Categories, Numbers, Roster
from vermegroup.rulebook import Rulebook

CATEGORY_READERS = {"municipality": read_municipalities}
NUMBER_READERS = {"years": read_experience}


def roster_from(source: Path | str, rulebook: Rulebook) -> tuple[Roster, tuple[Finding, ...]]:
    """See :func:`vermegroup.intake.read_roster`."""
    ledger = Ledger(spoken(source))
    roster = _roster(sheet_of(read_source(source, ledger), ledger), rulebook, ledger)
    ledger.stop_on_errors()
    return roster, ledger.findings()


def grouping_from(
    source: Path | str, rulebook: Rulebook
) -> tuple[Roster, Grouping, tuple[Finding, ...]]:
    """See :func:`vermegroup.intake.read_grouping`."""
    ledger = Ledger(spoken(source))
    sheet = sheet_of(read_source(source, ledger), ledger)
    roster = _roster(sheet, rulebook, ledger)
    grouping = read_groups(sheet, ledger)
    ledger.stop_on_errors()
    return roster, grouping, ledger.findings()


def _roster(sheet: Sheet, rulebook: Rulebook, ledger: Ledger) -> Roster:
    needs = sorted_out(needs_of(rulebook), sheet)
    ids = read_ids(sheet, ledger)
    return Roster(
        ids=ids,
        categories=_categories(needs.categories, sheet, ledger),
        numbers=_numbers(needs.numbers, sheet, ledger),
        table=sheet.table,
        rows=sheet.people,
        labels=read_labels(sheet, ids),
        sets=read_sets(needs.sets, sheet, ledger),
        links=read_links(needs.links, ids, sheet, ledger),
    )


def _categories(traits: tuple[str, ...], sheet: Sheet, ledger: Ledger) -> dict[str, Categories]:
    found: dict[str, Categories] = {}
    for trait in traits:
        place = column_of(trait, sheet, ledger)
        if place is not None and len(sheet.people):
            read = CATEGORY_READERS.get(meaning(trait), read_categories)
            found[trait] = read(sheet.column(place), ledger)
    return found


def _numbers(traits: tuple[str, ...], sheet: Sheet, ledger: Ledger) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    for trait in traits:
        place = column_of(trait, sheet, ledger)
        if place is not None and len(sheet.people):
            read = NUMBER_READERS.get(meaning(trait), read_numbers)
            found[trait] = read(sheet.column(place), ledger)
    return found
