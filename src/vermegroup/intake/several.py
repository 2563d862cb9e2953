"""Traits that a sheet may hold in several sorts, and columns of which a cell has several values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vermegroup.intake.columns import Chosen, column_if_any, column_of, meaning
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.needs import Needs
from vermegroup.intake.numbers import note_no_numbers, parsed
from vermegroup.intake.people import People
from vermegroup.intake.sheet import Sheet, tidy
from vermegroup.intake.value_sets import links_from, looks_like_sets, sets_from
from vermegroup.phrase import Phrase, people_of, phrase
from vermegroup.roster import Links, Sets

_NUMBERS = ("years",)
_NAMED = ("municipality",)
_WHOLE_COLUMN = Phrase("The whole column is empty", "Koko sarake on tyhjä", "Hela kolumnen är tom")


def sorted_out(needs: Needs, sheet: Sheet, chosen: Chosen, ledger: Ledger) -> Needs:
    """The needs once each trait that is taken as it comes has the sort of its column.

    Numbers if all cells are, sets if cells seem to hold several values, else named values. One
    that has no column is left with the named values, where its absence is noted. So is one of
    numbers but for a few cells, and which these are.
    """
    named, numbers, sets = [*needs.categories], [*needs.numbers], [*needs.sets]
    for trait in needs.either:
        place = column_if_any(trait, sheet, None, chosen)
        texts = [] if place is None else _texts(sheet, place)
        if meaning(trait) in _NUMBERS or (texts and all(map(_is_number, filter(tidy, texts)))):
            numbers.append(trait)
        elif meaning(trait) not in _NAMED and looks_like_sets(texts):
            sets.append(trait)
        else:
            named.append(trait)
            if place is not None and meaning(trait) not in _NAMED:
                note_no_numbers(sheet.column(place), ledger)
    return replace(needs, categories=tuple(named), numbers=tuple(numbers), sets=tuple(sets))


def read_sets(
    traits: Iterable[str], sheet: Sheet, ledger: Ledger, chosen: Chosen
) -> dict[str, Sets]:
    """Each trait's column as sets of values. A blank cell is a set of none, and is noted."""
    found: dict[str, Sets] = {}
    for trait in traits:
        place = column_of(trait, sheet, ledger, chosen)
        if place is not None and len(sheet.people):
            found[trait] = sets_from(_texts(sheet, place), sheet.names[place])
            _note_blank(found[trait], ledger)
    return found


def read_links(
    traits: tuple[str, ...], people: People, ledger: Ledger, chosen: Chosen
) -> dict[str, Links]:
    """Each trait's column as names of other participants; a blank cell names nobody."""
    if not traits:
        return {}
    called, sheet = people.called(), people.sheet
    found: dict[str, Links] = {}
    for trait in traits:
        place = column_of(trait, sheet, ledger, chosen)
        if place is not None:
            found[trait] = links_from(_texts(sheet, place), called, sheet.names[place])
    return found


def _texts(sheet: Sheet, place: int) -> list[str]:
    """The participants' cells as written: line ends separate values, and would be tidied away."""
    texts: list[str] = sheet.table.cells.iloc[sheet.people, place].tolist()
    return texts


def _is_number(text: str) -> bool:
    return parsed(tidy(text)) is not None


def _note_blank(trait: Sets, ledger: Ledger) -> None:
    without = int((~trait.member.any(axis=1)).sum())
    if without == len(trait.member):
        ledger.error(_WHOLE_COLUMN, column=trait.header)
    elif without:
        message = phrase(
            "{people} without any value in the column “{header}”",
            "{people} ilman yhtään arvoa sarakkeessa ”{header}”",
            "{people} utan något värde i kolumnen ”{header}”",
            people=people_of(without),
            header=trait.header,
        )
        ledger.notice(message)
