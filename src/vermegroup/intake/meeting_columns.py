"""The columns by which the plan of one meeting remembers the permanent groups.

In such a plan ``group`` is the meeting's group. ``permanent_group`` is where everyone goes back
to, and ``absent`` is marked where somebody misses the meeting.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from vermegroup.intake.headers import plain
from vermegroup.intake.sheet import Column, Sheet
from vermegroup.roster import BoolArray, IntArray, Table

PERMANENT, ABSENT, GROUP = "permanent_group", "absent", "group"
MARK = "x"


def absences(sheet: Sheet) -> Column | None:
    """The column that says who misses the meeting; None where the sheet is no meeting's plan."""
    places = [_place(sheet.names, name) for name in (PERMANENT, ABSENT)]
    if None in places or places[1] is None:
        return None
    return sheet.column(places[1])


def permanent(sheet: Sheet) -> tuple[Sheet, bool]:
    """The sheet with its permanent groups, and whether it was the plan of a meeting."""
    kept, group = _place(sheet.names, PERMANENT), _place(sheet.names, GROUP)
    if kept is None or group is None:
        return sheet, False
    cells = sheet.table.cells.copy()
    cells.isetitem(group, cells.iloc[:, kept].array)
    places = [
        place
        for place, name in enumerate(sheet.names)
        if plain(name) not in (plain(PERMANENT), plain(ABSENT))
    ]
    table = replace(
        sheet.table,
        cells=cells.iloc[:, places],
        headings=tuple(tuple(row[place] for place in places) for row in sheet.table.headings),
    )
    header, names = (tuple(own[place] for place in places) for own in (sheet.header, sheet.names))
    return replace(sheet, table=table, header=header, names=names), True


def for_a_meeting(table: Table, permanent_of: list[str], absent: BoolArray) -> Table:
    """A table with the permanent groups and the absences of a meeting, both by row."""
    marks = np.where(absent, MARK, "").tolist()
    return with_column(with_column(table, PERMANENT, permanent_of), ABSENT, marks)


def with_column(table: Table, header: str, texts: list[str]) -> Table:
    """A table with one more column at its end, or with a column of that name written anew."""
    names = [str(name) for name in table.cells.columns]
    cells = table.cells.copy()
    place = _place(names, header)
    if place is not None:
        cells.isetitem(place, pd.array(texts, dtype="str"))
        return replace(table, cells=cells)
    cells.insert(len(names), header, texts)
    headings = [(*row, "") for row in table.headings[:-1]]
    headings += [(*row, header) for row in table.headings[-1:]]
    return replace(table, cells=cells.astype("str"), headings=tuple(headings))


def with_marks(table: Table, header: str, rows: IntArray, text: str) -> Table:
    """A table with a text in some rows of a column that is there, or is added."""
    place = _place([str(name) for name in table.cells.columns], header)
    own = [""] * len(table.cells) if place is None else table.cells.iloc[:, place].tolist()
    for row in rows.tolist():
        own[row] = text
    return with_column(table, header, own)


def _place(names: tuple[str, ...] | list[str], header: str) -> int | None:
    wanted = plain(header)
    return next((place for place, name in enumerate(names) if plain(name) == wanted), None)
