"""``rounds`` forms several groupings of the same people, in which few people meet twice."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

FREE = "groups: {size: %s}\nrules: [place_everyone]\n"


def people(folder: Path, count: int, *, towns: int = 0, roles: int = 1) -> None:
    rows = [
        f"SYN-{n};Town {n % (towns or count)};{n * 7 % 24};{'ab'[n % roles]}"
        for n in range(1, count + 1)
    ]
    (folder / "people.csv").write_text("\n".join(["id;municipality;years;role", *rows]), "utf-8")


def rules(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "rules.yaml").write_text(text, "utf-8")
    return ("--rules", "rules.yaml")


def report_of(run: Run, *arguments: str, code: int = 0) -> dict[str, Any]:
    shown = run("rounds", "people.csv", *arguments, "--format", "json", "--force")
    assert shown.exit_code == code, shown.output
    report: dict[str, Any] = json.loads(shown.stdout)
    return report


def columns(folder: Path, name: str = "people-rounds") -> dict[str, list[str]]:
    text = (folder / name / "groups.csv").read_text("utf-8-sig")
    header, *rows = csv.reader(text.splitlines(), delimiter=";")
    return {title: [row[at] for row in rows] for at, title in enumerate(header)}


def repeats_in(rounds: Sequence[Sequence[str]]) -> int:
    pairs = [
        (a, b)
        for groups in rounds
        for a, b in combinations(range(len(groups)), 2)
        if groups[a] and groups[a] == groups[b]
    ]
    return len(pairs) - len(set(pairs))


@pytest.mark.parametrize(
    ("count", "size", "rounds", "repeats"),
    [(32, 4, 8, 0), (25, 5, 6, 0), (16, 4, 5, 0), (64, 4, 21, 0), (16, 4, 6, 24), (4, 4, 3, 12)],
)
def test_free_plans_are_perfect_and_proven(
    folder: Path, run: Run, count: int, size: int, rounds: int, repeats: int
) -> None:
    people(folder, count)
    report = report_of(run, "-r", str(rounds), *rules(folder, FREE % size))
    meetings = report["meetings"]
    assert (meetings["repeats"], meetings["bound"], meetings["proven"]) == (repeats, repeats, True)
    table = columns(folder)
    assert repeats_in([table[f"round {n}"] for n in range(1, rounds + 1)]) == repeats


def test_every_round_keeps_the_rules_and_can_be_audited_and_compared(
    folder: Path, run: Run
) -> None:
    people(folder, 24, towns=8)
    report = report_of(run, "-r", "3")
    assert [line["round"] for line in report["rounds"]] == [1, 2, 3]
    assert all(rule["satisfied"] for line in report["rounds"] for rule in line["rules"])
    for number in (1, 2, 3):
        column = ("--column", f"group=round {number}")
        assert run("audit", "people-rounds/groups.csv", *column).exit_code == 0
    run("form", "people-rounds/groups.csv", "-o", "once")
    once = "once/groups.csv"
    compared = run("compare", once, once, "--column", "group=round 2", "--format", "json")
    assert json.loads(compared.stdout)["bonds"]["broken"] == 0


def test_the_roster_keeps_its_rows_and_a_run_on_its_own_result_replaces_the_rounds(
    folder: Path, run: Run
) -> None:
    people(folder, 12)
    report_of(run, "-r", "3", *rules(folder, FREE % 3))
    first = columns(folder)
    assert list(first) == ["id", "municipality", "years", "role", "round 1", "round 2", "round 3"]
    assert first["id"] == [f"SYN-{n}" for n in range(1, 13)]
    shown = run("rounds", "people-rounds/groups.csv", "-r", "2", "--rules", "rules.yaml")
    assert shown.exit_code == 0
    assert list(columns(folder, "groups-rounds")) == [*list(first)[:-3], "round 1", "round 2"]


def test_a_column_of_the_rosters_own_stays(folder: Path, run: Run) -> None:
    rows = [f"SYN-{n};won by {n};G01" for n in range(1, 9)]
    (folder / "people.csv").write_text("\n".join(["id;round 1;group", *rows]), "utf-8")
    report = report_of(run, "-r", "1", *rules(folder, FREE % 4))
    table = columns(folder)
    assert table["round 1"] == [f"won by {n}" for n in range(1, 9)]
    assert table["group"] == ["G01"] * 8
    assert set(table["kierros 1"]) == {"G01", "G02"}
    assert not report["findings"]


def test_earlier_rounds_stay_and_count(folder: Path, run: Run) -> None:
    people(folder, 16)
    book = rules(folder, FREE % 4)
    report_of(run, "-r", "1", *book, "-o", "first")
    fixed = columns(folder, "first")["round 1"]
    report = report_of(run, "-r", "5", "--after", "first/groups.csv", *book)
    table = columns(folder)
    assert table["round 1"] == fixed
    assert [line["fixed"] for line in report["rounds"]] == [True, False, False, False, False]
    assert report["meetings"]["repeats"] == 0
    assert report["meetings"]["met_once"] == 16 * 15 // 2
    longer = report_of(run, "-r", "6", "--after", "people-rounds/groups.csv", *book, "-o", "six")
    assert [line["fixed"] for line in longer["rounds"]] == [True] * 5 + [False]
    assert longer["meetings"]["repeats"] == longer["meetings"]["bound"] == 24


def test_earlier_rounds_may_be_of_others_and_break_rules(folder: Path, run: Run) -> None:
    people(folder, 8, towns=4)
    early = "id;group\nSYN-1;Red\nSYN-5;Red\nSYN-2;Blue\nSYN-99;Blue\n"
    (folder / "early.csv").write_text(early, "utf-8")
    book = rules(folder, "groups: {size: 4}\nrules: [different: municipality, place_everyone]\n")
    report = report_of(run, "-r", "2", "--after", "early.csv", *book)
    earlier, new = report["rounds"]
    assert [rule["satisfied"] for rule in new["rules"]] == [True, True, True]
    assert not all(rule["satisfied"] for rule in earlier["rules"])
    assert {group["id"]: group["members"] for group in earlier["groups"]} == {
        "Blue": ["SYN-2"],
        "Red": ["SYN-1", "SYN-5"],
    }
    assert any("not on the roster" in line["message"] for line in report["findings"])
    assert report["meetings"]["repeats"] == 0


def test_no_round_left_to_be_formed_is_a_fault_of_the_call(folder: Path, run: Run) -> None:
    people(folder, 8)
    report_of(run, "-r", "2", *rules(folder, FREE % 4))
    shown = run("rounds", "people.csv", "-r", "2", "--after", "people-rounds/groups.csv", "-o", "x")
    assert shown.exit_code == 2
    assert "none is left to be formed" in shown.output


def test_impossible_rules_are_explained_as_by_form(folder: Path, run: Run) -> None:
    people(folder, 8, towns=1)
    report = report_of(run, "-r", "3", code=1)
    once = run("form", "people.csv", "--format", "json", "--force")
    formed = json.loads(once.stdout)
    assert (report["verdict"], report["conflicts"]) == ("impossible", formed["conflicts"])
    assert "rounds" not in report


def test_who_waits_is_told_and_takes_turns(folder: Path, run: Run) -> None:
    people(folder, 10)
    text = "groups: {size: 3}\nrules: []\npreferences: [place_everyone]\n"
    report = report_of(run, "-r", "4", *rules(folder, text))
    waiting = [line["waitlist"] for line in report["rounds"]]
    assert [len(ids) for ids in waiting] == [1] * 4
    assert len({ids[0] for ids in waiting}) == 4
    assert report["participants"] == {"read": 10, "placed": 9, "waitlisted": 1, "set_aside": 0}


def test_parts_are_formed_apart(folder: Path, run: Run) -> None:
    people(folder, 24, roles=2)
    report = report_of(run, "-r", "3", *rules(folder, f"split_by: role\n{FREE % 3}"))
    role = columns(folder)["role"]
    for number in (1, 2, 3):
        groups = columns(folder)[f"round {number}"]
        homes = set(zip(groups, role, strict=True))
        assert len(homes) == len(set(groups)) == 8
    assert report["meetings"]["repeats"] == report["meetings"]["bound"] == 0


def test_the_same_call_gives_the_same_bytes(folder: Path, run: Run) -> None:
    people(folder, 24, towns=9)
    asked = ("-r", "4", "--seed", "3", "--effort", "10")
    report = report_of(run, *asked)
    assert report["provenance"]["deterministic"]
    first = (folder / "people-rounds" / "groups.csv").read_bytes()
    report_of(run, *asked)
    assert (folder / "people-rounds" / "groups.csv").read_bytes() == first


def test_repeats_are_told_by_name_within_80_columns(folder: Path, run: Run) -> None:
    people(folder, 8)
    shown = run("rounds", "people.csv", "-r", "4", *rules(folder, FREE % 4), "-o", "out")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    told = json.loads((folder / "out" / "report.json").read_text("utf-8"))
    first = told["meetings"]["repeated"][0]
    assert f"{first['people'][0]} – {first['people'][1]}: rounds " in shown.stdout
    page = (folder / "out" / "report.html").read_text("utf-8")
    assert f"{first['people'][0]} – {first['people'][1]}" in page


def test_pseudonyms_tell_nobody(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "k" * 32)
    people(folder, 8)
    book = rules(folder, FREE % 4)
    report_of(run, "-r", "1", *book, "-o", "first")
    report = report_of(run, "-r", "2", "--after", "first/groups.csv", "--pseudonymise", *book)
    text = "".join(path.read_text("utf-8") for path in (folder / "people-rounds").iterdir())
    assert "SYN-" not in text
    assert report["meetings"]["repeats"] == report["meetings"]["bound"] == 4


def test_time_that_is_over_still_leaves_valid_rounds(folder: Path, run: Run) -> None:
    people(folder, 24, towns=9)
    report = report_of(run, "-r", "5", "--time-limit", "1")
    assert report["verdict"] == "formed"
    assert all(rule["satisfied"] for line in report["rounds"] for rule in line["rules"])


def test_a_column_that_only_looks_like_a_round_is_no_earlier_one(folder: Path, run: Run) -> None:
    rows = [f"SYN-{n};won by {n}" for n in range(1, 9)]
    (folder / "people.csv").write_text("\n".join(["id;round 1", *rows]), "utf-8")
    book = rules(folder, FREE % 4)
    report_of(run, "-r", "1", *book, "-o", "first")
    report = report_of(run, "-r", "2", "--after", "first/groups.csv", *book)
    assert [line["fixed"] for line in report["rounds"]] == [True, False]
    assert columns(folder)["kierros 1"] == columns(folder, "first")["kierros 1"]
