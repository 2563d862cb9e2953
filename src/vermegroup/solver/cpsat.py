"""One CP-SAT call: deterministic, interruptible, its status read before anything else.

The only doubtful thing about a solver is how its answer is read: on UNKNOWN its values are
garbage, and a gap limit would turn FEASIBLE into OPTIMAL. So the status is ours, and values
exist only where there is a solution.
"""

from __future__ import annotations

import threading
import zlib
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from ortools.sat.python import cp_model

from vermegroup.domain.arrays import IntArray
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


class CpModel(cp_model.CpModel):
    """A model without the method names of old, which every model would make anew for itself.

    They lead back to the model, so that it would not go before the garbage is collected; and what
    it holds beyond Python is not counted among the garbage.
    """

    def _add_pre_pep8_methods(self) -> None:
        """None are added."""


class Status(Enum):
    """How a call ended. UNKNOWN is "not shown", never "impossible"."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """``values`` are those of all variables in order of creation; None without a solution.

    ``bound`` is the best objective value not ruled out, and ``effort`` what it took.
    """

    status: Status
    values: IntArray | None = None
    objective: int | None = None
    bound: int | None = None
    effort: float = 0.0

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.values is not None


@dataclass(frozen=True, slots=True)
class Settings:
    """How to solve: with at most ``effort``, and within ``seconds`` of wall clock.

    Without ``presolve`` it is a second opinion, see :func:`refuted`. With a ``relaxation``
    of 0 no linear programme is solved on the way, with 2 a tighter one: that settles set
    partitioning.
    """

    seed: int
    effort: float
    seconds: float
    presolve: bool = True
    relaxation: int = 1


_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


def solve(
    model: cp_model.CpModel,
    search: Search,
    *,
    effort: float,
    presolve: bool = True,
    relaxation: int = 1,
    attempt: int = 0,
) -> Answer:
    """Solve with one worker and a fixed seed; another ``attempt`` draws other random numbers.

    For ``effort``, ``presolve`` and ``relaxation`` see :class:`Settings`.
    """
    if search.expired():
        return Answer(Status.UNKNOWN)
    seed = (search.limits.seed + attempt) % 2**31
    settings = settings_for(search, seed, effort)
    solver = _solver(replace(settings, presolve=presolve, relaxation=relaxation))
    return noted(_answer(solver, model, _run(solver, model, search)), search)


def settings_for(search: Search, seed: int, effort: float) -> Settings:
    """How to solve within a search."""
    return Settings(seed, min(effort, search.left()), search.seconds_left())


def noted(answer: Answer, search: Search) -> Answer:
    """An answer whose effort the search takes note of, and whether the limit is reached by it."""
    search.worked(answer.effort)
    search.expired() if answer.status is Status.UNKNOWN else search.left()
    return answer


def refuted(
    model: cp_model.CpModel, search: Search, *, effort: float, presolve: bool = False
) -> bool:
    """Whether other solves agree with one that found no solution: one answer is no proof.

    The second, with other settings, has to say so, too. A third, short one may only object.
    """
    second = solve(model, search, effort=effort, presolve=presolve)
    if second.status is not Status.INFEASIBLE:
        return False
    effort = min(effort, PARAMS.search.objection_effort)
    third = solve(model, search, effort=effort, relaxation=2, attempt=1)
    return not third.found


def packed(model: cp_model.CpModel) -> bytes:
    """The model as it travels to another process; it is a hundredth of the text it comes from."""
    return zlib.compress(str(model.proto).encode(), level=1)


def solve_packed(model: bytes, settings: Settings) -> Answer:
    """Solve a packed model: a pure function, so it does not matter where it is worked out."""
    unpacked = CpModel()
    unpacked.proto.parse_text_format(zlib.decompress(model).decode())
    solver = _solver(settings)
    return _answer(solver, unpacked, solver.solve(unpacked))


def _solver(settings: Settings) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = settings.seed
    solver.parameters.max_deterministic_time = settings.effort
    solver.parameters.max_time_in_seconds = settings.seconds
    solver.parameters.catch_sigint_signal = False
    # Measured on rosters of 50 to 64 people: two thirds of the time went into probing.
    solver.parameters.cp_model_probing_level = 1
    solver.parameters.cp_model_presolve = settings.presolve
    # Of 470 random models with coefficients of 1e9 and more, 4 wrong values were called optimal
    # (OR-Tools 9.15), none without this step; the time of whole runs was the same.
    solver.parameters.presolve_inclusion_work_limit = 0
    solver.parameters.linearization_level = int(settings.relaxation)
    return solver


def _answer(
    solver: cp_model.CpSolver, model: cp_model.CpModel, ended: cp_model.CpSolverStatus
) -> Answer:
    status = _STATUS.get(ended, Status.UNKNOWN)
    effort = PARAMS.search.built * _size(model) + solver.response_proto.deterministic_time
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Answer(status, effort=effort)
    solution = list(solver.response_proto.solution)
    values = np.array(solution, dtype=np.int64)
    if not model.has_objective():
        return Answer(status, values, effort=effort)
    # In whole numbers: the library's own value is a float, which has 53 bits.
    goal = model.proto.objective
    inner = sum(by * solution[var] for var, by in zip(goal.vars, goal.coeffs, strict=True))
    bound = solver.response_proto.inner_objective_lower_bound
    objective, best = (
        int(goal.scaling_factor or 1) * (value + int(goal.offset)) for value in (inner, bound)
    )
    return Answer(status, values, objective, best, effort)


def _size(model: cp_model.CpModel) -> int:
    return len(model.proto.variables) + len(model.proto.constraints)


def _run(
    solver: cp_model.CpSolver, model: cp_model.CpModel, search: Search
) -> cp_model.CpSolverStatus:
    """Solve in a thread, so that Ctrl-C reaches the main thread and the next one still works."""
    outcome: list[cp_model.CpSolverStatus | BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            outcome.append(solver.solve(model))
        except BaseException as error:
            outcome.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while not done.wait(PARAMS.search.poll):
            if search.limits.stop.is_set():
                solver.stop_search()
    except KeyboardInterrupt:
        solver.stop_search()
        thread.join()
        raise
    thread.join()
    (ended,) = outcome
    if isinstance(ended, BaseException):
        raise ended
    return ended
