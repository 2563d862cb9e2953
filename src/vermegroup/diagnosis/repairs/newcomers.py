"""People who might join: who can exist, and the roster with them in it.

Newcomers have a value of their own wherever a rule keeps values apart, which is never harder to
place than another: one from elsewhere can help only if such a one does. But only people who can
exist are asked for: somebody of a band needs a number within it, and a municipality that nobody
else has must be left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, lcm

import numpy as np

from vermegroup.diagnosis.written import Written
from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.problem import Problem, derived, undressed
from vermegroup.domain.roster import Categories, Links, Numbers, Roster, Sets
from vermegroup.domain.rulebook import BandSet
from vermegroup.intake.municipalities.readings import DERIVED
from vermegroup.intake.traits.experience import LONGEST_CAREER
from vermegroup.language.levels import BETWEEN
from vermegroup.rules.selectors.ranges import A_HAIR

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
    actual = Fraction(int(numbers.ticks[like]), numbers.per_unit)
    found = _common(numbers, bands)
    if any(low <= actual < high for low, high in found):
        return actual
    plain = [number for number in map(_plainest, found) if number is not None]
    return min(plain, key=lambda number: (number.denominator, number), default=None)


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
    from vermegroup.intake.municipalities import municipalities  # noqa: PLC0415
    from vermegroup.intake.municipalities.gazetteer import named, today  # noqa: PLC0415

    places = [place for place in municipalities() if place.exists]
    values = problem.roster.categories[trait].values
    if trait == _MUNICIPALITY:
        found = (named(value) for value in values)
        taken = {today(place).code for place in found if place is not None}
        return len({place.code for place in places} - taken)
    derived = {DERIVED[trait](place, swedish) for place in places for swedish in (False, True)}
    known = {DERIVED[trait](place, False) for place in places}
    return len(known) - len(derived.intersection(values))


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
    return next((number for number in plain if number < high), None)


MOST_PROFILES = 12

Profile = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Every ``profile`` names a value of each trait that is ``asked`` for.

    ``like`` (profiles,) are people of the roster who come nearest, for all that is not asked;
    ``numbers`` (traits, each with one number for each profile) are what newcomers have instead of
    theirs. Rules look at those of the traits ``counted`` themselves, and not only at bands; and at
    whether newcomers have every value of the traits ``sets``. At the most ``most`` may join.
    ``complete`` says that newcomers cannot differ in anything else that rules look at.
    """

    written: Written
    asked: tuple[str, ...]
    apart: tuple[str, ...]
    profiles: tuple[Profile, ...]
    like: IntArray
    numbers: Mapping[str, tuple[Fraction, ...]]
    counted: tuple[str, ...]
    sets: tuple[str, ...]
    most: int
    complete: bool

    def joined(self, who: Sequence[int]) -> tuple[Roster, Problem | None]:
        """The whole roster with one more person for each index of a profile, at the end.

        And the problem in question, read anew from the rulebook's text.
        """
        roster = self._roster(undressed(self.written.whole), who)
        return roster, self.written.read({}, roster)

    def counted_by(self, problem: Problem) -> BoolArray:
        """Which quotas of a problem with one newcomer of each profile count whom."""
        quotas = (rule.quota(problem.roster) for rule in problem.rulebook.rules)
        masks = [quota.who[-len(self.profiles) :] for quota in quotas if quota is not None]
        return np.array(masks, dtype=bool).reshape(len(masks), len(self.profiles))

    def _roster(self, whole: Roster, who: Sequence[int]) -> Roster:
        known = len(whole)
        ids = [str(self.written.problem.roster.ids[person]) for person in self.like[list(who)]]
        larger = whole.subset(np.concatenate([np.arange(known), whole.positions(ids)]))
        numbers = {
            name: _numbered(trait, known, [self.numbers[name][each] for each in who])
            if name in self.numbers
            else trait
            for name, trait in larger.numbers.items()
        }
        return replace(
            larger,
            ids=np.append(whole.ids, _fresh_ids(whole, len(who))),
            part=whole.part,
            categories=self._categories(larger, known, who),
            numbers=numbers,
            sets={name: _any_time(trait, known) for name, trait in larger.sets.items()},
            links={
                name: _no_links(trait, whole.links[name]) for name, trait in larger.links.items()
            },
        )

    def _categories(self, larger: Roster, known: int, who: Sequence[int]) -> dict[str, Categories]:
        found = dict(larger.categories)
        for name in self.apart:
            found[name] = _fresh(found[name], known)
        for place, trait in enumerate(self.asked):
            if trait in found:  # else it is a band, and follows from a number
                values = [self.profiles[profile][place] for profile in who]
                found[trait] = _valued(found[trait], known, values)
        return found


