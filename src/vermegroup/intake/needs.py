"""What a rulebook needs to know of the participants."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Needs:
    """Traits by name: those read as named values, as numbers, as sets of values, as other people.

    ``either`` are those taken as they come, of whatever sort the column turns out to be.
    """

    categories: tuple[str, ...]
    numbers: tuple[str, ...]
    sets: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


def needs_of(rulebook: Rulebook) -> Needs:
    """The traits a roster must have; bands (new, experienced) ask for the number they are of."""
    fed_by = {band_set.trait: band_set.of for band_set in rulebook.bands}
    kinds = rulebook.kinds()
    named = rulebook.categories()
    banded = {fed_by[trait] for trait in named | rulebook.either() if trait in fed_by}
    counted = {t for kind in kinds for t in kind.numbers() if t not in kind.either()} | banded
    certain = {*named, *counted, *rulebook.sets(), *fed_by}
    return Needs(
        categories=tuple(sorted(named - fed_by.keys())),
        numbers=tuple(sorted(counted)),
        sets=tuple(sorted(rulebook.sets())),
        links=tuple(sorted(rulebook.links())),
        either=tuple(sorted(rulebook.either() - certain)),
    )
