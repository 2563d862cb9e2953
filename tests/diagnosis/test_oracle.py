"""Brute force knows the rules as the solver does, and the random rosters are at the edge."""

from __future__ import annotations

from functools import cache

import pytest

from tests.by_day import todays
from tests.diagnosis.oracle import (
    EVERYONE,
    Labels,
    brute_force_feasible,
    brute_force_fewest_waiting,
    brute_force_minimal_conflicts,
    labels,
    only,
)
from tests.diagnosis.random_small import random_problem
from vermegroup.domain.outcome import Verdict
from vermegroup.domain.problem import Problem
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

SEEDS = range(100)


@cache
def problem_of_seed(seed: int) -> Problem:
    return random_problem(seed)


@cache
def conflicts(seed: int) -> frozenset[Labels]:
    return frozenset(brute_force_minimal_conflicts(problem_of_seed(seed)))


@pytest.mark.parametrize("seed", todays(SEEDS, 3))
def test_form_and_brute_force_agree_on_what_is_possible(seed: int) -> None:
    problem = problem_of_seed(seed)
    expected = Verdict.FORMED if brute_force_feasible(problem) else Verdict.IMPOSSIBLE
    assert form(problem, Limits(seconds=20)).verdict is expected


@pytest.mark.parametrize("seed", todays(SEEDS, 3))
def test_they_agree_on_a_minimal_conflict_and_on_what_is_left_of_it(seed: int) -> None:
    """So a set of rules means the same to both, the size and the number of groups among them."""
    problem = problem_of_seed(seed)
    for conflict in sorted(conflicts(seed), key=sorted)[:1]:
        assert form(only(problem, conflict), Limits(seconds=20)).verdict is Verdict.IMPOSSIBLE
        for rule in conflict:
            rest = only(problem, conflict - {rule})
            assert form(rest, Limits(seconds=20)).verdict is Verdict.FORMED, rule


@pytest.mark.parametrize("seed", todays(SEEDS, 3))
def test_somebody_can_wait_exactly_where_a_waitlist_helps(seed: int) -> None:
    problem = problem_of_seed(seed)
    fewest = brute_force_fewest_waiting(problem)
    others = labels(problem) - {EVERYONE}
    assert (fewest is None) == any(conflict <= others for conflict in conflicts(seed))
    found = form(only(problem, others), Limits(seconds=20)).grouping
    assert (fewest is None) == (found is None)
    if found is not None and fewest is not None:
        assert fewest <= len(found.waitlist())


def test_many_are_impossible_and_few_for_a_simple_reason() -> None:
    impossible = [conflicts(seed) for seed in SEEDS if conflicts(seed)]
    assert 0.4 < len(impossible) / len(SEEDS) < 0.85
    assert sum(len(cores) > 1 for cores in impossible) > 10, "several conflicts in one roster"
    assert sum(min(map(len, cores)) >= 3 for cores in impossible) > 15, (
        "three rules or more at least"
    )
    kinds = {rule.split(":")[0] for cores in impossible for conflict in cores for rule in conflict}
    assert len(kinds) > 10


def test_the_same_seed_gives_the_same_roster() -> None:
    one, other = random_problem(3), random_problem(3)
    assert one.rulebook == other.rulebook
    assert (one.roster.numbers["years"].ticks == other.roster.numbers["years"].ticks).all()
