"""Named values, where spelling must not make one value two; numbers; and blank cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import TypedDict

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.roster import Categories, Numbers
from vermegroup.intake.cells import Column
from vermegroup.intake.ledger import Ledger, Remark, rows_of, tell, with_rows
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import decimals_of

MOST_ROWS = 50

_MISSING = _("The value is missing")
_FILL_IN = _("Fill in the cell, or remove the row if the person does not take part")
WHOLE_COLUMN = _("The whole column is empty")


def note_missing(column: Column, ledger: Ledger) -> None:
    """Note every blank cell; a wholly blank column is one fault, not as many as it has rows."""
    blank = column.blank()
    if blank.all():
        ledger.error(WHOLE_COLUMN, column=column.header)
        return
    rows = rows_of(column.rows[blank])
    for row in rows[:MOST_ROWS]:
        ledger.error(_MISSING, _FILL_IN, row=row, column=column.header, value="")
    more = len(rows) - MOST_ROWS
    if more > 0:
        rest = ngettext(
            "The value is missing on {n} more row", "The value is missing on {n} more rows", more
        )
        ledger.error(rest, _FILL_IN, row=rows[MOST_ROWS], column=column.header, value="")


def read_categories(column: Column, ledger: Ledger) -> Categories:
    """Read a column as named values; differences in case and spaces do not count."""
    note_missing(column, ledger)
    found = merged(column, str.casefold)
    _tell_spellings(column, found, ledger)
    return found


def merged(column: Column, key: Callable[[str], str]) -> Categories:
    """Values with the same key are one, under the spelling most used (at a tie, the earlier).

    Values come in the order of their keys, so that they do not depend on the order of the rows.
    """
    uses = np.bincount(column.codes, minlength=len(column.values))
    spelling: dict[str, int] = {}
    for code, value in enumerate(column.values):
        best = spelling.setdefault(key(value), code)
        if uses[code] > uses[best]:
            spelling[key(value)] = code
    order = {name: index for index, name in enumerate(sorted(spelling))}
    recoded: IntArray = np.array([order[key(value)] for value in column.values], dtype=np.int64)
    values = tuple(column.values[spelling[name]] for name in order)
    return Categories(recoded[column.codes], values, column.header)


def categorised(column: Column, names: list[str]) -> Categories:
    """Values under the names that their texts were read as; ``names`` has shape (texts,)."""
    values = sorted(set(names))
    order = {name: index for index, name in enumerate(values)}
    recoded: IntArray = np.array([order[name] for name in names], dtype=np.int64)
    return Categories(recoded[column.codes], tuple(values), column.header)


def _tell_spellings(column: Column, found: Categories, ledger: Ledger) -> None:
    kept = {value.casefold(): value for value in found.values}
    remarks = {
        code: one_value(text, kept[text.casefold()])
        for code, text in enumerate(column.values)
        if text and text != kept[text.casefold()]
    }
    tell(remarks, column, ledger)


def one_value(text: str, kept: str) -> Remark:
    """Two spellings are one value, under the second."""
    return Remark(
        Severity.NOTICE,
        _("“{text}” and “{kept}” are one value", text=text, kept=kept),
    )


LARGEST = 10**9
# Ticks that people have at most: sums and products of numbers in this reach are counted exactly.
MOST_TICKS = 10**12
DECIMALS = 12

Fault = tuple[Message, Message | None]
Judge = Callable[[str, Fraction | None], Fault | None]

_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,40})?")
_ENDLESS = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_OF_THE_ROUNDED = _("Sums, limits and proofs are of the rounded numbers")
_IF_NUMBERS = _(
    "If the column is one of numbers, write a number here, for example 12.5, up to {most}",
    most=LARGEST,
)
_WRITE_A_NUMBER = _("Write a number, for example 12 or 12.5")


def parsed(text: str) -> Fraction | None:
    """A decimal number with a comma or a point, or None."""
    text = _plain(text)
    return Fraction(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _plain(text: str) -> str:
    # Word processors turn a hyphen into a true minus sign.
    return text.replace("\N{MINUS SIGN}", "-")


def any_number(text: str, number: Fraction | None) -> Fault | None:
    """What is wrong with a cell of a numeric column that may hold any number."""
    if number is not None and abs(number) <= LARGEST:
        return None
    message = _("“{text}” is not a number that can be used", text=text)
    return message, _WRITE_A_NUMBER


def read_numbers(column: Column, ledger: Ledger, judge: Judge = any_number) -> Numbers:
    """Read a column as numbers, noting each cell that is blank or that the judge refuses."""
    note_missing(column, ledger)
    numbers = [parsed(text) for text in column.values]
    faults = {
        code: fault
        for code, text in enumerate(column.values)
        if text and (fault := judge(text, numbers[code])) is not None
    }
    _note(faults, column, ledger)
    kept = [
        Fraction(0) if number is None or code in faults else number
        for code, number in enumerate(numbers)
    ]
    return in_ticks(kept, column, ledger)


def in_ticks(numbers: Sequence[Fraction], column: Column, ledger: Ledger) -> Numbers:
    """The numbers of a column's texts as whole ticks of the coarsest unit that holds them exactly.

    Where that makes more ticks than can be counted with, they are rounded, and that is noted.
    """
    per_unit = lcm(*(number.denominator for number in numbers))
    reach = max(map(abs, numbers), default=Fraction(0))
    decimals = None
    if per_unit > 10**DECIMALS or reach * per_unit > MOST_TICKS:
        decimals = next(d for d in range(DECIMALS, -1, -1) if reach * 10**d <= MOST_TICKS)
        per_unit = 10**decimals
        _note_rounded(numbers, decimals, column, ledger)
    ticks = np.array([round(number * per_unit) for number in numbers], dtype=np.int64)
    return Numbers(ticks[column.codes], per_unit, column.header, decimals)


def note_no_numbers(column: Column, ledger: Ledger) -> None:
    """Note why a column that is taken as words is none of numbers, though most cells hold one."""
    odd = column.holding(lambda text: text != "" and parsed(text) is None)
    numeric = column.holding(lambda text: _ENDLESS.fullmatch(_plain(text)) is not None)
    places = np.flatnonzero(odd)
    if not len(places) or 2 * numeric.sum() <= (~column.blank()).sum():
        return
    rows = rows_of(column.rows[places])
    message = _("Not a number that can be used, so that the whole column is taken as words")
    ledger.warning(with_rows(message, rows), _IF_NUMBERS, **_at(column, places[0]))


def _note_rounded(
    numbers: Sequence[Fraction], decimals: int, column: Column, ledger: Ledger
) -> None:
    finer = np.array([(number * 10**decimals).denominator > 1 for number in numbers], dtype=bool)
    places = np.flatnonzero(column.having(finer))
    message = _(
        "More decimals than can be counted with exactly: rounded to {decimals}",
        decimals=decimals_of(decimals),
    )
    rows = rows_of(column.rows[places])
    ledger.notice(with_rows(message, rows), _OF_THE_ROUNDED, **_at(column, places[0]))


class _Place(TypedDict):
    row: int
    column: str
    value: str


def _at(column: Column, place: int) -> _Place:
    value = column.values[column.codes[place]]
    return _Place(row=int(column.rows[place]), column=column.header, value=value)


def _note(faults: dict[int, Fault], column: Column, ledger: Ledger) -> None:
    if not faults:
        return
    chosen = np.zeros(len(column.values), dtype=bool)
    chosen[list(faults)] = True
    at_fault = column.having(chosen)
    for row, code in zip(rows_of(column.rows[at_fault]), column.codes[at_fault], strict=True):
        value = column.values[code]
        ledger.error(*faults[int(code)], row=row, column=column.header, value=value)
