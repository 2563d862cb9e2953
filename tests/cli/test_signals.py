"""Signals end a run with their own exit codes, wherever it is, and what was found is saved."""

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

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
MAIN = "from vermegroup.__main__ import main; main()"
# The means of 150 groups cannot be proven to be as close as can be: the search goes on for minutes.
LONG = """
rules:
  - different: municipality
  - include: {years: below 5, at_least: 1}
  - include: {years: 10 or more, at_least: 1}
  - place_everyone
preferences: [resilient: 1, spread: years, balance: years]
"""
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
# The search is told of, so that it is known to have begun.
STARTED = (
    "from vermegroup.solver import search; stage = search.Search.stage; import sys\n"
    "def told(self, name):\n"
    "    name == 'improve' and print('at it', flush=True)\n"
    "    return stage(self, name)\n"
    "search.Search.stage = told\n"
)
LAZY = "from vermegroup.app import form\nread = form.read_asked\n"
SWALLOWED = (
    LAZY + "import os, signal, time\n"
    "def swallowing(*words):\n"
    "    try:\n"
    "        os.kill(os.getpid(), signal.{name})\n"
    "        time.sleep(1)\n"
    "    except BaseException:\n"
    "        pass\n"
    "    return read(*words)\n"
    "form.read_asked = swallowing\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "roster.csv").write_text(sample(600, "loose", seed=1).csv(), "utf-8")
    (tmp_path / "long.yaml").write_text(LONG, "utf-8")
    return tmp_path


def begun(folder: Path, before: str = "", ignored: str = "") -> subprocess.Popen[str]:
    """A search of many minutes; a signal may be ignored from the start, as after nohup."""
    form = ("form", "roster.csv", "--rules", "long.yaml", "--effort", "3000", "-o", "out", "-q")
    shell = ("sh", "-c", f"trap '' {ignored}; exec \"$@\"", "sh") if ignored else ()
    return subprocess.Popen(
        [*shell, sys.executable, "-c", before + MAIN, *form],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    try:
        _told, errors = process.communicate(timeout=90)
    finally:
        process.kill()
    return process.returncode, errors


@pytest.mark.parametrize("name", CODES)
def test_the_best_plan_is_saved_when_a_search_is_ended(folder: Path, name: str) -> None:
    process = begun(folder, STARTED)
    assert process.stdout is not None
    assert process.stdout.readline() == "at it\n"
    process.send_signal(getattr(signal, name))
    assert ended(process) == (CODES[name], "")
    record = json.loads((folder / "out/report.json").read_bytes())
    assert (record["verdict"], record["provenance"]["deterministic"]) == ("formed", False)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_that_a_library_swallowed_ends_the_run_all_the_same(
    folder: Path, name: str
) -> None:
    assert ended(begun(folder, SWALLOWED.format(name=name))) == (CODES[name], "")
    assert not (folder / "out").exists()


@pytest.mark.parametrize("after", [0.3, 0.9])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_while_the_program_is_loaded_ends_it_without_a_word(
    folder: Path, name: str, after: float
) -> None:
    process = begun(folder)
    time.sleep(after)
    process.send_signal(getattr(signal, name))
    code, errors = ended(process)
    # Before Python has begun, the signal ends it as any process.
    assert code in (CODES[name], -getattr(signal, name))
    assert not errors or code < 0


def test_who_asks_that_a_lost_terminal_be_ignored_has_it_so(folder: Path) -> None:
    process = begun(folder, STARTED, ignored="HUP")
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert ended(process)[0] == CODES["SIGTERM"]


def test_an_interrupt_is_heard_although_a_shell_had_it_ignored_for_the_background(
    folder: Path,
) -> None:
    code, errors = ended(begun(folder, SWALLOWED.format(name="SIGINT"), ignored="INT"))
    assert (code, errors) == (130, "")
