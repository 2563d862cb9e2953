"""What is told of where a file's table is: titles above it, a header of two rows, blank rows."""

from __future__ import annotations

import numpy as np

from vermegroup.intake.grid import Grid
from vermegroup.intake.ledger import Ledger, rows_of
from vermegroup.intake.telling import with_rows
from vermegroup.phrase import Phrase
from vermegroup.roster import IntArray

_TITLE = Phrase(
    "The row stands above the header and was left out",
    "Rivi on otsikkorivin yläpuolella ja jätettiin pois",
    "Raden står ovanför rubrikraden och utelämnades",
)
_TWO_ROWS = Phrase(
    "The header was read from this row and the next",
    "Sarakkeiden otsikot luettiin tältä ja seuraavalta riviltä",
    "Kolumnrubrikerna lästes från den här raden och nästa",
)
_BLANK = Phrase(
    "The row is blank and was passed over",
    "Rivi on tyhjä, ja se ohitettiin",
    "Raden är tom och hoppades över",
)


def tell_layout(grid: Grid, people: IntArray, ledger: Ledger) -> None:
    """Note each title row, a header of two rows, and the blank rows among the participants."""
    for row, cells in enumerate(grid.titles, start=1):
        text = " ".join(" ".join(cells).split())
        if text:
            ledger.notice(_TITLE, row=row, value=text)
    header = grid.header
    if header.first < header.last:
        ledger.notice(_TWO_ROWS, row=header.first + 1)
    every = np.arange(people[-1] + 1 if len(people) else 0)
    blank = np.setdiff1d(every, people, assume_unique=True)
    rows = rows_of(blank + header.last + 2)
    if rows:
        ledger.notice(with_rows(_BLANK, rows), row=rows[0])
