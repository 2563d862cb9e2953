"""Deal, then mend by trades: often optimal already, and then CP-SAT is never even loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.judge.bounds import standings, with_certain_sizes
from vermegroup.solver.construction.deal import deal
from vermegroup.solver.construction.swaps import exchange, gather
from vermegroup.solver.exchange.schedule import mended
from vermegroup.solver.goals import Goal, bad_groups, counting_goals, goals_at_bounds, missed_by
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft


def attempt_quickly(problem: Problem, plan: Plan, search: Search) -> Attempt | Draft:
    """Try to form ``plan.groups`` groups; where that settles nothing, the draft to go on from."""
    draft = _started(problem, plan, search)
    if not draft.valid(everyone=True) and any(rule.gathers() for rule in problem.rulebook.rules):
        from vermegroup.solver.construction.pools import deal_by_pools  # noqa: PLC0415

        with search.stage("deal"):
            impossible, dealt = deal_by_pools(problem, plan, search)
        if impossible:
            return Attempt(False)
        if dealt is not None:
            draft = _started(problem, plan, search, dealt)
    reached = _proven(draft, plan)
    return draft if reached is None else Attempt(True, draft.group_of, reached=reached)


def construct(problem: Problem, plan: Plan, search: Search) -> tuple[Draft, bool]:
    """A draft with everyone seated, and whether it is optimal in every preference."""
    draft = _started(problem, plan, search)
    return draft, _proven(draft, plan) is not None


def _started(problem: Problem, plan: Plan, search: Search, dealt: IntArray | None = None) -> Draft:
    """A draft with everyone seated; ``dealt`` (n,) is a deal to begin with.

    First whatever only counts people is put right, with an eye on the next goal; then the rest.
    """
    sized = with_certain_sizes(problem, replace(plan, everyone=True))
    goals = goals_at_bounds(problem, sized)
    with search.stage("deal"):
        draft = Draft(problem, sized, deal(problem, sized) if dealt is None else dealt)
    counting = counting_goals(goals)
    with search.stage("mend"):
        if _much_broken(draft, counting):
            return _mended_at_once(draft, counting, search)
        _mend(draft, goals, counting, search)
    return draft


def _proven(draft: Draft, plan: Plan) -> tuple[PreferenceStanding, ...] | None:
    """How the preferences stand in a draft that is valid and optimal in all of them."""
    if not draft.valid(everyone=True):
        return None
    reached = standings(draft.problem, plan, draft.seating())
    return reached if all(standing.proven for standing in reached) else None


def _much_broken(draft: Draft, counting: Sequence[Goal]) -> bool:
    bad = int(bad_groups(draft.problem, draft.plan, counting, draft.seating()).sum())
    tuned = PARAMS.construction
    much = max(tuned.much_broken, tuned.broken_share * draft.plan.groups)
    return bad > much and not len(draft.waiting())


def _mended_at_once(draft: Draft, counting: Sequence[Goal], search: Search) -> Draft:
    """The draft after exchanges all over it."""
    own = search.within(search.left(), PARAMS.construction.mending_share)
    found = mended(draft.problem, draft.plan, draft.group_of, own, counting)
    return Draft(draft.problem, draft.plan, found)


def _mend(draft: Draft, goals: Sequence[Goal], counting: Sequence[Goal], search: Search) -> None:
    """Mend group by group, first whatever only counts people."""
    gather(draft, (), np.flatnonzero(draft.broken()), search)
    nearby = next(iter(goals[len(counting) :]), None)
    if _trade(draft, counting, search, nearby):
        _trade(draft, goals, search)


def _trade(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    nearby: Goal | None = None,
) -> bool:
    """Mend by trades as long as they mend much of what is left; whether all is mended."""
    bad = np.flatnonzero((draft.broken() > 0) | missed_by(goals, draft.seating()))
    while len(bad):
        left = exchange(draft, goals, bad, search, nearby)
        if len(left) > PARAMS.construction.stalled * len(bad):
            return not len(left)
        bad = left
    return True
