"""Experience in years, however it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vermegroup.findings import Severity
from vermegroup.intake import experience_remarks as say
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.missing import note_missing
from vermegroup.intake.numbers import in_ticks, parsed
from vermegroup.intake.sheet import Column
from vermegroup.intake.telling import Remark, tell
from vermegroup.roster import Numbers

LONGEST_CAREER = 80


@dataclass(frozen=True, slots=True)
class Until:
    """The day up to which experience is counted from a start; ``newest`` if an answer's day."""

    day: date
    newest: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The years that a text tells of (0 where it is refused), and what there is to say of it."""

    years: Fraction
    remark: Remark | None = None


def read_experience(column: Column, ledger: Ledger, until: Callable[[], Until]) -> Numbers:
    """Read a column of years, from 0 to 80.

    Plain numbers are read as they are. Lengths of time in words, ranges and starting dates are
    read by the rules of ``durations`` and ``start_dates``, and told in the ledger; what cannot
    be read is an error. ``until`` is asked only where a start was met.
    """
    note_missing(column, ledger)
    readings = [_reading(text, until) for text in column.values]
    tell({code: each.remark for code, each in enumerate(readings) if each.remark}, column, ledger)
    return in_ticks([reading.years for reading in readings], column, ledger)


def _reading(text: str, until: Callable[[], Until]) -> Reading:
    if not text:
        return Reading(Fraction(0))
    years = parsed(text)
    if years is None or _may_be_a_year(years):
        return _unusual(text, until)
    if years < 0:
        return _refused(say.negative(text))
    return _refused(say.too_many(text)) if years > LONGEST_CAREER else Reading(years)


def _may_be_a_year(number: Fraction) -> bool:
    return number.denominator == 1 and 1900 < number < 2200


def _unusual(text: str, until: Callable[[], Until]) -> Reading:
    # Most rosters hold plain numbers only, and need none of this.
    from vermegroup.intake.durations import duration_in  # noqa: PLC0415
    from vermegroup.intake.start_dates import start_in  # noqa: PLC0415

    if (start := start_in(text)) is not None:
        end = until()
        years = start.years_to(end.day)
        if years < 0:
            return _refused(say.in_the_future(text))
        remark = Remark(Severity.NOTICE, say.counted(text, years, end.day, newest=end.newest))
        return Reading(years, remark) if years <= LONGEST_CAREER else _refused(say.too_many(text))
    duration = duration_in(text)
    if duration is None:
        return _refused(say.not_years(text))
    if duration.years > LONGEST_CAREER:
        return _refused(say.too_many(text))
    hint = say.BY_THE_MIDDLE if duration.middle else None
    return Reading(duration.years, Remark(Severity.NOTICE, say.read_as(text, duration.years), hint))


def _refused(remark: Remark) -> Reading:
    return Reading(Fraction(0), remark)
