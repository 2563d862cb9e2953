"""What a rulebook needs to know of the participants."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Needs:
    """Traits by name: those read as named values, and those read as numbers."""

    categories: tuple[str, ...]
    numbers: tuple[str, ...]


def needs_of(rulebook: Rulebook) -> Needs:
    """The traits a roster must have; bands (new, experienced) ask for the number they are of."""
    fed_by = {band_set.trait: band_set.of for band_set in rulebook.bands}
    named = rulebook.categories()
    banded = {fed_by[trait] for trait in named if trait in fed_by}
    return Needs(
        categories=tuple(sorted(named - fed_by.keys())),
        numbers=tuple(sorted(rulebook.numbers() | banded)),
    )
