"""Several balances, the first one counting most, beside a plain exchange heuristic.

Run: python -m tests.benchmarks.bench_balances [--sizes 120 240 1000] [--traits 3 5] [--seconds 20]

The heuristic is what a competent user writes: swaps of two random people that are kept if the
preferences, in their order, get no worse; sums by group, started anew where nothing has been
gained for a while. Both have the same time, and no rules but the groups' size.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from vermegroup import Limits, problem_of, read_roster
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.solver.form_parts import form

SIZE = 4
_PATIENCE = 200_000


def written(people: int, traits: int, seed: int) -> tuple[np.ndarray, str]:
    """People with several numbers, shape (n, traits), and their roster."""
    chance = np.random.default_rng(seed)
    numbers = np.column_stack(
        [chance.integers(0, (60, 40, 1000, 100, 7)[trait % 5], people) for trait in range(traits)]
    )
    header = ",".join(["id", *(f"t{trait}" for trait in range(traits))])
    rows = (f"P{at}," + ",".join(map(str, row)) for at, row in enumerate(numbers.tolist()))
    return numbers, "\n".join([header, *rows]) + "\n"


def by_swaps(numbers: np.ndarray, seconds: float, seed: int = 1) -> tuple[float, ...]:
    """The furthest mean from everybody's, trait by trait, that plain swaps come to."""
    chance = np.random.default_rng(seed)
    off = (numbers - numbers.mean(axis=0)) / SIZE
    groups = len(numbers) // SIZE
    best: tuple[float, ...] = (np.inf,)
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        seats = chance.permutation(len(numbers)).reshape(groups, SIZE)
        means = off[seats].sum(axis=1)
        value, last, step = _worst(means), 0, 0
        while step - last < _PATIENCE and time.perf_counter() < ends:
            step += 1
            worst = int(np.abs(means[:, 0]).argmax()) if step % 2 else int(chance.integers(groups))
            other = int(chance.integers(groups))
            one, two = chance.integers(SIZE, size=2)
            if worst == other:
                continue
            moved = off[seats[other, two]] - off[seats[worst, one]]
            means[worst] += moved
            means[other] -= moved
            now = _worst(means)
            if now > value:
                means[worst] -= moved
                means[other] += moved
                continue
            seats[worst, one], seats[other, two] = seats[other, two], seats[worst, one]
            value, last = now, step if now < value else last
        best = min(best, value)
    return best


def _worst(means: np.ndarray) -> tuple[float, ...]:
    return tuple(np.abs(means).max(axis=0).round(9).tolist())


def by_program(roster: str, traits: int, seconds: float) -> tuple[float, ...]:
    """The same that the program comes to."""
    entries = "".join(f"  - balance: t{trait}\n" for trait in range(traits))
    text = f"groups: {{size: {SIZE}}}\nrules: [place_everyone]\npreferences:\n{entries}"
    book = rulebook_from_text(text, "balances")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.csv"
        path.write_text(roster, "utf-8")
        people, _ = read_roster(path, book)
    outcome = form(problem_of(people, book), Limits(seconds=seconds))
    assert outcome.audit is not None
    plan = outcome.problem.plan(len(people) // SIZE)
    return tuple(
        round(float(line.preference.in_units(outcome.problem.roster, plan, line.value)), 9)
        for line in outcome.preferences
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=(120, 240, 1_000))
    options.add_argument("--traits", type=int, nargs="+", default=(3, 5))
    options.add_argument("--seconds", type=float, default=20.0)
    asked = options.parse_args()
    for people in asked.sizes:
        for traits in asked.traits:
            numbers, roster = written(people, traits, seed=people + traits)
            ours = by_program(roster, traits, asked.seconds)
            theirs = by_swaps(numbers, asked.seconds)
            word = "better" if ours < theirs else "alike" if ours == theirs else "worse"
            print(f"{people} people, {traits} balances: {word} than plain swaps")
            print(f"  ours   {ours}\n  swaps  {theirs}", flush=True)


if __name__ == "__main__":
    main()
