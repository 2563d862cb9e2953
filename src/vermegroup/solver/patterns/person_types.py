"""Person types: who is alike in everything rules and goals see; and persons for types.

Values that few people have can be merged: a person of a rare municipality is then taken to clash
with nobody. Types become few, what they rule out is still ruled out, and what they allow may need
a little repair.

Within a type the choice is free, and so is the order in which patterns are used up. The people
furthest from the mean choose first: one far above it takes the pattern and the mates with the
lowest total, one far below it those with the highest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import comb

import numpy as np

from vermegroup.domain.arrays import WORD, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Categories, Numbers, Roster
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS

RARE = -1


@dataclass(frozen=True, slots=True)
class PersonTypes:
    """``type_of`` (n,) and, in ``problem`` and ``goals``, a cast of stand-ins for judging groups.

    Stand-in ``type * copies + j`` is the j-th of its type in a group. ``exact`` says that nothing
    was merged, so that what is allowed needs no mending.
    """

    type_of: IntArray
    problem: Problem
    windows: tuple[Window, ...]
    copies: int
    exact: bool

    @property
    def count(self) -> int:
        """The number of types."""
        return int(self.type_of.max()) + 1

    def seated(self, rows: IntArray) -> Seating:
        """Stand-ins in groups of these patterns, shape (groups, size), each row ascending."""
        # Rows ascend, so the j-th of its type is as far from the first of its type as j.
        nth = np.zeros_like(rows)
        for place in range(1, rows.shape[1]):
            same = rows[:, place] == rows[:, place - 1]
            nth[:, place] = np.where(same, nth[:, place - 1] + 1, 0)
        people = (rows * self.copies + nth).reshape(-1)
        return Seating(people, np.repeat(np.arange(len(rows)), rows.shape[1]), len(rows))

    def shortfalls(self, rule: Kind, plan: Plan, patterns: Sequence[IntArray]) -> IntArray:
        """How far a group of each pattern is from keeping a rule, shape (len(patterns),)."""
        found = np.zeros(len(patterns), dtype=np.int64)
        lengths = np.array([len(pattern) for pattern in patterns])
        for size in np.unique(lengths):
            of_size = np.flatnonzero(lengths == size)
            rows = np.stack([patterns[at] for at in of_size.tolist()])
            short = rule.shortfall(self.problem.roster, plan, self.seated(rows))
            found[of_size] = np.minimum(short, WORD - 1)
        return found

    def patterns(self, size: int) -> int:
        """How many multisets of types a group of this size could be."""
        return comb(self.count + size - 1, size)


def person_types_of(
    problem: Problem,
    goals: Sequence[Goal],
    sizes: Sequence[int],
    most: int,
    also: tuple[Kind, ...] = (),
) -> PersonTypes | None:
    """The finest types with at most so many patterns; None where persons matter.

    People of a type are alike in all that the rules, the goals and the rules ``also`` look at. A
    group must be judged by its members alone: stand-ins have not everybody's mean.
    """
    looking = (*problem.rulebook.rules, *also)
    if not all(rule.anonymous and not rule.compares for rule in looking):
        return None
    if any(rule.sets() for rule in (*looking, *problem.rulebook.preferences)):
        return None
    if any(goal.windows is None for goal in goals):
        return None
    for frequent in _coarser(problem):
        types = _types(problem, looking, goals, max(sizes), frequent)
        if sum(map(types.patterns, sizes)) <= most:
            return types
        if any(rule.numbers() for rule in looking):
            return None
    return None


def _coarser(problem: Problem) -> Iterator[int | None]:
    """How many values of each trait to keep apart: all (None), then fewer and fewer."""
    yield None
    most = max((len(c.values) for c in problem.roster.categories.values()), default=0)
    yield from (number for number in PARAMS.patterns.values_kept if number < most)


def _types(
    problem: Problem,
    rules: Sequence[Kind],
    goals: Sequence[Goal],
    copies: int,
    frequent: int | None,
) -> PersonTypes:
    roster = problem.roster
    merged = _only_kept_apart(rules)
    columns: dict[str, IntArray] = {}
    for trait in dict.fromkeys(name for rule in rules for name in rule.categories()):
        categories = roster.categories[trait]
        columns[trait] = _with_rare(categories, frequent) if trait in merged else categories.codes
    ticks = {name: roster.numbers[name].ticks for rule in rules for name in rule.numbers()}
    windows = [window for goal in goals for window in goal.windows or ()]
    features = [*columns.values(), *ticks.values(), *(window.weights for window in windows)]
    first, type_of = _alike(features, len(roster))
    cast = _cast(roster, columns, ticks, np.repeat(first, copies))
    return PersonTypes(
        type_of,
        replace(problem, roster=cast),
        tuple(replace(w, weights=np.repeat(w.weights[first], copies)) for w in windows),
        copies,
        exact=not any(_shared(roster.categories[trait], codes) for trait, codes in columns.items()),
    )


def _alike(features: Sequence[IntArray], people: int) -> tuple[IntArray, IntArray]:
    """Who is the first of each type, and each one's type (n,); types rise as their features do."""
    type_of = np.zeros(people, dtype=np.int64)
    first = type_of[:1]
    for feature in features:
        values, codes = np.unique(feature, return_inverse=True)
        both = type_of * len(values) + codes.reshape(-1)
        _, first, type_of = np.unique(both, return_index=True, return_inverse=True)
        type_of = type_of.reshape(-1).astype(np.int64)
    return first, type_of


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
        cast_codes = np.where(codes[people] == RARE, fresh, codes[people])
        named = (*values, *(f"rare {number}" for number in range(len(people))))
        categories[trait] = Categories(cast_codes, named, trait)
    numbers = {
        name: Numbers(values[people], roster.numbers[name].per_unit, name)
        for name, values in ticks.items()
    }
    return replace(roster, ids=roster.ids[people], categories=categories, numbers=numbers)


