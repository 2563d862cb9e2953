"""115 people with lists of free hours: groups that share one, of others than last term's."""

from __future__ import annotations

import csv
import json
import random
from itertools import combinations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vermegroup.cli.commands import app

HOURS = [
    f"{day} {hour}" for day in ["ma", "ti", "ke", "to", "pe"] for hour in (8, 9, 12, 13, 15, 16, 17)
]
RULES = """
groups: {size: 4-5, prefer: 5}
rules:
  - common: times
    at_least: 1
  - strangers: last.csv
  - place_everyone
"""


def write_synthetic(folder: Path, seed: int) -> None:
    """A roster with two to seven free hours each, and last term's groups of five."""
    chance = random.Random(seed)
    rows, last = [], []
    for number in range(115):
        free = sorted(set(chance.choices(range(35), k=chance.randint(2, 7))))
        hours = "; ".join(HOURS[hour] for hour in free)
        rows.append([f"SYN-{number:03d}", str(chance.randint(1, 30)), hours])
    order = chance.sample(range(115), 115)
    last = [[f"SYN-{person:03d}", f"G{seat // 5 + 1:02d}"] for seat, person in enumerate(order)]
    for name, header, lines in (
        ("hours.csv", ["id", "years", "times"], rows),
        ("last.csv", ["id", "group"], last),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *lines])


@pytest.mark.parametrize("seed", [5, 6])
def test_every_group_shares_an_hour_and_nobody_meets_again(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_synthetic(tmp_path, seed)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    run = CliRunner().invoke
    assert run(app, ["form", "hours.csv", "--rules", "rules.yaml", "-q"]).exit_code == 0
    assert run(app, ["audit", "hours-groups/groups.csv"]).exit_code == 0
    report = json.loads((tmp_path / "hours-groups/report.json").read_text(encoding="utf-8"))
    with (tmp_path / "hours.csv").open(encoding="utf-8") as file:
        free = {row["id"]: set(row["times"].split("; ")) for row in csv.DictReader(file)}
    with (tmp_path / "last.csv").open(encoding="utf-8") as file:
        before = {row["id"]: row["group"] for row in csv.DictReader(file)}
    for group in report["groups"]:
        shared = set.intersection(*(free[id_] for id_ in group["members"]))
        assert set(group["common"]["times"]) == shared != set()
        pairs = combinations(group["members"], 2)
        assert all(before[one] != before[other] for one, other in pairs)
    html = (tmp_path / "hours-groups/report.html").read_text(encoding="utf-8")
    assert all(hour in html for group in report["groups"] for hour in group["common"]["times"])
