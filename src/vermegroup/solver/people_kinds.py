"""Kinds of people: who is alike in everything that rules and goals look at.

Values that few people have can be merged: a person of a rare municipality is then taken to clash
with nobody. Kinds become few, what they rule out is still ruled out, and what they allow may need
a little mending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import comb

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.kind import Kind
from vermegroup.plan import Plan, Window
from vermegroup.problem import Problem
from vermegroup.roster import Categories, IntArray, Numbers, Roster
from vermegroup.solver.goals import Goal
from vermegroup.sums import WORD

RARE = -1


@dataclass(frozen=True, slots=True)
class Kinds:
    """``kind_of`` (n,) and, in ``problem`` and ``goals``, a cast of stand-ins for judging groups.

    Stand-in ``kind * copies + j`` is the j-th of its kind in a group. ``exact`` says that nothing
    was merged, so that what is allowed needs no mending.
    """

    kind_of: IntArray
    problem: Problem
    windows: tuple[Window, ...]
    copies: int
    exact: bool

    @property
    def count(self) -> int:
        """The number of kinds."""
        return int(self.kind_of.max()) + 1

    def seated(self, rows: IntArray) -> Seating:
        """Stand-ins in groups of these compositions, shape (groups, size), each row ascending."""
        # Rows ascend, so the j-th of its kind is as far from the first of its kind as j.
        nth = np.zeros_like(rows)
        for place in range(1, rows.shape[1]):
            same = rows[:, place] == rows[:, place - 1]
            nth[:, place] = np.where(same, nth[:, place - 1] + 1, 0)
        people = (rows * self.copies + nth).reshape(-1)
        return Seating(people, np.repeat(np.arange(len(rows)), rows.shape[1]), len(rows))

    def shortfalls(self, rule: Kind, plan: Plan, columns: Sequence[IntArray]) -> IntArray:
        """How far a group of each composition is from keeping a rule, shape (len(columns),)."""
        found = np.zeros(len(columns), dtype=np.int64)
        lengths = np.array([len(column) for column in columns])
        for size in np.unique(lengths):
            own = np.flatnonzero(lengths == size)
            rows = np.stack([columns[at] for at in own.tolist()])
            short = rule.shortfall(self.problem.roster, plan, self.seated(rows))
            found[own] = np.minimum(short, WORD - 1)
        return found

    def compositions(self, size: int) -> int:
        """How many multisets of kinds a group of this size could be."""
        return comb(self.count + size - 1, size)


def kinds_of(
    problem: Problem,
    goals: Sequence[Goal],
    sizes: Sequence[int],
    most: int,
    also: tuple[Kind, ...] = (),
) -> Kinds | None:
    """The finest kinds with at most so many compositions; None where persons matter.

    People of a kind are alike in all that the rules, the goals and the kinds ``also`` look at. A
    group must be judged by its members alone: stand-ins have not everybody's mean.
    """
    looking = (*problem.rulebook.rules, *also)
    if not all(kind.anonymous and not kind.compares for kind in looking):
        return None
    if any(kind.sets() for kind in (*looking, *problem.rulebook.preferences)):
        return None
    if any(goal.windows is None for goal in goals):
        return None
    for frequent in _coarser(problem):
        kinds = _kinds(problem, looking, goals, max(sizes), frequent)
        if sum(map(kinds.compositions, sizes)) <= most:
            return kinds
        if any(kind.numbers() for kind in looking):
            return None
    return None


def _coarser(problem: Problem) -> Iterator[int | None]:
    """How many values of each trait to keep apart: all (None), then fewer and fewer."""
    yield None
    most = max((len(c.values) for c in problem.roster.categories.values()), default=0)
    yield from (number for number in (16, 12, 8, 6, 5, 4, 3, 2, 1, 0) if number < most)


def _kinds(
    problem: Problem,
    rules: Sequence[Kind],
    goals: Sequence[Goal],
    copies: int,
    frequent: int | None,
) -> Kinds:
    roster = problem.roster
    merged = _only_kept_apart(rules)
    columns: dict[str, IntArray] = {}
    for trait in dict.fromkeys(name for rule in rules for name in rule.categories()):
        own = roster.categories[trait]
        columns[trait] = _with_rare(own, frequent) if trait in merged else own.codes
    ticks = {name: roster.numbers[name].ticks for rule in rules for name in rule.numbers()}
    windows = [window for goal in goals for window in goal.windows or ()]
    features = [*columns.values(), *ticks.values(), *(window.weights for window in windows)]
    first, kind_of = _alike(features, len(roster))
    cast = _cast(roster, columns, ticks, np.repeat(first, copies))
    return Kinds(
        kind_of,
        replace(problem, roster=cast),
        tuple(replace(w, weights=np.repeat(w.weights[first], copies)) for w in windows),
        copies,
        exact=not any(_shared(roster.categories[trait], own) for trait, own in columns.items()),
    )


def _alike(features: Sequence[IntArray], people: int) -> tuple[IntArray, IntArray]:
    """Who is the first of each kind, and each one's kind (n,); kinds rise as their features do."""
    kind_of = np.zeros(people, dtype=np.int64)
    first = kind_of[:1]
    for feature in features:
        values, codes = np.unique(feature, return_inverse=True)
        both = kind_of * len(values) + codes.reshape(-1)
        _, first, kind_of = np.unique(both, return_index=True, return_inverse=True)
        kind_of = kind_of.reshape(-1).astype(np.int64)
    return first, kind_of


def _only_kept_apart(rules: Sequence[Kind]) -> set[str]:
    """Traits whose rare values may be merged: no rule asks which value it is."""
    asked = {name for rule in rules for name in rule.categories() if name != rule.keeps_apart()}
    apart = {name for name in (rule.keeps_apart() for rule in rules) if name is not None}
    return apart - asked


def _with_rare(trait: Categories, keep: int | None) -> IntArray:
    """The codes, with all but the commonest values merged.

    A value that one person has is merged in any case, and without loss: nobody clashes over it.
    """
    counts = trait.counts()
    common = np.argsort(-counts, kind="stable")[:keep]
    common = common[counts[common] > 1]
    return np.where(np.isin(trait.codes, common), trait.codes, RARE)


def _shared(trait: Categories, codes: IntArray) -> bool:
    """Whether some merged value is that of several people, who might clash."""
    return bool((trait.counts()[trait.codes[codes == RARE]] > 1).any())


def _cast(
    roster: Roster, columns: dict[str, IntArray], ticks: dict[str, IntArray], people: IntArray
) -> Roster:
    """Stand-ins with the traits of ``people``; each rare value is one of its own."""
    categories = {}
    for trait, codes in columns.items():
        values = roster.categories[trait].values
        fresh = len(values) + np.arange(len(people))
        own = np.where(codes[people] == RARE, fresh, codes[people])
        named = (*values, *(f"rare {number}" for number in range(len(people))))
        categories[trait] = Categories(own, named, trait)
    numbers = {
        name: Numbers(values[people], roster.numbers[name].per_unit, name)
        for name, values in ticks.items()
    }
    return replace(roster, ids=roster.ids[people], categories=categories, numbers=numbers)
