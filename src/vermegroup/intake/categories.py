"""Traits with named values, where spelling must not make one value two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vermegroup.findings import Severity
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.missing import note_missing
from vermegroup.intake.sheet import Column
from vermegroup.intake.telling import Remark, tell
from vermegroup.phrase import phrase
from vermegroup.roster import Categories, IntArray


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


def named(column: Column, names: list[str]) -> Categories:
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
        phrase(
            "“{text}” and “{kept}” are one value",
            "”{text}” ja ”{kept}” ovat sama arvo",
            "”{text}” och ”{kept}” är samma värde",
            text=text,
            kept=kept,
        ),
    )
