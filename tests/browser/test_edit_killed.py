"""The program and the browser are killed at any moment: what the page showed as done is there."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Tabs
from tests.browser.edit_at_random import changes_in_list
from tests.browser.edit_program import GROUPS, Program, formed_in, program
from tests.browser.edit_story import Story
from tests.by_day import todays

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPOSITORY = Path(__file__).parents[2]
KILLS = 1
"""In one test; there are thirty of them."""
LONGEST = 2.0
"""Seconds of work after which all is killed at the latest."""
Said = dict[str, Any]


def until_killed(server: Program, seed: int) -> list[Said]:
    """What somebody at work said until they, their browser and the program were killed."""
    worker_of = [sys.executable, "-m", "tests.browser.edit_at_random"]
    call = [*worker_of, server.address, str(Path(GROUPS).resolve()), str(seed)]
    said: list[Said] = []
    with subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ) as worker:
        lines = lines_of(worker)
        browser = int(next(lines)["browser"])

        def kill() -> None:
            for process in (server.process.pid, browser, worker.pid):
                os.kill(process, signal.SIGKILL)

        killing = Timer(LONGEST * random.Random(seed).uniform(0.2, 1), kill)
        for line in lines:
            if not said:
                killing.start()
            said.append(line)
        killing.join()
    assert worker.returncode == -signal.SIGKILL
    assert server.process.wait() == -signal.SIGKILL
    return said


def lines_of(worker: subprocess.Popen[str]) -> Iterator[Said]:
    assert worker.stdout is not None
    return (json.loads(line) for line in worker.stdout if line.endswith("\n"))


def taken_up(page: Page, folder: Path) -> Said:
    """What the page shows that is opened next, once what it offers was taken up."""
    offer = page.locator('form[action="/starting/take-up"] button.main')
    offer.or_(page.locator("body.scripted")).first.wait_for(state="attached")
    offers = offer.count() > 0
    if offers:
        offer.click()
        page.locator("body.scripted").wait_for(state="attached")
    assert page.locator("#told:not([hidden])").count() == 0  # no notes of anything that is missing
    story = Story(page, folder, folder, "en")
    shown = {"homes": story.shown(), "pins": sorted(story.people(".fixed"))}
    return {**shown, "changes": changes_in_list(page)[0], "offered": offers}


def is_there(now: Said, state: Said) -> bool:
    """Whether what was shown once is there; of what was saved, pins and changes are forgotten."""
    known = ("homes", "pins", "changes") if now["offered"] else ("homes",)
    return all(now[each] == state[each] for each in known)


@pytest.mark.parametrize("block", todays(range(30), days=30))
def test_what_was_shown_as_done_is_there(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tabs: Tabs
) -> None:
    monkeypatch.chdir(tmp_path)
    formed_in(tmp_path)
    file = tmp_path / GROUPS
    versions = {digest(file)}
    for seed in range(KILLS * block, KILLS * block + KILLS):
        with program(tmp_path) as server:
            page = tabs.open(server.address)
            taken_up(page, tmp_path)
            page.context.close()
            said = until_killed(server, seed)
        states = [each["done"] for each in said if "done" in each]
        under_way = said[-1] if "doing" in said[-1] else {}
        versions |= {str(each["file"]) for each in said if "file" in each}
        may_be = [states[-1], *([under_way["then"]] if under_way else [])]
        # A file that was being saved may be there, too: then it is that of the last state.
        if digest(file) not in versions:
            assert under_way["doing"] == "save"
            assert homes_in(file) == states[-1]["homes"]
            versions.add(digest(file))
        with program(tmp_path) as server:
            now = taken_up(tabs.open(server.address), tmp_path)
            assert any(is_there(now, state) for state in may_be), (now, may_be)
            assert now["offered"] or homes_in(file) == now["homes"]


def digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def homes_in(file: Path) -> dict[str, str]:
    with open(file, encoding="utf-8", newline="") as text:
        return {row["id"]: row["group"] for row in csv.DictReader(text)}
