"""The plan of one meeting: gentler rules, and a report of who is there and who is not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermegroup.app.audit import judge_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.save import ReportedOutcome, save
from vermegroup.cli.commands import app
from vermegroup.report.summary import summary
from vermegroup.solver.search import Limits

GROUPS = """\
id;name;municipality;years;group
P1;Aino Alku;Turku;1;G01
P2;Vesa Vanha;Espoo;14;G01
P3;Kai Keski;Kuopio;7;G01
P4;Irja Into;Kemi;8;G01
P5;Nelli Nuori;Lahti;2;G02
P6;Olli Osaaja;Pori;20;G02
P7;Manta Mukana;Vaasa;6;G02
P8;Uuno Uusi;Oulu;0;G03
P9;Taito Tietävä;Rauma;11;G03
P10;Seija Sivussa;Imatra;9;G03
"""
RULES = """\
groups: {size: 3-5}
rules:
  - different: municipality
  - include: {experience: new, at_least: 1}
  - include: {experience: experienced, at_least: 1}
  - place_everyone
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "groups.csv").write_text(GROUPS, "utf-8")
    (tmp_path / "rules.yaml").write_text(
        RULES.replace("  - not_alone: {municipality: Turku}\n", "")
    )
    return tmp_path


def met(*absent: str, day: date = date(2026, 12, 1)) -> ReportedOutcome:
    asked = RebalanceRequest("groups.csv", absent=(",".join(absent),))
    return rebalance_groups(asked, RulebookChoice(Path("rules.yaml")), Limits(), how=How(day=day))


def told(answer: ReportedOutcome, language: str = "en") -> str:
    """All that the summary says, line by line."""
    shown = summary(answer.report, language)  # type: ignore[arg-type]
    lines = [shown.headline.label, shown.headline.sentence]
    for section in shown.sections:
        lines += [section.title, *(item.text for item in section.items)]
        lines += [f"{name}: {', '.join(members)}" for name, members in section.rows]
    return "\n".join(lines)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_a_group_whose_only_newcomer_is_absent_meets_all_the_same(folder: Path) -> None:
    answer = met("P1")
    assert answer.outcome.verdict.value == "formed"
    assert answer.report.rebalance is not None
    assert answer.report.rebalance.moves == ()
    said = told(answer)
    assert said.startswith(
        "Meeting of 1 December 2026\nEveryone who comes meets with their own group: "
    )
    assert "Absent: Aino Alku (G01, now 3 people)" in said
    assert "G01 meets, though it lacks 1 new person: Aino Alku is absent" in said
    assert "combine" not in said  # no groups were


def test_the_record_tells_by_ids_what_a_group_goes_without(folder: Path) -> None:
    save(met("P1"), folder / "m", "en")
    meeting = json.loads((folder / "m/report.json").read_bytes())["meeting"]
    assert meeting["without"] == [
        {
            "group": "G01",
            "kind": "include",
            "absent": ["P1"],
            "sentence": "G01 meets, though it lacks 1 new person: P1 is absent",
        }
    ]


def test_the_same_change_for_good_keeps_every_rule(folder: Path) -> None:
    call("rebalance", "groups.csv", "--rules", "rules.yaml", "--left", "P1", "-o", "out", "-q")
    record = json.loads((folder / "out/report.json").read_bytes())
    assert all(rule["satisfied"] for rule in record["rules"])
    kinds = [rule["kind"] for rule in record["rules"]]
    assert kinds == ["size", "different", "include", "include", "place_everyone"]
    assert "meeting" not in record
    assert record["moves"]  # the others of G01 have nobody who is new


