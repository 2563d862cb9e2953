"""Text that a terminal may be shown: a cell of somebody's file must not steer it."""

from __future__ import annotations

from vermegroup.phrase import legible


def printable(text: str) -> str:
    """The text with a mark in place of every control character."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in legible(text)
    )
