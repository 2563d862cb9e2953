"""Where in a file the table is: its header, and below it the rows that are participants."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vermegroup.intake.decoding import Text, decode
from vermegroup.intake.delimiters import delimiter_of, newline_of
from vermegroup.intake.grid import grid_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet, tidy
from vermegroup.intake.source import Source
from vermegroup.phrase import Phrase
from vermegroup.roster import IntArray, Table

_EMPTY = Phrase("The file is empty", "Tiedosto on tyhjä", "Filen är tom")
_HEADER_ONLY = Phrase(
    "Below the header there are no participants",
    "Otsikkorivin alla ei ole yhtään osallistujaa",
    "Under rubrikraden finns inga deltagare",
)
_EXPORT_AGAIN = Phrase(
    "Check that the export was saved with its rows, and that this is the right file",
    "Tarkista, että vienti tallentui riveineen ja että tiedosto on oikea",
    "Kontrollera att exporten sparades med sina rader och att det är rätt fil",
)


def sheet_of(source: Source, ledger: Ledger) -> Sheet:
    """Find the table in a file's bytes; stop where there is none."""
    text = decode(source.data, ledger)
    delimiter = delimiter_of(text.text)
    grid = grid_of(text.text, delimiter, ledger)
    used = _rows_in_use(grid)
    if not len(used):
        ledger.error(_EMPTY, _EXPORT_AGAIN)
        raise ledger.refusal()
    if len(used) == 1:
        ledger.error(_HEADER_ONLY, _EXPORT_AGAIN)
    top = int(used[0])
    table = _table(source, text, delimiter, grid, top)
    return Sheet(table, tuple(map(tidy, grid.iloc[top])), top + 1, used[1:] - (top + 1))


def _table(source: Source, text: Text, delimiter: str, grid: pd.DataFrame, top: int) -> Table:
    cells = grid.iloc[top + 1 :].reset_index(drop=True)
    return Table(
        name=source.name,
        cells=cells.set_axis(grid.iloc[top].tolist(), axis="columns"),
        row_numbers=np.arange(top + 2, len(grid) + 1, dtype=np.int64),
        delimiter=delimiter,
        encoding=text.encoding,
        newline=newline_of(text.text),
        sha256=source.sha256(),
    )


def _rows_in_use(grid: pd.DataFrame) -> IntArray:
    """The rows that hold anything, shape (rows in use,)."""
    # A blank row is blank in its first column: only those rows are looked at more closely.
    suspects = np.arange(len(grid), dtype=np.int64)
    for position in range(grid.shape[1]):
        cells = grid.iloc[suspects, position]
        suspects = suspects[(cells.str.strip() == "").to_numpy(dtype=bool)]
    return np.setdiff1d(np.arange(len(grid), dtype=np.int64), suspects, assume_unique=True)
