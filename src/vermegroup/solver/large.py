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
        found = _mended(draft, hopes, search, nearby)
        if found is None:
            found = _mended(Draft(problem, plan, draft.group_of), (), search)
    if found is None:
        return _by_kinds(problem, plan, search)
    with search.stage("improve"):
        return Attempt(True, _improved(problem, plan, found, search))


def _mended(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    nearby: Goal | None = None,
) -> Draft | None:
    problem, plan = draft.problem, draft.plan
    bad = bad_groups(problem, plan, goals, draft.seating())
    if bad.sum() > FAR_OFF * plan.groups:
        counted = count_compositions(problem, plan, goals, search)
        if counted is not None and counted[1] is not None:
            return Draft(problem, plan, counted[1])
        if counted is not None and counted[0] is Status.INFEASIBLE:
            return None
    return draft if mend(draft, goals, search, nearby) else None


def _by_kinds(problem: Problem, plan: Plan, search: Search) -> Attempt:
    counted = count_compositions(problem, plan, (), search)
    if counted is None or counted[0] is Status.UNKNOWN:
        return Attempt(None)
    status, group_of = counted
    return Attempt(status is not Status.INFEASIBLE, group_of)


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
