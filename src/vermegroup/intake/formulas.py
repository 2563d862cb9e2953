"""Cells that a spreadsheet would run as a formula, made harmless and restored.

Such a cell gets a leading apostrophe when it is written and loses it when it is read. A cell
that has apostrophes before a formula of its own gets one more, so that every cell comes back
as it was: `CSV injection <https://owasp.org/www-community/attacks/CSV_Injection>`_.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-](\d+([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?")


def defused(cell: str) -> str:
    """The cell, as text where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _touched(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before it was defused."""
    return cell[1:] if cell.startswith("'") and _touched(cell) else cell


def defused_column(column: pd.Series[str]) -> pd.Series[str]:
    """Every cell of a column defused."""
    if {cell[:1] for cell in column.tolist()}.isdisjoint((*STARTS, "'")):
        return column
    return _each(column, defused)


def restored_column(column: pd.Series[str]) -> pd.Series[str]:
    """Every cell of a column as it was before it was defused."""
    return _each(column, restored)


def may_be_defused(text: str) -> bool:
    """Whether a text has any cell to restore; a quick look that spares a million rows another."""
    return "'" in text and any(f"'{start}" in text for start in STARTS)


def _each(column: pd.Series[str], change: Callable[[str], str]) -> pd.Series[str]:
    return column.__class__(list(map(change, column.tolist())), column.index, dtype="str")


def _touched(cell: str) -> bool:
    bare = cell.lstrip("'")
    return bare.startswith(STARTS) and not _NUMBER.fullmatch(bare)
