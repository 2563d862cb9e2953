"""People who might join: what tells them apart for the rules, and the roster with them in it.

Newcomers have a value of their own wherever a rule keeps values apart, which is never harder to
place than another: one from elsewhere can help only if such a one does. But only people who can
exist are asked for: somebody of a band needs a number within it, and a municipality that nobody
else has must be left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm

import numpy as np

from vermegroup.diagnosis.repairs.supply import empty, number_within, supply
from vermegroup.diagnosis.undressed import derived, undressed
from vermegroup.diagnosis.written import Written
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, Categories, IntArray, Links, Numbers, Roster, Sets
from vermegroup.rulebook import BandSet

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
        ids = [str(self.written.problem.roster.ids[own]) for own in self.like[list(who)]]
        larger = whole.subset(np.concatenate([np.arange(known), whole.positions(ids)]))
        numbers = {
            name: _numbered(own, known, [self.numbers[name][each] for each in who])
            if name in self.numbers
            else own
            for name, own in larger.numbers.items()
        }
        return replace(
            larger,
            ids=np.append(whole.ids, _fresh_ids(whole, len(who))),
            part=whole.part,
            categories=self._categories(larger, known, who),
            numbers=numbers,
            sets={name: _any_time(own, known) for name, own in larger.sets.items()},
            links={name: _no_links(own, whole.links[name]) for name, own in larger.links.items()},
        )

    def _categories(self, larger: Roster, known: int, who: Sequence[int]) -> dict[str, Categories]:
        found = dict(larger.categories)
        for name in self.apart:
            found[name] = _fresh(found[name], known)
        for place, trait in enumerate(self.asked):
            if trait in found:  # else it is a band, and follows from a number
                values = [self.profiles[own][place] for own in who]
                found[trait] = _valued(found[trait], known, values)
        return found


def newcomers(written: Written) -> Newcomers | None:
    """Who might join; None where newcomers could differ in too much."""
    problem = written.problem
    rules = problem.rulebook.rules
    if any(rule.links() or rule.earlier() for rule in rules):
        return None
    bands = {own.trait: own for own in problem.rulebook.bands if derived(problem, own)}
    looked_at = {trait for rule in rules for trait in rule.categories()}
    apart = {trait for trait in looked_at if _only_kept_apart(problem, trait)} - set(bands)
    names = tuple(sorted(looked_at - apart))
    most = supply(problem, tuple(sorted(apart)), looked_at)
    profiles = tuple(product(*(_values(written, name) for name in names)))
    if not 0 < len(profiles) <= MOST_PROFILES or not most:
        return None
    like = np.array([_nearest(problem.roster, names, own) for own in profiles], dtype=np.int64)
    counted = {trait for rule in rules for trait in rule.numbers()}
    named = [_bands(bands, names, own) for own in profiles]
    traits = sorted({bands[name].of for name in names if name in bands} | counted)
    numbers = {trait: _numbers(problem, trait, named, like) for trait in traits}
    exist = [
        at for at in range(len(profiles)) if all(own[at] is not None for own in numbers.values())
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
        {trait: tuple(own[at] or Fraction(0) for at in exist) for trait, own in numbers.items()},
        tuple(sorted(counted)),
        tuple(sorted(sets)),
        most,
        complete=not counted and not sets and _all_told(problem, named, exist),
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
    return [(bands[name], own) for name, own in zip(names, profile, strict=True) if name in bands]


def _numbers(
    problem: Problem, trait: str, named: Sequence[list[tuple[BandSet, str]]], like: IntArray
) -> list[Fraction | None]:
    """A number for each profile, of somebody like it where that suits; None where none does."""
    numbers = problem.roster.numbers[trait]
    return [
        number_within(numbers, person, [own for own in bands if own[0].of == trait])
        for person, bands in zip(like.tolist(), named, strict=True)
    ]


def _all_told(
    problem: Problem, named: Sequence[list[tuple[BandSet, str]]], exist: Sequence[int]
) -> bool:
    """Whether nobody can be of the profiles that are left out, however odd a number might be."""
    return all(
        empty(problem.roster.numbers[own[0].of], [own])
        for at, bands in enumerate(named)
        if at not in exist
        for own in bands
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
    taken = set(map(str, roster.ids)).union(own.id for own in roster.set_aside)
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
