"""Cells that are blank though something depends on them."""

from __future__ import annotations

from vermegroup.intake.ledger import Ledger, rows_of
from vermegroup.intake.sheet import Column
from vermegroup.phrase import Phrase, counted, phrase

MOST_ROWS = 50

_MISSING = Phrase("The value is missing", "Tieto puuttuu", "Uppgiften saknas")
_FILL_IN = Phrase(
    "Fill in the cell, or remove the row if the person does not take part",
    "Täydennä solu, tai poista rivi, jos henkilö ei osallistu",
    "Fyll i cellen, eller ta bort raden om personen inte deltar",
)
_WHOLE_COLUMN = Phrase("The whole column is empty", "Koko sarake on tyhjä", "Hela kolumnen är tom")


def note_missing(column: Column, ledger: Ledger) -> None:
    """Note every blank cell; a wholly blank column is one fault, not as many as it has rows."""
    blank = column.blank()
    if blank.all():
        ledger.error(_WHOLE_COLUMN, column=column.header)
        return
    rows = rows_of(column.rows[blank])
    for row in rows[:MOST_ROWS]:
        ledger.error(_MISSING, _FILL_IN, row=row, column=column.header, value="")
    more = len(rows) - MOST_ROWS
    if more > 0:
        rest = phrase(
            "The value is missing on another {rows}",
            "Tieto puuttuu lisäksi {count} riviltä",
            "Uppgiften saknas dessutom på {rows}",
            count=more,
            rows=counted(more, ("row", "rows"), ("rivi", "riviä"), ("rad", "rader")),
        )
        ledger.error(rest, _FILL_IN, row=rows[MOST_ROWS], column=column.header, value="")
