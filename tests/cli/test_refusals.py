"""A refused run answers in JSON where that is asked, and marks an older answer as older."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BAD = "Tunnus;Kunta;Työkokemus vuosina\nSYN-1;Turku;1\nSYN-1;Oulu;9\n"
CALLS = {
    "form": ("form", "bad.csv"),
    "no such file": ("form", "missing.csv"),
    "check": ("check", "missing.csv"),
    "check of a bad roster": ("check", "bad.csv"),
    "rebalance": ("rebalance", "groups.csv", "--left", "SYN-99"),
    "rounds": ("rounds", "bad.csv", "-r", "2"),
    "audit": ("audit", "bad.csv"),
    "move": ("move", "groups.csv", "SYN-99=A"),
    "options": ("options", "groups.csv", "SYN-99"),
    "compare": ("compare", "groups.csv", "bad.csv"),
    "batch": ("batch", "bad.csv", "-o", "out"),
    "no such option": ("form", "roster.csv", "--sed", "1"),
    "no roster": ("form",),
    "no number": ("form", "roster.csv", "--groups", "many"),
    "no cluster": ("form", "roster.csv", "--executor", "elsewhere"),
}


@pytest.fixture
def groups(folder: Path) -> Path:
    (folder / "bad.csv").write_text(BAD, "utf-8")
    lines = (folder / "roster.csv").read_text("utf-8-sig").splitlines()
    marked = [f"{line};{'ryhmä' if n == 0 else 'AB'[n % 2]}" for n, line in enumerate(lines)]
    (folder / "groups.csv").write_text("\n".join(marked), "utf-8")
    return folder


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("asked", [("--format", "json"), ("--format=json", "--lang", "fi")])
def test_a_refusal_is_json_on_standard_output_alone(
    groups: Path, run: Run, call: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    shown = run(*call, *asked)
    assert shown.exit_code == 2
    answer = json.loads(shown.stdout)
    assert (answer["schema"], answer["verdict"]) == (1, "refused")
    [worst, *_more] = answer["findings"]
    assert worst["severity"] == "error"
    assert worst["message"]
    assert worst.keys() == {"severity", "file", "row", "column", "value", "message", "hint"}


def test_without_json_nothing_is_on_standard_output(groups: Path, run: Run) -> None:
    for call in (CALLS["form"], CALLS["no such option"], CALLS["rebalance"]):
        shown = run(*call)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert shown.stderr


REFUSED = {
    "form": ("form", "bad.csv", "-o", "out"),
    "rounds": ("rounds", "bad.csv", "-r", "2", "-o", "out"),
    "rebalance": ("rebalance", "out/groups.csv", "--left", "SYN-99", "-o", "out"),
    "audit": ("audit", "bad.csv", "-o", "out"),
    "move": ("move", "out/groups.csv", "SYN-99=A"),
}


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED)
def test_an_older_answer_is_marked_until_a_run_answers_again(
    groups: Path, run: Run, call: tuple[str, ...]
) -> None:
    assert run("form", "roster.csv", "-o", "out").exit_code == 0
    out = groups / "out"
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    refused = run(*call)
    assert refused.exit_code == 2
    note = (out / "STALE").read_text("utf-8")
    assert f"vermegroup {call[0]} " in note
    assert len(note.splitlines()) == 4
    assert {name: (out / name).read_bytes() for name in before} == before
    run(*call)
    assert run("audit", "out/groups.csv").exit_code == 0
    assert run("form", "roster.csv", "-o", "out").exit_code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    run(*call)
    again = run("form", "roster.csv", "-o", "out", "--seed", "2", "--lang", "sv")
    assert (again.exit_code, (out / "STALE").exists()) == (0, False)
    assert run("undo", "out").exit_code == 0
    assert (out / "STALE").exists(), "the older answer is as old as it was"


def test_there_is_no_note_where_there_is_no_answer_or_nothing_was_to_be_written(
    groups: Path, run: Run
) -> None:
    assert run("form", "bad.csv", "-o", "out").exit_code == 2
    assert not (groups / "out").exists()
    assert run("form", "roster.csv", "-o", "out").exit_code == 0
    dry = ("rebalance", "out/groups.csv", "--left", "SYN-99", "--dry-run", "-o", "out")
    assert run(*dry).exit_code == 2
    assert run("check", "bad.csv").exit_code == 2
    assert not (groups / "out/STALE").exists()


def test_under_pseudonyms_a_note_names_nobody(
    groups: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "synthetic-key-of-this-test")
    assert run("form", "roster.csv", "-o", "out").exit_code == 0
    assert run("form", "bad.csv", "-o", "out", "--pseudonymise").exit_code == 2
    note = (groups / "out/STALE").read_text("utf-8")
    assert "vermegroup form\n" in note
    assert "SYN-1" not in note


ANSWERED_NO = {
    "form": ("form", "roster.csv", "--groups", "7"),
    "check": ("check", "roster.csv", "--groups", "7"),
    "audit": ("audit", "groups.csv"),
    "rounds": ("rounds", "roster.csv", "-r", "2", "--groups", "7"),
    "move": ("move", "groups.csv", "SYN-1=A", "-o", "out"),
    "compare": ("compare", "groups.csv", "groups.csv"),
    "rebalance": ("rebalance", "groups.csv", "--left", "SYN-1,SYN-2,SYN-3,SYN-4,SYN-5,SYN-6"),
}


@pytest.mark.parametrize("call", ANSWERED_NO.values(), ids=ANSWERED_NO)
def test_with_exit_zero_a_no_is_an_answer_as_good_as_a_yes(
    groups: Path, run: Run, call: tuple[str, ...]
) -> None:
    (groups / "r.yaml").write_text("groups: {size: 3-4}\nrules: [same: kunta, place_everyone]")
    rules = () if "--groups" in call else ("--rules", "r.yaml")
    writes = () if call[0] in ("check", "compare") else ("--force",)
    assert run(*call, *rules, *writes).exit_code == 1
    assert run(*call, *rules, *writes, "--exit-zero").exit_code == 0
    assert run(call[0], "missing.csv", *call[2:], "--exit-zero").exit_code == 2
