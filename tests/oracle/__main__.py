"""Sweep: many cases, each sort of difference told with small inputs, and a tally."""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oracle.answers import Case
from tests.oracle.chance import kinds_in, random_case
from tests.oracle.diagnosing import checked, diagnosed
from tests.oracle.judging import Judged, hurried, judged
from tests.oracle.reporting import reported
from tests.oracle.shrinking import shrunk

CHUNK = 50
ASKED = {
    "form": judged,
    "hurried": hurried,
    "why-not": diagnosed,
    "check": checked,
    "report": reported,
}
Swept = tuple[int, Judged, float]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--ask", choices=ASKED, default="form")
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="of the first case")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--having", default="", help="a pattern of the rulebooks asked about")
    parser.add_argument("--shown", type=int, default=2, help="inputs shown of each sort")
    parser.add_argument("--only", default="", help="a pattern of the sorts shown")
    asked = parser.parse_args()
    tally: Counter[str] = Counter()
    wrong = 0
    started, slowest = time.monotonic(), (0.0, 0)
    for seed, outcome, seconds in _all(asked):
        slowest = max(slowest, (seconds, seed))
        tally[f"= {outcome.verdict}{' proven' if outcome.proven else ''}"] += 1
        wrong += bool(outcome.mismatches)
        for sort in dict.fromkeys(each.sort for each in outcome.mismatches):
            tally[sort] += 1
            if tally[sort] <= asked.shown and re.search(asked.only, sort):
                _show(asked.ask, seed, sort)
    print(f"\n{asked.cases} cases in {time.monotonic() - started:.0f} s", end="; ")
    print(f"slowest {slowest[0]:.1f} s (seed {slowest[1]}); {wrong} cases with something wrong")
    for sort, times in sorted(tally.items()):
        print(f"{times:6} {sort}")


def _all(asked: argparse.Namespace) -> Iterator[Swept]:
    """Each case with what came of it; the seeds are those from the first on that are wanted."""
    wanted = (seed for seed in count(asked.seed) if _is_wanted(seed, asked.having))
    seeds = list(islice(wanted, asked.cases))
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    if asked.jobs == 1:
        for chunk in chunks:
            yield from _swept(asked.ask, chunk)
        return
    with ProcessPoolExecutor(asked.jobs) as pool:
        for swept in pool.map(_swept, repeat(asked.ask), chunks):
            yield from swept


def _is_wanted(seed: int, having: str) -> bool:
    return not having or re.search(having, random_case(seed).rulebook, re.DOTALL) is not None


def _swept(ask: str, seeds: Sequence[int]) -> list[Swept]:
    with TemporaryDirectory() as folder:
        return [_one(ask, seed, Path(folder)) for seed in seeds]


def _one(ask: str, seed: int, folder: Path) -> Swept:
    before = time.monotonic()
    outcome = ASKED[ask](random_case(seed), folder)
    return seed, outcome, time.monotonic() - before


def _show(ask: str, seed: int, sort: str) -> None:
    """A small input that shows it, with what was said of it and what is right."""
    with TemporaryDirectory() as name:
        folder = Path(name)

        def found(case: Case) -> str | None:
            alike = (
                mismatch
                for mismatch in ASKED[ask](case, folder).mismatches
                if mismatch.sort == sort
            )
            return next(
                (f"said {mismatch.said}; right: {mismatch.right}" for mismatch in alike), None
            )

        case = shrunk(random_case(seed), lambda smaller: found(smaller) is not None)
        print(f"\n--- {sort} (seed {seed}; {', '.join(sorted(kinds_in(case)))})\n{found(case)}")
        print(case.rulebook + case.roster, end="")
        for file, text in case.earlier.items():
            print(f"{file}: {' '.join(text.split())}")


if __name__ == "__main__":
    main()
