"""Who leads is marked: of a mentor and a mentee the mentor, and never everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from vermegroup.cli.commands import app


@pytest.mark.parametrize(
    ("led", "leads", "marked"),
    [
        ("mentee", "mentor", "mentor"),
        ("aktori", "mentori", "mentori"),
        ("adept", "mentor", "mentor"),
        ("junior", "senior", None),  # nothing tells which of the two leads
    ],
)
def test_of_a_pair_the_mentor_alone_is_marked(
    tmp_path: Path, led: str, leads: str, marked: str | None
) -> None:
    rows = "".join(f"{n},Name{n},{leads if n % 2 else led}\n" for n in range(1, 7))
    (tmp_path / "r.csv").write_text(f"id,name,role\n{rows}", "utf-8")
    quotas = "".join(f"  - include: {{role: {role}, exactly: 1}}\n" for role in (led, leads))
    rules = f"groups: {{size: 2}}\nrules:\n{quotas}  - place_everyone\n"
    (tmp_path / "r.yaml").write_text(rules, "utf-8")
    files = [
        str(tmp_path / "r.csv"),
        "--rules",
        str(tmp_path / "r.yaml"),
        "-o",
        str(tmp_path / "o"),
    ]
    shown = CliRunner().invoke(app, ["form", *files]).stdout
    stars = [f"★ Name{n}" in shown for n in range(1, 7)]
    assert stars == [marked is not None and n % 2 == 1 for n in range(1, 7)]
