"""``vermegroup edit`` as people start it: a process of its own, in a folder that ``form`` wrote."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from typer.testing import CliRunner

from vermegroup.cli.commands import app

ROSTER, GROUPS = "kevat.csv", "kevat-groups/groups.csv"
TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Vaasa", "Pori", "Kuopio")
RULES = """\
groups: {count: 6, size: 3-5}
rules:
  - different: municipality
  - include: {experience: new, at_least: 1}
preferences:
  - balance: years
"""
PEOPLE, FURTHER_TOWN = 24, 5
_LATE = 60.0
"""Seconds after which a program that says nothing is ended."""


def id_of(number: int) -> str:
    return f"SYN-{number:02d}"


def town_of(id_: str) -> str:
    """Where somebody of the roster lives; each town has three of them."""
    at = int(id_.removeprefix("SYN-")) - 1
    return TOWNS[(at * FURTHER_TOWN + at // len(TOWNS)) % len(TOWNS)] if at < PEOPLE else ""


def synthetic_roster() -> str:
    """People who do not exist; every third of them is new."""
    rows = ["id,name,email,municipality,years"]
    for at in range(PEOPLE):
        years = at % 4 if at % 3 == 0 else 6 + at * 7 % 17
        id_, name = id_of(at + 1), f"Nimi{at + 1:02d}"
        rows.append(f"{id_},{name},{name.lower()}@example.org,{town_of(id_)},{years}")
    return "\n".join(rows) + "\n"


def called(*arguments: str) -> tuple[int, str]:
    """What the command line answers in the current folder: the exit code, and all it shows."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return result.exit_code, result.output


def formed_in(folder: Path) -> None:
    """Put a roster, rules and the groups that ``form`` makes of them into the current folder."""
    (folder / ROSTER).write_text(synthetic_roster(), "utf-8", newline="")
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    assert called("form", ROSTER, "--rules", "rules.yaml", "--effort", "5", "-q")[0] == 0


@dataclass(frozen=True, slots=True)
class Program:
    """A running ``vermegroup edit``, and the address that it showed."""

    process: subprocess.Popen[str]
    address: str

    def ended(self) -> int:
        """The exit code, once it has ended by itself."""
        return self.process.wait(_LATE)


def started(folder: Path, language: str = "en") -> subprocess.Popen[str]:
    """``vermegroup edit`` in a folder, which is to show the address alone."""
    call = [sys.executable, "-m", "vermegroup", "edit", GROUPS, "--no-browser", "--port", "0"]
    return subprocess.Popen(
        [*call, "--quiet", "--lang", language],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def program(folder: Path, language: str = "en") -> Iterator[Program]:
    """``vermegroup edit`` in a folder; it is killed at the end, if it runs still."""
    with started(folder, language) as process:
        late = Timer(_LATE, process.kill)
        late.start()
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        late.cancel()
        try:
            assert address.startswith("http://127.0.0.1:"), process.communicate(timeout=_LATE)
            yield Program(process, address)
        finally:
            process.kill()
