"""What commands say of one person, or of one group, is said of one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GLUED = re.compile(
    r"(?<![0-9.,–-])1 (?:people|groups|members|rows|henkilöä|ryhmää|personer|grupper|repeats)\b"
    r"|(?<![0-9.,–-])1 (?:person|group) (?:are|have|need|belong|make|were)\b"
    r"|there are (?:only )?1 (?:group|person)\b|(?<![0-9])([0-9]+) (?:to|–) \1(?![0-9])"
)
RULES = {
    "alone": "groups: {size: 1, prefer: 1}\nrules: [place_everyone]",
    "too few": "groups: {size: 2, prefer: 2, count: 1}\nrules: [place_everyone]",
    "one wide": "groups: {size: 8, prefer: 8, count: 1}\nrules: [different: Kunta, place_everyone]",
    "apart": "groups: {size: 2-8, count: 1}\nrules: [apart: [SYN-1, SYN-2], place_everyone]",
    "pinned": "groups: {size: 2-8, count: 1}\nrules: [pin: {SYN-1: G01, SYN-2: G02}]",
    "same": "groups: {size: 2-8, count: 1}\nrules: [same: Kunta, place_everyone]",
    "most": "groups: {size: 1-8, count: 1}\nrules: [include: {Kunta: Salo, at_least: 2}]",
    "spread": "groups: {size: 1-8, count: 1}\nrules: [spread: Kunta, at_least: 1]",
    "waiting": "groups: {size: 7, prefer: 7}\npreferences: [place_everyone, spread: years]",
}


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("rules", RULES)
def test_nothing_is_said_of_one_as_of_several(
    folder: Path, run: Run, rules: str, language: str
) -> None:
    (folder / "rules.yaml").write_text(RULES[rules], "utf-8")
    (folder / "groups.csv").write_text(
        "Tunnus;Kunta;Työkokemus vuosina;group\nSYN-1;Salo;1;g1\nSYN-2;Oulu;3;g2\n", "utf-8"
    )
    asked = ("--rules", "rules.yaml", "--lang", language)
    for call in (
        ("form", "roster.csv", "-o", "out"),
        ("check", "roster.csv"),
        ("audit", "groups.csv"),
        ("rebalance", "groups.csv", "--left", "SYN-1", "--dry-run"),
    ):
        shown = run(*call, *asked, "--format", "json")
        assert shown.exit_code < 4, shown.output
        assert not (found := GLUED.search(shown.stdout)), shown.stdout[found.start() - 80 :][:160]


def test_whoever_waited_is_no_newcomer(folder: Path, run: Run) -> None:
    (folder / "groups.csv").write_text("Tunnus;group\nA;G01\nB;G01\nC;\n", "utf-8")
    (folder / "new.csv").write_text("Tunnus\nD\n", "utf-8")
    (folder / "rules.yaml").write_text("groups: {size: 2-5}\nrules: [place_everyone]\n", "utf-8")
    call = ("rebalance", "groups.csv", "--joining", "new.csv", "--rules", "rules.yaml", "-o", "o")
    assert run(*call).exit_code == 0
    moves = {line.split(";")[0]: line for line in (folder / "o/moves.csv").read_text().splitlines()}
    assert "newcomer" in moves["D"]
    assert "From the queue" in moves["C"]


@pytest.mark.parametrize(
    ("weight", "holds"),
    [("0", False), ("1000000", False), ("0.00001", False), ("999999", True), ("0.0001", True)],
)
def test_the_limits_of_a_weight_are_as_they_are_told(
    folder: Path, run: Run, weight: str, holds: bool
) -> None:
    tier = f"[[{{spread: years, weight: {weight}}}, even_sizes]]"
    (folder / "rules.yaml").write_text(f"rules: []\npreferences: {tier}\n", "utf-8")
    shown = run("check", "roster.csv", "--rules", "rules.yaml")
    assert (shown.exit_code != 2) == holds
    assert ("below 1000000, with at most 4 decimals" in shown.stderr) != holds
