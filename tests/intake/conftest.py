from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from vermegroup.domain.findings import Finding, RosterError
from vermegroup.domain.roster import Roster
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake import NOTHING, read_roster
from vermegroup.rulebooks.read import default_rulebook, rulebook_from_text

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]

TODAY = date(2023, 9, 1)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return default_rulebook()


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], Path]:
    """Save bytes as a roster."""

    def save(data: bytes) -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(data)
        return path

    return save


@pytest.fixture
def read(saved: Callable[[bytes], Path], rulebook: Rulebook) -> Read:
    """Read bytes as a roster, under the default rulebook or under rules in YAML."""

    def read_bytes(
        data: bytes, rules: str | None = None, columns: Mapping[str, str] = NOTHING
    ) -> tuple[Roster, tuple[Finding, ...]]:
        chosen = rulebook_from_text(rules, "rules.yaml") if rules else rulebook
        return read_roster(saved(data), chosen, columns=columns, today=TODAY)

    return read_bytes


@pytest.fixture
def refused(read: Read) -> Callable[..., tuple[Finding, ...]]:
    """Read bytes that cannot be a roster, for the findings that stop it."""

    def findings(
        data: bytes, rules: str | None = None, columns: Mapping[str, str] = NOTHING
    ) -> tuple[Finding, ...]:
        with pytest.raises(RosterError) as stopped:
            read(data, rules, columns)
        return stopped.value.findings

    return findings
