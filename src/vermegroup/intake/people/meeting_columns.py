"""The plan of a meeting: which of a file's columns make it one, and what stands in them.

In such a plan the column of groups has the meeting's. Somewhere behind it stand, side by side,
``permanent_group``, where everyone goes back to, and ``absent``, with a mark where somebody misses
the meeting; both may be called so in any language. A roster may well have columns of these names
for something else: only what a plan always has makes a file one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from vermegroup.domain.arrays import IntArray
from vermegroup.intake.cells import Column, tidy
from vermegroup.intake.headers.added import called
from vermegroup.intake.headers.find_columns import Chosen, places_of
from vermegroup.intake.headers.recognise import language_of, plain
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import Message, _

PERMANENT, ABSENT = "permanent", "absent"
"""The columns of a plan; see :mod:`vermegroup.intake.headers.added` for what they are called."""
MARK = "x"
_MARKS = frozenset(
    (
        *(MARK, "×", "✓", "✔", "1"),
        *("k", "kyllä", "tosi", "j", "ja", "sant", "y", "yes", "true"),
        *called(ABSENT),
    )
)
"""What people write instead of an x."""

Pair = tuple[int, int]


def of_a_meeting(headers: Sequence[str], cells: pd.DataFrame, groups: Sequence[int]) -> Pair | None:
    """Where a plan has the permanent groups and the absences; None where the file is no plan.

    ``groups`` are the places of the columns that may hold groups.
    """
    pair = _side_by_side(headers, groups)
    if pair is None:
        return None
    permanent_groups, absent = (_texts(cells, place) for place in pair)
    marked = any(absent) and all(map(_is_mark, absent))
    return pair if marked and any(permanent_groups) else None


def absences(sheet: Sheet, chosen: Chosen) -> Column | None:
    """The column that says who misses the meeting; None where the sheet is no meeting's plan."""
    pair = _of_sheet(sheet, chosen)
    return None if pair is None else sheet.column(pair[1])


def permanent_groups(sheet: Sheet, chosen: Chosen) -> tuple[str, ...]:
    """The names of the permanent groups; none where the sheet is no meeting's plan."""
    pair = _of_sheet(sheet, chosen)
    return () if pair is None else tuple(sorted(_texts(sheet.table.cells, pair[0]) - {""}))


def permanent(sheet: Sheet, chosen: Chosen) -> tuple[Sheet, bool]:
    """The sheet with its permanent groups, and whether it was the plan of a meeting."""
    pair, groups = _of_sheet(sheet, chosen), places_of("group", sheet, chosen)
    if pair is None or len(groups) != 1:
        return sheet, False
    cells = sheet.table.cells.copy()
    cells.isetitem(groups[0], cells.iloc[:, pair[0]].array)
    places = [place for place in range(len(sheet.names)) if place not in pair]
    table = replace(
        sheet.table,
        cells=cells.iloc[:, places],
        headings=tuple(tuple(row[place] for place in places) for row in sheet.table.headings),
    )
    header, names = (tuple(row[place] for place in places) for row in (sheet.header, sheet.names))
    return replace(sheet, table=table, header=header, names=names), True


def note_likeness(sheet: Sheet, chosen: Chosen, ledger: Ledger) -> None:
    """Warn of columns that stand as in a plan where the file is none."""
    pair = _side_by_side(sheet.header, places_of("group", sheet, chosen))
    if pair is None or set(pair) & set(chosen.values()) or _of_sheet(sheet, chosen) is not None:
        return
    if any(_texts(sheet.table.cells, pair[0])):
        message = _unlike(pair, sheet)
        ledger.warning(message, _MARK_ALONE, row=sheet.header_row, column=sheet.names[pair[1]])


def note_lost_groups(sheet: Sheet, waiting: IntArray, chosen: Chosen, ledger: Ledger) -> None:
    """Note as an error that the groups must be a meeting's, and the permanent ones are not found.

    ``waiting`` are the rows, counted from 0, of those who have no group. All who are absent are
    among them, which they would not be in their permanent groups.
    """
    absents, taken = set(map(plain, called(ABSENT))), set(chosen.values())
    places = [place for place, name in enumerate(sheet.header) if plain(name) in absents]
    if not places or places[-1] in taken or _of_sheet(sheet, chosen) is not None:
        return
    column = sheet.column(places[-1])
    marked = set(sheet.people[~column.blank()].tolist())
    if not marked or not marked <= set(waiting.tolist()):
        return
    row = int(sheet.table.row_numbers[min(marked)])
    pair = _side_by_side(sheet.header, places_of("group", sheet, chosen))
    if pair is not None and pair[1] == places[-1]:
        ledger.error(_unlike(pair, sheet), _MARK_ALONE, row=row, column=column.header)
    elif all(map(_is_mark, column.values)):
        ledger.error(*_lost(column.header, sheet), row=row, column=column.header)


def _unlike(pair: Pair, sheet: Sheet) -> Message:
    permanent_groups, absent = (sheet.names[place] for place in pair)
    return _(
        "“{permanent}” and “{absent}” count as the roster's own: in the plan of a meeting, "
        "“{absent}” has an x where somebody is absent, and nothing else",
        permanent=permanent_groups,
        absent=absent,
    )


def _lost(absent: str, sheet: Sheet) -> tuple[Message, Message]:
    message = _(
        "Whoever is marked in “{absent}” has no group, as in the plan of one meeting; but no "
        "column tells the permanent groups",
        absent=absent,
    )
    hint = _(
        "Give the column of the permanent groups the header “{permanent}”, behind that of the "
        "groups and right before “{absent}”. If this is no plan, give “{absent}” another header",
        permanent=called(PERMANENT, language_of(sheet.header))[0],
        absent=absent,
    )
    return message, hint


def _of_sheet(sheet: Sheet, chosen: Chosen) -> Pair | None:
    pair = of_a_meeting(sheet.header, sheet.table.cells, places_of("group", sheet, chosen))
    # What people chose a column for is what it holds.
    return None if pair is None or set(pair) & set(chosen.values()) else pair


def _side_by_side(headers: Sequence[str], groups: Sequence[int]) -> Pair | None:
    """The last columns that are called and stand as a plan's do, behind a column of groups."""
    permanents, absents = (set(map(plain, called(column))) for column in (PERMANENT, ABSENT))
    pairs = [
        (place, place + 1)
        for place, (one, two) in enumerate(pairwise(map(plain, headers)))
        if one in permanents and two in absents and any(group < place for group in groups)
    ]
    return pairs[-1] if pairs else None


def _texts(cells: pd.DataFrame, place: int) -> set[str]:
    """What stands in a column; a blank cell has an empty text."""
    return set(map(tidy, cells.iloc[:, place].unique().tolist()))


def _is_mark(text: str) -> bool:
    return not text or text.casefold() in _MARKS


_MARK_ALONE = _(
    "If this is such a plan, write x there for whoever is absent, and nothing else. If it is none, "
    "give the column another header"
)
