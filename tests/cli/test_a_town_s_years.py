"""A town mentors otherwise each year: short rulebooks whose groups are formed and audited."""

from __future__ import annotations

import csv
import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TOWN = Path(__file__).parents[2] / "examples/kaupunkimentorointi"
YEARS = {
    # mentors in each group, mentees in each group, and groups
    "yksi-mentori": ({1}, {3, 4, 5, 6}, 6),
    "kaksi-mentoria": ({2}, {6}, 3),
    "verkossa": ({1}, {3, 4, 5, 6}, 5),
}


@pytest.mark.parametrize("year", YEARS)
def test_a_year_s_groups_are_led_as_its_rulebook_says(run: Run, folder: Path, year: str) -> None:
    rules = (TOWN / f"{year}.yaml").read_text("utf-8")
    assert len(rules.splitlines()) < 15
    for name in (f"{year}.csv", f"{year}.yaml"):
        shutil.copy(TOWN / name, folder)
    formed = run("form", f"{year}.csv", "--rules", f"{year}.yaml", "--format", "json")
    told = json.loads(formed.stdout)
    assert (formed.exit_code, told["verdict"]) == (0, "formed")
    assert told["participants"]["read"] == told["participants"]["placed"]
    assert run("audit", f"{year}-groups/groups.csv").exit_code == 0

    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / f"{year}-groups/groups.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            groups[row["ryhmä"]].append(row)
    mentors, mentees, count = YEARS[year]
    assert len(groups) == count
    for members in groups.values():
        roles = [row["Rooli"] for row in members]
        assert roles.count("mentori") in mentors
        assert roles.count("aktori") in mentees
        assert len({row["Ammatti"] for row in members}) == 1


def test_online_groups_have_an_hour_that_suits_every_member(run: Run, folder: Path) -> None:
    for name in ("verkossa.csv", "verkossa.yaml"):
        shutil.copy(TOWN / name, folder)
    told = json.loads(
        run("form", "verkossa.csv", "--rules", "verkossa.yaml", "--format", "json").stdout
    )
    with (folder / "verkossa.csv").open(encoding="utf-8-sig", newline="") as file:
        hours = {
            row["Tunnus"]: set(row["Sopivat ajat"].split(", "))
            for row in csv.DictReader(file, delimiter=";")
        }
    for group in told["groups"]:
        assert set.intersection(*(hours[member] for member in group["members"]))
