"""The bytes of a file or of standard input, and what sort of file they are.

A name may come from a rulebook that somebody else wrote. A pipe would never end, a device would
fill all memory.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from vermegroup.intake.files.readings import (
    RECORD,
    ROSTER,
    is_there,
    noted,
    place_of,
    unsaved_in,
)
from vermegroup.language.messages import Message, _
from vermegroup.language.system_faults import why

if TYPE_CHECKING:
    import pandas as pd

    from vermegroup.intake.ledger import Ledger  # loads NumPy, and many who read files need none

MOST_BYTES = 1_000_000_000
_AT_ONCE = 1 << 20


class UnopenedError(Exception):
    """A file cannot be read; ``reason`` says why, and quotes nothing of it."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(str(reason))


def read_for(role: str, path: Path | str, read: Read | None = None) -> bytes:
    """Everything in a file, as ``read`` reads it, else bytes_of; it is noted that a run read it.

    Raises UnopenedError where it cannot be read.
    """
    if role == RECORD and (known := noted().record(str(path))) is not None:
        return known
    data = unsaved_in(path)
    if data is None:
        place = place_of(path, role)
        if place is None:
            raise UnopenedError(_MISSING)
        data = (read or bytes_of)(place)
    noted().note(role, str(path), data)
    return data


def looked_at(role: str, path: Path | str) -> bytes:
    """The same of a file that a run may read yet; nothing is noted."""
    place = place_of(path, role, take=False)
    if place is None:
        raise UnopenedError(_MISSING)
    return bytes_of(place)


def bytes_of(path: Path | str, most: int = MOST_BYTES) -> bytes:
    """Everything in a regular file. Raises UnopenedError at anything else, and beyond ``most``."""
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise UnopenedError(_FOLDER)
        if not stat.S_ISREG(found.st_mode):
            raise UnopenedError(_NO_FILE)
        if found.st_size > most:
            raise UnopenedError(_too_large(most))
        with open(path, "rb", opener=_at_once) as file:
            return all_of(file, most, found.st_size)
    except (OSError, ValueError) as fault:
        raise UnopenedError(_why(fault)) from fault


def all_of(stream: BinaryIO, most: int = MOST_BYTES, likely: int = 0) -> bytes:
    """Everything in an open stream. Raises UnopenedError beyond ``most`` bytes."""
    parts, size = [], 0
    while part := stream.read(max(likely, _AT_ONCE) + 1):
        size += len(part)
        if size > most:
            raise UnopenedError(_too_large(most))
        parts.append(part)
    return b"".join(parts)


def _at_once(path: str, flags: int) -> int:
    # What became a pipe since it was looked at must not be waited for either.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


Read = Callable[[Path | str], bytes]

_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".gz", ".parquet")


def file_meant(text: str) -> tuple[Message, Message | None] | None:
    """What to say of a text that names a file which is not there; None where it names none.

    Without its ending it names one that is beside it.
    """
    from difflib import get_close_matches  # noqa: PLC0415

    folder, name = os.path.split(text)
    try:
        beside = {file.casefold(): file for file in sorted(os.listdir(folder or "."))}
    except (OSError, ValueError):
        beside = {}
    stems = {os.path.splitext(file)[0] for file in beside if file.endswith(_ENDINGS)}
    if not name.casefold().endswith(_ENDINGS) and name.casefold() not in stems:
        return None
    near = get_close_matches(name.casefold(), beside, n=1)
    hint = _("Did you mean {near}?", near=os.path.join(folder, beside[near[0]])) if near else None
    return _("There is no file “{name}”", name=text), hint


def _why(fault: OSError | ValueError) -> Message:
    if isinstance(fault, FileNotFoundError):
        return _MISSING
    return _("The file cannot be read: {reason}", reason=why(fault))


_MISSING = _("There is no such file")
_FOLDER = _("This is a folder, not a file")
_NO_FILE = _("This is a pipe or a device, not a file")


def _too_large(most: int) -> Message:
    return _("The file is too large: it may have at most {n} megabytes", n=most // 1_000_000)


STANDARD_INPUT = "-"
_READ_ALOUD = "stdin"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes and the name people know it by.

    A table that was in memory has its ``cells``, too, by their headers: the bytes are those of the
    CSV file that would be read so.
    """

    name: str
    data: bytes
    cells: pd.DataFrame | None = field(default=None, compare=False, repr=False)

    def sha256(self) -> str:
        """The bytes' SHA-256, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


Given: TypeAlias = Path | str | Source
"""What is to be read: a path, ``"-"`` for standard input, or what is in memory already."""


def named(given: Given) -> str:
    """The path; of what is in no file, ``"-"``."""
    return STANDARD_INPUT if isinstance(given, Source) else str(given)


def spoken(source: Given) -> str:
    """What findings call the source: the path as it was given."""
    if isinstance(source, Source):
        return source.name
    return _READ_ALOUD if str(source) == STANDARD_INPUT else str(source)


def named_from(folder: Path, name: str, role: str = ROSTER) -> Path:
    """The file of this name in a folder, or else in the current one."""
    beside = folder / name
    return beside if is_there(beside, role) else Path(name)


def read_source(source: Given, ledger: Ledger, role: str = ROSTER) -> Source:
    """Read everything, or note why that failed and stop. ``role`` is what it is read for."""
    if isinstance(source, Source):
        noted().note(role, source.name, source.data)
        return source
    try:
        return Source(Path(spoken(source)).name, read_for(role, source, _or_standard_input))
    except UnopenedError as fault:
        ledger.error(fault.reason)
    except OSError:
        ledger.error(_NO_INPUT)
    raise ledger.refusal()


def _or_standard_input(source: Path | str) -> bytes:
    return all_of(sys.stdin.buffer) if str(source) == STANDARD_INPUT else bytes_of(source)


_NO_INPUT = _("Standard input cannot be read: is it closed?")


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

SAVE_AGAIN = _("In Excel, choose “Save as” and “Excel Workbook (.xlsx)” or “CSV UTF-8”")
_EXPORT_AGAIN = _("Export the sign-ups again as CSV or as an Excel workbook (.xlsx)")
PROTECTED = _("The workbook is protected with a password")
UNPROTECT = _("Open it in Excel, save a copy without the password, and use that")
_OLD_EXCEL = _("The file is in the old Excel format (.xls), which is not read")
_PDF = _("The file is a PDF, not a table")
_IMAGE = _("The file is an image, not a table")
_PACKED = _("The file is a packed archive, not a table")
_WEB_PAGE = _("The file is a web page (HTML or XML), whatever its name says")
_DOCUMENT = _("The file is a text document (RTF), not a table")
_FOREIGN: tuple[tuple[tuple[bytes, ...], Message], ...] = (
    ((b"%PDF",), _PDF),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"), _IMAGE),
    ((b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh"), _PACKED),
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
