"""How wide the columns of a sheet are, and how high its rows, so that all is read on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LINE = 15.0
"""Points."""
_HIGHEST = 409.0
"""Points; no program has higher rows."""
_PORTRAIT, _LANDSCAPE = 100, 165
"""Characters beside each other on A4, printed a little smaller than on the screen."""
_NARROWEST, _WIDEST, _LEAST_CAP = 7, 60, 16
_LONGEST_HEADER, _LONGEST_WORD = 16, 44
_ROOM, _BUTTON = 2, 3
_LINES = re.compile(r"\r\n|[\r\n]")


def column_widths(
    headers: Sequence[str], columns: Sequence[Sequence[str]], *, landscape: bool, buttons: bool
) -> list[int]:
    """In characters, for each column: as wide as what stands in it, if all fit on the paper.

    Otherwise the widest are cut to one width, and what stands in them is wrapped between words,
    such as addresses.
    """
    more = _BUTTON if buttons else 0
    widths = [
        _within(max([*map(_longest_line, cells), _of_header(header) + more], default=0))
        for header, cells in zip(headers, columns, strict=True)
    ]
    room = _LANDSCAPE if landscape else _PORTRAIT
    caps = range(_WIDEST, _LEAST_CAP, -1)
    words = [min(max(map(_longest_word, cells), default=0) + 1, _LONGEST_WORD) for cells in columns]

    def cut(cap: int) -> list[int]:
        return [min(each, max(cap, word)) for each, word in zip(widths, words, strict=True)]

    return next((found for cap in caps if sum(found := cut(cap)) <= room), cut(_LEAST_CAP))


def row_height(cells: Sequence[str], widths: Sequence[int]) -> float:
    """In points: what the cell needs that has most lines."""
    lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
    return min(LINE * lines, _HIGHEST)


def _of_header(header: str) -> int:
    words = max(map(_columns, header.split()), default=0)
    return max(words, min(_columns(header), _LONGEST_HEADER))


def _within(longest: int) -> int:
    return min(max(longest + _ROOM, _NARROWEST), _WIDEST)


def _longest_word(text: str) -> int:
    return max(map(_columns, text.split()), default=0)


def _longest_line(text: str) -> int:
    return max(map(_columns, _LINES.split(text)))


def _lines(text: str, width: int) -> int:
    return sum(_wrapped(line, width) for line in _LINES.split(text))


def _wrapped(line: str, width: int) -> int:
    """How many lines a program makes of one: a word stays whole if it can."""
    lines, used = 1, 0
    for word in line.split(" "):
        length = _columns(word)
        if used and used + 1 + length > width:
            lines, used = lines + 1, 0
        used += length + (1 if used else 0)
        lines, used = lines + (used - 1) // width if used else lines, (used - 1) % width + 1
    return lines


def _columns(text: str) -> int:
    """How many columns of a fixed font a text takes; wide letters and pictures take two."""
    if text.isascii():
        return len(text)
    shown = (mark for mark in text if not unicodedata.combining(mark))
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in shown)
