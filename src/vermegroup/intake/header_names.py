"""What a header of one or two rows calls the columns.

Registration systems write it on two: the booker's columns in the first row and the attendee's in
the second, or one heading over the columns of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.intake.headers import plain, recognise
from vermegroup.intake.sheet import tidy

_ATTENDEE = frozenset(
    (
        *("osallistuja", "osallistujan tiedot", "ilmoitettava", "ilmoitettavan tiedot"),
        *("attendee", "attendee details", "participant", "participant details"),
        *("deltagare", "deltagarens uppgifter", "deltagaruppgifter"),
    )
)
_BOOKER_WORDS = (
    *("varaaja", "ilmoittaja", "tilaaja", "maksaja", "booker", "buyer", "bokare"),
    *("bestallare", "anmalare", "betalare"),
)
_BOOKER = frozenset(
    (
        *("varaaja", "varaajan tiedot", "ilmoittaja", "ilmoittajan tiedot"),
        *("tilaaja", "tilaajan tiedot", "maksaja", "maksajan tiedot"),
        *("booker", "booker details", "buyer", "buyer details"),
        *("bokare", "bokarens uppgifter", "bestallare", "anmalare", "betalare"),
    )
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of one or two rows, ``first`` to ``last`` (counted from 0) of a file's records.

    ``written`` are its rows as they stand. ``names`` says what people call each column; where
    the participant's own column and the booker's tell the same trait, ``spoken``, by which traits
    are recognised, is empty for the booker's.
    """

    first: int
    last: int
    written: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    spoken: tuple[str, ...]


def recognised(cells: Sequence[str]) -> set[str]:
    """The traits that a row's cells would be headers of."""
    return {trait for cell in cells if cell.strip() and (trait := recognise(cell))}


def is_party(cell: str) -> bool:
    """Whether a cell is a heading over the booker's or the attendee's columns."""
    return plain(cell) in _ATTENDEE | _BOOKER


def tells_of_booker(cell: str) -> bool:
    """Whether a header is of the booker rather than of the attendee."""
    return plain(cell).startswith(_BOOKER_WORDS)


def header_of(rows: Sequence[Sequence[str]], first: int, last: int) -> Header:
    """What the rows ``first`` to ``last`` call the columns."""
    width = max(map(len, rows[first : last + 1]))
    written = tuple(
        tuple(row[place] if place < len(row) else "" for place in range(width))
        for row in rows[first : last + 1]
    )
    if first == last:
        names = tuple(map(tidy, written[0]))
        return Header(first, last, written, unique(names), names)
    tops, bottoms = (tuple(map(tidy, row)) for row in written)
    return _merged(first, written, _spread(tops, bottoms), bottoms)


def _merged(
    first: int,
    written: tuple[tuple[str, ...], ...],
    tops: tuple[str, ...],
    bottoms: tuple[str, ...],
) -> Header:
    pairs = list(zip(tops, bottoms, strict=True))
    names = tuple(" / ".join(dict.fromkeys(filter(None, pair))) for pair in pairs)
    said = [_said(top, bottom, name) for (top, bottom), name in zip(pairs, names, strict=True)]
    bookers = [not bottom or plain(top) in _BOOKER for top, bottom in pairs]
    own = recognised([text for text, booker in zip(said, bookers, strict=True) if not booker])
    spoken = tuple(
        "" if booker and recognise(text) in own else text
        for text, booker in zip(said, bookers, strict=True)
    )
    return Header(first, first + 1, written, unique(names), spoken)


def _said(top: str, bottom: str, name: str) -> str:
    """The half of a header that tells the trait; the whole of it where it is the booker's."""
    if plain(top) in _BOOKER and bottom:
        return name
    return next((text for text in (bottom, top) if text and recognise(text)), name)


def _spread(tops: tuple[str, ...], bottoms: tuple[str, ...]) -> tuple[str, ...]:
    """The headings over several columns, repeated over each of them."""
    spread: list[str] = []
    heading = ""
    for top, bottom in zip(tops, bottoms, strict=True):
        if top or not bottom:
            heading = top if is_party(top) and bottom else ""
        spread.append(top or heading)
    return tuple(spread)


def unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, those that repeat numbered: Nimi, Nimi (2)."""
    taken = set(names)
    seen: dict[str, int] = {}
    told: list[str] = []
    for name in names:
        number = seen[name] = seen.get(name, 0) + 1
        candidate = name
        while name and number > 1 and candidate in taken:
            candidate = f"{name} ({number})"
            number += 1
        taken.add(candidate)
        told.append(candidate)
    return tuple(told)
