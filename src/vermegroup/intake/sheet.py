"""A table whose header was found, and its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.roster import Table
from vermegroup.intake.cells import Column, are_tidy, tidy


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header was found. ``people`` (n,) are the rows that are not wholly blank.

    Traits are recognised by ``header``, which is empty for a column that tells of somebody else
    than the participant (a booker, say), or that yields to another of the same trait. ``names``
    are what people call the columns: no name occurs twice, unless it is empty.
    """

    table: Table
    header: tuple[str, ...]
    header_row: int
    people: IntArray
    names: tuple[str, ...]

    def column(self, position: int) -> Column:
        """The participants' cells in one column."""
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)[self.people]
        codes, values = pd.factorize(cells)
        return Column(
            self.names[position], codes.astype(np.int64), tuple(map(tidy, values)), self.rows()
        )

    def texts(self, position: int) -> list[str]:
        """The participants' cells in one column, tidied one by one."""
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)[self.people]
        texts: list[str] = cells.tolist()
        return texts if are_tidy(texts) else [tidy(text) for text in texts]

    def rows(self) -> IntArray:
        """The rows that a spreadsheet shows for the participants, shape (n,)."""
        return self.table.row_numbers[self.people]
