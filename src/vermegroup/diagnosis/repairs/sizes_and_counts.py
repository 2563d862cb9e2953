"""Other numbers or sizes of groups, or other limits of bands: the nearest change that helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from vermegroup.diagnosis.explain import so_many
from vermegroup.diagnosis.written import Sections, Written
from vermegroup.domain.outcome import Conflict, Remedy, Repair
from vermegroup.domain.problem import Problem, banded, derived
from vermegroup.domain.roster import Roster
from vermegroup.domain.rulebook import Band, BandSet, GroupSpec
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import groups_of, people_between, unit_of, value_name
from vermegroup.rulebooks.groups_and_bands import SMALLEST_GROUP
from vermegroup.rulebooks.write import with_groups
from vermegroup.rules.selectors.ranges import A_HAIR, Stretch, stretch_name, stretch_text
from vermegroup.solver.feasibility import decide
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Search


@dataclass(frozen=True, slots=True)
class Nearest:
    """A changed text, the ``problem`` it makes, of which ``groups`` groups are possible.

    ``cheapest`` says that all smaller changes are proven not to help; ``verified`` that ``form``
    was tried with the change, and formed groups.
    """

    change: Sections
    problem: Problem
    groups: int
    cost: int
    cheapest: bool
    verified: bool


def nearest(
    written: Written, changes: Iterable[tuple[int, Sections]], search: Search
) -> Nearest | None:
    """Try changes of the text, with their costs, from the smallest on; None if none helps."""
    smaller_impossible = True
    for cost, sections in changes:
        problem = written.read(sections)
        if problem is None:  # such a text is refused, so it helps nobody
            continue
        decision = decide(problem, search)
        formed = written.formed(sections, search) if decision.possible else False
        if formed is not False:
            return Nearest(
                sections, problem, decision.groups, cost, smaller_impossible, formed is True
            )
        smaller_impossible = smaller_impossible and decision.possible is False
        if search.expired():
            break
    return None


def repair(
    written: Written, remedy: Remedy, sentence: Message, found: Nearest, *, cheapest: bool
) -> Repair:
    """What was found as a repair."""
    return Repair(
        remedy,
        sentence,
        found.cost,
        cheapest,
        found.problem,
        {"rulebook": written.change(found.change)},
        found.verified,
        lines=written.lines(found.change),
    )


def number_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The possible number of groups that is nearest to those asked for."""
    del conflicts
    spec = written.problem.rulebook.groups
    if spec.fewest is None and spec.most is None:
        return
    found = nearest(written, _outwards(written.problem), search)
    if found is not None:
        yield repair(
            written, Remedy.COUNT, _count_sentence(found.groups), found, cheapest=found.cheapest
        )


def _outwards(problem: Problem) -> Iterator[tuple[int, Sections]]:
    """The numbers that sizes allow beyond those asked for, the nearest first; then the larger."""
    spec = problem.rulebook.groups
    free = replace(spec, fewest=None, most=None)
    book = with_groups(problem.rulebook, free)
    low, high = spec.fewest or 1, spec.most or len(problem.roster)
    numbers = Counting(replace(problem, rulebook=book)).numbers
    costs = ((max(low - k, k - high), -k) for k in numbers)
    for cost, negative in sorted(pair for pair in costs if pair[0] > 0):
        wished = replace(spec, fewest=-negative, most=-negative)
        yield cost, {"groups": wished.written()}


def _count_sentence(groups: int) -> Message:
    return _("{groups} would be possible", groups=groups_of(groups))


FURTHEST = 4


def size_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The nearest smaller smallest size, and the nearest larger largest one."""
    del conflicts
    spec = written.problem.rulebook.groups
    smaller = [replace(spec, smallest=s) for s in range(spec.smallest - 1, SMALLEST_GROUP - 1, -1)]
    larger = [replace(spec, largest=spec.largest + by) for by in range(1, FURTHEST + 1)]
    for wider in (smaller, larger):
        found = nearest(written, _changes(wider), search)
        if found is not None:
            sentence = _sizes_sentence(found, search)
            yield repair(written, Remedy.SIZE, sentence, found, cheapest=found.cheapest)


def _changes(specs: Iterable[GroupSpec]) -> Iterator[tuple[int, Sections]]:
    return ((cost, {"groups": spec.written()}) for cost, spec in enumerate(specs, start=1))


def _sizes_sentence(found: Nearest, search: Search) -> Message:
    spec = found.problem.rulebook.groups
    return _(
        "If groups could have {people}, {groups} would be possible",
        people=people_between(spec.smallest, spec.largest),
        groups=so_many(found.problem, found.groups, search),
    )


FURTHEST_BAND = 15


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
        bands = next(
            band_set for band_set in problem.rulebook.bands if band_set.trait == self.bands.trait
        )
        return next(band for band in bands.bands if band.name == self.band.name)

    def moved(self, by: int) -> BandSet | None:
        """The band set with this end elsewhere; None where bands would overlap or be empty."""
        low = self.at + by if self.low else self.band.low
        high = self.band.high if self.low else self.at + by
        stretch = Stretch(low, high)
        others = [band for band in self.bands.bands if band != self.band]
        if self.at + by < 0 or stretch.is_empty():
            return None
        if any(stretch.overlaps(Stretch(band.low, band.high)) for band in others):
            return None
        new = Band(self.band.name, low, high, stretch_text(stretch))
        bands = tuple(new if band == self.band else band for band in self.bands.bands)
        return replace(self.bands, bands=bands)


def band_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """For each limit of a band that rules speak of, the nearest limit that helps."""
    del conflicts
    for border in _borders(written.problem):
        found = nearest(written, _bands_outwards(written, border), search)
        if found is not None:
            sentence = _band_sentence(border, found, search)
            cheapest = found.cheapest and _whole(written.problem, border)
            yield repair(written, Remedy.BAND, sentence, found, cheapest=cheapest)


def _whole(problem: Problem, border: _Border) -> bool:
    """Whether no limit between the whole steps that are tried could tell people apart."""
    return problem.roster.numbers[border.bands.of].per_unit == 1 and border.whole


def _bands_outwards(written: Written, border: _Border) -> Iterator[tuple[int, Sections]]:
    """The limit further and further away; at equal distance the lower first."""
    for far in range(1, FURTHEST_BAND + 1):
        for by in (-far, far):
            moved = border.moved(by)
            if moved is not None and _helps(written, moved):
                others = written.problem.rulebook.bands
                bands = [moved if band_set == border.bands else band_set for band_set in others]
                yield far, {"bands": {band_set.trait: band_set.written() for band_set in bands}}


def _helps(written: Written, moved: BandSet) -> bool:
    """Whether somebody's band changes, and of a split roster only in the part in question."""
    whole, part = written.whole.roster, written.problem.roster
    if not _changed(part, moved):
        return False
    return len(part) == len(whole) or _changed(part, moved) == _changed(whole, moved)


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


def _band_sentence(border: _Border, found: Nearest, search: Search) -> Message:
    return _(
        "If “{band}” were {new} instead of {old} ({unit}), {groups} would be possible",
        band=value_name(border.bands.trait, border.band.name),
        new=_limits(border.within(found.problem)),
        old=_limits(border.band),
        unit=unit_of(border.bands.of),
        groups=so_many(found.problem, found.groups, search),
    )


def _limits(band: Band) -> Message:
    return stretch_name(Stretch(band.low, band.high))
