"""Groups with names, leaders, places and times of their own, kept from one run to the next."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Run

TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi")
FACTS = """\
Ryhmä;Nimi;Vetäjä;Teema;Paikka;Ensimmäinen tapaaminen;Klo;Toistuu
G01;Ketut;{leader};jaksaminen;Teams;1.12.2026;14.30;joka kuukausi
G02;Karhut;;leikki;=Zoom!A1;ke 2.12.2026;klo 15–16;
"""


@pytest.fixture
def formed(run: Run, folder: Path) -> dict[str, list[str]]:
    """Ten people in two groups of five, and who is in which."""
    rows = [f"A{n};Nimi {n};a{n}@example.org;{TOWNS[n // 2]};{(1, 15)[n % 2]}" for n in range(10)]
    text = "\n".join(["Tunnus;Nimi;Sähköposti;Kunta;Työkokemus vuosina", *rows])
    (folder / "r.csv").write_text(text, "utf-8")
    run("form", "r.csv", "-q")
    told = json.loads((folder / "r-groups/report.json").read_text("utf-8"))
    return {group["id"]: group["members"] for group in told["groups"]}


def told_by(run: Run, *call: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run(*call, "--format", "json").stdout)
    return told


def facts_of(told: dict[str, Any]) -> dict[str, Any]:
    return {group["id"]: group.get("facts") for group in told["groups"]}


def test_facts_are_shown_and_found_again_by_every_later_run(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    leader = formed["G01"][0]
    (folder / "facts.csv").write_text(FACTS.format(leader=leader.lower()), "utf-8")
    shown = run("form", "r.csv", "--group-facts", "facts.csv", "--lang", "fi")
    assert "Ketut" in shown.stdout
    assert "Vetäjä: Nimi" in shown.stdout
    assert "1.12.2026" in shown.stdout
    assert "Ketut (G01)</h3>" in (folder / "r-groups/report.html").read_text("utf-8")
    foxes = {
        "name": "Ketut",
        "leader": f"Nimi {leader[1:]}",
        "theme": "jaksaminen",
        "place": "Teams",
        "first_meeting": "2026-12-01",
        "time": "14:30",
        "repeats": "joka kuukausi",
    }
    kept = (folder / "r-groups/group-facts.csv").read_bytes()
    audited = told_by(run, "audit", "r-groups/groups.csv")
    assert facts_of(audited)["G01"] == foxes
    assert facts_of(audited)["G02"]["place"] == "=Zoom!A1"
    assert facts_of(audited)["G02"]["time"] == "15:00–16:00"
    assert audited["findings"] == []
    compared = told_by(run, "compare", "r-groups/groups.csv", "r-groups/groups.csv")
    assert facts_of(compared)["G01"] == foxes
    meeting = ("--absent", formed["G01"][1], "-o", "meeting")
    assert facts_of(told_by(run, "rebalance", "r-groups/groups.csv", *meeting))["G01"] == foxes
    assert (folder / "meeting/group-facts.csv").read_bytes() == kept
    left = ("--left", formed["G02"][1], "-o", "later")
    assert facts_of(told_by(run, "rebalance", "meeting/groups.csv", *left))["G01"] == foxes
    assert (folder / "later/group-facts.csv").read_bytes() == kept


def test_a_group_that_dissolves_loses_its_facts_which_is_told(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    (folder / "facts.csv").write_text(FACTS.format(leader=""), "utf-8")
    run("form", "r.csv", "--group-facts", "facts.csv", "-q")
    gone = ",".join(formed["G02"])
    told = told_by(run, "rebalance", "r-groups/groups.csv", "--left", gone, "-o", "later")
    assert [facts["name"] for facts in facts_of(told).values()] == ["Ketut"]
    assert any("G02 (Karhut)" in each["message"] for each in told["findings"])
    with (folder / "later/group-facts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[:2] for row in csv.reader(file, delimiter=";")][1:] == [["G01", "Ketut"]]


@pytest.mark.parametrize(
    ("rows", "place", "hint"),
    [
        ("G1;Ketut;;", ("Grupp", "G1"), "G01"),
        ("G01;Ketut;Nimi 99;", ("Ledare", "Nimi 99"), "Nimi 9"),
        ("G01;Ketut;imi 5;", ("Ledare", "imi 5"), "Nimi 5"),
        ("G01;Ketut;{other};", ("Ledare", "{other}"), "G02"),
        ("G01;Ketut;{other}@EXAMPLE.org;", ("Ledare", "{other}@EXAMPLE.org"), "G02"),
        ("G01;Rävarna;;\nG02;rävarna;;", ("Gruppens namn", "rävarna"), ""),
    ],
)
def test_what_does_not_fit_the_groups_is_warned_of_with_its_row(
    formed: dict[str, list[str]], run: Run, rows: str, place: tuple[str, str], hint: str
) -> None:
    other = formed["G02"][0]
    head = "Grupp;Gruppens namn;Ledare;Första träffen"
    Path("facts.csv").write_text(f"{head}\n{rows}\n".format(other=other), "utf-8")
    told = told_by(run, "audit", "r-groups/groups.csv", "--group-facts", "facts.csv")
    warning = next(each for each in told["findings"] if each["severity"] == "warning")
    assert (warning["column"], warning["value"]) == (place[0], place[1].format(other=other))
    assert warning["row"] == len(rows.splitlines()) + 1
    assert hint in (warning["hint"] or "")


def test_groups_without_facts_are_one_line(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    (folder / "facts.csv").write_text("group,name\nG01,Foxes\nG02,\n", "utf-8")
    told = told_by(run, "audit", "r-groups/groups.csv", "--group-facts", "facts.csv")
    assert [each["message"] for each in told["findings"]] == ["Nothing is told of 1 group: G02"]
    assert facts_of(told) == {"G01": {"name": "Foxes"}, "G02": None}


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("Ryhmä;Päivä\nG01;tiistai\n", "Päivä", "tiistai"),
        ("Grupp;Första träffen\nG01;31.2.2027\n", "Första träffen", "31.2.2027"),
        ("group,time\nG01,25:00\n", "time", "25:00"),
        ("group,time\nG01,16-15\n", "time", "16-15"),
        ("Ryhmä;Kellonaika\nG01;iltapäivällä\n", "Kellonaika", "iltapäivällä"),
        ("Ryhmä;Nimi\nG01;a\ng01 ;b\n", "Ryhmä", "row 2 already"),
        ("Ryhmä;Nimi\n;a\n", "Ryhmä", None),
        ("Kunta;Nimi\nTurku;a\n", None, None),
    ],
)
def test_a_file_at_fault_stops_the_run_before_the_search(
    run: Run,
    folder: Path,
    formed: dict[str, list[str]],
    text: str,
    column: str | None,
    value: str | None,
) -> None:
    (folder / "facts.csv").write_text(text, "utf-8")
    for call in (("form", "r.csv", "-o", "new"), ("audit", "r-groups/groups.csv")):
        shown = run(*call, "--group-facts", "facts.csv")
        assert shown.exit_code == 2
        told = " ".join(shown.stderr.split())
        assert all(part in told for part in ("facts.csv", column or "facts.csv", value or "row"))
    assert not (folder / "new").exists()


def test_a_workbook_has_days_and_times_of_its_own(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ryhmä", "Ryhmän nimi", "Alkaa", "Klo"])
    sheet.append(["G01", "Ketut", datetime.date(2026, 12, 1), datetime.time(9, 15)])
    sheet.append(["G02", "Karhut", datetime.datetime(2026, 12, 2, 18, 30), None])
    book.save(folder / "facts.xlsx")
    told = told_by(run, "audit", "r-groups/groups.csv", "--group-facts", "facts.xlsx")
    when = [(each["first_meeting"], each["time"]) for each in facts_of(told).values()]
    assert when == [("2026-12-01", "09:15"), ("2026-12-02", "18:30")]


def test_a_file_that_is_named_goes_before_the_one_beside_the_groups(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    (folder / "facts.csv").write_text(FACTS.format(leader=""), "utf-8")
    run("form", "r.csv", "--group-facts", "facts.csv", "-q")
    (folder / "new.csv").write_text("grupp;namn\nG02;Björnarna\n", "utf-8")
    told = told_by(run, "audit", "r-groups/groups.csv", "--group-facts", "new.csv")
    assert [each["name"] for each in facts_of(told).values()] == ["Ketut", "Björnarna"]


def test_pseudonyms_leave_out_what_may_be_a_name(
    run: Run, folder: Path, formed: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "k" * 32)
    facts = FACTS.format(leader=f"Nimi {formed['G01'][0][1:]}") + "G09;Nimi 3:n ryhmä;Nimi 4;;;;;\n"
    (folder / "facts.csv").write_text(facts, "utf-8")
    shown = run("form", "r.csv", "--group-facts", "facts.csv", "--pseudonymise", "-o", "p")
    assert shown.exit_code == 0
    everything = shown.stdout + "".join(path.read_text("utf-8") for path in folder.glob("p/*"))
    assert not any(word in everything for word in ("Ketut", "Nimi 3", "Nimi 4", "jaksaminen"))
    told = json.loads((folder / "p/report.json").read_text("utf-8"))
    leaders = [facts["leader"] for facts in facts_of(told).values() if "leader" in facts]
    assert leaders
    assert set(leaders) <= {member for group in told["groups"] for member in group["members"]}


def test_a_move_by_hand_and_what_it_saves_keep_the_facts(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    (folder / "facts.csv").write_text(FACTS.format(leader=""), "utf-8")
    run("form", "r.csv", "--group-facts", "facts.csv", "-q")
    kept = (folder / "r-groups/group-facts.csv").read_bytes()
    who = formed["G01"][0], formed["G02"][0]
    assert run("move", "r-groups/groups.csv", "--swap", *who, "-o", "r-groups").exit_code in {0, 1}
    assert (folder / "r-groups/group-facts.csv").read_bytes() == kept
    assert run("audit", "r-groups/groups.csv", "-o", "judged").exit_code in {0, 1}
    assert (folder / "judged/group-facts.csv").read_bytes() == kept


def test_a_group_that_does_not_meet_one_day_keeps_its_facts(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    text = "".join(f"M{n};Meri {n};m{n}@example.org;{town};{n}\n" for n, town in enumerate(TOWNS))
    with (folder / "r.csv").open("a", encoding="utf-8") as file:
        file.write("\n" + text)
    (folder / "facts.csv").write_text(FACTS.format(leader=formed["G01"][0]), "utf-8")
    told = told_by(run, "form", "r.csv", "--group-facts", "facts.csv", "-o", "all")
    kept = (folder / "all/group-facts.csv").read_bytes()
    (*away, _last) = next(group["members"] for group in told["groups"] if group["id"] == "G01")
    plan = ("rebalance", "all/groups.csv", "--absent", ",".join(away), "-o", "plan")
    assert run(*plan).exit_code == 0
    for command in (
        ("audit", "plan/groups.csv", "-o", "judged"),
        ("compare", "all/groups.csv", "plan/groups.csv"),
        ("move", "plan/groups.csv", "M0=G03", "-o", "moved"),
    ):
        told = told_by(run, *command)
        assert not any("G01" in each["message"] for each in told["findings"])
        assert "G01" not in facts_of(told)
        assert facts_of(told)["G02"]["name"] == "Karhut"
    assert (folder / "judged/group-facts.csv").read_bytes() == kept
    assert (folder / "moved/group-facts.csv").read_bytes() == kept
    (folder / "wrong.csv").write_text("ryhmä;nimi\nG08;Sudet\n")
    told = told_by(run, "audit", "plan/groups.csv", "--group-facts", "wrong.csv")
    assert any("no group called G08" in each["message"] for each in told["findings"])


def test_groups_formed_anew_keep_the_facts_of_those_that_are_the_same_people(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    (folder / "facts.csv").write_text(FACTS.format(leader=formed["G01"][0]), "utf-8")
    run("form", "r.csv", "--group-facts", "facts.csv", "-q")
    before = told_by(run, "audit", "r-groups/groups.csv")
    again = told_by(run, "form", "r.csv", "--seed", "1")
    assert facts_of(again) == facts_of(before)
    assert not again["findings"]
    apart = f"rules:\n- apart: [[{', '.join(formed['G02'][:2])}]]\n- different: municipality\n"
    (folder / "apart.yaml").write_text(apart)
    told = told_by(run, "form", "r.csv", "--rules", "apart.yaml")
    assert not any(facts_of(told).values())
    (warning,) = (each for each in told["findings"] if "together" in each["message"])
    assert "G01 (Ketut), G02 (Karhut)" in warning["message"]
    assert "--group-facts" in warning["hint"]
    assert not (folder / "r-groups/group-facts.csv").exists()
    assert run("undo", "r-groups").exit_code == 0
    assert facts_of(told_by(run, "audit", "r-groups/groups.csv")) == facts_of(before)


def test_facts_follow_the_people_when_their_group_gets_another_name(
    run: Run, folder: Path, formed: dict[str, list[str]]
) -> None:
    (folder / "facts.csv").write_text(FACTS.format(leader=""), "utf-8")
    run("form", "r.csv", "--group-facts", "facts.csv", "-q")
    pins = ", ".join(f"{person}: G02" for person in formed["G01"])
    (folder / "pins.yaml").write_text(f"rules:\n- pin: {{{pins}}}\n- different: municipality\n")
    (folder / "new.csv").write_text("ryhmä;nimi\nG02;Sudet\n")
    told = told_by(run, "form", "r.csv", "--rules", "pins.yaml")
    assert {group: each["name"] for group, each in facts_of(told).items()} == {
        "G01": "Karhut",
        "G02": "Ketut",
    }
    named = ("form", "r.csv", "--rules", "pins.yaml", "--group-facts", "new.csv")
    assert facts_of(told_by(run, *named))["G02"] == {"name": "Sudet"}


SHARED = """\
Tunnus;Nimi;Ryhmä;Rooli
m;Mia Meri;G01, G02;mentori
n;Noa Niemi;G03;mentori
a;Al Aho;G01;aktori
b;Ben Berg;G02;aktori
c;Cia Cruz;G03;aktori
"""


@pytest.fixture
def shared(folder: Path) -> tuple[str, ...]:
    """A call that judges three groups of two, of which Mia is in the first two."""
    rules = "rules: [{include: {Rooli: mentori, exactly: 1}}, place_everyone]"
    book = f"groups: {{size: 2}}\nin_groups: {{Rooli: mentori, at_most: 2}}\n{rules}\n"
    (folder / "w.csv").write_text(SHARED, "utf-8")
    (folder / "w.yaml").write_text(book, "utf-8")
    return ("audit", "w.csv", "--rules", "w.yaml", "--group-facts", "facts.csv")


@pytest.mark.parametrize("leader", ["Mia Meri", "m", "mia meri"])
def test_whoever_is_in_several_groups_is_a_member_of_each(
    run: Run, folder: Path, shared: tuple[str, ...], leader: str
) -> None:
    rows = f"G01;{leader}\nG02;{leader}\nG03;{leader}\n"
    (folder / "facts.csv").write_text(f"Ryhmä;Vetäjä\n{rows}", "utf-8")
    (warning,) = told_by(run, *shared)["findings"]
    assert warning["row"] == 4
    assert warning["message"] == "Mia Meri leads G03 and is no member of it"
    assert warning["hint"] == "Now in G01 and G02"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Mia Meri;1.12.2026;9.30-10.30", "Mia Meri"),
        ("m;ti 1.12.2026;klo 9.59", "Mia Meri"),
        ("MIA MERI;2026-12-01;8-11", "Mia Meri"),
        ("Mia Meri;1.12.2026;10-11", ""),
        ("Mia Meri;8.12.2026;9.30-10.30", ""),
        ("Mia Meri;1.12.2026;", ""),
        ("Noa Niemi;1.12.2026;9.30-10.30", ""),
    ],
)
def test_one_leader_at_two_places_at_once_is_warned_of(
    run: Run, folder: Path, shared: tuple[str, ...], other: str, told: str
) -> None:
    rows = f"G01;Mia Meri;1.12.2026;9-10\nG02;{other}\nG03;Mia Meri;1.12.2026;10-11\n"
    (folder / "facts.csv").write_text(f"Ryhmä;Vetäjä;Pvm;Klo\n{rows}", "utf-8")
    warnings = [
        (each["row"], each["column"], each["message"])
        for each in told_by(run, *shared)["findings"]
        if "same time" in each["message"] and each["row"] == 3
    ]
    assert warnings == ([(3, "Klo", f"{told} leads G01 at the same time")] if told else [])


@pytest.mark.parametrize(
    ("leaders", "warned"),
    [
        (("Outi Outo", "outi outo"), [3]),
        (("Outi Outo", "Outi Outo ja Al Aho"), []),
        (("Sam Sama", "Sam Sama"), []),
    ],
)
def test_a_leader_from_outside_is_one_by_her_name_unless_several_have_it(
    run: Run, folder: Path, shared: tuple[str, ...], leaders: tuple[str, str], warned: list[int]
) -> None:
    with (folder / "w.csv").open("a", encoding="utf-8") as file:
        file.write("s;Sam Sama;G04;mentori\nt;Sam Sama;G04;aktori\n")
    rows = "".join(f"G0{n};{who};2026-12-01 14:30\n" for n, who in enumerate(leaders, 1))
    (folder / "facts.csv").write_text(f"Grupp;Ledare;Första träffen\n{rows}", "utf-8")
    found = [each for each in told_by(run, *shared)["findings"] if "same time" in each["message"]]
    assert [(each["row"], each["column"]) for each in found] == [
        (row, "Första träffen") for row in warned
    ]
