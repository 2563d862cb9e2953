"""Person types: who is alike in everything rules and goals see; and persons for types.

Values that few people have can be merged: a person of a rare municipality is then taken to clash
with nobody. Kinds become few, what they rule out is still ruled out, and what they allow may need
a little mending.

Within a kind the choice is free, and so is the order in which compositions are used up. The
people furthest from the mean choose first: one far above it takes the composition and the mates
with the lowest total, one far below it those with the highest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import comb

import numpy as np

from vermegroup.domain.arrays import WORD
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Categories, IntArray, Numbers, Roster
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS

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
    yield from (number for number in PARAMS.patterns.values_kept if number < most)


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


def seat_kinds(
    kind_of: IntArray, columns: Sequence[IntArray], times: Sequence[int], ticks: IntArray
) -> IntArray:
    """Each person's group (n,), -1 for who is left; ``times[c]`` groups have composition c.

    ``columns[c]`` lists the kinds of composition c, a kind as often as it occurs in it.
    """
    table = _Table(kind_of, columns, times, ticks)
    group_of = np.full(len(kind_of), -1, dtype=np.int64)
    for group in range(sum(times)):
        group_of[table.next_group()] = group
    return group_of


class _Table:
    """People waiting by kind, in rising order, and the compositions not yet used."""

    def __init__(
        self,
        kind_of: IntArray,
        columns: Sequence[IntArray],
        times: Sequence[int],
        ticks: IntArray,
    ) -> None:
        self.ticks: list[int] = ticks.tolist()
        order = np.lexsort((ticks, kind_of))
        bounds = np.searchsorted(kind_of[order], np.arange(int(kind_of.max()) + 2))
        self.waiting: list[deque[int]] = [deque(order[a:b].tolist()) for a, b in pairwise(bounds)]
        self.left = dict(enumerate(times))
        self.columns = [column.tolist() for column in columns]
        reach = [self.ticks[line[-1]] - self.ticks[line[0]] for line in self.waiting]
        # The kind with the widest reach decides how far off a group's total can be: it leads.
        self.by_leader: dict[int, list[int]] = {}
        for index, column in enumerate(self.columns):
            if times[index]:
                leader = max(column, key=lambda kind: (reach[kind], kind))
                self.by_leader.setdefault(leader, []).append(index)
        led = [self.ticks[p] for leader in self.by_leader for p in self.waiting[leader]]
        self.middle = sum(led) / len(led)

    def next_group(self) -> list[int]:
        """Take the members of one more group off the lines."""
        leader, high = self._most_extreme()
        choices = self.by_leader[leader]
        totals = [(self._total(self.columns[index], leader, high), index) for index in choices]
        index = min(totals)[1] if high else max(totals)[1]
        self.left[index] -= 1
        if not self.left[index]:
            choices.remove(index)
            if not choices:
                del self.by_leader[leader]
        mates = list(self.columns[index])
        mates.remove(leader)
        first = self.waiting[leader].pop() if high else self.waiting[leader].popleft()
        return [first, *(self._mate(kind, high) for kind in mates)]

    def _most_extreme(self) -> tuple[int, bool]:
        """The kind whose highest or lowest person is furthest from the middle; True: highest."""
        ends: list[tuple[float, int, bool]] = []
        for leader in self.by_leader:
            line = self.waiting[leader]
            ends.append((self.ticks[line[-1]] - self.middle, leader, True))
            ends.append((self.middle - self.ticks[line[0]], leader, False))
        return max(ends)[1:]

    def _total(self, column: Sequence[int], leader: int, high: bool) -> int:
        """What a composition would add up to with the mates at the far end of their lines.

        Kinds that occur twice are counted at the same end: an estimate for ranking only.
        """
        end = 0 if high else -1
        return sum(self.ticks[self.waiting[kind][end]] for kind in column if kind != leader)

    def _mate(self, kind: int, high: bool) -> int:
        line = self.waiting[kind]
        return line.popleft() if high else line.pop()
