"""Mend: the few groups that break something go to CP-SAT, each with some neighbours.

Every rule is local to a group, and so is every goal at its bound. So a few groups can be taken
out, solved exactly and put back, without a look at the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vermegroup.plan import Plan
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.cpsat import solve
from vermegroup.solver.draft import Draft, bad_groups
from vermegroup.solver.exchanging import exchange
from vermegroup.solver.gathering import gather
from vermegroup.solver.goals import Goal
from vermegroup.solver.kinship import nearest_kin
from vermegroup.solver.limits import Search
from vermegroup.solver.modelling import model_of
from vermegroup.solver.partners import holders, needed_groups

# Each step: how many groups are solved together, and how many of them are broken ones. A step is
# repeated while it mends most of what it is given.
STEPS = ((6, 3), (10, 3), (10, 1), (10, 1), (14, 1), (20, 2))
ENOUGH = 0.3
EFFORT = 0.3


def mend(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    nearby: Goal | None = None,
) -> bool:
    """Reseat people until no group breaks a rule or misses a local goal; False if some remain.

    What could be mended stays mended either way. ``nearby`` is a goal not to be lost out of sight
    where there is a choice.
    """
    gather(draft, goals, _bad(draft, goals), search)
    bad = exchange(draft, goals, _bad(draft, goals), search, nearby)
    for width, together in STEPS:
        while len(bad) and not search.expired():
            left = _one_round(draft, goals, search, bad, width, together)
            mended = len(bad) - len(left)
            bad = left
            if mended < ENOUGH * (len(bad) + mended):
                break
    return not len(bad)


def _bad(draft: Draft, goals: Sequence[Goal]) -> IntArray:
    bad = bad_groups(draft.problem, draft.plan, goals, draft.seating())
    return np.flatnonzero(bad)


def _one_round(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    bad: IntArray,
    width: int,
    together: int,
) -> IntArray:
    """Try every broken group once, in disjoint neighbourhoods; those left broken."""
    seating = draft.seating()
    broken = np.zeros(draft.plan.groups, dtype=bool)
    broken[bad] = True
    taken = np.zeros(draft.plan.groups, dtype=bool)
    at_random = search.chance.permutation(draft.plan.groups)
    left: list[int] = []
    for start in range(0, len(bad), together):
        core = bad[start : start + together]
        core = core[~taken[core]]
        if not len(core):
            continue
        helpful = [holders(goals, seating, int(group))[:width] for group in core]
        # Those who are needed may sit in a broken group themselves: both halves of a torn pair do.
        needed = _free(needed_groups(draft, goals, core), ~taken, width - len(core))
        anyone = nearest_kin(draft, core, at_random)
        others = _free(np.concatenate([*helpful, anyone]), ~(taken | broken), width - len(core))
        partners = _free(np.concatenate([needed, others]), ~taken, width - len(core))
        chosen = np.append(core, partners)
        taken[chosen] = True
        if search.expired() or not _reseat(draft, goals, search, chosen):
            left.extend(chosen[broken[chosen]].tolist())
    return np.array(left, dtype=np.int64)


def _free(wanted: IntArray, free: BoolArray, count: int) -> IntArray:
    """The first so many groups that no other neighbourhood has taken."""
    first = np.sort(np.unique(wanted, return_index=True)[1])
    wanted = wanted[first]
    return wanted[free[wanted]][:count]


def _reseat(draft: Draft, goals: Sequence[Goal], search: Search, groups: IntArray) -> bool:
    """Find seats in these groups that keep all rules and goals, seating everybody if possible."""
    if _reseat_under(draft, replace(draft.plan, everyone=True), goals, search, groups):
        return True
    return not draft.plan.everyone and _reseat_under(draft, draft.plan, goals, search, groups)


def _reseat_under(
    draft: Draft, plan: Plan, goals: Sequence[Goal], search: Search, groups: IntArray
) -> bool:
    chosen = groups[np.argsort(-draft.sizes(groups.tolist()), kind="stable")].tolist()
    people, part = draft.people(chosen), draft.part(chosen)
    sizes = part.sizes().tolist() if plan.sizes is not None else None
    kept = [(goal, goal.measured(part)) for goal in goals]
    model = model_of(draft.problem, plan, people, len(chosen), sizes, kept)
    if not plan.everyone:
        model.seat_as_many_as_possible()
    answer = solve(model.cp, search, effort=EFFORT)
    if not answer.found:
        return False
    draft.reseat(chosen, people, model.groups_found(answer))
    return True
