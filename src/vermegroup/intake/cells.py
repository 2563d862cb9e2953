"""Cells and columns of them, tidied."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray

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


def tidy(cell: str) -> str:
    """A cell without what cannot be seen: composed Unicode, single spaces; a lone dash is "" ."""
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        cell = " ".join(cell.translate(_UNSEEN).split())
    elif "  " in cell or cell[:1] == " " or cell[-1:] == " ":
        cell = " ".join(cell.split())
    return "" if cell in _DASHES else cell


def are_tidy(cells: list[str]) -> bool:
    """Whether tidying would change none of many cells, told from all of them in a few looks."""
    mark = "\N{PILCROW SIGN}"
    joined = f"{mark}{mark.join(cells)}{mark}"
    return (
        joined.isprintable()
        and unicodedata.is_normalized("NFC", joined)
        and not any(loose in joined for loose in ("  ", f" {mark}", f"{mark} "))
        and not any(f"{mark}{dash}{mark}" in joined for dash in _DASHES)
    )
