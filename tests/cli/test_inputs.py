"""What is recorded of the files that were read is that of the very bytes that were read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.conftest import Run

RULES = "groups: {size: 2-4}\nrules: [{strangers: earlier.csv}, place_everyone]\n"
COMMANDS = {
    "form": ("form", "roster.csv"),
    "check": ("check", "roster.csv"),
    "audit": ("audit", "groups.csv"),
    "compare": ("compare", "groups.csv", "groups.csv"),
    "rebalance": ("rebalance", "groups.csv", "--left", "SYN-1", "--joining", "new.csv"),
}

READ_BY = {"audit": "inputs"}


@pytest.fixture
def files(folder: Path) -> Path:
    (folder / "rules.yaml").write_text(RULES)
    (folder / "earlier.csv").write_text("Tunnus;group\nSYN-1;G01\nSYN-2;G01\n")
    (folder / "groups.csv").write_text(
        "Tunnus;group\n" + "".join(f"SYN-{i};G0{1 + i % 2}\n" for i in range(1, 7))
    )
    (folder / "new.csv").write_text("Tunnus\nSYN-9\n")
    return folder


@pytest.mark.parametrize("module", COMMANDS)
@pytest.mark.parametrize("pseudonymised", [False, True])
def test_files_may_go_once_they_are_read(
    files: Path, run: Run, monkeypatch: pytest.MonkeyPatch, module: str, pseudonymised: bool
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "synthetic-key-of-this-test")
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files.iterdir()}
    # An audit reads groups as the commands for edits by hand do.
    runs = import_module(f"vermegroup.app.{READ_BY.get(module, module)}")
    monkeypatch.setattr(runs, "problem_of", _once_all_are_gone(files, runs.problem_of))
    hidden = ("--pseudonymise",) if pseudonymised else ()
    shown = run(*COMMANDS[module], "--rules", "rules.yaml", "--format", "json", "-q", *hidden)
    assert shown.exit_code in (0, 1), shown.output
    inputs = json.loads(shown.stdout)["provenance"]["inputs"]
    assert ["rulebook", "rules.yaml"] in [[each["role"], each["path"]] for each in inputs]
    assert {"earlier.csv"} < {each["path"] for each in inputs}
    assert {each["path"]: each["sha256"] for each in inputs}.items() <= hashes.items()


def _once_all_are_gone(folder: Path, then: Callable[..., object]) -> Callable[..., object]:
    def gone(*arguments: object) -> object:
        for path in folder.iterdir():
            if path.is_file():
                path.unlink()
        return then(*arguments)

    return gone


def test_the_json_shown_is_what_was_written(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_before = import_module("vermegroup.cli.terminal").show

    def show(*arguments: object, **named: object) -> None:
        (folder / "out/report.json").rename(folder / "kept.json")
        shown_before(*arguments, **named)

    monkeypatch.setattr("vermegroup.cli.terminal.show", show)
    shown = run("form", "roster.csv", "-o", "out", "--format", "json")
    assert shown.stdout_bytes == (folder / "kept.json").read_bytes()
