"""Who is there: rows set aside as cancelled or absent, and which of a person's rows is latest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.grouping import means_waiting
from vermegroup.domain.roster import SetAside, Table, group_spelling
from vermegroup.intake.cells import TEXT, Column
from vermegroup.intake.headers.added import called
from vermegroup.intake.headers.find_columns import Chosen, column_if_any, places_of
from vermegroup.intake.headers.recognise import first_free, plain, recognise, unique
from vermegroup.intake.ledger import Ledger, Remark, rows_of, tell, with_rows
from vermegroup.intake.people.meeting_columns import (
    ABSENT,
    MARK,
    PERMANENT,
    absences,
    note_likeness,
)
from vermegroup.intake.people.statuses import (
    Asks,
    Status,
    asked_by,
    is_marked,
    saying,
    status_of,
    tells_who_comes,
)
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import N_, Who, _
from vermegroup.language.terms import quoted


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
    cells.isetitem(place, pd.array(texts, dtype=TEXT))
    return replace(table, cells=cells)


ABSENT_TODAY = _("Absent from this meeting")
_LEFT = frozenset(called("left"))
_MERGED = frozenset(called("merged"))
_GONE = N_("Left (“{text}”), so the row was set aside")
_WITHDRAWN = N_("Cancelled (“{text}”), so the row was set aside")
_BY_ITS_CELLS = N_("“{header}” tells by its cells who takes part, and is read as the status")
_IF_NOT = _("If it tells of something else, give its cells other words, or remove the column")
_MAY_HAVE_GONE = N_(
    "“{text}” may mean that this person does not take part; the row counts as taking part"
)
_OR_A_GROUP = N_("“{text}” was read as a cancellation, though as many have it as a group has")
_IF_A_GROUP = _("If a group is called so, give it another name")
_OPEN = N_("“{text}” leaves open whether this person takes part; the row counts as taking part")
_NO_STATUS = N_("“{text}” is no known status; the row counts as taking part")
_BLANK = _("The cell leaves open whether this person takes part; the row counts as taking part")
_ALL_GONE = N_(
    "By “{header}” nobody would take part, so it is not read as the status; everyone counts"
)
_IF_SO = _("If the person does not take part, remove the row, or write “cancelled” as the status")

_OF_STATUS = re.compile(
    r"\b(status|tila|state|ilmoittau|anmal|regist|enrol|booking|varau|bokning|osallistu|deltag"
    r"|deltar|attend|participa|rsvp|peru|avbok|cancel|withdr|huom|lisatie|kommen|comment|anmark"
    r"|note|ovrig|muuta|info)"
)
# Whoever does not come to lunch may well come to the group.
_OF_ANOTHER_MATTER = re.compile(
    r"lounas|lounaa|ruoka|ruoa|illalli|iltatilai|iltajuhl|kahvi|bussi|kuljetus|majoit|hotel"
    r"|webinaar|lunch|dinner|meal|breakfast|middag|mingel|fika|buss\b|\bbus\b|transport|boende"
    r"|logi\b|webinar|newsletter|uutiskirj|nyhetsbrev"
)
_MANY_ROWS, _FEW_TEXTS = 5_000, 500
_MOST_COLUMNS = 1_000
"""Columns that are looked at for statuses: no form has as many questions."""


def cancelled(
    sheet: Sheet,
    ledger: Ledger,
    chosen: Chosen,
    traits: Collection[int] = (),
    *,
    grouped: bool = False,
) -> tuple[SetAside, ...]:
    """The rows of those who cancelled, by columns of statuses or one of cancellations.

    What stands in ``traits``, which are columns that rules speak of, says nothing of it. People
    also write it in place of a group, where rows are ``grouped`` and where they are to be again.
    """
    said: dict[int, SetAside] = {}
    # All columns of groups: beside ours, which decides, may stand the roster's own.
    decided = places_of("group", sheet, chosen)
    others = (at for at, name in enumerate(sheet.header) if recognise(name) == "group")
    for place in dict.fromkeys((*decided, *others)):
        if place in traits and not (grouped and place in decided):
            continue
        column = sheet.column(place)
        gone = saying(column, Status.CANCELLED)
        _ask_of_groups(column, gone, ledger)
        said = _set_aside(column, gone, ledger, said) | said
    by_header = places_of("status", sheet, chosen)
    free = dict(_free_columns(sheet, chosen, traits))
    by_cells = [] if "status" in chosen else _telling(free)
    for place in (*by_header, *by_cells):
        column = sheet.column(place)
        asks = _asks(column.header, known=place in by_header)
        if place in by_cells and not _note_by_cells(column, asks, ledger):
            continue
        _note_open(column, ledger, asks)
        said = _set_aside(column, saying(column, Status.CANCELLED, asks=asks), ledger, said) | said
    for place in places_of("cancelled", sheet, chosen):
        column = sheet.column(place)
        told = [is_marked(text) for text in column.values]
        _note_doubts(column, [code for code, mark in enumerate(told) if mark is None], ledger)
        marked = np.array([mark is True for mark in told], dtype=bool)
        said = _set_aside(column, marked, ledger, but=said) | said
    _note_asides([free[place] for place in free if place not in by_cells], said, ledger)
    note_likeness(sheet, chosen, ledger)
    missing = absences(sheet, chosen)
    if missing is not None:
        rows = missing.rows[~missing.blank()].tolist()
        said = {row: SetAside(row, ABSENT_TODAY) for row in rows} | said
    return tuple(said[row] for row in sorted(said))


def _note_by_cells(column: Column, asks: Asks | None, ledger: Ledger) -> bool:
    """Note that a column is read as the status by its cells; not so where nobody would be left."""
    if asks and column.having(saying(column, Status.CANCELLED, asks=asks)).all():
        ledger.warning(_ALL_GONE.filled(header=column.header), _IF_SO, column=column.header)
        return False
    note = ledger.notice if asks or _OF_STATUS.search(plain(column.header)) else ledger.warning
    note(_BY_ITS_CELLS.filled(header=column.header), _IF_NOT, column=column.header)
    return True


def by_cells_alone(sheet: Sheet, chosen: Chosen, traits: Collection[int] = ()) -> list[int]:
    """The columns that tell by their cells who takes part, whatever their headers.

    None where people chose the column of the status.
    """
    return [] if "status" in chosen else _telling(dict(_free_columns(sheet, chosen, traits)))


def _telling(columns: Mapping[int, Column]) -> list[int]:
    return [
        place for place, column in columns.items() if tells_who_comes(column, _asks(column.header))
    ]


def _asks(header: str, *, known: bool = False) -> Asks | None:
    """What a header asks; of one that is ``known`` to be the status's no doubt is left."""
    asks = asked_by(plain(header))
    known = known or recognise(header) == "status"
    return Asks.WHO_COMES if known and asks is Asks.MAYBE_WHO_COMES else asks


