"""In which order people's turns are, by a column: numbers, times, or yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.roster import Turns
from vermegroup.intake.cells import Column
from vermegroup.intake.headers.find_columns import Chosen, column_if_any
from vermegroup.intake.ledger import Ledger, Remark, tell
from vermegroup.intake.people.statuses import yes_or_no
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import numbers_in
from vermegroup.language.messages import N_, _, ngettext
from vermegroup.language.terms import people_of

_Key = Any


def read_turns(column: Column, ledger: Ledger) -> Turns:
    """More of a number first, an earlier time first, yes before no; a blank cell comes last.

    A cell that is of another sort than most is an error.
    """
    keys = max(
        (_yes_first(column.values), _more_first(column.values), _earlier_first(column.values)),
        key=lambda found: sum(key is not None for key in found),
    )
    unread = {
        code: Remark(Severity.ERROR, _NO_TURN.filled(text=text), _ONE_SORT)
        for code, (text, key) in enumerate(zip(column.values, keys, strict=True))
        if text and key is None
    }
    tell(unread, column, ledger)
    known = sorted({key for key in keys if key is not None})
    place = {key: at for at, key in enumerate(known)}
    rank = np.array([place.get(key, len(known)) for key in keys], dtype=np.int64)
    _note_blank(column, ledger)
    return Turns(rank[column.codes], column.header)


@dataclass(frozen=True, slots=True)
class Answered:
    """When each one answered: the cells of a column, read when they are asked for."""

    column: Column
    people: IntArray
    rows: int

    def __call__(self) -> IntArray | None:
        """The time by the rows of the table, in seconds; None where some do not tell it."""
        known = _earlier_first(self.column.values)
        keys = [key for key in known if key is not None]
        if len(keys) < len(known):
            return None
        start = datetime(1, 1, 1)
        seconds = np.array([int((key - start).total_seconds()) for key in keys], dtype=np.int64)
        found = np.zeros(self.rows, dtype=np.int64)
        found[self.people] = seconds[self.column.codes]
        return found


def answered_in(sheet: Sheet, chosen: Chosen) -> Answered | None:
    """The column of times of answer, if the sheet has one."""
    place = column_if_any("answered", sheet, None, chosen) if len(sheet.people) else None
    if place is None:
        return None
    return Answered(sheet.column(place), sheet.people, len(sheet.table.cells))


def _yes_first(texts: Sequence[str]) -> list[_Key | None]:
    said = [yes_or_no(text) for text in texts]
    return [None if yes is None else not yes for yes in said]


def _more_first(texts: Sequence[str]) -> list[_Key | None]:
    numbers = numbers_in(texts)
    return [None if number is None else -number for number in numbers]


def _earlier_first(texts: Sequence[str]) -> list[_Key | None]:
    from vermegroup.intake.traits.times import moment, months_come_first  # noqa: PLC0415

    month_first = months_come_first(texts)
    return [moment(text, month_first=month_first) for text in texts]


def _note_blank(column: Column, ledger: Ledger) -> None:
    blank = int(column.blank().sum())
    if blank:
        message = ngettext(
            "{people} has no value in the column “{header}”, and comes last",
            "{people} have no value in the column “{header}”, and come last",
            blank,
            people=people_of(blank),
            header=column.header,
        )
        ledger.notice(message, column=column.header)


_NO_TURN = N_("“{text}” does not tell whose turn comes first, as the other cells do")
_ONE_SORT = _("Write a number, a time, or yes and no, on every row alike")
