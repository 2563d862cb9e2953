"""The maximally diverse grouping problem: vermegroup beside a tabu search of the literature.

Run: python -m tests.benchmarks.bench_distance [--people 40 60 120 240] [--seconds 60] [--seeds 1]

The instances are synthetic (``tests/benchmarks/diverse_groups.py``). Both have the same time; the
ratio is of what groups come to, and the gap that between vermegroup's value and its bound.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import product
from pathlib import Path

from tests.benchmarks.diverse_groups import FAMILIES, Instance, instance, iterated_tabu, value_of
from tests.benchmarks.measuring import record
from vermegroup import Limits, problem_of
from vermegroup.app.inputs import read_rulebook
from vermegroup.domain.problem import Problem
from vermegroup.intake import read_roster
from vermegroup.solver.form_parts import form


def problem_in(folder: Path) -> Problem:
    """What the files of an instance say."""
    rulebook = read_rulebook(folder / "rules.yaml")
    roster, _ = read_roster(folder / "roster.csv", rulebook)
    return problem_of(roster, rulebook)


def compared(here: Instance, seconds: float) -> dict[str, float]:
    """Both values, in units, and the bound."""
    with tempfile.TemporaryDirectory() as name:
        here.write(Path(name))
        problem = problem_in(Path(name))
    outcome = form(problem, Limits(seconds=seconds))
    (standing,) = [each for each in outcome.preferences if each.preference.kind == "distance"]
    assert outcome.grouping is not None
    per_unit = standing.value / value_of(here, outcome.grouping.group_of)
    tabu, _ = iterated_tabu(here, seconds, seed=1)
    return {
        "value": standing.value,
        "bound": standing.bound,
        "tabu": round(tabu * per_unit),
        "proven": float(standing.proven),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.bench_distance", description=__doc__
    )
    parser.add_argument("--people", type=int, nargs="+", default=[40, 60, 120, 240])
    parser.add_argument("--families", choices=FAMILIES, nargs="+", default=list(FAMILIES))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=1)
    asked = parser.parse_args()
    figures: dict[str, float] = {}
    print(f"{'instance':22} {'value':>12} {'tabu search':>12} {'ratio':>7} {'gap':>7}")
    for people, family, variant in product(asked.people, asked.families, ("ss", "ds")):
        for seed in range(1, asked.seeds + 1):
            here = instance(family, people, variant, seed)
            found = compared(here, asked.seconds)
            ratio = found["value"] / found["tabu"]
            gap = found["bound"] / found["value"] - 1
            shown = "proven" if found["proven"] else f"{gap:.1%}"
            print(f"{here.name:22} {found['value']:12.0f} {found['tabu']:12.0f} ", end="")
            print(f"{ratio:7.4f} {shown:>7}", flush=True)
            figures[here.name] = ratio
    record("distance", figures)


if __name__ == "__main__":
    main()
