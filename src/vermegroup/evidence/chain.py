"""A Markov chain over groupings, uniform in the long run over all that meet the standards.

A step takes two or more groups out, deals their members anew among them at random, again and
again, and keeps the first deal in which every rule holds: that is rejection sampling from all ways
to seat these people in these groups, so the step leaves the uniform distribution as it is (a block
Gibbs sampler; Geman and Geman, 1984). Where no deal of a fixed number holds, the groups stay, which
is as likely from each of their seatings. Every rule is local to a group, so many disjoint blocks
are dealt at once, and rules are asked for their shortfall alone: no rule is known by name.

With sizes that may vary, each of the ways in which a block's people can be seated must be as likely
as any other. There are many more with three and three than with two and four, so sizes are drawn
by the number of their ways; drawing each division alike would favour uneven ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import factorial, log, prod

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import WAITLIST, Grouping, Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.evidence.standards import Standard, Value
from vermegroup.judge.auditor import rules_judged

_SEATS_AT_ONCE = 16_000
_FEWEST_DEALS, _MOST_DEALS = 16, 64
"""More of them hold more often, but people move most in the same time with about so many."""
_MOST_DIVISIONS = 20_000
_WIDEST = 5
"""Groups in a block at most: of more, hardly any deal would hold."""
_LEAST_SHARE = 0.05


@dataclass(slots=True)
class Tally:
    """How many blocks were dealt anew, and how many came to sit otherwise."""

    proposals: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class _Deals:
    """t deals of c blocks with b groups each: who sits where.

    ``people`` (t, m) and ``local`` (t, m), rising in each row: the place of the seat's group among
    ``groups`` (c, b), counted on through all of them.
    """

    groups: IntArray
    people: IntArray
    local: IntArray

    def seating(self) -> Seating:
        """All groups of all deals, one after the other."""
        deals, count = len(self.people), self.groups.size
        group = self.local + count * np.arange(deals)[:, None]
        return Seating(self.people.ravel(), group.ravel(), deals * count)

    def amounts(self, amounts: IntArray) -> IntArray:
        """What is told of each group, shape (t, c, b)."""
        return amounts.reshape(len(self.people), *self.groups.shape)

    def marks(self, marks: BoolArray) -> BoolArray:
        """Which groups are marked, shape (t, c, b)."""
        return marks.reshape(len(self.people), *self.groups.shape)


class Chain:
    """A grouping on its way; people who wait stay so, and so does the number of groups.

    The groups' sizes stay as they are, unless they may ``vary`` within those of the rulebook.
    """

    def __init__(
        self,
        problem: Problem,
        start: Grouping,
        standards: Sequence[Standard],
        rng: np.random.Generator,
        *,
        vary: bool = False,
    ) -> None:
        self.group_of = start.group_of.copy()
        self.tally = Tally()
        self._problem, self._rng, self._vary = problem, rng, vary
        self._groups = start.groups
        seating = start.seating()
        self._plan = problem.plan(start.groups, placed=len(seating.people))
        every = rules_judged(problem)
        self._rules = [rule for rule in every if vary or not rule.sizes_alone]
        self._values = [
            Value.of(each, problem, self._plan, seating)
            for each in standards
            if vary or not each.preference.sizes_alone
        ]
        self._settled = _settled(every, problem, start)
        self._widest = min(start.groups, _widest(self._plan) if vary else _WIDEST)
        room = _SEATS_AT_ONCE // max(1, len(seating.people))
        self._deals = int(np.clip(room, _FEWEST_DEALS, _MOST_DEALS))
        widths = range(2, self._widest + 1)
        self._shares = np.full(len(widths), 1 / max(1, len(widths)))

    def warm_up(self, sweeps: int) -> None:
        """Move away from the start, and learn which widths of blocks move most people.

        From then on widths are drawn by how well they did, and none is left out; that does not
        change any more, so the chain is a Markov chain again.
        """
        moved = np.ones(len(self._shares))
        for turn in range(sweeps if len(moved) else 0):
            before, place = self.group_of.copy(), turn % len(moved)
            self._deal_anew(2 + place)
            moved[place] += (self.group_of != before).sum()
        shares = moved / max(1.0, moved.sum())
        self._shares = _LEAST_SHARE + (1 - _LEAST_SHARE * len(shares)) * shares

    def values(self) -> list[int]:
        """What the preferences come to that standards are set for, in their own scales."""
        return [value.total() for value in self._values]

    def sweep(self) -> None:
        """Deal most groups anew, in blocks that are drawn by lot."""
        if self._groups >= 2:
            self._deal_anew(2 + int(self._rng.choice(len(self._shares), p=self._shares)))

    def _deal_anew(self, width: int) -> None:
        order = self._rng.permutation(self._groups)
        groups = order[: self._groups // width * width].reshape(-1, width)
        deals = self._dealt(groups)
        holds = self._holds(deals)
        tried = [deals.amounts(self._measured(value, deals)) for value in self._values]
        for block in range(len(groups)):
            self._take_first(block, deals, holds[:, block], [each[:, block] for each in tried])

    def _measured(self, value: Value, deals: _Deals) -> IntArray:
        kind = value.standard.preference
        return kind.measure(self._problem.roster, self._plan, deals.seating())

    def _dealt(self, groups: IntArray) -> _Deals:
        """Deals of the people in these groups (c, b)."""
        place = np.full(self._groups + 1, -1)
        place[groups.ravel()] = np.arange(groups.size)
        local = place[self.group_of]  # of those who wait it is the last, -1
        people = np.flatnonzero(local >= 0)
        people = people[np.argsort(local[people], kind="stable")]
        block = local[people] // groups.shape[1]
        keys = block + self._rng.random((self._deals, len(people)))
        dealt = people[np.argsort(keys, axis=1)]
        seats = np.bincount(local[people], minlength=groups.size)
        if not self._vary:
            whole = np.repeat(np.arange(groups.size), seats)
            return _Deals(groups, dealt, np.broadcast_to(whole, dealt.shape))
        sizes = self._sizes(seats.reshape(groups.shape).sum(axis=1), groups.shape[1])
        rows = [np.repeat(np.arange(groups.size), row) for row in sizes.reshape(self._deals, -1)]
        return _Deals(groups, dealt, np.array(rows))

    def _sizes(self, totals: IntArray, width: int) -> IntArray:
        """The sizes of each block's groups in each deal, shape (t, c, b)."""
        found = np.zeros((self._deals, len(totals), width), dtype=np.int64)
        low, high = self._plan.smallest, self._plan.largest
        for total in set(totals.tolist()):
            here = np.flatnonzero(totals == total)
            divisions, weights = divided(total, width, low, high)
            drawn = self._rng.choice(len(divisions), (self._deals, len(here)), p=weights)
            found[:, here] = divisions[drawn]
        return found

    def _holds(self, deals: _Deals) -> BoolArray:
        """In which deals every group of a block keeps every rule, shape (t, c)."""
        roster, plan, seating = self._problem.roster, self._plan, deals.seating()
        holds = np.ones((len(deals.people), *deals.groups.shape), dtype=bool)
        for rule in self._rules:
            holds &= deals.marks(rule.shortfall(roster, plan, seating) == 0)
        if len(self._settled):
            holds &= ~deals.marks(self._away(deals))
        return np.asarray(holds.all(axis=2))

    def _away(self, deals: _Deals) -> BoolArray:
        """The groups of all deals in which somebody sits whose group is another, by its name."""
        own = np.full(len(self._problem.roster), WAITLIST)
        own[list(self._settled)] = list(self._settled.values())
        wanted = own[deals.people]
        wrong = (wanted != WAITLIST) & (wanted != deals.groups.ravel()[deals.local])
        found = np.zeros((len(deals.people), deals.groups.size), dtype=bool)
        found[np.nonzero(wrong)[0], deals.local[wrong]] = True
        return found.ravel()

    def _take_first(
        self, block: int, deals: _Deals, holds: BoolArray, tried: Sequence[IntArray]
    ) -> None:
        """Seat a block as in the first deal that holds and is good enough, if there is one."""
        self.tally.proposals += 1
        groups = deals.groups[block]
        good = np.flatnonzero(holds)
        for value, measures in zip(self._values, tried, strict=True):
            if len(good):
                good = good[value.good_enough(groups, measures[good])]
        if not len(good):
            return
        first = int(good[0])
        width = len(groups)
        here = deals.local[first] // width == block
        people = deals.people[first][here]
        homes = groups[deals.local[first][here] % width]
        self.tally.accepted += bool((self.group_of[people] != homes).any())
        self.group_of[people] = homes
        for value, measures in zip(self._values, tried, strict=True):
            value.put(groups, measures[first])


