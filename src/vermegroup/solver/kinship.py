"""Groups that could trade members where members must share a value: others seldom can."""

from __future__ import annotations

import numpy as np

from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.draft import Draft
from vermegroup.solver.limits import Search


class Kin:
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
