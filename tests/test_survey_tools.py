"""What survey tools export goes through every command as it is, and no row of it is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.survey_tools import TOOLS, as_csv, as_xlsx, export, people
from vermegroup.cli.commands import app
from vermegroup.intake import read_roster
from vermegroup.rulebooks.read import default_rulebook

EXPORTS = pytest.mark.parametrize(("tool", "language"), TOOLS)
# The others are read alike, and the commands take seconds.
ONE_OF_EACH = pytest.mark.parametrize(
    ("tool", "language"),
    [
        ("Google Forms", "fi"),
        ("Microsoft Forms", "sv"),
        ("Webropol", "en"),
        ("Lyyti", "fi"),
        ("E-lomake", "sv"),
    ],
)


@EXPORTS
@pytest.mark.parametrize("written", [as_csv, lambda rows: as_csv(rows, ";"), as_xlsx])
def test_the_columns_and_the_latest_answers_are_found(
    tmp_path: Path, tool: str, language: str, written: Callable[[list[list[str]]], bytes]
) -> None:
    (tmp_path / "answers").write_bytes(written(export(tool, language)))
    roster, findings = read_roster(tmp_path / "answers", default_rulebook())
    who = people(language)
    assert sorted(roster.labels.tolist()) == sorted(person.name for person in who)
    ticks = dict(zip(roster.labels.tolist(), roster.numbers["years"].ticks.tolist(), strict=True))
    assert ticks == {person.name: person.years for person in who}
    assert len(roster.categories["municipality"].values) == 19
    assert [(aside.row, aside.merged_into) for aside in roster.set_aside] == [(7, 2)]
    assert not [finding for finding in findings if finding.severity.value == "warning"]


@ONE_OF_EACH
def test_every_command_takes_an_export_and_accounts_for_each_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = export(tool, language)
    roster = "answers.xlsx" if tool in ("Microsoft Forms", "Lyyti") else "answers.csv"
    Path(roster).write_bytes(as_xlsx(rows) if roster.endswith("xlsx") else as_csv(rows))
    # Whether every number of groups is settled in the time there is, hangs on the machine.
    assert _run("check", roster).exit_code in (0, 3)
    assert _run("init", roster, "-o", "rules.yaml").exit_code == 0
    assert _run("form", roster, "--rules", "rules.yaml", "-o", "formed").exit_code == 0
    _accounted_for("formed", rows)
    groups = "formed/groups.csv"
    assert _run("audit", groups, "--rules", "rules.yaml").exit_code == 0
    absent = people(language)[7].email
    assert _run("rebalance", groups, "--absent", absent, "-o", "meeting").exit_code == 0
    _accounted_for("meeting", rows)
    assert _run("compare", groups, "meeting/groups.csv").exit_code == 0


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def _accounted_for(folder: str, rows: list[list[str]]) -> None:
    """Every row is placed, waits or is set aside, and is written again with all its cells."""
    counts = json.loads((Path(folder) / "report.json").read_text("utf-8"))["participants"]
    placed, aside = counts["placed"], counts["set_aside"]
    assert counts["read"] == len(rows) - 1 == placed + counts["waitlisted"] + aside
    text = (Path(folder) / "groups.csv").read_text("utf-8-sig")
    written = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    assert [row[: len(rows[0])] for row in written] == rows
    group = len(rows[0])
    assert sum(bool(row[group]) for row in written[1:]) == placed


def _delimiter(text: str) -> str:
    return ";" if text.count(";") > text.count(",") else ","
