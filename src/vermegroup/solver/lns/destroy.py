"""Destroy: which groups to solve together, because they can give what a broken one lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.plan import Window
from vermegroup.solver.goals import Goal, local_wishes
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft


def neighbourhoods(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    bad: IntArray,
    width: int,
    together: int,
) -> list[IntArray]:
    """Broken groups, each a few with their neighbours: so many groups that none is in two."""
    seating = draft.seating()
    broken = np.zeros(draft.plan.groups, dtype=bool)
    broken[bad] = True
    taken = np.zeros(draft.plan.groups, dtype=bool)
    related = Relatedness(draft, search.chance.permutation(draft.plan.groups))
    found: list[IntArray] = []
    for start in range(0, len(bad), together):
        core = bad[start : start + together]
        core = core[~taken[core]]
        if not len(core) or search.expired():
            continue
        helpful = [holders(goals, seating, int(group))[:width] for group in core]
        # Those who are needed may sit in a broken group themselves: both halves of a torn pair do.
        needed = _free(needed_groups(draft, goals, core), ~taken, width - len(core))
        others = _free(
            np.concatenate([*helpful, related.nearest(core)]), ~(taken | broken), width - len(core)
        )
        partners = _free(np.concatenate([needed, others]), ~taken, width - len(core))
        found.append(np.append(core, partners))
        taken[found[-1]] = True
    return found


def _free(wanted: IntArray, free: BoolArray, count: int) -> IntArray:
    """The first so many groups that no other neighbourhood has taken."""
    first = np.sort(np.unique(wanted, return_index=True)[1])
    wanted = wanted[first]
    return wanted[free[wanted]][:count]


class Relatedness:
    """The groups of a draft as they are now, and how many people of others could join them."""

    def __init__(self, draft: Draft, order: IntArray) -> None:
        self._draft = draft
        self._order = order
        trait = draft.problem.gathering_trait()
        self._member = None if trait is None else draft.problem.roster.sets[trait].member
        self._shared = None if self._member is None else _shared(draft, self._member)

    def nearest(self, core: IntArray) -> IntArray:
        """Groups in the order of how many members of ``core`` could join them, else as given."""
        if self._member is None or self._shared is None:
            return self._order
        could = self._member[self._draft.people(core.tolist())] @ self._shared.T
        how_many = np.count_nonzero(could, axis=0)[self._order]
        return self._order[np.argsort(-how_many, kind="stable")]


def side_by_side(draft: Draft, order: IntArray, search: Search) -> IntArray:
    """The same groups, those with a common value next to each other; else as they were."""
    trait = draft.problem.gathering_trait()
    if trait is None:
        return order
    shared = _shared(draft, draft.problem.roster.sets[trait].member)
    rank = search.chance.permutation(shared.shape[1])
    first = np.where(shared, rank, shared.shape[1]).min(axis=1)
    return order[np.argsort(first[order], kind="stable")]


def _shared(draft: Draft, member: BoolArray) -> BoolArray:
    """Which values all members of each group have, shape (groups, values)."""
    groups = range(draft.plan.groups)
    return np.stack([member[draft.people([group])].all(axis=0) for group in groups])


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
    wishes = local_wishes(goals)
    wanted = np.concatenate([draft.lacking(wishes, group) for group in groups.tolist()])
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
    low, high = window.limits(int(sizes.max()))
    lacking = low[sizes[group]] - totals[group]
    exceeding = totals[group] - high[sizes[group]]
    offered = np.zeros(seating.groups, dtype=np.int64)
    if lacking <= 0 and exceeding <= 0:
        return offered
    size = int(sizes[group])
    same, ranked = _members_by_rank(window, seating, size)
    helped = ranked[np.searchsorted(same, group)]
    gain = ranked - helped if lacking > 0 else helped - ranked
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
