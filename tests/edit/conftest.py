"""What is remembered in tests is remembered for them alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermegroup.edit.own_state import VARIABLE


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is remembered."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder
