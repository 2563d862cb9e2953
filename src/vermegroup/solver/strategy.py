"""One number of groups: which way of searching suits it."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.construction.start import construct
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft


def attempt_groups(
    problem: Problem, plan: Plan, search: Search, incumbent: Sequence[int] | None = None
) -> Attempt:
    """Try to form ``plan.groups`` groups; ``incumbent`` is what another number has reached.

    Where the deal and a few trades do not reach every bound, a small roster is one neighbourhood;
    a large one is many, and one model only as a last resort.
    """
    dealt: IntArray | None = None
    if any(rule.gathers() for rule in problem.rulebook.rules):
        from vermegroup.solver.construction.pools import deal_by_pools  # noqa: PLC0415

        with search.stage("deal"):
            impossible, dealt = deal_by_pools(problem, plan, search)
        if impossible:
            return Attempt(False)
    draft, optimal = construct(problem, plan, search, dealt)
    if optimal:
        return Attempt(True, draft.group_of)
    if _someone_fits_nowhere(problem, draft, search):
        return Attempt(False)
    # Importing CP-SAT takes longer than all of the above.
    from vermegroup.solver.assignment.lexicographic import solve_whole  # noqa: PLC0415
    from vermegroup.solver.large_rosters import solve_large  # noqa: PLC0415

    seats = len(problem.roster) * plan.groups
    if seats > PARAMS.strategy.whole_seats:
        attempt = solve_large(problem, plan, draft, search, incumbent)
        if attempt.possible is not None or seats > PARAMS.strategy.last_resort_seats:
            return attempt
    with search.stage("solve"):
        return solve_whole(problem, plan, search, draft, incumbent)


def _someone_fits_nowhere(problem: Problem, draft: Draft, search: Search) -> bool:
    """Whether somebody who needs a place can be in no group: that is soon told, one by one.

    Asked where rules name people, of those whom the draft gives no valid group.
    """
    if all(rule.anonymous for rule in problem.rulebook.rules):
        return False
    from vermegroup.solver.assignment.single_group import fits_nowhere  # noqa: PLC0415

    with search.stage("count"):
        return bool(len(fits_nowhere(problem, draft.without_place(), search)))
