"""``groups.csv``: the roster as its author wrote it, and each person's group.

It has the roster's columns, order, delimiter, encoding and line ends. Cells that a spreadsheet
would run as a formula get a leading apostrophe: those that start with ``=``, ``+``, ``-``, ``@``,
a tab or a carriage return and are no number. Whoever reads the file again takes away one
apostrophe before such a start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.intake.headers import plain
from vermegroup.roster import Roster

if TYPE_CHECKING:
    import pandas as pd

GROUP_HEADER = "group"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-](\d+([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?")


def groups_csv(roster: Roster, grouping: Grouping) -> bytes:
    """The file's bytes. People on the waitlist and rows set aside have no group.

    A column named ``group`` is replaced where it stands; otherwise it comes last.
    """
    table = roster.table
    headers = [str(header) for header in table.cells.columns]
    columns = [_texts(table.cells.iloc[:, index], table.delimiter) for index in range(len(headers))]
    place = next((i for i, name in enumerate(headers) if plain(name) == GROUP_HEADER), None)
    if place is None:
        place = len(columns)
    headers[place : place + 1] = [GROUP_HEADER]
    columns[place : place + 1] = [group_cells(roster, grouping)]
    first = [_quoted(defused(header), table.delimiter) for header in headers]
    lines = map(table.delimiter.join, [first, *zip(*columns, strict=True)])
    return _encoded("".join(f"{line}{table.newline}" for line in lines), table.encoding)


def group_cells(roster: Roster, grouping: Grouping) -> list[str]:
    """The group of each row of the roster's table, empty where there is none."""
    names = np.array([*grouping.names, ""], dtype=object)  # WAITLIST, -1, is the last
    of_row = np.full(len(roster.table.cells), WAITLIST)
    of_row[roster.rows] = grouping.group_of
    cells: list[str] = names[of_row].tolist()
    return cells


def defused(cell: str) -> str:
    """The cell, as text where a spreadsheet would take it for a formula."""
    if cell.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def _texts(column: pd.Series[str], delimiter: str) -> Iterable[str]:
    cells: list[str] = column.tolist()
    if column.str.startswith(FORMULA_STARTS).any():
        cells = [defused(cell) for cell in cells]
    if column.str.contains(_special(delimiter)).any():
        cells = [_quoted(cell, delimiter) for cell in cells]
    return cells


def _quoted(cell: str, delimiter: str) -> str:
    # The csv module leaves a lone line end unquoted when lines end differently.
    if re.search(_special(delimiter), cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _special(delimiter: str) -> str:
    return f'[{re.escape(delimiter)}"\r\n]'
