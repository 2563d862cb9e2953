"""What a rulebook needs of a roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vermegroup.domain.rulebook import BandSet, Rulebook


@dataclass(frozen=True, slots=True)
class Needs:
    """Traits by name: those read as named values, as numbers, as sets of values, as other people.

    ``either`` are those taken as they come, of whatever sort the column turns out to be.
    ``banded`` are named values that are made of a number, or told in words in its place.
    """

    categories: tuple[str, ...]
    numbers: tuple[str, ...]
    banded: Mapping[str, BandSet]
    sets: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every trait that has a column of its own, that of a band's number among them."""
        told = (*self.categories, *self.numbers, *self.sets, *self.links, *self.either)
        return (*told, *(band_set.of for band_set in self.banded.values()))


def needs_of(rulebook: Rulebook) -> Needs:
    """The traits a roster must have; bands (new, experienced) ask for the number they are of."""
    band_sets = {band_set.trait: band_set for band_set in rulebook.bands}
    named, either = rulebook.categories(), rulebook.either()
    counted = {t for kind in rulebook.kinds() for t in kind.numbers() if t not in kind.either()}
    certain = {*named, *counted, *rulebook.sets(), *band_sets}
    return Needs(
        categories=tuple(sorted(named - band_sets.keys())),
        numbers=tuple(sorted(counted)),
        banded={trait: band_sets[trait] for trait in sorted((named | either) & band_sets.keys())},
        sets=tuple(sorted(rulebook.sets())),
        links=tuple(sorted(rulebook.links())),
        either=tuple(sorted(either - certain)),
    )
