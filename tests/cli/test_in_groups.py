"""People in several groups: from a rulebook to files, and back."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from vermegroup.cli.commands import app

EXAMPLES = Path(__file__).parents[2] / "examples" / "kaupunkimentorointi"
ROSTER = "id,role,unit\nM1,mentor,a\nM2,mentor,b\nL1,mentee,c\nL2,mentee,a\nL3,mentee,d\n"
RULES = """groups: {size: 2}
in_groups: {role: mentor, at_most: 2}
rules:
  - include: {role: mentor, exactly: 1}
  - different: unit
  - place_everyone
"""


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def _written(folder: Path, roster: str = ROSTER, rules: str = RULES) -> tuple[Path, Path]:
    people, book = folder / "people.csv", folder / "rules.yaml"
    people.write_text(roster, encoding="utf-8")
    book.write_text(rules, encoding="utf-8")
    return people, book


def _formed(folder: Path, *more: object) -> Path:
    people, book = _written(folder)
    result = _run("form", people, "--rules", book, "-o", folder / "out", *more)
    assert result.exit_code == 0, result.output
    return folder / "out" / "groups.csv"


def _cells(groups: Path) -> dict[str, str]:
    """The group of each person, as written."""
    with groups.open(encoding="utf-8-sig", newline="") as lines:
        delimiter = ";" if ";" in groups.read_text(encoding="utf-8-sig") else ","
        rows = [*csv.reader(lines, delimiter=delimiter)]
    return {row[0]: row[-1] for row in rows[1:]}


def test_leaders_are_mentored_one_to_one_by_mentors_who_have_two(tmp_path: Path) -> None:
    rules = EXAMPLES / "johtajat.yaml"
    assert len(rules.read_text(encoding="utf-8").splitlines()) < 15
    out = tmp_path / "out"
    result = _run("form", EXAMPLES / "johtajat.csv", "--rules", rules, "-o", out)
    assert result.exit_code == 0, result.output
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    counts = {"read": 8, "placed": 8, "waitlisted": 0, "set_aside": 0}
    assert report["participants"] == counts
    assert report["proven"]
    assert [len(group["members"]) for group in report["groups"]] == [2] * 5
    cells = _cells(out / "groups.csv")
    assert sorted(cell.count(",") for cell in cells.values()) == [0] * 6 + [1, 1]
    assert _run("audit", out / "groups.csv").exit_code == 0


def test_groups_of_people_in_several_go_back_in(tmp_path: Path) -> None:
    groups = _formed(tmp_path)
    before = groups.read_bytes()
    assert _run("audit", groups).exit_code == 0
    result = _run("compare", groups, groups, "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    bonds = {"before": 3, "kept": 3, "broken": 0, "new": 0}
    assert report["bonds"] | bonds == report["bonds"]
    assert report["moves"] == []
    assert groups.read_bytes() == before


def test_a_mentor_is_first_in_her_groups_with_a_mark(tmp_path: Path) -> None:
    groups = _formed(tmp_path)
    shown = _run("audit", groups).stdout
    assert shown.count("★ M") == len({*"123"})
    assert "★ L" not in shown
    page = (groups.parent / "report.html").read_text(encoding="utf-8")
    assert ">★</span>&nbsp;M1" in page


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"M1": "G01"}, "it has 1 person, not 2"),
        ({"L1": "G01, G02"}, "in more groups than allowed: L1"),
        ({"M2": "G01, G02, G03"}, "in more groups than allowed: M2"),
        ({"L1": ""}, "1 person left without a group"),
    ],
)
def test_a_hand_made_grouping_is_judged(tmp_path: Path, cells: dict[str, str], told: str) -> None:
    _, book = _written(tmp_path)
    whole = {"M1": "G01; g03", "M2": "G02", "L1": "G01", "L2": "G02", "L3": "G03"} | cells
    lines = [f'{line},"{whole[line[:2]]}"' for line in ROSTER.splitlines()[1:]]
    hand = tmp_path / "hand.csv"
    hand.write_text("\n".join(["id,role,unit,group", *lines]) + "\n", encoding="utf-8")
    result = _run("audit", hand, "--rules", book)
    assert result.exit_code == 1, result.output
    assert told in " ".join(result.output.split())


@pytest.mark.parametrize("cell", ["G01, G02", "g1;G02", "G02 , G01"])
def test_several_groups_in_a_cell_need_the_rulebook(tmp_path: Path, cell: str) -> None:
    _, book = _written(tmp_path, rules=RULES.replace("in_groups", "# in_groups"))
    hand = tmp_path / "hand.csv"
    hand.write_text(
        f'id,role,unit,group\nA,mentor,a,"{cell}"\nB,mentee,b,G01\nC,mentee,c,G02\n',
        encoding="utf-8",
    )
    result = _run("audit", hand, "--rules", book)
    assert result.exit_code == 2
    assert "row 2" in result.output
    assert "in several groups, which the rulebook does not allow" in " ".join(result.output.split())


def test_groups_whose_names_have_commas_stay_one(tmp_path: Path) -> None:
    _, book = _written(tmp_path)
    hand = tmp_path / "hand.csv"
    hand.write_text(
        'id,role,unit,group\nA,mentor,a,"Mäki, Oja"\nB,mentee,b,"Mäki, Oja"\n', encoding="utf-8"
    )
    result = _run("audit", hand, "--rules", book, "--format", "json")
    assert result.exit_code == 0, result.output
    assert [group["id"] for group in json.loads(result.stdout)["groups"]] == ["Mäki, Oja"]


@pytest.mark.parametrize("together", ["together: [M1, L1]", "pin: {M1: G03}"])
def test_whoever_is_named_with_her_sits_in_one_of_her_groups(tmp_path: Path, together: str) -> None:
    people, book = _written(tmp_path, rules=RULES + f"  - {together}\n")
    result = _run("form", people, "--rules", book, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert _run("audit", tmp_path / "out" / "groups.csv").exit_code == 0
    hand = tmp_path / "hand.csv"  # the group that is meant is the second of her cell
    hand.write_text(
        "id,role,unit,group\n"
        'M1,mentor,a,"G01, G03"\nM2,mentor,b,G02\nL1,mentee,c,G03\nL2,mentee,a,G02\n'
        "L3,mentee,d,G01\n",
        encoding="utf-8",
    )
    assert _run("audit", hand, "--rules", book).exit_code == 0


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (RULES + "  - together: [M1, L1]\n  - pin: {M1: G01}\n", "M1 may be in several groups"),
        (RULES + "preferences:\n  - together: [M1, M2, L1]\n", "M1 may be in several groups"),
        (
            RULES + "preferences:\n  - [{together: [M1, M2]}, {spread: unit}]\n",
            "M1 may be in several groups",
        ),
        (RULES.replace("  - place_everyone\n", ""), "nobody can be left in the queue"),
        (RULES.replace(", at_most: 2", ""), "in how many groups a person may be"),
        (RULES.replace("at_most: 2", "at_mots: 2"), "at_most"),
        (RULES.replace("role: mentor, at", "role: mentro, at"), "mentro"),
        (RULES + "preferences:\n  - balance: role\n", "cannot stand beside in_groups"),
    ],
)
def test_what_cannot_be_told_is_refused(tmp_path: Path, rules: str, told: str) -> None:
    people, book = _written(tmp_path, rules=rules)
    result = _run("form", people, "--rules", book)
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("rounds people.csv --rounds 2", "rounds"),
        ("rebalance out/groups.csv --policy merge --left L1", "rebalance --policy merge"),
        ("rebalance out/groups.csv --absent L1 --history out/groups.csv", "rebalance --history"),
    ],
)
def test_a_command_that_does_not_know_them_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, told: str
) -> None:
    _formed(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = _run(*call.split(), "--rules", "rules.yaml")
    assert result.exit_code == 2
    message = f"{told} does not know people in several groups yet"
    assert message in " ".join(result.output.split())


def _hand(folder: Path) -> Path:
    """Groups in which M1 has two and M2 one."""
    _written(folder)
    hand = folder / "hand.csv"
    hand.write_text(
        "id,role,unit,group\n"
        'M1,mentor,a,"G01, G03"\nM2,mentor,b,G02\nL1,mentee,c,G03\nL2,mentee,a,G02\n'
        "L3,mentee,d,G01\n",
        encoding="utf-8",
    )
    return hand


def _rebalanced(folder: Path, *more: object) -> tuple[Result, dict[str, Any]]:
    words = ["--rules", folder / "rules.yaml", "-o", folder / "next", "--format", "json"]
    result = _run("rebalance", _hand(folder), *words, *more)
    return result, json.loads(result.stdout)


def _group_cells(groups: Path) -> dict[str, str]:
    with groups.open(encoding="utf-8-sig", newline="") as lines:
        return {row["id"]: row["group"] for row in csv.DictReader(lines)}


def test_who_leaves_takes_the_group_along(tmp_path: Path) -> None:
    result, report = _rebalanced(tmp_path, "--left", "L1")
    assert result.exit_code == 0, result.output
    cells = _group_cells(tmp_path / "next" / "groups.csv")
    assert cells == {"M1": "G01", "M2": "G02", "L1": "", "L2": "G02", "L3": "G01"}
    assert [(m["participant"], m["from"], m["to"]) for m in report["moves"]] == [("M1", "G03", "")]
    counts = {"read": 5, "placed": 4, "waitlisted": 0, "set_aside": 1}
    assert report["participants"] == counts
    assert report["bonds"]["broken"] == 0


def test_a_newcomer_gives_a_mentor_one_group_more(tmp_path: Path) -> None:
    new = tmp_path / "new.csv"
    new.write_text("id,role,unit\nL4,mentee,e\n", encoding="utf-8")
    result, report = _rebalanced(tmp_path, "--joining", new)
    assert result.exit_code == 0, result.output
    cells = _group_cells(tmp_path / "next" / "groups.csv")
    assert (cells["M1"], cells["M2"], cells["L4"]) == ("G01, G03", "G02, G04", "G04")
    assert report["bonds"]["proven"]
    result, _ = _rebalanced(tmp_path, "--joining", new, "--left", "L1")
    assert result.exit_code == 0, result.output


def test_whoever_is_absent_is_missing_from_each_of_her_groups(tmp_path: Path) -> None:
    result, report = _rebalanced(tmp_path, "--absent", "M1", "--date", "2026-12-01")
    assert result.exit_code == 0, result.output
    cells = _group_cells(tmp_path / "next" / "groups.csv")
    assert cells["M1"] == ""
    assert report["participants"]["set_aside"] == 1
    with (tmp_path / "next" / "groups.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines)}
    assert rows["M1"]["permanent_group"] == "G01, G03"
    shown = _run(
        "rebalance",
        tmp_path / "hand.csv",
        "--rules",
        tmp_path / "rules.yaml",
        "--absent",
        "M1",
        "-o",
        tmp_path / "again",
    ).stdout
    assert "Absent: M1 (G01, G03)" in shown
    again = _run(
        "rebalance", tmp_path / "next" / "groups.csv", "--left", "L1", "-o", tmp_path / "n"
    )
    assert again.exit_code == 0, again.output
    assert _group_cells(tmp_path / "n" / "groups.csv")["M1"] == "G01"


def test_whoever_has_another_group_goes_nowhere_when_one_does_not_meet(tmp_path: Path) -> None:
    result, report = _rebalanced(tmp_path, "--absent", "L1", "--date", "2026-12-01", "--dry-run")
    assert result.exit_code == 0, result.output
    assert report["moves"] == []
    words = ("--rules", tmp_path / "rules.yaml", "--date", "2026-12-01", "--dry-run")
    shown = _run("rebalance", tmp_path / "hand.csv", *words, "--absent", "L1").stdout
    assert "G03 does not meet: M1 is in G01 as well" in shown
    assert "Nobody who had a group has to move." in shown


def test_where_no_plan_places_everyone_groups_that_can_stay_do(tmp_path: Path) -> None:
    result, report = _rebalanced(tmp_path, "--left", "M2")
    assert result.exit_code == 1, result.output
    assert report["verdict"] == "impossible"
    assert [each["id"] for each in report["partial"]["left_out"]] == ["L2"]
    assert {move["participant"] for move in report["moves"]} == {"L2"}
    cells = _group_cells(tmp_path / "next" / "groups.partial.csv")
    assert cells == {"M1": "G01, G03", "M2": "", "L1": "G03", "L2": "", "L3": "G01"}


HOURS = """id;roll;tider;grupp
Ada;mentor;mån 9, tis 10;G01, G03
Bo;mentor;ons 9, tors 10;G02, G04
Cia;aktor;mån 9;G01
Dan;aktor;tis 10;G03
Eva;aktor;ons 9;G04
Fia;aktor;tors 10;G02
"""
HOURS_RULES = """groups: {size: 2}
in_groups: {roll: mentor, at_most: 2}
rules: [{include: {roll: mentor, exactly: 1}}, {common: tider}, place_everyone]
"""


@pytest.mark.parametrize(
    ("absent", "left", "not_meeting"),
    [
        ("Cia,Dan", {"Ada"}, {"G01", "G03"}),
        ("Bo", {"Eva", "Fia"}, {"G02", "G04"}),
    ],
)
def test_groups_that_nobody_misses_meet_where_not_everyone_can(
    tmp_path: Path, absent: str, left: set[str], not_meeting: set[str]
) -> None:
    groups, book = tmp_path / "groups.csv", tmp_path / "rules.yaml"
    groups.write_text(HOURS, encoding="utf-8")
    book.write_text(HOURS_RULES, encoding="utf-8")
    words = ("--rules", book, "--date", "2026-12-01", "--dry-run", "--format", "json")
    result = _run("rebalance", groups, "--absent", absent, *words)
    report = json.loads(result.stdout)
    assert (result.exit_code, report["verdict"]) == (1, "impossible")
    assert {move["participant"] for move in report.get("moves", [])} == left
    assert {each["group"] for each in report["meeting"]["not_meeting"]} == not_meeting
    assert len((report.get("partial") or {}).get("left_out", [])) == len(left)


def test_everybody_s_mean_counts_each_person_once(tmp_path: Path) -> None:
    roster = "id,role,years\nM,mentor,30\nA,mentee,0\nB,mentee,0\n"
    rules = RULES.replace("  - different: unit\n", "") + "preferences: [{balance: years}]\n"
    people, book = _written(tmp_path, roster, rules)
    result = _run("form", people, "--rules", book, "--format", "json", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    balance = json.loads(result.stdout)["preferences"][-1]
    assert (balance["kind"], balance["value"], balance["proven"]) == ("balance", 5, True)
    assert "(10" in balance["told"]
    assert _run("audit", tmp_path / "out" / "groups.csv").exit_code == 0


def test_each_part_says_who_is_in_several_groups(tmp_path: Path) -> None:
    rules = """split_by: profession
