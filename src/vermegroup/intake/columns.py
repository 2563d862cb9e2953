"""Which column of a sheet holds which trait."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vermegroup.intake import column_faults as say
from vermegroup.intake.header_words import WORDS
from vermegroup.intake.headers import plain, recognise
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet

Chosen = Mapping[str, int]
NOTHING_CHOSEN: Chosen = MappingProxyType({})


def chosen_columns(headers: Mapping[str, str], sheet: Sheet, ledger: Ledger) -> Chosen:
    """Where the columns are that people named: from traits, and their meanings, to positions.

    ``headers`` leads from a trait to the header of its column. What is not there is an error.
    """
    chosen: dict[str, int] = {}
    for trait, header in headers.items():
        places = _named(header, sheet)
        if places:
            chosen[trait] = chosen[meaning(trait)] = places[0]
        else:
            ledger.error(*say.not_there(trait, header, sheet.names), row=sheet.header_row)
    return MappingProxyType(chosen)


def column_of(
    trait: str, sheet: Sheet, ledger: Ledger, chosen: Chosen = NOTHING_CHOSEN
) -> int | None:
    """The position of a trait's column; None, and an error, where there is none or several."""
    places = places_of(trait, sheet, chosen)
    if not places:
        ledger.error(*say.missing(trait, meaning(trait), sheet.names), row=sheet.header_row)
    elif len(places) > 1:
        ledger.error(
            *say.competing(trait, [sheet.names[place] for place in places]), row=sheet.header_row
        )
    return places[0] if len(places) == 1 else None


def column_if_any(
    trait: str, sheet: Sheet, ledger: Ledger | None = None, chosen: Chosen = NOTHING_CHOSEN
) -> int | None:
    """The position of a trait's column that nothing depends on; None where it is not certain.

    Where several could be meant, none is used, and the ledger says so.
    """
    places = places_of(trait, sheet, chosen)
    if len(places) > 1 and ledger is not None:
        message, hint = say.competing(trait, [sheet.names[place] for place in places])
        ledger.warning(say.none_used(message), hint, row=sheet.header_row)
    return places[0] if len(places) == 1 else None


def places_of(trait: str, sheet: Sheet, chosen: Chosen = NOTHING_CHOSEN) -> list[int]:
    """The positions of all columns that could hold a trait."""
    if trait in chosen:
        return [chosen[trait]]
    if meaning(trait) in chosen:
        return [chosen[meaning(trait)]]
    taken = set(chosen.values())
    free = [(place, name) for place, name in enumerate(sheet.header) if place not in taken]
    # A column that has the trait's very name needs no vocabulary, and so decides a competition.
    called_so = [place for place, name in free if name and plain(name) == plain(trait)]
    if called_so or meaning(trait) not in WORDS:
        return called_so
    return [place for place, name in free if recognise(name) == meaning(trait)]


def meaning(trait: str) -> str:
    """The canonical name of a trait that a rulebook may call by another: Kunta, municipality."""
    return trait if trait in WORDS else recognise(trait) or trait


def _named(header: str, sheet: Sheet) -> list[int]:
    """The columns of a header: by their names, word for word, else by their letters alone."""
    exactly = [place for place, name in enumerate(sheet.names) if name == header]
    if exactly:
        return exactly
    return [
        place for place, name in enumerate(sheet.names) if name and plain(name) == plain(header)
    ]
