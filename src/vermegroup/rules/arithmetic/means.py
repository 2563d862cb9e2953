"""Means of groups compared with everybody's mean, in whole numbers.

A group of s people whose weights add up to t is ``off`` by |n t - s T|, where all n people have T
together: its mean is off / s from everybody's, in units of 1 / n. A *distance* is this as a whole
number: scale * off / s, rounded up. Two fractions with denominators up to d are equal or at least
1 / d**2 apart. So with a scale of d**2 or more, means that differ have distances that differ, in
the same order, and a distance tells which mean it is of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

import numpy as np

from vermegroup.domain.arrays import WORD, IntArray, exceeds, plus, snug, times
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, Window

# Up to so many people groups of any size are told apart, beyond that those of sizes allowed.
_FEW = 10_000
# The common multiple of the sizes is used up to here, even where less would do.
_HANDY = 1_000


@dataclass(frozen=True, slots=True)
class Means:
    """``people`` whose weights come to ``everybody``, and groups of ``smallest`` to ``largest``."""

    people: int
    everybody: int
    smallest: int
    largest: int

    @property
    def scale(self) -> int:
        """By what off / size is multiplied."""
        return _scale(self.people, self.smallest, self.largest)

    def off(self, totals: IntArray, sizes: IntArray) -> IntArray:
        """How far off groups with these totals are, (groups,)."""
        # As far as everybody's mean is whole it is taken from all, so that numbers stay small.
        whole, rest = divmod(self.everybody, self.people)
        above = times(plus(totals, times(sizes, -whole)), self.people)
        off: IntArray = np.abs(plus(above, times(sizes, -rest)))
        return off

    def distances(self, off: IntArray, sizes: IntArray) -> IntArray:
        """The distances of groups that are so far off, (groups,)."""
        return snug(-(-times(off, self.scale) // np.maximum(1, sizes)))

    def distance(self, total: int, size: int) -> int:
        """The distance of one group."""
        off = abs(self.people * total - size * self.everybody)
        return -(-self.scale * off // size)

    def past(self, off: IntArray, sizes: IntArray, at_most: Fraction) -> IntArray:
        """By what distance groups are past ``at_most``, a limit on off / size; 0 within it."""
        far = exceeds(off, sizes, lambda size: at_most * size // 1)
        limit = np.array([-(at_most * self.scale // 1)], dtype=object)
        over = plus(self.distances(off, sizes), snug(limit))
        return snug(np.where(far, np.maximum(1, over), 0))

    def quotient(self, distance: int) -> Fraction:
        """The off / size that a distance is of."""
        if not distance:
            return Fraction(0)
        most = self.people if self.people <= _FEW else min(self.largest, self.people)
        return Fraction(2 * distance - 1, 2 * self.scale).limit_denominator(most)

    def within(self, size: int, room: int) -> tuple[int, int]:
        """The least and the most total of a group of a size that is off by at most ``room``."""
        middle = size * self.everybody
        return -((room - middle) // self.people), (room + middle) // self.people

    def window(self, weights: IntArray, distance: int) -> Window:
        """What holds in each group that is at most so distant; ``weights`` (n,) are everybody's."""
        sizes = range(self.smallest, self.largest + 1)
        limits = {size: self.within(size, distance * size // self.scale) for size in sizes}
        low = {size: least for size, (least, _) in limits.items()}
        return Window(weights, low, {size: most for size, (_, most) in limits.items()})

    def require(self, model: Model, group: int, weights: IntArray, at_most: Fraction) -> None:
        """Demand that a group is off by at most ``at_most`` times its size.

        ``weights`` (m,) are those of the people in the model.
        """
        here = model.total(weights, group)
        for size in model.sizes_possible(group):
            low, high = self.within(size, at_most * size // 1)
            model.limit_at_size(here, group, size, at_least=low, at_most=high)

    def rounding_bound(self, sizes: Sequence[int] | None) -> int:
        """How distant some group must be, for totals are whole numbers.

        With one size only, some group is at or above its fair share rounded up and some at or
        below it rounded down; with several, each group is at best at the nearer of the two. 0
        where sizes are open.
        """
        kinds = set(sizes or ())
        best = 0
        for size in kinds:
            rest = size * self.everybody % self.people
            other = self.people - rest if rest else 0
            off = max(rest, other) if len(kinds) == 1 else min(rest, other)
            best = max(best, -(-self.scale * off // size))
        return best


def furthest(model: Model, group: int, compared: Sequence[tuple[Means, IntArray]]) -> Expression:
    """The largest of a group's distances, each with the weights (m,) of the people in the model.

    Where the model has no room for it, it is told on a coarser scale, and then never more than
    the distance.
    """
    sizes = model.sizes_possible(group)
    if not sizes or not compared:
        return model.new_amount(0)
    steps = _steps(sizes, compared)
    off = model.new_amount(steps.most)
    for means, weights in compared:
        whole, rest = divmod(means.everybody, means.people)
        here = model.total(weights - whole, group) * steps.by
        for size in sizes:
            middle = steps.by * size * rest
            low, high = middle // means.people, -(-middle // means.people)
            model.limit_at_size(off * size - here, group, size, at_least=-high)
            model.limit_at_size(off * size + here, group, size, at_least=low)
    return off * steps.times


@dataclass(frozen=True, slots=True)
class _Steps:
    """A group of a size has ``size * off >= by * |total - its fair share|`` in a model.

    ``off`` is at most ``most``, and the distance ``times`` as much.
    """

    by: int
    most: int
    times: int


def _steps(sizes: Sequence[int], compared: Sequence[tuple[Means, IntArray]]) -> _Steps:
    means = compared[0][0]
    reach = max(
        sum(abs(weight - mean.everybody // mean.people) for weight in weights.tolist())
        for mean, weights in compared
    )
    reach += max(sizes)
    room = WORD // (reach * (3 + max(sizes) // min(sizes)))
    # Where distances are proportional to off, a smaller number tells as much.
    common = _multiple(sizes, means.scale)
    by = (common or means.scale) * means.people
    factor = means.scale // common if common else 1
    if by > room or factor * by > room:
        by, factor = min(room, means.scale * means.people), 1
    return _Steps(by, -(-by * reach // min(sizes)), factor)


def _multiple(sizes: Sequence[int], scale: int) -> int | None:
    """The common multiple of the sizes, if the scale is a multiple of it."""
    common = 1
    for size in sizes:
        common = lcm(common, size)
        if scale % common:
            return None
    return common


def means_of(people: int, everybody: int, plan: Plan) -> Means:
    """Means compared under a plan, whose sizes decide on the scale."""
    return Means(max(1, people), everybody, plan.smallest, plan.largest)


@lru_cache(maxsize=1_000)
def _scale(people: int, smallest: int, most: int) -> int:
    most = min(most, people)
    apart = (people if people <= _FEW else most) ** 2
    common = 1
    for size in range(smallest, most + 1):
        common = lcm(common, size)
        if common > max(apart, _HANDY):
            return apart
    # A multiple of the sizes, so that distances are proportional to off.
    return common * -(-apart // common)
