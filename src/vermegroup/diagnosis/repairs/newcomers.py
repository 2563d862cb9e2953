"""People who might join: what tells them apart for the rules, and the roster with them in it.

Newcomers have a value of their own wherever a rule keeps values apart, which is never harder to
place than another: one from elsewhere can help only if such a one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, Categories, IntArray, Roster, Sets

MOST_PROFILES = 12

Profile = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Every ``profile`` names a value of each trait that is ``asked`` for.

    ``like`` (profiles,) are people of the roster who come nearest, for all that is not asked.
    ``complete`` says that newcomers cannot differ in anything else that rules look at.
    """

    asked: tuple[str, ...]
    apart: tuple[str, ...]
    profiles: tuple[Profile, ...]
    like: IntArray
    complete: bool

    def joined(self, problem: Problem, who: Sequence[int]) -> Problem:
        """The problem with one more person for each index of a profile, at the end."""
        known = len(problem.roster)
        like = self.like[np.asarray(who, dtype=np.int64)]
        larger = problem.roster.subset(np.concatenate([np.arange(known), like]))
        ids = larger.ids.copy()
        ids[known:] = [f"newcomer {number}" for number in range(1, len(who) + 1)]
        categories = {
            name: _fresh(own, known) if name in self.apart else own
            for name, own in larger.categories.items()
        }
        for place, trait in enumerate(self.asked):
            values = [self.profiles[own][place] for own in who]
            categories[trait] = _valued(categories[trait], known, values)
        sets = {name: _any_time(own, known) for name, own in larger.sets.items()}
        roster = replace(
            larger, ids=ids, part=problem.roster.part, categories=categories, sets=sets
        )
        return replace(problem, roster=roster)

    def counted_by(self, problem: Problem) -> BoolArray:
        """Which quotas count whom, shape (quotas, profiles)."""
        joined = self.joined(problem, range(len(self.profiles))).roster
        quotas = (rule.quota(joined) for rule in problem.rulebook.rules)
        masks = [quota.who[-len(self.profiles) :] for quota in quotas if quota is not None]
        return np.array(masks, dtype=bool).reshape(len(masks), len(self.profiles))


def newcomers(problem: Problem) -> Newcomers | None:
    """Who might join; None where newcomers could differ in too much."""
    rules = problem.rulebook.rules
    if any(rule.links() or rule.earlier() for rule in rules):
        return None
    apart = {trait for rule in rules if (trait := rule.keeps_apart()) is not None}
    asked = {trait for rule in rules for trait in rule.categories() if trait != rule.keeps_apart()}
    names = tuple(sorted(asked))
    values = [problem.roster.categories[name].values for name in names]
    profiles = tuple(product(*values))
    if not 0 < len(profiles) <= MOST_PROFILES:
        return None
    like = np.array([_nearest(problem.roster, names, own) for own in profiles], dtype=np.int64)
    complete = not any(rule.numbers() or rule.sets() for rule in rules)
    return Newcomers(names, tuple(sorted(apart - asked)), profiles, like, complete)


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


def _fresh(trait: Categories, known: int) -> Categories:
    """A value of their own for those who come after the ``known`` people."""
    count = len(trait.codes) - known
    codes = trait.codes.copy()
    codes[known:] = len(trait.values) + np.arange(count)
    values = (*trait.values, *(f"another {number}" for number in range(1, count + 1)))
    return replace(trait, codes=codes, values=values)


def _valued(trait: Categories, known: int, values: Sequence[str]) -> Categories:
    codes = trait.codes.copy()
    codes[known:] = [trait.code(value) for value in values]
    return replace(trait, codes=codes)


def _any_time(trait: Sets, known: int) -> Sets:
    """Newcomers who can at any time."""
    member = trait.member.copy()
    member[known:] = True
    return replace(trait, member=member)
