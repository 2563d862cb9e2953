"""What is settled once preferences are at their bounds: sizes, the waitlist, layers.

Arithmetic alone: the solver and the audit use the same, and neither the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.problem import PreferenceStanding, Problem, settled


def with_certain_sizes(problem: Problem, plan: Plan) -> Plan:
    """The plan with its sizes, if the size rules and the first preferences leave one choice.

    Preferences count only while they speak of nothing but sizes and stand before all others.
    Where at most two neighbouring sizes are allowed, everyone placed fixes how many of each.
    """
    if plan.sizes is not None or not plan.everyone:
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


def standings(
    problem: Problem, plan: Plan, seating: Seating, shown: Mapping[int, int] | None = None
) -> tuple[PreferenceStanding, ...]:
    """Every preference's value in a grouping beside the best known bound.

    ``shown`` holds bounds that search has shown, by the preference's position. A value at its
    bound is proven: at once where the bound holds whatever else is done, and otherwise if all
    preferences before it are. An arithmetic bound that rests on the layers is used only where the
    spread before it is at its own bound.
    """
    found: list[PreferenceStanding] = []
    all_proven = True
    unsettled = plan
    for index, preference in enumerate(problem.rulebook.preferences):
        plan = sized_like(problem, plan, seating)
        value = preference.value_of(problem.roster, plan, seating)
        counted = preference.bound(problem.roster, plan)
        bound = (shown or {}).get(index, counted)
        proven = value == preference.bound(problem.roster, unsettled)
        proven = proven or (all_proven and value == bound)
        all_proven = all_proven and proven
        weighed = _each_weighed(problem, plan, seating, preference)
        found.append(PreferenceStanding(preference, value, bound, proven, weighed))
        plan = settled(plan, preference, value, counted)
    return tuple(found)


def all_proven(problem: Problem, plan: Plan, seating: Seating) -> bool:
    """Whether arithmetic alone proves a grouping the best in every preference.

    The plan is the one that was asked for: a preference that is best where everyone has a seat
    may be better still where someone waits.
    """
    return all(standing.proven for standing in standings(problem, plan, seating))


def _each_weighed(
    problem: Problem, plan: Plan, seating: Seating, tier: Kind
) -> tuple[PreferenceStanding, ...]:
    """Each preference of a tier beside the best that it could reach alone."""
    found: list[PreferenceStanding] = []
    for preference, _ in tier.weighed():
        value = preference.value_of(problem.roster, plan, seating)
        bound = preference.bound(problem.roster, plan)
        found.append(PreferenceStanding(preference, value, bound, value == bound))
    return tuple(found)


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
