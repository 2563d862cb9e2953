"""Groups of invented people in a folder of their own, and the command line run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermegroup.cli.commands import app

Run = Callable[..., Result]

GROUPS = """\
Tunnus;Nimi;Sähköposti;Kunta;Yksikkö;Työkokemus vuosina;Ryhmä
SYN-1;Aino Keksitty;aino@example.org;Turku;Päiväkoti A;1;G01
SYN-2;Örn Exempel;orn@example.org;Oulu;Päiväkoti B;12;G01
SYN-3;Åke Exempel;ake@example.org;Lahti;Päiväkoti C;7;G01
SYN-4;Bertta Keksitty;bertta@example.org;Turku;Päiväkoti A;20;G02
SYN-5;Cilla Exempel;;Oulu;Päiväkoti D;2;G02
SYN-6;Daavid Keksitty;daavid@example.org;Salo;Päiväkoti E;6;G02
SYN-7;Eetu Keksitty;eetu@example.org;Kemi;Päiväkoti F;4;
"""
"""Synthetic: SYN-5 has no e-mail address, and SYN-7 no group."""


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the groups, in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ryhmat.csv"
    path.write_text(GROUPS, encoding="utf-8-sig", newline="")
    return path


@pytest.fixture
def export(groups: Path) -> Run:
    """Exports the groups with some words."""

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, ["export", groups.name, *words], catch_exceptions=False)

    return call