def _widest(plan: Plan) -> int:
    """How many groups can be taken out whose sizes may vary: the ways to divide them are listed."""
    sizes = max(2, plan.largest - plan.smallest + 1)
    return max(2, min(_WIDEST, int(log(_MOST_DIVISIONS, sizes))))


@cache
def divided(
    total: int, groups: int, low: int, high: int
) -> tuple[IntArray, npt.NDArray[np.float64]]:
    """All ways to divide so many people into sizes, and the share of seatings that each has.

    Shapes (d, groups) and (d,).
    """
    sizes = range(max(0, low), min(high, total) + 1)
    found = [each for each in product(sizes, repeat=groups) if sum(each) == total]
    ways = [factorial(total) // prod(map(factorial, each)) for each in found]
    every = sum(ways)
    shares = [way / every for way in ways]
    return np.array(found, dtype=np.int64), np.array(shares)


def _settled(rules: Sequence[Kind], problem: Problem, start: Grouping) -> dict[int, int]:
    """The groups of those who must be in one of a certain name."""
    named = (rule.named_groups(problem.roster) for rule in rules)
    return {person: int(start.group_of[person]) for each in named for person in each}


def canonical(group_of: IntArray) -> IntArray:
    """Groups numbered in the order of their first members; equal groupings become equal."""
    placed = group_of != WAITLIST
    _groups, first, inverse = np.unique(group_of[placed], return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    found = np.full(len(group_of), WAITLIST, dtype=np.int64)
    found[placed] = rank[inverse]
    return found
