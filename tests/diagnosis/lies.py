"""What is said of a roster while the solver lies: it may be less, but is never false.

Each run falsifies one answer of CP-SAT, or all of them by one sort of lie. An exception
is one of the lies, and so it may end a run. By hand: ``python -m tests.diagnosis.lies 2000``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

import pytest

from tests.diagnosis.claims import false_claims
from tests.diagnosis.random_small import random_edge_case
from tests.lying import LIES, Liar, infeasible
from vermegroup.app.check import possibility
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE = Limits(seconds=20)
MOST_CALLS = 60
# Two solves that agree are proof of what cannot be; a solver that always lies so is beyond help.
ALWAYS = tuple(lie for lie in LIES if lie is not infeasible)


def asked(problem: Problem, chance: random.Random) -> Outcome:
    """``form`` with its diagnosis, or ``check``."""
    if chance.random() < 0.3:
        return possibility(problem, PATIENCE)
    return diagnose(form(problem, PATIENCE), PATIENCE)


def run(seed: int) -> tuple[str, list[str]]:
    """What came of a run with lies, in a word, and what it says that is false."""
    chance = random.Random(seed)
    case = random_edge_case(chance.randrange(10**6), most=6)
    problem = case.problem()
    always = chance.random() < 0.3
    lie = chance.choice(ALWAYS if always else LIES)
    liar = Liar(chance, share=1.0, only=None if always else _early(chance), lie=lie)
    with pytest.MonkeyPatch.context() as patched:
        liar.about_choices(patched)
        try:
            outcome = asked(problem, random.Random(seed))
        except Exception as error:  # whatever it is, the command ends with it and says nothing
            return f"ended by {type(error).__name__}", []
    solver = "lied to" if liar.lies else "not lied to"
    return f"{solver}, {outcome.verdict}", list(false_claims(case, problem, outcome))


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
        for claim in false:
            tally["FALSE"] += 1
            print(f"seed {seed}: {claim}", flush=True)
    print(f"{runs} runs in {time.monotonic() - started:.0f} s")
    for came, count in sorted(tally.items()):
        print(f"{count:6} {came}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
