"""Archives with one table in them, as survey tools download them: ``.csv.zip`` and ``.csv.gz``."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from vermegroup.intake.ledger import Ledger
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import quoted

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_MOST, _MOST_FOR_EACH = 20_000_000, 100
"""How many bytes there may be, and for each byte of the archive: text packs to a tenth or so."""
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".xls")
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def is_packed(data: bytes) -> bool:
    """Whether the bytes are an archive, as workbooks are too."""
    return data.startswith((*_ZIP, _GZIP))


def unpacked(data: bytes, ledger: Ledger) -> bytes:
    """The table in an archive that holds one; a workbook, and what is no archive, as it is."""
    try:
        if data.startswith(_GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                return _limited(file, len(data), ledger)
        if not data.startswith(_ZIP):
            return data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _from_zip(archive, data, ledger)
    except _BROKEN:
        if data.startswith(_ZIP):
            return data  # what is wrong with it, the reader of workbooks tells
        ledger.error(_DAMAGED, _EXPORT_AGAIN)
    raise ledger.refusal()


def _from_zip(archive: zipfile.ZipFile, data: bytes, ledger: Ledger) -> bytes:
    names = archive.namelist()
    other = _known_as(names, archive)
    if other is not None:
        ledger.error(other.message, other.hint)
        raise ledger.refusal()
    if any(name in names for name in ("xl/workbook.xml", "mimetype", "xl/workbook.bin")):
        return data
    tables = [name for name in names if _is_table(name)]
    if len(tables) != 1:
        ledger.error(*(_several(tables) if tables else (_NO_TABLE, _EXPORT_AGAIN)))
        raise ledger.refusal()
    if archive.getinfo(tables[0]).flag_bits & _ENCRYPTED:
        ledger.error(_LOCKED, _UNPACK)
        raise ledger.refusal()
    ledger.notice(_("The file is an archive; “{name}” in it was read", name=tables[0]))
    with archive.open(tables[0]) as file:
        return _limited(file, len(data), ledger)


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    own = not any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return own and path.suffix.lower() in _TABLES


def _limited(file: IO[bytes] | gzip.GzipFile, size: int, ledger: Ledger) -> bytes:
    most = _MOST + _MOST_FOR_EACH * size
    content = file.read(most + 1)
    if len(content) > most:
        ledger.error(_TOO_LARGE, _UNPACK)
        raise ledger.refusal()
    return content


@dataclass(frozen=True, slots=True)
class _Other:
    """What an archive is known as that is no table."""

    message: Message
    hint: Message


def _known_as(names: Collection[str], archive: zipfile.ZipFile) -> _Other | None:
    if any(name.startswith("word/") for name in names):
        return _Other(_WORD, _COPY_TABLE)
    if any(name.startswith("ppt/") for name in names):
        return _Other(_SLIDES, _COPY_TABLE)
    if any(name.endswith(".iwa") for name in names):
        return _Other(_NUMBERS, _EXPORT_AGAIN)
    kind = _kind(archive) if "mimetype" in names else b""
    if b"opendocument.text" in kind:
        return _Other(_TEXT_DOCUMENT, _COPY_TABLE)
    return _Other(_SLIDES, _COPY_TABLE) if b"opendocument.presentation" in kind else None


def _kind(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as file:
        return file.read(100)


def _several(tables: list[str]) -> tuple[Message, Message]:
    message = _("The archive holds several tables: {names}", names=list(map(quoted, tables)))
    return message, _UNPACK


_WORD = _("The file is a Word document, not a table")
_TEXT_DOCUMENT = _("The file is a text document, not a table")
_SLIDES = _("The file is a presentation, not a table")
_NUMBERS = _("The file is a document of Apple’s Numbers or Pages, which is not read")
_COPY_TABLE = _("Copy the table into a spreadsheet, save it as .xlsx or CSV, and use that")
_NO_TABLE = _("The file is an archive, and there is no table in it")
_LOCKED = _("The archive is protected with a password")
_TOO_LARGE = _("The archive unpacks to far more than a file of its size should hold")
_DAMAGED = _("The archive is damaged or was cut short")
_UNPACK = _("Unpack it, and use the file that holds the sign-ups")
_EXPORT_AGAIN = _("Export the sign-ups again as CSV or as an Excel workbook (.xlsx)")
