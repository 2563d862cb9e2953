"""The state of a search by exchanges, and the steps that it goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, FloatArray, IntArray
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import Problem
from vermegroup.solver.exchange.blocks import GAINING, changed_rows, changes_of, options
from vermegroup.solver.exchange.levels import NOBODY, Levels, pair_sums
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

# A block is of so many groups.
LEAST = 3
# The weight of what is held, come what may.
FIRM = 1e9


@dataclass(frozen=True, slots=True)
class _Tried:
    """Blocks (blocks, 3) of groups, the rows of each change in them and what these cost."""

    blocks: IntArray
    seats: int
    rows: IntArray
    costs: list[IntArray]


class Annealing:
    """Groups as rows of people, changed by exchanges, and the best that came up on the way.

    ``best`` has been judged up to level ``upto``: ``value`` are its totals. Rows after the groups
    are the waitlist, cut into rows as wide as a group. ``work`` is what was done: seats judged,
    times the kinds that were asked of them. ``group_of`` (n + 1,) is each person's row, NOBODY's
    last.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        group_of: IntArray,
        search: Search,
        *,
        fixed: bool,
        windows: Sequence[Window] = (),
    ) -> None:
        self.search, self.chance = search, np.random.default_rng(search.limits.seed)
        self.groups = plan.groups
        self.best = rows_of(group_of, plan, fixed=fixed)
        self.waiting: BoolArray = np.arange(len(self.best)) >= plan.groups
        typical = self.best[: plan.groups][:: 1 + plan.groups // PARAMS.exchange.typical_groups]
        shuffled = self.chance.permutation(typical.reshape(-1)).reshape(typical.shape)
        typical = np.concatenate([typical, shuffled])
        certain = bool((self.best != NOBODY).all())
        self.levels = Levels(problem, plan, typical, certain=certain, windows=windows)
        self.rows = self.best
        self.upto, self.work = 0, 0
        self.value: tuple[int, ...] = ()
        self.linked = _linked(self.levels) if plan.groups > PARAMS.exchange.linked_groups else None
        self.back(0)

    def back(self, upto: int) -> None:
        """Begin again from the best, with the levels up to one in view."""
        self.upto = upto
        self.rows = self.best.copy()
        self.costs = self.levels.costs(self.rows, self.waiting, upto)
        self.work += self.rows.size * self.levels.weight(upto)
        self.value = tuple(self._total(level) for level in range(upto + 1))
        self.group_of = np.zeros(len(self.levels.problem.roster) + 1, dtype=np.int64)
        self.group_of[self.rows] = np.arange(len(self.rows))[:, None]

    def _total(self, level: int) -> int:
        costs = self.costs[level]
        return self.levels.total(level, costs[: self.groups] if level else costs)

    def step(self, weights: Sequence[float], leads: IntArray, guide: float = 0.0) -> None:
        """Draw an exchange for each of some blocks, one beginning with each of the leads.

        ``weights`` are those of a unit of each level: the higher, the less likely is an exchange
        that costs one. ``guide`` is the weight of what pairs cost the level in view.
        """
        self.work += PARAMS.exchange.step * self.levels.weight(self.upto)
        blocks = self._blocks(leads)
        if not len(blocks):
            return
        tried = self._tried(blocks)
        energy = self._energy(tried, weights)
        if guide and (pairs := self.levels.pairs(self.upto)) is not None:
            energy += guide * options(self._by_pairs(tried, pairs))
        # The least of energies, each less a Gumbel number, is a draw by Boltzmann's distribution.
        energy -= self.chance.gumbel(size=energy.shape)
        self._make(tried, energy.argmin(axis=1))
        self._keep_best()

    def _tried(self, blocks: IntArray) -> _Tried:
        slots = self._slots(blocks)
        rows = changed_rows(self.rows[blocks], slots)
        shape, flat = rows.shape[:-1], rows.reshape(-1, rows.shape[-1])
        waiting = np.broadcast_to(self.waiting[blocks][:, GAINING, None, None], shape).reshape(-1)
        costs = self.levels.costs(flat, waiting, self.upto)
        self.work += flat.size * self.levels.weight(self.upto)
        return _Tried(blocks, slots.shape[2], rows, [row.reshape(shape) for row in costs])

    def _energy(self, tried: _Tried, weights: Sequence[float]) -> FloatArray:
        """The energy of each option, (blocks, options)."""
        total = np.zeros((len(tried.blocks), 1))
        for level, weight in enumerate(weights):
            added = options(self._change(level, tried))
            if weight == FIRM:
                # A gain in one of the levels that are held does not make up for a loss in another.
                total = total + np.where(added > 0, FIRM, np.minimum(added, 0))
            else:
                total = total + weight * added
        return total

    def _by_pairs(self, tried: _Tried, pairs: FloatArray) -> FloatArray:
        width = self.rows.shape[1]
        now = pair_sums(pairs, self.rows[tried.blocks].reshape(-1, width))
        after = pair_sums(pairs, tried.rows.reshape(-1, width))
        before = now.reshape(tried.blocks.shape)[:, GAINING, None, None]
        return after.reshape(tried.rows.shape[:-1]) - before

    def _make(self, tried: _Tried, choice: IntArray) -> None:
        made = changes_of(tried.seats)[choice]
        at, nth = np.nonzero(made[:, :, 0] >= 0)
        change, seat, comer = made[at, nth].T
        groups = tried.blocks[at, GAINING[change]]
        self.rows[groups] = tried.rows[at, change, seat, comer]
        self.group_of[self.rows[groups]] = groups[:, None]
        for costs, new in zip(self.costs, tried.costs, strict=True):
            costs[groups] = new[at, change, seat, comer]

    def _change(self, level: int, tried: _Tried) -> FloatArray:
        """What changes add to a level; to one of the worst group, as if it were a sum.

        While it is pursued a high power makes it one, so that the worst groups count most; while
        it is held, what is above the value held.
        """
        before, after = self.costs[level][tried.blocks][:, GAINING, None, None], tried.costs[level]
        if not self.levels.worst(level):
            return (after - before).astype(float)
        value = self.value[level]
        if level < self.upto:
            return (np.maximum(after, value) - np.maximum(before, value)).astype(float)
        power, worst = PARAMS.exchange.power, float(max(1, value))
        return (after.astype(float) / worst) ** power - (before.astype(float) / worst) ** power

    def _blocks(self, leads: IntArray) -> IntArray:
        """Threes of groups without one in common: a lead, one that may have who it lacks, any."""
        others = np.ones(len(self.rows), dtype=bool)
        others[leads] = False
        leads = self.chance.permutation(leads)
        order = np.concatenate([leads, self.chance.permutation(np.flatnonzero(others))])
        count = min(len(leads), len(order) // 3, self._most_blocks())
        blocks = order[[*range(count), *range(len(order) - 2 * count, len(order))]]
        blocks = blocks.reshape(3, count).T.copy()
        if self.linked is None:
            return blocks
        self._link(blocks)
        _, first = np.unique(blocks, return_index=True)
        fresh = np.zeros(blocks.size, dtype=bool)
        fresh[first] = True
        return blocks[fresh.reshape(blocks.shape).all(axis=1)]

    def _link(self, blocks: IntArray) -> None:
        """Have every other lead a partner with someone whom one of its members lacks."""
        assert self.linked is not None
        starts, people = self.linked
        leads = blocks[:, 0]
        members = self.rows[leads, self.chance.integers(0, self.rows.shape[1], len(leads))]
        counts = starts[members + 1] - starts[members]
        counts[members == NOBODY] = 0
        which = np.flatnonzero((counts > 0) & (self.chance.random(len(leads)) < 0.5))
        nth = (self.chance.random(len(which)) * counts[which]).astype(np.int64)
        blocks[which, 1] = self.group_of[people[starts[members[which]] + nth]]

    def _most_blocks(self) -> int:
        width: int = self.rows.shape[1]
        seats = min(width, PARAMS.exchange.slots)
        seats_judged = 6 * seats * seats * width
        return max(1, PARAMS.exchange.at_once // seats_judged)

    def _slots(self, blocks: IntArray) -> IntArray:
        width = self.rows.shape[1]
        if width <= PARAMS.exchange.slots:
            return np.broadcast_to(np.arange(width), (*blocks.shape, width))
        order = np.argsort(self.chance.random((*blocks.shape, width)), axis=2)
        return order[:, :, : PARAMS.exchange.slots]

    def _keep_best(self) -> None:
        for level, kept in enumerate(self.value):
            now = self._total(level)
            if now < kept:
                self.best = self.rows.copy()
                self.value = tuple(self._total(each) for each in range(self.upto + 1))
                return
            if now > kept:
                return

    def scale(self) -> tuple[float, float]:
        """A warm and a cold temperature for the level in view, by what exchanges change of it."""
        if self.levels.worst(self.upto):
            return PARAMS.exchange.worst_warm, PARAMS.exchange.worst_cold
        blocks = self._blocks(np.arange(len(self.rows)))[: PARAMS.exchange.scale_blocks]
        sizes = np.abs(options(self._change(self.upto, self._tried(blocks))))
        sizes = sizes[sizes > 0]
        if not len(sizes):
            return 1.0, 1.0
        warm = PARAMS.exchange.warm * float(np.median(sizes))
        cold = max(PARAMS.exchange.cold * float(sizes.min()), warm / 100)
        return max(warm, cold), cold

    def found(self) -> IntArray:
        """The best grouping, shape (n,); -1 for the waitlist."""
        found = np.full(len(self.levels.problem.roster), -1, dtype=np.int64)
        rows = self.best[: self.groups]
        found[rows[rows != NOBODY]] = np.nonzero(rows != NOBODY)[0]
        return found


def rows_of(group_of: IntArray, plan: Plan, *, fixed: bool) -> IntArray:
    """The groups as rows of people, and after them the waitlist if there may be one."""
    order = np.argsort(group_of, kind="stable")
    waiting, placed = np.split(order, [int((group_of < 0).sum())])
    sizes = np.bincount(group_of[placed], minlength=plan.groups)
    width = max(int(sizes.max()), 0 if fixed else plan.largest)
    spare = 0 if plan.everyone and not len(waiting) else 1 - (-len(waiting) // width)
    rows = np.full((plan.groups + spare, width), NOBODY, dtype=np.int64)
    nth = np.arange(len(placed)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows[group_of[placed], nth] = placed
    rows[plan.groups :].reshape(-1)[: len(waiting)] = waiting
    return rows


def _linked(levels: Levels) -> tuple[IntArray, IntArray] | None:
    """For each person those it lacks beside it: where theirs start (n + 1,), and who they are."""
    roster, plan = levels.problem.roster, levels.plan
    kinds = [kind for kind in levels.kinds if not kind.anonymous]
    if len(roster) > PARAMS.exchange.linked_people or not kinds:
        return None
    found: list[IntArray] = []
    for person in range(len(roster)):
        alone = np.array([person], dtype=np.int64)
        lacked = [kind.lacks(roster, plan, alone)[: PARAMS.exchange.links] for kind in kinds]
        found.append(np.concatenate(lacked))
    counts = np.array([0, *map(len, found)])
    return np.cumsum(counts), np.concatenate(found)
