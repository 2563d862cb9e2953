"""The group column of a grouping, as it was formed or as it was edited by hand."""

from __future__ import annotations

import re

import numpy as np

from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.intake.categories import merged
from vermegroup.intake.columns import NOTHING_CHOSEN, Chosen, column_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet


def read_groups(sheet: Sheet, ledger: Ledger, chosen: Chosen = NOTHING_CHOSEN) -> Grouping:
    """Who is in which group. A blank cell is the waitlist; ``g01`` and ``G01 `` are one group."""
    place = column_of("group", sheet, ledger, chosen)
    if place is None:
        return Grouping(np.full(len(sheet.people), WAITLIST, dtype=np.int64))
    named = merged(sheet.column(place), str.casefold)
    names = sorted(filter(None, named.values), key=_as_counted)
    index = {name: number for number, name in enumerate(names)}
    recoded = np.array([index.get(name, WAITLIST) for name in named.values], dtype=np.int64)
    return Grouping(recoded[named.codes], tuple(names))


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    # Digits are compared by their number and then as text: int() refuses very long numbers.
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [_digits(part) if part[0] in "0123456789" else (True, 0, part) for part in parts]


def _digits(part: str) -> tuple[bool, int, str]:
    significant = part.lstrip("0")
    return (False, len(significant), significant)
