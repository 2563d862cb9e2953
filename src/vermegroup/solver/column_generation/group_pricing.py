"""The best group for given prices where there are too many groups to write them all down.

Groups of low reduced cost are found by exchanging single members, many at once on arrays. That no
group has a lower one is asked of a CP-SAT model of one group: it keeps the rules as any model does,
and its objective is what a group costs less what its members are worth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, largest
from vermegroup.domain.grouping import NOBODY, Seating
from vermegroup.domain.model import Expression
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.column_generation.columns import holds, seatings
from vermegroup.solver.column_generation.partition import Partition, Prices, cost_of, costs
from vermegroup.solver.cpsat import solve
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft, seating_of


@dataclass(frozen=True, slots=True)
class Cheapest:
    """No group has a reduced cost below ``least``, in parts, as one solve has it.

    ``members`` (m,) are the best group that it found; nobody without one.
    """

    least: int
    members: IntArray


@dataclass(frozen=True)
class Groups:
    """All groups that may be in a grouping: they keep the rules and do not miss what is held.

    What asks for the number of groups or of those placed is left aside: there are more groups then,
    and a bound over more groups holds for fewer.
    """

    problem: Problem
    plan: Plan
    held: tuple[Goal, ...]
    goal: Goal

    @cached_property
    def sizes(self) -> frozenset[int]:
        """The sizes that they may have."""
        return frozenset(self.plan.sizes or range(self.plan.smallest, self.plan.largest + 1))

    @cached_property
    def limited(self) -> tuple[Goal, ...]:
        """What is held of all groups together."""
        return tuple(own for own in self.held if not own.local and not own.preference.asks_number)

    @cached_property
    def _kept(self) -> tuple[Goal, ...]:
        """What is held in each group."""
        return tuple(own for own in self.held if own.local and not own.preference.asks_number)

    @cached_property
    def _local(self) -> Problem:
        rules = self.problem.rulebook.rules
        return self.problem.under(tuple(rule for rule in rules if not rule.asks_number))

    def among(self, rows: IntArray) -> BoolArray:
        """Which rows (c, width) are such groups, shape (c,)."""
        found = self._sized(rows)
        found[found] = holds(self._local, self.plan, rows[found])
        for goal in self._kept:
            left = np.flatnonzero(found)
            missed = map(goal.missed, seatings(rows[left]))
            found[left] = ~np.concatenate([np.empty(0, dtype=bool), *missed])
        return found

    def _sized(self, rows: IntArray) -> BoolArray:
        return np.isin((rows != NOBODY).sum(axis=1), sorted(self.sizes))

    def partition(self, rows: IntArray) -> Partition | None:
        """The choice among some of them; None where numbers are too large."""
        limits = [(costs(rows, own), cost_of(own, own.target)) for own in self.limited]
        return Partition.of(self.problem, self.plan, rows, costs(rows, self.goal), limits)

    def cheapest(self, prices: Prices, search: Search) -> Cheapest | None:
        """The group of least reduced cost, by a solve; None where that is not soon told."""
        model, amount = self._model(prices)
        model.minimise(amount)
        answer = solve(model.cp, search, effort=PARAMS.pricing.effort, relaxation=2)
        if answer.bound is None:
            return None
        members = np.flatnonzero(model.groups_found(answer) == 0)
        return Cheapest(answer.bound - prices.group, members)

    def confirmed(self, least: int, prices: Prices, search: Search) -> int | None:
        """What no group's reduced cost is below, as other solves have it, too; at most ``least``.

        The second solves the same without presolve, and what it has not ruled out counts. A third,
        short one may only object.
        """
        model, amount = self._model(prices)
        model.minimise(amount)
        second = solve(model.cp, search, effort=PARAMS.pricing.effort, presolve=False, relaxation=2)
        if second.bound is None:
            return None
        least = min(least, second.bound - prices.group)
        model, amount = self._model(prices)
        model.limit(amount, at_most=least + prices.group - 1)
        effort = PARAMS.search.objection_effort
        third = solve(model.cp, search, effort=effort, relaxation=2, attempt=1)
        return None if third.found else least

    def _model(self, prices: Prices) -> tuple[Neighbourhood, Expression]:
        """The model of one group, and its reduced cost but for the price of a group."""
        roster, people = self.problem.roster, np.arange(len(self.problem.roster))
        between = replace(self.plan, smallest=min(self.sizes), largest=max(self.sizes))
        model = Neighbourhood(people, 1, between, None, everyone=False)
        for size in set(model.sizes_possible(0)) - self.sizes:
            model.limit_at_size(model.new_amount(0), 0, size, at_least=1)
        for rule in self._local.rulebook.rules:
            rule.require(roster, self.plan, model, 0)
        for goal in self._kept:
            goal.enforce(model)
        amount = self.goal.cost(model) * PARAMS.columns.parts
        for goal, price in zip(self.limited, prices.limits, strict=True):
            if price:
                amount = amount + goal.cost(model) * -price
        return model, amount - model.total(prices.people, 0)

    def exact(self, prices: Prices) -> bool:
        """Whether all that a model adds up stays far within its numbers."""
        roster, plan = self.problem.roster, self.plan
        most = PARAMS.columns.parts * self.goal.preference.reach(roster, plan)
        most += max(self.sizes) * largest(prices.people) + abs(prices.group)
        for goal, price in zip(self.limited, prices.limits, strict=True):
            most -= price * goal.preference.reach(roster, plan)
        return most < PARAMS.columns.exact

    def seating(self, group_of: IntArray) -> Seating:
        """The seats of a grouping (n,)."""
        return seating_of(group_of, self.plan.groups)

    def improves(self, found: IntArray, best: IntArray) -> bool:
        """Whether a grouping (n,) keeps all rules and what is held, and is better than another."""
        ours, others = self.seating(found), self.seating(best)
        if not Draft(self.problem, self.plan, found).valid(everyone=self.plan.everyone):
            return False
        kept = all(own.reached(own.value(ours)) for own in self.held)
        return kept and self.goal.better(self.goal.value(ours), self.goal.value(others))

    def better_ones(self, rows: IntArray, prices: Prices) -> IntArray:
        """Groups (c, width) of negative reduced cost that exchanges of members come to from some.

        Steepest descent of the reduced cost, from all rows at once; what is met on the way counts.
        """
        found, reduced = [rows[:0]], self.reduced(rows, prices)
        for _step in range(PARAMS.pricing.steps):
            rows, reduced = self._next(rows, reduced, prices)
            if not len(rows):
                break
            found.append(rows[reduced < 0])
        return np.unique(np.concatenate(found), axis=0)

    def _next(self, rows: IntArray, reduced: IntArray, prices: Prices) -> tuple[IntArray, IntArray]:
        """The best valid group that one exchange makes of each row, where that is better."""
        near, origin = _exchanged(rows, len(self.problem.roster))
        sized = self._sized(near)
        near, origin = near[sized], origin[sized]
        own = self.reduced(near, prices)
        lower = np.flatnonzero(own < reduced[origin])
        lower = lower[self.among(near[lower])]
        order = lower[np.lexsort((own[lower], origin[lower]))]
        best = order[np.flatnonzero(np.diff(origin[order], prepend=-1))]
        return near[best], own[best]

    def reduced(self, rows: IntArray, prices: Prices) -> IntArray:
        """What some of them cost less what they are worth, in parts, shape (c,)."""
        amounts = costs(rows, self.goal) * PARAMS.columns.parts - prices.group
        for goal, price in zip(self.limited, prices.limits, strict=True):
            if price:
                amounts -= price * costs(rows, goal)
        worth = np.append(prices.people, 0)[rows]  # NOBODY is the last
        return np.asarray(amounts - worth.sum(axis=1))


def _exchanged(rows: IntArray, people: int) -> tuple[IntArray, IntArray]:
    """Each row (c, width) with one seat changed, and the row it comes of, shape (found,).

    Somebody takes a member's seat or an empty one, or a member leaves.
    """
    count, width = rows.shape
    changed = np.tile(rows, (width * (people + 1), 1)).reshape(width, people + 1, count, width)
    seats, newcomers = np.arange(width), np.arange(NOBODY, people)
    changed[seats, :, :, seats] = newcomers[np.newaxis, :, np.newaxis]
    near = _in_order(changed.reshape(-1, width))
    origin = np.tile(np.arange(count), width * (people + 1))
    twice = ((near[:, 1:] == near[:, :-1]) & (near[:, 1:] != NOBODY)).any(axis=1)
    return near[~twice], origin[~twice]


def _in_order(rows: IntArray) -> IntArray:
    """Rows with their members in rising order, and empty seats at the end."""
    last = np.iinfo(rows.dtype).max
    ordered = np.sort(np.where(rows == NOBODY, last, rows), axis=1)
    return np.where(ordered == last, NOBODY, ordered)
