"""Gather: bring the people whom a broken group cannot do without into it, swap by swap.

Rules that name people are torn all over the roster by a deal that does not know them. A swap is
made if it lessens what the two groups lack, so groups with several faults are mended step by step;
and nothing may get worse by it, neither the rules together nor any one goal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.grouping import Seating
from vermegroup.roster import IntArray
from vermegroup.solver.attempt import rules_broken
from vermegroup.solver.draft import Draft
from vermegroup.solver.goals import Goal
from vermegroup.solver.limits import Search

# People tried for a group in one step.
MOST_WANTED = 20


def gather(draft: Draft, goals: Sequence[Goal], groups: IntArray, search: Search) -> None:
    """Swap people into these groups whom they lack, as long as that makes anything better."""
    ticks = draft.problem.layered_ticks()
    for group in groups.tolist():
        while not search.expired() and _swap_one_in(draft, goals, group, ticks):
            pass


def _swap_one_in(draft: Draft, goals: Sequence[Goal], group: int, ticks: IntArray) -> bool:
    for person in draft.lacking(goals, group)[:MOST_WANTED].tolist():
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
