"""The one writer of CSV: whatever stands in a cell, intake reads it back, and nothing runs it.

Such a cell gets a leading apostrophe when it is written and loses it when it is read. A cell
that has apostrophes before a formula of its own gets one more, so that every cell comes back
as it was: `CSV injection <https://owasp.org/www-community/attacks/CSV_Injection>`_.

Every file of ours goes through it: each cell is quoted where it must be, and defused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
"""What a formula begins with, in the widths of East Asian text too."""
# What may stand before the sign: blanks, and what cannot be seen.
_BEFORE = r"\s\ufeff\u200b-\u200d\u2060\u00ad"
_START = rf"(?:[\t\r\n]|[{_BEFORE}]*[{re.escape(SIGNS)}])"
_FORMULA = re.compile(rf"'*{_START}")
_DEFUSED = re.compile(rf"'{_START}")
_SUSPECT = re.compile(rf"['{_BEFORE}{re.escape(SIGNS)}]")
_FIRST = itemgetter(slice(1))
_AT_ONCE = 4_096
_NUMBER = re.compile(r" *[+-](\d+([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?")


def defused(cell: str) -> str:
    """The cell, as text where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _touched(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a cell would be defused: a spreadsheet would take it for a formula."""
    return _touched(cell)


def restored(cell: str) -> str:
    """The cell as it was before it was defused."""
    return cell[1:] if cell.startswith("'") and _touched(cell) else cell


def all_defused(cells: list[str]) -> list[str]:
    """Many cells, each defused."""
    # A column begins with few different letters, and mostly with no sign.
    if not any(map(_SUSPECT.match, set(map(_FIRST, cells)))):
        return cells
    return list(map(defused, cells))


def restored_column(column: pd.Series[str]) -> pd.Series[str]:
    """Every cell of a column as it was before it was defused."""
    cells = list(map(restored, column.tolist()))
    return column.__class__(cells, column.index, dtype=column.dtype)


def may_be_defused(text: str) -> bool:
    """Whether a text has any cell to restore; a quick look that spares a million rows another."""
    return "'" in text and _DEFUSED.search(text) is not None


def _touched(cell: str) -> bool:
    return _FORMULA.match(cell) is not None and not _NUMBER.fullmatch(cell.lstrip("'"))


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
    rows = map(delimiter.join, zip(*whole, strict=True))
    # Some at a time: a million rows need not all be there beside the text that they make.
    some = iter(lambda: list(islice(rows, _AT_ONCE)), [])
    return "".join([newline.join([*part, ""]) for part in some])


def _written(cells: list[str], delimiter: str) -> list[str]:
    # A lone line end needs quotes too, also where lines end differently.
    cells = all_defused(cells)
    joined = "".join(cells)
    special = [mark for mark in (delimiter, '"', "\r", "\n") if mark in joined]
    if not special:
        return cells
    return [_quoted(cell) if any(mark in cell for mark in special) else cell for cell in cells]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
