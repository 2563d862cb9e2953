"""The caller's frame with groups in it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vermegroup.api.people import People
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import WAITLIST
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.roster import Table
from vermegroup.intake.files.arrow import INSTALL, NO_ARROW
from vermegroup.intake.files.source import Source
from vermegroup.intake.headers.added import added_in
from vermegroup.intake.headers.recognise import header_of
from vermegroup.language.catalogues import ENGLISH
from vermegroup.report.folder import write_new
from vermegroup.report.to_csv import group_cells

_FIRST_ROW = 2


@dataclass(frozen=True)
class GroupedFrame:
    """An outcome's table as the frame that it was read from, with what was added to it.

    Where a file was read, it has the cells of the file. The rows of the frame of those who
    ``joined`` stand below the others.
    """

    outcome: Outcome
    people: People
    joined: pd.DataFrame | None = None

    @cached_property
    def group_column(self) -> str:
        """What the column of groups is called.

        Scripts look for the one word, whatever language the headers speak, so long as it is free.
        """
        wanted, taken = self._read.group, [*self._headers, *map(str, self._read.cells.columns)]
        plain = added_in(ENGLISH).group
        return wanted if wanted in taken or plain in taken else plain

    def frame(self) -> pd.DataFrame:
        """The rows with their groups; a copy."""
        frame = self._rows()
        groups: list[str | None] = [None] * len(frame)
        if self.outcome.grouping is not None:
            cells = group_cells(self.outcome.problem.roster, self.outcome.grouping)
            groups[: len(cells)] = [cell or None for cell in cells]
        frame[_label(frame, self.group_column)] = pd.array(groups, dtype="str")
        return frame

    def labels(self) -> IntArray:
        """The number of each row's group, shape (rows,)."""
        labels = np.full(len(self._index), WAITLIST, dtype=np.int64)
        if self.outcome.grouping is not None:
            rows, group = self._seats()
            # Backwards, so that the first group of whoever is in several is the one that stays.
            labels[rows[::-1]] = group[::-1]
        return labels

    def groups(self) -> dict[str, pd.Index[Any]]:
        """The rows of each group, by its name."""
        grouping = self.outcome.grouping
        if grouping is None:
            return {}
        rows, group = self._seats()
        ends = np.searchsorted(group, np.arange(grouping.groups + 1))
        return {
            name: self._index[np.sort(rows[ends[at] : ends[at + 1]])]
            for at, name in enumerate(grouping.names)
        }

    def save_parquet(self, path: Path, *, force: bool) -> Path:
        """Write the frame as a Parquet file. Raises InputError where that cannot be done."""
        content = io.BytesIO()
        try:
            self.frame().to_parquet(content, engine="pyarrow")
        except ImportError:
            missing = Finding(Severity.ERROR, NO_ARROW, file=str(path), hint=INSTALL)
            raise InputError([missing]) from None
        write_new(path, content.getvalue(), force=force)
        return path

    @property
    def _read(self) -> Table:
        return self.outcome.problem.roster.table

    @cached_property
    def _headers(self) -> tuple[str, ...]:
        """What the columns of the frame are called as a table; none of a file."""
        source = self.people.source
        if not isinstance(source, Source) or source.cells is None:
            return ()
        return header_of([list(map(str, source.cells.columns))], 0, 0).names

    @cached_property
    def _index(self) -> pd.Index[Any]:
        return self._rows().index

    def _seats(self) -> tuple[IntArray, IntArray]:
        """The row and the group of each seat, group by group."""
        grouping = self.outcome.grouping
        assert grouping is not None  # whoever asks has looked
        seating = grouping.seating()
        return self.outcome.problem.roster.rows[seating.people], seating.group

    def _rows(self) -> pd.DataFrame:
        """The rows without the groups; a copy."""
        cells, given = self._read.cells, self.people.frame
        if given is None or not self._is_row_by_row(len(given)):
            return cells.copy()
        frame = given.copy()
        if len(cells) > len(given):
            frame = pd.concat([frame, self._joiners(given, cells.iloc[len(given) :])])
        for name in cells.columns:
            if name in self._headers:
                self._mark(frame, self._headers.index(name), cells[name])
            elif name != self._read.group:
                blank = [""] * (len(frame) - len(cells))
                frame[_label(frame, str(name))] = _words([*cells[name].tolist(), *blank])
        return frame

    def _is_row_by_row(self, given: int) -> bool:
        """Whether the rows are those of the frame, and not made of them: one for each member."""
        numbers = self._read.row_numbers[:given]
        return bool((numbers == np.arange(len(numbers)) + _FIRST_ROW).all())

    def _mark(self, frame: pd.DataFrame, place: int, texts: pd.Series[str]) -> None:
        """Put into a column what was marked in it, such as who left."""
        source, levels = self.people.source, len(_levels(frame))
        if place < levels or not isinstance(source, Source) or source.cells is None:
            return
        before = source.cells.iloc[: len(texts), place].to_numpy(dtype=object)
        after = texts.to_numpy(dtype=object)
        changed = np.flatnonzero(before != after[: len(before)])
        if len(changed):
            column = frame.iloc[:, place - levels].astype(object).to_numpy(copy=True)
            column[changed] = after[changed]
            frame.isetitem(place - levels, column)

    def _joiners(self, given: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
        """The rows of those who joined, with the columns of the others as far as they have them."""
        if self.joined is not None and len(self.joined) == len(cells):
            return self.joined.reindex(columns=given.columns)
        names = self._headers[len(_levels(given)) :]
        rows = pd.RangeIndex(len(given), len(given) + len(cells))
        found = cells.set_axis(rows, axis="index").reindex(columns=list(names))
        return found.set_axis(given.columns, axis="columns")


def _levels(frame: pd.DataFrame) -> list[object]:
    """The levels of the index that are read as columns."""
    return [level for level in frame.index.names if level is not None]


def _label(frame: pd.DataFrame, name: str) -> str | tuple[str, ...]:
    """A column's label; where headers have levels, the others are blank."""
    further = frame.columns.nlevels - 1
    return (name, *[""] * further) if further else name


def _words(texts: list[str]) -> pd.api.extensions.ExtensionArray:
    return pd.array([text or None for text in texts], dtype="str")