groups: {size: 3-4}
rules: [place_everyone]
parts:
  leader:
    groups: {size: 2}
    in_groups: {role: mentor, at_most: 2}
    rules:
      - include: {role: mentor, exactly: 1}
      - place_everyone
"""
    rows = ["id,profession,role", "A,leader,mentor", "B,leader,mentee", "C,leader,mentee"]
    rows += [f"T{at},teacher,{'mentor' if at < 2 else 'mentee'}" for at in range(6)]
    people, book = _written(tmp_path, "\n".join(rows) + "\n", rules)
    result = _run("form", people, "--rules", book, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    cells = _cells(tmp_path / "out" / "groups.csv")
    assert [id_ for id_, cell in cells.items() if "," in cell] == ["A"]
    assert _run("audit", tmp_path / "out" / "groups.csv").exit_code == 0


def test_who_was_together_before_is_read_of_several_groups(tmp_path: Path) -> None:
    groups = _formed(tmp_path)
    (tmp_path / "before.csv").write_bytes(groups.read_bytes())
    wish = "preferences:\n  - keep: before.csv\n"
    people, book = _written(tmp_path, rules=RULES + wish)
    result = _run("form", people, "--rules", book, "--format", "json", "-o", tmp_path / "again")
    assert result.exit_code == 0, result.output
    kept = json.loads(result.stdout)["preferences"][-1]
    assert (kept["kind"], kept["value"]) == ("keep", 3)


def test_meeting_at_one_time_only_is_no_choice(tmp_path: Path) -> None:
    roster = 'id,role,times\nM,mentor,"mon 10, tue 11"\nA,mentee,mon 10\nB,mentee,mon 10\n'
    rules = "groups: {size: 2}\nin_groups: {role: mentor, at_most: 2}\nrules:\n"
    rules += "  - common: times\n  - include: {role: mentor, exactly: 1}\n  - place_everyone\n"
    people, book = _written(tmp_path, roster, rules)
    for command in ("form", "check"):
        more = ["-o", tmp_path / "out"] if command == "form" else []
        result = _run(command, people, "--rules", book, *more)
        assert result.exit_code == 3, result.output
    hand = tmp_path / "hand.csv"
    rows = [
        f'{line},"{"G01, G02" if line[0] == "M" else "G0" + "12"[line[0] == "B"]}"'
        for line in roster.splitlines()[1:]
    ]
    hand.write_text("\n".join(["id,role,times,group", *rows]) + "\n", encoding="utf-8")
    result = _run("audit", hand, "--rules", book)
    assert result.exit_code == 1
    assert "cannot all meet at different times: M" in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("calls", "cells"),
    [
        (["M1@G03=G02"], {"M1": "G01, G02"}),
        (["Mikko@x.fi@g1=G02"], {"M1": "G02, G03"}),
        (["M2@-=G01", "M1@1=-"], {"M1": "G03", "M2": "G01, G02"}),
        (["M1@G03=G02", "M1@G01=G04"], {"M1": "G02, G04"}),
        (["M2=G01"], {"M2": "G01"}),
        (["--swap", "M1@G01", "L2"], {"M1": "G02, G03", "L2": "G01"}),
    ],
)
def test_a_move_says_which_of_several_groups(
    tmp_path: Path, calls: list[str], cells: dict[str, str]
) -> None:
    rows = ("M1,G01; G03", "M2,G02", "L1,G03", "L2,G02", "L3,G01")
    people, book = _written(tmp_path)
    text = "id,email,role,unit,group\n"
    for row, line in zip(rows, ROSTER.splitlines()[1:], strict=True):
        id_, role, unit = line.split(",")
        email = "mikko@x.fi" if id_ == "M1" else f"{id_}@x.fi"
        text += f"{id_},{email},{role},{unit},{row.partition(',')[2]}\n"
    people.write_text(text, encoding="utf-8")
    before = {row[:2]: row[3:].replace("; ", ", ") for row in rows}
    result = _run("move", people, "--rules", book, *calls, "-o", tmp_path / "moved", "-q")
    assert result.exit_code in (0, 1), result.output
    assert _cells(tmp_path / "moved" / "groups.csv") == before | cells


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("M1=G02", "M1 is in several groups, and it is not clear which of them is meant"),
        ("M1=G02", "Write M1@G01 or M1@G03"),
        ("M1@G02=G03", "M1 is not in G02"),
        ("M1@G01=G03", "M1 is in G03 already"),
        ("L1@-=G02", "L1 may not be in any more groups"),
        ("M1@-=G02", "M1 may not be in any more groups"),
        ("M1@G09=G02", "No member has the id"),
    ],
)
def test_a_move_that_does_not_tell_which_group_is_asked(
    tmp_path: Path, call: str, told: str
) -> None:
    hand = _formed(tmp_path)
    hand.write_text(
        "id,role,unit,group\n"
        'M1,mentor,a,"G01, G03"\nM2,mentor,b,G02\nL1,mentee,c,G03\nL2,mentee,a,G02\n'
        "L3,mentee,d,G01\n",
        encoding="utf-8",
    )
    result = _run("move", hand, call, "-o", tmp_path / "moved")
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.output.split())


def test_the_commands_of_options_do_what_they_say(tmp_path: Path) -> None:
    groups = _formed(tmp_path)
    several = next(id_ for id_, cell in _cells(groups).items() if "," in cell)
    other = "M2" if several == "M1" else "M1"
    report = json.loads(_run("options", groups, other, "--format", "json").stdout)
    assert report["options"]
    for option in report["options"]:
        words = shlex.split(option["command"])[1:]
        result = _run(*words, "-o", tmp_path / "moved", "--format", "json")
        assert result.exit_code == (0 if report["rules_kept"] else 1), result.output
        moves = [(m["participant"], m["from"], m["to"]) for m in option["moves"]]
        told = json.loads(result.stdout)["moves"]
        assert sorted((m["participant"], m["from"], m["to"]) for m in told) == sorted(moves)


def test_an_address_is_no_group(tmp_path: Path) -> None:
    """Without people in several groups, what stands behind @ is part of what was written."""
    people, book = _written(tmp_path, rules=RULES.replace("in_groups", "# in_groups"))
    people.write_text(
        "id,email,role,unit,group\nA,a@g02,mentor,a,G01\nB,b@g02,mentee,b,G01\n"
        "C,c@g02,mentor,c,G02\nD,d@g02,mentee,d,G02\n",
        encoding="utf-8",
    )
    result = _run("move", people, "--rules", book, "--swap", "a@g02", "c@g02", "-o", tmp_path / "m")
    assert result.exit_code == 0, result.output
    assert _cells(tmp_path / "m" / "groups.csv") == {"A": "G02", "B": "G01", "C": "G01", "D": "G02"}
