"""Bytes to text: UTF-8 and UTF-16, else a single-byte encoding; and what parts the cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from vermegroup.intake.files.source import SAVE_AGAIN
from vermegroup.intake.headers.recognise import recognised
from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import _

_NORDIC = "åäöÅÄÖ"
_COMMON = ("cp1252", "mac_roman", "cp850")
_ASCII = bytes(range(128))
_PLAUSIBLE = ("cp1252", "iso8859_15", "mac_roman", "cp850", "cp1250", "cp1251", "cp1257")
_NAMES = {
    "cp1252": "Windows-1252",
    "latin-1": "ISO 8859-1",
    "iso8859_15": "ISO 8859-15",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1257": "Windows-1257",
}
_SAMPLE_BYTES = 50_000
_CHECK_LETTERS = _("Check that å, ä and ö look right. In Excel, save as “CSV UTF-8”")


def decode_single_byte(data: bytes, ledger: Ledger) -> tuple[str, str]:
    """The text and its encoding, with a notice that says which one was assumed."""
    for encoding in (_guess(data), "cp1252"):
        try:
            return _assumed(data.decode(encoding), encoding, ledger)
        except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252, but do in Latin-1
            continue
    return _assumed(data.decode("latin-1"), "latin-1", ledger)


def _assumed(text: str, encoding: str, ledger: Ledger) -> tuple[str, str]:
    message = _("The file is not UTF-8; it was read as {name}", name=_NAMES[encoding])
    ledger.notice(message, _CHECK_LETTERS)
    return text, encoding


def _guess(data: bytes) -> str:
    # In each of these encodings å, ä and ö are bytes that are no such letters in the others.
    letters = data.translate(None, _ASCII)
    for encoding in _COMMON:
        if sum(map(letters.count, _NORDIC.encode(encoding))) * 2 >= len(letters):
            return encoding
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(_telling(data), cp_isolation=list(_PLAUSIBLE)).best()
    return best.encoding if best is not None and best.encoding in _NAMES else "cp1252"


def _telling(data: bytes) -> bytes:
    """The lines whose letters tell the encoding: most of a roster is ASCII and tells nothing."""
    lines = (line for line in data.splitlines(keepends=True) if not line.isascii())
    return b"".join(lines)[:_SAMPLE_BYTES]


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


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does, so it has to come first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTES_TO_TRY = 4096

_NO_TEXT = _("The file is not a text file")
_DAMAGED = _("The file is damaged or was cut short: its characters cannot be told")
_BROKEN = _("The file is UTF-8, but on this row a character is broken")
_CORRECT_LETTER = _("Correct the character marked � and save the file as UTF-8")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text and the encoding it came in."""

    text: str
    encoding: str


def decode(data: bytes, ledger: Ledger) -> DecodedText:
    """Decode a file's bytes; note a notice where the encoding had to be assumed."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if not encoding.startswith("utf-8"):
            ledger.error(_DAMAGED, SAVE_AGAIN)
            raise ledger.refusal() from None
        return _not_utf8(data, ledger)
    _refuse_nul(text, ledger)
    return DecodedText(text, encoding)


def _unmarked_utf16(data: bytes) -> str | None:
    # In the alphabets of Europe every other byte of UTF-16 is nearly always zero.
    tried = data[:_BYTES_TO_TRY]
    half = len(tried) // 2
    first, second = tried[0::2].count(0), tried[1::2].count(0)
    if half and second > 0.6 * half and first < 0.1 * half:
        return "utf-16-le"
    if half and first > 0.6 * half and second < 0.1 * half:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes, ledger: Ledger) -> DecodedText:
    _refuse_nul(data, ledger)
    text = data.decode("utf-8", "surrogateescape")
    broken = len(text) - len(text.encode("utf-8", "ignore").decode())
    letters = len(text.encode("utf-8", "ignore")) - (len(text) - broken)
    if letters >= broken:
        _note_broken(text, ledger)
        raise ledger.refusal()
    return DecodedText(*decode_single_byte(data, ledger))


def _note_broken(text: str, ledger: Ledger) -> None:
    # Letters that are whole outnumber the broken ones: another encoding would spoil them all.
    shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        for row, cells in enumerate(records(shown, delimiter_of(shown)), start=1):
            for cell in cells:
                if "�" in cell:
                    ledger.error(_BROKEN, _CORRECT_LETTER, row=row, value=cell)
    except csv.Error:
        ledger.error(_DAMAGED, SAVE_AGAIN)


def _refuse_nul(content: str | bytes, ledger: Ledger) -> None:
    if (b"\0" in content) if isinstance(content, bytes) else ("\0" in content):
        ledger.error(_NO_TEXT, SAVE_AGAIN)
        raise ledger.refusal()