def test_a_group_with_too_few_people_does_not_meet_and_its_members_are_visitors(
    folder: Path,
) -> None:
    answer = met("P5", "P6")
    said = told(answer)
    assert "G02 does not meet: Manta Mukana goes to G0" in said
    assert "Manta Mukana (visitor, G02)" in said
    assert "Permanent groups\nG01: Aino Alku, Irja Into, Kai Keski, Vesa Vanha\n" in said
    save(answer, folder / "m", "en")
    meeting = json.loads((folder / "m/report.json").read_bytes())["meeting"]
    assert meeting["date"] == "2026-12-01"
    assert [each["participant"] for each in meeting["absent"]] == ["P5", "P6"]
    (gone,) = meeting["not_meeting"]
    assert (gone["group"], [each["participant"] for each in gone["members"]]) == ("G02", ["P7"])
    assert meeting["visitors"] == [
        {"participant": "P7", "from": "G02", "to": gone["members"][0]["to"]}
    ]
    assert sum(len(group["members"]) for group in meeting["permanent_groups"]) == 10
    page = (folder / "m/report.html").read_text("utf-8")
    assert "Manta Mukana <span" in page
    assert "visitor, G02" in page
    assert "Permanent groups" in page


def test_a_group_of_which_nobody_comes_does_not_meet(folder: Path) -> None:
    assert "G03 does not meet: all of its members are absent" in told(met("P8", "P9", "P10"))


@pytest.mark.parametrize(
    ("language", "heading", "absent", "visitor"),
    [
        ("en", "Meeting of 24 December 2026", "Absent: ", "visitor, G02"),
        ("fi", "Tapaaminen 24. joulukuuta 2026", "Poissa: ", "vieras, G02"),
        ("sv", "Träff den 24 december 2026", "Borta: ", "gäst, G02"),
    ],
)
def test_a_meeting_is_told_in_every_language(
    folder: Path, language: str, heading: str, absent: str, visitor: str
) -> None:
    said = told(met("P5", "P6", day=date(2026, 12, 24)), language)
    assert said.startswith(heading)
    assert absent in said
    assert visitor in said


def test_what_a_group_goes_without_is_told_of_other_rules_too(folder: Path) -> None:
    book = "groups: {size: 2-5}\nrules: [{same: trade}, {not_alone: {role: guest}}]\n"
    (folder / "rules.yaml").write_text(book)
    (folder / "groups.csv").write_text(
        "id;trade;role;group\nA1;cook;guest;G01\nA2;cook;guest;G01\nA3;cook;host;G01\n"
        "B1;smith;host;G02\nB2;smith;host;G02\nB3;smith;host;G02\n"
    )
    said = told(met("A1", "B1", "B2"))
    assert "G02 does not meet: B3 goes to G01" in said
    assert "G01 meets all the same: one member is the only one (role: guest) (A1 is absent)" in said
    assert "G01 meets all the same: more than one trade: cook and smith" in said


def test_a_rulebook_says_what_holds_at_meetings(folder: Path) -> None:
    (folder / "rules.yaml").write_text(
        RULES + "meetings:\n  size: 2-6\n"
        "  rules: [{include: {experience: experienced, at_least: 1}}, place_everyone]\n"
    )
    answer = met("P1", "P2")  # nobody who is experienced is left in G01, so it may not meet
    assert [rule.kind for rule in answer.report.rules] == ["size", "include", "place_everyone"]
    assert "G01 does not meet" in told(answer)
    assert "visitor, G01" in told(answer)
    assert [rule.kind for rule in met("P1").report.rules] == ["size", "include", "place_everyone"]
    assert "G01 does not meet" not in told(met("P1", "P3"))  # two are enough here


def test_a_part_has_meetings_of_its_own(folder: Path) -> None:
    (folder / "groups.csv").write_text(
        "id;trade;group\n"
        + "".join(f"L{n};leader;G0{1 + n // 3}\n" for n in range(6))
        + "".join(f"T{n};teacher;G0{3 + n // 3}\n" for n in range(6))
    )
    (folder / "rules.yaml").write_text(
        "split_by: trade\ngroups: {size: 3-6}\nparts:\n  leader: {meetings: {size: 2-6}}\n"
    )
    answer = met("L0", "T0")
    assert answer.report.meeting is not None
    assert set(answer.report.meeting.not_meeting) == {"G03"}
    groups = {group.id: group.size for group in answer.report.groups}
    assert groups == {"G01": 2, "G02": 3, "G04": 5}


