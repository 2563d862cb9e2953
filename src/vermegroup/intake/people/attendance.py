"""Who is there: rows set aside as cancelled or absent, and which of a person's rows is latest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.grouping import means_waiting
from vermegroup.domain.roster import SetAside, Table
from vermegroup.intake.cells import Column
from vermegroup.intake.headers.added import called
from vermegroup.intake.headers.find_columns import Chosen, column_if_any
from vermegroup.intake.headers.recognise import first_free, plain, unique
from vermegroup.intake.ledger import Ledger, Remark, rows_of, tell
from vermegroup.intake.people.meeting_columns import (
    ABSENT,
    MARK,
    PERMANENT,
    absences,
    note_likeness,
)
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import N_, Message, _


def for_a_meeting(table: Table, permanent_of: list[str], absent: BoolArray) -> Table:
    """A table with the permanent groups and the absences of a meeting, both by row."""
    marks = np.where(absent, MARK, "").tolist()
    planned = _with_column(table, name_for(PERMANENT, table), permanent_of)
    return _with_column(planned, name_for(ABSENT, table), marks)


def name_for(column: str, table: Table) -> str:
    """What a column of a plan is called in a table: in its language, if no column is called so."""
    return first_free(called(column, table.language), map(str, table.cells.columns))


def _with_column(table: Table, header: str, texts: list[str]) -> Table:
    """A table with one more column at its end."""
    names = [str(name) for name in table.cells.columns]
    cells = table.cells.copy()
    cells.insert(len(names), header, texts, allow_duplicates=True)
    headings = [(*row, "") for row in table.headings[:-1]]
    headings += [(*row, header) for row in table.headings[-1:]]
    cells = cells.astype("str").set_axis(list(unique((*names, header))), axis="columns")
    return replace(table, cells=cells, headings=tuple(headings))


def with_marks(table: Table, header: str, rows: IntArray, text: str) -> Table:
    """A table with a text in some rows of a column that is there, or is added."""
    names = [plain(str(name)) for name in table.cells.columns]
    place = names.index(plain(header)) if plain(header) in names else None
    texts = [""] * len(table.cells) if place is None else table.cells.iloc[:, place].tolist()
    for row in rows.tolist():
        texts[row] = text
    if place is None:
        return _with_column(table, header, texts)
    cells = table.cells.copy()
    cells.isetitem(place, pd.array(texts, dtype="str"))
    return replace(table, cells=cells)


_CANCELLED = re.compile(
    r"(itse )?peru(ttu|utettu|nut|uttanut|nu|u|utus)\b|poistunut|ei osallistu|ei tule|estynyt\b"
    r"|(har )?(avbo|avanmäl|avbest|annuller|återkall|återtag|dragit sig)|deltar (inte|ej)"
    r"|förhindrad|(was |has )?(cancel|withdr|revoked|not attending|not coming|dropped out|annulled)"
)
_COMING = re.compile(
    r"ilmoittautu|vahvist|osallistu|mukana|hyväks|maksettu|ok\b|kyllä|aktiivi|tulossa|varattu|voimassa"
    r"|anmäl|bekräft|deltar|med\b|godkän|betal|aktiv|ja\b|bokad|registrer"
    r"|confirm|attend|register|accept|approv|paid|active|yes\b|complete|booked|valmis|lähetetty"
)
ABSENT_TODAY = _("Absent from this meeting")
_LEFT = frozenset(called("left"))
_GONE = N_("Left (“{text}”), so the row was set aside")
_WITHDRAWN = N_("Cancelled (“{text}”), so the row was set aside")
_NOT_CANCELLED = frozenset(("", "ei", "nej", "no", "n", "0", "false", "epätosi", "falskt"))


def cancelled(sheet: Sheet, ledger: Ledger, chosen: Chosen) -> tuple[SetAside, ...]:
    """The rows of those who cancelled, by a column of statuses or one of cancellations."""
    said: dict[int, SetAside] = {}
    status = column_if_any("status", sheet, ledger, chosen)
    if status is not None:
        column = sheet.column(status)
        _note_unknown(column, ledger)
        said |= _set_aside(column, [_is_cancelled(text) for text in column.values], ledger)
    mark = column_if_any("cancelled", sheet, ledger, chosen)
    if mark is not None:
        column = sheet.column(mark)
        marked = [text.casefold() not in _NOT_CANCELLED for text in column.values]
        said = _set_aside(column, marked, ledger, but=said) | said
    note_likeness(sheet, chosen, ledger)
    missing = absences(sheet, chosen)
    if missing is not None:
        rows = missing.rows[~missing.blank()].tolist()
        said = {row: SetAside(row, ABSENT_TODAY) for row in rows} | said
    return tuple(said[row] for row in sorted(said))


def _is_cancelled(text: str) -> bool:
    return _CANCELLED.match(text.casefold()) is not None


def _set_aside(
    column: Column, texts: list[bool], ledger: Ledger, but: dict[int, SetAside] | None = None
) -> dict[int, SetAside]:
    found: dict[int, SetAside] = {}
    for place in np.flatnonzero(column.having(np.array(texts, dtype=bool))):
        row, text = int(column.rows[place]), column.values[column.codes[place]]
        if but and row in but:
            continue
        reason = (_GONE if text.casefold() in _LEFT else _WITHDRAWN).filled(text=text)
        found[row] = SetAside(row, reason)
        ledger.notice(reason, row=row, column=column.header, value=text)
    return found


def _note_unknown(column: Column, ledger: Ledger) -> None:
    """Warn of statuses that are not understood, where others are."""
    known = [bool(_COMING.match(text.casefold())) or _is_cancelled(text) for text in column.values]
    if not any(known):
        return
    remarks = {
        code: Remark(
            Severity.WARNING,
            _("“{text}” is no known status; the row counts as taking part", text=text),
        )
        for code, text in enumerate(column.values)
        if text and not known[code]
    }
    tell(remarks, column, ledger)


def latest_first(
    same: Sequence[list[int]], sheet: Sheet, chosen: Chosen, ledger: Ledger
) -> list[list[int]]:
    """Each person's rows, the latest first: by the time of answer if all tell it, else the last."""
    from vermegroup.intake.traits.times import moment, months_come_first  # noqa: PLC0415

    place = column_if_any("answered", sheet, ledger, chosen)
    if place is None:
        return [sorted(people, reverse=True) for people in same]
    column = sheet.column(place)
    month_first = months_come_first(column.values)

    def ranked(people: list[int]) -> list[int]:
        moments = [moment(column.values[column.codes[p]], month_first=month_first) for p in people]
        times = [time for time in moments if time is not None]
        if len(times) < len(people):
            return sorted(people, reverse=True)
        order = sorted(zip(times, people, strict=True), reverse=True)
        return [person for _, person in order]

    return [ranked(people) for people in same]


