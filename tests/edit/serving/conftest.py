"""A server that listens, and what it was made to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edit.serving.served import CHANGED, Served, running
from vermegroup.edit.workplace import Workplace


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("place")) as served:
        yield served


@pytest.fixture(autouse=True)
def nothing_changed_yet() -> None:
    CHANGED.clear()


@pytest.fixture
def changed() -> list[str]:
    """The paths by which the server was made to do something in this test."""
    return CHANGED


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)
