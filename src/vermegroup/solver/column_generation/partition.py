"""Set partitioning: groups chosen from a list so that everybody is in one, or may wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, largest
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.column_generation.columns import Rows, seatings
from vermegroup.solver.column_generation.linear_programme import WholeProgramme
from vermegroup.solver.column_generation.master import Master
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


@dataclass(frozen=True, slots=True)
class Partition:
    """What is chosen: ``groups`` of the columns (c, width), and anybody's waiting at the end.

    ``costs`` (c,) add up to what is made least; each of the ``limits`` says of other amounts (c,)
    what they may come to at most.
    """

    people: int
    groups: int
    columns: Rows
    waits: int
    costs: IntArray
    limits: tuple[tuple[IntArray | BoolArray, int], ...]

    @classmethod
    def of(
        cls,
        problem: Problem,
        plan: Plan,
        columns: Rows,
        costs: IntArray,
        limits: Sequence[tuple[IntArray, int]],
    ) -> Partition | None:
        """The choice among groups; None where numbers are too large to be added up in 64 bits."""
        waiting = _may_wait(problem, plan)
        rows = np.full((len(waiting), columns.shape[1]), NOBODY, dtype=columns.dtype)
        rows[:, 0] = waiting
        nothing = np.zeros(len(waiting), dtype=np.int64)
        most = PARAMS.columns.exact // (PARAMS.columns.parts * max(1, len(problem.roster)))
        if any(
            own.dtype != np.int64 or largest(own) >= most
            for own in (costs, *(amounts for amounts, _ in limits))
        ):
            return None
        return cls(
            len(problem.roster),
            plan.groups,
            np.concatenate([columns, rows]),
            len(waiting),
            np.concatenate([costs, nothing]),
            tuple((np.concatenate([amounts, nothing]), at_most) for amounts, at_most in limits),
        )

    def part(self, kept: IntArray) -> Partition:
        """The same choice with some of the columns alone, in rising order."""
        limits = tuple((amounts[kept], most) for amounts, most in self.limits)
        waits = int((kept >= self.waits_from).sum())
        return replace(
            self, columns=self.columns[kept], waits=waits, costs=self.costs[kept], limits=limits
        )

    def among(self, kept: IntArray) -> Master:
        """The model of a choice among some of the columns."""
        model = Master(self.columns[kept].astype(np.int64), np.arange(self.people), self.people)
        model.exactly((kept < self.waits_from).astype(np.int64), self.groups)
        for amounts, at_most in self.limits:
            model.limit(amounts[kept].astype(np.int64), at_most)
        return model

    def likely_best(
        self, kept: IntArray, search: Search, nodes: int = PARAMS.enumeration.nodes
    ) -> IntArray | None:
        """A cheap choice among some of the columns; whether it is the cheapest is not said."""
        programme = WholeProgramme(self.rows())
        programme.add(self.amounts(kept), self.costs[kept])
        chosen = programme.cheapest(search, nodes)
        return None if chosen is None else kept[chosen]

    def rows(self) -> list[tuple[float, float]]:
        """What a choice comes to: everybody once, so many groups, and each limit at most."""
        limits = [(-inf, float(most)) for _, most in self.limits]
        return [(1.0, 1.0)] * self.people + [(float(self.groups), float(self.groups)), *limits]

    def amounts(self, kept: IntArray) -> IntArray:
        """What some of the columns add to each of these, shape (kept, rows)."""
        having = np.zeros((len(kept), self.people + 1), dtype=np.int64)
        np.put_along_axis(having, self.columns[kept].astype(np.int64), 1, axis=1)
        having[:, NOBODY] = kept < self.waits_from  # NOBODY is the last
        return np.column_stack([having, *(amounts[kept] for amounts, _ in self.limits)])

    def keeps_limits(self, chosen: IntArray) -> bool:
        """Whether what these columns come to is within all limits."""
        return all(int(amounts[chosen].sum()) <= most for amounts, most in self.limits)

    @property
    def waits_from(self) -> int:
        """Where the groups end, and anybody's waiting begins."""
        return len(self.columns) - self.waits

    def grouping(self, chosen: IntArray) -> IntArray | None:
        """The grouping (n,) of some columns, if it is one."""
        groups = chosen[chosen < self.waits_from]
        members = self.columns[chosen]
        if not np.array_equal(np.sort(members[members != NOBODY]), np.arange(self.people)):
            return None
        group_of = np.full(self.people, -1, dtype=np.int64)
        for place, row in enumerate(self.columns[groups]):
            group_of[row[row != NOBODY]] = place
        return group_of if len(groups) == self.groups else None

    def places(self, group_of: IntArray) -> IntArray:
        """Where the columns of a grouping stand."""
        rows = rows_of(group_of, self.groups, self.columns.shape[1])
        waiting = np.full((int((group_of < 0).sum()), self.columns.shape[1]), NOBODY)
        waiting[:, 0] = np.flatnonzero(group_of < 0)
        first, found = self.columns[:, 0], [np.empty(0, dtype=np.int64)]
        for own, among in (
            (rows, slice(None, self.waits_from)),
            (waiting, slice(self.waits_from, None)),
        ):
            for row in own:
                alike = np.flatnonzero(first[among] == row[0]) + (among.start or 0)
                found.append(alike[(self.columns[alike] == row).all(axis=1)])
        return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class Prices:
    """Duals in parts: of each person (n,), of one group more, and of each limit, never above 0."""

    people: IntArray
    group: int
    limits: tuple[int, ...]

    def of(self, partition: Partition, step: int) -> IntArray:
        """What the members of every so many columns, and they themselves, are worth, shape (c,)."""
        people = np.append(self.people, 0)  # NOBODY is the last
        worth = np.asarray(sum(people[column[::step]] for column in partition.columns.T))
        worth[: -(-partition.waits_from // step)] += self.group
        for price, (amounts, _) in zip(self.limits, partition.limits, strict=True):
            worth += price * amounts[::step]
        return worth

    def worth(self, partition: Partition) -> int:
        """What all of a partition is worth at least."""
        limits = sum(
            price * most for price, (_, most) in zip(self.limits, partition.limits, strict=True)
        )
        return int(self.people.sum()) + self.group * partition.groups + limits

    def towards(self, others: Prices, eighths: int) -> Prices:
        """Prices so many eighths of the way to others."""

        def between(own: int, other: int) -> int:
            return own + (other - own) * eighths // 8

        return Prices(
            self.people + (others.people - self.people) * eighths // 8,
            between(self.group, others.group),
            tuple(map(between, self.limits, others.limits)),
        )


def prices_of(partition: Partition, duals: Sequence[int] | None) -> Prices | None:
    """Duals as prices, if 64 bits hold what columns are worth by them."""
    if duals is None:
        return None
    people, group, *limits = duals[: partition.people], *duals[partition.people :]
    prices = tuple(min(0, limit) for limit in limits)
    for price, (amounts, _) in zip(prices, partition.limits, strict=True):
        if -price * largest(amounts) >= PARAMS.columns.exact:
            return None
    worth = np.array(people, dtype=np.int64)
    waiting = partition.columns[partition.waits_from :, 0]
    worth[waiting] = np.minimum(0, worth[waiting])  # they may wait, and that costs nothing
    return Prices(worth, group, prices)


def rows_of(group_of: IntArray, groups: int, width: int) -> IntArray:
    """The groups of a grouping (n,) as rows (groups, width) of members, in rising order."""
    rows = np.full((groups, width), NOBODY, dtype=np.int64)
    for group in range(groups):
        members = np.flatnonzero(group_of == group)
        rows[group, : len(members)] = members
    return rows


def _may_wait(problem: Problem, plan: Plan) -> IntArray:
    if plan.everyone:
        return np.empty(0, dtype=np.int64)
    return np.setdiff1d(np.arange(len(problem.roster)), must_be_seated(problem))


def cost_of(goal: Goal, value: int) -> int:
    """A value without its base, with the sign that makes less better."""
    base = goal.preference.base(goal.roster) if goal.preference.total is Total.SUM else 0
    return (value - base) * goal.preference.sense.value


def value_of(goal: Goal, cost: int) -> int:
    """The value that costs so much."""
    base = goal.preference.base(goal.roster) if goal.preference.total is Total.SUM else 0
    return cost * goal.preference.sense.value + base


def costs(columns: Rows, goal: Goal) -> IntArray:
    """What each column adds to a goal, less being better, shape (c,)."""
    found = [goal.costs(seating) for seating in seatings(columns)]
    return np.concatenate([np.empty(0, dtype=np.int64), *found])
