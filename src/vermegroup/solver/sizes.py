"""The sizes of the groups, where arithmetic leaves no choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.kind import Plan, Window
from vermegroup.problem import Problem


def with_certain_sizes(problem: Problem, plan: Plan) -> Plan:
    """The plan with its sizes, if the size rules and the first preferences leave one choice.

    Preferences count only while they speak of nothing but sizes and stand before all others.
    Where at most two neighbouring sizes are allowed, everyone placed fixes how many of each.
    """
    if not plan.everyone:
        return plan
    allowed = set(range(plan.smallest, plan.largest + 1))
    for kind in problem.rulebook.rules:
        windows = kind.windows(problem.roster, plan, 0) if kind.zero_is_rule else None
        allowed &= _sizes_named(windows, allowed)
    for preference in problem.rulebook.preferences:
        bound = preference.bound(problem.roster, plan)
        windows = preference.windows(problem.roster, plan, bound)
        if windows is None or not all(map(_names_sizes, windows)):
            break
        allowed &= _sizes_named(windows, allowed)
    sizes = _only_choice(len(problem.roster), plan.groups, sorted(allowed))
    return plan if sizes is None else replace(plan, sizes=sizes)


def sized_like(problem: Problem, plan: Plan, seating: Seating) -> Plan:
    """The plan with its certain sizes if a grouping has just these, else unchanged.

    Certain sizes rest on the first preferences being at their bounds; a grouping of such sizes
    has them there.
    """
    sized = with_certain_sizes(problem, plan)
    sizes = np.sort(seating.sizes())[::-1]
    return sized if sized.sizes == tuple(sizes.tolist()) else plan


def _only_choice(people: int, groups: int, allowed: list[int]) -> tuple[int, ...] | None:
    if not allowed or allowed[-1] - allowed[0] > 1:
        return None
    low, high = allowed[0], allowed[-1]
    larger = people - low * groups
    if larger < 0 or larger > groups * (high - low):
        return None
    return (high,) * larger + (low,) * (groups - larger)


def _names_sizes(window: Window) -> bool:
    """Whether a window is about sizes alone: everybody weighs one, and a size limits itself."""
    return bool((window.weights == 1).all()) and all(
        window.low[size] == size == window.high[size] for size in window.low
    )


def _sizes_named(windows: Iterable[Window] | None, allowed: set[int]) -> set[int]:
    named = [set(window.low) for window in windows or () if _names_sizes(window)]
    return set.intersection(allowed, *named)
