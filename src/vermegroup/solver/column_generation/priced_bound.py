"""What a preference cannot pass where there are too many groups to be written down.

Column generation with exact pricing: prices of people come from a linear relaxation over the groups
known so far, and no group being worth more than it costs by such prices, whatever they are, bounds
every grouping (weak duality). So it may end at any time. Between rounds prices swing; those that
bound best are kept as a centre that others stay near to (Wentges, *Weighted Dantzig-Wolfe
decomposition for linear mixed-integer programming*, International Transactions in Operational
Research 4, 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.column_generation.columns import padded
from vermegroup.solver.column_generation.group_pricing import Groups
from vermegroup.solver.column_generation.linear_programme import Relaxation
from vermegroup.solver.column_generation.partition import (
    Partition,
    Prices,
    cost_of,
    prices_of,
    rows_of,
    value_of,
)
from vermegroup.solver.column_generation.weak_duality import asked_for
from vermegroup.solver.goals import Goal, goal_at
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

_TABLES = 6  # of groups by seats by people, that are reckoned through in each round


@dataclass(frozen=True, slots=True)
class Bound:
    """With these prices no group has a reduced cost below ``least``: so much is shown, in parts."""

    prices: Prices
    least: int
    partition: Partition

    @property
    def parts(self) -> int:
        """What no grouping costs less than."""
        return self.prices.worth(self.partition) + self.least * self.partition.groups

    def least_with(self, groups: int) -> int:
        """The least cost that is left with some number of groups."""
        more = (self.prices.group + self.least) * (groups - self.partition.groups)
        return -(-(self.parts + more) // PARAMS.columns.parts)


class _Pricing:
    """One preference, from an incumbent (n,) to a bound, and maybe to a better grouping.

    ``known`` is a bound to begin with. ``shown`` is one that is nearer, once there is one.
    """

    def __init__(self, groups: Groups, incumbent: IntArray, known: int, search: Search) -> None:
        self._groups, self._goal, self._search = groups, groups.goal, search
        self._incumbent = incumbent
        self._least = cost_of(self._goal, known)
        self._cost = cost_of(self._goal, self._goal.value(groups.seating(incumbent)))
        self._said: list[Bound] = []
        self._master = _Master.of(groups, incumbent) if self._adds_up() else None
        self.shown: Bound | None = None

    def bound(self, share: float) -> int:
        """What the preference cannot pass, priced for a share of the time left."""
        if self._master is not None and self._cost > self._least:
            own = self._search.within(share * self._search.left())
            self._generate(self._master, own)
            self.shown = self._confirmed()
        if self.shown is not None:
            self._least = self.shown.least_with(self._groups.plan.groups)
        return value_of(self._goal, self._least)

    def improved(self) -> IntArray:
        """The incumbent, or a better grouping that the groups known by now have (price and branch).

        Which is the best of these, a programme says, that is not believed to have found it.
        """
        if self._master is None or self._cost <= self._least or self._search.expired():
            return self._incumbent
        own = self._search.within(PARAMS.pricing.choice_share * self._search.left())
        found = self._master.likely_best(own)
        better = found is not None and self._groups.improves(found, self._incumbent)
        return found if found is not None and better else self._incumbent

    def _adds_up(self) -> bool:
        """Whether the value is a sum of what each group is worth by itself."""
        preference = self._goal.preference
        return preference.total is Total.SUM and not preference.asks_number

    def _generate(self, master: _Master, search: Search) -> None:
        """Price groups until no bound can be better, or that is not soon told."""
        for number in range(1, PARAMS.pricing.rounds + 1):
            prices = None if search.expired() else master.prices(search)
            if prices is None or not self._groups.exact(prices) or self._closed(master):
                return
            starts = master.starts(prices)
            search.reckoned(_TABLES * starts.size * starts.shape[1] * master.partition.people)
            new = self._groups.better_ones(starts, prices)
            if not len(new) or number % PARAMS.pricing.exact_each == 0:
                new = np.concatenate([new, self._best_ones(master, prices, search)])
            if not len(new):
                return
            master.add(new, prices)

    def _closed(self, master: _Master) -> bool:
        """Whether the relaxation, which no bound exceeds, leaves no whole number or little."""
        groups, value = self._groups.plan.groups, master.value()
        least = max([self._least, *(own.least_with(groups) for own in self._said)])
        return least * PARAMS.columns.parts >= value - PARAMS.pricing.near * abs(value)

    def _best_ones(self, master: _Master, prices: Prices, search: Search) -> IntArray:
        """The best group for prices near those of the best bound, and others like it.

        Those that are worth more than they cost by the prices themselves; none where the best is
        not soon told.
        """
        for eighths in PARAMS.pricing.smoothed:
            centre = max(self._said, key=lambda own: own.parts, default=None)
            if centre is None and eighths:
                continue
            between = prices if centre is None else prices.towards(centre.prices, eighths)
            cheapest = self._groups.cheapest(between, search)
            if cheapest is None:
                break
            self._said.append(Bound(between, cheapest.least, master.partition))
            row = padded([cheapest.members], master.rows.shape[1])
            if self._groups.reduced(row, prices)[0] < -PARAMS.pricing.noise:
                return np.concatenate([row, self._groups.better_ones(row, prices)])
        return master.rows[:0]

    def _confirmed(self) -> Bound | None:
        """The best bound of those that a solve has told, as far as others confirm it."""
        best = sorted(self._said, key=lambda own: -own.parts)
        for bound in best[: PARAMS.pricing.confirmed]:
            if self._search.expired() or not self._nearer(bound):
                return None
            least = self._groups.confirmed(bound.least, bound.prices, self._search)
            shown = None if least is None else replace(bound, least=least)
            if shown is not None and self._nearer(shown):
                return shown
        return None

    def _nearer(self, bound: Bound) -> bool:
        """Whether it is nearer than what is known, and leaves the incumbent's cost, as it must."""
        return self._least < bound.least_with(self._groups.plan.groups) <= self._cost


