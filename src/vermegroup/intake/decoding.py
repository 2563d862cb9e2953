"""Bytes to text: UTF-8 and UTF-16, with or without a mark; otherwise a single-byte encoding."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass

from vermegroup.intake.delimiters import delimiter_of, records
from vermegroup.intake.formats import SAVE_AGAIN
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.single_byte import decode_single_byte
from vermegroup.phrase import Phrase

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does, so it has to come first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTES_TO_TRY = 4096

_NO_TEXT = Phrase(
    "The file is not a text file",
    "Tiedosto ei ole tekstitiedosto",
    "Filen är ingen textfil",
)
_DAMAGED = Phrase(
    "The file is damaged or was cut short: its characters cannot be told",
    "Tiedosto on vioittunut tai katkennut: sen merkkejä ei voi tulkita",
    "Filen är skadad eller avklippt: dess tecken går inte att tyda",
)
_BROKEN = Phrase(
    "The file is UTF-8, but on this row a character is broken",
    "Tiedosto on UTF-8-muotoa, mutta tällä rivillä on rikkoutunut merkki",
    "Filen är i UTF-8, men på den här raden är ett tecken trasigt",
)
_CORRECT_LETTER = Phrase(
    "Correct the character marked � and save the file as UTF-8",
    "Korjaa merkillä � osoitettu kohta ja tallenna tiedosto UTF-8-muotoon",
    "Rätta tecknet som visas som � och spara filen i UTF-8",
)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text and the encoding it came in."""

    text: str
    encoding: str


def decode(data: bytes, ledger: Ledger) -> Text:
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
    return Text(text, encoding)


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


def _not_utf8(data: bytes, ledger: Ledger) -> Text:
    _refuse_nul(data, ledger)
    text = data.decode("utf-8", "surrogateescape")
    broken = len(text) - len(text.encode("utf-8", "ignore").decode())
    letters = len(text.encode("utf-8", "ignore")) - (len(text) - broken)
    if letters >= broken:
        _note_broken(text, ledger)
        raise ledger.refusal()
    return Text(*decode_single_byte(data, ledger))


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
