"""What a spreadsheet makes of numbers and ids: dates of 3-5 and 12.1, powers of ten of long ids."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vermegroup.language.messages import N_, Message, _

_MONTH = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)(?:kuu(?:ta)?)?"
    r"|jan|feb|mars?|apr|maj|may|ju[nl]|aug|sept?|o[kc]t|nov|de[ck]"
)
_DATE = re.compile(
    rf"[0-9]{{1,2}}[./ -] ?(?:{_MONTH})\.?|(?:{_MONTH})\.?[./ -] ?[0-9]{{1,2}}", re.IGNORECASE
)
_WHOLE_DATE = re.compile(
    r"[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]00:00(?::00)?)?"
)
_POWER = re.compile(r"[0-9](?:[.,][0-9]{1,14})?E\+?[0-9]{2,3}", re.IGNORECASE)

AS_TEXT = _(
    "Take what was meant from where the file comes from; format the column as text in the "
    "spreadsheet before it is filled or opened there"
)
_IS_A_DATE = N_("“{text}” is a date, which a spreadsheet may have made of a number or an id")
_IS_A_POWER = N_(
    "“{text}” is a number that a spreadsheet has shortened: its last digits may be lost"
)


def is_shortened(text: str) -> bool:
    """Whether a long number has lost its last digits: 1.23457E+11."""
    return _POWER.fullmatch(text) is not None


def is_bare_date(text: str) -> bool:
    """Whether a text is a date as a spreadsheet shows 3-5 or 12/1: "12.tammi", "Jan-12"."""
    return _DATE.fullmatch(text) is not None


def is_whole_date(text: str) -> bool:
    """Whether a text is a day of a year, without a time."""
    return _WHOLE_DATE.fullmatch(text) is not None


def what_happened(text: str, *, dates: bool = False) -> Message | None:
    """What a spreadsheet has done to a number; ``dates``: those with a year tell it too."""
    if is_shortened(text):
        return _IS_A_POWER.filled(text=text)
    is_date = is_bare_date(text) or (dates and is_whole_date(text))
    return _IS_A_DATE.filled(text=text) if is_date else None


def mostly_others(texts: Sequence[str]) -> bool:
    """Whether less than half of a column's texts are dates with a year: it is none of dates."""
    return 2 * sum(map(is_whole_date, texts)) < len(texts)
