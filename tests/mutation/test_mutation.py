"""The hunt itself: what a test would notice it reports as told, and an equal as surviving."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = """
class Pair:
    def larger(self, one, other):
        return one if one > other else other
"""
TESTS = """
import pair

def test_larger():
    assert [pair.Pair().larger(*own) for own in ((1, 2), (3, 2), (2, 2))] == [2, 3, 2]
"""


def hunted(folder: Path, only: str, *options: str, tests: str = TESTS) -> str:
    """What a hunt for the mutants of a small file says."""
    (folder / "pair.py").write_text(SOURCE, "utf-8")
    (folder / "test_pair.py").write_text(tests, "utf-8")
    files = ["--source", str(folder / "pair.py"), "--tests", str(folder / "test_pair.py")]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.mutation", *files, "--only", only, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


def test_what_a_test_would_notice_is_told_and_what_is_equal_survives(tmp_path: Path) -> None:
    said = hunted(tmp_path, "Pair.larger")
    assert "told: 3 of 4, 75.0 %" in said
    assert "survives (1 tests): pair.py:4 Pair.larger: one > other → one >= other" in said


def test_a_test_that_has_changed_since_the_notes_is_run_again_as_it_is_now(tmp_path: Path) -> None:
    notes = ["--notes", str(tmp_path / "notes.json")]
    idle = TESTS.replace("assert", "pair.Pair() or")
    assert "told: 0 of 4" in hunted(tmp_path, "Pair.larger", *notes, tests=idle)
    assert "told: 3 of 4" in hunted(tmp_path, "Pair.larger", *notes, "--again")
