"""What is lessened, level by level: what groups lack by the rules, then each preference."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import BoolArray, FloatArray, IntArray, plus, sum_of
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Total
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import Problem, must_be_seated, settled
from vermegroup.solver.params import PARAMS

NOBODY = -1


class Levels:
    """Judges candidate groups by their members alone: nothing here knows a rule by name.

    Level 0 is what a group lacks by the rules, each further level a preference's measure, less
    being better. Candidates are rows (rows, width) of people, NOBODY where a seat is free. Where
    none is, what looks at sizes alone is ``certain`` and not asked. ``typical`` are rows by which
    is told how finely a rule counts, and whether it is one of pairs.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        typical: IntArray,
        *,
        certain: bool,
        windows: Sequence[Window] = (),
    ) -> None:
        self.problem, self.plan = problem, plan
        rules = problem.rulebook.rules
        self._rules = tuple(rule for rule in rules if not (certain and rule.sizes_alone))
        self._preferences = problem.rulebook.preferences
        self._certain = certain
        self._typical = typical
        self._windows = windows
        self._units = [self._unit(rule) for rule in self._rules]
        self._pairs: dict[int, FloatArray | None] = {}
        self._must = np.zeros(len(problem.roster) + 1, dtype=np.int64)
        self._must[must_be_seated(problem)] = 1
        if plan.everyone:
            self._must[:NOBODY] = 1

    def __len__(self) -> int:
        return 1 + len(self._preferences)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The rules and preferences."""
        return (*self._rules, *self._preferences)

    def worst(self, level: int) -> bool:
        """Whether a level is as bad as its worst group, and not what all come to."""
        return level > 0 and self._preferences[level - 1].total is Total.WORST

    def bounds(self, values: Sequence[int]) -> tuple[int, ...]:
        """The least that arithmetic leaves each of the first levels, if those before come to these.

        ``values`` are totals of the levels.
        """
        plan, roster, found = self.plan, self.problem.roster, [0]
        for level, kind in enumerate(self._preferences[: len(values) - 1], 1):
            base = 0 if self.worst(level) else kind.base(roster)
            bound = kind.bound(roster, plan)
            found.append((bound - base) * kind.sense.value)
            plan = settled(plan, kind, values[level] * kind.sense.value + base, bound)
        return tuple(found)

    def weight(self, level: int) -> int:
        """How many kinds are asked of a row up to a level."""
        return len(self._rules) + len(self._windows) + level

    def costs(self, rows: IntArray, waiting: BoolArray, upto: int) -> list[IntArray]:
        """The cost of each row at the levels up to one; ``waiting`` rows are the waitlist's."""
        seating = seating_of_rows(rows, waiting)
        found = [self._lacking(seating)]
        found += [self._cost(kind, seating) for kind in self._preferences[:upto]]
        if waiting.any():
            found[0][waiting] = self._must[rows[waiting]].sum(axis=1)
            for costs in found[1:]:
                costs[waiting] = 0
        return found

    def _lacking(self, seating: Seating) -> IntArray:
        missing = np.zeros(seating.groups, dtype=np.int64)
        for rule, unit in zip(self._rules, self._units, strict=True):
            short = rule.shortfall(self.problem.roster, self.plan, seating)
            missing = plus(missing, short if unit == 1 else -(-short // unit))
        for window in self._windows:
            missing = plus(missing, window.off(seating))
        return missing

    def _cost(self, kind: Kind, seating: Seating) -> IntArray:
        if self._certain and kind.sizes_alone:
            return np.zeros(seating.groups, dtype=np.int64)
        return kind.measure(self.problem.roster, self.plan, seating) * kind.sense.value

    def total(self, level: int, costs: IntArray) -> int:
        """What the groups' costs of a level come to."""
        return int(costs.max()) if self.worst(level) else sum_of(costs)

    def _unit(self, rule: Kind) -> int:
        """A quarter of what typical groups lack: a rule in small units is to count like others."""
        short = rule.shortfall(self.problem.roster, self.plan, seating_of_rows(self._typical))
        lacking = np.sort(short[short > 0])
        return max(1, int(lacking[len(lacking) // 2]) // 4) if len(lacking) else 1

    def pairs(self, level: int) -> FloatArray | None:
        """What two people cost a level beside each other, (n + 1, n + 1); NOBODY, the last, none.

        That is finer than what a group costs: who fits with none of three others counts thrice.
        None where pairs tell nothing of groups, or all that there is to tell.
        """
        if level not in self._pairs:
            few = len(self.problem.roster) <= PARAMS.exchange.pairs_people
            tells = few and not self.worst(level)
            self._pairs[level] = self._pairs_of(level) if tells else None
        return self._pairs[level]

    def _pairs_of(self, level: int) -> FloatArray | None:
        people = len(self.problem.roster)
        first, second = np.triu_indices(people, 1)
        pairs = seating_of_rows(np.stack([first, second], axis=1))
        found = np.zeros((people + 1, people + 1))
        if level:
            found[first, second] = self._cost(self._preferences[level - 1], pairs)
        for rule in () if level else filter(self._is_of_pairs, self._rules):
            found[first, second] += rule.shortfall(self.problem.roster, self.plan, pairs) > 0
        found += found.T
        if level:
            found *= self._slope(level, found)
        return found if found.any() else None

    def _slope(self, level: int, pairs: FloatArray) -> float:
        """By how much groups cost more whose pairs cost one more; 0 where that is no guide."""
        costs = self._cost(self._preferences[level - 1], seating_of_rows(self._typical))
        both = np.cov(costs.astype(float), pair_sums(pairs, self._typical))
        if not both[1, 1] or not both[0, 0]:
            return 0.0
        alike = float(both[0, 1]) / float(both[0, 0] * both[1, 1]) ** 0.5
        low, high = PARAMS.exchange.alike
        return float(both[0, 1] / both[1, 1]) if low < alike < high else 0.0

    def _is_of_pairs(self, rule: Kind) -> bool:
        """Whether typical groups that keep a rule keep it pair by pair, so far as they tell."""
        if rule.sizes_alone or rule.compares:
            return False
        rows, roster = self._typical, self.problem.roster
        kept = rows[rule.shortfall(roster, self.plan, seating_of_rows(rows)) == 0]
        pairs = np.concatenate([kept[:, pair] for pair in combinations(range(rows.shape[1]), 2)])
        pairs = pairs[(pairs != NOBODY).all(axis=1)]
        return not rule.shortfall(roster, self.plan, seating_of_rows(pairs)).any()


def pair_sums(pairs: FloatArray, rows: IntArray) -> FloatArray:
    """What the pairs of each row come to, (rows,)."""
    total = np.zeros(len(rows))
    for one, other in combinations(range(rows.shape[1]), 2):
        total += pairs[rows[:, one], rows[:, other]]
    return total


def seating_of_rows(rows: IntArray, waiting: BoolArray | None = None) -> Seating:
    """Rows (rows, width) of people as candidate groups; nobody sits in those ``waiting``."""
    taken = rows != NOBODY
    if waiting is not None and waiting.any():
        taken[waiting] = False
    if taken.all():
        return Seating(rows.reshape(-1), np.repeat(np.arange(len(rows)), rows.shape[1]), len(rows))
    return Seating(rows[taken], np.nonzero(taken)[0], len(rows))
