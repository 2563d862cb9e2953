"""``options`` lists where somebody could go, in words and in JSON."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_move import GROUPS, formed

__all__ = ["formed"]


@pytest.mark.usefixtures("formed")
def test_the_first_options_are_told_with_their_effects_and_how_many_more(run: Run) -> None:
    shown = run("options", GROUPS, "SYN-8", "--most", "1")
    assert shown.exit_code == 0
    assert "SYN-8 is in G01" in shown.stdout
    record = json.loads(run("options", GROUPS, "SYN-8", "--format", "json").stdout)
    count = len(record["options"])
    assert f"{count} options keep every rule" in shown.stdout
    assert f"{count - 1} more" in shown.stdout
    assert record["rules_kept"]
    assert all(not option["rules_broken"] for option in record["options"])
    assert {"participant": "SYN-8", "from": "G01", "to": "G02"} in record["options"][-1]["moves"]


def test_each_option_has_a_command_that_keeps_every_rule(formed: Path, run: Run) -> None:
    record = json.loads(run("options", GROUPS, "SYN-8", "--format", "json").stdout)
    for number, option in enumerate(record["options"]):
        words = shlex.split(option["command"])[1:]
        assert run(*words, "-o", f"after-{number}").exit_code == 0
        saved = formed.parents[1] / f"after-{number}" / "report.json"
        bonds = json.loads(saved.read_text("utf-8"))["bonds"]
        assert bonds["broken"] == option["bonds_broken"]


@pytest.mark.usefixtures("formed")
def test_where_no_option_keeps_every_rule_those_that_break_the_fewest_are_told(run: Run) -> None:
    run("move", GROUPS, "SYN-5=-", "SYN-6=-", "-q")
    shown = run("options", GROUPS, "SYN-5")
    assert shown.exit_code == 1
    assert "SYN-5 is in the queue" in shown.stdout
    assert "these break the fewest" in shown.stdout


@pytest.mark.usefixtures("formed")
def test_somebody_unknown_is_a_wrong_call(run: Run) -> None:
    shown = run("options", GROUPS, "SYN-88")
    assert shown.exit_code == 2
    assert "No member has the id" in shown.stderr
