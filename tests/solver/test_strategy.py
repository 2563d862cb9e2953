"""What is shown of an attempt does not outlive a change of the grouping."""

from __future__ import annotations

import numpy as np

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.solver.solution import Attempt, Draft
from vermegroup.solver.strategy import _better

PEOPLE = [Person(f"Town {at % 3}", years) for at, years in enumerate((0, 1, 2, 9, 10, 11))]
BOOK = """groups: {size: 3}
rules: [place_everyone]
preferences: [{different: municipality}, {balance: years}, {spread: years}]"""


def test_bounds_hold_only_beside_the_values_that_they_were_shown_with() -> None:
    problem = problem_from(PEOPLE, BOOK)
    plan = problem.plan(2)
    worse, better = np.array([0, 0, 1, 0, 1, 1]), np.array([0, 0, 0, 1, 1, 1])
    shown = Attempt(True, worse, {0: 0, 1: 5, 2: 11})
    found = _better(problem, plan, Draft(problem, plan, better), shown)
    assert found.group_of is not None
    assert found.group_of.tolist() == better.tolist()
    assert found.bounds == {0: 0}
    assert _better(problem, plan, Draft(problem, plan, worse), shown) is shown
    none = _better(problem, plan, Draft(problem, plan, better), Attempt(None))
    assert none.possible
    assert not none.bounds
