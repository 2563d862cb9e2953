"""Preferences settled over all valid groups: set partitioning with a bound that is a proof.

Desrosiers, Mladenović and Villeneuve, *Design of balanced MBA student teams*, Journal of the
Operational Research Society 56 (2005): teams as columns, priced by the relaxation's duals. Here all
columns are known, so pricing is a look through an array. Only columns whose reduced cost lies
within the gap can be in anything better: what CP-SAT shows of these, confirmed by a second solve,
is shown of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Protocol

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, largest
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.kind import Kind, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.column_generation.columns import SmallArray, seatings
from vermegroup.solver.column_generation.enumeration import valid_groups
from vermegroup.solver.column_generation.partition import (
    Partition,
    cost_of,
    costs,
    value_of,
)
from vermegroup.solver.column_generation.subset_rows import with_cuts
from vermegroup.solver.column_generation.weak_duality import Bounded, relaxed
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, seating_of


class Bounding(Protocol):
    """What bounds all groupings, of any number of groups."""

    def least_with(self, groups: int) -> int:
        """The least cost that is left with a number of groups."""


class Catalogue:
    """All valid groups of a roster, and what was shown of choices among them.

    Made once in a search: other numbers of groups choose among the same ones.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._numbered = any(rule.asks_number for rule in problem.rulebook.rules)
        self._given_up = len(problem.roster) > PARAMS.enumeration.people
        self._columns: SmallArray | None = None
        self._sizes: frozenset[int] = frozenset()
        self._groups = 0
        self._costs: dict[Kind, IntArray] = {}
        self._first: tuple[Goal, Bounding] | None = None

    def settle(
        self, plan: Plan, held: Sequence[Goal], goal: Goal, best: IntArray, search: Search
    ) -> tuple[IntArray, int | None] | None:
        """The best grouping (n,) for a goal, given those held, and its bound if it is shown.

        ``best`` is the incumbent. None where this is not the way: too many groups, a value that
        does not add up group by group, or no time.
        """
        numbered = any(own.preference.asks_number for own in (goal, *held))
        if numbered and not plan.everyone:
            return None  # how even sizes are depends on how many people wait
        columns = self._columns_of(plan, search)
        if columns is None:
            return None
        kept = self._serving(columns, plan, held)
        limits = [
            (self._cost(columns, own)[kept], cost_of(own, own.target))
            for own in held
            if not own.local
        ]
        amounts = self._cost(columns, goal)[kept]
        partition = Partition.of(self._problem, plan, columns[kept], amounts, limits)
        if partition is None:
            return None
        settling = _Settling(partition, goal, best, search)
        found = settling.settled()
        self.note_first(plan, held, goal, settling.bounded)
        return found

    def note_first(
        self, plan: Plan, held: Sequence[Goal], goal: Goal, bounded: Bounding | None
    ) -> None:
        """Keep prices of the groups of all sizes: they bound other numbers of groups, too."""
        every = _sizes(plan) >= _sizes(self._problem.plan(plan.groups))
        numbered = self._numbered or goal.preference.asks_number
        if bounded is not None and not held and every and not numbered:
            self._first = goal, bounded

    def lists(self, plan: Plan, search: Search) -> bool:
        """Whether all groups of a plan can be written down, so that it is settled among them."""
        return self._columns_of(plan, search) is not None

    def number(self, plan: Plan, search: Search) -> float:
        """How many groups of a plan there are; infinitely many where they are not written down."""
        columns = self._columns_of(plan, search)
        return inf if columns is None else int(self._serving(columns, plan, ()).sum())

    def any_grouping(self, plan: Plan, search: Search) -> Attempt:
        """A grouping that keeps the rules, or that there is none, or neither.

        Where there are too many groups, some are looked through, and nothing is shown.
        """
        columns = self._columns_of(plan, search)
        if columns is None:
            return Attempt(None)
        columns = columns[self._serving(columns, plan, ())]
        every = len(columns) <= PARAMS.enumeration.chosen_among
        if not every:
            columns = columns[search.chance.permutation(len(columns))]
            columns = columns[: PARAMS.enumeration.chosen_among]
        nothing = np.zeros(len(columns), dtype=np.int64)
        partition = Partition.of(self._problem, plan, columns, nothing, ())
        if partition is None:
            return Attempt(None)
        model = partition.among(np.arange(len(partition.columns)))
        chosen, none = model.any_choice(search, PARAMS.enumeration.effort)
        if chosen is None and not none and not search.expired():
            chosen = partition.likely_best(np.arange(len(partition.columns)), search)
        if chosen is not None:
            group_of = partition.grouping(chosen)
            return Attempt(None if group_of is None else True, group_of)
        return Attempt(False if none and every else None)

    def elsewhere(self) -> Mapping[int, int]:
        """What the first preference cannot pass with other numbers of groups, as far as is shown.

        The prices of groups that one number came to bound what all others could reach.
        """
        if self._first is None:
            return {}
        goal, bounded = self._first
        numbers = range(1, len(self._problem.roster) + 1)
        return {groups: value_of(goal, bounded.least_with(groups)) for groups in numbers}

    def _columns_of(self, plan: Plan, search: Search) -> SmallArray | None:
        """The valid groups of the plan's sizes, and maybe of others."""
        if self._numbered and not plan.everyone:
            return None
        other = self._numbered and plan.groups != self._groups
        if self._columns is None or other or not _sizes(plan) <= self._sizes:
            self._columns, self._sizes, self._costs = None, _sizes(plan), {}
            self._groups = plan.groups
            if not self._given_up and not search.expired():
                self._columns = valid_groups(self._problem, plan, self._sizes, search)
            self._given_up = self._columns is None
        return self._columns

    def _cost(self, columns: SmallArray, goal: Goal) -> IntArray:
        if goal.preference.asks_number:
            return costs(columns, goal)
        if goal.preference not in self._costs:
            self._costs[goal.preference] = costs(columns, goal)
        return self._costs[goal.preference]

    def _serving(self, columns: SmallArray, plan: Plan, held: Sequence[Goal]) -> BoolArray:
        """Which groups are of the plan's sizes and do not stand in the way of what is held."""
        kept = np.ones(len(columns), dtype=bool)
        if _sizes(plan) != self._sizes:
            kept = np.isin((columns != NOBODY).sum(axis=1), sorted(_sizes(plan)))
        for goal in held:
            if goal.local:
                left = np.flatnonzero(kept)
                missed = map(goal.missed, seatings(columns[left]))
                kept[left] = ~np.concatenate([np.empty(0, dtype=bool), *missed])
        return kept


