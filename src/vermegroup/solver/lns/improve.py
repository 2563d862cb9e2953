"""Improve: a preference that is not at its bound, neighbourhood by neighbourhood.

A goal that can be told group by group is treated as a rule that some groups break: repair them.
For the worst group's measure the target is brought closer by halves. Anything else is optimised
in random neighbourhoods of groups, keeping what stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Kind, Role, Total
from vermegroup.domain.plan import Plan
from vermegroup.solver.assignment.build_model import model_of
from vermegroup.solver.goals import Goal, goal_at
from vermegroup.solver.lns.destroy import side_by_side
from vermegroup.solver.lns.repair import repair
from vermegroup.solver.lns.rounds import Destroyed, solve_each
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Draft


def improve(
    draft: Draft,
    plan: Plan,
    preference: Kind,
    held: Sequence[Goal],
    search: Search,
) -> None:
    """Bring a preference as near to its bound as can be, without loss to the goals held."""
    goal = goal_at(draft.problem, plan, preference)
    if goal.value(draft.seating()) == goal.bound:
        return
    _tell(draft, goal, search)
    if goal.local and _towards(draft, goal, held, search):
        return
    if preference.total is Total.WORST:
        _by_halves(draft, plan, goal, held, search)
    else:
        _by_neighbourhoods(draft, goal, held, search)


def _tell(draft: Draft, goal: Goal, search: Search) -> None:
    gap = abs(goal.value(draft.seating()) - goal.bound) / max(1, abs(goal.bound))
    search.listener.pursuing(goal.preference.sentence(Role.PREFERENCE), gap)


def _towards(
    draft: Draft,
    goal: Goal,
    held: Sequence[Goal],
    search: Search,
) -> bool:
    """Try to reach the goal's target in every group; no step may lose what was reached."""
    return repair(draft, (*held, goal), search)


def _by_halves(
    draft: Draft,
    plan: Plan,
    goal: Goal,
    held: Sequence[Goal],
    search: Search,
) -> None:
    missed = goal.bound
    for _ in range(PARAMS.lns.halvings):
        reached = goal.value(draft.seating())
        if search.expired() or abs(reached - missed) <= 1:
            return
        target = (reached + missed) // 2
        nearer = goal_at(draft.problem, plan, goal.preference, target)
        if not _towards(draft, nearer, held, search):
            missed = target


def _by_neighbourhoods(
    draft: Draft,
    goal: Goal,
    held: Sequence[Goal],
    search: Search,
) -> None:
    for width, effort in PARAMS.lns.improve_steps:
        gains = True
        while gains and not search.expired():
            before = goal.value(draft.seating())
            _tell(draft, goal, search)
            _one_round(draft, goal, held, search, width, effort)
            after = goal.value(draft.seating())
            if after == goal.bound:
                return
            gains = goal.better(after, before)


def _one_round(
    draft: Draft,
    goal: Goal,
    held: Sequence[Goal],
    search: Search,
    width: int,
    effort: float,
) -> None:
    """Optimise disjoint neighbourhoods that cover all groups; some waitlisted people join each."""
    order = side_by_side(draft, search.chance.permutation(draft.plan.groups), search)
    waiting = search.chance.permutation(draft.waiting())
    starts, guests = range(0, len(order), width), PARAMS.lns.guests
    tasks = (
        _task(draft, goal, held, order[at:end], waiting[guests * at : guests * end])
        for at, end in ((at, at + width) for at in starts)
    )
    for task, answer in solve_each(tasks, len(starts), search, effort):
        if answer.objective is not None and goal.better(
            answer.objective, goal.measured(task.before)
        ):
            draft.reseat(task.groups, task.people, task.model.groups_found(answer))


def _task(
    draft: Draft, goal: Goal, held: Sequence[Goal], groups: IntArray, guests: IntArray
) -> Destroyed:
    chosen = draft.largest_first(groups)
    part = draft.part(chosen)
    people = np.concatenate([part.people, guests])
    sizes = part.sizes().tolist() if goal.plan.sizes is not None else None
    kept = [(other, other.measured(part)) for other in held]
    model = model_of(draft.problem, goal.plan, people, len(chosen), sizes, kept)
    goal.optimise(model)
    model.hint(np.concatenate([part.group, np.full(len(guests), -1, dtype=np.int64)]))
    return Destroyed(chosen, people, part, model)
