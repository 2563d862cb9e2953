"""Who of a list of absent people is there after all, by the list's own columns."""

from __future__ import annotations

import re

import numpy as np

from vermegroup.domain.findings import Severity
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.ledger import Ledger, Remark, tell
from vermegroup.intake.people.statuses import (
    Asks,
    Status,
    asked_by,
    is_marked,
    status_of,
    tells_who_comes,
)
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import _

_ABSENT_OR_NOT = _("The cell leaves open whether this person is absent")
_SAY_SO = _("Write yes or no on every row, or take the column out: then all in the file are absent")

_OF_REASONS = re.compile(r"\bsyy|selit|reason|orsak|anledning|why\b|miksi|varfor|kerrat|gånger")
_THERE = re.compile(r"(läsnä|paikalla|närvarande|present|here|på plats)\b")
_NOT_THERE = re.compile(r"((ei|inte|ej|not) )?(poissa|frånvar|absent|borta|away)|(ei|inte|ej|not) ")


def who_comes(sheet: Sheet, ledger: Ledger) -> dict[int, str]:
    """The rows of a list of absent people that say that somebody is there, each with the column.

    An error where a column tells it of some, and leaves it open of others.
    """
    found: dict[int, str] = {}
    for place, header in enumerate(sheet.names):
        bare = plain(header)
        trait = recognise(sheet.header[place])
        asks = asked_by(bare, of_meeting=True)
        if trait not in (None, "status", "cancelled") or _OF_REASONS.search(bare):
            continue
        column = sheet.column(place)
        if not (asks or trait or tells_who_comes(column, None)):
            continue
        told = [_is_there(text, asks) for text in column.values]
        if all(there is None for there in told) or not any(column.values):
            continue
        if trait or asks:
            unclear = (code for code, there in enumerate(told) if there is None)
            remarks = {code: Remark(Severity.ERROR, _ABSENT_OR_NOT, _SAY_SO) for code in unclear}
            tell(remarks, column, ledger)
        here = column.having(np.array([there is True for there in told], dtype=bool))
        found |= dict.fromkeys(column.rows[here].tolist(), header)
    return found


def _is_there(text: str, asks: Asks | None) -> bool | None:
    """Whether a cell says that somebody is there; None where it does not say."""
    bare = text.casefold()
    if _THERE.match(bare):
        return True
    if asks in (Asks.WHO_CANCELLED, Asks.WHEN_CANCELLED):
        marked = is_marked(text)
        return None if marked is None else not marked
    if _NOT_THERE.match(bare):
        return False
    status = status_of(text, asks=asks and Asks.WHO_COMES)
    return {Status.COMING: True, Status.CANCELLED: False}.get(status) if status else None
