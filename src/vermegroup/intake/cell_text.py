"""The cells of a workbook as text, as a Finnish or Swedish Excel shows them in a CSV file."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_EXACT = 1e15


def cell_text(cell: Cell) -> str:
    """Text as it is; 12.0 as "12", 2.5 as "2,5"; dates in ISO 8601; TRUE and FALSE.

    The decimal mark is a comma because the table is written again with semicolons, and where
    those are usual a spreadsheet takes 2.5 for the second of May.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return (cell.date() if cell.time() == dt.time() else cell).isoformat(*_apart(cell))
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def _apart(cell: dt.datetime) -> tuple[str, ...]:
    return () if cell.time() == dt.time() else (" ",)


def _number(value: float) -> str:
    if abs(value) < _EXACT and value == int(value):
        return str(int(value))
    return f"{value:.15g}".replace(".", ",")
