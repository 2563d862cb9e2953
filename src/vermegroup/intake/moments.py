"""Dates and times as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

_TIME = (
    r"(?:[ T,]+(?:klo|kl\.?|at)?\s*(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?\s*(?P<half>[aApPfFeEiI]\.?[mMpP]\.?)?"
    r"(?:\s*(?:Z|UTC|GMT)?\s*(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?))?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<y>[0-9]{{4}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}}){_TIME}"
)
_YEAR_LAST = re.compile(
    rf"(?P<a>[0-9]{{1,2}})(?P<mark>[./-])\s?(?P<b>[0-9]{{1,2}})[./-]\s?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)


def moment(text: str, *, month_first: bool = False) -> datetime | None:
    """A date, with its time where one is told; None for anything else.

    ``3/4/2024`` is 3 April unless ``month_first``; ``8/15/2024`` can only be 15 August.
    """
    text = text.strip()
    if (found := _YEAR_FIRST.fullmatch(text)) is not None:
        return _put_together(found, int(found["y"]), int(found["m"]), int(found["d"]))
    if (found := _YEAR_LAST.fullmatch(text)) is None:
        return None
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    first, second = int(found["a"]), int(found["b"])
    if second > 12 or (month_first and found["mark"] == "/" and first <= 12):
        first, second = second, first
    return _put_together(found, year, second, first)


def months_come_first(texts: Iterable[str]) -> bool:
    """Whether dates with slashes put the month first: one of them allows no other reading."""
    found = (_YEAR_LAST.fullmatch(text.strip()) for text in texts)
    return any(date["mark"] == "/" and int(date["b"]) > 12 for date in found if date)


def _put_together(found: re.Match[str], year: int, month: int, day: int) -> datetime | None:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    half = (found["half"] or "").casefold()[:1]
    if half in ("p", "i", "e") and hour < 12:  # pm, ip. (iltapäivä), em (eftermiddag)
        hour += 12
    elif half in ("a", "f") and hour == 12:
        hour = 0
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
