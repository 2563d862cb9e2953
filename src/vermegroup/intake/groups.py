"""The group column of a grouping, as it was formed or as it was edited by hand."""

from __future__ import annotations

import re

import numpy as np

from vermegroup.findings import Severity
from vermegroup.grouping import WAITLIST, Grouping, means_waiting
from vermegroup.intake.categories import merged
from vermegroup.intake.columns import NOTHING_CHOSEN, Chosen, column_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.telling import Remark, tell
from vermegroup.phrase import Phrase, phrase

_RENAME = Phrase(
    "If a group is called so, give it another name",
    "Jos ryhmän nimi on tämä, anna ryhmälle toinen nimi",
    "Om en grupp heter så, ge den ett annat namn",
)


def read_groups(sheet: Sheet, ledger: Ledger, chosen: Chosen = NOTHING_CHOSEN) -> Grouping:
    """Who is in which group; ``g01`` and ``G01 `` are one. A blank cell is the waitlist.

    So is one that says so in words, which is noted: somebody may have meant a group's name.
    """
    place = column_of("group", sheet, ledger, chosen)
    if place is None:
        return Grouping(np.full(len(sheet.people), WAITLIST, dtype=np.int64))
    column = sheet.column(place)
    waiting = [code for code, name in enumerate(column.values) if name and means_waiting(name)]
    tell({code: _waits(column.values[code]) for code in waiting}, column, ledger)
    named = merged(column, str.casefold)
    names = sorted((name for name in named.values if not means_waiting(name)), key=_as_counted)
    index = {name: number for number, name in enumerate(names)}
    recoded = np.array([index.get(name, WAITLIST) for name in named.values], dtype=np.int64)
    return Grouping(recoded[named.codes], tuple(names))


def _waits(name: str) -> Remark:
    message = phrase(
        "“{name}” is no group: whoever has it is on the waitlist",
        "”{name}” ei ole ryhmä: henkilö on jonossa",
        "”{name}” är ingen grupp: personen är på väntelistan",
        name=name,
    )
    return Remark(Severity.NOTICE, message, _RENAME)


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    # Digits are compared by their number and then as text: int() refuses very long numbers.
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [_digits(part) if part[0] in "0123456789" else (True, 0, part) for part in parts]


def _digits(part: str) -> tuple[bool, int, str]:
    significant = part.lstrip("0")
    return (False, len(significant), significant)
