"""Another limit of a band: from how many years somebody counts as experienced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from vermegroup.diagnosis.explain import so_many
from vermegroup.diagnosis.repairs.counts import Nearest, nearest, repair
from vermegroup.diagnosis.written import Sections, Written
from vermegroup.domain.outcome import Conflict, Remedy, Repair
from vermegroup.domain.problem import Problem, banded, derived
from vermegroup.domain.roster import Roster
from vermegroup.domain.rulebook import Band, BandSet
from vermegroup.language.phrase import Phrase, phrase, unit_of, value_name
from vermegroup.rules.selectors.ranges import A_HAIR, Stretch, stretch_name, stretch_text
from vermegroup.solver.search import Search

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

    @property
    def whole(self) -> bool:
        """Whether it is a whole number, or a hair above one."""
        return 0 <= self.at % 1 <= A_HAIR

    def within(self, problem: Problem) -> Band:
        """The same band in another problem."""
        bands = next(own for own in problem.rulebook.bands if own.trait == self.bands.trait)
        return next(own for own in bands.bands if own.name == self.band.name)

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
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """For each limit of a band that rules speak of, the nearest limit that helps."""
    del conflicts
    for border in _borders(written.problem):
        found = nearest(written, _outwards(written, border), search)
        if found is not None:
            sentence = _sentence(border, found, search)
            cheapest = found.cheapest and _whole(written.problem, border)
            yield repair(written, Remedy.BAND, sentence, found, cheapest=cheapest)


def _whole(problem: Problem, border: _Border) -> bool:
    """Whether no limit between the whole steps that are tried could tell people apart."""
    return problem.roster.numbers[border.bands.of].per_unit == 1 and border.whole


def _outwards(written: Written, border: _Border) -> Iterator[tuple[int, Sections]]:
    """The limit further and further away; at equal distance the lower first."""
    for far in range(1, FURTHEST + 1):
        for by in (-far, far):
            moved = border.moved(by)
            if moved is not None and _helps(written, moved):
                others = written.problem.rulebook.bands
                bands = [moved if own == border.bands else own for own in others]
                yield far, {"bands": {own.trait: own.written() for own in bands}}


def _helps(written: Written, moved: BandSet) -> bool:
    """Whether somebody's band changes, and of a split roster only in the part in question."""
    whole, own = written.whole.roster, written.problem.roster
    if not _changed(own, moved):
        return False
    return len(own) == len(whole) or _changed(own, moved) == _changed(whole, moved)


def _changed(roster: Roster, moved: BandSet) -> int:
    """How many people have another band."""
    trait = banded(roster.numbers[moved.of], moved)
    return int((trait.codes != roster.categories[moved.trait].codes).sum())


def _borders(problem: Problem) -> Iterator[_Border]:
    """The limits of bands that some rule asks for by name."""
    named = {pair for rule in problem.rulebook.rules for pair in rule.named()}
    for bands in problem.rulebook.bands:
        if not derived(problem, bands):
            continue
        for band in bands.bands:
            if (bands.trait, band.name) in named:
                if band.high is not None:
                    yield _Border(bands, band, low=False)
                if band.low is not None:
                    yield _Border(bands, band, low=True)


def _sentence(border: _Border, found: Nearest, search: Search) -> Phrase:
    return phrase(
        "If “{band}” were {new} instead of {old} ({unit}), {groups} would be possible",
        "Jos luokka ”{band}” olisi {new} eikä {old} ({unit}), voisi muodostaa {groups}",
        "Om ”{band}” vore {new} i stället för {old} ({unit}) skulle det gå att bilda {groups}",
        band=value_name(border.bands.trait, border.band.name),
        new=_limits(border.within(found.problem)),
        old=_limits(border.band),
        unit=unit_of(border.bands.of),
        groups=so_many(found.problem, found.groups, search),
    )


def _limits(band: Band) -> Phrase:
    return stretch_name(Stretch(band.low, band.high))
