"""How a search by exchanges goes: level by level, in cycles that grow as long as they gain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.judge.bounds import with_certain_sizes
from vermegroup.solver.exchange.anneal import FIRM, LEAST, Annealing
from vermegroup.solver.goals import Goal
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

# The weight of what is held, by the one pursued, where it may be lost for a while as a way round.
_SOFT = 3.0


def exchanged(
    problem: Problem, plan: Plan, group_of: IntArray, search: Search, effort: float, first: float
) -> IntArray:
    """The best grouping (n,) that exchanges lead to from one, at worst that one itself.

    One that breaks rules comes back with less broken, if there is no better. ``effort`` is about
    as many seconds, and the ``first`` cycle takes this share of it.
    """
    # How many are placed is everybody's business, and not a single group's.
    counting = any(kind.asks_number for kind in problem.rulebook.kinds()) and not plan.everyone
    if plan.groups < LEAST or counting:
        return group_of
    sizes = np.sort(np.bincount(group_of[group_of >= 0], minlength=plan.groups))[::-1]
    sized = with_certain_sizes(problem, plan)
    fixed = sized.sizes == tuple(sizes.tolist())
    work = int(effort * PARAMS.exchange.work)
    first_plan = sized if fixed else plan
    annealing = Annealing(problem, first_plan, group_of, search, fixed=fixed)
    if not _run(annealing, work, first) and fixed and plan.smallest < plan.largest:
        annealing = Annealing(problem, plan, annealing.found(), search, fixed=False)
        _run(annealing, work, first)
    return annealing.found()


def mended(
    problem: Problem, plan: Plan, group_of: IntArray, search: Search, hopes: Sequence[Goal]
) -> IntArray:
    """A grouping (n,) of these sizes that breaks less: at best nothing, and it has the hopes.

    Preferences are forgotten, but for those of the ``hopes`` that have windows.
    """
    if plan.groups < LEAST:
        return group_of
    tuned = PARAMS.exchange
    work = int((tuned.mend_effort + tuned.mend_each * len(group_of)) * tuned.work)
    windows = tuple(window for hope in hopes for window in hope.windows or ())
    hopeful = ((windows, tuned.hopes_share),) if len(group_of) <= tuned.hopes_people else ()
    for asked, share in (*hopeful, ((), 1.0)):
        own = search.within(share * search.left())
        annealing = Annealing(problem, plan, group_of, own, fixed=True, windows=asked)
        _pursue(annealing, 0, work, guided=True, firm=True)
        group_of = annealing.found()
        if not annealing.value[0]:
            break
    return group_of


def _run(annealing: Annealing, work: int, first: float) -> bool:
    """Anneal in cycles that grow, until some in a row gain nothing; whether the rules hold."""
    levels = annealing.levels
    last = len(levels) - 1
    share = first * work
    cycle, idle = 0, 0
    before: tuple[int, ...] = ()
    while annealing.work < work and not annealing.search.expired():
        if idle >= PARAMS.exchange.idle and annealing.work > PARAMS.exchange.least * work:
            break
        for level in range(len(levels)):
            guided, firm = cycle % 2 == 0, cycle % 4 < 2
            _pursue(annealing, level, share / len(levels), guided=guided, firm=firm)
            if level == 0 and annealing.value[0]:
                break
        else:
            annealing.back(last)
            if annealing.value == levels.bounds(annealing.value):
                break
            idle = idle + 1 if annealing.value == before else 0
            before = annealing.value
        cycle += 1
        share *= PARAMS.exchange.growth
    annealing.back(0)
    return not annealing.value[0]


def _pursue(annealing: Annealing, level: int, work: float, *, guided: bool, firm: bool) -> None:
    """Cool down with one level in view, those before it held and those after it forgotten."""
    annealing.back(level)
    bound = annealing.levels.bounds(annealing.value)[level]
    started = annealing.work
    warm, cold = annealing.scale()
    firm |= annealing.levels.worst(level)
    step = 0
    while annealing.value[level] > bound and not annealing.search.expired():
        before = annealing.work
        done = (annealing.work - started) / work
        if done >= 1:
            return
        temperature = warm * (cold / warm) ** done
        held = FIRM if firm else _SOFT * warm / temperature
        weights = [held] * level + [1 / temperature]
        guide = PARAMS.exchange.guide / temperature if guided or not level else 0.0
        annealing.step(weights, _leads(annealing, level, step), guide)
        annealing.search.worked((annealing.work - before) / PARAMS.exchange.work)
        step += 1


def _leads(annealing: Annealing, level: int, step: int) -> IntArray:
    """The groups that exchanges begin with: every other time those that stand in the way."""
    costs = annealing.costs[level]
    everyone = np.arange(len(costs))
    few = len(costs) <= PARAMS.exchange.linked_groups
    if level == 0:
        return np.flatnonzero(costs) if step % 2 or not few else everyone
    if annealing.levels.worst(level) and step % 4:
        return np.argsort(-costs.astype(float), kind="stable")[: max(1, len(costs) // 10)]
    return everyone