def meaning_of_status(header: str) -> Callable[[str], object]:
    """How the texts of a column of statuses are read, whether its header is known for one or not.

    Texts that lead to the same are one in meaning.
    """
    asked = {_asks(header, known=known) for known in (True, False)}
    return lambda text: frozenset((asks, status_of(text, asks=asks)) for asks in asked)


def _free_columns(
    sheet: Sheet, chosen: Chosen, traits: Collection[int]
) -> Iterator[tuple[int, Column]]:
    """The columns that hold no trait that is known, and so few texts that they may be statuses."""
    taken = {*chosen.values(), *traits, *places_of("status", sheet, chosen)}
    for place, header in enumerate(sheet.header[:_MOST_COLUMNS]):
        known = recognise(header) not in (None, "status")
        if place in taken or known or _OF_ANOTHER_MATTER.search(plain(header)):
            continue
        # A million texts that all differ are no statuses, and take long to look at.
        if len(sheet.people) > _MANY_ROWS:
            first = sheet.table.cells.iloc[sheet.people[:_MANY_ROWS], place]
            if first.nunique() > _FEW_TEXTS:
                continue
        yield place, sheet.column(place)


def _note_asides(columns: Iterable[Column], said: Mapping[int, SetAside], ledger: Ledger) -> None:
    """Warn of cells that seem to tell a cancellation where most of their column tells nothing.

    A person may have written so beside what the column is for; who is set aside anyway may, too.
    """
    for column in columns:
        gone = saying(column, Status.CANCELLED, Status.DOUBTED)
        if set(column.rows[column.having(gone)].tolist()) <= said.keys():
            continue
        remarks = {
            code: Remark(Severity.WARNING, _MAY_HAVE_GONE.filled(text=column.values[code]), _IF_SO)
            for code in np.flatnonzero(gone).tolist()
        }
        tell(remarks, column, ledger)


def _set_aside(
    column: Column, texts: BoolArray, ledger: Ledger, but: Mapping[int, SetAside]
) -> dict[int, SetAside]:
    found: dict[int, SetAside] = {}
    for place in np.flatnonzero(column.having(texts)):
        row, text = int(column.rows[place]), column.values[column.codes[place]]
        if row in but:
            continue
        reason = (_GONE if text.casefold() in _LEFT else _WITHDRAWN).filled(text=text)
        found[row] = SetAside(row, reason)
        ledger.notice(reason, row=row, column=column.header, value=text, aside=True)
    return found