def newcomers(written: Written) -> Newcomers | None:
    """Who might join; None where newcomers could differ in too much."""
    problem = written.problem
    rules = problem.rulebook.rules
    if any(rule.links() or rule.earlier() or rule.pair_weights() for rule in rules):
        return None
    if any(rule.places() for rule in rules):
        return None
    bands = {
        band_set.trait: band_set
        for band_set in problem.rulebook.bands
        if derived(problem, band_set)
    }
    looked_at = {trait for rule in rules for trait in rule.categories()}
    apart = {trait for trait in looked_at if _only_kept_apart(problem, trait)} - set(bands)
    names = tuple(sorted(looked_at - apart))
    most = supply(problem, tuple(sorted(apart)), looked_at)
    profiles = tuple(product(*(_values(written, name) for name in names)))
    if not 0 < len(profiles) <= MOST_PROFILES or not most:
        return None
    like = np.array(
        [_nearest(problem.roster, names, profile) for profile in profiles], dtype=np.int64
    )
    counted = {trait for rule in rules for trait in rule.numbers()}
    named = [_bands(bands, names, profile) for profile in profiles]
    traits = sorted({bands[name].of for name in names if name in bands} | counted)
    numbers = {trait: _numbers(problem, trait, named, like) for trait in traits}
    exist = [
        at
        for at in range(len(profiles))
        if all(column[at] is not None for column in numbers.values())
    ]
    if not exist:
        return None
    sets = {trait for rule in rules for trait in rule.sets()}
    return Newcomers(
        written,
        names,
        tuple(sorted(apart)),
        tuple(profiles[at] for at in exist),
        like[exist],
        {
            trait: tuple(column[at] or Fraction(0) for at in exist)
            for trait, column in numbers.items()
        },
        tuple(sorted(counted)),
        tuple(sorted(sets)),
        most,
        complete=not counted and not sets and _none_overlooked(problem, named, exist),
    )


def _values(written: Written, trait: str) -> tuple[str, ...]:
    """The values that newcomers may have of a trait: those of a part are of that part."""
    split = written.whole.rulebook.split
    if split is not None and split.by == trait and written.part is not None:
        return (written.part,)
    return written.problem.roster.categories[trait].values


def _only_kept_apart(problem: Problem, trait: str) -> bool:
    """Whether no rule asks which value of a trait it is, but only whether two are the same."""
    looking = [rule for rule in problem.rulebook.rules if trait in rule.categories()]
    return all(rule.keeps_apart() == trait for rule in looking)


def _bands(
    bands: Mapping[str, BandSet], names: Sequence[str], profile: Profile
) -> list[tuple[BandSet, str]]:
    """The bands of numbers that a profile names."""
    return [
        (bands[name], value) for name, value in zip(names, profile, strict=True) if name in bands
    ]


def _numbers(
    problem: Problem, trait: str, named: Sequence[list[tuple[BandSet, str]]], like: IntArray
) -> list[Fraction | None]:
    """A number for each profile, of somebody like it where that suits; None where none does."""
    numbers = problem.roster.numbers[trait]
    return [
        number_within(numbers, person, [band for band in bands if band[0].of == trait])
        for person, bands in zip(like.tolist(), named, strict=True)
    ]


def _none_overlooked(
    problem: Problem, named: Sequence[list[tuple[BandSet, str]]], exist: Sequence[int]
) -> bool:
    """Whether nobody can be of the profiles that are left out, however odd a number might be."""
    return all(
        empty(problem.roster.numbers[band[0].of], [band])
        for at, bands in enumerate(named)
        if at not in exist
        for band in bands
    )


def _nearest(roster: Roster, names: Sequence[str], profile: Profile) -> int:
    """Who shares most of the profile; among them someone in the middle of the numbers."""
    shared = np.zeros(len(roster), dtype=np.int64)
    for name, value in zip(names, profile, strict=True):
        trait = roster.categories[name]
        shared += trait.codes == trait.code(value)
    best = np.flatnonzero(shared == shared.max())
    for numbers in roster.numbers.values():
        order = np.argsort(numbers.ticks[best], kind="stable")
        return int(best[order[len(best) // 2]])
    return int(best[0])


def _fresh_ids(roster: Roster, count: int) -> list[str]:
    """Ids that nobody has."""
    taken = set(map(str, roster.ids)).union(row.id for row in roster.set_aside)
    names = (f"newcomer {number}" for number in range(1, len(taken) + count + 1))
    return [name for name in names if name not in taken][:count]


def _fresh(trait: Categories, known: int) -> Categories:
    """A value of their own for those who come after the ``known`` people."""
    count = len(trait.codes) - known
    codes = trait.codes.copy()
    codes[known:] = len(trait.values) + np.arange(count)
    taken = set(trait.values)
    names = (f"another {number}" for number in range(1, len(taken) + count + 1))
    fresh = [name for name in names if name not in taken][:count]
    return replace(trait, codes=codes, values=(*trait.values, *fresh))


def _valued(trait: Categories, known: int, values: Sequence[str]) -> Categories:
    codes = trait.codes.copy()
    codes[known:] = [trait.code(value) for value in values]
    return replace(trait, codes=codes)


def _numbered(trait: Numbers, known: int, values: Sequence[Fraction]) -> Numbers:
    """The trait with these numbers for those who come after, in ticks fine enough for all."""
    per_unit = lcm(trait.per_unit, *(value.denominator for value in values))
    ticks = trait.ticks * (per_unit // trait.per_unit)
    ticks[known:] = [int(value * per_unit) for value in values]
    return replace(trait, ticks=ticks, per_unit=per_unit)


def _any_time(trait: Sets, known: int) -> Sets:
    """Newcomers who can at any time."""
    member = trait.member.copy()
    member[known:] = True
    return replace(trait, member=member)


def _no_links(larger: Links, known: Links) -> Links:
    """Newcomers whom nobody names, and who name nobody."""
    return replace(larger, pairs=known.pairs)
