"""``options`` lists where somebody could go, in words and in JSON."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

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


FREE = "groups: {size: 2-5}\nrules: [different: municipality]\npreferences: [place_everyone]\n"


def test_a_new_group_and_the_queue_are_offered_where_the_rulebook_has_them(
    formed: Path, run: Run
) -> None:
    def told(rules: str) -> list[dict[str, Any]]:
        Path("rules.yaml").write_text(rules)
        call = ("options", GROUPS, "SYN-8", "--most", "50", "--format", "json")
        record = json.loads(run(*call, "--rules", "rules.yaml").stdout)
        assert record["rules_kept"]
        options: list[dict[str, Any]] = record["options"]
        return options

    options = told(FREE)
    (new,) = (option for option in options if "new_group" in option)
    assert {move["to"] for move in new["moves"]} == {new["new_group"]} == {"G03"}
    assert len(new["moves"]) == 2
    assert options[-1]["moves"] == [{"participant": "SYN-8", "from": "G01", "to": ""}]
    assert options[-1]["preferences"]  # one more waits
    for at, option in enumerate((new, options[-1])):
        after = run(*shlex.split(option["command"])[1:], "-o", f"after-{at}")
        assert after.exit_code == 0, after.output
    shown = run("options", GROUPS, "SYN-8", "--rules", "rules.yaml", "--most", "50").stdout
    assert "G03 is a new group" in shown
    assert "Move SYN-8 from G01 to the queue" in shown
    kept = told(
        FREE.replace("2-5", "2-5, count: 2").replace("rules: [", "rules: [place_everyone, ")
    )
    assert not any("new_group" in option for option in kept)
    assert all(move["to"] for option in kept for move in option["moves"])
