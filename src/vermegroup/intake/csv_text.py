"""The one writer of CSV: whatever stands in a cell, intake reads it back, and nothing runs it.

Every file of ours goes through it: each cell is quoted where it must be, and defused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from vermegroup.intake.formulas import all_defused


def csv_text(
    headings: Iterable[Sequence[str]],
    columns: Iterable[list[str]],
    delimiter: str = ",",
    newline: str = "\n",
) -> str:
    """A table as CSV: the rows of its header, and below them its columns, all equally long."""
    above = zip(*headings, strict=True)
    whole = [
        _written([*heading, *cells], delimiter)
        for heading, cells in zip(above, columns, strict=True)
    ]
    text = io.StringIO(newline="")
    text.writelines(f"{delimiter.join(row)}{newline}" for row in zip(*whole, strict=True))
    return text.getvalue()


def _written(cells: list[str], delimiter: str) -> list[str]:
    # A lone line end needs quotes too, also where lines end differently.
    special = re.compile(f'[{re.escape(delimiter)}"\\r\\n]')
    cells = all_defused(cells)
    if special.search("".join(cells)) is None:
        return cells
    return [_quoted(cell) if special.search(cell) else cell for cell in cells]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
