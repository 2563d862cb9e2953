"""What changes for people when groups are rebalanced."""

from __future__ import annotations

from enum import StrEnum


class Policy(StrEnum):
    """Groups are only combined whole, or single people may change groups, too."""

    MERGE = "merge"
    MOVE = "move"
