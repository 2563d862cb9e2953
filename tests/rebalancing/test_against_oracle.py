"""Rebalancing answers as the oracle does: verdict, plan, preferences, bounds and what is proven.

Every day draws other cases; ``python -m tests.rebalancing FIRST NUMBER`` draws as many as wanted.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rebalancing.cases import random_case
from tests.rebalancing.judging import answer_to, faults, said_less
from vermegroup.cli.commands import app

TODAY = datetime.now(UTC).date().toordinal() * 1_000


@pytest.mark.parametrize("number", range(TODAY, TODAY + 50))
def test_what_is_said_is_so_and_nothing_is_left_open(number: int, tmp_path: Path) -> None:
    case = random_case(number)
    answer = answer_to(case, tmp_path)
    if answer is not None:
        assert faults(case, answer) == []
        assert said_less(answer) == []


@pytest.mark.parametrize("number", range(TODAY, TODAY + 12))
def test_the_command_line_says_the_same(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = random_case(number)
    answer = answer_to(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, [*case.arguments(), "--format", "json", "-o", "out"])
    if answer is None:
        assert shown.exit_code == 2
        return
    record = json.loads(shown.stdout)
    assert record["verdict"] == answer.outcome.verdict.value
    assert shown.exit_code == {"formed": 0, "impossible": 1}[record["verdict"]]
    assert [line["value"] for line in record["preferences"]] == [
        line.value for line in answer.report.preferences
    ]
