"""Whatever a solver says, ``form`` calls nothing false proven or impossible, by the oracle.

A day's run takes a part of the cases, chosen by the date; ``python -m tests.test_lies 2000`` takes
as many as you like.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.lying import Liar
from tests.oracle.chance import random_case
from tests.oracle.judging import Judged, judged

CASES = 60
TODAY = date.today().toordinal() * CASES
SHARE = 0.2


def mismatches(seed: int, folder: Path) -> tuple[Judged, Liar]:
    """What is said of a case by a run in which a share of all the solver's answers are lies."""
    liar = Liar(random.Random(seed), SHARE)
    with pytest.MonkeyPatch.context() as patched:
        liar.about_choices(patched)
        return judged(random_case(seed), folder), liar


def false(judged: Judged) -> list[str]:
    """What is false; an error of its own is a lie that was found out."""
    return [str(each) for each in judged.mismatches if not each.sort.startswith("exception")]


@pytest.mark.parametrize("seed", range(TODAY, TODAY + CASES // 3))
def test_a_solver_that_lies_proves_nothing_false(seed: int, tmp_path: Path) -> None:
    judged, _ = mismatches(seed, tmp_path)
    assert not false(judged)


def main(runs: int, first: int = 1) -> None:
    """So many runs that were lied to, what came of them, and what they said that is false."""
    tally: Counter[str] = Counter()
    seed = first
    with TemporaryDirectory() as folder:
        while tally["runs"] < runs:
            judged, liar = mismatches(seed, Path(folder))
            if liar.lies:
                tally += Counter([judged.verdict + " proven" * judged.proven, "runs"])
                tally["lies"] += len(liar.lies)
                for each in false(judged):
                    tally["FALSE"] += 1
                    print(f"seed {seed}: {each}", flush=True)
            seed += 1
    for came, count in sorted(tally.items()):
        print(f"{count:6} {came}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
