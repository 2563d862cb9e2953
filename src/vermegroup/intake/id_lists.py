"""Lists of people: ids on the command line, or a file that holds them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from vermegroup.findings import RosterError
from vermegroup.intake.columns import places_of
from vermegroup.intake.layout import sheet_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import tidy
from vermegroup.intake.source import Source, read_source

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


def mentions(told: str) -> tuple[Mention, ...]:
    """The ids in a file of this name, or else in the text itself, parted by commas or semicolons.

    A file may be a table with a column of ids, or a list with one id (or several) on each line.

    Raises:
        RosterError: the file cannot be read.
    """
    if not os.path.isfile(told):
        return tuple(Mention(own) for part in _BETWEEN.split(told) if (own := tidy(part)))
    ledger = Ledger(told)
    source = read_source(told, ledger)
    return _from_table(source, told) or _from_lines(source, told)


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
    from vermegroup.intake.decoding import decode  # noqa: PLC0415

    lines = decode(source.data, Ledger(file)).text.splitlines()
    return tuple(
        Mention(own, file, row)
        for row, line in enumerate(lines, 1)
        for part in re.split(r"[,;\t]", line)
        if (own := tidy(part.strip().strip('"')))
    )
