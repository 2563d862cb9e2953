"""What survey tools export goes through every command as it is, and no row of it is lost."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.survey_tools import (
    TOOLS,
    as_csv,
    as_xlsx,
    dated_xlsx,
    export,
    late,
    people,
    reopened_csv,
)
from vermegroup.cli.commands import app
from vermegroup.intake import read_roster
from vermegroup.rulebooks.read import default_rulebook

Rows = list[list[str]]
EXPORTS = pytest.mark.parametrize(("tool", "language"), TOOLS)
SAVED = {
    "csv": as_csv,
    "semicolons.csv": lambda rows: as_csv(rows, ";"),
    "xlsx": as_xlsx,
    "dated.xlsx": dated_xlsx,
    "reopened.csv": reopened_csv,
}
# All are read, and each tool goes through the commands in one of these; the sweep tries the rest.
OF_EACH = [
    pytest.param(*tool, saved, marks=() if at % len(SAVED) == place else pytest.mark.sweep)
    for at, tool in enumerate(TOOLS)
    for place, saved in enumerate(SAVED)
]


@EXPORTS
@pytest.mark.parametrize("saved", SAVED)
def test_the_columns_and_the_latest_answers_are_found(
    tmp_path: Path, tool: str, language: str, saved: str
) -> None:
    (tmp_path / "answers").write_bytes(SAVED[saved](export(tool, language)))
    roster, findings = read_roster(tmp_path / "answers", default_rulebook())
    who = people(language)
    assert sorted(roster.labels.tolist()) == sorted(person.name for person in who)
    ticks = dict(zip(roster.labels.tolist(), roster.numbers["years"].ticks.tolist(), strict=True))
    assert ticks == {person.name: person.years for person in who}
    assert len(roster.categories["municipality"].values) == 19
    assert [(aside.row, aside.merged_into) for aside in roster.set_aside] == [(7, 2)]
    assert not [finding for finding in findings if finding.severity.value == "warning"]


@pytest.mark.parametrize(("tool", "language", "saved"), OF_EACH)
def test_every_command_takes_an_export_and_accounts_for_each_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str, language: str, saved: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write, suffix = SAVED[saved], saved.rpartition(".")[2]
    files = Path(f"answers.{suffix}"), Path(f"late.{suffix}")
    for file, rows in zip(files, (export(tool, language), late(tool, language)), strict=True):
        file.write_bytes(write(rows))
    _go_through(*files, language)


@pytest.mark.sweep
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("write", "given", "to"),
    [
        (as_csv, "csv", ["--infilter=CSV:44,34,76,1,,1035,false,true", "--convert-to", "xlsx"]),
        (as_csv, "csv", ["--infilter=CSV:44,34,76,1,,1033,false,true", "--convert-to", "xlsx"]),
        (as_xlsx, "xlsx", ["--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,1035"]),
        (as_xlsx, "xlsx", ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033"]),
    ],
    ids=["csv in Finnish", "csv in English", "xlsx to semicolons", "xlsx to commas"],
)
def test_exports_that_a_spreadsheet_program_has_saved_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Rows], bytes],
    given: str,
    to: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for at, tool in enumerate(TOOLS):
        Path(f"{at}.{given}").write_bytes(write(export(*tool)))
        Path(f"late{at}.{given}").write_bytes(write(late(*tool)))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    given_files = sorted(map(str, Path().glob(f"*.{given}")))
    call = ["soffice", home, "--headless", *to, "--outdir", "saved", *given_files]
    subprocess.run(call, check=True, capture_output=True)
    suffix = to[-1].partition(":")[0]
    for at, (_tool, language) in enumerate(TOOLS):
        _go_through(Path(f"saved/{at}.{suffix}"), Path(f"saved/late{at}.{suffix}"), language)


def _go_through(roster: Path, newcomers: Path, language: str) -> None:
    who = people(language)
    assert _run("check", roster) == 0
    assert _run("init", roster, "-o", "rules.yaml", "--force") == 0
    assert _run("form", roster, "-o", "plain") == 0
    assert _run("form", roster, "--rules", "rules.yaml", "-o", "formed") == 0
    plain, formed = _accounted_for("plain"), _accounted_for("formed")
    assert formed == plain == {"read": 61, "placed": 60, "waitlisted": 0, "set_aside": 1}
    groups = "formed/groups.csv"
    assert _run("audit", groups, "--rules", "rules.yaml") == 0
    changes = {
        "meeting": (["--absent", who[7].name], 61, 59),
        "left": (["--left", who[9].email], 61, 59),
        "joined": (["--joining", newcomers], 65, 64),
    }
    for name, (change, read, placed) in changes.items():
        assert _run("rebalance", groups, *change, "-o", name) == 0
        counts = _accounted_for(name)
        assert (counts["read"], counts["placed"], counts["waitlisted"]) == (read, placed, 0)
        assert _run("compare", groups, f"{name}/groups.csv") == 0


def _run(*arguments: str | Path) -> int:
    shown: Result = CliRunner().invoke(
        app, [str(each) for each in arguments], catch_exceptions=False
    )
    print(shown.output)
    return shown.exit_code


def _accounted_for(folder: str) -> dict[str, int]:
    """The counts; every row is placed, waits or is set aside, and is written again in its place."""
    counts: dict[str, int] = json.loads((Path(folder) / "report.json").read_text("utf-8"))[
        "participants"
    ]
    assert counts["read"] == counts["placed"] + counts["waitlisted"] + counts["set_aside"]
    header, *rows = _cells(Path(folder))
    assert len(rows) == counts["read"]
    [group] = {"ryhmä", "grupp", "group"}.intersection(header)
    assert sum(bool(row[header.index(group)]) for row in rows) == counts["placed"]
    return counts


def _cells(folder: Path) -> Rows:
    text = (folder / "groups.csv").read_text("utf-8-sig")
    delimiter = ";" if text.count(";") > text.count(",") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
