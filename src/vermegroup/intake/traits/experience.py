"""Experience in years or in words, however it is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.roster import Categories, Numbers
from vermegroup.domain.rulebook import BandSet
from vermegroup.intake.cells import Column
from vermegroup.intake.converted import AS_TEXT, is_whole_date, mostly_others, what_happened
from vermegroup.intake.headers.recognise import plain
from vermegroup.intake.ledger import Ledger, Remark, tell
from vermegroup.intake.traits.categories import in_ticks, note_missing, parsed
from vermegroup.language.levels import BETWEEN, level_in
from vermegroup.language.messages import N_, Message, _
from vermegroup.language.terms import years_of

if TYPE_CHECKING:
    from vermegroup.intake.traits.times import Duration

BY_THE_MIDDLE = _("Write the years themselves if they are known")
MAY_BE_LESS = _("Who is in a year has not finished it: write how many years are full")
_WRITE_YEARS = _("Write the years as a number, for example 12 or 12.5")


def read_as(text: str, years: Fraction) -> Message:
    """A length of time was understood."""
    return _("“{text}” was read as {years}", text=text, years=years_of(float(years)))


def by_the_middle(text: str, years: Fraction) -> Message:
    """A range was read as its middle."""
    told = years_of(float(years))
    return _("“{text}” was read as its middle, {years}", text=text, years=told)


def counted(text: str, years: Fraction, until: date, *, newest: bool) -> Message:
    """The years from a start were counted up to a day."""
    form = _TO_THE_NEWEST if newest else _TO_TODAY
    return form.filled(text=text, years=years_of(float(years)), day=until)


_TO_TODAY = N_("“{text}” was read as a start, which makes {years} up to today ({day})")
_TO_THE_NEWEST = N_(
    "“{text}” was read as a start, which makes {years} up to the newest answer in the file ({day})"
)


def not_years(text: str) -> Remark:
    """A text that tells of no length of time."""
    if (happened := what_happened(text)) is not None:
        return Remark(Severity.ERROR, happened, AS_TEXT)
    message = _("“{text}” is not a number of years", text=text)
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def _day_among_numbers(told: Message) -> Remark:
    """A day was read as a start, where all others are numbers."""
    hint = _(
        "A spreadsheet makes dates of numbers such as 3.5 or 3-5. If a number was meant, write it "
        "in the place of the date"
    )
    return Remark(Severity.WARNING, told, hint)


def negative(text: str) -> Remark:
    """Less than nothing."""
    message = _("Experience cannot be negative: {text}", text=text)
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def too_many(text: str) -> Remark:
    """More than a working life."""
    message = _("“{text}” is more experience than anyone can have", text=text)
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def in_the_future(text: str) -> Remark:
    """A start that is yet to come."""
    message = _("“{text}” lies in the future, so no experience can be counted from it", text=text)
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def no_level(text: str) -> Remark:
    """A word that is no level of the rulebook."""
    message = _("“{text}” tells neither new nor experienced", text=text)
    hint = _("Write new or experienced, or the years as a number")
    return Remark(Severity.ERROR, message, hint)


def words_for_years(trait: str) -> tuple[Message, Message]:
    """The column tells levels where the rulebook needs years."""
    message = _("The column tells experience in words, but the rulebook needs it in years")
    hint = _(
        "Add a column with the years, or remove what uses {trait} (such as spread: {trait}) from "
        "the rulebook",
        trait=trait,
    )
    return message, hint


LONGEST_CAREER = 80
_ONE_NUMBER = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*[^\W\d_]+\.?")


@dataclass(frozen=True, slots=True)
class Until:
    """The day up to which experience is counted from a start; ``newest`` if an answer's day."""

    day: date
    newest: bool


@dataclass(frozen=True, slots=True)
class YearsReading:
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
    form, per_year = _unit_of(column.header)
    readings = [_reading(text, until, per_year) for text in column.values]
    if form is not None:
        ledger.notice(form, column=column.header)
    if mostly_others([text for text in column.values if text]):
        readings = [*map(_doubted, column.values, readings)]
    tell({code: each.remark for code, each in enumerate(readings) if each.remark}, column, ledger)
    return in_ticks([reading.years for reading in readings], column, ledger)


_YEARS = re.compile(r"\b(v|vuo\w+|\w+vuo(det|sia)|ar|(arbets|tjanste|yrkes)ar|y|yrs?|years?)\b")
_UNITS = (
    (
        re.compile(r"\b(kk|kuukau\w+|man|manad\w*|mon|mths?|months?)\b"),
        _("The column tells months: its numbers were divided by 12"),
        Fraction(12),
    ),
    (
        re.compile(r"\b(pv|paivi\w+|paivaa|dgr|dagar|days?)\b"),
        _("The column tells days: its numbers were divided by 365.25"),
        Fraction(1461, 4),
    ),
)


