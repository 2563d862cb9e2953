"""Whoever edits is killed at any moment: nothing is lost that was said to be done."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.by_day import todays
from tests.edit.session.at_work import told
from tests.edit.session.test_saving import FOLDER
from vermegroup.edit.session.unfinished import offered, taken_up

REPOSITORY = Path(__file__).parents[3]
KILLS = 3
"""In one test; there are ten of them."""
LONGEST = 1.0
"""Seconds after which it is killed at the latest."""


def until_killed(seed: int) -> list[dict[str, Any]]:
    """What somebody at work said until it was killed."""
    call = [sys.executable, "-m", "tests.edit.session.at_work", str(FOLDER), str(seed)]
    paths = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    said: list[dict[str, Any]] = []
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as worker:
        killing = Timer(LONGEST * random.Random(seed).random(), worker.kill)
        for line in lines_of(worker):
            if not said:
                killing.start()
            said.append(json.loads(line))
        killing.cancel()
    assert worker.returncode == -9
    return said


def lines_of(worker: subprocess.Popen[str]) -> Iterator[str]:
    assert worker.stdout is not None
    return (line for line in worker.stdout if line.endswith("\n"))


def content() -> str:
    return sha256((FOLDER / "groups.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize("block", todays(range(10)))
def test_nothing_is_lost_that_was_said_to_be_done(block: int, formed: Path) -> None:
    assert formed.exists()
    versions, steps = {content()}, 0
    for seed in range(KILLS * block, KILLS * block + KILLS):
        said = until_killed(seed)
        states = [each for each in said if "saved" not in each]
        versions |= {str(each["saved"]) for each in said if "saved" in each}
        steps += len(states)
        found, last = offered(FOLDER), states[-1]
        # What was being saved may be there, too: it is a state that was told of.
        assert content() in versions | {str(each["groups"]) for each in states}
        versions.add(content())
        if found is None:
            assert content() == last["groups"]
            continue
        session, findings = taken_up(found)
        assert findings == ()
        now = told(session)
        if now != last:  # one more was noted, and not said any more
            shorter = replace(found, lines=found.lines[:-1])
            before, _ = taken_up(shorter)
            assert told(before) == last
    assert steps > KILLS
