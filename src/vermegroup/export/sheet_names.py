"""Names of sheets that every spreadsheet program takes.

See `Rename a worksheet <https://support.microsoft.com/en-us/office/
rename-a-worksheet-3f1f7148-ee83-404d-8ef0-9ff99fbad1f9>`_: at most 31 characters, some of which no
name may have, no apostrophe at either end, not "History", and none twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vermegroup.language.legible import legible

_LONGEST = 31
_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")
_RESERVED = ("history",)


def sheet_names(names: Sequence[str]) -> list[str]:
    """A name for each sheet, as near to what it is to be called as may be."""
    taken = set(_RESERVED)
    given = []
    for name in names:
        bare = _NOT_ALLOWED.sub(" ", legible(name)).strip(" '") or "-"
        number, free = 1, shortened(bare, _LONGEST)
        while _same(free) in taken:
            number += 1
            free = shortened(bare, _LONGEST, f" {number}")
        taken.add(_same(free))
        given.append(free)
    return given


def shortened(text: str, units: int, ending: str = "") -> str:
    """As much of a text as fits before its ending, in the UTF-16 units that Excel counts."""
    room = 2 * (units - len(ending))
    kept = text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore")
    return kept.strip(" '") + ending


def _same(name: str) -> str:
    # A program may compare capitals, another one small letters.
    return name.casefold().upper().lower()
