"""``--executor``: a Dask cluster that is already there, and what is said where there is none."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.clusters import two_workers

pytest.importorskip("distributed")

# Exchanges would leave nothing for neighbourhoods to do on this roster.
WITHOUT_EXCHANGES = (
    "from dataclasses import replace; from vermegroup.solver import params, strategy; "
    "none = {'exchange_effort': 0.0, 'exchange_each': 0.0}; "
    "own = replace(params.PARAMS.strategy, **none); "
    "strategy.PARAMS = replace(params.PARAMS, strategy=own); "
)
MAIN = "from vermegroup.__main__ import main; main()"
PROGRAM = (sys.executable, "-c", WITHOUT_EXCHANGES + MAIN)
# Hundreds of small models, for people of few professions.
PEOPLE = 2000
RULES = """
rules: [different: municipality, place_everyone]
preferences: [different: profession, even_sizes]
"""


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    with two_workers(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = random.Random(1)
    rows = [
        f"SYN-{at},Town {chance.randrange(900)},{chance.choice('aaaabbccde')}\n"
        for at in range(PEOPLE)
    ]
    header = "id,municipality,profession\n"
    (tmp_path / "roster.csv").write_text(header + "".join(rows), "utf-8")
    (tmp_path / "rules.yaml").write_text(RULES, "utf-8")
    return tmp_path


def started(folder: Path, out: str, *more: str) -> subprocess.Popen[bytes]:
    form = ("form", "roster.csv", "--rules", "rules.yaml", "--time-limit", "300", "-q", "-o", out)
    return subprocess.Popen([*PROGRAM, *form, *more], cwd=folder, stderr=subprocess.DEVNULL)


def test_a_cluster_gives_the_same_bytes_even_when_it_loses_a_worker(
    folder: Path, workers: tuple[str, list[int]]
) -> None:
    address, pids = workers
    assert started(folder, "here").wait() == 0
    assert started(folder, "cluster", "--executor", address).wait() == 0
    losing = started(folder, "losing", "--executor", address)
    time.sleep(2.5)
    os.kill(pids[0], signal.SIGKILL)
    assert losing.poll() is None, "the worker was lost too late to matter"
    assert losing.wait() == 0
    here = (folder / "here/groups.csv").read_bytes()
    assert (folder / "cluster/groups.csv").read_bytes() == here
    assert (folder / "losing/groups.csv").read_bytes() == here


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("elsewhere", "neither local nor the address"),
        ("dask://127.0.0.1", "neither local nor the address"),
        ("dask://127.0.0.1:1", "No Dask cluster answers"),
    ],
)
def test_a_place_where_there_is_no_cluster_is_the_calls_fault(
    run: Run, monkeypatch: pytest.MonkeyPatch, where: str, message: str
) -> None:
    monkeypatch.setattr("vermegroup.app.workers._PATIENCE", "1s")
    shown = run("form", "roster.csv", "--executor", where)
    assert shown.exit_code == 2
    assert message in " ".join(shown.stderr.split())
