"""Means of groups compared with everybody's mean, in whole numbers."""

from __future__ import annotations

from math import lcm

from vermegroup.plan import Plan


def common_size(plan: Plan) -> int:
    """The least common multiple of the sizes allowed, so that means compare as whole numbers."""
    return lcm(*range(plan.smallest, plan.largest + 1))


def rounding_bound(people: int, everybody: int, plan: Plan) -> int:
    """How far some group's mean must be from everybody's, for totals are whole numbers.

    ``everybody`` is the total of all. In units of 1 / (people * common size). With one size only,
    some group is at or above its fair share rounded up and some at or below it rounded down; with
    several, each group is at best at the nearer of the two. 0 where sizes are open.
    """
    sizes = set(plan.sizes or ())
    best = 0
    for size in sizes:
        rest = size * everybody % people
        off = max(rest, people - rest) if len(sizes) == 1 else min(rest, people - rest)
        best = max(best, off * (common_size(plan) // size) if rest else 0)
    return best
