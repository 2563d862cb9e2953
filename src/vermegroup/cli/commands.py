"""All commands: each room declares its own, and help lists them in this order."""

from __future__ import annotations

from vermegroup.cli import (
    edit_commands,
    evidence_commands,
    groups_commands,
    roster_commands,
    run_commands,
    shipped_commands,
)
from vermegroup.cli.app import app

__all__ = [
    "app",
    "edit_commands",
    "evidence_commands",
    "groups_commands",
    "roster_commands",
    "run_commands",
    "shipped_commands",
]

_ORDER = (
    *("form", "check", "rebalance", "audit", "options", "move", "compare", "undo", "edit"),
    *("rounds", "export", "batch", "verify", "draw", "baseline", "init", "sample"),
    *("profiles", "schema"),
)
app.registered_commands.sort(key=lambda each: _ORDER.index(each.name or ""))
