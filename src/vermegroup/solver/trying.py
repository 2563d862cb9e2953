"""One number of groups: which way of searching suits it."""

from __future__ import annotations

from vermegroup.kind import Plan
from vermegroup.problem import Problem
from vermegroup.solver.attempt import Attempt
from vermegroup.solver.limits import Clock
from vermegroup.solver.listener import Listener
from vermegroup.solver.whole import solve_whole

# Seats times groups that one model can settle in about a second.
SMALL = 2_500


def attempt_groups(problem: Problem, plan: Plan, clock: Clock, listener: Listener) -> Attempt:
    """Try to form ``plan.groups`` groups."""
    del listener
    with clock.stage("solve"):
        return solve_whole(problem, plan, clock, None)
