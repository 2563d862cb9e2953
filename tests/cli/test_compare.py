"""``compare`` tells what became of bonds, people, rules and preferences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BEFORE = """\
id;municipality;years;group
A;Turku;1;G01
B;Oulu;12;G01
C;Lahti;7;G01
D;Turku;20;G02
E;Oulu;2;G02
F;Salo;6;G02
"""


def edited(folder: Path, *changes: tuple[str, str]) -> None:
    after = BEFORE
    for old, new in changes:
        after = after.replace(old, new)
    (folder / "before.csv").write_text(BEFORE, "utf-8")
    (folder / "after.csv").write_text(after, "utf-8")


def test_two_people_trade_groups(folder: Path, run: Run) -> None:
    edited(folder, ("C;Lahti;7;G01", "C;Lahti;7;G02"), ("F;Salo;6;G02", "F;Salo;6;G01"))
    shown = run("compare", "before.csv", "after.csv", "--format", "json")
    assert shown.exit_code == 0
    report = json.loads(shown.stdout)
    bonds = report["bonds"]
    assert (bonds["before"], bonds["kept"], bonds["broken"], bonds["new"]) == (6, 2, 4, 4)
    assert {(m["participant"], m["from"], m["to"]) for m in report["moves"]} == {
        ("C", "G01", "G02"),
        ("F", "G02", "G01"),
    }


def test_a_rule_that_is_broken_now_is_told_and_exits_1(folder: Path, run: Run) -> None:
    edited(folder, ("A;Turku;1;G01", "A;Turku;1;G02"), ("E;Oulu;2;G02", "E;Oulu;2;G01"))
    shown = run("compare", "before.csv", "after.csv")
    assert shown.exit_code == 1
    text = " ".join(shown.stdout.split())
    assert "Holds → broken in 2 groups; worse" in text


def test_people_who_are_in_one_file_only_are_counted(folder: Path, run: Run) -> None:
    edited(folder, ("F;Salo;6;G02\n", "G;Kemi;6;G02\n"))
    text = " ".join(run("compare", "before.csv", "after.csv").stdout.split())
    assert "Only in the earlier file: 1 person" in text
    assert "Only in the later file: 1 person" in text


def test_a_grouping_compared_with_itself_has_not_changed(folder: Path, run: Run) -> None:
    edited(folder)
    shown = run("compare", "before.csv", "after.csv", "--format", "json")
    report = json.loads(shown.stdout)
    assert (report["moves"], report["bonds"]["broken"], report["bonds"]["new"]) == ([], 0, 0)
    assert all(line["better"] is None for line in report["compared"])


def test_a_missing_file_exits_2(run: Run) -> None:
    assert run("compare", "none.csv", "roster.csv").exit_code == 2


RULES = """\
groups: {size: 2-3}
rules: [{together: [[A, B]]}, {apart: [[A, D], [C, E]]}]
preferences: [{together: [[D, E]]}, {spread: years}]
"""


def test_rules_about_somebody_who_left_are_not_compared(folder: Path, run: Run) -> None:
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    left = BEFORE.replace("group\n", "group;withdrawn\n").replace("G01\n", "G01;\n")
    left = left.replace("A;Turku;1;G01;", "A;Turku;1;;left").replace("G02\n", "G02;\n")
    (folder / "before.csv").write_text(BEFORE, "utf-8")
    (folder / "after.csv").write_text(left.replace("D;Turku;20;G02;", "D;Turku;20;;left"), "utf-8")
    for files in (("before.csv", "after.csv"), ("after.csv", "before.csv")):
        shown = run("compare", *files, "--rules", "rules.yaml", "--format", "json")
        assert shown.exit_code in (0, 1)
        compared = json.loads(shown.stdout)["compared"]
        assert not any(
            name in line["sentence"] for line in compared for name in ("A and B", "D and E")
        )
        assert [line for line in compared if "years" in line["before"] and "years" in line["after"]]


def test_rules_about_somebody_who_joined_are_not_compared(folder: Path, run: Run) -> None:
    (folder / "rules.yaml").write_text("groups: {size: 2-4}\nrules: [{apart: [[A, G]]}]\n", "utf-8")
    edited(folder)
    (folder / "after.csv").write_text(BEFORE + "G;Pori;4;G02\n", "utf-8")
    for files in (("before.csv", "after.csv"), ("after.csv", "before.csv")):
        assert run("compare", *files, "--rules", "rules.yaml").exit_code == 0


OURS = """\
id,name,municipality,years,group
1,Aino Virtanen,Oulu,1,A
2,Eero Mäki,Turku,12,A
3,Maija Laine,Salo,3,A
4,Pekka Niemi,Kemi,15,B
5,Liisa Aho,Oulu,2,B
6,Antti Salo,Pori,20,B
"""
NAMES_ALONE = (
    "name,group\nAino Virtanen,A\nEero Mäki,A\nAntti Salo,A\nPekka Niemi,B\nLiisa Aho,B\n"
    "Maija Laine,B\n",
    'group,members\nA,"Aino Virtanen, Eero Mäki, Antti Salo"\n'
    'B,"Pekka Niemi, Liisa Aho, Maija Laine"\n',
    "G01,G02\nAino Virtanen,Pekka Niemi\nEero Mäki,Liisa Aho\nAntti Salo,Maija Laine\n",
    "Nimi;Ryhmä\nEero Mäki;A\nAino Virtanen;A\nAntti Salo;A\nPekka Niemi;B\nLiisa Aho;B\n"
    "Maija Laine;B\n",
)


@pytest.mark.parametrize("names", NAMES_ALONE)
def test_a_grouping_of_names_is_compared_by_name(run: Run, folder: Path, names: str) -> None:
    (folder / "ours.csv").write_text(OURS, "utf-8")
    (folder / "theirs.csv").write_text(names, "utf-8")
    for before, after in (("ours", "theirs"), ("theirs", "ours"), ("theirs", "theirs")):
        shown = run("compare", f"{before}.csv", f"{after}.csv", "--format", "json")
        assert shown.exit_code == 0
        report = json.loads(shown.stdout)
        bonds, moves = report["bonds"], report["moves"]
        moved = before != after
        assert (bonds["before"], bonds["broken"]) == (6, 4 * moved)
        assert bool(moves) is moved
        told = " ".join(line["message"] for line in report["findings"])
        assert "Not both files tell municipality and years of experience" in told


def test_two_people_of_one_name_are_not_taken_for_one(run: Run, folder: Path) -> None:
    (folder / "ours.csv").write_text(OURS, "utf-8")
    (folder / "theirs.csv").write_text(NAMES_ALONE[0] + "Aino Virtanen,B\n", "utf-8")
    shown = run("compare", "ours.csv", "theirs.csv")
    assert shown.exit_code == 2
    assert "Aino Virtanen is in several groups" in shown.stderr


def test_rules_that_were_asked_for_need_their_columns(run: Run, folder: Path) -> None:
    (folder / "ours.csv").write_text(OURS, "utf-8")
    (folder / "theirs.csv").write_text(NAMES_ALONE[0], "utf-8")
    shown = run("compare", "ours.csv", "theirs.csv", "--profile", "default")
    assert shown.exit_code == 2
    assert "No column tells the participants' municipality" in " ".join(shown.stderr.split())
