"""One process and several on a rulebook where neighbourhoods do all the work.

Run: python -m tests.benchmarks.bench_workers [--people 2500] [--workers 2 4] [--runs 3]

Prints how many times as fast several processes are as one, and checks that the bytes are the same.
The machine needs as many idle cores as workers for the figure to mean anything.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import PROGRAM, paired, record
from tests.benchmarks.rich import NEIGHBOURHOODS, write_rich


def measured(folder: Path, workers: int, runs: int) -> dict[str, float]:
    """One worker's time divided by that of several."""
    form = ("form", "roster.csv", "--rules", "rules.yaml", "--time-limit", "600", "-q", "--force")
    one = (*PROGRAM, *form, "-o", "one", "--workers", "1")
    several = (*PROGRAM, *form, "-o", "several", "--workers", str(workers))
    found = paired(one, several, folder, runs)
    same = (folder / "one/groups.csv").read_bytes() == (folder / "several/groups.csv").read_bytes()
    if not same:
        raise SystemExit(f"{workers} workers gave another result than one")
    return {"seconds_of_one": found.seconds, "times_as_fast": found.ratio}


def main() -> None:
    """Measure, print, record."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=2500)
    options.add_argument("--workers", type=int, nargs="+", default=(2, 4))
    options.add_argument("--runs", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rich(folder / "roster.csv", asked.people)
        (folder / "rules.yaml").write_text(NEIGHBOURHOODS, "utf-8")
        for workers in asked.workers:
            record(f"{workers} workers", measured(folder, workers, asked.runs))


if __name__ == "__main__":
    main()
