"""Rosters in a folder of their own, the command line run in it, and sessions of its groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.move import folder_for
from vermegroup.app.privacy.how import How
from vermegroup.cli.commands import app
from vermegroup.edit.session.opening import open_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.session.steps import Way, moving

Run = Callable[..., Result]
Open = Callable[..., Session]

TOWNS = ["Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Kuopio", "Vaasa"]
ROSTER = "id;name;municipality;years;side\n" + "".join(
    f"SYN-{n};Nimi {n};{TOWNS[n % 8]};{n * 7 % 16};{'ab'[n % 2]}\n" for n in range(1, 17)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with roster.csv in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8", newline="")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def call(*arguments: str) -> Result:
        shown = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert shown.exit_code in (0, 1), shown.output
        return shown

    return call


@pytest.fixture
def formed(run: Run) -> Path:
    """Groups that a run formed."""
    run("form", "roster.csv", "-q")
    return Path("roster-groups/groups.csv")


def opened(path: Path | str, how: How | None = None, **choice: Path) -> Session:
    """A session of the groups in a file."""
    source = Source(str(path), RulebookChoice(**choice), how or How())  # type: ignore[arg-type]
    return open_session(source, folder_for(str(path), None))


def home_of(session: Session, id_: str) -> str:
    """The group of somebody who is in one."""
    (group,) = session.state.groups_by_id()[id_]
    return group


def move(session: Session, **targets: str) -> None:
    """People, by ids without what all ids begin with, go to groups; all at once."""
    ways: list[Way] = []
    for name, target in targets.items():
        id_ = name.replace("SYN", "SYN-")
        ways.append((id_, home_of(session, id_), target))
    session.take(moving(ways))


def swap(session: Session, one: str, other: str) -> None:
    """Two people change places."""
    homes = home_of(session, one), home_of(session, other)
    session.take(moving([(one, *homes), (other, *homes[::-1])]))


def somebody_in(session: Session, group: str, others: Sequence[str] = ()) -> str:
    """The first member of a group."""
    found: Mapping[str, set[str]] = session.state.groups_by_id()
    return next(id_ for id_, groups in found.items() if group in groups and id_ not in others)
