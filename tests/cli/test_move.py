"""``move`` applies what a person asks for by name, judges it, and saves it whatever it breaks."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from vermegroup.report.folder import STALE

GROUPS = "roster-groups/groups.csv"
ROWS = {
    "SYN-1": "G01",
    "SYN-2": "G01",
    "SYN-3": "G01",
    "SYN-8": "G01",
    "SYN-4": "G02",
    "SYN-5": "G02",
    "SYN-6": "G02",
    "SYN-7": "G02",
}


@pytest.fixture
def formed(folder: Path, run: Run) -> Path:
    """Groups of our own: SYN-1, 2, 3 and 8, and SYN-4 to 7."""
    lines = (folder / "roster.csv").read_text("utf-8-sig").splitlines()
    rows = [f"{line};{ROWS[line.split(';')[0]]}" for line in lines[1:]]
    (folder / "roster-groups").mkdir()
    (folder / GROUPS).write_text("\n".join([f"{lines[0]};ryhmä", *rows]), "utf-8")
    assert run("audit", GROUPS, "-o", "roster-groups", "--force", "-q").exit_code == 0
    return folder / GROUPS


def homes(groups: Path) -> dict[str, str]:
    rows = [line.split(";") for line in groups.read_text("utf-8-sig").splitlines()[1:]]
    return {row[0]: row[-1] for row in rows}


def record(groups: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(groups.with_name("report.json").read_text("utf-8"))
    return found


def test_moves_and_swaps_are_one_change_in_the_folder_of_the_groups(formed: Path, run: Run) -> None:
    shown = run("move", GROUPS, "SYN-8=G2", "--swap", "SYN-3", "SYN-6")
    assert shown.exit_code == 0, shown.output
    assert homes(formed) == ROWS | {"SYN-8": "G02", "SYN-3": "G02", "SYN-6": "G01"}
    report = record(formed)
    moved = [(m["participant"], m["from"], m["to"]) for m in report["moves"]]
    assert moved == [("SYN-3", "G01", "G02"), ("SYN-6", "G02", "G01"), ("SYN-8", "G01", "G02")]
    bonds = report["bonds"]
    assert (bonds["before"], bonds["kept"], bonds["broken"]) == (12, 5, 7)
    moves = formed.with_name("moves.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in moves[1:]] == ["SYN-3", "SYN-6", "SYN-8"]
    assert run("audit", GROUPS).exit_code == 0
    assert run("move", GROUPS, "SYN-8=G1", "-q").exit_code == 0  # saved, so not edited since


def test_several_swaps_are_taken(formed: Path, run: Run) -> None:
    shown = run("move", GROUPS, "--swap", "SYN-3", "SYN-6", "--swap", "SYN-8", "SYN-7")
    assert shown.exit_code == 0, shown.output
    swapped = {"SYN-3": "G02", "SYN-6": "G01", "SYN-8": "G02", "SYN-7": "G01"}
    assert homes(formed) == ROWS | swapped


def test_what_breaks_a_rule_is_saved_and_it_is_told_since_when(formed: Path, run: Run) -> None:
    shown = run("move", GROUPS, "SYN-1=G02")
    assert shown.exit_code == 1
    text = " ".join(shown.stdout.split())
    assert (
        "Broken by this change: “All members of a group have a different municipality” (G02)"
    ) in text
    assert homes(formed)["SYN-1"] == "G02"
    again = " ".join(run("move", GROUPS, "SYN-8=G02").stdout.split())
    assert "Broken before it already: “All members of a group have a different" in again


@pytest.mark.parametrize("queue", ["SYN-8=-", "SYN-8=", "SYN-8=jonotuslista", "syn-8 = -"])
def test_the_queue_is_written_in_several_ways(formed: Path, run: Run, queue: str) -> None:
    assert run("move", GROUPS, queue).exit_code == 1  # everyone is to be placed
    assert homes(formed)["SYN-8"] == ""
    people = record(formed)["participants"]
    assert people == {"read": 8, "placed": 7, "waitlisted": 1, "set_aside": 0}


def test_a_new_name_is_a_new_group_and_one_nearly_known_is_asked_about(
    formed: Path, run: Run
) -> None:
    shown = run("move", GROUPS, "SYN-8=g3", "SYN-7=G03", "-o", "new")
    assert {*homes(formed.parents[1] / "new" / "groups.csv").values()} == {"G01", "G02", "G03"}
    assert "G03 is a new group" in shown.stdout
    shown = run("move", GROUPS, "SYN-8=G_02", "-o", "newer")
    text = " ".join(shown.stdout.split())
    assert "“G_02” was read as a group of its own. Was “G02” meant?" in text


def test_a_group_that_everybody_leaves_is_gone(formed: Path, run: Run) -> None:
    shown = run("move", GROUPS, *(f"{id_}=G02" for id_, of in ROWS.items() if of == "G01"))
    assert shown.exit_code == 1
    assert [group["id"] for group in record(formed)["groups"]] == ["G02"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ((), "Nobody is named"),
        (("SYN-1",), "with = between them"),
        (("=G01",), "with = between them"),
        (("SYN-77=G01",), "No member has the id"),
        (("SYN-1=G02", "syn-1=G01"), "mentioned twice"),
        (("SYN-1=G02", "--swap", "SYN-1", "SYN-4"), "mentioned twice"),
        (("--swap", "SYN-1", "SYN-2"), "same group"),
        (("--swap", "SYN-1"), "Two people are expected"),
        (("--swap", "SYN-1", ""), "Two people are expected"),
    ],
)
def test_a_wrong_call_changes_nothing(
    formed: Path, run: Run, call: tuple[str, ...], said: str
) -> None:
    def files() -> dict[Path, bytes]:
        there = (path for path in formed.parent.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in there if path.name != STALE}

    before = files()
    shown = run("move", GROUPS, *call)
    assert shown.exit_code == 2
    assert said in shown.stderr
    assert files() == before


def test_people_are_meant_by_name_and_e_mail(folder: Path, run: Run) -> None:
    rows = "".join(
        f"Nimi {n};n{n}@example.org;Kunta {n};{(1, 12, 7)[n % 3]};{'AB'[n > 4]}\n"
        for n in range(1, 9)
    )
    header = "Nimi;Sähköposti;Ammattinimike;Työkokemus vuosina;ryhmä\n"
    (folder / "r.csv").write_text(header + rows, "utf-8")
    rules = "groups: {size: 2-6}\nrules: [place_everyone]\n"
    (folder / "rules.yaml").write_text(rules, "utf-8")
    call = ("move", "r.csv", "nimi 1=b", "n2@example.org=B", "--rules", "rules.yaml")
    assert run(*call).exit_code == 0
    lines = (folder / "r-groups/groups.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[4] for line in lines[:3]] == ["B", "B", "A"]


def test_edited_groups_are_accepted_by_an_audit_as_the_refusal_says(formed: Path, run: Run) -> None:
    edited = formed.read_text("utf-8-sig").replace("SYN-8;Pori;15;G01", "SYN-8;Pori;15;G02")
    formed.write_text(edited, "utf-8")
    refused = run("move", GROUPS, "SYN-3=G02")
    assert refused.exit_code == 2
    command = "vermegroup audit roster-groups/groups.csv -o roster-groups --force"
    assert command in " ".join(refused.stderr.split())
    assert run("audit", GROUPS, "-o", "roster-groups").exit_code == 2
    assert run(*shlex.split(command)[1:]).exit_code == 0
    assert homes(formed) == ROWS | {"SYN-8": "G02"}
    page = formed.with_name("report.html").read_text("utf-8")
    assert "All rules hold" in page
    assert run("move", GROUPS, "SYN-8=G01").exit_code == 0


@pytest.mark.parametrize(
    ("edit", "cost"), [({"SYN-4": "G01"}, 1), ({"SYN-1": "G02", "SYN-4": "G01"}, None)]
)
def test_an_audit_gives_the_cheapest_repairs_with_commands_that_work(
    formed: Path, run: Run, edit: dict[str, str], cost: int | None
) -> None:
    for id_, group in edit.items():
        text = formed.read_text("utf-8-sig")
        line = next(line for line in text.splitlines() if line.startswith(f"{id_};"))
        formed.write_text(text.replace(line, f"{line.rsplit(';', 1)[0]};{group}"), "utf-8")
    shown = run("audit", GROUPS, "--format", "json")
    repairs = json.loads(shown.stdout)["repairs"]
    if shown.exit_code == 0:
        assert not repairs
        return
    assert repairs
    if cost is not None:
        assert {repair["cost"] for repair in repairs} == {cost}
    for number, repair in enumerate(repairs):
        assert (repair["remedy"], repair["verified"]) == ("move", True)
        words = shlex.split(repair["command"])[1:]
        assert run(*words, "-o", f"repaired-{number}").exit_code == 0
    assert repairs[0]["command"] in " ".join(run("audit", GROUPS).stdout.split())


def test_pseudonymised_groups_have_no_command_that_would_not_find_them(
    formed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "0123456789abcdef0123")
    shown = run("move", GROUPS, "SYN-4=G01", "--pseudonymise", "-o", "secret", "--format", "json")
    assert shown.exit_code == 1
    assert "SYN-" not in shown.stdout
    repairs = json.loads(shown.stdout)["repairs"]
    assert repairs
    assert not any("command" in repair for repair in repairs)
