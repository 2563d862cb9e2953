"""A table whose header was found, and its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.roster import Table
from vermegroup.intake.cells import Column, are_tidy, has_failed, tidy
from vermegroup.intake.joined import FIRST_PLACE, JoinedColumns


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header was found. ``people`` (n,) are the rows that are not wholly blank.

    Traits are recognised by ``header``, which is empty for a column that tells of somebody else
    than the participant (a booker, say), or that yields to another of the same trait. ``names``
    are what people call the columns: no name occurs twice, unless it is empty. Columns that are
    ``joined`` have a place of their own, beyond all others.
    """

    table: Table
    header: tuple[str, ...]
    header_row: int
    people: IntArray
    names: tuple[str, ...]
    joined: tuple[JoinedColumns, ...] = ()

    def name(self, position: int) -> str:
        """What people call a column; of joined ones what their headers share."""
        several = self.joined_at(position)
        return self.names[position] if several is None else several.header

    def parts(self, position: int) -> tuple[int, ...]:
        """The columns of the file that stand at a place: one, or those that are joined."""
        several = self.joined_at(position)
        return (position,) if several is None else several.places

    def column(self, position: int) -> Column:
        """The participants' cells in one column."""
        codes, values = pd.factorize(self._cells(position))
        return Column(
            self.name(position),
            codes.astype(np.int64),
            tuple(map(tidy, values)),
            self.rows(),
            {code: text.strip() for code, text in enumerate(values) if has_failed(text)},
        )

    def texts(self, position: int) -> list[str]:
        """The participants' cells in one column, tidied one by one."""
        texts = self.written(position)
        return texts if are_tidy(texts) else [tidy(text) for text in texts]

    def written(self, position: int) -> list[str]:
        """The participants' cells as written: line ends separate values, and would be tidied."""
        texts: list[str] = self._cells(position).tolist()
        return texts

    def rows(self) -> IntArray:
        """The rows that a spreadsheet shows for the participants, shape (n,)."""
        return self.table.row_numbers[self.people]

    def joined_at(self, position: int) -> JoinedColumns | None:
        """The columns that are joined at a place; None for a column of the file."""
        return self.joined[position - FIRST_PLACE] if position >= FIRST_PLACE else None

    def _cells(self, position: int) -> npt.NDArray[np.object_]:
        several = self.joined_at(position)
        if several is not None:
            return several.cells([self.column(place) for place in several.places])
        cells = self.table.cells.iloc[:, position].to_numpy(dtype=object)
        return np.asarray(cells[self.people], dtype=object)
