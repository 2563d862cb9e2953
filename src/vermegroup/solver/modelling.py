"""Put people, rules and goals into the model of a neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.draft import must_be_seated
from vermegroup.solver.goals import Goal
from vermegroup.solver.neighbourhood import Neighbourhood
from vermegroup.solver.seeds import seeds


def model_of(
    problem: Problem,
    plan: Plan,
    people: IntArray,
    groups: int,
    sizes: Sequence[int] | None,
    goals: Sequence[tuple[Goal, int]],
) -> Neighbourhood:
    """The model of ``people`` (m,) in ``groups`` groups, with all rules and with goals to keep.

    ``sizes`` must be in descending order. With each goal comes what the groups here must reach
    together; only goals that are not local look at it.
    """
    seated = np.isin(people, must_be_seated(problem))
    model = Neighbourhood(people, groups, plan, sizes, everyone=plan.everyone, seated=seated)
    model.order_sizes()
    for rule in problem.rulebook.rules:
        for group in range(groups):
            rule.require(problem.roster, plan, model, group)
    for goal, floor in goals:
        goal.enforce(model, floor)
    if sizes is not None:
        windows = [window for goal, _ in goals for window in goal.windows or ()]
        for person, group in seeds(windows, people, sizes):
            model.seat(person, group)
    return model
