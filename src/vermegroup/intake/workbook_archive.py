"""What must hold of a workbook's zip archive before a reader may have it.

Readers written in other languages end the whole process, or never end, where Python would raise.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers.expat import ExpatError, ParserCreate

from vermegroup.intake.formats import PROTECTED, SAVE_AGAIN, UNPROTECT
from vermegroup.intake.ledger import Ledger
from vermegroup.phrase import Phrase

MOST_CELLS = 25_000_000
"""A reader takes room for every cell up to the last one in use, whether it is blank or not."""
_MOST_BYTES = 1_000_000_000
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="([0-9]{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="([0-9]{1,9})"')

DAMAGED = Phrase(
    "The workbook is damaged or was cut short",
    "Työkirja on vioittunut tai katkennut",
    "Arbetsboken är skadad eller avklippt",
)
_NO_WORKBOOK = Phrase(
    "The file is a zip archive but no workbook (.xlsx or .ods)",
    "Tiedosto on zip-paketti mutta ei työkirja (.xlsx tai .ods)",
    "Filen är ett zip-arkiv men ingen arbetsbok (.xlsx eller .ods)",
)
_TOO_LARGE = Phrase(
    "A sheet of the workbook is too large: a cell far to the right or far down is in use",
    "Työkirjan taulukko on liian suuri: kaukana oikealla tai alhaalla on käytössä oleva solu",
    "Ett blad i arbetsboken är för stort: en cell långt till höger eller långt ner används",
)
_CLEAR = Phrase(
    "Press Ctrl+End in Excel to find the cell, clear it, or copy the table into a new workbook",
    "Etsi solu Excelissä painamalla Ctrl+End ja tyhjennä se, tai kopioi taulukko uuteen työkirjaan",
    "Tryck Ctrl+End i Excel för att hitta cellen och töm den, eller kopiera tabellen till en "
    "ny arbetsbok",
)


def refuse_unreadable(data: bytes, ledger: Ledger) -> None:
    """Note what keeps a workbook from being read: damage, a password, another kind, its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _examine(archive, ledger)
    except (ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        ledger.error(DAMAGED, SAVE_AGAIN)
    except NotImplementedError:
        ledger.error(DAMAGED, SAVE_AGAIN)
    except RuntimeError:  # a part of the archive is encrypted
        ledger.error(PROTECTED, UNPROTECT)
    ledger.stop_on_errors()


def _examine(archive: zipfile.ZipFile, ledger: Ledger) -> None:
    parts = set(archive.namelist())
    if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
        ledger.error(_TOO_LARGE, SAVE_AGAIN)
    elif "xl/workbook.xml" in parts:
        _refuse_malformed(archive, parts)
        sheets = [part for part in parts if part.startswith("xl/worksheets/")]
        if any(_extent(archive.read(part)) > MOST_CELLS for part in sheets):
            ledger.error(_TOO_LARGE, _CLEAR)
    elif "content.xml" in parts and "mimetype" in parts:
        _examine_ods(archive, parts, ledger)
    else:
        ledger.error(_NO_WORKBOOK, SAVE_AGAIN)


def _examine_ods(archive: zipfile.ZipFile, parts: set[str], ledger: Ledger) -> None:
    manifest = "META-INF/manifest.xml"
    if b"spreadsheet" not in archive.read("mimetype"):
        ledger.error(_NO_WORKBOOK, SAVE_AGAIN)
    elif manifest in parts and b"encryption-data" in archive.read(manifest):
        ledger.error(PROTECTED, UNPROTECT)
    else:
        _refuse_malformed(archive, parts)
        if _ods_extent(archive.read("content.xml")) > MOST_CELLS:
            ledger.error(_TOO_LARGE, _CLEAR)


def _refuse_malformed(archive: zipfile.ZipFile, parts: set[str]) -> None:
    """Raise ExpatError at a part that is no XML: the reader may go round in it for ever."""
    for part in sorted(parts):
        if part.endswith((".xml", ".rels")):
            parser = ParserCreate()
            parser.StartDoctypeDeclHandler = _refuse_doctype
            parser.Parse(archive.read(part), True)


def _refuse_doctype(*_: object) -> None:
    # No workbook has one. It is where entities are defined that grow beyond all bounds.
    raise ExpatError("document type")


def _extent(worksheet: bytes) -> int:
    """How many cells lie between A1 and the last row and column in use."""
    bottom, columns = 0, set()
    for reference in _REFERENCE.finditer(worksheet):
        columns.add(reference[1])
        bottom = max(bottom, int(reference[2]))
    return bottom * max(map(_column_number, columns), default=0)


def _ods_extent(content: bytes) -> int:
    """The same for all sheets of an OpenDocument file together, whose equal cells are counted."""
    if b"-repeated=" not in content:
        return 0
    rows = used = widest = 0
    for row in content.split(b"<table:table-row")[1:]:
        rows += _times(_ROWS_REPEATED, row.partition(b">")[0])
        width = right = 0
        for cell in _ODS_CELL.findall(row):
            width += _times(_COLUMNS_REPEATED, cell)
            right = width if b"value-type=" in cell else right
        used = rows if right else used
        widest = max(widest, right)
    return used * widest


def _times(repeated: re.Pattern[bytes], tag: bytes) -> int:
    found = repeated.search(tag)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
