"""Ctrl-C: exit code 130, and the best plan so far or nothing; a killed writer loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vermegroup.sampling import sample

PROGRAM = (sys.executable, "-c", "from vermegroup.__main__ import main; main()")
# The means of 150 groups cannot be proven to be as close as can be: the search goes on for minutes.
LONG = """
rules:
  - different: municipality
  - include: {years: below 5, at_least: 1}
  - include: {years: 10 or more, at_least: 1}
  - place_everyone
preferences: [resilient: 1, spread: years, balance: years]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "roster.csv").write_text(sample(600, "loose", seed=1).csv(), "utf-8")
    (tmp_path / "long.yaml").write_text(LONG, "utf-8")
    return tmp_path


def interrupted(folder: Path, after: float, *more: str) -> tuple[int, str]:
    """The exit code, and what was told on standard error."""
    process = subprocess.Popen(
        [*PROGRAM, "form", "roster.csv", "--rules", "long.yaml", "--time-limit", "300", *more],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


@pytest.mark.parametrize("after", [1.0, 2.0, 5.0])
def test_an_interrupted_run_saves_a_valid_plan_or_nothing(folder: Path, after: float) -> None:
    code, errors = interrupted(folder, after)
    assert (code, errors) == (130, "")
    out = folder / "roster-groups"
    assert out.exists() or after < 5
    if out.exists():
        record = json.loads((out / "report.json").read_bytes())
        assert (record["verdict"], record["proven"]) == ("formed", False)
        assert record["provenance"]["deterministic"] is False
        judged = ("audit", "roster-groups/groups.csv", "--rules", "long.yaml", "-q")
        assert subprocess.run([*PROGRAM, *judged], cwd=folder, check=False).returncode == 0


def test_an_interrupted_run_ends_its_processes(folder: Path) -> None:
    assert interrupted(folder, 5.0, "--workers", "2") == (130, "")


def test_the_time_limit_saves_the_best_plan(folder: Path) -> None:
    # No effort beyond the seconds is made, so on a quick machine few seconds may well suffice.
    limited = ("form", "roster.csv", "--rules", "long.yaml", "--time-limit", "0.2", "-q")
    assert subprocess.run([*PROGRAM, *limited], cwd=folder, check=False).returncode == 0
    record = json.loads((folder / "roster-groups/report.json").read_bytes())
    assert record["provenance"]["deterministic"] is False


KILLED = """
import os, signal
from vermegroup.__main__ import main
os.rename = lambda *paths: os.kill(os.getpid(), signal.SIGKILL)
main()
"""


def test_a_run_killed_while_it_writes_leaves_the_earlier_result_as_it_was(folder: Path) -> None:
    out = folder / "roster-groups"
    subprocess.run([*PROGRAM, "form", "roster.csv", "-q"], cwd=folder, check=True)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    another = ("form", "roster.csv", "-q", "--seed", "2", "--lang", "fi")
    killed = subprocess.run([sys.executable, "-c", KILLED, *another], cwd=folder, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert {name: (out / name).read_bytes() for name in before} == before
    assert any(path.name.startswith(".") for path in out.iterdir())
    subprocess.run([*PROGRAM, *another], cwd=folder, check=True)
    assert not any(path.name.startswith(".") for path in out.iterdir())
    assert json.loads((out / "report.json").read_bytes())["provenance"]["seed"] == 2
