"""A roster in a folder of its own, and the command line run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermegroup.cli.commands import app

Run = Callable[..., Result]

ROSTER = """\
Tunnus;Kunta;Työkokemus vuosina
SYN-1;Turku;1
SYN-2;Oulu;12
SYN-3;Lahti;7
SYN-4;Turku;20
SYN-5;Oulu;2
SYN-6;Salo;6
SYN-7;Kemi;4
SYN-8;Pori;15
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with roster.csv in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8-sig", newline="")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def call(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False)

    return call
