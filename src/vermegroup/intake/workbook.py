"""Workbooks (``.xlsx``, ``.ods``) to rows of text."""

from __future__ import annotations

import io

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from vermegroup.intake.cell_text import cell_text
from vermegroup.intake.formats import PROTECTED, SAVE_AGAIN, UNPROTECT
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.workbook_archive import DAMAGED, refuse_unreadable
from vermegroup.phrase import Phrase, phrase


def rows_of_workbook(data: bytes, sheet: str | None, ledger: Ledger) -> list[list[str]]:
    """Every row of a sheet, the first of the workbook unless one is named, from the cell A1 on.

    Whatever keeps the workbook from being read is noted, and stops it.
    """
    refuse_unreadable(data, ledger)
    try:
        workbook = load_workbook(io.BytesIO(data))
        name = _sheet_name(workbook, sheet, ledger)
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except PasswordError:
        ledger.error(PROTECTED, UNPROTECT)
    except (CalamineError, ValueError, OSError, OverflowError):
        ledger.error(DAMAGED, SAVE_AGAIN)
    else:
        return [list(map(cell_text, row)) for row in rows]
    raise ledger.refusal()


def _sheet_name(workbook: CalamineWorkbook, wanted: str | None, ledger: Ledger) -> str:
    names = workbook.sheet_names
    if not names:
        ledger.error(DAMAGED, SAVE_AGAIN)
        raise ledger.refusal()
    if wanted is None:
        if len(names) > 1:
            ledger.notice(_first_of(names), _NAME_ANOTHER)
        return names[0]
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    ledger.error(_no_sheet(wanted, names), value=wanted)
    raise ledger.refusal()


def _first_of(names: list[str]) -> Phrase:
    return phrase(
        "The workbook has {count} sheets; the first one, “{name}”, was read",
        "Työkirjassa on {count} taulukkoa; niistä luettiin ensimmäinen, ”{name}”",
        "Arbetsboken har {count} blad; det första, ”{name}”, lästes",
        count=len(names),
        name=names[0],
    )


_NAME_ANOTHER = Phrase(
    "To read another sheet, give its name",
    "Jos haluat toisen taulukon, anna sen nimi",
    "Ange bladets namn om ett annat blad ska läsas",
)


def _no_sheet(wanted: str, names: list[str]) -> Phrase:
    return phrase(
        "The workbook has no sheet “{wanted}”. Its sheets are: {names}",
        "Työkirjassa ei ole taulukkoa ”{wanted}”. Sen taulukot ovat: {names}",
        "Arbetsboken har inget blad ”{wanted}”. Dess blad är: {names}",
        wanted=wanted,
        names=[f"”{name}”" for name in names],
    )
