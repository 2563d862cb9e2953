"""Newcomers as somebody typed them into a form or has them in a file, as the text of a CSV file."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.edit.pages.fields import refuse
from vermegroup.edit.session.state import State
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.source import Source
from vermegroup.intake.ledger import Ledger


def typed(headers: Sequence[str], cells: Sequence[str]) -> str:
    """Rows of cells below their headers; "" where nothing was typed."""
    if len(cells) % max(1, len(headers)):
        refuse()
    width = len(headers)
    rows = [cells[at : at + width] for at in range(0, len(cells), max(1, width))]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return ""
    columns = [list(map(str.strip, column)) for column in zip(*rows, strict=True)]
    return csv_text([headers], columns)


def in_file(name: str, content: bytes) -> str:
    """The table in a file. Raises InputError where there is none that can be read."""
    ledger = Ledger(name)
    table = sheet_of(Source(name, content), ledger).table
    ledger.stop_on_errors()
    headings = table.headings or (tuple(map(str, table.cells.columns)),)
    return csv_text(headings, [table.cells[name].tolist() for name in table.cells.columns])


def newcomers_columns(state: State) -> list[str]:
    """The headers of the roster's columns that are read, but for that of the groups."""
    columns = state.groups.look.columns
    return [each.header for each in columns if each.trait not in (None, "group")]
