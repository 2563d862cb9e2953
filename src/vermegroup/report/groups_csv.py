"""``groups.csv``: the roster as its author wrote it, and each person's group.

It has the roster's columns, header rows, order, delimiter and line ends; titles above the header
and Excel's ``sep=`` line are left out. What was UTF-8 without a byte order mark stays so, and
everything else becomes UTF-8 with one, by which Excel knows it. A workbook is written as a
Finnish or Swedish Excel would save it: semicolons, decimal commas. Cells that a spreadsheet
would run as a formula are defused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.intake.formulas import defused, defused_column
from vermegroup.intake.headers import plain
from vermegroup.roster import Roster, Table

if TYPE_CHECKING:
    import pandas as pd

GROUP_HEADER = "group"


def groups_csv(roster: Roster, grouping: Grouping) -> bytes:
    """The file's bytes. People on the waitlist and rows set aside have no group.

    A column named ``group`` is replaced where it stands; otherwise it comes last.
    """
    table = roster.table
    columns = [_texts(table.cells.iloc[:, i], table.delimiter) for i in range(table.cells.shape[1])]
    headings = _headings(table)
    place = next((i for i, name in enumerate(headings[-1]) if plain(name) == GROUP_HEADER), None)
    if place is None:
        place = len(columns)
        headings = [[*row, ""] for row in headings]
    headings[-1][place] = GROUP_HEADER
    columns[place : place + 1] = [group_cells(roster, grouping)]
    above = [[_quoted(defused(cell), table.delimiter) for cell in row] for row in headings]
    lines = map(table.delimiter.join, [*above, *zip(*columns, strict=True)])
    text = "".join(f"{line}{table.newline}" for line in lines)
    return text.encode("utf-8" if table.encoding == "utf-8" else "utf-8-sig")


def _headings(table: Table) -> list[list[str]]:
    """The header's rows as written; a table that no file was read for has only names."""
    return [list(row) for row in table.headings] or [[str(name) for name in table.cells.columns]]


def group_cells(roster: Roster, grouping: Grouping) -> list[str]:
    """The group of each row of the roster's table, empty where there is none."""
    names = np.array([*grouping.names, ""], dtype=object)  # WAITLIST, -1, is the last
    of_row = np.full(len(roster.table.cells), WAITLIST)
    of_row[roster.rows] = grouping.group_of
    cells: list[str] = names[of_row].tolist()
    return cells


def _texts(column: pd.Series[str], delimiter: str) -> Iterable[str]:
    column = defused_column(column)
    cells: list[str] = column.tolist()
    if re.search(_special(delimiter), "".join(cells)):
        cells = [_quoted(cell, delimiter) for cell in cells]
    return cells


def _quoted(cell: str, delimiter: str) -> str:
    # The csv module leaves a lone line end unquoted when lines end differently.
    if re.search(_special(delimiter), cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _special(delimiter: str) -> str:
    return f'[{re.escape(delimiter)}"\r\n]'
