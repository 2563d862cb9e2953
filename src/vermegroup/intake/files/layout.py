"""Where in a file the table is: its header, and below it the rows that are participants."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import RosterError
from vermegroup.domain.roster import Table
from vermegroup.intake.cells import TEXT, is_blank, none_blank
from vermegroup.intake.files.arrow import is_parquet, read_parquet
from vermegroup.intake.files.csv_text import restored, restored_column
from vermegroup.intake.files.frame import source_of
from vermegroup.intake.files.grid import Grid, grid_of
from vermegroup.intake.files.packed import unpacked
from vermegroup.intake.files.source import Source, is_workbook, refuse_foreign
from vermegroup.intake.files.text import (
    DELIMITERS,
    decode,
    delimiter_of,
    newline_of,
    separator_line,
)
from vermegroup.intake.headers.competition import without_yielding
from vermegroup.intake.headers.locate import ROWS_TO_TRY, header_among
from vermegroup.intake.headers.recognise import header_of, recognised
from vermegroup.intake.ledger import Ledger, rows_of, with_rows
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import _

_TITLE = _("The row stands above the header and was left out")
_TWO_ROWS = _("The header was read from this row and the next")
_HIDDEN = _("The row is hidden or filtered out in the spreadsheet, and was read all the same")
_IF_HIDDEN = _("If those who are hidden do not take part, delete their rows")
_BLANK = _("The row is blank and was passed over")


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
    hidden = sorted(grid.hidden.intersection((people + header.last + 2).tolist()))
    if hidden:
        ledger.warning(with_rows(_HIDDEN, hidden), _IF_HIDDEN, row=hidden[0])


_EMPTY = _("The file is empty")
_EMPTY_SHEET = _("The sheet is empty")
NO_PARTICIPANTS = _("Below the header there are no participants")
EXPORT_AGAIN = _("Check that the export was saved with its rows, and that this is the right file")
_NO_SHEETS = _("A sheet was named, but the file is no workbook")
_NAME_NONE = _("Leave the sheet out, or give a file of the type .xlsx or .ods")
_BLANK_BYTES = b"\0 \t\r\n;,|\xef\xbb\xbf\xff\xfe"


@dataclass(frozen=True, slots=True)
class Form:
    """How a file was written, and so how it is written again."""

    delimiter: str
    encoding: str
    newline: str


_AS_EXCEL_SAVES = Form(";", "utf-8-sig", "\r\n")
_AS_PLAIN_CSV = Form(",", "utf-8", "\n")


def sheet_of(source: Source, ledger: Ledger, sheet: str | None = None) -> Sheet:
    """Find the table in a file's bytes; stop where there is none.

    ``sheet`` names a sheet of a workbook; without it the first is read that is not hidden, or the
    only one that is a roster. An archive with one table in it is unpacked.
    """
    if source.cells is not None:
        grid, form = _grid_of_cells(source.cells, sheet, ledger)
    else:
        refuse_foreign(source.data, ledger)
        grid, form = _read(unpacked(source.data, ledger), sheet, ledger)
        grid, form = split_up(grid, form, ledger)
    cells = grid.cells
    people = _rows_in_use(cells)
    if not len(people):
        ledger.error(NO_PARTICIPANTS, EXPORT_AGAIN)
    tell_layout(grid, people, ledger)
    cells = cells.iloc[: people[-1] + 1 if len(people) else 0, : _width_in_use(grid)]
    width, below = cells.shape[1], grid.header.last + 2
    names = grid.header.names[:width]
    spoken = without_yielding(grid.header.spoken[:width], names, cells, ledger)
    table = Table(
        name=source.name,
        cells=cells.set_axis(list(names), axis="columns"),
        row_numbers=np.arange(below, below + len(cells), dtype=np.int64),
        delimiter=form.delimiter,
        encoding=form.encoding,
        newline=form.newline,
        sha256=source.sha256(),
        headings=tuple(row[:width] for row in grid.header.written),
    )
    return Sheet(table, spoken, grid.header.last + 1, people, names)


def split_up(grid: Grid, form: Form, ledger: Ledger) -> tuple[Grid, Form]:
    """The grid; one whose whole table stands in the first column, parted at its delimiters.

    So looks a CSV file that a spreadsheet took for a list of lines.
    """
    first = (grid.header.names[0], *grid.cells.iloc[:ROWS_TO_TRY, 0].tolist())
    if _width_in_use(grid) != 1 or not any(mark in cell for cell in first for mark in DELIMITERS):
        return grid, form
    above = [row[0] if row else "" for row in (*grid.titles, *grid.header.written)]
    text = "\n".join([*above, *grid.cells.iloc[:, 0].tolist()]) + "\n"
    try:
        parted = grid_of(text, delimiter_of(text), Ledger(ledger.file))
    except RosterError:  # cells that are whole as they stand, with a quotation mark within
        return grid, form
    if parted is None or not _is_table(parted, grid, delimiter_of(text)):
        return grid, form
    again = grid_of(text, delimiter_of(text), ledger)
    ledger.notice(_ONE_COLUMN, _TO_COLUMNS, row=grid.header.first + 1)
    return replace(again or parted, hidden=grid.hidden), _AS_EXCEL_SAVES


def _is_table(parted: Grid, grid: Grid, delimiter: str) -> bool:
    """Whether the headers are known, or the delimiter stands as often in every cell as there."""
    if len(recognised(parted.header.spoken)) >= _ENOUGH:
        return True
    counts = {cell.count(delimiter) for cell in grid.cells.iloc[:, 0].tolist() if cell}
    return counts == {grid.header.names[0].count(delimiter)} and min(counts) >= _ENOUGH


_ENOUGH = 2
_ONE_COLUMN = _("The whole table stands in one column, and was split at its delimiters")
_TO_COLUMNS = _("In Excel: Data > Text to Columns")


def _read(data: bytes, sheet: str | None, ledger: Ledger) -> tuple[Grid, Form]:
    if is_workbook(data):
        return _workbook_grid(data, sheet, ledger), _AS_EXCEL_SAVES
    if is_parquet(data):
        found = source_of(read_parquet(data, ledger), ledger.file).cells
        assert found is not None  # a frame always has cells
        return _grid_of_cells(found, sheet, ledger)
    if sheet is not None:
        ledger.error(_NO_SHEETS, _NAME_NONE, value=sheet)
    grid, form = _text_grid(data, ledger)
    if grid is None:
        ledger.error(_EMPTY, EXPORT_AGAIN)
        raise ledger.refusal()
    return grid, form


def _grid_of_cells(cells: pd.DataFrame, sheet: str | None, ledger: Ledger) -> tuple[Grid, Form]:
    """A table whose header is known already: it is neither sought nor continued below."""
    if sheet is not None:
        ledger.error(_NO_SHEETS, _NAME_NONE, value=sheet)
    if not cells.shape[1]:
        ledger.error(_EMPTY, EXPORT_AGAIN)
        raise ledger.refusal()
    header = header_of([list(map(str, cells.columns))], 0, 0)
    return Grid(header, cells.set_axis(range(cells.shape[1]), axis="columns")), _AS_PLAIN_CSV


def _text_grid(data: bytes, ledger: Ledger) -> tuple[Grid | None, Form]:
    if not data.strip(_BLANK_BYTES):
        return None, _AS_EXCEL_SAVES
    text = decode(data, ledger)
    named, start = separator_line(text.text)
    body = text.text[start:]
    likely = delimiter_of(body)
    # What only Excel's own line told would not be recognised in a file without that line.
    written = likely if named in (None, likely) else _AS_EXCEL_SAVES.delimiter
    form = Form(written, text.encoding, newline_of(text.text))
    return grid_of(body, named or likely, ledger), form


def _workbook_grid(data: bytes, sheet: str | None, ledger: Ledger) -> Grid:
    from vermegroup.intake.files.workbook import read_workbook  # noqa: PLC0415

    found = read_workbook(data, sheet, ledger)
    rows = found.rows
    blank = next((place for place, row in enumerate(rows) if any(map(str.strip, row))), len(rows))
    head = [[restored(cell) for cell in row] for row in rows[: blank + ROWS_TO_TRY]]
    header = header_among(head)
    if header is None:
        ledger.error(_EMPTY_SHEET, EXPORT_AGAIN)
        raise ledger.refusal()
    below = rows[header.last + 1 :]
    cells = pd.DataFrame(below, columns=range(len(header.names)), dtype=TEXT)
    titles = tuple(map(tuple, head[: header.first]))
    if any(cell.startswith("'") for row in below for cell in row):
        cells = cells.apply(restored_column)
    return Grid(header, cells, titles, found.hidden)


def _width_in_use(grid: Grid) -> int:
    """How many columns there are, wholly blank ones at the right end not counted."""
    width = len(grid.header.names)
    while width and not grid.header.names[width - 1] and _is_blank(grid.cells.iloc[:, width - 1]):
        width -= 1
    return width


def _is_blank(column: pd.Series[str]) -> bool:
    return all(not cell or cell.isspace() for cell in column.tolist())


def _rows_in_use(cells: pd.DataFrame) -> IntArray:
    """The rows that hold anything, shape (rows in use,)."""
    # A blank row is blank in its first column: only those rows are looked at more closely.
    suspects = np.arange(len(cells), dtype=np.int64)
    for position in range(cells.shape[1]):
        column: list[str] = cells.iloc[suspects, position].tolist()
        if none_blank(column):
            suspects = suspects[:0]
            break
        suspects = suspects[list(map(is_blank, column))]
    used = np.ones(len(cells), dtype=bool)
    used[suspects] = False
    return np.flatnonzero(used)
