"""The groups' table with what changed written into it: who left, and what is for one meeting."""

from __future__ import annotations

import numpy as np

from vermegroup.grouping import WAITLIST
from vermegroup.intake.meeting_columns import for_a_meeting, with_marks
from vermegroup.rebalancing.rebalancing import Rebalanced
from vermegroup.roster import IntArray, Roster, Table

WITHDRAWN, MARK = "withdrawn", "left"


def with_changes(found: Rebalanced, cancelled: str | None) -> Table:
    """The roster's table after a rebalancing.

    Who left keeps the row, and a mark in the column of those who ``cancelled``: so the next run
    sets them aside, with other rows of theirs. The plan of a meeting has the permanent groups
    beside its own.
    """
    roster = found.problem.roster
    table = roster.table
    if len(found.change.left):
        table = with_marks(table, cancelled or WITHDRAWN, _rows_of(found.change.left, roster), MARK)
    if found.meeting is None:
        return table
    named = np.array([*found.permanent.names, ""], dtype=object)
    group_of = np.full(len(table.cells), WAITLIST)
    group_of[roster.rows] = found.permanent.group_of
    absent = np.zeros(len(table.cells), dtype=bool)
    absent[_rows_of(found.change.absent, roster)] = True
    return for_a_meeting(table, named[group_of].tolist(), absent)


def _rows_of(people: IntArray, roster: Roster) -> IntArray:
    """The rows of some people in their table, those that were merged into theirs included."""
    numbers = roster.table.row_numbers
    own = roster.rows[people]
    into = {int(number) for number in numbers[own]}
    merged = [each.row for each in roster.set_aside if each.merged_into in into]
    return np.concatenate([own, np.flatnonzero(np.isin(numbers, merged))])