@pytest.mark.parametrize("where", ["beside its record", "alone"])
def test_a_plan_is_audited_by_the_rules_for_meetings(folder: Path, where: str) -> None:
    answer = met("P1")
    save(answer, folder / "m", "en")
    plan, choice = folder / "m/groups.csv", RulebookChoice()
    if where == "alone":
        plan = plan.rename(folder / "plan.csv")
        choice = RulebookChoice(folder / "rules.yaml")
    audited = judge_groups(str(plan), choice)
    assert audited.outcome.verdict.value == "formed"
    assert "G01 meets, though it lacks 1 new person" in told(audited)
    assert any("plan of one meeting" in str(each.message) for each in audited.report.findings)
    assert audited.report.provenance.rulebook == answer.report.provenance.rulebook
    back = call("rebalance", str(plan), "--rules", "rules.yaml", "-o", "back", "-q")
    assert back.exit_code == 0
    standing = [
        line.split(";")[-1] for line in (folder / "back/groups.csv").read_text().split("\n")
    ]
    assert standing == [line.split(";")[-1] for line in GROUPS.split("\n")]


def test_compare_judges_a_plan_by_the_rules_for_meetings_and_the_groups_before_it_too(
    folder: Path,
) -> None:
    save(met("P1"), folder / "m", "en")
    shown = call("compare", "groups.csv", "m/groups.csv", "--rules", "rules.yaml")
    assert shown.exit_code == 0
    assert "G01 meets, though it lacks 1 new person" in shown.stdout
    assert "In every group → 1 too few or too many; worse" in shown.stdout


def test_a_grouping_without_absences_keeps_the_full_rules(folder: Path) -> None:
    (folder / "groups.csv").write_text(GROUPS.replace("P1;Aino Alku;Turku;1;G01\n", ""), "utf-8")
    audited = judge_groups("groups.csv", RulebookChoice(Path("rules.yaml")))
    assert audited.outcome.verdict.value == "invalid"
    assert audited.report.meeting is None


def test_what_would_help_is_told_as_a_change_of_the_section_on_meetings(folder: Path) -> None:
    (folder / "groups.csv").write_text(
        "id;municipality;years;group\nA1;Turku;1;G01\nA2;Espoo;12;G01\nA3;Kuopio;4;G01\n"
        "B1;Turku;2;G02\nB2;Espoo;15;G02\nB3;Kemi;4;G02\n"
    )
    answer = met("A3")
    assert answer.outcome.verdict.value == "impossible"
    sizes = next(each for each in answer.report.repairs if each.remedy == "size")
    assert sizes.verified
    assert sizes.lines == ("+ meetings: {size: 2-5}",)
    assert sizes.change == {"rulebook": {"meetings": {"size": "2-5"}}}
    book = Path("rules.yaml").read_text() + "meetings: {size: 2-5}\n"
    Path("rules.yaml").write_text(book)
    assert met("A3").outcome.verdict.value == "formed"


def test_whoever_waits_for_a_permanent_group_is_named_and_stays_in_the_queue(
    folder: Path,
) -> None:
    book = (
        "groups: {size: 3-4}\nrules: [{different: municipality}]\npreferences: [place_everyone]\n"
    )
    (folder / "rules.yaml").write_text(book)
    towns = ("Turku", "Espoo", "Kuopio", "Kemi")
    rows = [f"P{n};Nimi {n};{towns[n % 4]};{3 + n};G0{1 + n // 4}" for n in range(8)]
    table = ["id;name;municipality;years;group", *rows, "P9;Jono Jonottaja;Turku;3;"]
    (folder / "groups.csv").write_text("\n".join(table))
    call = ("rebalance", "groups.csv", "--rules", "rules.yaml", "--absent", "P0", "-o", "m")
    shown = " ".join(CliRunner().invoke(app, call).stdout.split())
    assert (
        "In the queue for a permanent group, so not part of this meeting: Jono Jonottaja" in shown
    )
    assert "0 people in the queue" not in shown
    report = json.loads((folder / "m/report.json").read_text("utf-8"))
    assert report["participants"] == {"read": 9, "placed": 7, "waitlisted": 1, "set_aside": 1}
    assert report["meeting"]["waiting"] == ["P9"]
    assert "Jono Jonottaja" in (folder / "m/report.html").read_text("utf-8")
