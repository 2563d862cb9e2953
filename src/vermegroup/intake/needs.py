"""What a rulebook needs to know of the participants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vermegroup.rulebook import BandSet, Rulebook


@dataclass(frozen=True, slots=True)
class Needs:
    """Traits by name: those read as named values, and those read as numbers.

    ``banded`` are named values that are made of a number, or told in words in its place.
    """

    categories: tuple[str, ...]
    numbers: tuple[str, ...]
    banded: Mapping[str, BandSet]


def needs_of(rulebook: Rulebook) -> Needs:
    """The traits a roster must have; bands (new, experienced) ask for the number they are of."""
    band_sets = {band_set.trait: band_set for band_set in rulebook.bands}
    named = rulebook.categories()
    return Needs(
        categories=tuple(sorted(named - band_sets.keys())),
        numbers=tuple(sorted(rulebook.numbers())),
        banded={trait: band_sets[trait] for trait in sorted(named & band_sets.keys())},
    )
