"""A solver that lies: now and then an answer of CP-SAT or GLOP is another than it was.

Nothing of it may end in a false verdict, a false proof, or anything else said that is false: less
may be said. An error of its own is let through: the command line tells it as a defect.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from vermegroup.domain.findings import AuditError
from vermegroup.solver import cpsat
from vermegroup.solver.cpsat import Answer, Status


class SolverError(Exception):
    """What a solver that fails raises."""


DEFECTS = (SolverError, AuditError)
Lie = Callable[[cp_model.CpModel, Answer, random.Random], Answer]
Garbage = Callable[[float], float]


@dataclass
class Liar:
    """Lies in some of the calls, as ``share`` says, or in one of them alone (``only``, from 0).

    With ``lie`` it has that one lie only.
    """

    chance: random.Random
    share: float = 0.3
    only: int | None = None
    lie: Lie | None = None
    calls: int = 0
    lies: list[str] = field(default_factory=list)

    def now(self) -> bool:
        """Whether it lies this time."""
        self.calls += 1
        if self.only is not None:
            return self.calls == self.only + 1
        return self.chance.random() < self.share

    def about_choices(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Falsify CP-SAT's answers."""
        honest = cpsat._answer

        def lied(
            solver: cp_model.CpSolver, model: cp_model.CpModel, ended: cp_model.CpSolverStatus
        ) -> Answer:
            answer = honest(solver, model, ended)
            if not self.now():
                return answer
            lie = self.lie or self.chance.choice(LIES)
            self.lies.append(lie.__name__)
            return lie(model, answer, self.chance)

        monkeypatch.setattr(cpsat, "_answer", lied)

    def about_prices(self, monkeypatch: pytest.MonkeyPatch, garbage: Garbage | None = None) -> None:
        """Falsify GLOP's answers: its status, and what it says of each constraint.

        With ``garbage`` it says that of every constraint, always.
        """
        if garbage is not None:
            honest = pywraplp.Constraint.dual_value
            wrong = lambda price: garbage(float(honest(price)))  # noqa: E731
            monkeypatch.setattr(pywraplp.Constraint, "dual_value", wrong)
            return
        solve, dual = pywraplp.Solver.Solve, pywraplp.Constraint.dual_value

        def status(solver: pywraplp.Solver) -> int:
            ended = int(solve(solver))
            if not self.now():
                return ended
            self.lies.append("status")
            return int(self.chance.choice((pywraplp.Solver.OPTIMAL, pywraplp.Solver.INFEASIBLE)))

        def value(constraint: pywraplp.Constraint) -> float:
            price = float(dual(constraint))
            if not self.now():
                return price
            self.lies.append("dual")
            return self.chance.choice(GARBAGE)(price)

        monkeypatch.setattr(pywraplp.Solver, "Solve", status)
        monkeypatch.setattr(pywraplp.Constraint, "dual_value", value)


def infeasible(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    del model, answer, chance
    return Answer(Status.INFEASIBLE)


def unknown(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    del model, answer, chance
    return Answer(Status.UNKNOWN)


def failed(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    del model, answer, chance
    raise SolverError


def another_assignment(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    """Values in another order, and one of them wrong."""
    del model, chance
    if answer.values is None:
        return answer
    values = np.roll(answer.values, 1)
    if len(values):
        values[0] = 1 - values[0]
    return Answer(Status.OPTIMAL, values, answer.objective, answer.bound)


def shuffled(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    """A solution that is none; where there is none, one that is made up."""
    count = len(model.proto.variables)
    values = [0, 1] * count if answer.values is None else answer.values.tolist()
    values = chance.sample(values, count)
    status = answer.status if answer.found else Status.OPTIMAL
    objective = answer.objective if answer.found else 0
    return Answer(status, np.array(values, dtype=np.int64), objective, answer.bound or 0)


def misjudged(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    """A solution of another worth than is said, and called the best."""
    del model
    if answer.objective is None:
        return answer
    off = answer.objective + chance.choice((-2, -1, 1, 2))
    return replace(answer, status=Status.OPTIMAL, objective=off, bound=off)


def the_first_that_comes(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    """Some solution, said to be worth what none is, and called the best."""
    del chance
    values = _some_solution(model, answer)
    if values is None:
        return answer
    objective = answer.objective or 0
    return Answer(Status.OPTIMAL, values, objective - 3, objective - 3)


def any_solution(model: cp_model.CpModel, answer: Answer, chance: random.Random) -> Answer:
    """Some solution with its true worth, called the best."""
    del chance
    values = _some_solution(model, answer)
    if values is None:
        return answer
    objective = model.proto.objective
    total = sum(
        coefficient * int(values[at] if at >= 0 else -values[-at - 1])
        for at, coefficient in zip(objective.vars, objective.coeffs, strict=True)
    )
    worth = round((total + objective.offset) * (objective.scaling_factor or 1))
    return Answer(Status.OPTIMAL, values, worth, worth)


def _some_solution(model: cp_model.CpModel, answer: Answer) -> np.ndarray | None:
    """The first solution there is, where the best was asked for; None where there is none."""
    if not model.has_objective() or answer.objective is None:
        return None
    other, solver = model.clone(), cp_model.CpSolver()
    other.clear_objective()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    if solver.solve(other) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return np.array(solver.response_proto.solution, dtype=np.int64)


LIES: tuple[Lie, ...] = (
    *(infeasible, unknown, failed, another_assignment, shuffled, misjudged),
    *(the_first_that_comes, any_solution),
)
GARBAGE: tuple[Garbage, ...] = (
    lambda value: value + 100,
    lambda value: value * 3 + 7,
    lambda value: -value,
    lambda _: 0.0,
    lambda _: float("nan"),
    lambda _: 1e300,
    lambda value: value + 1e9,
)
