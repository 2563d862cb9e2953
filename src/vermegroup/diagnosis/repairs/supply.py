"""Who can exist: numbers that lie in a band, and values that nobody else has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from vermegroup.intake.experience import LONGEST_CAREER
from vermegroup.intake.municipality import DERIVED
from vermegroup.problem import BETWEEN, Problem
from vermegroup.roster import Numbers
from vermegroup.rulebook import BandSet
from vermegroup.rules.stretch import A_HAIR

UNLIMITED = 10**9
# Parts of a year, say, that it makes sense to look for in people.
_PARTS = (1, 2, 4)
_MUNICIPALITY, _YEARS = "municipality", "years"

Within = tuple[Fraction, Fraction]
"""From a number (inclusive) to another (exclusive)."""


def number_within(
    numbers: Numbers, like: int, bands: Sequence[tuple[BandSet, str]]
) -> Fraction | None:
    """A number that lies in all these bands, or in none of a set's for "mid"; None if none does.

    Somebody's own number (``like`` is a position) if that suits, else the plainest there is: from
    nothing up, or from the roster's least number where that is below.
    """
    own = Fraction(int(numbers.ticks[like]), numbers.per_unit)
    found = _common(numbers, bands)
    if any(low <= own < high for low, high in found):
        return own
    plain = [number for number in map(_plainest, found) if number is not None]
    return min(plain, key=lambda own: (own.denominator, own), default=None)


def empty(numbers: Numbers, bands: Sequence[tuple[BandSet, str]]) -> bool:
    """Whether no number at all lies in all these bands."""
    return not _common(numbers, bands)


def _common(numbers: Numbers, bands: Sequence[tuple[BandSet, str]]) -> list[Within]:
    """The stretches that all these bands share."""
    found = [_everything(numbers)]
    for band_set, value in bands:
        stretches = list(_stretches(band_set, value))
        found = [both for one in found for other in stretches for both in _both(one, other)]
    return found


def supply(problem: Problem, apart: Sequence[str], looked_at: set[str]) -> int:
    """How many people can come who have values of their own of the traits ``apart``.

    There are only so many municipalities and regions, and a municipality has but one region.
    """
    tied = looked_at & set(DERIVED)
    if tied and (len(tied) > 1 or _MUNICIPALITY in looked_at):
        return 0
    return min((_left(problem, trait) for trait in apart), default=UNLIMITED)


def _left(problem: Problem, trait: str) -> int:
    """How many values of a trait nobody has; of a trait of the roster's own any number."""
    if trait != _MUNICIPALITY and trait not in DERIVED:
        return UNLIMITED
    # The register takes a while to read, and most rosters keep no municipalities apart.
    from vermegroup.intake.register import municipalities  # noqa: PLC0415
    from vermegroup.intake.register.gazetteer import named, today  # noqa: PLC0415

    places = [place for place in municipalities() if place.exists]
    values = problem.roster.categories[trait].values
    if trait == _MUNICIPALITY:
        found = (named(value) for value in values)
        taken = {today(place).code for place in found if place is not None}
        return len({place.code for place in places} - taken)
    told = {DERIVED[trait](place, swedish) for place in places for swedish in (False, True)}
    known = {DERIVED[trait](place, False) for place in places}
    return len(known) - len(told.intersection(values))


def _everything(numbers: Numbers) -> Within:
    """The numbers that intake takes."""
    least = min(Fraction(0), Fraction(int(numbers.ticks.min(initial=0)), numbers.per_unit))
    return least, Fraction(UNLIMITED) + 1


def _stretches(band_set: BandSet, value: str) -> Iterator[Within]:
    """Where a band is, or what lies between all of them."""
    far = Fraction(UNLIMITED) + 1
    most = LONGEST_CAREER + A_HAIR if band_set.of == _YEARS else far
    known = [(_or(band.low, -far), _or(band.high, far), band.name) for band in band_set.bands]
    yield from ((low, min(high, most)) for low, high, name in known if name == value)
    if value == BETWEEN and all(name != BETWEEN for _, _, name in known):
        at = -far
        for low, high, _ in sorted(known):
            yield at, min(low, most)
            at = max(at, high)
        yield at, most


def _or(limit: Fraction | None, otherwise: Fraction) -> Fraction:
    return otherwise if limit is None else limit


def _both(one: Within, other: Within) -> Iterator[Within]:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    if low < high:
        yield low, high


def _plainest(within: Within) -> Fraction | None:
    """The number with the fewest parts in a stretch, the least of these."""
    low, high = within
    plain = (Fraction(ceil(low * parts), parts) for parts in _PARTS)
    return next((own for own in plain if own < high), None)
