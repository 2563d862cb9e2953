"""A solver that lies: what is said of a roster may then be less, but never false.

Each run falsifies one answer of CP-SAT, or all of one sort, at the one place where its answers are
read. An exception is one of the lies, and so it may end a run. By hand:
``python -m tests.diagnosis.lying 2000``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pytest
from ortools.sat.python import cp_model

from tests.diagnosis.claims import false_claims
from tests.diagnosis.random_small import Case, random_edge_case
from vermegroup.app.check import possibility
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem
from vermegroup.solver import cpsat
from vermegroup.solver.cpsat import Answer, Status
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE = Limits(seconds=20)
MOST_CALLS = 60
Lie = Callable[[Answer, cp_model.CpModel, random.Random], Answer]


class SolverBrokeError(RuntimeError):
    """What a broken solver raises."""


def infeasible(answer: Answer, model: cp_model.CpModel, chance: random.Random) -> Answer:
    return Answer(Status.INFEASIBLE)


def unknown(answer: Answer, model: cp_model.CpModel, chance: random.Random) -> Answer:
    return Answer(Status.UNKNOWN)


def broken(answer: Answer, model: cp_model.CpModel, chance: random.Random) -> Answer:
    raise SolverBrokeError


def shuffled(answer: Answer, model: cp_model.CpModel, chance: random.Random) -> Answer:
    """A solution that is none; where there is none, one that is made up."""
    count = len(model.proto.variables)
    values = [0, 1] * count if answer.values is None else answer.values.tolist()
    values = chance.sample(values, count)
    status = answer.status if answer.found else Status.OPTIMAL
    objective = answer.objective if answer.found else 0
    return Answer(status, np.array(values, dtype=np.int64), objective, answer.bound or 0)


def misjudged(answer: Answer, model: cp_model.CpModel, chance: random.Random) -> Answer:
    """A solution of another worth than is said, and called the best."""
    if answer.objective is None:
        return answer
    off = answer.objective + chance.choice((-2, -1, 1, 2))
    return replace(answer, status=Status.OPTIMAL, objective=off, bound=off)


def any_solution(answer: Answer, model: cp_model.CpModel, chance: random.Random) -> Answer:
    """Some solution, called the best."""
    if answer.objective is None:
        return answer
    other, solver = model.clone(), cp_model.CpSolver()
    other.clear_objective()
    solver.parameters.num_workers = 1
    if solver.solve(other) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return answer
    values = np.array(solver.response_proto.solution, dtype=np.int64)
    worth = _worth(model, values)
    return Answer(Status.OPTIMAL, values, worth, worth)


def _worth(model: cp_model.CpModel, values: np.ndarray) -> int:
    own = model.proto.objective
    total = sum(
        coefficient * int(values[at] if at >= 0 else -values[-at - 1])
        for at, coefficient in zip(own.vars, own.coeffs, strict=True)
    )
    return round((total + own.offset) * (own.scaling_factor or 1))


LIES: dict[str, Lie] = {
    own.__name__: own for own in (infeasible, unknown, broken, shuffled, misjudged, any_solution)
}
# Two solves that agree are proof of what cannot be; a solver that always lies so is beyond help.
ALWAYS = tuple(name for name in LIES if name != "infeasible")


@dataclass
class Liar:
    """Falsifies the answer of the call with a number, or of each (None)."""

    lie: Lie
    at: int | None
    chance: random.Random
    calls: int = 0
    told: int = 0

    def __call__(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        ended: cp_model.CpSolverStatus,
    ) -> Answer:
        answer = _HONEST(solver, model, ended)
        self.calls += 1
        if self.at is not None and self.calls - 1 != self.at:
            return answer
        self.told += 1
        return self.lie(answer, model, self.chance)


_HONEST = cpsat._answer


@contextmanager
def lied_to(liar: Liar) -> Iterator[None]:
    """Every answer of the solver goes through the liar's hands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cpsat, "_answer", liar)
        yield


def asked(problem: Problem, chance: random.Random) -> Outcome:
    """``form`` with its diagnosis, or ``check``."""
    if chance.random() < 0.3:
        return possibility(problem, PATIENCE)
    return diagnose(form(problem, PATIENCE), PATIENCE)


def run(seed: int) -> tuple[str, list[str]]:
    """What came of a run with lies, in a word, and what it says that is false."""
    chance = random.Random(seed)
    case: Case = random_edge_case(chance.randrange(10**6), most=6)
    problem = case.problem()
    always = chance.random() < 0.3
    name = chance.choice(ALWAYS if always else tuple(LIES))
    liar = Liar(LIES[name], None if always else _early(chance), chance)
    with lied_to(liar):
        try:
            outcome = asked(problem, random.Random(seed))
        except Exception as error:  # whatever it is, the command ends with it and says nothing
            return f"ended by {type(error).__name__}", []
    told = "lied to" if liar.told else "not lied to"
    return f"{told}, {outcome.verdict}", list(false_claims(case, problem, outcome))


def _early(chance: random.Random) -> int:
    """The number of a call, the first ones more often: most runs make few."""
    return int(chance.random() ** 2 * MOST_CALLS)


def main(runs: int, first: int = 0) -> None:
    """So many runs, and what was said that is false."""
    started = time.monotonic()
    tally: Counter[str] = Counter()
    for seed in range(first, first + runs):
        came, false = run(seed)
        tally[came] += 1
        for own in false:
            tally["FALSE"] += 1
            print(f"seed {seed}: {own}", flush=True)
    print(f"{runs} runs in {time.monotonic() - started:.0f} s")
    for came, count in sorted(tally.items()):
        print(f"{count:6} {came}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
