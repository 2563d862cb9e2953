"""Where this program keeps what it remembers for a user."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "VERMEGROUP_STATE"
"""Names another folder for what the program remembers."""


def state_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where this program keeps what it remembers for this user."""
    asked = os.environ if environment is None else environment
    if own := asked.get(VARIABLE):
        return Path(own)
    if sys.platform == "win32":
        home = asked.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    else:
        home = asked.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "vermegroup"
