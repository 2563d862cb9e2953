"""Rebalancing of many people: rules that look at everybody, and the clock."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.solver.column_generation.master import Master
from vermegroup.solver.column_generation.regroup import regroup
from vermegroup.solver.column_generation.task import Regrouped
from vermegroup.solver.column_generation.typed_model import TypedModel
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import seating_of

LOOKING_AT_ALL = {
    "even sizes": "even_sizes",
    "balance": "balance: years, at_most: 6",
    "together": "together: municipality",
    "spared": "resilient: 1",
}


def many(rule: str, people: int = 260) -> tuple[Problem, IntArray]:
    """Fours of whom some are gone, and a few newcomers."""
    chance = random.Random(rule)
    everybody = [
        Person(f"Town {number // 3}", chance.choice((1, 3, 7, 12, 20))) for number in range(people)
    ]
    before = np.arange(people) // 4 + 1
    before[[chance.randrange(people) for _ in range(20)]] = 0
    entry = rule if ":" not in rule else f"{{{rule}}}"
    book = f"groups: {{size: 3-6}}\nrules: [{entry}]\n"
    return problem_from(everybody, book), before - 1


def keeps_all_rules(problem: Problem, found: Regrouped) -> bool:
    plan = problem.plan(found.groups, everyone=False)
    return not rules_broken(problem, plan, seating_of(found.group_of, found.groups)).any()


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("name", LOOKING_AT_ALL)
def test_rules_that_look_at_everybody_hold_in_all_groups(name: str, policy: Policy) -> None:
    problem, before = many(LOOKING_AT_ALL[name])
    found = regroup(problem, before, policy, Search(Limits(3)))
    assert found.groups
    assert keeps_all_rules(problem, found)
    if name == "even sizes":
        sizes = np.bincount(found.group_of[found.group_of >= 0])
        assert sizes.max() - sizes.min() <= 1
        assert not found.waiting


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("people", [30, 260])
def test_no_model_is_built_once_time_is_up(
    people: int, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(*_: object) -> None:
        raise AssertionError("there is no time for a model")

    problem, before = many("even_sizes", people)
    monkeypatch.setattr(Master, "__init__", built)
    monkeypatch.setattr(TypedModel, "__init__", built)
    found = regroup(problem, before, policy, Search(Limits(0.0)))
    assert keeps_all_rules(problem, found)
    assert not found.proven
