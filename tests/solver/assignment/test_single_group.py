"""Where not everyone can be placed, as many as can be are, and the others are told why not."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.cli.commands import app
from vermegroup.domain.grouping import WAITLIST, grouping_of
from vermegroup.judge.auditor import audit
from vermegroup.solver.assignment.single_group import groups_one_by_one
from vermegroup.solver.search import Limits, Search

HOURS = ("mo 16", "tu 16", "we 16", "th 16")
RULES = """
groups: {size: 3-4}
rules:
  - different: municipality
  - include: {experience: new}
  - common: hours
"""


def test_groups_one_after_the_other_are_valid_and_nobody_sits_twice() -> None:
    people = [Person(f"Town {n % 5}", (1, 7, 12)[n % 3], hours=(HOURS[n % 4],)) for n in range(30)]
    problem = problem_from(people, RULES)
    group_of, groups = groups_one_by_one(problem, Search(Limits()))
    assert groups >= 4  # one for each hour at the least
    assert audit(problem, grouping_of(group_of)).valid
    assert set(group_of.tolist()) <= {WAITLIST, *range(groups)}


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve people, of whom eight are from one town: more than there can be groups."""
    monkeypatch.chdir(tmp_path)
    rows = [
        f"SYN-{n:02d};{'Turku' if n < 8 else f'Paikka {n}'};{(1, 12)[n % 2]}" for n in range(12)
    ]
    path = tmp_path / "crowded.csv"
    path.write_text("\n".join(["id;kunta;vuodet", *rows]) + "\n", "utf-8")
    return path


def test_the_partial_plan_is_saved_with_every_row_of_the_roster(crowded: Path) -> None:
    shown = CliRunner().invoke(app, ["form", crowded.name, "--format", "json"])
    assert shown.exit_code == 1
    record = json.loads(shown.stdout)
    saved = pd.read_csv("crowded-groups/groups.partial.csv", sep=";", dtype=str)
    assert list(saved["id"]) == [f"SYN-{n:02d}" for n in range(12)]
    left_out = [person["id"] for person in record["partial"]["left_out"]]
    assert list(saved[saved["ryhmä"].isna()]["id"]) == left_out
    assert record["partial"]["placed"] == 12 - len(left_out)
    assert not Path("crowded-groups/groups.csv").exists()


def test_people_are_told_by_name_and_programs_by_id(crowded: Path) -> None:
    lines = crowded.read_text("utf-8").splitlines()
    named = [f"{lines[0]};nimi", *(f"{line};Keksitty {n}" for n, line in enumerate(lines[1:]))]
    crowded.write_text("\n".join(named) + "\n", "utf-8")
    shown = CliRunner().invoke(app, ["form", crowded.name])
    record = json.loads(Path("crowded-groups/report.json").read_text("utf-8"))
    waitlist = next(repair for repair in record["repairs"] if repair["remedy"] == "waitlist")
    assert "SYN-" in waitlist["sentence"]
    assert "Keksitty" not in json.dumps(record["repairs"] + record["conflicts"])
    assert "people waited (Keksitty" in " ".join(shown.stdout.split())


def test_a_run_that_succeeds_takes_the_partial_plan_away(crowded: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["form", crowded.name]).exit_code == 1
    text = "groups: {size: 3-5}\nrules: [place_everyone]\n"
    Path("loose.yaml").write_text(text, "utf-8")
    assert runner.invoke(app, ["form", crowded.name, "--rules", "loose.yaml"]).exit_code == 0
    names = {path.name for path in Path("crowded-groups").iterdir()}
    assert names == {"groups.csv", "report.html", "report.json", "timings.json", "earlier"}
