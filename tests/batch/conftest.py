"""Rosters in a folder of their own, and batches run over them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.schemas import faults
from vermegroup.batch.ledger import Entry
from vermegroup.batch.task import Task
from vermegroup.batch.work import done
from vermegroup.cli.commands import app
from vermegroup.sampling import sample

PROGRAM = (
    sys.executable,
    "-c",
    "from vermegroup.__main__ import main\nif __name__ == '__main__': main()",
)
Batch = Callable[..., subprocess.CompletedProcess[str]]
FORMED, IMPOSSIBLE, REFUSED = 6, 2, 2
JOBS = """\
defaults: {effort: 5, lang: fi}
jobs:
- {roster: "in/a*.csv"}
- {name: no-0, roster: in/a0.csv, groups: 9}
- {name: no-1, roster: in/a1.csv, groups: 9}
- {roster: "in/bad*.csv"}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with ten jobs: six to be formed, two impossible, two to be refused."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for seed in range(FORMED):
        (tmp_path / f"in/a{seed}.csv").write_text(sample(16, seed=seed).csv(), "utf-8")
    for number in range(REFUSED):
        (tmp_path / f"in/bad{number}.csv").write_text("nothing;of use\n1;2\n", "utf-8")
    (tmp_path / "jobs.yaml").write_text(JOBS, "utf-8")
    return tmp_path


@pytest.fixture
def batch(folder: Path) -> Batch:
    def call(*words: str, jobs: str = "jobs.yaml") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, "batch", jobs, "-o", "out", *words],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


class _Here:
    """A crew of this process: what starts and loads processes is tested elsewhere."""

    def __init__(self) -> None:
        self._done: list[tuple[Task, Entry]] = []

    def free(self) -> int:
        return 1 - len(self._done)

    def begin(self, task: Task) -> None:
        self._done.append((task, done(task, Event())))

    def at_work(self) -> bool:
        return bool(self._done)

    def finished(self, seconds: float) -> list[tuple[Task, Entry]]:
        del seconds
        found, self._done = self._done, []
        return found

    def stop(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A batch in this process."""
    del folder  # it is the current one
    monkeypatch.setattr("vermegroup.batch.crew.crew_of", lambda *_: _Here())

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["batch", "jobs.yaml", "-o", "out", *words])

    return call


def entries(folder: Path) -> list[dict[str, object]]:
    """What the log tells, each line as its schema has it."""
    found = []
    for line in (folder / "out/jobs.ndjson").read_bytes().splitlines():
        with suppress(ValueError):  # torn by a kill
            found.append(json.loads(line))
            assert faults(line) == []
    return found


def groups(folder: Path) -> dict[str, bytes]:
    return {path.parent.name: path.read_bytes() for path in sorted(folder.glob("out/*/groups.csv"))}
