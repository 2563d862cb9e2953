"""The public face is small, complete, and loads nothing until it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

import vermegroup


@pytest.mark.parametrize("name", vermegroup.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(vermegroup, name) is not None
    assert name in dir(vermegroup)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        vermegroup.nothing  # noqa: B018


def test_the_package_itself_loads_nothing() -> None:
    script = "import sys, vermegroup; print('numpy' in sys.modules, 'ortools' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]
