"""Whatever a solver says, nothing false is called proven, impossible, or the most that can be."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.by_day import todays
from tests.lying import DEFECTS, GARBAGE, Liar, the_first_that_comes
from tests.rebalancing.cases import random_case
from tests.rebalancing.judging import answer_to, faults
from tests.solver.tuning import tuned
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.problem import Problem
from vermegroup.solver.column_generation import choice as covering
from vermegroup.solver.column_generation.regroup import regroup
from vermegroup.solver.search import Limits, Search

TODAY = datetime.now(UTC).date().toordinal() * 1_000


@pytest.fixture(autouse=True)
def _no_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Why something is impossible is asked of other models: here it is about the plan."""
    monkeypatch.setattr("vermegroup.diagnosis.diagnose.with_reasons", lambda outcome, *_: outcome)


def wrong(number: int, folder: Path) -> list[str]:
    case = random_case(number)
    try:
        answer = answer_to(case, folder, seconds=10)
    except DEFECTS:
        return []
    return [] if answer is None else faults(case, answer)


@pytest.mark.parametrize("number", range(TODAY, TODAY + 15))
def test_a_solver_that_lies_once_proves_nothing_false(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small choices are settled without it: here they are not."""
    monkeypatch.setattr(covering, "PARAMS", tuned(columns={"most_steps": 0}))
    for only in range(3):
        with monkeypatch.context() as patched:
            Liar(random.Random(number), only=only).about_choices(patched)
            assert wrong(number, tmp_path / str(only)) == []


@pytest.mark.parametrize("number", range(TODAY + 100, TODAY + 120))
def test_a_solver_that_calls_anything_the_best_proves_nothing_false(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(covering, "PARAMS", tuned(columns={"most_steps": 0}))
    liar = Liar(random.Random(number), 1.0, lie=the_first_that_comes)
    liar.about_choices(monkeypatch)
    assert wrong(number, tmp_path) == []


@pytest.mark.parametrize("garbage", range(len(GARBAGE)))
@pytest.mark.parametrize("number", range(TODAY + 200, TODAY + 206))
def test_prices_that_are_garbage_bound_nothing_falsely(
    number: int, garbage: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Liar(random.Random(number)).about_prices(monkeypatch, GARBAGE[garbage])
    assert wrong(number, tmp_path) == []


@pytest.mark.parametrize("number", range(TODAY + 300, TODAY + 320))
def test_solvers_that_lie_often_prove_nothing_false(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = Liar(random.Random(number))
    liar.about_choices(monkeypatch)
    liar.about_prices(monkeypatch)
    assert wrong(number, tmp_path) == []


@pytest.mark.parametrize("seconds", [0.0, 0.02])
@pytest.mark.parametrize("number", range(TODAY + 400, TODAY + 410))
def test_once_time_is_up_nothing_false_is_said(number: int, seconds: float, tmp_path: Path) -> None:
    case = random_case(number)
    answer = answer_to(case, tmp_path, seconds=seconds)
    if answer is not None:
        assert faults(case, answer) == []
        account = answer.report.rebalance
        assert account is not None
        reasons = " ".join(str(move.reason) for move in account.moves)
        if account.bound is not None and not account.proven:  # of two steps one may be proven
            assert "No group can" not in reasons
            assert "as few as" not in reasons


LARGER = """
groups: {size: 3-4, prefer: 4}
bands: {experience: {new: below 5, experienced: 10 or more}}
rules:
  - include: {experience: experienced, at_least: 1}
  - different: municipality
preferences: [spread: years, even_sizes]
"""


def larger(number: int) -> tuple[Problem, IntArray]:
    """Some thirty people: what is left of their groups goes by types first."""
    chance = random.Random(number)
    people = [
        Person(f"Town {chance.randrange(9)}", chance.choice((1, 3, 7, 12, 20))) for _ in range(30)
    ]
    before = np.arange(30) // 4
    before[[chance.randrange(30) for _ in range(4)]] = -1
    return problem_from(people, LARGER), before


@pytest.mark.parametrize("policy", todays(Policy))
@pytest.mark.parametrize("number", [TODAY])
def test_of_some_thirty_people_nothing_false_is_proven_either(
    number: int, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, before = larger(number)
    honest = regroup(problem, before, policy, Search(Limits(30)))
    for only in range(6):
        liar = Liar(random.Random(number + only), only=only)
        with monkeypatch.context() as patched:
            (liar.about_prices if only % 3 == 2 else liar.about_choices)(patched)
            try:
                answer = regroup(problem, before, policy, Search(Limits(10)))
            except DEFECTS:
                continue
        assert not answer.proven or answer.order()[:-1] <= honest.order()[:-1]
        assert answer.waiting_bound <= honest.waiting
        assert answer.order()[:2] > honest.order()[:2] or answer.broken_bound <= honest.broken
        if answer.settled and honest.settled == len(honest.costs):
            assert answer.costs[: answer.settled] == honest.costs[: answer.settled]
