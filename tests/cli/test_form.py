"""``form`` writes its folder, shows its answer and ends with the code that stands for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ROSTER, Run


def test_a_roster_becomes_groups_and_reports(folder: Path, run: Run) -> None:
    shown = run("form", "roster.csv")
    assert shown.exit_code == 0
    assert "Groups formed" in shown.stdout
    out = folder / "roster-groups"
    assert {path.name for path in out.iterdir()} == {
        "groups.csv",
        "report.html",
        "report.json",
        "timings.json",
    }
    record = json.loads((out / "report.json").read_bytes())
    assert (record["verdict"], record["proven"]) == ("formed", True)
    assert record["participants"]["placed"] == 8
    assert (out / "groups.csv").read_text("utf-8-sig").startswith(ROSTER.splitlines()[0] + ";ryhmä")


def test_the_same_seed_gives_the_same_bytes_whatever_the_workers(folder: Path, run: Run) -> None:
    for name, workers in (("one", "1"), ("two", "2")):
        run("form", "roster.csv", "-o", name, "--seed", "7", "--workers", workers)
    assert (folder / "one/groups.csv").read_bytes() == (folder / "two/groups.csv").read_bytes()


def test_json_stands_alone_on_standard_output(folder: Path, run: Run) -> None:
    shown = run("form", "roster.csv", "--format", "json", "--quiet")
    assert shown.stdout_bytes == (folder / "roster-groups/report.json").read_bytes()
    assert not shown.stderr


@pytest.mark.parametrize("limit", ["8.5", "8,5"])
def test_a_time_limit_has_the_decimal_mark_of_any_language(run: Run, limit: str) -> None:
    assert run("form", "roster.csv", "--time-limit", limit).exit_code == 0
    assert run("form", "roster.csv", "--time-limit", f"{limit},1").exit_code == 2


@pytest.mark.parametrize(("language", "rules"), [("fi", "Oletussäännöt"), ("sv", "Standardregler")])
def test_default_rules_are_called_so_on_the_page(
    folder: Path, run: Run, language: str, rules: str
) -> None:
    run("form", "roster.csv", "--lang", language)
    assert f"<dd>{rules}: " in (folder / "roster-groups/report.html").read_text("utf-8")


def test_quiet_shows_nothing(run: Run) -> None:
    shown = run("form", "roster.csv", "--quiet")
    assert (shown.exit_code, shown.output) == (0, "")


def test_the_plain_summary_keeps_to_eighty_columns(run: Run) -> None:
    shown = run("form", "roster.csv", "--lang", "sv")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "\x1b" not in shown.stdout


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Groups"), ("fi", "Ryhmät"), ("sv", "Grupper")]
)
def test_the_language_may_come_from_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("VERMEGROUP_LANG", language)
    assert f"\n{word} (" in run("form", "roster.csv").stdout


def test_the_roster_may_come_from_standard_input(folder: Path, run: Run) -> None:
    assert run("form", "-", stdin=ROSTER).exit_code == 0
    assert (folder / "roster-groups/groups.csv").exists()


def test_an_impossible_roster_exits_1_with_the_numbers(folder: Path, run: Run) -> None:
    crowd = "".join(f"SYN-{number};Turku;3\n" for number in range(10, 22))
    (folder / "crowd.csv").write_text(ROSTER + crowd, "utf-8")
    shown = run("form", "crowd.csv")
    assert shown.exit_code == 1
    assert "14 people are from the same municipality (Turku)" in " ".join(shown.stdout.split())
    assert {path.name for path in (folder / "crowd-groups").iterdir()} == {
        "groups.partial.csv",
        "report.html",
        "report.json",
        "timings.json",
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id;years\na;1\nb;2\nc;12\n", "municipality"),
        ("", "empty"),
        (ROSTER + "SYN-8;Salo;3\n", "SYN-8"),
        (ROSTER + "SYN-9;Salo;-3\n", "row 10"),
    ],
)
def test_a_faulty_roster_exits_2_and_writes_nothing(
    folder: Path, run: Run, content: str, message: str
) -> None:
    (folder / "bad.csv").write_text(content, "utf-8")
    shown = run("form", "bad.csv")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "bad.csv" in shown.stderr
    assert message in shown.stderr
    assert not (folder / "bad-groups").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("none.csv",),
        ("roster.csv", "--rules", "none.yaml"),
        ("roster.csv", "--profile", "none"),
        ("roster.csv", "--rules", "a.yaml", "--profile", "default"),
        ("roster.csv", "-o", "roster.csv"),
    ],
)
def test_a_call_that_cannot_be_followed_exits_2(run: Run, arguments: tuple[str, ...]) -> None:
    shown = run("form", *arguments)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.startswith("error: ")


def test_the_number_of_groups_may_be_demanded(folder: Path, run: Run) -> None:
    assert run("form", "roster.csv", "--groups", "2", "-q").exit_code == 0
    record = json.loads((folder / "roster-groups/report.json").read_bytes())
    assert len(record["groups"]) == 2
    assert record["provenance"]["rulebook"]["groups"]["count"] == 2
    assert run("form", "roster.csv", "--groups", "5", "-q").exit_code == 1


def test_an_edited_result_is_refused_until_forced(folder: Path, run: Run) -> None:
    run("form", "roster.csv")
    edited = folder / "roster-groups/groups.csv"
    edited.write_text("mine", "utf-8")
    refused = run("form", "roster.csv")
    assert refused.exit_code == 2
    assert "groups.csv" in refused.stderr
    assert edited.read_text("utf-8") == "mine"
    assert run("form", "roster.csv", "--force").exit_code == 0
    assert edited.read_text("utf-8") != "mine"


def test_a_rule_may_name_who_has_cancelled(folder: Path, run: Run) -> None:
    """The rule holds for the others, and the row is told as set aside."""
    lines = ROSTER.splitlines()
    text = "\n".join([f"{lines[0]};Peruttu", *(f"{line};" for line in lines[1:]), "SYN-9;Kemi;3;x"])
    (folder / "roster.csv").write_text(text + "\n", "utf-8")
    rules = "groups: {size: 3-5}\nrules:\n  - together: [SYN-1, SYN-2, SYN-9]\n  - place_everyone\n"
    (folder / "rules.yaml").write_text(rules, "utf-8")
    shown = run("form", "roster.csv", "--rules", "rules.yaml")
    assert shown.exit_code == 0, shown.output
    assert "8 placed" in shown.stdout
    assert "1 set aside" in shown.stdout
