"""Layers: who must sit apart for the spread of a numeric trait to be as large as it can be.

The spread of a group is the sum of |x_i - x_j| over its pairs. With members in descending order
it is a weighted sum with weights s-1, s-3, …, 1-s, so over all groups the rearrangement
inequality (Hardy, Littlewood and Pólya, *Inequalities*, 1934, theorem 368) bounds the total:
largest weights on largest values. The bound is attained exactly when, at every value, the number
of members at or above it lies between two numbers that depend on the group's size alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import IntArray, above_least, sum_of, times
from vermegroup.domain.plan import Plan, Window


def seat_weights(size: int) -> range:
    """The weights of a group's members in descending order of their values."""
    return range(size - 1, -size, -2)


def all_weights(sizes: Sequence[int]) -> IntArray:
    """The weights of every seat of every group, in descending order, shape (sum of sizes,)."""
    counts = Counter(sizes)
    highest = max(counts) - 1
    weights = np.arange(highest, -highest - 1, -1, dtype=np.int64)
    seats = np.zeros(len(weights), dtype=np.int64)
    for size, count in counts.items():
        seats[highest + 1 - size : highest + size : 2] += count
    return np.repeat(weights, seats)


def greatest_spread(rising: IntArray, plan: Plan) -> int:
    """The most that the groups' spreads can add up to; ``rising`` are the values in that order.

    Where sizes are open, the most uneven ones bound the total: moving a seat from a smaller to a
    larger group never lowers the sum of the largest m weights, for any m.
    """
    sizes = plan.sizes if plan.sizes is not None else most_uneven_sizes(len(rising), plan)
    weights = all_weights(sizes)
    values = above_least(rising)[::-1]
    # With fewer seats than people the middle is left out: nobody adds more than the extremes. With
    # fewer people than seats the inner seats are, which add least.
    seats = min(len(weights), len(values))
    return sum_of(times(_outermost(weights, seats), _outermost(values, seats)))


def _outermost(descending: IntArray, many: int) -> IntArray:
    """So many of both ends."""
    upper = (many + 1) // 2
    return np.concatenate([descending[:upper], descending[len(descending) - (many - upper) :]])


def most_uneven_sizes(people: int, plan: Plan) -> tuple[int, ...]:
    """Sizes for as many people as fit, all at the limits but for one."""
    k, low, high = plan.groups, plan.smallest, plan.largest
    extra = min(people, high * k) - low * k
    if extra <= 0 or high == low:
        return (low,) * k
    full, rest = divmod(extra, high - low)
    middle = (low + rest,) if full < k else ()
    return (high,) * full + middle + (low,) * (k - full - len(middle))


def spread_windows(ticks: IntArray, rising: IntArray, sizes: Sequence[int]) -> Iterator[Window]:
    """The windows that hold in every group exactly when the spread is at its bound.

    ``rising`` are the ticks (n,) in that order. Only values next to a change of weight matter;
    those between follow, because the number of members at or above a value never falls as the
    value does.
    """
    weights = all_weights(sizes)
    kinds = sorted(set(sizes))
    for threshold in _thresholds(rising, weights):
        above = len(rising) - int(np.searchsorted(rising, threshold, side="left"))
        last, following = int(weights[above - 1]), int(weights[above])
        low = {
            size: sum(w > last - (last != following) for w in seat_weights(size)) for size in kinds
        }
        high = {size: sum(w >= last for w in seat_weights(size)) for size in kinds}
        yield Window((ticks >= threshold).astype(np.int64), low, high)


def _thresholds(rising: IntArray, weights: IntArray) -> list[int]:
    """The values at or above which to count: both ends of each run of ties at a change."""
    found: set[int] = set()
    for rank in np.flatnonzero(weights[:-1] > weights[1:]) + 1:
        value = int(rising[len(rising) - rank])
        found.add(value)
        higher = int(np.searchsorted(rising, value, side="right"))
        if higher < len(rising):
            found.add(int(rising[higher]))
    found.discard(int(rising[0]))
    return sorted(found, reverse=True)


def layers(ticks: IntArray, sizes: Sequence[int]) -> dict[int, list[IntArray]]:
    """For each size, the values that members of such groups have, seat by seat, descending.

    Holds for every grouping whose spread is at its bound. Where two sizes share a weight, their
    seats share a layer, which is then longer than the number of groups.
    """
    weights = all_weights(sizes)
    values = np.sort(ticks)[::-1]
    return {
        size: [values[weights == weight] for weight in seat_weights(size)] for size in set(sizes)
    }
