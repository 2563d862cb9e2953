"""Swaps: mend a broken group by trading members with one other group.

For two groups of s members there are 2**(s-1) - 1 such trades, so a thousand partners can be
judged at once on arrays. Where members of a rank form a layer, as the deal leaves them, a trade
that cures a clash of one trait always exists: it is the alternating path of two colours in
König's theorem on colouring the edges of a bipartite graph (1916).

Rules that name people are torn all over the roster by a deal that does not know them. A swap is
made if it lessens what the two groups lack, so groups with several faults are mended step by step;
and nothing may get worse by it, neither the rules together nor any one goal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.problem import rules_broken
from vermegroup.solver.goals import Goal, bad_groups, both_sound, local_wishes
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft


def exchange(
    draft: Draft,
    goals: Sequence[Goal],
    bad: IntArray,
    search: Search,
    nearby: Goal | None = None,
) -> IntArray:
    """Mend broken groups by trades that leave both groups whole; those still broken.

    Among trades that mend, the one that serves the ``nearby`` goal best is made.
    """
    left: list[int] = []
    for group in bad.tolist():
        if search.expired() or not _mend_one(draft, goals, group, search, nearby):
            left.append(group)
    # A trade may have mended its partner as well.
    if not left:
        return np.empty(0, dtype=np.int64)
    still = bad_groups(draft.problem, draft.plan, goals, draft.part(left))
    return np.array(left, dtype=np.int64)[still]


def _mend_one(
    draft: Draft,
    goals: Sequence[Goal],
    group: int,
    search: Search,
    nearby: Goal | None,
) -> bool:
    members = draft.people([group])
    if len(members) > PARAMS.construction.swapped_size:
        return False
    partners = _partners(draft, group, len(members), search)
    # Most trades are found among the first few; judging all partners at once takes far longer.
    first = PARAMS.construction.first_partners
    for some in (partners[:first], partners[first:]):
        if len(some) and _trade(draft, goals, group, some, nearby):
            return True
    return False


def _trade(
    draft: Draft, goals: Sequence[Goal], group: int, partners: IntArray, nearby: Goal | None
) -> bool:
    """Make the best of all trades with these partners that mend the group, if there is one."""
    ticks = draft.problem.layered_ticks()
    members = _by_rank(draft.people([group]), 1, ticks)[0]
    others = _by_rank(draft.people(partners.tolist()), len(partners), ticks)
    trades = _trades(len(members))
    ours = np.where(trades[None], others[:, None], members[None, None]).reshape(-1, len(members))
    theirs = np.where(trades[None], members[None, None], others[:, None]).reshape(-1, len(members))
    good = both_sound(draft.problem, draft.plan, goals, _alternatives(ours, theirs))
    for goal in goals:
        if not goal.local and good.any():
            good &= _no_loss(goal, draft, group, partners, _alternatives(ours, theirs))
    choices = np.flatnonzero(good)
    if not len(choices):
        return False
    choice = choices[_best(_alternatives(ours[choices], theirs[choices]), nearby)]
    people = np.concatenate([ours[choice], theirs[choice]])
    draft.reseat(
        [group, int(partners[choice // len(trades)])], people, np.repeat([0, 1], len(members))
    )
    return True


def _no_loss(
    goal: Goal, draft: Draft, group: int, partners: IntArray, seating: Seating
) -> BoolArray:
    """Which trades leave the two groups no worse off in a goal that only their sum tells."""
    costs = goal.costs(draft.part([group, *partners.tolist()]))
    after = goal.costs(seating).reshape(2, len(partners), -1).sum(axis=0)
    now = costs[0] + costs[1:]
    kept: BoolArray = (after <= now[:, None]).reshape(-1)
    return kept


def _best(seating: Seating, nearby: Goal | None) -> int:
    """The trade that serves the nearby goal best; of equals, and without one, the first."""
    if nearby is None:
        return 0
    return int(np.argmin(np.maximum(*np.split(nearby.costs(seating), 2))))


def _partners(draft: Draft, group: int, size: int, search: Search) -> IntArray:
    """Other groups of the same size, in random order, so many that judging them stays quick."""
    count = min(PARAMS.construction.partners + 1, draft.plan.groups)
    order: IntArray = search.chance.choice(draft.plan.groups, count, replace=False)
    sizes = draft.sizes(order)
    partners: IntArray = order[(sizes == size) & (order != group)]
    return partners


def _by_rank(people: IntArray, groups: int, ticks: IntArray) -> IntArray:
    """Members of groups of one size, shape (groups, size), each row in rising order."""
    rows = people.reshape(groups, -1)
    ranks: IntArray = np.argsort(ticks[rows], axis=1, kind="stable")
    return np.take_along_axis(rows, ranks, axis=1)


def _trades(size: int) -> BoolArray:
    """Which ranks change places, shape (trades, size); trading all or the rest is the same."""
    numbers = np.arange(1, 2 ** (size - 1))
    trades: BoolArray = (numbers[:, None] >> np.arange(size)) & 1 == 1
    return trades


def _alternatives(ours: IntArray, theirs: IntArray) -> Seating:
    """Every trade as two candidate groups: the first half ours, the second half theirs."""
    rows = np.concatenate([ours, theirs])
    return Seating(rows.reshape(-1), np.repeat(np.arange(len(rows)), rows.shape[1]), len(rows))


def gather(draft: Draft, goals: Sequence[Goal], groups: IntArray, search: Search) -> None:
    """Swap people into these groups whom they lack, as long as that makes anything better."""
    ticks = draft.problem.layered_ticks()
    for group in groups.tolist():
        while not search.expired() and _swap_one_in(draft, goals, group, ticks):
            pass


def _swap_one_in(draft: Draft, goals: Sequence[Goal], group: int, ticks: IntArray) -> bool:
    wanted = draft.lacking(local_wishes(goals), group)[: PARAMS.construction.wanted]
    for person in wanted.tolist():
        other = int(draft.group_of[person])
        if other >= 0 and _swap(draft, goals, (group, other), person, ticks):
            return True
    return False


def _swap(
    draft: Draft, goals: Sequence[Goal], groups: tuple[int, int], person: int, ticks: IntArray
) -> bool:
    """Swap a person of the second group for the member of the first that serves both best.

    Among equals it is the one nearest in the trait whose spread is wished for.
    """
    ours, theirs = draft.people([groups[0]]), draft.people([groups[1]])
    gained = np.where(np.eye(len(ours), dtype=bool), person, ours)
    lost = np.where(theirs == person, ours[:, None], theirs)
    now = _faults(draft, goals, draft.part(groups)).sum(axis=1)
    after = _faults(draft, goals, _candidates(gained)) + _faults(draft, goals, _candidates(lost))
    worse = (after > now[:, None]).any(axis=0)
    amounts = after.sum(axis=0)
    best = np.lexsort((np.abs(ticks[ours] - ticks[person]), amounts, worse))[0]
    if worse[best] or amounts[best] >= now.sum():
        return False
    people = np.concatenate([gained[best], lost[best]])
    draft.reseat(groups, people, np.repeat([0, 1], [len(ours), len(theirs)]))
    return True


def _faults(draft: Draft, goals: Sequence[Goal], seating: Seating) -> IntArray:
    """What each group lacks, shape (1 + goals, groups): by the rules, and of each goal."""
    rows = [rules_broken(draft.problem, draft.plan, seating)]
    for goal in goals:
        rows.append(goal.missed(seating).astype(np.int64) if goal.local else goal.costs(seating))
    return np.stack(rows)


def _candidates(rows: IntArray) -> Seating:
    groups = np.repeat(np.arange(len(rows)), rows.shape[1])
    return Seating(rows.reshape(-1), groups, len(rows))
