"""What a drawn grouping must keep: all rules, and where that is asked, how good another one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, plus, sum_of, sums_by_group
from vermegroup.domain.grouping import Grouping, Seating
from vermegroup.domain.kind import Kind, Sense, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Standard:
    """A preference whose value may be no worse than ``limit``, in the kind's own scale."""

    preference: Kind
    limit: int

    def met(self, values: IntArray) -> BoolArray:
        """Which of these values are good enough."""
        if self.preference.sense is Sense.LEAST:
            return np.asarray(values <= self.limit, dtype=bool)
        return np.asarray(values >= self.limit, dtype=bool)

    def is_met(self, value: int) -> bool:
        """Whether one value is good enough, however large."""
        return (value - self.limit) * self.preference.sense.value <= 0


def standards_of(problem: Problem, grouping: Grouping, within: Fraction) -> tuple[Standard, ...]:
    """At least as good as a grouping in every preference, but for a share of each value."""
    seating = grouping.seating()
    plan = problem.plan(grouping.groups, placed=len(seating.people))
    found = []
    for preference in problem.rulebook.preferences:
        value = preference.value_of(problem.roster, plan, seating)
        room = int(abs(value) * within)
        found.append(Standard(preference, value + preference.sense.value * room))
    return tuple(found)


def meets(problem: Problem, grouping: Grouping, standards: Sequence[Standard]) -> bool:
    """Whether a grouping is good enough by every standard."""
    seating = grouping.seating()
    plan = problem.plan(grouping.groups, placed=len(seating.people))
    return all(
        each.is_met(each.preference.value_of(problem.roster, plan, seating)) for each in standards
    )


@dataclass(frozen=True, slots=True)
class Value:
    """What a preference comes to, kept group by group so that a few groups can change.

    ``measures`` (groups,) are those of the groups as they are.
    """

    standard: Standard
    base: int
    measures: IntArray

    @classmethod
    def of(cls, standard: Standard, problem: Problem, plan: Plan, seating: Seating) -> Value:
        """The value of a grouping."""
        kind = standard.preference
        measures = kind.measure(problem.roster, plan, seating)
        return cls(standard, kind.base(problem.roster), measures.copy())

    def good_enough(self, block: IntArray, tried: IntArray) -> BoolArray:
        """Whether the value would be, if the groups of a block (b,) had the measures (t, b)."""
        if self.standard.preference.total is Total.WORST:
            others = np.delete(self.measures, block)
            worst = max(int(others.max(initial=0)), 0)
            return self.standard.met(np.maximum(tried.max(axis=1), worst))
        rest = self.base + sum_of(self.measures) - sum_of(self.measures[block])
        totals = plus(_row_sums(tried), np.full(len(tried), rest))
        return self.standard.met(totals)

    def total(self) -> int:
        """The value as it is."""
        if self.standard.preference.total is Total.WORST:
            return max(int(self.measures.max(initial=0)), 0)
        return self.base + sum_of(self.measures)

    def put(self, block: IntArray, measures: IntArray) -> None:
        """The groups of a block have these measures from now on."""
        self.measures[block] = measures


def _row_sums(numbers: IntArray) -> IntArray:
    rows, width = numbers.shape
    return sums_by_group(numbers.ravel(), np.repeat(np.arange(rows), width), rows)
