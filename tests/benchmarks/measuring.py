"""Time and memory of whole processes, ratios of paired runs, and a record to compare the next with.

Machines differ and are seldom idle, so a figure is a ratio of two things run in turn, its median
over some pairs.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (
    sys.executable,
    "-c",
    "from vermegroup.__main__ import main\nif __name__ == '__main__': main()",
)
RECORD = Path("benchmarks.json")


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds of wall clock and of processors, and the most megabytes."""

    seconds: float
    processor: float
    megabytes: float


def cost_of(command: Sequence[str], folder: Path, *, may_end_with: Sequence[int] = (0,)) -> Cost:
    """Run a command in a folder, which must end with one of these exit codes."""
    before = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - before
    if process.returncode not in may_end_with:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@dataclass(frozen=True)
class Pairs:
    """Costs of a thing and of its yardstick, run in turn."""

    measured: tuple[Cost, ...]
    yardstick: tuple[Cost, ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios of time."""
        return statistics.median(self._ratios("seconds"))

    def told(self) -> str:
        """The ratios of wall clock and of processor time: the median, the least and the most."""
        return "; ".join(
            f"{name} {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            for name, ratios in (
                ("wall clock", self._ratios("seconds")),
                ("processor time", self._ratios("processor")),
            )
        )

    def _ratios(self, what: str) -> list[float]:
        pairs = zip(self.measured, self.yardstick, strict=True)
        return [getattr(cost, what) / getattr(other, what) for cost, other in pairs]

    @property
    def seconds(self) -> float:
        """The median of the thing's seconds."""
        return statistics.median(cost.seconds for cost in self.measured)

    @property
    def megabytes(self) -> float:
        """The most megabytes that any of its runs held."""
        return max(cost.megabytes for cost in self.measured)


def paired(command: Sequence[str], yardstick: Sequence[str], folder: Path, runs: int) -> Pairs:
    """Run the two in turn."""
    costs = [(cost_of(command, folder), cost_of(yardstick, folder)) for _ in range(runs)]
    return Pairs(tuple(pair[0] for pair in costs), tuple(pair[1] for pair in costs))


def report_in(folder: Path) -> dict[str, object]:
    """What a run's report.json says, without its groups.

    Read by another process: what this one holds would count as the next run's memory.
    """
    code = "import json; r = json.load(open('report.json')); r['groups'] = []; print(json.dumps(r))"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    report: dict[str, object] = json.loads(shown.stdout)
    return report


def record(name: str, figures: Mapping[str, float], path: Path = RECORD) -> None:
    """Put figures into the record, and print how they compare with what stood there."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    before = kept.get(name, {})
    for key, value in figures.items():
        then = before.get(key)
        change = f"  (before {then:.3g}, now {value / then:.2f} of it)" if then else ""
        print(f"{name} · {key}: {value:.3g}{change}")
    kept[name] = dict(figures)
    path.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
