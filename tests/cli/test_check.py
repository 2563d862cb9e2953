"""``check`` tells what was recognised, changed, wrong and missing, and forms nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ROSTER, Run
from tests.exports import SAVED
from tests.intake.test_awful_export import saved_by_excel

ROOT = Path(__file__).parents[2]

KEYS = {
    *("schema", "verdict", "proven", "participants", "groups", "rules", "preferences"),
    *("group_counts", "conflicts", "repairs", "findings", "provenance"),
}


def test_a_usable_roster_exits_0_and_nothing_is_written(folder: Path, run: Run) -> None:
    shown = run("check", "roster.csv")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "8 read · 8 taking part · 0 set aside" in shown.stdout
    assert "municipality" in shown.stdout
    assert [path.name for path in folder.iterdir()] == ["roster.csv"]


def test_every_fault_of_an_awful_export_is_told_with_its_row(folder: Path, run: Run) -> None:
    (folder / "awful.csv").write_bytes(saved_by_excel())
    shown = run("check", "awful.csv")
    assert shown.exit_code == 0
    text = " ".join(shown.stdout.split())
    for place in (
        *("read as Windows-1252", "row 1: ", "row 2: ", "row 4: The header"),
        *("“yli 10 vuotta”", "“Kuusankoski”", "“Tamperre”", "row 11: ", "Rows 6 and 13"),
        *("row 10: Cancelled", "row 14: Cancelled", "9 read · 6 taking part · 3 set aside"),
    ):
        assert place in text


@pytest.mark.parametrize("name", SAVED)
def test_every_way_of_saving_is_recognised_alike(folder: Path, run: Run, name: str) -> None:
    (folder / "saved").write_bytes(SAVED[name])
    sheet = ("--sheet", "Vastaukset") if name.startswith(("xlsx", "ods")) else ()
    record = json.loads(run("check", "saved", "--format", "json", *sheet).stdout)
    traits = [line["trait"] for line in record["columns"]]
    assert set(traits) >= {"id", "name", "municipality", "years"}
    assert record["participants"]["read"] == 40


def test_the_json_has_the_keys_of_a_report_and_what_was_recognised(run: Run) -> None:
    record = json.loads(run("check", "roster.csv", "--format", "json").stdout)
    assert record.keys() >= KEYS
    assert (record["verdict"], record["usable"], record["missing"]) == ("possible", True, [])
    assert record["columns"][1] == {"header": "Kunta", "trait": "municipality"}
    counts = record["participants"]
    assert counts["read"] == counts["placed"] + counts["waitlisted"] + counts["set_aside"] == 8


def test_numbers_of_groups_have_their_certificates(folder: Path, run: Run) -> None:
    crowd = "".join(f"SYN-{number};Turku;3\n" for number in range(10, 22))
    (folder / "crowd.csv").write_text(ROSTER + crowd, "utf-8")
    record = json.loads(run("check", "crowd.csv", "--format", "json").stdout)
    assert record["verdict"] == "impossible"
    assert {line["possible"] for line in record["group_counts"]} == {False}
    assert all(line["because"] for line in record["group_counts"])


def test_an_impossible_roster_exits_1_with_why_and_what_would_help(folder: Path, run: Run) -> None:
    crowd = "".join(f"SYN-{number};Turku;3\n" for number in range(10, 22))
    (folder / "crowd.csv").write_text(ROSTER + crowd, "utf-8")
    shown = run("check", "crowd.csv", "--format", "json")
    record = json.loads(shown.stdout)
    assert shown.exit_code == 1
    assert record["conflicts"][0]["minimal"]
    assert record["repairs"]
    assert all(repair["verified"] for repair in record["repairs"])
    assert record["partial"]["placed"] + len(record["partial"]["left_out"]) == 20


def test_possible_numbers_of_groups_are_told(folder: Path, run: Run) -> None:
    shown = run("check", "roster.csv", "--format", "json")
    table = json.loads(shown.stdout)["group_counts"]
    assert [(line["groups"], line["possible"]) for line in table] == [(2, True)]


def test_a_missing_trait_is_named_and_exits_2(folder: Path, run: Run) -> None:
    (folder / "bad.csv").write_text("id;Kunta\na;Turku\nb;Oulu\n", "utf-8")
    shown = run("check", "bad.csv", "--lang", "fi")
    assert shown.exit_code == 2
    assert "kokemusvuodet (years): mikään sarake ei kerro sitä" in shown.stdout
    assert json.loads(run("check", "bad.csv", "--format", "json").stdout)["missing"] == ["years"]


def test_notices_are_told_beside_errors(folder: Path, run: Run) -> None:
    text = "id;Kunta;Vuodet\na;Åbo;yli 10 vuotta\nb;Turku;ehkä\n"
    (folder / "bad.csv").write_text(text, "utf-8")
    record = json.loads(run("check", "bad.csv", "--format", "json").stdout)
    findings = {(line["severity"], line["row"], line["value"]) for line in record["findings"]}
    assert {("error", 3, "ehkä"), ("notice", 2, "yli 10 vuotta")} <= findings


def test_quiet_tells_faults_alone_and_on_standard_error(folder: Path, run: Run) -> None:
    (folder / "bad.csv").write_text("id;Kunta\na;Turku\n", "utf-8")
    assert run("check", "roster.csv", "-q").output == ""
    shown = run("check", "bad.csv", "-q")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "bad.csv" in shown.stderr


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_plain_text_keeps_to_eighty_columns(folder: Path, run: Run, language: str) -> None:
    (folder / "awful.csv").write_bytes(saved_by_excel())
    shown = run("check", "awful.csv", "--lang", language)
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "\x1b" not in shown.stdout


@pytest.mark.parametrize("command", ["check", "form"])
def test_a_choice_between_two_columns_is_asked_for_and_followed(
    folder: Path, run: Run, command: str
) -> None:
    rows = [line.split(";") for line in ROSTER.splitlines()]
    header, people = rows[0], rows[1:]
    lines = [
        [header[0], "Paikkakunta", "Työkunta", header[2]],
        *([i, "Turku", k, v] for i, k, v in people),
    ]
    (folder / "two.csv").write_text("".join(";".join(line) + "\n" for line in lines), "utf-8")
    asked = run(command, "two.csv")
    assert asked.exit_code == 2
    assert "Paikkakunta" in asked.output
    assert "Työkunta" in asked.output
    assert run(command, "two.csv", "--column", "municipality=Työkunta").exit_code == 0


@pytest.mark.parametrize("pair", ["municipality", "=Kunta", "municipality="])
def test_a_column_that_is_no_pair_exits_2(run: Run, pair: str) -> None:
    shown = run("check", "roster.csv", "--column", pair)
    assert shown.exit_code == 2
    assert "--column" in shown.stderr


def test_a_sheet_is_found_by_its_name(folder: Path, run: Run) -> None:
    (folder / "book.xlsx").write_bytes(SAVED["xlsx"])
    assert run("check", "book.xlsx", "--sheet", "vastaukset").exit_code == 0
    shown = run("check", "book.xlsx", "--sheet", "Toinen")
    assert shown.exit_code == 2
    assert "Vastaukset" in shown.stdout


def test_many_numbers_of_groups_are_told_by_a_few(folder: Path, run: Run) -> None:
    towns = ("Turku", "Oulu", "Lahti", "Salo")
    rows = "".join(f"SYN-{number};{towns[number % 4]};7\n" for number in range(300))
    (folder / "many.csv").write_text(ROSTER.splitlines()[0] + "\n" + rows, "utf-8")
    shown = run("check", "many.csv").stdout
    assert len(shown.splitlines()) < 60
    assert "75–100: 75 groups need 75 new people, but there are none" in shown


def test_of_a_split_roster_each_part_is_counted(folder: Path, run: Run) -> None:
    shown = run(
        "check",
        str(ROOT / "examples/kaupunkimentorointi/ilmoittautuneet.csv"),
        "--rules",
        str(ROOT / "examples/kaupunkimentorointi/rules.yaml"),
        *("--format", "json"),
    )
    table = json.loads(shown.stdout)["group_counts"]
    leaders = [line for line in table if line["part"] == "johtaja"]
    assert [line["groups"] for line in leaders] == [4]
    assert {line["part"] for line in table} == {"johtaja", "lastenhoitaja", "opettaja"}
