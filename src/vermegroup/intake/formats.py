"""What a file is, told by its first bytes: a text, a workbook, or neither."""

from __future__ import annotations

from vermegroup.intake.ledger import Ledger
from vermegroup.phrase import Phrase

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

SAVE_AGAIN = Phrase(
    "In Excel, choose “Save as” and “Excel Workbook (.xlsx)” or “CSV UTF-8”",
    "Valitse Excelissä ”Tallenna nimellä” ja ”Excel-työkirja (.xlsx)” tai ”CSV UTF-8”",
    "Välj ”Spara som” och ”Excel-arbetsbok (.xlsx)” eller ”CSV UTF-8” i Excel",
)
_EXPORT_AGAIN = Phrase(
    "Export the sign-ups again as CSV or as an Excel workbook (.xlsx)",
    "Vie ilmoittautumiset uudelleen CSV-muotoon tai Excel-työkirjaksi (.xlsx)",
    "Exportera anmälningarna på nytt som CSV eller som Excel-arbetsbok (.xlsx)",
)
PROTECTED = Phrase(
    "The workbook is protected with a password",
    "Työkirja on suojattu salasanalla",
    "Arbetsboken är skyddad med lösenord",
)
UNPROTECT = Phrase(
    "Open it in Excel, save a copy without the password, and use that",
    "Avaa se Excelissä, tallenna kopio ilman salasanaa ja käytä kopiota",
    "Öppna den i Excel, spara en kopia utan lösenord och använd kopian",
)
_OLD_EXCEL = Phrase(
    "The file is in the old Excel format (.xls), which is not read",
    "Tiedosto on vanhaa Excel-muotoa (.xls), jota ei lueta",
    "Filen är i det gamla Excelformatet (.xls), som inte läses",
)
_PDF = Phrase(
    "The file is a PDF, not a table",
    "Tiedosto on PDF eikä taulukko",
    "Filen är en PDF, inte en tabell",
)
_IMAGE = Phrase(
    "The file is an image, not a table",
    "Tiedosto on kuva eikä taulukko",
    "Filen är en bild, inte en tabell",
)
_PACKED = Phrase(
    "The file is a packed archive, not a table",
    "Tiedosto on pakattu arkisto eikä taulukko",
    "Filen är ett packat arkiv, inte en tabell",
)
_WEB_PAGE = Phrase(
    "The file is a web page (HTML or XML), whatever its name says",
    "Tiedosto on verkkosivu (HTML tai XML), vaikka sen nimi väittäisi muuta",
    "Filen är en webbsida (HTML eller XML), vad namnet än säger",
)
_DOCUMENT = Phrase(
    "The file is a text document (RTF), not a table",
    "Tiedosto on tekstiasiakirja (RTF) eikä taulukko",
    "Filen är ett textdokument (RTF), inte en tabell",
)
_FOREIGN: tuple[tuple[tuple[bytes, ...], Phrase], ...] = (
    ((b"%PDF",), _PDF),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"), _IMAGE),
    ((b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh"), _PACKED),
    ((b"{\\rtf",), _DOCUMENT),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml")


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip, as ``.xlsx`` and ``.ods`` workbooks are."""
    return data.startswith(_ZIP)


def refuse_foreign(data: bytes, ledger: Ledger) -> None:
    """Stop at what is recognised as neither a text nor a workbook, and call it by its name."""
    if data.startswith(_OLE):
        protected = _ENCRYPTED in data
        ledger.error(*((PROTECTED, UNPROTECT) if protected else (_OLD_EXCEL, SAVE_AGAIN)))
    for starts, message in _FOREIGN:
        if data.startswith(starts):
            ledger.error(message, _EXPORT_AGAIN)
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        ledger.error(_WEB_PAGE, SAVE_AGAIN)
    ledger.stop_on_errors()