def seat_types(
    type_of: IntArray, patterns: Sequence[IntArray], times: Sequence[int], ticks: IntArray
) -> IntArray:
    """Each person's group (n,), -1 for who is left; ``times[c]`` groups have pattern c.

    ``patterns[c]`` lists the types of pattern c, a type as often as it occurs in it.
    """
    table = _PatternTable(type_of, patterns, times, ticks)
    group_of = np.full(len(type_of), -1, dtype=np.int64)
    for group in range(sum(times)):
        group_of[table.next_group()] = group
    return group_of


class _PatternTable:
    """People waiting by type, in rising order, and the patterns not yet used."""

    def __init__(
        self,
        type_of: IntArray,
        patterns: Sequence[IntArray],
        times: Sequence[int],
        ticks: IntArray,
    ) -> None:
        self.ticks: list[int] = ticks.tolist()
        order = np.lexsort((ticks, type_of))
        bounds = np.searchsorted(type_of[order], np.arange(int(type_of.max()) + 2))
        self.waiting: list[deque[int]] = [deque(order[a:b].tolist()) for a, b in pairwise(bounds)]
        self.left = dict(enumerate(times))
        self.patterns = [pattern.tolist() for pattern in patterns]
        reach = [self.ticks[line[-1]] - self.ticks[line[0]] for line in self.waiting]
        # The type with the widest reach decides how far off a group's total can be: it leads.
        self.by_leader: dict[int, list[int]] = {}
        for index, pattern in enumerate(self.patterns):
            if times[index]:
                leader = max(pattern, key=lambda person_type: (reach[person_type], person_type))
                self.by_leader.setdefault(leader, []).append(index)
        led = [self.ticks[p] for leader in self.by_leader for p in self.waiting[leader]]
        self.middle = sum(led) / len(led)

    def next_group(self) -> list[int]:
        """Take the members of one more group off the lines."""
        leader, high = self._most_extreme()
        choices = self.by_leader[leader]
        totals = [(self._total(self.patterns[index], leader, high), index) for index in choices]
        index = min(totals)[1] if high else max(totals)[1]
        self.left[index] -= 1
        if not self.left[index]:
            choices.remove(index)
            if not choices:
                del self.by_leader[leader]
        mates = list(self.patterns[index])
        mates.remove(leader)
        first = self.waiting[leader].pop() if high else self.waiting[leader].popleft()
        return [first, *(self._mate(person_type, high) for person_type in mates)]

    def _most_extreme(self) -> tuple[int, bool]:
        """The type whose highest or lowest person is furthest from the middle; True: highest."""
        ends: list[tuple[float, int, bool]] = []
        for leader in self.by_leader:
            line = self.waiting[leader]
            ends.append((self.ticks[line[-1]] - self.middle, leader, True))
            ends.append((self.middle - self.ticks[line[0]], leader, False))
        return max(ends)[1:]

    def _total(self, pattern: Sequence[int], leader: int, high: bool) -> int:
        """What a pattern would add up to with the mates at the far end of their lines.

        Types that occur twice are counted at the same end: an estimate for ranking only.
        """
        end = 0 if high else -1
        return sum(self.ticks[self.waiting[mate][end]] for mate in pattern if mate != leader)

    def _mate(self, person_type: int, high: bool) -> int:
        line = self.waiting[person_type]
        return line.popleft() if high else line.pop()
