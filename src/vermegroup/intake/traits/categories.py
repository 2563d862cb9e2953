"""Named values, where spelling must not make one value two; numbers; and blank cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import TypedDict

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.roster import Categories, Numbers
from vermegroup.intake.cells import Column
from vermegroup.intake.converted import AS_TEXT, what_happened
from vermegroup.intake.ledger import Ledger, Remark, rows_of, tell, with_rows
from vermegroup.language.messages import N_, Message, _
from vermegroup.language.terms import decimals_of

_MISSING = _("The value is missing")
_FAILED = N_("{text} is a spreadsheet's error; the value is missing")
_FILL_IN = _("Fill in the cell, or remove the row if the person does not take part")
WHOLE_COLUMN = _("The whole column is empty")


def note_missing(column: Column, ledger: Ledger) -> None:
    """Note that cells are blank: once, at the first of them, and once for each failed formula."""
    blank = column.blank()
    if blank.all() and not column.failed:
        ledger.error(WHOLE_COLUMN, column=column.header)
        return
    failed = np.zeros(len(column.values), dtype=bool)
    failed[list(column.failed)] = True
    kinds = {"": blank & ~column.having(failed)}
    for code, text in column.failed.items():
        kinds[text] = kinds.get(text, False) | (column.codes == code)
    for text, cells in kinds.items():
        rows = rows_of(np.sort(column.rows[cells]))
        if rows:
            message = _FAILED.filled(text=text) if text else _MISSING
            message = with_rows(message, rows)
            ledger.error(message, _FILL_IN, row=rows[0], column=column.header, value=text)


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
_GROUPED = re.compile(
    r"[+-]?[1-9][0-9]{0,2}(?P<mark>[ .,])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?P<rest>[.,][0-9]{1,40})?"
)
_ENDLESS = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_CLASS = re.compile(r"[0-9]+ ?[-–—] ?[0-9]+|[0-9]+ ?\+")
_OF_THE_ROUNDED = _("Sums, limits and proofs are of the rounded numbers")
_IF_NUMBERS = _(
    "If the column is one of numbers, write a number here, for example 12.5, up to {most}",
    most=LARGEST,
)
_SMALLER = _("Write a number up to {most}", most=LARGEST)
_WRITE_A_NUMBER = _("Write a number, for example 12 or 12.5")


# A column that has fewer odd cells than one in so many is one of numbers all the same.
_FEW = 4


def parsed(text: str, thousands: str | None = None) -> Fraction | None:
    """A decimal number with a comma or a point, or None; thousands may be set apart.

    ``1.200`` is 1.2, unless points are known to set the ``thousands`` apart.
    """
    text = _plain(text)
    mark = _thousands(text)
    if mark is None and thousands and _GROUPED.fullmatch(text):
        mark = thousands if thousands in text else None
    if mark is not None:
        text = text.replace(mark, "")
    return Fraction(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _thousands(text: str) -> str | None:
    """What sets the thousands apart in a number that can be read in one way only."""
    found = _GROUPED.fullmatch(text)
    if found is None:
        return None
    mark, rest = found["mark"], found["rest"]
    if rest is not None and rest[0] == mark:
        return None
    return mark if mark == " " or rest is not None or text.count(mark) > 1 else None


def numbers_in(texts: Sequence[str]) -> list[Fraction | None]:
    """The numbers of a column's texts, None for a text that is none.

    What sets thousands apart in one cell does so in all. Per cents are numbers where all are.
    """
    marks = {mark for text in texts if (mark := _thousands(_plain(text))) in (".", ",")}
    thousands = marks.pop() if len(marks) == 1 else None
    plain = [parsed(text, thousands) for text in texts]
    if any(number is not None for number in plain):
        return plain
    return [parsed(text[:-1].rstrip(), thousands) if text.endswith("%") else None for text in texts]


def is_numeric(column: Column) -> bool:
    """Whether all cells but few that are not blank hold a number."""
    odd, filled = _odd_cells(column), ~column.blank()
    return bool(_FEW * odd.sum() <= filled.sum())


def _odd_cells(column: Column) -> BoolArray:
    """Which cells are neither blank nor look like a number, shape (n,)."""
    numbers = zip(column.values, numbers_in(column.values), strict=True)
    odd = [
        text != "" and number is None and not _ENDLESS.fullmatch(_plain(text))
        for text, number in numbers
    ]
    return column.having(np.array(odd, dtype=bool))


def _plain(text: str) -> str:
    # Word processors turn a hyphen into a true minus sign.
    return text.replace("\N{MINUS SIGN}", "-")


def any_number(text: str, number: Fraction | None) -> Fault | None:
    """What is wrong with a cell of a numeric column that may hold any number."""
    if number is not None and abs(number) <= LARGEST:
        return None
    if number is None and (happened := what_happened(text, dates=True)) is not None:
        return happened, AS_TEXT
    message = _("“{text}” is not a number that can be used", text=text)
    if _CLASS.fullmatch(text):
        hint = _(
            "Write a number, for example 12 or 12.5. Where a rule means this very text, write it "
            "there as a list: [{text}]",
            text=text,
        )
        return message, hint
    return message, _WRITE_A_NUMBER if number is None else _SMALLER


def read_numbers(column: Column, ledger: Ledger, judge: Judge = any_number) -> Numbers:
    """Read a column as numbers, noting each cell that is blank or that the judge refuses."""
    note_missing(column, ledger)
    numbers = numbers_in(column.values)
    faults = {
        code: Remark(Severity.ERROR, *fault)
        for code, text in enumerate(column.values)
        if text and (fault := judge(text, numbers[code])) is not None
    }
    tell(faults, column, ledger)
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
    """Note why a column that is taken as words is none of numbers, though some cells hold one."""
    odd = _odd_cells(column)
    places = _by_rows(column, odd)
    if not len(places) or odd.sum() == (~column.blank()).sum():
        return
    rows = rows_of(column.rows[places])
    message = _("Not a number that can be used, so that the whole column is taken as words")
    ledger.warning(with_rows(message, rows), _IF_NUMBERS, **_at(column, places[0]))


def _note_rounded(
    numbers: Sequence[Fraction], decimals: int, column: Column, ledger: Ledger
) -> None:
    finer = np.array([(number * 10**decimals).denominator > 1 for number in numbers], dtype=bool)
    places = _by_rows(column, column.having(finer))
    message = _(
        "More decimals than can be counted with exactly: rounded to {decimals}",
        decimals=decimals_of(decimals),
    )
    rows = rows_of(column.rows[places])
    ledger.notice(with_rows(message, rows), _OF_THE_ROUNDED, **_at(column, places[0]))


def _by_rows(column: Column, cells: BoolArray) -> IntArray:
    """The places of some cells, by their rows."""
    places = np.flatnonzero(cells)
    return places[np.argsort(column.rows[places])]


class _Place(TypedDict):
    row: int
    column: str
    value: str


def _at(column: Column, place: int) -> _Place:
    value = column.values[column.codes[place]]
    return _Place(row=int(column.rows[place]), column=column.header, value=value)
