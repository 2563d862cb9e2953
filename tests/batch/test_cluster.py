"""A cluster does jobs as processes do, also when it loses a worker; and it must see the files."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.batch.conftest import PROGRAM, Batch, entries, groups
from tests.clusters import two_workers
from vermegroup.batch.jobs import Job
from vermegroup.batch.task import Task
from vermegroup.batch.work import done
from vermegroup.sampling import sample

pytest.importorskip("distributed")
JOBS = 40


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    with two_workers(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def test_a_cluster_that_loses_a_worker_answers_every_job_with_the_same_bytes(
    folder: Path, batch: Batch, cluster: tuple[str, list[int]]
) -> None:
    address, pids = cluster
    for number in range(JOBS):
        (folder / f"in/c{number}.csv").write_text(sample(16, seed=number).csv(), "utf-8")
    (folder / "jobs.yaml").write_text('jobs: [{roster: "in/c*.csv"}]\n', "utf-8")
    call = (*PROGRAM, "batch", "jobs.yaml", "-o", "out", "-q", "--executor", address)
    process = subprocess.Popen(call, cwd=folder)
    ends = time.monotonic() + 120
    while not (folder / "out/jobs.ndjson").exists() or len(entries(folder)) < 5:
        assert time.monotonic() < ends
        time.sleep(0.02)
    os.kill(pids[0], signal.SIGKILL)
    assert len(entries(folder)) < JOBS, "the worker was lost too late to matter"
    code = process.wait(300)
    assert [entry for entry in entries(folder) if entry["exit"]] == []
    assert code == 0
    theirs = groups(folder)
    assert len(theirs) == JOBS
    (folder / "out").rename(folder / "theirs")
    assert batch("--workers", "2").returncode == 0
    assert groups(folder) == theirs


def test_a_worker_that_does_not_see_the_folder_says_so(tmp_path: Path) -> None:
    job = Job("a", "roster", "a.csv", lang="en")
    task = Task(job, "", tmp_path / "a", shared=tmp_path / "elsewhere/lock")
    entry = done(task, Event())
    assert (entry.status, entry.exit) == ("refused", 2)
    assert "does not see this folder" in str(entry.findings[0]["message"])
