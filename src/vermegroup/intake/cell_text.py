"""The cells of a workbook as text, as a Finnish or Swedish Excel shows them in a CSV file."""

from __future__ import annotations

import datetime as dt
import re

_EXACT = 1e15
_WHOLE = re.compile(r"0*([0-9]{1,400})")
_NUMBER = re.compile(r"[+-]?([0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?")
_MILLISECONDS = 86_400_000
_FIRST_DAY = dt.datetime(1899, 12, 30)
_SINCE_1904 = 1462
_LAST_DAY = 2_958_466
_NO_LEAP_DAY = 60
"""Excel counts 29 February 1900, as Lotus did, and so the days before it are one more."""


def number_of(text: str) -> float | None:
    """The number that a text is, None for any other text."""
    return float(text) if _NUMBER.fullmatch(text) else None


def number_text(text: str) -> str:
    """12.0 as "12", 2.5 as "2,5"; a text that is no number as it is.

    The decimal mark is a comma because the table is written again with semicolons, and where
    those are usual a spreadsheet takes 2.5 for the second of May.
    """
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    value = number_of(text)
    if value is None:
        return text
    if abs(value) < _EXACT and value == int(value):
        return str(int(value))
    return f"{value:.15g}".replace(".", ",")


def moment_text(days: float, *, since_1904: bool) -> str | None:
    """A date, a time of day, or both, in ISO 8601; None where there is no such day."""
    shift = _SINCE_1904 if since_1904 else int(days < _NO_LEAP_DAY)
    if not 0 <= days < _LAST_DAY - shift:
        return None
    moment = _FIRST_DAY + _duration(days + shift)
    return moment.time().isoformat() if days < 1 else _without_midnight(moment)


def duration_text(days: float) -> str | None:
    """As in "1 day, 2:30:00"; None where it is too long to be one."""
    return str(_duration(days)) if abs(days) < _LAST_DAY else None


def iso_text(text: str) -> str:
    """A date or a moment in ISO 8601 as :func:`moment_text` writes it; other texts as they are."""
    try:
        return _without_midnight(dt.datetime.fromisoformat(text)) if "T" in text else text
    except ValueError:
        return text


def _without_midnight(moment: dt.datetime) -> str:
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(" ")


def _duration(days: float) -> dt.timedelta:
    return dt.timedelta(milliseconds=round(days * _MILLISECONDS))
