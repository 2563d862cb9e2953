"""Text to a rectangle of cells, one row for each row that a spreadsheet shows."""

from __future__ import annotations

import csv
import io

import pandas as pd

from vermegroup.intake.delimiters import records
from vermegroup.intake.ledger import Ledger
from vermegroup.phrase import Phrase, phrase

_LONE_QUOTE = Phrase(
    'A quotation mark (") in this row has no partner',
    'Rivillä on lainausmerkki ("), jolla ei ole paria',
    'På raden finns ett citattecken (") utan motsvarighet',
)
_CLOSE_QUOTE = Phrase(
    "Remove the quotation mark or add the one that is missing",
    "Poista lainausmerkki tai lisää puuttuva",
    "Ta bort citattecknet eller lägg till det som saknas",
)
_TOO_LONG = Phrase(
    "A cell is too long to be read",
    "Solu on liian pitkä luettavaksi",
    "En cell är för lång för att läsas",
)
_QUOTE_CELLS = Phrase(
    "A cell that contains the delimiter itself has to stand in quotation marks",
    "Jos solussa on itse erotinmerkki, solu on kirjoitettava lainausmerkkeihin",
    "En cell som innehåller själva avgränsaren måste stå inom citattecken",
)


def grid_of(text: str, delimiter: str, ledger: Ledger) -> pd.DataFrame:
    """All rows as text, the header and blank lines included; short rows are filled up.

    Rows that are longer than the first are noted as errors, unless what is over is blank.
    """
    _refuse_lone_quote(text, delimiter, ledger)
    try:
        return _even(text, delimiter)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return _uneven(text, delimiter, ledger)


def _even(text: str, delimiter: str) -> pd.DataFrame:
    # Several times quicker than the csv module; it refuses whatever it does not understand.
    return pd.read_csv(
        io.StringIO(text),
        sep=delimiter,
        header=None,
        dtype=str,
        keep_default_na=False,
        skip_blank_lines=False,
    ).fillna("")


def _uneven(text: str, delimiter: str, ledger: Ledger) -> pd.DataFrame:
    try:
        rows = list(records(text, delimiter))
    except csv.Error:
        ledger.error(_TOO_LONG)
        raise ledger.refusal() from None
    width = next((len(row) for row in rows if any(row)), 0)
    for number, row in enumerate(rows, start=1):
        if any(cell.strip() for cell in row[width:]):
            ledger.error(_too_many(len(row), width), _QUOTE_CELLS, row=number)
    filled = ([*row[:width], *[""] * (width - len(row))] for row in rows)
    return pd.DataFrame(filled, columns=range(width), dtype=str)


def _refuse_lone_quote(text: str, delimiter: str, ledger: Ledger) -> None:
    # It would swallow the rows after it, up to the next quotation mark, without a word.
    if text.count('"') % 2 == 0:
        return
    row = 0
    try:
        for row, _ in enumerate(records(text, delimiter, strict=True), start=1):  # noqa: B007
            pass
    except csv.Error:
        ledger.error(_LONE_QUOTE, _CLOSE_QUOTE, row=row + 1)
        raise ledger.refusal() from None


def _too_many(cells: int, width: int) -> Phrase:
    return phrase(
        "The row has {cells} cells, but the header has {width}",
        "Rivillä on {cells} solua, mutta otsikkorivillä {width}",
        "Raden har {cells} celler, men rubrikraden har {width}",
        cells=cells,
        width=width,
    )