def is_cancelled(aside: SetAside) -> bool:
    """Whether a person cancelled, who is neither absent for once nor on another row as well."""
    text = str(dict(aside.reason.values).get("text", ""))
    return aside.reason != ABSENT_TODAY and text.casefold() not in _MERGED


def _ask_of_groups(column: Column, gone: BoolArray, ledger: Ledger) -> None:
    """Ask about words for a cancellation in place of a group that as many have as a group has."""
    sizes = np.bincount(column.codes, minlength=len(column.values))
    texts = list(zip(column.values, sizes.tolist(), gone.tolist(), strict=True))
    others = [size for text, size, left in texts if not (left or means_waiting(text))]
    if not (others and gone.any()):
        return
    fewest = max(2, int(np.percentile(others, 25)))
    remarks = {
        code: Remark(Severity.WARNING, _OR_A_GROUP.filled(text=text), _IF_A_GROUP)
        for code, (text, size, left) in enumerate(texts)
        if left and fewest <= size <= max(others)
    }
    tell(remarks, column, ledger)


def _note_doubts(column: Column, codes: Iterable[int], ledger: Ledger) -> None:
    """Warn of cells of a column of cancellations that leave it open."""
    texts = {code: column.values[code] for code in codes}
    open_ = (Remark(Severity.WARNING, _OPEN.filled(text=text), _IF_SO) for text in texts.values())
    tell(dict(zip(texts, open_, strict=True)), column, ledger)


def _note_open(column: Column, ledger: Ledger, asks: Asks | None) -> None:
    """Warn of statuses that are not understood or not settled, where others are known."""
    told = [status_of(text, asks=asks) for text in column.values]
    if not any(told):
        return
    unsettled = {Status.OPEN: _OPEN, Status.DOUBTED: _MAY_HAVE_GONE, None: _NO_STATUS}
    remarks = {
        code: Remark(Severity.WARNING, unsettled[status].filled(text=text), _IF_SO)
        for code, (text, status) in enumerate(zip(column.values, told, strict=True))
        if text and status in unsettled
    }
    if asks is Asks.WHO_COMES and "" in column.values:
        remarks[column.values.index("")] = Remark(Severity.WARNING, _BLANK, _IF_SO)
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
        return [person for _rest, person in order]

    return [ranked(people) for people in same]


def times_of_answer(sheet: Sheet, chosen: Chosen) -> Callable[[int], datetime | None] | None:
    """When each person answered, by place, None where it is not told; or None if it never is."""
    from vermegroup.intake.traits.times import moment, months_come_first  # noqa: PLC0415

    place = column_if_any("answered", sheet, None, chosen)
    if place is None or (column := sheet.column(place)).blank().all():
        return None
    month_first = months_come_first(column.values)
    return lambda person: moment(column.values[column.codes[person]], month_first=month_first)


def newest_answer(column: Column) -> datetime | None:
    """The newest time in a column of times of answer; None where it tells none."""
    from vermegroup.intake.traits.times import moment, months_come_first  # noqa: PLC0415

    month_first = months_come_first(column.values)
    times = (moment(text, month_first=month_first) for text in column.values)
    return max((time for time in times if time is not None), default=None)


def seated_first(
    ranked: list[list[int]], sheet: Sheet, chosen: Chosen, who: Callable[[int], Who], ledger: Ledger
) -> list[list[int]]:
    """Each person's rows, those with a group first; in two groups at once is an error.

    ``who`` tells whom a row means.
    """
    place = column_if_any("group", sheet, ledger, chosen)
    if place is None:
        return ranked
    column = sheet.column(place)
    names = ["" if means_waiting(name) else name for name in column.values]
    group = [names[code] for code in column.codes.tolist()]
    for people in ranked:
        groups = {group_spelling(group[person]): group[person] for person in sorted(people)}
        groups.pop("", None)
        if len(groups) > 1:
            rows = rows_of(np.unique(column.rows[people]))
            told = [quoted(name) for name in groups.values()]
            message = _IN_SEVERAL.filled(own=who(min(people)), groups=told)
            ledger.error(with_rows(message, rows), _IN_ONE, row=rows[0], column=column.header)
    return [sorted(people, key=lambda person: not group[person]) for people in ranked]


_IN_SEVERAL = N_("{own} is in several groups: {groups}")
_IN_ONE = _(
    "Leave this person in one of the groups. If these are two people, write their names so that "
    "they differ, or give each an id"
)
