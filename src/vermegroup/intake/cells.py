"""Cells and columns of them, tidied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray

TEXT = pd.StringDtype(storage="python", na_value=np.nan)
"""Cells of text, kept alike whether or not pyarrow is there: it takes longer over wide tables."""
_DASHES = frozenset({"-", "–", "—"})
# What a formula that failed leaves in an export: #N/A, #PUUTTUU!, #SAKNAS!, #NIMI?, Err:502, and
# the hashes of a number that its column was too narrow for. In a workbook such a cell is blank.
_FAILED = re.compile(
    r"#[^\W\d_][^\W_]*(?:[ _/][^\W_]+)*[!?]"
    r"|#(?:N/?A|N/?D|N/?V|I/T|PUUTTUU|SAKNAS|CALC|GETTING_DATA)|#{3,}|(?:Err|Virhe|Fel):[0-9]{3}"
)
_MAY_HAVE_FAILED = ("#", "Err:", "Virhe:", "Fel:")
# Zero-width spaces, joiners and byte order marks, and soft hyphens, as web forms leave them.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_JOINERS = ("\u200c", "\u200d")
# Letters without case, their marks, and emoji: in Latin and the like a joiner joins nothing.
_JOINED = frozenset(("Lo", "Mn", "Mc", "So", "Sk"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column's cells, as few distinct texts: row ``i`` has ``values[codes[i]]``.

    ``codes`` and ``rows`` (the rows a spreadsheet shows) have shape (n,). The texts are tidied:
    composed Unicode, no space at the ends, none doubled; a dash alone is blank, and so is what a
    formula that ``failed`` has left, of which these are the texts by their codes.
    """

    header: str
    codes: IntArray
    values: tuple[str, ...]
    rows: IntArray
    failed: Mapping[int, str] = field(default_factory=dict)

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
    """A cell without what cannot be seen: composed Unicode, single spaces.

    A lone dash is "", and so is what a formula that failed has left.
    """
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        cell = " ".join(cell.translate(_UNSEEN).split())
    elif "  " in cell or cell[:1] == " " or cell[-1:] == " ":
        cell = " ".join(cell.split())
    return "" if cell in _DASHES or has_failed(cell) else cell


def spelt(cell: str) -> str:
    """A cell tidied, with the joiners that Persian, Hindi or emoji are spelt with.

    Nothing is matched by them: :func:`tidy` leaves them out.
    """
    if not any(joiner in cell for joiner in _JOINERS):
        return tidy(cell)
    text = unicodedata.normalize("NFC", cell)
    kept = (mark for at, mark in enumerate(text) if ord(mark) not in _UNSEEN or _joins(text, at))
    return " ".join("".join(kept).split()) if tidy(cell) else ""


def _joins(text: str, at: int) -> bool:
    beside = text[at - 1 : at], text[at + 1 : at + 2]
    both = all(mark and unicodedata.category(mark) in _JOINED for mark in beside)
    return text[at] in _JOINERS and both


def is_blank(cell: str) -> bool:
    """Whether tidying leaves nothing of a cell."""
    if cell[:1].isalnum() and not cell.startswith(_MAY_HAVE_FAILED):
        return False
    return not tidy(cell)


def has_failed(cell: str) -> bool:
    """Whether a spreadsheet's error stands in a cell."""
    cell = cell.strip()
    if not cell.startswith(_MAY_HAVE_FAILED) or (cell[0] == "#" and cell != cell.upper()):
        return False
    return _FAILED.fullmatch(cell) is not None


def none_blank(cells: list[str]) -> bool:
    """Whether many cells are surely all filled, told from all of them in a few looks."""
    if not all(start.isalnum() for start in {cell[:1] for cell in cells}):
        return False
    joined = "\n".join(cells)
    return not any(start in joined for start in _MAY_HAVE_FAILED)


def are_tidy(cells: list[str]) -> bool:
    """Whether tidying would change none of many cells, told from all of them in a few looks."""
    mark = "\N{PILCROW SIGN}"
    joined = f"{mark}{mark.join(cells)}{mark}"
    return (
        joined.isprintable()
        and unicodedata.is_normalized("NFC", joined)
        and not any(loose in joined for loose in ("  ", f" {mark}", f"{mark} "))
        and not any(f"{mark}{dash}{mark}" in joined for dash in _DASHES)
        and not any(f"{mark}{start}" in joined for start in _MAY_HAVE_FAILED)
    )


STRONG = re.compile(r"[;\r\n|]+")
_NOT_IN_BRACKETS = r"(?![^()]*\))"
COMMA = re.compile(rf"(?:,(?![0-9])|(?<![0-9]),){_NOT_IN_BRACKETS}")
WEAK = (COMMA, re.compile(rf"(?:/(?![0-9])|(?<![0-9])/){_NOT_IN_BRACKETS}"))


# Noncharacters, which no text has, stand for the strong marks that part nothing.
_KEPT = {ord(";"): "\ufdd0", ord("|"): "\ufdd1"}
_GIVEN_BACK = {ord(kept): chr(mark) for mark, kept in _KEPT.items()}


def one_value(text: str) -> str:
    """A value as it may stand in a cell of several: the strong marks in it do not part it."""
    return text.translate(_KEPT)


def split_values(text: str) -> tuple[str, ...]:
    """The values of one cell, tidied, in their order; blank ones are left out."""
    mark = next((mark for mark in (STRONG, *WEAK) if mark.search(text)), None)
    parts = [text] if mark is None else mark.split(text)
    return tuple(filter(None, (tidy(part).translate(_GIVEN_BACK) for part in parts)))
