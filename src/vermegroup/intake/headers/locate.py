"""Which rows of a file are its header.

Title rows may stand above it, and it may be spread over two rows. A survey tool adds a third, in
which each cell says where its column came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vermegroup.intake.headers.recognise import (
    Header,
    has_options,
    header_of,
    is_imported,
    is_party,
    option_runs,
    recognise,
    recognised,
    tells_of_booker,
)

ROWS_TO_TRY = 60
"""A header that stands lower than this is not looked for."""
_TRAITS_THAT_TELL = 2
_SHARE_OF_WIDTH = 0.6
_FIGURES = re.compile(r"[\W\d_]*\d[\W\d_]*|\S+@\S+\.\S+")


def header_among(rows: Sequence[Sequence[str]]) -> Header | None:
    """The header among a file's first rows; None where all of them are blank."""
    imported = next((at for at, row in enumerate(rows) if any(map(is_imported, row))), 0)
    if imported:
        return header_of(rows, max(0, imported - 2), imported)
    chosen = _telling_row(rows)
    if chosen is None:
        return None
    first = last = chosen
    below = rows[chosen + 1 :]
    if below and _continues(rows[chosen], below):
        last = chosen + 1
    elif chosen > 0 and _stands_above(rows[chosen - 1], rows[chosen], below):
        first = chosen - 1
    return header_of(rows, first, last)


def _telling_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The row where known words speak or, where they are silent, the first of the full width."""
    known = [len(recognised(row)) for row in _without_values(rows)]
    if max(known, default=0) >= _TRAITS_THAT_TELL:
        enough = max(_TRAITS_THAT_TELL, max(known) / 2)
        return next(place for place, count in enumerate(known) if count >= enough)
    filled = [len(_filled(row)) for row in rows]
    full = _SHARE_OF_WIDTH * max(filled, default=0)
    wide = [place for place, count in enumerate(filled) if count and count >= full]
    # A heading over several columns, as merged cells have it, leaves the others blank.
    above = range(wide[0] if wide else 0)
    headed = (place for place in above if known[place] and filled[place] > 1)
    return next((place for place in (*headed, *wide) if known[place]), wide[0] if wide else None)


def _without_values(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows without cells that a column has thrice or more: "Osallistuja" in a column of roles.

    A header may stand there twice, where two exports were put together.
    """
    width = max(map(len, rows), default=0)
    often = [
        {
            cell
            for cell, count in Counter(row[i] for row in rows if i < len(row)).items()
            if count > 2
        }
        for i in range(width)
    ]
    return [["" if cell in often[i] else cell for i, cell in enumerate(row)] for row in rows]


def _continues(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the row below the header is its second half rather than a participant."""
    second = below[0]
    if has_options(first, second):
        return True
    speaking = {place for place in _filled(second) if recognise(second[place])}
    if len(recognised(second)) < max(_TRAITS_THAT_TELL, len(_filled(second)) / 3):
        return False
    if any(_FIGURES.fullmatch(cell.strip()) for cell in second):
        return False
    values = {(i, cell) for row in below[1:] for i, cell in enumerate(row) if i in speaking}
    if any((place, second[place]) in values for place in speaking):
        return False
    return bool(speaking - _filled(first)) or any(map(tells_of_booker, first))


def _stands_above(
    above: Sequence[str], header: Sequence[str], below: Sequence[Sequence[str]]
) -> bool:
    """Whether the row above the header is its first half rather than a title."""
    filled = _filled(above)
    if len(filled) < _TRAITS_THAT_TELL or any(_FIGURES.fullmatch(above[i].strip()) for i in filled):
        return False
    # "Tilaaja;Kangasala" tells of the file, "Tilaaja;;Osallistuja" of the columns below it.
    if sum(is_party(above[place]) for place in filled) >= _TRAITS_THAT_TELL:
        return True
    if all(tells_of_booker(above[place]) for place in filled):
        return True
    if any(len(places) > 1 for places in option_runs(above, header)):
        return True
    alone = filled - _filled(header)
    return any(place in _filled(row) for row in below for place in alone)


def _filled(row: Sequence[str]) -> set[int]:
    return {place for place, cell in enumerate(row) if cell.strip()}
