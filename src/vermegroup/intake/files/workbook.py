"""Workbooks (``.xlsx``, ``.ods``) to rows of text, as an Excel of the north shows them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from vermegroup.intake.files.archive import (
    DamagedError,
    FarError,
    LockedError,
    NoWorkbookError,
    TooLargeError,
    examined,
)
from vermegroup.intake.files.hidden_rows import hidden_rows
from vermegroup.intake.files.source import PROTECTED, SAVE_AGAIN, UNPROTECT, is_workbook
from vermegroup.intake.headers.locate import ROWS_TO_TRY, header_among
from vermegroup.intake.headers.recognise import recognised
from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import Message, Template, _
from vermegroup.language.terms import quoted

Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_EXACT = 1e15


def cell_text(cell: Cell) -> str:
    """Text as it is; 12.0 as "12", 2.5 as "2,5"; dates in ISO 8601; TRUE and FALSE.

    The decimal mark is a comma because the table is written again with semicolons, and where
    those are usual a spreadsheet takes 2.5 for the second of May.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return (cell.date() if cell.time() == dt.time() else cell).isoformat(*_apart(cell))
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def _apart(cell: dt.datetime) -> tuple[str, ...]:
    return () if cell.time() == dt.time() else (" ",)


def _number(value: float) -> str:
    if abs(value) < _EXACT and value == int(value):
        return str(int(value))
    return f"{value:.15g}".replace(".", ",")


_Read = TypeVar("_Read")


Rows: TypeAlias = list[list[str]]


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """Every row of a sheet, from the cell A1 on; ``hidden`` are those not shown, from 1."""

    rows: Rows
    hidden: frozenset[int]


def read_workbook(data: bytes, sheet: str | None, ledger: Ledger) -> WorkbookSheet:
    """The sheet of this name or, without one, the first that is not hidden.

    Where that is no roster and just one other is, that one is read. Whatever keeps the workbook
    from being read is noted, and stops it.
    """
    try:
        archive = examined(data)
        workbook = _guarded(lambda: load_workbook(io.BytesIO(archive)))
        if sheet is None:
            name, rows = _chosen_sheet(workbook, ledger)
        else:
            name = _named_sheet(workbook.sheet_names, sheet, ledger)
            rows = _rows_of(workbook, name)
        return WorkbookSheet(rows, hidden_rows(archive, name))
    except FarError:
        ledger.error(_FAR, _CLEAR)
    except TooLargeError:
        ledger.error(_TOO_LARGE, SAVE_AGAIN)
    except NoWorkbookError:
        ledger.error(_NO_WORKBOOK, SAVE_AGAIN)
    except DamagedError:
        ledger.error(_DAMAGED, SAVE_AGAIN)
    except (LockedError, PasswordError):
        ledger.error(PROTECTED, UNPROTECT)
    raise ledger.refusal()


def sheets_in(data: bytes) -> tuple[str, ...]:
    """The names of a workbook's sheets; none of what is no workbook, or cannot be read."""
    if not is_workbook(data):
        return ()
    try:
        archive = examined(data)
        return tuple(_guarded(lambda: load_workbook(io.BytesIO(archive))).sheet_names)
    except (FarError, TooLargeError, NoWorkbookError, DamagedError, LockedError, PasswordError):
        return ()


def _guarded(read: Callable[[], _Read]) -> _Read:
    """What the reader reads. Raises DamagedError where it fails."""
    try:
        return read()
    except PasswordError:
        raise
    except (CalamineError, ValueError, OSError, OverflowError) as fault:
        raise DamagedError from fault
    except BaseException as fault:
        # A day beyond all calendars makes it panic; it keeps the name of that error to itself.
        if type(fault).__name__ == "PanicException":
            raise DamagedError from fault
        raise


def _rows_of(workbook: CalamineWorkbook, name: str) -> Rows:
    rows = _guarded(lambda: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return [list(map(cell_text, row)) for row in rows]


_MOST_SHEETS = 12
"""So many are looked into where the first is no roster."""


def _chosen_sheet(workbook: CalamineWorkbook, ledger: Ledger) -> tuple[str, Rows]:
    """The sheet that is read where none is named; the ledger says which, if there are several."""
    names = workbook.sheet_names
    if not names:
        raise DamagedError
    shown = _shown(workbook) or names
    first = _rows_of(workbook, shown[0])
    if len(names) == 1:
        return names[0], first
    if len(shown) == 1:
        ledger.notice(_only_shown(names, shown[0]), _another_of(names, shown[0]))
        return shown[0], first
    if not _is_roster(first):
        others = {name: _rows_of(workbook, name) for name in shown[1:_MOST_SHEETS]}
        rosters = {name: rows for name, rows in others.items() if _is_roster(rows)}
        if len(rosters) > 1:
            ledger.error(_which(list(rosters)), _another_of(names, shown[0]))
            raise ledger.refusal()
        for name, rows in rosters.items():
            ledger.notice(_only_roster(names, name), _another_of(names, name))
            return name, rows
    ledger.notice(_first_of(names, shown[0]), _another_of(names, shown[0]))
    return shown[0], first


def _shown(workbook: CalamineWorkbook) -> list[str]:
    """The sheets that have cells and are not hidden."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


_NAMING = frozenset(("id", "name", "first name", "last name", "email"))


def _is_roster(rows: Rows) -> bool:
    """Whether a sheet has a header that tells of people, and somebody below it."""
    written = [place for place, row in enumerate(rows) if any(map(str.strip, row))]
    header = header_among(rows[: written[0] + ROWS_TO_TRY]) if written else None
    if header is None or written[-1] <= header.last:
        return False
    traits = recognised(header.spoken)
    return len(traits) > 1 and not traits.isdisjoint(_NAMING)


def _named_sheet(names: list[str], wanted: str, ledger: Ledger) -> str:
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    ledger.error(_no_sheet(wanted, names), value=wanted)
    raise ledger.refusal()


def _first_of(names: list[str], name: str) -> Message:
    return _(
        "The workbook has {count} sheets; the first one, “{name}”, was read",
        count=len(names),
        name=name,
    )


def _only_shown(names: list[str], name: str) -> Message:
    return _(
        "The workbook has {count} sheets; “{name}” was read, for the others are hidden",
        count=len(names),
        name=name,
    )


def _only_roster(names: list[str], name: str) -> Message:
    return _(
        "The workbook has {count} sheets; “{name}” was read, the only one with people in it",
        count=len(names),
        name=name,
    )


def _which(rosters: list[str]) -> Message:
    names = list(map(quoted, rosters))
    return _("Several sheets of the workbook could be the roster: {names}", names=names)


def _another_of(names: list[str], read: str) -> Message:
    return _(
        "To read another sheet, name it: {option}. The sheets are: {names}",
        option=Template('--sheet "{name}"').filled(
            name=next(name for name in names if name != read)
        ),
        names=list(map(quoted, names[:_MOST_SHEETS])),
    )


def _no_sheet(wanted: str, names: list[str]) -> Message:
    return _(
        "The workbook has no sheet “{wanted}”. Its sheets are: {names}",
        wanted=wanted,
        names=list(map(quoted, names)),
    )


_DAMAGED = _("The workbook is damaged or was cut short")
_NO_WORKBOOK = _("The file is a zip archive but no workbook (.xlsx or .ods)")
_TOO_LARGE = _(
    "The workbook is too large: it unpacks to far more than a file of its size should hold"
)
_FAR = _("A sheet of the workbook is too large: a cell far to the right or far down is in use")
_CLEAR = _(
    "Press Ctrl+End in Excel to find the cell, clear it, or copy the table into a new workbook"
)
