"""A rich rulebook at 1,000 and 10,000 people: how good the plan is after 10 and after 60 seconds.

Run: python -m tests.benchmarks.bench_rich [--sizes 1000 10000] [--seconds 10 60]

Prints each preference's value, bound and gap. Every plan that is written has passed the audit.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import PROGRAM, cost_of, record, report_in
from tests.benchmarks.rich import RULES, write_rich


def measured(people: int, seconds: float) -> dict[str, float]:
    """The figures of one run; without a grouping only its time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rich(folder / "roster.csv", people)
        (folder / "rules.yaml").write_text(RULES, "utf-8")
        form = ("form", "roster.csv", "--rules", "rules.yaml", "-o", "out", "-q")
        limited = (*PROGRAM, *form, "--time-limit", str(seconds))
        cost = cost_of(limited, folder, may_end_with=(0, 3))
        found = {"seconds": cost.seconds, "megabytes": cost.megabytes}
        report = report_in(folder / "out")
        print(f"{people} people, {seconds:g} s: {report['verdict']}")
        for rank, line in enumerate(report["preferences"]):  # type: ignore[arg-type, var-annotated]
            if line["value"] is not None:
                gap = abs(line["value"] - line["bound"]) / max(1e-9, abs(line["bound"]))
                found |= {f"{rank} {line['kind']}": line["value"]}
                print(f"  {line['sentence']}")
                proof = "proven" if line["proven"] else f"gap {100 * gap:.2f} %"
                print(f"    {line['value']:g}, bound {line['bound']:g}, {proof}")
        return found


def main() -> None:
    """Measure, print, record."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=(1_000, 10_000))
    options.add_argument("--seconds", type=float, nargs="+", default=(10.0, 60.0))
    asked = options.parse_args()
    for people in asked.sizes:
        for seconds in asked.seconds:
            record(f"rich {people} in {seconds:g} s", measured(people, seconds))


if __name__ == "__main__":
    main()
