"""``python -m tests.mutation --mutants 400 --seed 1``: how many of so many mutants tests notice."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.hunting import Hunt, Known
from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vermegroup"
JUDGES = [
    *("judge/auditor", "judge/bounds", "judge/certificates", "judge/rivals"),
    *("domain/arrays", "domain/kind", "domain/plan"),
]
# The fast tests: of each kind by itself, of proofs by counting, and small cases tried in full.
FAST = re.compile(
    r"^tests/(rules/|rulebooks/test_(read|entries|groups_and_bands)\.py|domain/test_(arrays|grouping)\.py"
    r"|judge/test_(auditor|bounds|certificates|rivals)\.py|solver/test_group_counts\.py"
    r"|solver/patterns/test_pattern_model\.py|test_(wide_sizes|shared_hours|common_hours|extreme_numbers"
    r"|against_the_oracle|against_brute_force|values_against_brute_force)\.py)"
)
# Of the oracle's cases the same on every day, and fewer than a day's run takes.
ORACLE = "test_against_the_oracle.py::"
ORACLE_FIRST = re.compile(
    r"right\[range\((1|51|101), |test_conflicts.*\[range\(1, |test_what_.*\[range\(1, "
)


def sources() -> list[Path]:
    """The files that are mutated."""
    named = {"__init__", "registry"}
    rules = [path for path in SOURCE.glob("rules/**/*.py") if path.stem not in named]
    return sorted([*rules, *(SOURCE / f"{name}.py" for name in JUDGES)])


def is_wanted(name: str) -> bool:
    """Whether a test is one of the fast ones, by its node's name."""
    if ORACLE in name:
        return bool(ORACLE_FIRST.search(name))
    return FAST.match(name) is not None


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--mutants", type=int, default=400, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--source", type=Path, nargs="*", help="other files than the usual")
    parser.add_argument("--tests", nargs="*", help="other tests than the usual")
    parser.add_argument("--only", default="", help="mutants whose description has these words")
    parser.add_argument("--notes", type=Path, help="a file for what tests come to and what is told")
    parser.add_argument("--again", action="store_true", help="those that survived in the notes")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Draw, hunt, and tell; 0 where no mutant survives."""
    asked, begun = arguments(given), time.time()
    paths = [path.resolve() for path in asked.source] if asked.source else sources()
    modules = {path: _module(path) for path in paths}
    notes = json.loads(asked.notes.read_text()) if asked.notes and asked.notes.exists() else {}
    drawn = _drawn(paths, asked, notes)
    wanted = (lambda _: True) if asked.tests else is_wanted
    out = os.fdopen(os.dup(1), "w", buffering=1)  # pytest holds what is printed back
    hunt = Hunt(drawn, modules, wanted, workers=asked.workers, tell=out.write)
    for name, (seconds, functions) in _still_so(notes, "tests"):
        hunt.known[name] = Known(seconds, frozenset(map(tuple, functions)))
    hunt.unfit.update(_still_so(notes, "unfit"))
    tests = asked.tests or [str(ROOT / "tests")]
    options = ["-m", "", "-p", "no:cacheprovider", "-p", "no:terminal"]
    failed = pytest.main([*options, "--rootdir", str(ROOT), *tests], plugins=[hunt])
    if failed:
        return int(failed)
    if asked.notes:
        asked.notes.write_text(json.dumps({"begun": begun, **_noted(hunt)}))
    return _score(hunt)


def _module(path: Path) -> str:
    inside = path.is_relative_to(SOURCE)
    relative = path.relative_to(SOURCE.parent) if inside else Path(path.name)
    return ".".join(relative.with_suffix("").parts)


def _drawn(paths: Sequence[Path], asked: argparse.Namespace, notes: dict) -> list[Mutant]:
    every = [mutant for path in paths for mutant in mutants_of(path) if asked.only in str(mutant)]
    print(f"{len(every)} mutants of {len(paths)} files")
    if asked.again:
        return [mutant for mutant in every if _place(mutant) in notes["survivors"]]
    return random.Random(asked.seed).sample(every, min(asked.mutants, len(every)))


def _place(mutant: Mutant) -> list[object]:
    return [mutant.path.name, mutant.node, mutant.variant]


def _still_so(notes: dict, sort: str) -> Iterator[tuple[str, Any]]:
    """What is noted of tests whose files have not changed since."""
    for name, noted in notes.get(sort, {}).items():
        path = ROOT / name.partition("::")[0]
        if path.is_file() and path.stat().st_mtime < notes.get("begun", 0):
            yield name, noted


def _noted(hunt: Hunt) -> dict:
    return {
        "tests": {
            name: (known.seconds, sorted(known.functions)) for name, known in hunt.known.items()
        },
        "unfit": hunt.unfit,
        "survivors": [
            _place(verdict.mutant) for verdict in hunt.verdicts if verdict.killed_by is None
        ],
        "told": {
            str(verdict.mutant): verdict.killed_by for verdict in hunt.verdicts if verdict.killed_by
        },
    }


def _score(hunt: Hunt) -> int:
    """Tell the figures, and who survives."""
    alive = [verdict for verdict in hunt.verdicts if verdict.killed_by is None]
    total = Counter(verdict.mutant.path.name for verdict in hunt.verdicts)
    survived = Counter(verdict.mutant.path.name for verdict in alive)
    for name in sorted(total):
        print(f"{name:24} {total[name] - survived[name]:4} of {total[name]:4}")
    for verdict in sorted(alive, key=lambda verdict: str(verdict.mutant)):
        print(f"survives ({verdict.tests} tests): {verdict.mutant}")
    hung = sum(verdict.hung for verdict in hunt.verdicts)
    killed, every = len(hunt.verdicts) - len(alive), max(1, len(hunt.verdicts))
    print(f"told: {killed} of {every}, {100 * killed / every:.1f} % (by taking too long: {hung})")
    return int(bool(alive))


if __name__ == "__main__":
    status = main()
    os._exit(status)
