"""A few people more: how many at the least, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement
from math import comb

import numpy as np

from vermegroup.diagnosis.explain import so_many
from vermegroup.diagnosis.repairs.newcomers import Newcomers, newcomers
from vermegroup.diagnosis.written import Written
from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.outcome import Conflict, Remedy, Repair
from vermegroup.domain.problem import Problem
from vermegroup.judge.certificates import MOST_QUOTAS
from vermegroup.language.messages import Message, Template, _, joined, ngettext
from vermegroup.language.terms import (
    known_trait,
    of_trait,
    people_of,
    people_with,
    trait_name,
    value_name,
)
from vermegroup.solver.feasibility import decide
from vermegroup.solver.search import Search

MOST = 200
# Mixtures of newcomers that are tried one by one, and how many more than counting asks for.
MOST_MIXTURES = 40
MORE = 4

Mixture = tuple[int, ...]


def recruit_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The fewest people more who make groups possible, in a mixture that does."""
    del conflicts
    who = newcomers(written)
    lack = None if who is None else _lack(written.problem, who)
    fewest = None if lack is None else lack.fewest(min(MOST, who.most if who else 0))
    if who is None or lack is None or fewest is None:
        return
    fewer_impossible = True
    for count in range(fewest, min(fewest + MORE, MOST, who.most) + 1):
        settled = who.complete and comb(len(who.profiles) + count - 1, count) <= MOST_MIXTURES
        for mixture in _mixtures(written.problem, who, lack, count):
            found, possible = _tried(written, who, mixture, search)
            if found is not None:
                groups = so_many(found.problem, found.groups, search)
                yield _repair(who, mixture, found, groups, cheapest=fewer_impossible)
                return
            settled = settled and possible is False
            if search.expired():
                return
        fewer_impossible = fewer_impossible and settled


@dataclass(frozen=True, slots=True)
class _WorkingMixture:
    """A mixture with which so many groups are possible, and whether ``form`` formed them."""

    problem: Problem
    groups: int
    verified: bool


def _tried(
    written: Written, who: Newcomers, mixture: Mixture, search: Search
) -> tuple[_WorkingMixture | None, bool | None]:
    """What comes of a mixture of newcomers: that it helps, or whether it is shown not to."""
    roster, problem = who.joined(mixture)
    if problem is None:
        return None, None
    decision = decide(problem, search)
    if not decision.possible:
        return None, decision.possible
    formed = written.formed({}, search, roster)
    if formed is False:
        return None, None
    return _WorkingMixture(problem, decision.groups, formed is True), True


