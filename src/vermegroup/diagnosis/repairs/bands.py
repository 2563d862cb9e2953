"""Another limit of a band: from how many years somebody counts as experienced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from vermegroup.diagnosis.repairs.nearest import Nearest, nearest
from vermegroup.phrase import Phrase, groups_of, phrase
from vermegroup.problem import Problem, banded
from vermegroup.rulebook import Band, BandSet
from vermegroup.rules.amending import with_bands
from vermegroup.rules.bands_section import plain_bands
from vermegroup.rules.stretch import Stretch, stretch_text
from vermegroup.rules.trait_names import unit_of, value_name
from vermegroup.solver.limits import Search
from vermegroup.why_not import Conflict, Remedy, Repair

FURTHEST = 15


@dataclass(frozen=True, slots=True)
class _Border:
    """One end of one band of a band set; ``low``: its lower end."""

    bands: BandSet
    band: Band
    low: bool

    @property
    def at(self) -> Fraction:
        limit = self.band.low if self.low else self.band.high
        assert limit is not None
        return limit

    def within(self, problem: Problem) -> Fraction:
        """Where the same end is in another problem."""
        bands = next(own for own in problem.rulebook.bands if own.trait == self.bands.trait)
        band = next(own for own in bands.bands if own.name == self.band.name)
        return replace(self, bands=bands, band=band).at

    def moved(self, by: int) -> BandSet | None:
        """The band set with this end elsewhere; None where bands would overlap or be empty."""
        low = self.at + by if self.low else self.band.low
        high = self.band.high if self.low else self.at + by
        stretch = Stretch(low, high)
        others = [own for own in self.bands.bands if own != self.band]
        if self.at + by < 0 or stretch.is_empty():
            return None
        if any(stretch.overlaps(Stretch(own.low, own.high)) for own in others):
            return None
        new = Band(self.band.name, low, high, stretch_text(stretch))
        bands = tuple(new if own == self.band else own for own in self.bands.bands)
        return replace(self.bands, bands=bands)


def band_repairs(
    problem: Problem, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """For each limit of a band that rules speak of, the nearest limit that helps."""
    del conflicts
    for border in _borders(problem):
        found = nearest(_outwards(problem, border), search)
        if found is not None:
            yield _repair(border, found)


def _outwards(problem: Problem, border: _Border) -> Iterator[tuple[int, Problem]]:
    """The problem with the limit further and further away; at equal distance the lower first."""
    for far in range(1, FURTHEST + 1):
        for by in (-far, far):
            own = _with_limit(problem, border, by)
            if own is not None:
                yield far, own


def _borders(problem: Problem) -> Iterator[_Border]:
    """The limits of bands that some rule asks for by name."""
    named = {pair for rule in problem.rulebook.rules for pair in rule.named()}
    for bands in problem.rulebook.bands:
        if not _derived(problem, bands):
            continue
        for band in bands.bands:
            if (bands.trait, band.name) in named:
                if band.high is not None:
                    yield _Border(bands, band, low=False)
                if band.low is not None:
                    yield _Border(bands, band, low=True)


def _derived(problem: Problem, bands: BandSet) -> bool:
    """Whether people's bands come from their numbers, and from nothing that the roster says."""
    numbers = problem.roster.numbers.get(bands.of)
    trait = problem.roster.categories.get(bands.trait)
    if numbers is None or trait is None:
        return False
    own = banded(numbers, bands)
    return trait.values == own.values and bool((trait.codes == own.codes).all())


def _with_limit(problem: Problem, border: _Border, by: int) -> Problem | None:
    """The problem with the limit moved; None where that changes nobody's band."""
    moved = border.moved(by)
    if moved is None:
        return None
    trait = banded(problem.roster.numbers[moved.of], moved)
    if np.array_equal(trait.codes, problem.roster.categories[moved.trait].codes):
        return None
    others = problem.rulebook.bands
    bands = [moved if own == border.bands else own for own in others]
    roster = problem.roster.with_categories(moved.trait, trait)
    return replace(problem, roster=roster, rulebook=with_bands(problem.rulebook, bands))


def _repair(border: _Border, found: Nearest) -> Repair:
    template = _BEGAN if border.low else _ENDED
    sentence = phrase(
        template.en,
        template.fi,
        template.sv,
        band=value_name(border.bands.trait, border.band.name),
        new=float(border.within(found.problem)),
        old=float(border.at),
        unit=unit_of(border.bands.of),
        k=found.groups,
        groups=groups_of(found.groups),
    )
    change = {"rulebook": {"bands": plain_bands(found.problem.rulebook.bands)}}
    return Repair(Remedy.BAND, sentence, found.cost, found.cheapest, found.problem, change)


_BEGAN = Phrase(
    "If “{band}” began at {new} {unit} instead of {old}, {groups} would be possible",
    "Jos luokan ”{band}” alaraja olisi {new} eikä {old} ({unit}), ryhmiä voisi olla {k}",
    "Om ”{band}” började vid {new} {unit} i stället för {old} skulle {groups} vara möjliga",
)
_ENDED = Phrase(
    "If “{band}” were everything below {new} {unit} instead of {old}, {groups} would be possible",
    "Jos luokan ”{band}” yläraja olisi {new} eikä {old} ({unit}), ryhmiä voisi olla {k}",
    "Om ”{band}” vore allt under {new} {unit} i stället för {old} skulle {groups} vara möjliga",
)
