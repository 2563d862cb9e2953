"""Workbooks (``.xlsx``, ``.ods``) to rows of text, as an Excel of the north shows them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from vermegroup.intake.files.archive import (
    DamagedError,
    FarError,
    LockedError,
    NoWorkbookError,
    TooLargeError,
    examined,
)
from vermegroup.intake.files.source import PROTECTED, SAVE_AGAIN, UNPROTECT
from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import Message, _
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


def rows_of_workbook(data: bytes, sheet: str | None, ledger: Ledger) -> list[list[str]]:
    """Every row of a sheet, the first of the workbook unless one is named, from the cell A1 on.

    Whatever keeps the workbook from being read is noted, and stops it.
    """
    try:
        workbook = _guarded(lambda: load_workbook(io.BytesIO(examined(data))))
        name = _sheet_name(workbook, sheet, ledger)
        rows = _guarded(lambda: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
        return [list(map(cell_text, row)) for row in rows]
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


def _sheet_name(workbook: CalamineWorkbook, wanted: str | None, ledger: Ledger) -> str:
    names = workbook.sheet_names
    if not names:
        raise DamagedError
    if wanted is None:
        if len(names) > 1:
            ledger.notice(_first_of(names), _NAME_ANOTHER)
        return names[0]
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    ledger.error(_no_sheet(wanted, names), value=wanted)
    raise ledger.refusal()


def _first_of(names: list[str]) -> Message:
    return _(
        "The workbook has {count} sheets; the first one, “{name}”, was read",
        count=len(names),
        name=names[0],
    )


_NAME_ANOTHER = _("To read another sheet, give its name")


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
