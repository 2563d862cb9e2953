"""Rebalancing at its sizes: 64 people over many seeds, and ten thousand.

Run by hand: ``python -m tests.benchmarks.bench_rebalancing [pilot|large]``. Prints a line for each
case, and at the end what share was proven, and how long it took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from vermegroup import Limits, Problem, default_rulebook, problem_of, read_roster
from vermegroup.domain.grouping import Grouping
from vermegroup.judge.auditor import audit
from vermegroup.rebalancing.horizons import take_stage
from vermegroup.rebalancing.stage import Stage
from vermegroup.sampling import sample
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Search


def formed(people: int, seed: int, tmp: str) -> tuple[Problem, Grouping]:
    """A synthetic roster in groups."""
    path = Path(tmp) / f"{people}-{seed}.csv"
    path.write_text(sample(people, seed=seed).csv(), "utf-8")
    rulebook = default_rulebook()
    problem = problem_of(read_roster(path, rulebook)[0], rulebook)
    grouping = form(problem, Limits(seconds=60.0)).grouping
    assert grouping is not None
    return problem, grouping


def taken(problem: Problem, grouping: Grouping, share: float, seed: int) -> tuple[Stage, float]:
    """The plan of a meeting from which a share of the people is absent, and its seconds."""
    people = len(problem.roster)
    chance = np.random.default_rng(seed)
    absent = chance.choice(people, size=round(people * share), replace=False)
    here = np.setdiff1d(np.arange(people), absent)
    started = time.monotonic()
    stage = take_stage(problem, grouping, here, None, Search(Limits(seconds=60.0)))
    return stage, time.monotonic() - started


def show(name: str, stage: Stage, seconds: float) -> None:
    valid = audit(stage.problem, stage.after).valid
    broken = sum(answer.broken for answer in stage.answers)
    print(
        f"{name}: {seconds:.2f} s, {stage.policy.value}, valid {valid}, waiting {stage.waiting}, "
        f"broken {broken}, at least {stage.bound}, touched {stage.touched}, proven {stage.proven}",
        flush=True,
    )


def pilot(tmp: str, seeds: int = 50) -> None:
    for share in (0.05, 0.1, 0.2):
        proven, seconds = 0, []
        for seed in range(1, seeds + 1):
            stage, spent = taken(*formed(64, seed, tmp), share, seed)
            show(f"64 people, {share:.0%} absent, seed {seed}", stage, spent)
            proven += stage.proven and spent <= 5
            seconds.append(spent)
        print(
            f"{share:.0%}: {proven} of {seeds} proven in 5 s; median {np.median(seconds):.2f} s, "
            f"longest {max(seconds):.2f} s",
            flush=True,
        )


def large(tmp: str, people: int = 10_000) -> None:
    problem, grouping = formed(people, 1, tmp)
    stage, spent = taken(problem, grouping, 0.05, 1)
    show(f"{people} people, 5% absent", stage, spent)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        {"pilot": pilot, "large": large}[sys.argv[1] if len(sys.argv) > 1 else "pilot"](folder)
