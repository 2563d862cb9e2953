"""A table whose header was found, and its columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.roster import Table

_DASHES = frozenset({"-", "–", "—"})
# Zero-width spaces, joiners and byte order marks, and soft hyphens, as web forms leave them.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


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
        return self.holding(lambda text: not text)

    def holding(self, asked: Callable[[str], bool]) -> BoolArray:
        """Which cells hold a text of which this is true, shape (n,)."""
        return self.having(np.array([asked(text) for text in self.values], dtype=bool))

    def having(self, chosen: BoolArray) -> BoolArray:
        """Which cells hold one of the chosen values; ``chosen`` has shape (len(values),)."""
        return chosen[self.codes]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header was found. ``people`` (n,) are the rows that are not wholly blank.

    Traits are recognised by ``header``, which is empty for a column that tells of somebody else
    than the participant (a booker, say). ``names`` are what people call the columns: no name
    occurs twice, unless it is empty.
    """

    table: Table
    header: tuple[str, ...]
    header_row: int
    people: IntArray
    names: tuple[str, ...]

    def column(self, position: int) -> Column:
        """The participants' cells in one column."""
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)[self.people]
        codes, values = pd.factorize(cells)
        return Column(
            self.names[position], codes.astype(np.int64), tuple(map(tidy, values)), self.rows()
        )

    def texts(self, position: int) -> list[str]:
        """The participants' cells in one column, tidied one by one."""
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)[self.people]
        texts: list[str] = cells.tolist()
        return texts if _are_tidy(texts) else [tidy(text) for text in texts]

    def rows(self) -> IntArray:
        """The rows that a spreadsheet shows for the participants, shape (n,)."""
        return self.table.row_numbers[self.people]


def tidy(cell: str) -> str:
    """A cell without what cannot be seen: composed Unicode, single spaces; a lone dash is "" ."""
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        cell = " ".join(cell.translate(_UNSEEN).split())
    elif "  " in cell or cell[:1] == " " or cell[-1:] == " ":
        cell = " ".join(cell.split())
    return "" if cell in _DASHES else cell


def _are_tidy(cells: list[str]) -> bool:
    """Whether tidying would change none of many cells, told from all of them in a few looks."""
    mark = "\N{PILCROW SIGN}"
    joined = f"{mark}{mark.join(cells)}{mark}"
    return (
        joined.isprintable()
        and unicodedata.is_normalized("NFC", joined)
        and not any(loose in joined for loose in ("  ", f" {mark}", f"{mark} "))
        and not any(f"{mark}{dash}{mark}" in joined for dash in _DASHES)
    )
