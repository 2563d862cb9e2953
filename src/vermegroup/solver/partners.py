"""Which groups to solve together with a broken one: those that hold what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.plan import Window
from vermegroup.roster import IntArray
from vermegroup.solver.draft import Draft
from vermegroup.solver.goals import Goal, limits_by_size


def holders(goals: Sequence[Goal], seating: Seating, group: int) -> IntArray:
    """Groups that could help one that misses a window on a sum, the most helpful first.

    Compare members rank by rank: a group helps as far as one exchange of members of equal rank
    brings the total nearer, and as far as it can spare that itself. Groups of other sizes, and
    those that cannot help by a single exchange, are left out.
    """
    help_offered = np.zeros(seating.groups, dtype=np.int64)
    for window in _sums(goals):
        help_offered = np.maximum(help_offered, _help(window, seating, group))
    help_offered[group] = 0
    ranked = np.argsort(-help_offered, kind="stable")
    return ranked[help_offered[ranked] > 0]


def needed_groups(draft: Draft, goals: Sequence[Goal], groups: IntArray) -> IntArray:
    """The groups of those whom rules and goals broken in these groups cannot do without."""
    wanted = np.concatenate([draft.lacking(goals, group) for group in groups.tolist()])
    found = np.unique(draft.group_of[wanted])
    return np.setdiff1d(found[found >= 0], groups)


def _sums(goals: Sequence[Goal]) -> Iterator[Window]:
    """The windows that weigh people, rather than count them."""
    for goal in goals:
        for window in goal.windows or ():
            if int(window.weights.max(initial=0)) > 1:
                yield window


def _help(window: Window, seating: Seating, group: int) -> IntArray:
    sizes, totals = seating.sizes(), seating.total(window.weights)
    low, high = limits_by_size(window, int(sizes.max()))
    lacking = low[sizes[group]] - totals[group]
    exceeding = totals[group] - high[sizes[group]]
    offered = np.zeros(seating.groups, dtype=np.int64)
    if lacking <= 0 and exceeding <= 0:
        return offered
    size = int(sizes[group])
    same, ranked = _members_by_rank(window, seating, size)
    own = ranked[np.searchsorted(same, group)]
    gain = ranked - own if lacking > 0 else own - ranked
    spare = totals[same] - low[size] if lacking > 0 else high[size] - totals[same]
    offered[same] = np.minimum(gain, spare[:, None]).max(axis=1)
    return offered


def _members_by_rank(window: Window, seating: Seating, size: int) -> tuple[IntArray, IntArray]:
    """The groups of a size, ascending, and their members' weights, each row ascending."""
    weights = window.weights[seating.people]
    order = np.lexsort((weights, seating.group))
    of_size = (seating.sizes() == size)[seating.group[order]]
    kept = order[of_size]
    return np.unique(seating.group[kept]), weights[kept].reshape(-1, size)
