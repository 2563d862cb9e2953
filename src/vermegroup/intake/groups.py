"""The group column of a grouping, and lists of people given by their ids."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import numpy as np

from vermegroup.domain.findings import RosterError, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping, means_waiting
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.source import Source, read_source
from vermegroup.intake.headers.find_columns import NOTHING_CHOSEN, Chosen, column_of, places_of
from vermegroup.intake.ledger import Ledger, Remark, tell
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import merged
from vermegroup.language.messages import _

_RENAME = _("If a group is called so, give it another name")


def read_groups(sheet: Sheet, ledger: Ledger, chosen: Chosen = NOTHING_CHOSEN) -> Grouping:
    """Who is in which group; ``g01`` and ``G01 `` are one. A blank cell is the waitlist.

    So is one that says so in words, which is noted: somebody may have meant a group's name.
    """
    place = column_of("group", sheet, ledger, chosen)
    if place is None:
        return Grouping(np.full(len(sheet.people), WAITLIST, dtype=np.int64))
    column = sheet.column(place)
    waiting = [code for code, name in enumerate(column.values) if name and means_waiting(name)]
    tell({code: _waits(column.values[code]) for code in waiting}, column, ledger)
    named = merged(column, str.casefold)
    names = sorted((name for name in named.values if not means_waiting(name)), key=_as_counted)
    index = {name: number for number, name in enumerate(names)}
    recoded = np.array([index.get(name, WAITLIST) for name in named.values], dtype=np.int64)
    return Grouping(recoded[named.codes], tuple(names))


def _waits(name: str) -> Remark:
    message = _("“{name}” is no group: whoever has it is on the waitlist", name=name)
    return Remark(Severity.NOTICE, message, _RENAME)


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    # Digits are compared by their number and then as text: int() refuses very long numbers.
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [_digits(part) if part[0] in "0123456789" else (True, 0, part) for part in parts]


def _digits(part: str) -> tuple[bool, int, str]:
    significant = part.lstrip("0")
    return (False, len(significant), significant)


_BETWEEN = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Mention:
    """An id as it was written, and where: ``row`` is that of a file, None for a command line.

    ``shared`` are the ids of several whom the text means, being their name.
    """

    text: str
    file: str = ""
    row: int | None = None
    shared: tuple[str, ...] = ()


def mentions(argument: str) -> tuple[Mention, ...]:
    """The ids in a file of this name, or else in the text itself, parted by commas or semicolons.

    A file may be a table with a column of ids, or a list with one id (or several) on each line.

    Raises:
        RosterError: the file cannot be read.
    """
    if not os.path.isfile(argument):
        return tuple(Mention(text) for part in _BETWEEN.split(argument) if (text := tidy(part)))
    ledger = Ledger(argument)
    source = read_source(argument, ledger)
    return _from_table(source, argument) or _from_lines(source, argument)


def _from_table(source: Source, file: str) -> tuple[Mention, ...]:
    try:
        sheet = sheet_of(source, Ledger(file))
    except RosterError:
        return ()
    places = places_of("id", sheet)
    if len(places) != 1:
        return ()
    rows = zip(sheet.texts(places[0]), sheet.rows().tolist(), strict=True)
    return tuple(Mention(text, file, row) for text, row in rows if text)


def _from_lines(source: Source, file: str) -> tuple[Mention, ...]:
    from vermegroup.intake.files.text import decode  # noqa: PLC0415

    lines = decode(source.data, Ledger(file)).text.splitlines()
    return tuple(
        Mention(text, file, row)
        for row, line in enumerate(lines, 1)
        for part in re.split(r"[,;\t]", line)
        if (text := tidy(part.strip().strip('"')))
    )
