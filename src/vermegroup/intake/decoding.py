"""Bytes to text: UTF-8 with or without a byte order mark, otherwise Windows-1252."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.intake.ledger import Ledger
from vermegroup.phrase import Phrase

_BOM = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"

_OTHER_ENCODING = Phrase(
    "The file is not UTF-8; it was read as Windows-1252",
    "Tiedosto ei ole UTF-8-muotoa; se luettiin Windows-1252-merkistöllä",
    "Filen är inte i UTF-8; den lästes som Windows-1252",
)
_CHECK_LETTERS = Phrase(
    "Check that å, ä and ö look right. In Excel, save as “CSV UTF-8”",
    "Tarkista, että å, ä ja ö näkyvät oikein. Tallenna Excelissä muotoon ”CSV UTF-8”",
    "Kontrollera att å, ä och ö ser rätt ut. Spara i Excel som ”CSV UTF-8”",
)
_NO_TEXT = Phrase(
    "The file is not a text file",
    "Tiedosto ei ole tekstitiedosto",
    "Filen är ingen textfil",
)
_SAVE_AS_CSV = Phrase(
    "In Excel, choose “Save as” and “CSV UTF-8”",
    "Valitse Excelissä ”Tallenna nimellä” ja ”CSV UTF-8”",
    "Välj ”Spara som” och ”CSV UTF-8” i Excel",
)


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text and the encoding it would be written in again."""

    text: str
    encoding: str


def decode(data: bytes, ledger: Ledger) -> Text:
    """Decode a file's bytes; note a notice where the encoding had to be assumed."""
    if data.startswith(_ZIP) or b"\0" in data:
        ledger.error(_NO_TEXT, _SAVE_AS_CSV)
        raise ledger.refusal()
    try:
        encoding = "utf-8-sig" if data.startswith(_BOM) else "utf-8"
        return Text(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        ledger.notice(_OTHER_ENCODING, _CHECK_LETTERS)
        return _decode_western(data)


def _decode_western(data: bytes) -> Text:
    try:
        return Text(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252, but do in Latin-1
        return Text(data.decode("latin-1"), "latin-1")
