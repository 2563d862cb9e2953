"""How the answers of CP-SAT are read where its numbers are large."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import WORD
from vermegroup.domain.plan import Plan
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.cpsat import Status, solve
from vermegroup.solver.search import Limits, Search


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("base", [0, 7, -3])
def test_an_objective_is_told_to_the_last_digit(by: int, base: int) -> None:
    """A float would say the same of both."""
    model = cp_model.CpModel()
    one, other = model.new_bool_var(""), model.new_bool_var("")
    model.add_exactly_one(one, other)
    total = cp_model.LinearExpr.weighted_sum([one, other], [by * (2**60 + 1), by * 2**60]) + base
    model.maximize(total)
    answer = solve(model, Search(Limits()), effort=5)
    best = max(by * (2**60 + 1), by * 2**60) + base
    assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, best, best)
    model.minimize(total)
    answer = solve(model, Search(Limits()), effort=5)
    least = min(by * (2**60 + 1), by * 2**60) + base
    assert (answer.status, answer.objective, answer.bound) == (Status.OPTIMAL, least, least)


def test_a_model_without_room_is_not_shown_to_be_impossible() -> None:
    model = cp_model.CpModel()
    choices = [model.new_bool_var("") for _ in range(20)]
    model.add(cp_model.LinearExpr.weighted_sum(choices, [2**60] * 20) >= 1)
    assert "overflow" in model.validate()
    answer = solve(model, Search(Limits()), effort=5)
    assert (answer.status, answer.values) == (Status.UNKNOWN, None)


@pytest.mark.parametrize(
    ("at_least", "at_most", "possible"),
    [
        (2**80, None, False),
        (None, 2**80, True),
        (-(2**80), None, True),
        (None, -(2**80), False),
        (3, 3, True),
        (4, None, False),
    ],
)
def test_limits_of_any_size_may_be_demanded(at_least, at_most, possible) -> None:
    model = Neighbourhood(np.arange(3), 1, Plan(1, 2, 10_000), None, everyone=True)
    model.limit(model.size(0), at_least=at_least, at_most=at_most)
    answer = solve(model.cp, Search(Limits()), effort=5)
    assert answer.found == possible
    assert (answer.status is Status.INFEASIBLE) == (not possible)


def test_only_sizes_that_people_can_make_are_modelled() -> None:
    model = Neighbourhood(np.arange(7), 2, Plan(2, 2, 10_000), None, everyone=True)
    assert model.sizes_possible(0) == (2, 3, 4, 5)
    few = Neighbourhood(np.arange(3), 2, Plan(2, 2, 10_000), None, everyone=False)
    assert few.sizes_possible(1) == ()
    assert solve(few.cp, Search(Limits()), effort=5).status is Status.INFEASIBLE


def test_the_worst_of_large_measures_is_found() -> None:
    model = Neighbourhood(np.arange(4), 2, Plan(2, 2, 2), None, everyone=True)
    weights = np.array([WORD // 8, WORD // 8 + 1, 0, 3])
    model.minimise(model.worst_of([model.total(weights, group) for group in range(2)]))
    answer = solve(model.cp, Search(Limits()), effort=5)
    assert (answer.status, answer.objective) == (Status.OPTIMAL, WORD // 8 + 3)
