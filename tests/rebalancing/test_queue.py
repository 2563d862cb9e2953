"""The queue moves up, a fixed number of groups is kept, and newcomers form groups as wished."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from vermegroup.cli.commands import app

EXAMPLES = Path(__file__).parents[2] / "examples/etavertaismentorointi"
ROSTER = """tunnus;kunta;ryhmä;viime syksynä jonossa;kertoja;ilmoittautunut
A;Oulu;G01;ei;0;
B;Turku;G01;ei;0;
C;Pori;G01;ei;0;
D;Oulu;G02;ei;0;
E;Turku;G02;ei;0;
F;Rauma;G02;ei;0;
G;Kemi;G02;ei;0;
H;Vaasa;;ei;1;
I;Inari;;kyllä;0;
J;Salo;;ei;3;
K;Oulu;;kyllä;9;
"""
BOOK = """
groups: {size: 3-4, prefer: 4, count: 2}
rules: [different: kunta]
preferences: [place_everyone%s]
"""


def rebalanced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "", roster: str = ROSTER, *asked: str
) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    Path("r.csv").write_text(roster, "utf-8")
    Path("r.yaml").write_text(BOOK % more, "utf-8")
    words = ["rebalance", "r.csv", "--rules", "r.yaml", "--format", "json", "-o", "out", *asked]
    found = CliRunner().invoke(app, [*words, "--lang", "en", "--force"])
    record: dict[str, Any] = json.loads(found.stdout)
    return record


def placed(record: dict[str, Any]) -> set[str]:
    """Who of the queue has a group now."""
    return {id_ for group in record["groups"] for id_ in group["members"]} & set("HIJK")


@pytest.mark.parametrize(
    ("more", "first"),
    [("", "H"), (", {priority: viime syksynä jonossa}", "I"), (", {priority: kertoja}", "J")],
)
def test_one_seat_goes_to_the_first_who_can_have_it(
    more: str, first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = rebalanced(tmp_path, monkeypatch, more)
    assert (placed(record), len(record["groups"])) == ({first}, 2)
    assert record["bonds"]["broken"] == 0
    assert record["bonds"]["proven"]


def test_who_leaves_makes_room_and_whoever_moves_up_is_said_to_come_from_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = rebalanced(tmp_path, monkeypatch, "", ROSTER, "--left", "G")
    assert placed(record) == {"H", "I"}
    assert record["participants"] == {"read": 11, "placed": 8, "waitlisted": 2, "set_aside": 1}
    reasons = {move["participant"]: move["reason"] for move in record["moves"]}
    assert all(reasons[id_].startswith("From the queue.") for id_ in "HI")


def test_the_time_of_answer_comes_before_the_order_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(["3", "4", "5", "6", "7", "8", "9", "20", "19", "10", "11"])
    lines = [f"{line}{next(times)}.9.2026" for line in ROSTER.splitlines()[1:]]
    roster = "\n".join([ROSTER.splitlines()[0], *lines]) + "\n"
    assert placed(rebalanced(tmp_path, monkeypatch, "", roster)) == {"J"}


def test_a_number_that_cannot_be_kept_is_said_with_a_repair_that_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = rebalanced(tmp_path, monkeypatch, "", ROSTER, "--left", "A,B,C,D,G,H")
    assert record["verdict"] == "impossible"
    assert any("1 group would be possible" in each["sentence"] for each in record["repairs"])
    assert all(each["verified"] for each in record["repairs"])


def test_groups_are_added_where_their_number_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.rebalancing.test_queue.BOOK", BOOK.replace("count: 2", "count: auto")
    )
    record = rebalanced(tmp_path, monkeypatch)
    assert (len(record["groups"]), record["participants"]["waitlisted"]) == (3, 0)


@pytest.mark.parametrize("cell", ["ehkä", "maybe", "kanske"])
def test_a_cell_that_tells_no_turn_is_an_error_with_its_row(
    cell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text(ROSTER.replace("H;Vaasa;;ei", f"H;Vaasa;;{cell}"), "utf-8")
    Path("r.yaml").write_text(BOOK % ", {priority: viime syksynä jonossa}", "utf-8")
    found = CliRunner().invoke(app, ["rebalance", "r.csv", "--rules", "r.yaml", "--lang", "en"])
    assert found.exit_code == 2
    assert f"row 9, viime syksynä jonossa: “{cell}” does not tell whose turn" in found.output


def test_fifty_who_join_fourteen_form_fours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    assert run(app, ["form", str(EXAMPLES / "syksy.csv"), "-o", "autumn"]).exit_code == 0
    joining = ["--joining", str(EXAMPLES / "kevat.csv"), "-o", "spring", "--format", "json"]
    found = run(app, ["rebalance", "autumn/groups.csv", *joining])
    before = json.loads(Path("autumn/report.json").read_text("utf-8"))["groups"]
    record = json.loads(found.stdout)
    groups = {group["id"]: set(group["members"]) for group in record["groups"]}
    for group in before:
        assert groups.pop(group["id"]) == set(group["members"])
    sizes = Counter(len(members) for members in groups.values())
    assert sizes[4] >= 10
    assert sum(abs(size - 4) * many for size, many in sizes.items()) == 2
    (size,) = [line for line in record["preferences"] if line["kind"] == "size"]
    assert size["proven"]
