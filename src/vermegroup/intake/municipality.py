"""The municipality where a participant works, and what the register knows of it."""

from __future__ import annotations

from collections.abc import Callable

from vermegroup.intake.categories import named
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.missing import note_missing
from vermegroup.intake.municipality_readings import readings_of
from vermegroup.intake.municipality_remarks import no_facts
from vermegroup.intake.register import Municipality
from vermegroup.intake.sheet import Column
from vermegroup.intake.telling import tell
from vermegroup.roster import Categories

DERIVED: dict[str, Callable[[Municipality, bool], str]] = {
    "region": lambda place, swedish: place.region_sv if swedish else place.region_fi,
    "municipality_language": lambda place, _: place.languages,
}
"""The traits that the register gives where a roster has no column for them."""


def read_municipalities(column: Column, ledger: Ledger) -> Categories:
    """Read a column of municipalities: all spellings of one are one value."""
    note_missing(column, ledger)
    readings = readings_of(column, ledger).texts
    remarks = {code: each.remark for code, each in enumerate(readings) if each.remark}
    tell(remarks, column, ledger)
    return named(column, [reading.name for reading in readings])


def derived(trait: str, column: Column, ledger: Ledger) -> Categories:
    """A trait that the register gives for the municipalities of a column."""
    note_missing(column, ledger)
    readings = readings_of(column, Ledger(ledger.file))  # what was read as what is told elsewhere
    remarks = {
        code: no_facts(column.values[code], trait)
        for code, reading in enumerate(readings.texts)
        if reading.place is None and column.values[code]
    }
    tell(remarks, column, ledger)
    fact, swedish = DERIVED[trait], readings.swedish
    return named(
        column, [fact(each.place, swedish) if each.place else "" for each in readings.texts]
    )


def place_meaning(text: str) -> str:
    """What a text means as a municipality: two names of one mean the same."""
    from vermegroup.intake.register.gazetteer import named, today  # noqa: PLC0415

    place = named(text)
    return text.casefold() if place is None else today(place).code
