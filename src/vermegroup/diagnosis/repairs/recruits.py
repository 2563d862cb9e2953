"""A few people more: how many at the least, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement
from math import comb

import numpy as np

from vermegroup.diagnosis.repairs.newcomers import Newcomers, newcomers
from vermegroup.phrase import Phrase, groups_of, joined, people_of, phrase
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.rules.trait_names import people_with, trait_name, value_name
from vermegroup.solver.deciding import decide
from vermegroup.solver.limits import Search
from vermegroup.why_not import Conflict, Remedy, Repair

MOST = 200
# Mixtures of newcomers that are tried one by one, and how many more than counting asks for.
MOST_MIXTURES = 40
MORE = 4

Mixture = tuple[int, ...]


def recruit_repairs(
    problem: Problem, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The fewest people more who make groups possible, in a mixture that does."""
    del conflicts
    who = newcomers(problem)
    fewest = None if who is None else _fewest_by_counting(problem, who)
    if who is None or fewest is None:
        return
    fewer_impossible = True
    for count in range(fewest, min(fewest + MORE, MOST) + 1):
        settled = who.complete and comb(len(who.profiles) + count - 1, count) <= MOST_MIXTURES
        for mixture in _mixtures(problem, who, count):
            decision = decide(who.joined(problem, mixture), search)
            if decision.possible:
                yield _repair(problem, who, mixture, decision.groups, cheapest=fewer_impossible)
                return
            settled = settled and decision.possible is False
        fewer_impossible = fewer_impossible and settled
        if search.expired():
            return


def _fewest_by_counting(problem: Problem, who: Newcomers) -> int | None:
    """With how many people more every quota could have enough; with fewer none can."""
    for count in range(1, MOST + 1):
        needed = _needed(problem, who, count)
        if needed is None:
            return None
        if max(len(needed), _short_of_people(problem)) <= count:
            return count
    return None


def _short_of_people(problem: Problem) -> int:
    """How many people the fewest groups lack that were asked for."""
    spec = problem.rulebook.groups
    return (spec.fewest or 1) * spec.smallest - len(problem.roster)


def _needed(problem: Problem, who: Newcomers, more: int) -> list[int] | None:
    """Newcomers who make good what quotas lack in as few groups as so many people more allow.

    Fewer groups need fewer people of each quota. None if nobody serves one.
    """
    groups = _fewest_groups(problem, len(problem.roster) + more)
    found = (rule.quota(problem.roster) for rule in problem.rulebook.rules)
    quotas = [quota for quota in found if quota is not None]
    lacking = np.array([groups * own.at_least - int(own.who.sum()) for own in quotas], np.int64)
    return _serving(np.maximum(0, lacking), who.counted_by(problem))


def _serving(lacking: IntArray, counted: BoolArray) -> list[int] | None:
    """One newcomer after the other, each serving as many quotas that lack someone as can be."""
    needed: list[int] = []
    while lacking.any():
        served = counted & (lacking > 0)[:, None]
        best = int(served.sum(axis=0).argmax())
        if not served[:, best].any() or len(needed) > MOST:
            return None
        lacking = lacking - served[:, best]
        needed.append(best)
    return needed


def _fewest_groups(problem: Problem, people: int) -> int:
    spec = problem.rulebook.groups
    by_size = -(-people // spec.largest) if problem.rulebook.everyone else 1
    return max(by_size, spec.fewest or 1)


def _mixtures(problem: Problem, who: Newcomers, count: int) -> Iterator[Mixture]:
    """Mixtures of so many newcomers: what counting asks for first, then all others if few.

    Of many, those of one profile alone.
    """
    needed = _needed(problem, who, count) or []
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
    problem: Problem, who: Newcomers, mixture: Mixture, groups: int, *, cheapest: bool
) -> Repair:
    counted = {own: mixture.count(own) for own in dict.fromkeys(mixture)}
    one = len(mixture) == 1
    sentence = phrase(
        "With {who} more{where}, {groups} would be possible",
        "Jos mukaan tulisi vielä {who}{where}, ryhmiä voisi olla {k}",
        "Med {who} till{where} skulle {groups} vara möjliga",
        who=[_told(who, own, count) for own, count in counted.items()],
        where=_where(who, one=one),
        groups=groups_of(groups),
        k=groups,
    )
    change = {"recruit": [_plain(who, own) for own in mixture]}
    joined = who.joined(problem, mixture)
    return Repair(Remedy.RECRUIT, sentence, len(mixture), cheapest, joined, change)


def _told(who: Newcomers, own: int, count: int) -> Phrase:
    """So many people of a profile: "2 experienced people", "1 mentor (profession: leader)"."""
    asked = list(zip(who.asked, who.profiles[own], strict=True))
    if not asked:
        return people_of(count)
    people = people_with(*asked[0], count)
    if len(asked) == 1:
        return people
    others = joined(_trait_told(*pair) for pair in asked[1:])
    return phrase("{p} ({o})", "{p} ({o})", "{p} ({o})", p=people, o=others)


def _trait_told(trait: str, value: str) -> Phrase:
    name, own = trait_name(trait), value_name(trait, value)
    return phrase("{t}: {v}", "{t}: {v}", "{t}: {v}", t=name, v=own)


def _where(who: Newcomers, *, one: bool) -> Phrase:
    if not who.apart:
        return Phrase("", "", "")
    template = _ELSEWHERE if one else _EACH_ELSEWHERE
    traits = [trait_name(trait) for trait in who.apart]
    return phrase(template.en, template.fi, template.sv, traits=traits)


def _plain(who: Newcomers, own: int) -> dict[str, object]:
    """A newcomer as plain values; None is a value that nobody else has."""
    return {
        **dict(zip(who.asked, who.profiles[own], strict=True)),
        **dict.fromkeys(who.apart),
    }


_ELSEWHERE = Phrase(
    " ({traits}: one that nobody else has)",
    " ({traits}: joku, jota muilla ei ole)",
    " ({traits}: någon som ingen annan har)",
)
_EACH_ELSEWHERE = Phrase(
    " ({traits}: each a different one that nobody else has)",
    " ({traits}: kullakin eri, jota muilla ei ole)",
    " ({traits}: var sin som ingen annan har)",
)
