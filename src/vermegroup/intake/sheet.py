"""A table whose header was found, and its columns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vermegroup.roster import BoolArray, IntArray, Table

_DASHES = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column's cells, as few distinct texts: row ``i`` has ``values[codes[i]]``.

    ``codes`` and ``rows`` (the rows a spreadsheet shows) have shape (n,). The texts are tidied:
    composed Unicode, no space at the ends, none doubled; a dash alone is blank.
    """

    header: str
    codes: IntArray
    values: tuple[str, ...]
    rows: IntArray

    def blank(self) -> BoolArray:
        """Which cells are blank, shape (n,)."""
        return self.having(np.array([not value for value in self.values], dtype=bool))

    def having(self, chosen: BoolArray) -> BoolArray:
        """Which cells hold one of the chosen values; ``chosen`` has shape (len(values),)."""
        return chosen[self.codes]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header was found. ``people`` (n,) are the rows that are not wholly blank."""

    table: Table
    header: tuple[str, ...]
    header_row: int
    people: IntArray

    def column(self, position: int) -> Column:
        """The participants' cells in one column."""
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)[self.people]
        codes, values = pd.factorize(cells)
        return Column(
            self.header[position], codes.astype(np.int64), tuple(map(tidy, values)), self.rows()
        )

    def texts(self, position: int) -> list[str]:
        """The participants' cells in one column, tidied one by one."""
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)[self.people]
        return [tidy(cell) for cell in cells.tolist()]

    def rows(self) -> IntArray:
        """The rows that a spreadsheet shows for the participants, shape (n,)."""
        return self.table.row_numbers[self.people]


def tidy(cell: str) -> str:
    """A cell without what cannot be seen: composed Unicode, single spaces; a lone dash is "" ."""
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    return "" if text in _DASHES else text
