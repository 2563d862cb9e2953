"""Text to a header and the cells below it, one row for each row that a spreadsheet shows.

This is the one convention for row numbers: a record is a row, however many line breaks stand
between its quotation marks, and blank lines count.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from vermegroup.intake.cells import TEXT
from vermegroup.intake.files.csv_text import may_be_defused, restored, restored_column
from vermegroup.intake.files.text import records
from vermegroup.intake.headers.locate import ROWS_TO_TRY, header_among
from vermegroup.intake.headers.recognise import Header
from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import Message, _

MOST_COLUMNS = 16_384
"""As many as Excel has."""
_CHARACTERS_TO_TRY = 5_000_000

_LONE_QUOTE = _('A quotation mark (") in this row has no partner')
_CLOSE_QUOTE = _("Remove the quotation mark or add the one that is missing")
_TOO_LONG = _("A cell or a row is too long to be read")
_RIGHT_FILE = _("Check that this is the right file, and export the sign-ups again as CSV")
_QUOTE_CELLS = _("A cell that contains the delimiter itself has to stand in quotation marks")
_TOO_MANY_COLUMNS = _("The file has more columns than a spreadsheet can show")


@dataclass(frozen=True, slots=True)
class Grid:
    """A header and, below it, every cell as text; the columns are numbered from 0.

    ``titles`` are the rows above the header, and ``hidden`` those that a spreadsheet does not show,
    as it counts them.
    """

    header: Header
    cells: pd.DataFrame
    titles: tuple[tuple[str, ...], ...] = ()
    hidden: frozenset[int] = frozenset()


def grid_of(text: str, delimiter: str, ledger: Ledger) -> Grid | None:
    """The header and the cells below it, short rows filled up; None where nothing is written.

    Rows that are longer than the header are noted as errors, unless what is over is blank.
    """
    head = _head(text, delimiter, ledger)
    header = header_among(head)
    if header is None:
        return None
    if len(header.names) > MOST_COLUMNS:
        ledger.error(_TOO_MANY_COLUMNS, _RIGHT_FILE, row=header.last + 1)
        raise ledger.refusal()
    below = text[_end_of_record(text, delimiter, header.last) :]
    _refuse_lone_quote(below, delimiter, header.last + 2, ledger)
    cells = _cells(below, delimiter, header, ledger)
    restored_cells = cells.apply(restored_column) if may_be_defused(below) else cells
    return Grid(header, restored_cells, tuple(map(tuple, head[: header.first])))


def _head(text: str, delimiter: str, ledger: Ledger) -> list[list[str]]:
    """The first records, blank ones before the first that is written not counted as tried."""
    head: list[list[str]] = []
    tried = 0
    try:
        for record in records(text[:_CHARACTERS_TO_TRY], delimiter):
            head.append([restored(cell) for cell in record])
            tried += any(cell.strip() for cell in record)
            if tried == ROWS_TO_TRY:
                break
    except csv.Error:
        ledger.error(_TOO_LONG, _RIGHT_FILE, row=len(head) + 1)
        raise ledger.refusal() from None
    return head


def _end_of_record(text: str, delimiter: str, record: int) -> int:
    """Where in the text the record ends, its line end included."""
    stream = io.StringIO(text[:_CHARACTERS_TO_TRY], newline="")
    reader = csv.reader(iter(stream.readline, ""), delimiter=delimiter)
    for _row in islice(reader, record + 1):
        pass
    return stream.tell()


def _cells(text: str, delimiter: str, header: Header, ledger: Ledger) -> pd.DataFrame:
    try:
        return _even(text, delimiter, len(header.names))
    except pd.errors.ParserError:
        return _uneven(text, delimiter, header, ledger)


def _even(text: str, delimiter: str, width: int) -> pd.DataFrame:
    # Several times quicker than the csv module; it refuses whatever it does not understand. The
    # first line tells it the width, and is cut away again.
    first = delimiter.join(['""'] * width)
    cells = pd.read_csv(
        io.BytesIO(f"{first}\n{text}".encode()),
        sep=delimiter,
        header=None,
        dtype=TEXT,
        keep_default_na=False,
        na_filter=False,
        skip_blank_lines=False,
    )
    return cells.iloc[1:].reset_index(drop=True)


def _uneven(text: str, delimiter: str, header: Header, ledger: Ledger) -> pd.DataFrame:
    width = len(header.names)
    rows: list[list[str]] = []
    try:
        for row, cells in enumerate(records(text, delimiter), start=header.last + 2):
            if any(cell.strip() for cell in cells[width:]):
                ledger.error(_too_many(len(cells), width), _QUOTE_CELLS, row=row)
            rows.append([*cells[:width], *[""] * (width - len(cells))])
    except csv.Error:
        ledger.error(_TOO_LONG, _RIGHT_FILE, row=header.last + 2 + len(rows))
        raise ledger.refusal() from None
    return pd.DataFrame(rows, columns=range(width), dtype=TEXT)


def _refuse_lone_quote(text: str, delimiter: str, first_row: int, ledger: Ledger) -> None:
    # It would swallow the rows after it, up to the next quotation mark, without a word.
    if text.count('"') % 2 == 0:
        return
    row = first_row - 1
    try:
        for row, _rest in enumerate(records(text, delimiter, strict=True), start=first_row):  # noqa: B007
            pass
    except csv.Error:
        ledger.error(_LONE_QUOTE, _CLOSE_QUOTE, row=row + 1)
        raise ledger.refusal() from None


def _too_many(cells: int, width: int) -> Message:
    return _("The row has {cells} cells, but the header has {width}", cells=cells, width=width)
