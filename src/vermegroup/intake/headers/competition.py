"""Which of several columns with headers for one trait tells it.

A survey tool has columns of its own for the e-mail and the name, which stay blank or say
"anonymous" where a form is open to all, and people are asked for both in questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from vermegroup.domain.arrays import BoolArray
from vermegroup.intake.cells import tidy
from vermegroup.intake.headers.recognise import (
    is_preferred,
    is_user_name,
    recognise,
    tells_of_someone_else,
    yields,
)
from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import _

_NAMING = ("name", "first name", "last name", "email")
_AT_ONCE = 4_096


def without_yielding(
    header: tuple[str, ...], names: Sequence[str], cells: pd.DataFrame, ledger: Ledger
) -> tuple[str, ...]:
    """The headers, empty for columns that do not tell what their headers say.

    That is a column of e-mails in which no cell is one, which is noted, and a blank one of names
    or e-mails. Of several for one trait, blank ones yield to others, and those whose headers tell
    it less clearly to those that tell it well; running numbers are ids only where no two rows have
    the same, and user names yield to ids. Of those that name people, a column yields to one
    that is filled wherever it is itself, and elsewhere too. Groups are chosen by their own rules.
    """
    gone: set[int] = set()
    for trait, places in _places(header).items():
        told = {place: _Told(cells.iloc[:, place], trait) for place in places}
        if trait in _NAMING:
            gone |= _note_untold(told, names, ledger)
        if trait == "id":
            gone |= {place for place in places if yields(header[place]) and told[place].repeats()}
            gone |= _user_names(header, told, gone)
        left = [place for place in places if place not in gone]
        gone |= set(left) - set(_best(left, told, header, trait))
    told_by = tuple("" if place in gone else text for place, text in enumerate(header))
    return _with_addresses(told_by, names, cells, ledger)


def _with_addresses(
    header: tuple[str, ...], names: Sequence[str], cells: pd.DataFrame, ledger: Ledger
) -> tuple[str, ...]:
    """The headers, with the e-mails known by their cells where no header tells of any: "Contact".

    So are they where every filled cell is an address, most are filled, and nobody has another's.
    """
    traits = [recognise(text) if text else None for text in header]
    if "email" in traits or len(header) > _WIDE:
        return header
    found = [
        at
        for at, text in enumerate(header)
        if text and "@" not in text and not (traits[at] or tells_of_someone_else(names[at]))
        if _are_addresses(cells.iloc[:, at])
    ]
    if len(found) != 1:
        return header
    ledger.notice(_ADDRESSES, column=names[found[0]])
    return tuple("email" if at == found[0] else text for at, text in enumerate(header))


def _are_addresses(column: pd.Series[str]) -> bool:
    found: list[str] = []
    for cell in column.tolist():
        text = tidy(cell)
        if text and not _ADDRESS.fullmatch(text):
            return False
        found += [text.casefold()] if text else []
    return len(found) > max(1, len(column) // 2) and len(set(found)) == len(found)


_WIDE = 500
"""In wider tables no column is looked into that no header asks for: it takes long."""
_ADDRESS = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[a-zA-Z]{2,}")
_ADDRESSES = _("The cells of this column are e-mail addresses, so it is read as e-mail addresses")


def _user_names(header: tuple[str, ...], told: dict[int, _Told], gone: set[int]) -> set[int]:
    """The user names that yield to another column of ids, of which no two rows have the same."""
    users = {place for place in told if is_user_name(header[place])}
    others = [place for place in told if place not in users | gone]
    return users if len(others) == 1 and not told[others[0]].repeats() else set()


def _places(header: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, text in enumerate(header):
        trait = recognise(text) if text else None
        if trait is not None and trait != "group":
            found.setdefault(trait, []).append(place)
    return {
        trait: places
        for trait, places in found.items()
        if len(places) > 1 or trait in (*_NAMING, "id")
    }


class _Told:
    """The cells of one column, and which of them tell its trait."""

    def __init__(self, column: pd.Series[str], trait: str) -> None:
        self._column, self._email = column, trait == "email"

    def anything(self) -> bool:
        """Whether any cell tells it; most columns are known by their first cells."""
        return any(any(map(self._tells, part)) for part in self._parts())

    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(any(map(tidy, part)) for part in self._parts())

    def where(self) -> BoolArray:
        """Which cells tell it, shape (rows,)."""
        return np.array([self._tells(cell) for cell in self._column.tolist()], dtype=bool)

    def repeats(self) -> bool:
        """Whether two cells are the same, or most are blank."""
        cells = [text for cell in self._column.tolist() if (text := tidy(cell))]
        return len(set(cells)) < len(cells) or 2 * len(cells) < len(self._column)

    def _tells(self, cell: str) -> bool:
        return "@" in cell if self._email else bool(tidy(cell))

    def _parts(self) -> Iterator[list[str]]:
        for start in range(0, len(self._column), _AT_ONCE):
            yield self._column.iloc[start : start + _AT_ONCE].tolist()


def _note_untold(told: dict[int, _Told], names: Sequence[str], ledger: Ledger) -> set[int]:
    """The columns in which no cell tells the trait; those that hold something else are noted."""
    gone = {place for place, column in told.items() if not column.anything()}
    for place in sorted(gone):
        if not told[place].is_blank():
            ledger.notice(_NO_ADDRESS, column=names[place])
    return gone


_NO_ADDRESS = _(
    "No cell of this column is an e-mail address, so it is not read as e-mail addresses"
)


def _best(
    places: list[int], told: dict[int, _Told], header: tuple[str, ...], trait: str
) -> list[int]:
    """Those among several columns that tell a trait best; several where it is not certain."""
    if len(places) < 2:
        return places
    places = [place for place in places if told[place].anything()] or places
    places = [place for place in places if not yields(header[place])] or places
    places = [place for place in places if is_preferred(header[place])] or places
    if len(places) < 2 or trait not in _NAMING:
        return places
    filled = {place: told[place].where() for place in places}
    return [one for one in places if not any(_less(filled[one], filled[two]) for two in places)]


def _less(one: BoolArray, two: BoolArray) -> bool:
    return bool((two[one]).all() and two.sum() > one.sum())