def _unit_of(header: str) -> tuple[Message | None, Fraction]:
    """What there is to say of the numbers below a header, and how many of them make a year.

    A header that names years, too, tells how to write them: "years, months".
    """
    bare = plain(header)
    if not _YEARS.search(bare):
        for words, message, per_year in _UNITS:
            if words.search(bare):
                return message, per_year
    return None, Fraction(1)


def _reading(text: str, until: Callable[[], Until], per_year: Fraction) -> YearsReading:
    if not text:
        return YearsReading(Fraction(0))
    number = parsed(text)
    if number is None or (per_year == 1 and _may_be_a_year(number)):
        return _unusual(text, until)
    years = number / per_year
    if years < 0:
        return _refused(negative(text))
    return _refused(too_many(text)) if years > LONGEST_CAREER else YearsReading(years)


def _doubted(text: str, reading: YearsReading) -> YearsReading:
    remark = reading.remark
    if remark is None or remark.severity is Severity.ERROR or not is_whole_date(text):
        return reading
    return replace(reading, remark=_day_among_numbers(remark.message))


def _may_be_a_year(number: Fraction) -> bool:
    return number.denominator == 1 and 1900 < number < 2200


def _unusual(text: str, until: Callable[[], Until]) -> YearsReading:
    # Most rosters hold plain numbers only, and need none of this.
    from vermegroup.intake.traits.times import duration_in, start_in  # noqa: PLC0415

    if (start := start_in(text)) is not None:
        end = until()
        years = start.years_to(end.day)
        if years < 0:
            return _refused(in_the_future(text))
        remark = Remark(Severity.NOTICE, counted(text, years, end.day, newest=end.newest))
        return YearsReading(years, remark) if years <= LONGEST_CAREER else _refused(too_many(text))
    duration = duration_in(text)
    if duration is None:
        return _refused(not_years(text))
    if duration.years > LONGEST_CAREER:
        return _refused(too_many(text))
    if not (duration.middle or duration.at_most) and _says_so(text, duration.years):
        return YearsReading(duration.years)
    return YearsReading(duration.years, _remark(text, duration))


def _remark(text: str, duration: Duration) -> Remark:
    if duration.middle:
        message = by_the_middle(text, duration.years)
        return Remark(Severity.NOTICE, message, BY_THE_MIDDLE)
    message = read_as(text, duration.years)
    if duration.at_most:
        return Remark(Severity.WARNING, message, MAY_BE_LESS)
    return Remark(Severity.NOTICE, message)


def _says_so(text: str, years: Fraction) -> bool:
    """Whether the years stand there as they were read: "7 vuotta" is 7 years."""
    found = _ONE_NUMBER.fullmatch(text)
    return found is not None and parsed(found[1]) == years


def _refused(remark: Remark) -> YearsReading:
    return YearsReading(Fraction(0), remark)


def years_meaning(text: str) -> str:
    """What a text means as years: two ways to tell as many mean the same, unless it is a range."""
    from vermegroup.intake.traits.times import duration_in, start_in  # noqa: PLC0415

    if (number := parsed(text)) is not None:
        return str(number)
    duration = None if (start := start_in(text)) else duration_in(text)
    if duration is None or duration.middle or duration.at_most:
        return str(start) if start else text.casefold()
    return str(duration.years)


def tells_levels(column: Column, band_set: BandSet) -> bool:
    """Whether a column holds words for experience, and nothing else."""
    texts = [text for text in column.values if text]
    return bool(texts) and all(_band(text, band_set) is not None for text in texts)


def read_levels(column: Column, band_set: BandSet, ledger: Ledger) -> Categories:
    """Read a column of words as the bands of a rulebook; what lies in none of them is "mid"."""
    note_missing(column, ledger)
    bands = [_band(text, band_set) if text else BETWEEN for text in column.values]
    tell(
        {code: no_level(column.values[code]) for code, band in enumerate(bands) if band is None},
        column,
        ledger,
    )
    values = (*(band.name for band in band_set.bands), BETWEEN)
    of_text: IntArray = np.array([values.index(band or BETWEEN) for band in bands], dtype=np.int64)
    return Categories(of_text[column.codes], values, column.header)


def _band(text: str, band_set: BandSet) -> str | None:
    """The band that a text names, by its own name in the rulebook or by one that means it."""
    names = [band.name for band in band_set.bands]
    by_name = {name.casefold(): name for name in names}
    if text.casefold() in by_name:
        return by_name[text.casefold()]
    level = level_in(text)
    if level == BETWEEN:
        return BETWEEN
    return next((name for name in names if level is not None and level_in(name) == level), None)
