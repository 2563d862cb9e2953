"""Repair: the few groups that break something go to CP-SAT, each with some neighbours.

Every rule is local to a group, and so is every goal at its bound. So a few groups can be taken
out, solved exactly and put back, without a look at the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.solver.assignment.build_model import model_of
from vermegroup.solver.construction.swaps import exchange, gather
from vermegroup.solver.goals import Goal, bad_groups
from vermegroup.solver.lns.destroy import neighbourhoods
from vermegroup.solver.lns.rounds import Destroyed, solve_each
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft


def repair(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    nearby: Goal | None = None,
    steps: Sequence[tuple[int, int]] = PARAMS.lns.repair_steps,
) -> bool:
    """Reseat people until no group breaks a rule or misses a local goal; False if some remain.

    What could be mended stays mended either way. ``nearby`` is a goal not to be lost out of sight
    where there is a choice.
    """
    gather(draft, goals, _bad(draft, goals), search)
    bad = exchange(draft, goals, _bad(draft, goals), search, nearby)
    for width, together in steps:
        while len(bad) and not search.expired():
            left = _one_round(draft, goals, search, bad, width, together)
            mended = len(bad) - len(left)
            bad = left
            if mended < PARAMS.lns.repaired_share * (len(bad) + mended):
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
    chosen = neighbourhoods(draft, goals, search, bad, width, together)
    everyone = replace(draft.plan, everyone=True)
    left = _reseat(draft, everyone, goals, search, chosen)
    if not draft.plan.everyone:
        left = _reseat(draft, draft.plan, goals, search, left)
    # What there was no time to try is as broken as before.
    broken = np.ones(draft.plan.groups, dtype=bool)
    for groups in chosen:
        broken[groups] = False
    for groups in left:
        broken[groups] = True
    return bad[broken[bad]]


def _reseat(
    draft: Draft,
    plan: Plan,
    goals: Sequence[Goal],
    search: Search,
    neighbourhoods: Sequence[IntArray],
) -> list[IntArray]:
    """Find seats that keep all rules and goals in each of these; those where there were none."""
    unsolved = dict(enumerate(neighbourhoods))
    tasks = (_task(draft, plan, goals, groups) for groups in neighbourhoods)
    answers = solve_each(tasks, len(neighbourhoods), search, PARAMS.lns.repair_effort)
    for index, (task, answer) in enumerate(answers):
        if answer.found:
            draft.reseat(task.groups, task.people, task.model.groups_found(answer))
            del unsolved[index]
    return list(unsolved.values())


def _task(draft: Draft, plan: Plan, goals: Sequence[Goal], groups: IntArray) -> Destroyed:
    chosen = draft.largest_first(groups)
    people, part = draft.people(chosen), draft.part(chosen)
    sizes = part.sizes().tolist() if plan.sizes is not None else None
    kept = [(goal, goal.measured(part)) for goal in goals]
    model = model_of(draft.problem, plan, people, len(chosen), sizes, kept)
    if not plan.everyone:
        model.seat_as_many_as_possible()
    return Destroyed(chosen, people, part, model)
