"""The traits that a rulebook needs, each read from its column by its own reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from vermegroup.intake.categories import read_categories
from vermegroup.intake.columns import Chosen, column_if_any, column_of, meaning, places_of
from vermegroup.intake.experience import Until, read_experience
from vermegroup.intake.experience_remarks import words_for_years
from vermegroup.intake.identity import MeaningOf
from vermegroup.intake.latest import newest_answer
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.levels import read_levels, tells_levels
from vermegroup.intake.municipality import DERIVED, derived, place_meaning, read_municipalities
from vermegroup.intake.needs import Needs
from vermegroup.intake.numbers import read_numbers
from vermegroup.intake.sheet import Sheet
from vermegroup.roster import Categories, Numbers
from vermegroup.rulebook import BandSet

Trait = TypeVar("Trait", Categories, Numbers)
_TELLING = ("municipality", "years", "profession", "unit", "organisation")


@dataclass(slots=True)
class TraitReader:
    """Reads the traits of a sheet's people; what is at fault goes to the ledger."""

    sheet: Sheet
    ledger: Ledger
    chosen: Chosen
    today: date | None = None

    def read(self, needs: Needs) -> tuple[dict[str, Categories], dict[str, Numbers]]:
        """The traits by the names that the rulebook gives them."""
        if not len(self.sheet.people):
            return {}, {}
        bands = {band_set.of: band_set for band_set in needs.banded.values()}
        categories = _present(needs.categories, self._category)
        numbers = _present(needs.numbers, lambda trait: self._number(trait, bands.get(trait)))
        for trait, band_set in needs.banded.items():
            if band_set.of not in numbers and band_set.of not in needs.numbers:
                self._read_banded(trait, band_set, categories, numbers)
        return categories, numbers

    def _category(self, trait: str) -> Categories | None:
        known = meaning(trait)
        if known in DERIVED and not places_of(trait, self.sheet, self.chosen):
            source = places_of("municipality", self.sheet, self.chosen)
            if len(source) == 1:
                return derived(known, self.sheet.column(source[0]), self.ledger)
        place = column_of(trait, self.sheet, self.ledger, self.chosen)
        if place is None:
            return None
        of_places = known == "municipality"
        read = read_municipalities if of_places else read_categories
        return read(self.sheet.column(place), self.ledger)

    def _number(self, trait: str, band_set: BandSet | None) -> Numbers | None:
        place = column_of(trait, self.sheet, self.ledger, self.chosen)
        if place is None:
            return None
        column = self.sheet.column(place)
        if meaning(trait) != "years":
            return read_numbers(column, self.ledger)
        if band_set is not None and tells_levels(column, band_set):
            self.ledger.error(*words_for_years(trait), column=column.header)
            return None
        return read_experience(column, self.ledger, self._until)

    def _read_banded(
        self,
        trait: str,
        band_set: BandSet,
        categories: dict[str, Categories],
        numbers: dict[str, Numbers],
    ) -> None:
        """Read the number that bands are made of, or the words that tell the bands themselves."""
        places = places_of(band_set.of, self.sheet, self.chosen)
        words = places_of(trait, self.sheet, self.chosen)
        if len(words) == 1 and (not places or trait in self.chosen):
            categories[trait] = read_levels(self.sheet.column(words[0]), band_set, self.ledger)
            return
        if len(places) == 1:
            column = self.sheet.column(places[0])
            if tells_levels(column, band_set):
                categories[trait] = read_levels(column, band_set, self.ledger)
                return
        number = self._number(band_set.of, None)
        if number is not None:
            numbers[band_set.of] = number

    def _until(self) -> Until:
        """The day of the newest answer, or today."""
        place = column_if_any("answered", self.sheet, None, self.chosen)
        newest = newest_answer(self.sheet.column(place)) if place is not None else None
        if newest is not None:
            return Until(newest.date(), newest=True)
        return Until(self.today or date.today(), newest=False)


def _present(traits: tuple[str, ...], read: Callable[[str], Trait | None]) -> dict[str, Trait]:
    found = ((trait, read(trait)) for trait in traits)
    return {trait: values for trait, values in found if values is not None}


def details_of(needs: Needs, sheet: Sheet, chosen: Chosen) -> dict[int, MeaningOf]:
    """The columns by which people of one name are told apart: those that the rules speak of."""
    return _single(needs.columns(), sheet, chosen) or _single(_TELLING, sheet, chosen)


def _single(traits: tuple[str, ...], sheet: Sheet, chosen: Chosen) -> dict[int, MeaningOf]:
    found: dict[int, MeaningOf] = {}
    for trait in traits:
        places = places_of(trait, sheet, chosen)
        if len(places) == 1:
            of_places = meaning(trait) == "municipality"
            found[places[0]] = place_meaning if of_places else str.casefold
    return found
