"""What parts a file's cells and its lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from vermegroup.intake.headers import recognise

DELIMITERS = (";", ",", "\t")
_RECORDS_TO_TRY = 20
_CHARACTERS_TO_TRY = 100_000


def delimiter_of(text: str) -> str:
    """The delimiter under which most headers make sense, then the one that parts most evenly.

    A comma may be a decimal mark and a semicolon may stand within a sentence, so counting
    characters misleads; a header that is recognised does not.
    """
    return max(DELIMITERS, key=lambda delimiter: _merit(text, delimiter))


def newline_of(text: str) -> str:
    """The line end that occurs most."""
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=lambda newline: counts[newline])


def records(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """The records one by one; a blank line is an empty record.

    Raises csv.Error at a cell that is too long and, if strict, at a misplaced quotation mark.
    """
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _merit(text: str, delimiter: str) -> tuple[int, int, int]:
    try:
        tried = records(text[:_CHARACTERS_TO_TRY], delimiter)
        first = [record for record in islice(tried, _RECORDS_TO_TRY) if record]
    except csv.Error:
        return (0, 0, 0)
    if not first:
        return (0, 0, 0)
    width = len(first[0])
    alike = sum(len(record) == width for record in first) if width > 1 else 0
    return (sum(recognise(cell) is not None for cell in first[0]), alike, width)
