"""How large, or how small, the sums of distances within groups can be at all.

By each person's best partners: somebody in a group of s is with s - 1 others, and no nearer to
them than to the s - 1 nearest; each pair is counted from both its ends. By inertia: the squared
distances of a group of s come to s times its sum of squares (Huygens), all groups' sums of squares
to no more than everybody's, and a sum of m roots is at most the root of m times what is under them
(Cauchy and Schwarz). By traits: Gower's distance is a sum over traits, and each has its own bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np

from vermegroup.domain.arrays import IntArray, sum_of
from vermegroup.domain.plan import Plan
from vermegroup.rules.arithmetic.inertia import squares_of_pairs
from vermegroup.rules.arithmetic.rearrangement import greatest_spread, most_uneven_sizes

# Distances looked at to find everybody's best partners, beyond which it takes too long.
MOST_LOOKED_AT = 30_000_000


@dataclass(frozen=True, slots=True)
class Partners:
    """The distances to everybody's best partners, (kinds, partners), best first.

    ``people`` (kinds,) are as many of each kind, who have the same distances.
    """

    distances: IntArray
    people: IntArray

    def best(self, plan: Plan, *, most: bool) -> int:
        """The best sum over all pairs of the groups of a plan, each pair counted once."""
        sizes = likely_sizes(int(self.people.sum()), plan, most=most)
        ends = sum(size * (size - 1) for size in sizes)
        certain = 0
        if plan.everyone:
            certain = min(min(sizes, default=1), self.distances.shape[1] + 1) - 1
            certain = min(certain, plan.smallest - 1) if plan.sizes is None else certain
        total = int((self.distances[:, :certain].sum(axis=1) * self.people).sum())
        others = self._others(certain, ends - certain * int(self.people.sum()), most=most)
        return (total + others) // 2 if most else -(-(total + others) // 2)

    def _others(self, certain: int, ends: int, *, most: bool) -> int:
        """The best of what is left to choose from, so many."""
        rest = self.distances[:, certain:]
        many = np.repeat(self.people, rest.shape[1])
        order = np.argsort(-rest.reshape(-1) if most else rest.reshape(-1), kind="stable")
        many, rest = many[order], rest.reshape(-1)[order]
        taken = np.clip(ends - (np.cumsum(many) - many), 0, many)
        return sum_of(taken * rest)


def likely_sizes(people: int, plan: Plan, *, most: bool) -> tuple[int, ...]:
    """The sizes by which groups have most pairs, or fewest, that a plan allows."""
    if plan.sizes is not None:
        return plan.sizes
    if most:
        return most_uneven_sizes(people, plan)
    if not plan.everyone:
        return (plan.smallest,) * plan.groups
    low, larger = divmod(people, plan.groups)
    return (low + 1,) * larger + (low,) * (plan.groups - larger)


def greatest_by_inertia(columns: Sequence[IntArray], plan: Plan) -> int:
    """The most that Euclidean distances can add up to, each rounded to a whole number.

    ``columns`` are the coordinates (n,). A distance is rounded up by half at most.
    """
    people = len(columns[0])
    sizes = likely_sizes(people, plan, most=True)
    inertia = sum(map(squares_of_pairs, columns))
    ends = sum(size * (size - 1) for size in sizes)
    under = sum(size * size * (size - 1) for size in sizes)
    # All under one root: (under / 2) * (inertia / people).
    return isqrt(under * inertia // (2 * max(1, people)) + 1) + 1 + -(-ends // 4)


def greatest_by_traits(
    people: int,
    columns: Sequence[IntArray],
    shares: Sequence[tuple[IntArray, int]],
    wholly: int,
    plan: Plan,
) -> int:
    """The most that a sum over traits can add up to.

    ``columns`` are numbers (n,) in rising order, ``shares`` how many people have each value with
    what two that differ add, and ``wholly`` is what two people can add besides.
    """
    sizes = likely_sizes(people, plan, most=True)
    pairs = sum(size * (size - 1) // 2 for size in sizes)
    total = sum(greatest_spread(column, plan) for column in columns) + wholly * pairs
    for counts, share in shares:
        full, larger = np.divmod(counts, plan.groups)
        alike = larger * _pairs(full + 1) + (plan.groups - larger) * _pairs(full)
        total += share * (pairs - (int(alike.sum()) if plan.everyone else 0))
    return total


def _pairs(counts: IntArray) -> IntArray:
    return counts * (counts - 1) // 2


def partners_of(code: IntArray, table: IntArray, wanted: int, *, most: bool) -> Partners:
    """Everybody's so many best partners where people of a kind have the same distances.

    ``code`` (n,) is everybody's kind, ``table`` (kinds, kinds) has the distances. Of fewer people
    there are fewer partners.
    """
    people = np.bincount(code, minlength=len(table)).astype(np.int64)
    kinds = np.flatnonzero(people)
    wanted = max(0, min(wanted, len(code) - 1))
    best = np.zeros((len(kinds), wanted), dtype=np.int64)
    for row, kind in enumerate(kinds.tolist()):
        others = people[kinds].copy()
        others[row] -= 1
        order = np.argsort(-table[kind, kinds] if most else table[kind, kinds], kind="stable")
        best[row] = np.repeat(table[kind, kinds][order], others[order])[:wanted]
    return Partners(best, people[kinds])
