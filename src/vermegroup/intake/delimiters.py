"""What parts a file's cells and its lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from vermegroup.intake.header_names import recognised

DELIMITERS = (";", ",", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|[ \t])"?[;,\t|]*(\r\n|\r|\n|$)', re.I | re.A)
_RECORDS_TO_TRY = 30
_CHARACTERS_TO_TRY = 100_000
_LONGEST_LINE = 2_000_000


def separator_line(text: str) -> tuple[str | None, int]:
    """The delimiter that Excel's ``sep=;`` names on the first line, and where that line ends.

    Excel does not show this line, so it counts as no row.
    """
    found = _SEPARATOR_LINE.match(text)
    return (found[1], found.end()) if found else (None, 0)


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


def lines(text: str) -> Iterator[str]:
    """The lines with their ends. Raises csv.Error at one that no table can have."""
    for line in io.StringIO(text, newline=""):
        if len(line) > _LONGEST_LINE:
            raise csv.Error("line too long")
        yield line


def records(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    """The records one by one; a blank line is an empty record.

    Raises csv.Error at a cell that is too long and, if strict, at a misplaced quotation mark.
    """
    return csv.reader(lines(text), delimiter=delimiter, strict=strict)


def _merit(text: str, delimiter: str) -> tuple[int, int, int]:
    try:
        tried = records(text[:_CHARACTERS_TO_TRY], delimiter)
        first = [record for record in islice(tried, _RECORDS_TO_TRY) if record]
    except csv.Error:
        return (0, 0, 0)
    widths = Counter(len(record) for record in first if len(record) > 1)
    if not widths:
        return (max((len(recognised(record)) for record in first), default=0), 0, 0)
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (max(len(recognised(record)) for record in first), alike, width)
