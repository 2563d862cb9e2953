"""Traits with named values, where spelling must not make one value two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vermegroup.intake.ledger import Ledger
from vermegroup.intake.missing import note_missing
from vermegroup.intake.sheet import Column
from vermegroup.roster import Categories, IntArray


def read_categories(column: Column, ledger: Ledger) -> Categories:
    """Read a column as named values; differences in case and spaces do not count."""
    note_missing(column, ledger)
    return merged(column, str.casefold)


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
