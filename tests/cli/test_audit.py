"""``audit`` judges what ``form`` wrote, and what people made of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GROUPS = "roster-groups/groups.csv"


@pytest.fixture
def formed(folder: Path, run: Run) -> Path:
    assert run("form", "roster.csv", "-q").exit_code == 0
    return folder / GROUPS


def regroup(groups: Path, **wished: str) -> None:
    """Put people into other groups, by id."""
    header, *lines = groups.read_text("utf-8-sig").splitlines()
    rows = [line.rsplit(";", 1) for line in lines]
    moved = [f"{rest};{wished.get(rest.split(';')[0].replace('-', ''), of)}" for rest, of in rows]
    groups.write_text("\n".join([header, *moved]), encoding="utf-8-sig")


def test_what_form_wrote_is_valid(formed: Path, run: Run) -> None:
    shown = run("audit", GROUPS)
    assert shown.exit_code == 0
    assert "All rules hold" in shown.stdout
    assert "✗" not in shown.stdout


def test_two_people_of_one_municipality_are_named_with_rule_and_group(
    formed: Path, run: Run
) -> None:
    regroup(formed, SYN1="G01", SYN4="G01")
    shown = run("audit", GROUPS)
    assert shown.exit_code == 1
    text = " ".join(shown.stdout.split())
    assert "✗ All members of a group have a different municipality G01: " in text
    assert "(SYN-1, SYN-4)" in text


def test_a_group_of_two_is_named_in_json(formed: Path, run: Run) -> None:
    regroup(formed, SYN1="G09", SYN2="G09")
    shown = run("audit", GROUPS, "--format", "json")
    assert shown.exit_code == 1
    record = json.loads(shown.stdout)
    assert record["verdict"] == "invalid"
    size = next(rule for rule in record["rules"] if rule["kind"] == "size")
    people = {line["group"]: line["people"] for line in size["violations"]}
    assert people["G09"] == ["SYN-1", "SYN-2"]


def test_the_rulebook_is_that_of_the_report_beside_the_file(folder: Path, run: Run) -> None:
    (folder / "rules.yaml").write_text("groups: {size: 8}\nrules: [place_everyone]\n", "utf-8")
    assert run("form", "roster.csv", "--rules", "rules.yaml", "-q").exit_code == 0
    assert run("audit", GROUPS).exit_code == 0
    assert run("audit", GROUPS, "--profile", "default").exit_code == 1
    (folder / "roster-groups/report.json").unlink()
    assert run("audit", GROUPS).exit_code == 1


def test_a_report_that_cannot_be_read_is_no_silent_default(formed: Path, run: Run) -> None:
    formed.with_name("report.json").write_text("{}", "utf-8")
    shown = run("audit", GROUPS)
    assert shown.exit_code == 2
    assert "--rules" in shown.stderr


def test_a_roster_without_groups_exits_2(run: Run) -> None:
    shown = run("audit", "roster.csv")
    assert shown.exit_code == 2
    assert "roster.csv" in shown.stderr


def test_it_writes_nothing(formed: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in formed.parent.iterdir()}
    run("audit", GROUPS)
    assert {path: path.read_bytes() for path in formed.parent.iterdir()} == before


def test_the_choice_of_columns_and_the_day_travel_with_the_groups(folder: Path, run: Run) -> None:
    """Years since a start are those of the day of forming, however much later it is audited."""
    places = ("Turku", "Oulu", "Salo", "Kemi")
    rows = "".join(
        f"SYN-{n};{places[n % 4]};{places[(n // 2) % 4]};{year}\n"
        for n, year in enumerate((2026, 2010, 2022, 2000, 2025, 2012, 2024, 1999))
    )
    header = "Tunnus;Kotikunta;Työkunta;Aloitusvuosi\n"
    (folder / "two.csv").write_text(header + rows, "utf-8")
    assert run("form", "two.csv", "-q").exit_code == 2
    assert run("form", "two.csv", "-q", "--column", "municipality=Kotikunta").exit_code == 0
    record = folder / "two-groups" / "report.json"
    later = record.read_text("utf-8").replace(f'"day": "{date.today()}"', '"day": "2031-01-01"')
    assert run("audit", "two-groups/groups.csv").exit_code == 0
    record.write_text(later, "utf-8")
    assert "2031-01-01" in run("audit", "two-groups/groups.csv").stdout
