"""How wide a list may be that is shown in the page: each column has a field of its own there."""

from __future__ import annotations

import csv
from itertools import islice

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.intake.files.source import Given, Source, UnopenedError, bytes_of
from vermegroup.intake.files.text import DELIMITERS, delimiter_of, records
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import N_

MOST_COLUMNS = 1_000
_AT_FIRST = 5_000_000
_ROWS = 30


def refuse_wide_text(given: Given) -> None:
    """Raise InputError where the first rows of a text are too wide, before it is read.

    Every column is read for whatever it may hold, which takes its time.
    """
    try:
        data = given.data if isinstance(given, Source) else bytes_of(given)
    except UnopenedError:
        return
    if data.startswith((b"PK", b"\x1f\x8b", b"PAR1")):
        return  # packed: how wide it is, only reading tells
    text = data[:_AT_FIRST].decode("latin-1")
    if any(line.count(mark) >= MOST_COLUMNS for line in text.split("\n") for mark in DELIMITERS):
        _refuse(_widest(text, delimiter_of(text)))


def _widest(text: str, mark: str) -> int:
    try:
        return max(map(len, islice(records(text, mark), _ROWS)), default=0)
    except csv.Error:
        return 0  # a cell that is too long is told of when it is read


def refuse_wide(look: Look) -> None:
    """Raise InputError where a list is too wide, whatever its file is."""
    _refuse(len(look.columns))


def _refuse(columns: int) -> None:
    if columns > MOST_COLUMNS:
        message = _TOO_WIDE.filled(most=MOST_COLUMNS)
        raise InputError([Finding(Severity.ERROR, message)])


_TOO_WIDE = N_("The list has more than {most} columns: leave out those that nobody needs")
