"""``audit`` judges what ``form`` wrote, and what people made of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import ROSTER, Run

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
    before = {path: path.read_bytes() for path in formed.parent.rglob("*") if path.is_file()}
    run("audit", GROUPS)
    assert {
        path: path.read_bytes() for path in formed.parent.rglob("*") if path.is_file()
    } == before


def test_the_choice_of_columns_and_the_day_travel_with_the_groups(folder: Path, run: Run) -> None:
    """Years since a start are those of the day of forming, however much later it is audited."""
    places = ("Turku", "Oulu", "Salo", "Kemi")
    rows = "".join(
        f"SYN-{n};{places[n % 4]};{places[(n // 2) % 4]};{year}\n"
        for n, year in enumerate((2026, 2010, 2022, 2000, 2025, 2012, 2024, 1999))
    )
    header = "Tunnus;Paikkakunta;Työkunta;Aloitusvuosi\n"
    (folder / "two.csv").write_text(header + rows, "utf-8")
    assert run("form", "two.csv", "-q").exit_code == 2
    assert run("form", "two.csv", "-q", "--column", "municipality=Paikkakunta").exit_code == 0
    record = folder / "two-groups" / "report.json"
    later = record.read_text("utf-8").replace(f'"day": "{date.today()}"', '"day": "2031-01-01"')
    assert run("audit", "two-groups/groups.csv").exit_code == 0
    record.write_text(later, "utf-8")
    assert "2031-01-01" in run("audit", "two-groups/groups.csv").stdout


NAMED = """\
Namn,Kommun,Erfarenhet (år)
Ada Påhittad,Åbo,1
Bo Påhittad,Esbo,12
Cia Påhittad,Vasa,7
Dan Påhittad,Borgå,20
"""


@pytest.mark.parametrize(
    ("roster", "gone", "told"),
    [
        (ROSTER, "SYN-3", "SYN-3 (G"),
        (ROSTER.replace("SYN-", "000"), "0003", "0003 (G"),
        (NAMED, "Cia Påhittad", "Vasa, 7"),
    ],
)
@pytest.mark.parametrize("command", ["audit", "rebalance"])
def test_whose_row_was_taken_out_by_hand_is_missed(
    folder: Path, run: Run, roster: str, gone: str, told: str, command: str
) -> None:
    (folder / "roster.csv").write_text(roster, "utf-8")
    rules = "groups: {size: 2-9, count: 1}\nrules: [place_everyone]\n"
    rules += "preferences: [{spread: municipality}, {spread: years}]\n"
    (folder / "rules.yaml").write_text(rules, "utf-8")
    assert run("form", "roster.csv", "--rules", "rules.yaml", "-q").exit_code == 0
    saved = (folder / GROUPS).read_text("utf-8-sig")

    def warnings(text: str) -> list[str]:
        (folder / GROUPS).write_text(text, "utf-8")
        shown = run(command, GROUPS, *(["-o", "o", "--force"] * (command == "rebalance")))
        assert shown.exit_code in (0, 1)
        words = " ".join(shown.stdout.split())
        return [words] if "not in the file any more" in words else []

    kept = [line for line in saved.splitlines() if gone not in line]
    [words] = warnings("\n".join(kept))
    assert "1 member of the groups that were formed" in words
    assert told in words
    assert "--left" in words
    if roster.startswith("Tunnus;Kunta;Työkokemus vuosina\n000"):
        assert len(warnings("\n".join(kept).replace("\n000", "\n"))) == 1
    assert not warnings(saved + "\n" + saved.splitlines()[-1].replace(gone[:3], "Uus"))
    assert not warnings("\n".join(kept[:2]))  # it is another file


COUNTS = [("2", True), ("3", False), ("1", False), ("2-4", True), ("3-4", False), ("auto", True)]


@pytest.mark.parametrize(("count", "holds"), COUNTS)
def test_a_number_of_groups_that_was_asked_for_is_a_rule(
    formed: Path, run: Run, count: str, holds: bool
) -> None:
    """The eight people are in two groups."""
    Path("rules.yaml").write_text(f"groups: {{size: 2-8, count: {count}}}\nrules: []\n")
    shown = run("audit", GROUPS, "--rules", "rules.yaml", "--format", "json")
    record = json.loads(shown.stdout)
    told = [rule for rule in record["rules"] if rule["kind"] == "count"]
    assert shown.exit_code == (0 if holds else 1)
    assert [rule["satisfied"] for rule in told] == ([] if count == "auto" else [holds])
    if not holds:
        (violation,) = told[0]["violations"]
        assert (violation["group"], violation["sentence"]) == (None, "there are 2 groups")


def test_a_part_has_its_own_number_of_groups(folder: Path, run: Run) -> None:
    people = [f"{trade[0]}{n};{trade};{trade[0]}{n // 3}" for trade in "LT" for n in range(6)]
    Path("g.csv").write_text("\n".join(["id;profession;group", *people]))
    parts = "split_by: profession\ngroups: {size: 3-6}\nparts:\n  L: {groups: {count: %s}}\n"
    for count, code in ((2, 0), (1, 1)):
        Path("rules.yaml").write_text(parts % count)
        assert run("audit", "g.csv", "--rules", "rules.yaml").exit_code == code


def test_moves_are_judged_by_the_number_of_groups(formed: Path, run: Run) -> None:
    Path("rules.yaml").write_text("groups: {size: 2-8, count: 2}\nrules: []\n")
    new = run("move", GROUPS, "SYN-1=G09", "SYN-2=G09", "--rules", "rules.yaml", "-o", "new")
    assert new.exit_code == 1
    assert "Broken by this change: “There are 2 groups”" in new.stdout
    back = run("audit", "new/groups.csv", "--rules", "rules.yaml")
    assert back.exit_code == 1
    assert "vermegroup move new/groups.csv" in back.stdout  # the two go to the others again


def test_many_groups_that_break_rules_are_put_right_one_after_the_other(
    folder: Path, run: Run
) -> None:
    towns = ["Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Vaasa", "Rauma", "Espoo", "Kuopio"]
    people = [(n, towns[(n - (n % 4 == 1 and n < 28)) % 10], n // 4) for n in range(40)]
    text = "\n".join(f"P{n};{town};G{group}" for n, town, group in people)
    Path("g.csv").write_text("id;municipality;group\n" + text, "utf-8")
    Path("rules.yaml").write_text("groups: {size: 3-5}\nrules: [different: municipality]\n")
    shown = run("audit", "g.csv", "--rules", "rules.yaml", "--format", "json")
    (repair,) = json.loads(shown.stdout)["repairs"]
    assert repair["verified"]
    moves = repair["change"]["moves"]
    assert 7 <= len(moves) <= 14
    told = [f"{person}={group}" for person, group in moves.items()]
    moved = run("move", "g.csv", *told, "--rules", "rules.yaml", "-o", "right")
    assert moved.exit_code == 0
