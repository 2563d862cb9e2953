"""Random rulebooks with a planted grouping: what ends proven, and how far the rest is from bounds.

Run: python -m tests.benchmarks.bench_rulebooks [--cases 80] [--seconds 20] [--workers 2]
     [--out FILE] [--against FILE]

Prints a table of the kinds and, with the file of an earlier run, which cases came out better or
worse: lexicographically, by the preferences' values.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.planted_rulebooks import planted_case
from tests.oracle.chance import kinds_in
from tests.oracle.judging import problem_from
from vermegroup import Limits
from vermegroup.solver.form_parts import form


@dataclass(frozen=True)
class Stood:
    """A preference of a case: its value and bound, less being better where ``least``."""

    kind: str
    value: int
    bound: int
    least: bool
    proven: bool

    @property
    def gap(self) -> float:
        """How far from its bound the value is, as a share of it."""
        return abs(self.value - self.bound) / max(1, abs(self.bound))


@dataclass(frozen=True)
class Found:
    """What came of a case; without a grouping nothing ``stood``."""

    seed: int
    people: int
    kinds: tuple[str, ...]
    verdict: str
    seconds: float
    stood: tuple[Stood, ...]

    @property
    def proven(self) -> bool:
        """Whether it is proven in every preference."""
        return bool(self.stood) and all(each.proven for each in self.stood)

    @property
    def gap(self) -> float:
        """That of the first preference without a proof; 0 if all have one."""
        return next((each.gap for each in self.stood if not each.proven), 0.0)

    def ranked(self) -> tuple[int, ...]:
        """The values as they are compared, less being better."""
        return tuple(each.value if each.least else -each.value for each in self.stood)


def solved(seed: int, seconds: float, workers: int) -> Found:
    """Form the groups of a seed's case."""
    case, _ = planted_case(seed)
    with TemporaryDirectory() as folder:
        problem = problem_from(case, Path(folder))
        before = time.perf_counter()
        outcome = form(problem, Limits(seconds=seconds, workers=workers))
        taken = time.perf_counter() - before
    stood = tuple(
        Stood(
            line.preference.kind, line.value, line.bound, line.preference.sense.value == 1,
            line.proven,
        )
        for line in outcome.preferences
    )  # fmt: skip
    kinds = tuple(sorted(kinds_in(case) - {"rule place_everyone"}))
    return Found(seed, len(problem.roster), kinds, outcome.verdict.value, taken, stood)


def line_of(found: Found) -> str:
    """A case in one line."""
    values = "; ".join(
        f"{each.kind} {each.value}" + ("" if each.proven else f" of {each.bound}")
        for each in found.stood
    )
    state = "proven" if found.proven else found.verdict
    return f"{found.seed:4} {found.people:4} {found.seconds:5.1f} s {state:10} {values}"


def table(all_found: Sequence[Found]) -> Iterator[str]:
    """A line for each kind: its cases, those proven and undecided, and the gap of the rest."""
    by_kind: dict[str, list[Found]] = defaultdict(list)
    for found in all_found:
        for kind in (*found.kinds, "all"):
            by_kind[kind].append(found)
    yield f"{'':24} cases proven undecided  median gap of the rest"
    for kind, cases in sorted(by_kind.items()):
        proven = sum(found.proven for found in cases)
        undecided = sum(not found.stood for found in cases)
        gaps = [found.gap for found in cases if found.stood and not found.proven]
        gap = f"{100 * statistics.median(gaps):.1f} %" if gaps else "-"
        yield f"{kind:24} {len(cases):5} {proven:6} {undecided:9}  {gap}"


def compared(now: Sequence[Found], before: Mapping[int, Found]) -> Iterator[str]:
    """Which cases came out otherwise than before."""
    tally = {"better": 0, "worse": 0, "alike": 0}
    for found in now:
        other = before.get(found.seed)
        if other is None:
            continue
        word = _word(found, other)
        tally[word] += 1
        if word != "alike":
            yield f"{word}: {line_of(found)}\n  before: {line_of(other)}"
    yield ", ".join(f"{count} {word}" for word, count in tally.items())


def _word(found: Found, other: Found) -> str:
    if not found.stood or not other.stood:
        return "alike" if not found.stood and not other.stood else _found_at_all(found)
    if found.ranked() == other.ranked():
        return "alike"
    return "better" if found.ranked() < other.ranked() else "worse"


def _found_at_all(found: Found) -> str:
    return "better" if found.stood else "worse"


def read(path: Path) -> dict[int, Found]:
    """The record of a run, by seed."""
    cases = json.loads(path.read_text("utf-8"))
    found = (
        Found(**{**case, "stood": tuple(Stood(**each) for each in case["stood"])}) for case in cases
    )
    return {each.seed: each for each in found}


def main() -> None:
    """Solve, print, compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=80)
    options.add_argument("--first", type=int, default=1, help="the first seed")
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--out", type=Path, help="where to put the record of this run")
    options.add_argument("--against", type=Path, help="the record of an earlier run")
    asked = options.parse_args()
    all_found: list[Found] = []
    for seed in range(asked.first, asked.first + asked.cases):
        all_found.append(solved(seed, asked.seconds, asked.workers))
        print(line_of(all_found[-1]), flush=True)
        if asked.out:
            asked.out.write_text(json.dumps(list(map(asdict, all_found)), indent=1), "utf-8")
    print("\n".join(table(all_found)))
    if asked.against:
        print("\n".join(compared(all_found, read(asked.against))))


if __name__ == "__main__":
    main()
