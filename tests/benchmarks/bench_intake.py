"""How long a million-row CSV takes to become a roster, beside pandas.read_csv of the same file.

Run: python tests/benchmarks/bench_intake.py [ROWS]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from vermegroup.intake import read_roster
from vermegroup.intake.municipalities import municipalities
from vermegroup.rulebooks.read import default_rulebook

AT_MOST = 5.0


def written(folder: str, rows: int) -> Path:
    """A synthetic export: id, name, e-mail, municipality, years."""
    chance = np.random.default_rng(1)
    towns = np.array([town.name_fi for town in municipalities() if town.exists], dtype=object)
    numbers = [f"{number:07d}" for number in range(1, rows + 1)]
    table = pd.DataFrame(
        {
            "Tunnus": [f"SYN-{number}" for number in numbers],
            "Nimi": [f"Väinö Keksitty {number}" for number in numbers],
            "Sähköposti": [f"syn{number}@example.org" for number in numbers],
            "Kunta": chance.choice(towns, rows),
            "Työkokemus vuosina": chance.integers(0, 41, rows),
        }
    )
    path = Path(folder, "roster.csv")
    table.to_csv(path, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return path


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(rows: int) -> None:
    """Time both, one after the other, after a first reading that fills the caches."""
    rulebook = default_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder, rows)
        pd.read_csv(path, sep=";")
        alone = seconds(lambda: pd.read_csv(path, sep=";"))
        whole = seconds(lambda: read_roster(path, rulebook))
    print(f"{rows:,} rows: pandas.read_csv {alone:.2f} s, read_roster {whole:.2f} s")
    print(f"ratio {whole / alone:.2f} (at most {AT_MOST:g})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
