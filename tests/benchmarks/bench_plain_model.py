"""Against a straightforward CP-SAT model: a Boolean for each person in each group.

Run: python -m tests.benchmarks.bench_plain_model [--sizes 64 200 500] [--seconds 300]

Both are asked for groups of 3 to 5 under the default rules with the largest spread of experience,
for the number of groups that vermegroup chooses, and are timed until they have proven the same
value. The plain model is what a competent user writes: counts per group, a concave envelope for
the spread, two workers, all else as the library has it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from ortools.sat.python import cp_model

from tests.benchmarks.measuring import record
from vermegroup import Limits, default_rulebook, problem_of
from vermegroup.domain.problem import Problem
from vermegroup.intake import read_roster
from vermegroup.sampling import sample
from vermegroup.solver.form_parts import form

SIZES_ALLOWED = range(3, 6)


def plain_model(problem: Problem, groups: int) -> tuple[cp_model.CpModel, cp_model.LinearExpr]:
    """The model, and its total spread in years."""
    roster = problem.roster
    years = roster.numbers["years"].ticks
    model = cp_model.CpModel()
    seat = np.array(
        [[model.new_bool_var("") for _ in range(groups)] for _ in range(len(roster))], dtype=object
    )
    for row in seat:
        model.add_exactly_one(row.tolist())
    off, spread = [], []
    for group in range(groups):
        seated = seat[:, group]
        size = model.new_int_var(SIZES_ALLOWED[0], SIZES_ALLOWED[-1], "")
        model.add(sum(seated.tolist()) == size)
        distance = model.new_int_var(0, 2, "")
        model.add_abs_equality(distance, size - 4)
        off.append(distance)
        _rules(model, problem, seated)
        spread.append(_spread(model, years, seated, size))
    # vermegroup puts the preferred size first: the same is asked here.
    model.add(sum(off) == abs(len(roster) - 4 * groups))
    total = sum(spread)
    model.maximize(total)
    return model, total


def _rules(model: cp_model.CpModel, problem: Problem, seated: np.ndarray) -> None:
    places = problem.roster.categories["municipality"]
    for code in np.flatnonzero(places.counts() > 1):
        model.add_at_most_one(seated[places.codes == code].tolist())
    bands = problem.roster.categories["experience"]
    for name in ("new", "experienced"):
        model.add_bool_or(seated[bands.codes == bands.code(name)].tolist())


def _spread(
    model: cp_model.CpModel, years: np.ndarray, seated: np.ndarray, size: cp_model.IntVar
) -> cp_model.LinearExpr:
    """Between two neighbouring values each pair that they part adds their difference."""
    terms = []
    for lower, upper in pairwise(np.unique(years).tolist()):
        above = model.new_int_var(0, SIZES_ALLOWED[-1], "")
        model.add(above == sum(seated[years >= upper].tolist()))
        pairs = model.new_int_var(0, 6, "")
        table = [(c, s, c * (s - c)) for s in SIZES_ALLOWED for c in range(s + 1)]
        model.add_allowed_assignments([above, size, pairs], table)
        terms.append(pairs * (upper - lower))
    return sum(terms)


def compared(people: int, seconds: float) -> dict[str, float]:
    """The time of both until the same value is proven; of the plain model at least the limit."""
    rulebook = default_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "roster.csv")
        path.write_text(sample(people, "pilot", seed=1).csv(), "utf-8")
        roster, _ = read_roster(str(path), rulebook)
    problem = problem_of(roster, rulebook)
    before = time.perf_counter()
    outcome = form(problem, Limits(seconds=seconds))
    taken = time.perf_counter() - before
    assert outcome.grouping is not None
    spread = next(line for line in outcome.preferences if line.preference.kind == "spread")
    assert spread.proven
    before = time.perf_counter()
    model, _ = plain_model(problem, outcome.grouping.groups)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    plain = time.perf_counter() - before
    solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    value = round(solver.objective_value) if solved else 0
    print(
        f"{people} people: vermegroup {spread.value} proven in {taken:.3f} s; the plain model "
        f"{value} {solver.status_name(status).lower()} in {plain:.1f} s"
    )
    if status == cp_model.OPTIMAL:
        assert value == spread.value
    return {"own": taken, "plain": plain, "times_as_long": plain / taken}


def main() -> None:
    """Measure, print, record."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=(64, 200, 500))
    options.add_argument("--seconds", type=float, default=300.0)
    asked = options.parse_args()
    for people in asked.sizes:
        record(f"plain model {people}", compared(people, asked.seconds))


if __name__ == "__main__":
    main()
