"""Whole runs of ``form`` over size, beside reading and writing the file and loading the solver.

Run: python -m tests.benchmarks.bench_scale [--runs 3] [--sizes 1000 10000 100000 1000000]

Each run reads, forms, audits and writes. The yardstick is what nobody can do without: pandas
reading and writing the same file, and the import of OR-Tools. Prints the ratios of the two in wall
clock and processor time, each the median of the pairs with the least and the most, the gap of the
spread of experience to its bound, memory and growth; plots time and gap over size.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import PROGRAM, cost_of, paired, record, report_in
from vermegroup.sampling import SHAPES

SIZES = (1_000, 10_000, 100_000, 1_000_000)
YARDSTICK = """
import sys, pandas
from ortools.sat.python import cp_model
pandas.read_csv(sys.argv[1]).to_csv("copy.csv", index=False)
"""
_WIDTH = 50


def gap_of(folder: Path) -> float:
    """How far the spread is from its bound, in per cent; 0 where it is proven."""
    for line in report_in(folder)["preferences"]:  # type: ignore[attr-defined]
        if line["kind"] == "spread":
            return 100 * (line["bound"] - line["value"]) / line["bound"]
    return math.nan


def measured(shape: str, size: int, runs: int) -> dict[str, float]:
    """The figures of one shape and size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = ("sample", "--participants", str(size), "--shape", shape, "-o", "roster.csv")
        cost_of((*PROGRAM, *sample), folder)
        form = (*PROGRAM, "form", "roster.csv", "-o", "out", "-q")
        found = paired(form, (sys.executable, "-c", YARDSTICK, "roster.csv"), folder, runs)
        print(f"{shape} {size} · pandas reading and writing = 1: {found.told()}")
        report = report_in(folder / "out")
        return {
            "seconds": found.seconds,
            "ratio": found.ratio,
            "megabytes": found.megabytes,
            "gap_per_cent": gap_of(folder / "out"),
            "proven": float(bool(report["proven"])),
        }


def plotted(found: dict[int, dict[str, float]]) -> None:
    """Time and gap over size, both axes of time logarithmic."""
    least = min(figures["seconds"] for figures in found.values())
    most = max(figures["seconds"] for figures in found.values())
    scale = _WIDTH / max(1e-9, math.log10(most / least)) if most > least else 0.0
    for size, figures in found.items():
        bar = "█" * (1 + round(scale * math.log10(figures["seconds"] / least)))
        print(f"{size:>9,} {figures['seconds']:8.2f} s  gap {figures['gap_per_cent']:.3f} %  {bar}")


def main() -> None:
    """Measure, print, record."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--shapes", nargs="+", default=SHAPES)
    asked = options.parse_args()
    for shape in asked.shapes:
        found = {size: measured(shape, size, asked.runs) for size in asked.sizes}
        for size, figures in found.items():
            record(f"{shape} {size}", figures)
        plotted(found)
        if len(found) > 1:
            first, last = min(found), max(found)
            rise = math.log(found[last]["seconds"] / found[first]["seconds"])
            record(f"{shape} growth", {"exponent": rise / math.log(last / first)})


if __name__ == "__main__":
    main()
