"""Somebody who looks at sixteen people in four groups, which keep all rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.opened import Visitor, visitor, workplace_of, written


@pytest.fixture
def user(tmp_path: Path) -> Visitor:
    return visitor(workplace_of(written(tmp_path)))
