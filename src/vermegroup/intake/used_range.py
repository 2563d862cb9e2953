"""The cells of a sheet that are in use, laid out from A1 to the last row and column of them."""

from __future__ import annotations

from vermegroup.intake.workbook_archive import FarError, TooLargeError

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""As many as Excel has."""
# Room for cells that nobody wrote: those between others, and those that repeat another.
_ROOM, _ROOM_FOR_EACH = 2_000_000, 20
_COLUMNS_TO_SPARE = 256
_REPEATED = 10_000
"""Rows that are another once more: people have ids, and so hardly any are."""
_CHARACTERS, _CHARACTERS_FOR_EACH = 20_000_000, 100
_BLANK: list[str] = []


class UsedRange:
    """Takes cells in any order. Raises TooLargeError before they take too much room.

    ``size`` is the workbook's in bytes. A cell far away takes as much room as all cells before it,
    and a text that many cells share as much as if each had its own.
    """

    def __init__(self, size: int) -> None:
        self._rows: list[list[str] | None] = []
        self._written = self._claimed = self._repeated = 0
        self._characters = _CHARACTERS + _CHARACTERS_FOR_EACH * size

    def put(self, row: int, column: int, text: str, times: int = 1) -> None:
        """Write a cell, and the same into the columns after it; both are counted from 0."""
        if column + times > MOST_COLUMNS:
            raise FarError
        line = self._line(row)
        self._written += 1
        self._spend(len(text) * times)
        if column == len(line) and times == 1:
            line.append(text)
            return
        gap = max(0, column - len(line))
        self._claim(gap + times)
        line.extend([""] * gap)
        line[column : column + times] = [text] * times

    def repeat(self, row: int, times: int) -> None:
        """Write a row that holds something so many times in all, downwards."""
        line = self._line(row)
        self._repeated += times - 1
        if self._repeated > _REPEATED + _ROOM_FOR_EACH * self._written:
            raise FarError
        self._line(row + times - 1)
        self._claim(len(line) * (times - 1))
        self._spend(sum(map(len, line)) * (times - 1))
        self._rows[row + 1 :] = [line] * (times - 1)

    def rows(self) -> list[list[str]]:
        """Every row, as wide as the widest one."""
        lines = [line or _BLANK for line in self._rows]
        width = max(map(len, lines), default=0)
        if width > _COLUMNS_TO_SPARE + self._written:
            raise FarError
        self._claimed = 0
        self._claim(width * len(lines))
        return [line if len(line) == width else line + [""] * (width - len(line)) for line in lines]

    def _line(self, row: int) -> list[str]:
        if row >= len(self._rows):
            # A row alone takes little room, and no sheet has more of them.
            if row >= MOST_ROWS:
                raise FarError
            self._rows.extend([None] * (row + 1 - len(self._rows)))
        line = self._rows[row]
        if line is None:
            line = self._rows[row] = []
        return line

    def _claim(self, cells: int) -> None:
        self._claimed += cells
        if self._claimed > _ROOM + _ROOM_FOR_EACH * self._written:
            raise FarError

    def _spend(self, characters: int) -> None:
        self._characters -= characters
        if self._characters < 0:
            raise TooLargeError