def newest_answer(column: Column) -> datetime | None:
    """The newest time in a column of times of answer; None where it tells none."""
    from vermegroup.intake.traits.times import moment, months_come_first  # noqa: PLC0415

    month_first = months_come_first(column.values)
    times = (moment(text, month_first=month_first) for text in column.values)
    return max((time for time in times if time is not None), default=None)


def seated_first(
    ranked: list[list[int]], sheet: Sheet, chosen: Chosen, ledger: Ledger
) -> list[list[int]]:
    """Each person's rows, those with a group first; in two groups at once is an error."""
    place = column_if_any("group", sheet, ledger, chosen)
    if place is None:
        return ranked
    column = sheet.column(place)
    names = ["" if means_waiting(name) else name.casefold() for name in column.values]
    group = [names[code] for code in column.codes.tolist()]
    for people in ranked:
        if len({group[person] for person in people} - {""}) > 1:
            rows = rows_of(column.rows[sorted(people)])
            ledger.error(*_in_two_groups(rows), row=rows[0], column=column.header)
    return [sorted(people, key=lambda person: not group[person]) for people in ranked]


def _in_two_groups(rows: list[int]) -> tuple[Message, Message]:
    message = _("Rows {rows} are the same person, in different groups", rows=rows)
    hint = _("Leave the group on one of the rows only")
    return message, hint
