"""Numbers as people write them, kept exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from vermegroup.intake.ledger import Ledger, rows_of
from vermegroup.intake.missing import note_missing
from vermegroup.intake.sheet import Column
from vermegroup.phrase import Phrase, phrase
from vermegroup.roster import IntArray, Numbers

PER_UNIT = (1, 2, 4, 10, 12, 20, 60, 100)
LARGEST = 10**9

Fault = tuple[Phrase, Phrase | None]
Judge = Callable[[str, Fraction | None], Fault | None]

_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_WRITE_A_NUMBER = Phrase(
    "Write a number, for example 12 or 12.5",
    "Kirjoita luku, esimerkiksi 12 tai 12,5",
    "Skriv ett tal, till exempel 12 eller 12,5",
)


def parsed(text: str) -> Fraction | None:
    """A decimal number with a comma or a point, or None."""
    # Word processors turn a hyphen into a true minus sign.
    text = text.replace("\N{MINUS SIGN}", "-")
    return Fraction(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def any_number(text: str, number: Fraction | None) -> Fault | None:
    """What is wrong with a cell of a numeric column that may hold any number."""
    if number is not None and abs(number) <= LARGEST:
        return None
    message = phrase(
        "“{text}” is not a number that can be used",
        "”{text}” ei ole kelvollinen luku",
        "”{text}” är inget giltigt tal",
        text=text,
    )
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
    ticks, per_unit = in_ticks(kept)
    return Numbers(ticks[column.codes], per_unit, column.header)


def in_ticks(numbers: list[Fraction]) -> tuple[IntArray, int]:
    """Numbers as whole ticks of the coarsest unit that holds them exactly, else as hundredths."""
    denominators = {number.denominator for number in numbers}
    per_unit = next(
        (unit for unit in PER_UNIT if all(unit % each == 0 for each in denominators)),
        PER_UNIT[-1],
    )
    return np.array([round(number * per_unit) for number in numbers], dtype=np.int64), per_unit


def _note(faults: dict[int, Fault], column: Column, ledger: Ledger) -> None:
    if not faults:
        return
    chosen = np.zeros(len(column.values), dtype=bool)
    chosen[list(faults)] = True
    at_fault = column.having(chosen)
    for row, code in zip(rows_of(column.rows[at_fault]), column.codes[at_fault], strict=True):
        value = column.values[code]
        ledger.error(*faults[int(code)], row=row, column=column.header, value=value)
