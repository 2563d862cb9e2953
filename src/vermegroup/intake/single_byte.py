"""Texts with one byte for each character: Windows-1252, and what else the bytes may be."""

from __future__ import annotations

from vermegroup.intake.ledger import Ledger
from vermegroup.phrase import Phrase, phrase

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
_BYTES_TO_TRY = 50_000
_CHECK_LETTERS = Phrase(
    "Check that å, ä and ö look right. In Excel, save as “CSV UTF-8”",
    "Tarkista, että å, ä ja ö näkyvät oikein. Tallenna Excelissä muotoon ”CSV UTF-8”",
    "Kontrollera att å, ä och ö ser rätt ut. Spara i Excel som ”CSV UTF-8”",
)


def decode_single_byte(data: bytes, ledger: Ledger) -> tuple[str, str]:
    """The text and its encoding, with a notice that says which one was assumed."""
    for encoding in (_guess(data), "cp1252"):
        try:
            return _told(data.decode(encoding), encoding, ledger)
        except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252, but do in Latin-1
            continue
    return _told(data.decode("latin-1"), "latin-1", ledger)


def _told(text: str, encoding: str, ledger: Ledger) -> tuple[str, str]:
    message = phrase(
        "The file is not UTF-8; it was read as {name}",
        "Tiedosto ei ole UTF-8-muotoa; se luettiin {name} -merkistöllä",
        "Filen är inte i UTF-8; den lästes som {name}",
        name=_NAMES[encoding],
    )
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
    return b"".join(lines)[:_BYTES_TO_TRY]
