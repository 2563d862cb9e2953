"""Deal, then mend by trades: often optimal already, and then CP-SAT is never even loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.judge.bounds import all_proven, with_certain_sizes
from vermegroup.solver.construction.deal import deal
from vermegroup.solver.construction.swaps import exchange, gather
from vermegroup.solver.goals import Goal, bad_groups, counting_goals, goals_at_bounds
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft


def attempt_quickly(problem: Problem, plan: Plan, search: Search) -> Attempt | Draft:
    """Try to form ``plan.groups`` groups; where that settles nothing, the draft to go on from."""
    dealt: IntArray | None = None
    if any(rule.gathers() for rule in problem.rulebook.rules):
        from vermegroup.solver.construction.pools import deal_by_pools  # noqa: PLC0415

        with search.stage("deal"):
            impossible, dealt = deal_by_pools(problem, plan, search)
        if impossible:
            return Attempt(False)
    draft, optimal = construct(problem, plan, search, dealt)
    return Attempt(True, draft.group_of) if optimal else draft


def construct(
    problem: Problem, plan: Plan, search: Search, dealt: IntArray | None = None
) -> tuple[Draft, bool]:
    """A draft with everyone seated, and whether it is optimal in every preference.

    ``dealt`` (n,) is a deal to begin with. First whatever only counts people is put right, with
    an eye on the next goal; then the rest.
    """
    sized = with_certain_sizes(problem, replace(plan, everyone=True))
    goals = goals_at_bounds(problem, sized)
    with search.stage("deal"):
        draft = Draft(problem, sized, deal(problem, sized) if dealt is None else dealt)
    with search.stage("mend"):
        broken = bad_groups(problem, sized, (), draft.seating())
        gather(draft, (), np.flatnonzero(broken), search)
        counting = counting_goals(goals)
        nearby = next(iter(goals[len(counting) :]), None)
        if _trade(draft, counting, search, nearby):
            _trade(draft, goals, search)
    best = draft.valid(everyone=True) and all_proven(problem, plan, draft.seating())
    return draft, best


def _trade(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    nearby: Goal | None = None,
) -> bool:
    """Mend by trades as long as they mend much of what is left; whether all is mended."""
    bad = np.flatnonzero(bad_groups(draft.problem, draft.plan, goals, draft.seating()))
    while len(bad):
        left = exchange(draft, goals, bad, search, nearby)
        if len(left) > PARAMS.construction.stalled * len(bad):
            return not len(left)
        bad = left
    return True
