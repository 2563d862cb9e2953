"""A batch of ten jobs: what comes of each, what is done again, and kills at any moment."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.batch.conftest import FORMED, IMPOSSIBLE, PROGRAM, REFUSED, Batch, entries, groups
from tests.by_day import todays
from vermegroup.batch.lock import alone_in
from vermegroup.cli.commands import app
from vermegroup.sampling import sample

Here = Callable[..., Result]
ALL = FORMED + IMPOSSIBLE + REFUSED


def states(folder: Path) -> dict[object, object]:
    return {entry["job"]: entry["status"] for entry in entries(folder)}


def test_every_job_ends_in_its_own_way_and_nothing_is_done_twice(
    folder: Path, batch: Batch
) -> None:
    first = batch("--workers", "2")
    assert first.returncode == 1
    told = [line for line in first.stderr.splitlines() if not line.startswith("  ")]
    assert all("in/bad" in line for line in told)
    assert "more in jobs.ndjson" in first.stderr
    assert [line.partition(":")[0] for line in told] == [
        job for job, status in states(folder).items() if status == "refused"
    ]
    assert first.stdout == "10 jobs: 6 formed, 2 impossible, 2 refused\n"
    ledger = (folder / "out/jobs.ndjson").read_bytes()
    ends = {entry["job"]: (entry["status"], entry["exit"]) for entry in entries(folder)}
    assert len(ends) == len(entries(folder)) == ALL
    assert ends["a0"] == ("answered", 0)
    assert ends["no-0"] == ("answered", 1)
    assert ends["bad0"] == ("refused", 2)
    again = batch("--workers", "2")
    assert again.returncode == 1
    assert "10 were unchanged" in again.stdout
    assert (folder / "out/jobs.ndjson").read_bytes() == ledger
    assert batch("--only", "a0", "--only", "no-0").returncode == 0
    assert batch("--only", "a0", "--strict").returncode == 0
    assert batch("--only", "no-0", "--strict").returncode == 1


def test_a_job_writes_what_form_writes(folder: Path, batch: Batch) -> None:
    batch("--only", "a3")
    alone = ("form", "in/a3.csv", "--lang", "fi", "--effort", "5", "-o", "alone")
    subprocess.run([*PROGRAM, *alone], cwd=folder, check=True, capture_output=True)
    for name in ("groups.csv", "report.html"):
        ours, theirs = (folder / place / name for place in ("out/a3", "alone"))
        assert _timeless(ours.read_bytes()) == _timeless(theirs.read_bytes())


def _timeless(page: bytes) -> bytes:
    """Without how long it took."""
    return re.sub(rb'<details class="provenance">.*', b"", page, flags=re.DOTALL)


def test_the_summaries_tell_of_every_job(folder: Path, batch: Batch) -> None:
    batch("--lang", "fi")
    with (folder / "out/summary.csv").open(encoding="utf-8") as file:
        rows = {row["job"]: row for row in csv.DictReader(file)}
    assert len(rows) == ALL
    assert (rows["a1"]["verdict"], rows["a1"]["placed"], rows["a1"]["proven"]) == (
        "formed",
        "16",
        "true",
    )
    assert rows["bad0"]["status"] == "refused"
    assert rows["bad0"]["message"].startswith("in/bad0.csv")
    assert "16" in rows["no-0"]["message"], "why it is impossible is not told"
    page = (folder / "out/summary.html").read_text("utf-8")
    assert page.count("<tr") == ALL + 1
    assert '<a href="a0/report.html">a0</a>' in page
    assert 'href="bad0' not in page
    assert "http" not in page
    assert '<html lang="fi">' in page


def test_what_has_changed_is_done_again_and_nothing_else(folder: Path, batch: Batch) -> None:
    batch()
    roster = folder / "in/a2.csv"
    roster.write_bytes(roster.read_bytes().replace(b"SYN-0001", b"SYN-9001"))
    (folder / "out/a4/groups.csv").unlink()
    told = json.loads(batch("--dry-run", "--format", "json").stdout)["plan"]
    assert [line["job"] for line in told if line["run"]] == ["a2", "a4"]
    assert not batch("--dry-run").stderr
    assert "8 were unchanged" in batch().stdout
    assert b"SYN-9001" in groups(folder)["a2"]
    rerun = batch("--rerun", "refused", "--dry-run", "--format", "json")
    assert [line["job"] for line in json.loads(rerun.stdout)["plan"] if line["run"]] == [
        "bad0",
        "bad1",
    ]


def test_an_edited_result_is_not_written_over(folder: Path, here: Here) -> None:
    here("--only", "a0")
    edited = folder / "out/a0/groups.csv"
    edited.write_bytes(edited.read_bytes() + b"\n")
    before = edited.read_bytes()
    (folder / "out/a1").write_text("a file where a folder is to be")
    refused = here("--only", "a0", "--only", "a1")
    assert refused.exit_code == 1
    assert "a0: out/a0/groups.csv: The" not in refused.stderr  # it is told in the job's language
    assert "a0: out/a0/groups.csv: " in refused.stderr
    assert edited.read_bytes() == before
    assert {entry["status"] for entry in entries(folder)[-2:]} == {"refused"}
    (folder / "out/a1").unlink()
    assert here("--only", "a1").exit_code == 0
    assert here("--only", "a0").exit_code == 1
    assert here("--only", "a0", "--force").exit_code == 0
    assert edited.read_bytes() != before


def test_what_a_lost_log_told_of_is_done_once(folder: Path, here: Here) -> None:
    here("--only", "a0")
    (folder / "out/jobs.ndjson").unlink()
    here("--only", "a0")
    assert "1 was unchanged" in here("--only", "a0").stdout


def by_hand(*words: str) -> None:
    result = CliRunner().invoke(app, [*words, "-q"])
    assert result.exit_code in (0, 1), result.output


def test_results_that_were_changed_by_hand_are_left_and_told(folder: Path, here: Here) -> None:
    jobs = "jobs:\n- roster: in/a0.csv\n- {name: later, rebalance: a0, left: [SYN-0003]}\n"
    (folder / "jobs.yaml").write_text(jobs, "utf-8")
    here()
    by_hand("move", "out/a0/groups.csv", "--swap", "SYN-0001", "SYN-0002")
    moved = groups(folder)
    told = json.loads(here("--dry-run", "--format", "json").stdout)["plan"]
    assert [line["run"] for line in told] == [False, True]
    assert told[0]["why"] == "changed by move since; --force forms anew"
    left = here()
    assert left.exit_code == 0
    assert "a0: changed by move since" in left.stderr
    assert "1 was changed by hand since" in left.stdout
    assert groups(folder)["a0"] == moved["a0"]
    assert groups(folder)["later"] != moved["later"]
    with (folder / "out/summary.csv").open(encoding="utf-8") as file:
        assert "Changed by move" in next(csv.DictReader(file))["message"]
    lines = len(entries(folder))
    roster = folder / "in/a0.csv"
    roster.write_bytes(roster.read_bytes().replace(b"SYN-0009", b"SYN-9009"))
    behind = here()
    assert "what it reads has changed, too" in behind.stderr
    assert (groups(folder)["a0"], len(entries(folder))) == (moved["a0"], lines)
    anew = here("--force")
    assert b"SYN-9009" in groups(folder)["a0"]
    assert "a0: out/a0: The results that stood here are kept in" in anew.stderr
    assert any("kept in" in str(entry["findings"]) for entry in entries(folder)[lines:])


def test_edited_groups_that_were_audited_are_left(folder: Path, here: Here) -> None:
    here("--only", "a0")
    file = folder / "out/a0/groups.csv"
    file.write_bytes(file.read_bytes().replace(b"G01", b"G09"))
    assert here("--only", "a0").exit_code == 1
    by_hand("audit", "out/a0/groups.csv", "-o", "out/a0", "--force")
    edited = file.read_bytes()
    left = here("--only", "a0")
    assert left.exit_code == 0
    assert "changed by audit" in left.stderr
    assert file.read_bytes() == edited


def test_a_killed_batch_goes_on_where_it_was_to_the_same_groups(folder: Path, batch: Batch) -> None:
    batch("--workers", "2")
    whole = groups(folder)
    (folder / "out").rename(folder / "whole")
    for _kill in range(2):
        process = subprocess.Popen([*PROGRAM, "batch", "jobs.yaml", "-o", "out"], cwd=folder)
        before = len(entries(folder)) if (folder / "out/jobs.ndjson").exists() else 0
        _wait_for_more_than(before, folder)
        process.kill()
        process.wait()
    with (folder / "out/jobs.ndjson").open("ab") as ledger:
        ledger.write(b'{"job": "a5", "key": "torn')
    assert batch("--workers", "2").returncode == 1
    assert groups(folder) == whole
    assert entries_are_whole(folder)


def entries_are_whole(folder: Path) -> bool:
    jobs = set()
    for line in (folder / "out/jobs.ndjson").read_bytes().splitlines():
        try:
            jobs.add(json.loads(line)["job"])
        except ValueError:
            assert line.endswith(b"torn")
    return len(jobs) == ALL


def _wait_for_more_than(lines: int, folder: Path) -> None:
    ledger, ends = folder / "out/jobs.ndjson", time.monotonic() + 60
    while not ledger.exists() or len(ledger.read_bytes().splitlines()) <= lines:
        assert time.monotonic() < ends
        time.sleep(0.02)


# The means of 150 groups cannot be proven to be as close as can be: the search goes on for minutes.
SLOW = """
rules:
- different: municipality
- include: {years: below 5, at_least: 1}
- include: {years: 10 or more, at_least: 1}
- place_everyone
preferences: [resilient: 1, spread: years, balance: years]
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "code"),
    todays([("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)], 3, several=True),
)
def test_a_signal_saves_what_runs_and_the_rest_is_done_later(
    folder: Path, batch: Batch, number: str, code: int
) -> None:
    if signal.getsignal(getattr(signal, number)) is signal.SIG_IGN:
        pytest.skip("whoever started this ignores it, as nohup does")
    (folder / "in/long.csv").write_text(sample(600, "loose", seed=1).csv(), "utf-8")
    (folder / "slow.yaml").write_text(SLOW, "utf-8")
    jobs = "jobs:\n- roster: in/a0.csv\n- {roster: in/long.csv, rules: slow.yaml, effort: 300}\n"
    (folder / "jobs.yaml").write_text(jobs + "- roster: in/a1.csv\n", "utf-8")
    process = subprocess.Popen(
        [*PROGRAM, "batch", "jobs.yaml", "-o", "out"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _wait_for_more_than(0, folder)
    time.sleep(2)
    os.killpg(process.pid, getattr(signal, number))
    told, _errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert "2 not done yet" in told
    assert [entry["job"] for entry in entries(folder)] == ["a0"]
    saved = json.loads((folder / "out/long/report.json").read_bytes())
    assert saved["provenance"]["deterministic"] is False
    jobs = jobs.replace("effort: 300", "effort: 1")
    (folder / "jobs.yaml").write_text(jobs, "utf-8")
    assert batch().returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="/proc and signals of POSIX")
def test_a_process_that_dies_takes_its_job_and_no_other(folder: Path, batch: Batch) -> None:
    (folder / "slow.yaml").write_text(SLOW, "utf-8")
    (folder / "in/long.csv").write_text(sample(600, "loose", seed=1).csv(), "utf-8")
    jobs = "jobs:\n- {roster: in/long.csv, rules: slow.yaml, effort: 300}\n- roster: in/a1.csv\n"
    (folder / "jobs.yaml").write_text(jobs, "utf-8")
    process = subprocess.Popen([*PROGRAM, "batch", "jobs.yaml", "-o", "out"], cwd=folder)
    (worker,) = _children(process.pid)
    os.kill(worker, signal.SIGKILL)
    assert process.wait(60) == 1
    ends = {entry["job"]: entry for entry in entries(folder)}
    assert (ends["long"]["status"], ends["long"]["exit"]) == ("crashed", 70)
    assert "SIGKILL" in str(ends["long"]["findings"])
    assert ends["a1"]["status"] == "answered"


def _children(process: int) -> list[int]:
    """The processes that do jobs: Python has one more, which tracks what they share."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        found = subprocess.run(
            ["pgrep", "-f", "spawn_main", "-P", str(process)],
            capture_output=True,
            text=True,
            check=False,
        )
        if found.stdout:
            return list(map(int, found.stdout.split()))
        time.sleep(0.05)
    raise AssertionError("no process does jobs")


def test_one_batch_at_a_time_works_in_a_folder(folder: Path, batch: Batch) -> None:
    with alone_in(folder / "out"):
        shown = batch("--format", "json")
    assert shown.returncode == 2
    assert "Another batch is at work" in " ".join(shown.stderr.split())
    answer = json.loads(shown.stdout)
    assert (answer["verdict"], answer["findings"][0]["file"]) == ("refused", "out")
    assert not (folder / "out/jobs.ndjson").exists()


def test_groups_are_rebalanced_after_they_were_formed(folder: Path, batch: Batch) -> None:
    jobs = "jobs:\n- {name: later, rebalance: out/a0/groups.csv, left: [SYN-0001]}\n"
    (folder / "jobs.yaml").write_text(jobs + "- roster: in/a0.csv\n", "utf-8")
    assert batch("--workers", "2").returncode == 0
    assert [entry["job"] for entry in entries(folder)] == ["a0", "later"]
    assert "2 were unchanged" in batch().stdout
    (folder / "in/a0.csv").write_text("nothing;of use\n1;2\n", "utf-8")
    plan = json.loads(batch("--dry-run", "--format", "json").stdout)["plan"]
    assert [(line["job"], line["run"]) for line in plan] == [("a0", True), ("later", True)]
    assert batch().returncode == 1
    refused = [entry for entry in entries(folder)[2:] if entry["status"] == "refused"]
    assert [entry["job"] for entry in refused] == ["a0", "later"]
    assert (folder / "out/a0/STALE").exists()
    assert (folder / "out/later/STALE").exists()
