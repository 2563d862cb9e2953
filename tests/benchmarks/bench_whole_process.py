"""Whole processes against the imports they cannot do without, paired run by run.

Usage: ``python tests/benchmarks/bench_whole_process.py [RUNS]``. Prints the median ratio and its
range. The yardstick of ``form`` is importing pandas and CP-SAT, that of ``--help`` importing typer.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from vermegroup.sampling import sample

IMPORTS = (sys.executable, "-c", "import pandas; from ortools.sat.python import cp_model")
TYPER = (sys.executable, "-c", "import typer")
PROGRAM = (sys.executable, "-c", "from vermegroup.__main__ import main; main()")
ROSTERS = (("pilot", 64), *((shape, n) for shape in ("loose", "tight") for n in (400, 1000, 2000)))


def seconds(command: Sequence[str], folder: Path) -> float:
    """How long a command takes, which must succeed."""
    before = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - before


def compare(name: str, command: Sequence[str], yardstick: Sequence[str], runs: int) -> None:
    """Run the two in turn and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(command, Path(folder)), seconds(yardstick, Path(folder))
        pairs = [
            seconds(command, Path(folder)) / seconds(yardstick, Path(folder)) for _ in range(runs)
        ]
    print(f"{name:12} {statistics.median(pairs):5.2f}  ({min(pairs):.2f} to {max(pairs):.2f})")


def main() -> None:
    """Print one line for each roster, and one for the help."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as rosters:
        for shape, people in ROSTERS:
            roster = Path(rosters) / f"{shape}{people}.csv"
            roster.write_text(sample(people, shape, seed=1).csv(), encoding="utf-8")
            compare(f"{shape} {people}", (*PROGRAM, "form", str(roster)), IMPORTS, runs)
    compare("--help", (*PROGRAM, "--help"), TYPER, runs)


if __name__ == "__main__":
    main()
