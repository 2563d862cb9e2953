"""A large roster: deal, count compositions where the deal is far off, mend, improve."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.kind import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.settling import settled, sized_like
from vermegroup.solver.attempt import Attempt, rules_broken
from vermegroup.solver.compositions import count_compositions
from vermegroup.solver.constructing import counting_goals
from vermegroup.solver.cpsat import Status
from vermegroup.solver.draft import Draft, bad_groups
from vermegroup.solver.goals import Goal, goal_at, goals_at_bounds
from vermegroup.solver.improving import improve
from vermegroup.solver.limits import Search
from vermegroup.solver.mending import mend

# Broken groups, as a share of all, beyond which kinds are counted before anything is mended.
FAR_OFF = 0.2


def solve_large(problem: Problem, plan: Plan, draft: Draft, search: Search) -> Attempt:
    """Form ``plan.groups`` groups of a roster too large for one model, from a first draft.

    The answer is a grouping, a proof by counting kinds, or open.
    """
    goals = goals_at_bounds(problem, draft.plan)
    hopes = counting_goals(goals)
    nearby = next(iter(goals[len(hopes) :]), None)
    with search.stage("mend"):
        status, found = _mended(draft, hopes, search, nearby)
        if found is None:
            status, found = _mended(Draft(problem, plan, draft.group_of), (), search)
    if found is None:
        return Attempt(False if status is Status.INFEASIBLE else None)
    with search.stage("improve"):
        return Attempt(True, _improved(problem, plan, found, search))


def _mended(
    draft: Draft, goals: Sequence[Goal], search: Search, nearby: Goal | None = None
) -> tuple[Status, Draft | None]:
    """A draft that keeps the rules and reaches the goals; INFEASIBLE if there is none.

    Kinds are counted first where much is broken, and otherwise where mending alone fails.
    """
    problem, plan = draft.problem, draft.plan
    bad = bad_groups(problem, plan, goals, draft.seating())
    far_off = bad.sum() > FAR_OFF * plan.groups
    if not far_off and mend(draft, goals, search, nearby):
        return Status.FEASIBLE, draft
    status, counted = count_compositions(problem, plan, goals, search)
    if status is Status.INFEASIBLE:
        return status, None
    if counted is not None:
        draft = Draft(problem, plan, counted)
    elif not far_off:
        return status, None
    return (Status.FEASIBLE, draft) if mend(draft, goals, search, nearby) else (status, None)


def _improved(problem: Problem, plan: Plan, draft: Draft, search: Search) -> IntArray:
    held: list[Goal] = []
    for preference in problem.rulebook.preferences:
        plan = sized_like(problem, plan, draft.seating())
        draft.plan = plan
        improve(draft, plan, preference, held, search)
        value = goal_at(problem, plan, preference).value(draft.seating())
        held.append(goal_at(problem, plan, preference, value))
        plan = settled(plan, preference, value, held[-1].bound)
    assert not rules_broken(problem, plan, draft.seating()).any()
    return draft.group_of