@dataclass(frozen=True, slots=True)
class _Lack:
    """What quotas have and need in each group, and which newcomers they count.

    ``having`` and ``needed`` have shape (quotas,), ``counted`` (quotas, profiles). ``groups`` are
    the fewest for so many people; fewer groups need fewer of each quota.
    """

    problem: Problem
    having: IntArray
    needed: IntArray
    counted: BoolArray

    def fewest(self, most: int) -> int | None:
        """A number of newcomers below which quotas or the fewest groups lack somebody."""
        spec = self.problem.rulebook.groups
        short = (spec.fewest or 1) * spec.smallest - len(self.problem.roster)
        reach = range(1, most + 1)
        return next((n for n in reach if max(short, self._at_least(n)) <= n), None)

    def _at_least(self, more: int) -> int:
        """What quotas lack that no one newcomer can serve together, added up."""
        lacking = self.lacking(more)
        if (lacking[~self.counted.any(axis=1)] > 0).any():
            return MOST + 1  # nobody serves it, whoever comes
        quotas = range(len(lacking))
        sets = chain.from_iterable(combinations(quotas, size) for size in range(len(lacking) + 1))
        apart = (
            list(chosen) for chosen in sets if (self.counted[list(chosen)].sum(axis=0) <= 1).all()
        )
        return max(int(lacking[chosen].sum()) for chosen in apart)

    def lacking(self, more: int) -> IntArray:
        """How many of each quota the fewest groups lack with so many more people."""
        spec = self.problem.rulebook.groups
        people = len(self.problem.roster) + more
        by_size = -(-people // spec.largest) if self.problem.rulebook.everyone else 1
        groups = max(by_size, spec.fewest or 1)
        lacking: IntArray = np.maximum(0, groups * self.needed - self.having)
        return lacking

    def serving(self, more: int) -> list[int]:
        """One newcomer after the other, each serving as many quotas that lack someone as can be."""
        lacking = self.lacking(more)
        found: list[int] = []
        while lacking.any() and len(found) <= more:
            best = int((self.counted & (lacking > 0)[:, None]).sum(axis=0).argmax())
            lacking = np.maximum(0, lacking - self.counted[:, best])
            found.append(best)
        return found


def _lack(problem: Problem, who: Newcomers) -> _Lack | None:
    _rest, each = who.joined(range(len(who.profiles)))
    if each is None:
        return None
    found = (rule.quota(problem.roster) for rule in problem.rulebook.rules)
    quotas = [quota for quota in found if quota is not None][:MOST_QUOTAS]
    having = np.array([int(quota.who.sum()) for quota in quotas], np.int64)
    needed = np.array([quota.at_least for quota in quotas], np.int64)
    return _Lack(problem, having, needed, who.counted_by(each)[: len(quotas)])


def _mixtures(problem: Problem, who: Newcomers, lack: _Lack, count: int) -> Iterator[Mixture]:
    """Mixtures of so many newcomers: what counting asks for first, then all others if few.

    Of many, those of one profile alone.
    """
    needed = lack.serving(count)
    common = _commonest(problem, who)
    first = tuple(sorted([*needed, *[common] * (count - len(needed))]))
    if len(needed) <= count:
        yield first
    profiles = range(len(who.profiles))
    others: Iterator[Mixture]
    if comb(len(profiles) + count - 1, count) <= MOST_MIXTURES:
        others = combinations_with_replacement(profiles, count)
    else:
        others = ((profile,) * count for profile in profiles)
    yield from (mixture for mixture in others if mixture != first)


def _commonest(problem: Problem, who: Newcomers) -> int:
    """The profile of most people, for those of whom nothing is asked."""
    columns = [problem.roster.categories[name] for name in who.asked]
    people = np.ones((len(who.profiles), len(problem.roster)), dtype=bool)
    for place, column in enumerate(columns):
        codes = np.array([column.code(profile[place]) for profile in who.profiles])
        people &= column.codes[None, :] == codes[:, None]
    return int(people.sum(axis=1).argmax())


def _repair(
    who: Newcomers, mixture: Mixture, found: _WorkingMixture, groups: Message, *, cheapest: bool
) -> Repair:
    sentence = _sentence(who, mixture, groups)
    change = {"recruit": [_plain(who, profile) for profile in mixture]}
    return Repair(
        Remedy.RECRUIT, sentence, len(mixture), cheapest, found.problem, change, found.verified
    )


def _sentence(who: Newcomers, mixture: Mixture, groups: Message) -> Message:
    counted = {profile: mixture.count(profile) for profile in dict.fromkeys(mixture)}
    people = [_people_phrase(who, profile, count) for profile, count in counted.items()]
    if not who.apart:
        return _("With {people} more, {groups} would be possible", people=people, groups=groups)
    if [known_trait(trait) for trait in who.apart] == ["municipality"]:
        return ngettext(
            "With {people} more (from a municipality that nobody comes from yet), {groups} would "
            "be possible",
            "With {people} more (each from another municipality that nobody comes from yet), "
            "{groups} would be possible",
            len(mixture),
            people=people,
            groups=groups,
        )
    return ngettext(
        "With {people} more ({traits}: one that nobody else has), {groups} would be possible",
        "With {people} more ({traits}: each a different one that nobody else has), {groups} would "
        "be possible",
        len(mixture),
        people=people,
        traits=[trait_name(trait) for trait in who.apart],
        groups=groups,
    )


def _people_phrase(who: Newcomers, profile: int, count: int) -> Message:
    """So many people of a profile: "2 experienced people", "1 mentor (profession: leader)"."""
    asked = list(zip(who.asked, who.profiles[profile], strict=True))
    people = people_with(*asked[0], count) if asked else people_of(count)
    others = [of_trait(trait, value_name(trait, value)) for trait, value in asked[1:]]
    others += [of_trait(trait, float(who.numbers[trait][profile])) for trait in who.counted]
    others += [of_trait(trait, _ALL) for trait in who.sets]
    if not others:
        return people
    return Template("{people} ({others})").filled(people=people, others=joined(others))


def _plain(who: Newcomers, profile: int) -> dict[str, object]:
    """A newcomer as the cells of a roster; None is a value that nobody else has."""
    split = who.written.whole.rulebook.split
    part = {} if split is None or who.written.part is None else {split.by: who.written.part}
    sets = who.written.problem.roster.sets
    return {
        **part,
        **dict(zip(who.asked, who.profiles[profile], strict=True)),
        **dict.fromkeys(who.apart),
        **{trait: _amount(who.numbers[trait][profile]) for trait in who.counted},
        **{trait: "; ".join(sets[trait].values) for trait in who.sets},
    }


def _amount(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)


# Translators: as in "free times: all"
_ALL = _("all")
