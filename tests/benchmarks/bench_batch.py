"""A batch of 200 rosters against a process for each of some of them, by processor time.

Usage: ``python -m tests.benchmarks.bench_batch [JOBS] [WORKERS]``. Four of five jobs are formed,
the rest is impossible or refused. Prints what a job takes in the batch as a share of a process of
its own, what a resume takes, and whether a batch that is killed half way ends in the same bytes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from subprocess import Popen

from tests.benchmarks.measuring import PROGRAM, cost_of, record
from vermegroup.sampling import sample

PEOPLE = 64
ALONE = 8
"""Of so many of each kind a process of their own is measured."""


def rosters(folder: Path, jobs: int) -> dict[str, list[str]]:
    """The words of ``form`` for each job, by the way it is to end."""
    (folder / "in").mkdir()
    each = jobs // 10
    calls: dict[str, list[str]] = {"formed": [], "impossible": [], "refused": []}
    for seed in range(jobs):
        kind = "refused" if seed < each else "impossible" if seed < 2 * each else "formed"
        file = folder / f"in/{kind}-{seed}.csv"
        text = sample(PEOPLE, "loose", seed=seed).csv()
        if kind == "refused":
            text = text.replace("SYN-0002", "SYN-0001")
        file.write_text(text, "utf-8")
        calls[kind].append(str(file))
    return calls


def jobs_file(folder: Path) -> None:
    """Write the file of jobs: a pattern for each way to end."""
    text = 'jobs:\n- {roster: "in/formed-*.csv"}\n- {roster: "in/refused-*.csv"}\n'
    text += '- {roster: "in/impossible-*.csv", groups: 30}\n'
    (folder / "jobs.yaml").write_text(text, "utf-8")


def alone(folder: Path, calls: dict[str, list[str]]) -> float:
    """Processor time of a process for each job, from some of each kind."""
    total = 0.0
    for kind, files in calls.items():
        more = ("--groups", "30") if kind == "impossible" else ()
        some = files[:ALONE]
        costs = [
            cost_of(
                (*PROGRAM, "form", file, "-q", "-o", f"alone/{Path(file).stem}", *more),
                folder,
                may_end_with=(0, 1, 2),
            )
            for file in some
        ]
        mean = sum(cost.processor for cost in costs) / len(costs)
        print(f"{kind}: {mean:.2f} s of processor time alone")
        total += mean * len(files)
    return total


def groups(folder: Path) -> dict[str, bytes]:
    """What stands in every job's groups.csv."""
    return {path.parent.name: path.read_bytes() for path in folder.glob("*/groups.csv")}


def killed_half_way(folder: Path, jobs: int, call: tuple[str, ...]) -> bool:
    """Whether a batch that is killed, and run again, ends as one that is not."""
    whole = groups(folder / "out")
    process = Popen((*call, "-o", "killed"), cwd=folder)
    ledger = folder / "killed/jobs.ndjson"
    while not ledger.exists() or ledger.read_bytes().count(b"\n") < jobs // 2:
        time.sleep(0.05)
    process.kill()
    process.wait()
    cost_of((*call, "-o", "killed"), folder, may_end_with=(0, 1))
    return groups(folder / "killed") == whole


def main() -> None:
    """Print the figures, and put them into the record."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    workers = sys.argv[2] if len(sys.argv) > 2 else "2"
    os.environ.pop("VERMEGROUP_LANG", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        calls = rosters(folder, jobs)
        jobs_file(folder)
        call = (*PROGRAM, "batch", "jobs.yaml", "--workers", workers, "-q")
        processes = alone(folder, calls)
        batch = cost_of((*call, "-o", "out"), folder, may_end_with=(0, 1))
        resume = cost_of((*call, "-o", "out"), folder, may_end_with=(0, 1))
        same = killed_half_way(folder, jobs, call)
    print(f"killed half way: {'the same' if same else 'OTHER'} groups")
    figures = {
        "share of processes": batch.processor / processes,
        "processor seconds a job": batch.processor / jobs,
        "resume, seconds": resume.seconds,
        "resume, processor seconds": resume.processor,
    }
    record(f"batch of {jobs}", figures)


if __name__ == "__main__":
    main()
