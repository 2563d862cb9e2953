"""Who signed up and will not come: rows that are set aside as cancelled, or absent."""

from __future__ import annotations

import re

import numpy as np

from vermegroup.findings import Severity
from vermegroup.intake.columns import Chosen, column_if_any
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.meeting_columns import absences
from vermegroup.intake.sheet import Column, Sheet
from vermegroup.intake.telling import Remark, tell
from vermegroup.phrase import Phrase, phrase
from vermegroup.roster import SetAside

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
ABSENT_TODAY = Phrase(
    "Absent from this meeting", "Poissa tästä tapaamisesta", "Frånvarande från den här träffen"
)
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
    missing = absences(sheet)
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
        reason = phrase(
            "Cancelled (“{text}”), so the row was set aside",
            "Peruttu (”{text}”), joten rivi jätettiin sivuun",
            "Avbokad (”{text}”), så raden lades åt sidan",
            text=text,
        )
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
            phrase(
                "“{text}” is no known status; the row counts as taking part",
                "”{text}” ei ole tunnettu tila; rivi lasketaan osallistujaksi",
                "”{text}” är ingen känd status; raden räknas som deltagare",
                text=text,
            ),
        )
        for code, text in enumerate(column.values)
        if text and not known[code]
    }
    tell(remarks, column, ledger)
