"""The Chromium of the machine: no other is downloaded."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
NEEDED = "VERMEGROUP_NEEDS_BROWSER"
"""Set by ``.ci/run``: what needs a browser is then never left out."""


def executable() -> str:
    """Where it is. Without one the test is skipped, and fails where a browser is needed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is not None:
        return found
    if os.environ.get("CI") == "true" or os.environ.get(NEEDED):
        pytest.fail(f"no Chromium is installed, and here one is needed: {' or '.join(NAMES)}")
    pytest.skip("no Chromium is installed")