class _Master:
    """The linear relaxation over the groups known so far, ``rows`` (c, width) of members."""

    def __init__(self, groups: Groups, rows: IntArray, partition: Partition) -> None:
        self._groups, self.rows, self.partition = groups, rows, partition
        self._relaxation = Relaxation(partition.rows(), PARAMS.columns.parts)
        self._relaxation.add(partition.amounts(np.arange(len(partition.columns))), partition.costs)

    @classmethod
    def of(cls, groups: Groups, best: IntArray) -> _Master | None:
        """That over the groups of a grouping (n,); None where it is not made of such groups."""
        rows = rows_of(best, groups.plan.groups, max(groups.sizes))
        partition = groups.partition(rows) if groups.among(rows).all() else None
        return None if partition is None else cls(groups, rows, partition)

    def add(self, rows: IntArray, prices: Prices) -> None:
        """Add the groups of least reduced cost among some."""
        partition = self._groups.partition(rows)
        if partition is None:
            return
        reduced = self._groups.reduced(rows, prices)
        asked = asked_for(partition.part(np.arange(len(rows))), reduced)
        self._relaxation.add(partition.amounts(asked), partition.costs[asked])
        self.rows = np.concatenate([self.rows, rows[asked]])

    def prices(self, search: Search) -> Prices | None:
        """The duals at the optimum, in whole parts."""
        return prices_of(self.partition, self._relaxation.duals(search))

    def value(self) -> int:
        """What the relaxation comes to, in parts."""
        return self._relaxation.value()

    def starts(self, prices: Prices) -> IntArray:
        """For each person the group of least reduced cost, as far as there is room for them."""
        order = np.argsort(self._groups.reduced(self.rows, prices), kind="stable")
        members = self.rows[order].ravel()
        found, first = np.unique(members, return_index=True)
        chosen = order[np.unique(first[found != NOBODY] // self.rows.shape[1])]
        room = PARAMS.pricing.cells // (self.partition.people * self.rows.shape[1] ** 2)
        return np.asarray(self.rows[chosen[: max(1, room)]])

    def likely_best(self, search: Search) -> IntArray | None:
        """A cheap grouping (n,) of the groups known so far."""
        partition = self._groups.partition(self.rows)
        if partition is None:
            return None
        chosen = partition.likely_best(np.arange(len(partition.columns)), search)
        return None if chosen is None else partition.grouping(chosen)


def settled_by_prices(
    problem: Problem,
    plan: Plan,
    held: Sequence[Goal],
    goal: Goal,
    best: IntArray,
    search: Search,
) -> tuple[IntArray, int | None, Bound | None]:
    """A grouping at least as good as ``best`` (n,), its bound, and what bounds other numbers.

    No bound where none is nearer than arithmetic's. The preferences of a tier are bounded one by
    one before they are together: the best group by one of them may be much sooner told.
    """
    known = goal.bound + _gained_apart(problem, plan, held, goal, best, search)
    pricing = _Pricing(Groups(problem, plan, tuple(held), goal), best, known, search)
    bound = pricing.bound(PARAMS.pricing.share)
    best = pricing.improved()
    return best, None if bound == goal.bound else bound, pricing.shown


def _gained_apart(
    problem: Problem,
    plan: Plan,
    held: Sequence[Goal],
    goal: Goal,
    best: IntArray,
    search: Search,
) -> int:
    """How much nearer a tier's bound comes where each of its preferences has a bound of its own."""
    gained = Fraction(0)
    roster, tier = problem.roster, goal.preference
    for kind, weight in tier.weighed():
        part = goal_at(problem, plan, kind)
        groups = Groups(problem, plan, tuple(held), part)
        bound = _Pricing(groups, best, part.bound, search).bound(PARAMS.pricing.part_share)
        way = kind.sense.value * tier.sense.value
        unit = weight * kind.in_units(roster, plan, 1) / tier.in_units(roster, plan, 1)
        gained += way * unit * (bound - part.bound)
    return int(gained)