def _sizes(plan: Plan) -> frozenset[int]:
    return frozenset(plan.sizes or range(plan.smallest, plan.largest + 1))


class _Settling:
    """One preference, from an incumbent to its bound."""

    def __init__(self, partition: Partition, goal: Goal, best: IntArray, search: Search) -> None:
        self._partition, self._goal, self._search = partition, goal, search
        self._best = best
        self._cost = self._cost_in(best)
        self._incumbent = partition.places(best)
        self.bounded: Bounded | None = None

    def settled(self) -> tuple[IntArray, int | None] | None:
        """The best grouping, and its bound if there is one."""
        if len(self._incumbent) != self._partition.groups + int((self._best < 0).sum()):
            return None  # the incumbent is none of the columns: something is counted otherwise
        if self._goal.preference.total is Total.WORST:
            return self._worst()
        bounded = self.bounded = relaxed(self._partition, self._incumbent, self._search)
        if bounded is None:
            return None
        least = max(bounded.least, cost_of(self._goal, self._goal.bound))
        if self._cost > least:
            self._dive(bounded, PARAMS.enumeration.first_nodes)
        gains = True
        while gains and self._cost > least and not self._search.expired():
            bounded, least = self._cut(bounded, least)
            gains = self._approach(bounded, least)
        shown = self._proven(bounded, least)
        return self._best, value_of(self._goal, shown)

    def _cut(self, bounded: Bounded, least: int) -> tuple[Bounded, int]:
        """A bound nearer to the incumbent, by rows that whole choices keep and the relaxation not.

        From now on there are only columns that something better than the incumbent may have.
        """
        fruitless = 0
        while self._cost > least and fruitless < PARAMS.enumeration.cut_patience:
            nearer = self._relaxed_with_cuts(bounded)
            if nearer is None:
                break
            gained = (nearer.bound - bounded.bound) / PARAMS.columns.parts
            fruitless = 0 if gained > PARAMS.enumeration.cut_gain else fruitless + 1
            bounded = nearer
            least = max(least, min(bounded.least, self._cost))
        return bounded, least

    def _relaxed_with_cuts(self, bounded: Bounded) -> Bounded | None:
        """The bound with rows that the last relaxation breaks; None without such, or too much."""
        kept = np.union1d(bounded.within(self._cost - 1), self._incumbent)
        if len(kept) > PARAMS.enumeration.cut_among or self._search.expired():
            return None
        known = np.isin(bounded.used, kept)
        used = np.searchsorted(kept, bounded.used[known])
        partition = with_cuts(self._partition.part(kept), used, bounded.values[known])
        if partition is None:
            return None
        incumbent = np.searchsorted(kept, self._incumbent)
        nearer = relaxed(partition, np.union1d(used, incumbent), self._search)
        if nearer is not None:
            self._partition, self._incumbent = partition, incumbent
        return nearer

    def _dive(self, bounded: Bounded, nodes: int = PARAMS.enumeration.nodes) -> bool:
        """Whether the cheapest columns that may be in anything better hold something better."""
        within = bounded.within(self._cost - 1)
        return self._improve(bounded.cheapest(within, PARAMS.enumeration.dived), nodes)

    def _approach(self, bounded: Bounded, least: int) -> bool:
        """Better the incumbent: among the cheapest columns, then some groups at a time.

        Whether that gains anything.
        """
        before = self._cost
        while self._cost > least and not self._search.expired():
            few = len(bounded.within(self._cost - 1)) <= PARAMS.enumeration.dived
            if not self._dive(bounded) and (few or not self._searched_nearby(bounded, least)):
                break
        return self._cost < before

    def _improve(self, kept: IntArray, nodes: int = PARAMS.enumeration.nodes) -> bool:
        """Whether a cheaper choice is found among columns and those of the incumbent."""
        kept = np.union1d(kept, self._incumbent)
        found = self._partition.likely_best(kept, self._search, nodes)
        return found is not None and self._take(found, self._cost - 1)

    def _take(self, chosen: IntArray, at_most: int) -> bool:
        """Whether these columns are a choice that costs so much at most: the next incumbent."""
        group_of = self._partition.grouping(chosen)
        if group_of is None:
            return False
        cost = self._cost_in(group_of)
        if cost > at_most or not self._partition.keeps_limits(chosen):
            return False
        self._best, self._cost, self._incumbent = group_of, cost, chosen
        return True

    def _cost_in(self, group_of: IntArray) -> int:
        return cost_of(self._goal, self._goal.value(seating_of(group_of, self._partition.groups)))

    def _searched_nearby(self, bounded: Bounded, least: int) -> bool:
        """Whether some groups of the incumbent are better when their people are divided anew.

        Large neighbourhood search (Shaw, 1998), all groups in turn, the dearest ones first.
        """
        before = self._cost
        size = PARAMS.enumeration.nearby
        for groups in self._neighbourhoods(bounded, size):
            if self._search.expired() or self._cost <= least:
                break
            self._divide_anew(groups, bounded)
        return self._cost < before

    def _neighbourhoods(self, bounded: Bounded, size: int) -> list[IntArray]:
        places = self._incumbent[self._incumbent < self._partition.waits_from]
        homes = self._best[self._partition.columns[places, 0]]
        dearest = homes[np.argsort(-bounded.reduced[places], kind="stable")]
        rest = self._search.chance.permutation(self._partition.groups)
        linked = np.append(
            dearest[:size],
            dearest[size:][self._search.chance.permutation(max(0, len(dearest) - size))],
        )
        orders = (linked, rest)
        return [order[at : at + size] for order in orders for at in range(0, len(order), size)]

    def _divide_anew(self, groups: IntArray, bounded: Bounded) -> None:
        """Better some groups of the incumbent, if they can be; whoever waits may join."""
        inside = np.flatnonzero(self._inside(groups))
        self._improve(bounded.cheapest(inside, PARAMS.enumeration.dived))

    def _inside(self, groups: IntArray) -> BoolArray:
        """Which columns have only members of some groups, and people who wait."""
        inside = np.append(np.isin(self._best, groups) | (self._best < 0), True)  # NOBODY is last
        within = [inside[column] for column in self._partition.columns.T]
        return np.asarray(np.logical_and.reduce(within))

    def _proven(self, bounded: Bounded, least: int) -> int:
        """The best bound that is shown, the gap being looked through from below."""
        gap = 0
        while self._cost > least and not self._search.expired():
            target = min(least + gap, self._cost - 1)
            if self._none_within(bounded, target):
                least, gap = target + 1, max(1, 2 * gap)
            elif target < self._cost:
                break
        return min(least, self._cost)

    def _none_within(self, bounded: Bounded, target: int) -> bool:
        """Whether no choice costs so little, as two searches have it; what they find is kept."""
        kept = bounded.within(target)
        if len(kept) > PARAMS.enumeration.chosen_among:
            return False
        if not len(kept):
            return True
        model = self._partition.among(kept)
        model.at_most(model.total(self._partition.costs[kept]), target)
        found, none = model.any_choice(self._search, PARAMS.enumeration.effort)
        if found is not None:
            self._take(kept[found], self._cost - 1)
        return none

    def _worst(self) -> tuple[IntArray, int | None]:
        """The least cost of the worst group: relieved while that is soon done, then by halves."""
        levels = np.unique(self._partition.costs[: self._partition.waits_from])
        least = cost_of(self._goal, self._goal.bound)
        self._relieve_worst(least)
        least = self._halved(levels, least)
        return self._best, value_of(self._goal, min(least, self._cost))

    def _halved(self, levels: IntArray, least: int) -> int:
        """What no choice can be below: levels are tried by halves, among the groups within them.

        Levels with too many groups, or of which it is not soon told, only have lower ones below.
        """
        low, top = int(np.searchsorted(levels, least)), int(np.searchsorted(levels, self._cost))
        high = min(top, int(np.searchsorted(levels, self._too_many_from())))
        while low < high and not self._search.expired():
            middle = (low + high) // 2
            reached = self._reached(int(levels[middle]))
            if reached is False:
                low = middle + 1
            elif reached:
                top = int(np.searchsorted(levels, self._cost))
                high = min(high, top)
            else:
                high = middle
        return self._cost if low >= top else max(least, int(levels[low]))

    def _too_many_from(self) -> int:
        """The least cost from which on more groups are within it than are looked through."""
        most = PARAMS.enumeration.looked_through
        costs = self._partition.costs[: self._partition.waits_from]
        return int(np.partition(costs, most)[most]) if len(costs) > most else largest(costs) + 1

    def _reached(self, level: int) -> bool | None:
        """Whether some choice has no group worse than this; None if that is not soon told."""
        partition = self._partition
        kept = np.flatnonzero(self._waits_or(partition.costs <= level))
        if len(kept) > PARAMS.enumeration.looked_through:
            return None
        found, none = partition.among(kept).any_choice(self._search, PARAMS.enumeration.effort)
        if found is not None:
            return self._take(kept[found], self._cost - 1) or None
        return False if none else None

    def _relieve_worst(self, least: int) -> None:
        """The worst group and some others divided anew, so that none of them is as bad."""
        fruitless = 0
        while self._cost > least and fruitless < PARAMS.enumeration.unrelieved:
            if self._search.expired():
                return
            places = self._incumbent[self._incumbent < self._partition.waits_from]
            worst = int(places[np.argmax(self._partition.costs[places])])
            home = self._best[self._partition.columns[worst, 0]]
            others = self._search.chance.permutation(self._partition.groups)
            others = others[others != home][: PARAMS.enumeration.nearby - 1]
            fruitless = 0 if self._relieved(np.append(others, home)) else fruitless + 1

    def _relieved(self, groups: IntArray) -> bool:
        """Whether some groups can all be better than the worst of the incumbent."""
        partition, within = self._partition, self._inside(groups)
        kept = np.flatnonzero(within & self._waits_or(partition.costs < self._cost))
        kept = np.union1d(kept, self._incumbent[~within[self._incumbent]])
        if len(kept) > PARAMS.enumeration.chosen_among:
            return False
        found, _said = partition.among(kept).solve(self._search, PARAMS.enumeration.nearby_effort)
        return found is not None and self._take(kept[found], self._cost)

    def _waits_or(self, columns: BoolArray) -> BoolArray:
        """These columns, and anybody's waiting."""
        columns[self._partition.waits_from :] = True
        return columns
