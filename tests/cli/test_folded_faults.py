"""Faults are told in lines that a terminal has room for, and commands in one piece."""

from __future__ import annotations

import sys

import pytest

from vermegroup.cli import exits

LONG = (
    "Several columns could be meant by free times: “Ajat ma” and “Ajat ti”. Choose one, for "
    'example --column "times=Ajat jotka sopivat minulle hyvin" or in the rulebook '
    'columns: {times: ["Ajat ma", "Ajat ti"]}, as in /srv/a-long-folder/of/files/kevat-groups.csv'
)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_long_fault_is_folded_at_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    exits.tell_folded(LONG, "  ")
    lines = capsys.readouterr().err.splitlines()
    assert " ".join(map(str.strip, lines)) == LONG
    assert all(line.startswith("  ") for line in lines)
    assert all(len(line) <= min(columns, 80) for line in lines if columns > 40)
    for whole in (
        '--column "times=Ajat jotka sopivat minulle hyvin"',
        '{times: ["Ajat ma", "Ajat ti"]}',
    ):
        assert any(whole in line for line in lines)


def test_in_a_pipe_a_fault_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    exits.tell_folded(LONG)
    assert capsys.readouterr().err.splitlines() == [LONG]
