"""The parts of a workbook's zip archive, read piece by piece and within bounds.

A few kilobytes can claim to be anything: gigabytes of text, millions of cells. What a workbook
may take grows with the size of its file, and is counted before it is taken.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

_BYTES, _BYTES_FOR_EACH = 20_000_000, 100
_MARKS, _MARKS_FOR_EACH = 1_500_000, 6
"""Tags and attributes: an honest workbook has one or two for each byte of its file, packed."""
_PIECE = 1 << 16
_NAMES_KEPT = 1000
_DIGITS = 9
_LONGEST_TAG = 1 << 18
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class TooLargeError(Exception):
    """A workbook takes more than one of its size may."""


class FarError(TooLargeError):
    """A sheet is far larger than what is written in it."""


class DamagedError(Exception):
    """What a workbook says cannot be meant."""


class LockedError(Exception):
    """A workbook is read with a password."""


class Handler:
    """What reads a part: told of each tag, and of the text between them."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A tag is opened."""

    def end(self, name: str) -> None:
        """A tag is closed."""

    def text(self, text: str) -> None:
        """Text between tags."""


class _Locals(dict[str, str]):
    """Names without what stands before the colon: a workbook has few, and has them often."""

    def __missing__(self, name: str) -> str:
        own = name.rpartition(":")[2]
        if len(self) < _NAMES_KEPT:
            self[name] = own
        return own


LOCAL = _Locals()


def whole(text: str) -> int:
    """A whole number that a workbook counts with. Raises DamagedError where it is none."""
    if not (text.isascii() and text.isdecimal()):
        raise DamagedError(text)
    return int(text[-_DIGITS:]) if len(text) <= _DIGITS else 10**_DIGITS


class Archive:
    """A workbook's parts by their names, whose letters' case does not count.

    Raises DamagedError where it cannot be unpacked, and LockedError where that takes a password.
    """

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as fault:
            raise DamagedError from fault
        self._parts = {info.filename.lower(): info for info in self._zip.infolist()}
        self._bytes = _BYTES + _BYTES_FOR_EACH * len(data)
        self._marks = _MARKS + _MARKS_FOR_EACH * len(data)
        self._counted: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def start_of(self, name: str) -> bytes:
        """The first bytes of a part; nothing where it is missing."""
        return next(self._pieces(name), b"") if name in self else b""

    def parse(self, name: str, handler: Handler) -> None:
        """Read a part, which is XML. Raises TooLargeError where there is too much in it."""
        # Another encoding could hide the tags from being counted; no workbook has one.
        parser = ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        read = 0
        for piece in self._pieces(name):
            if name not in self._counted:  # when it is read again, no more is taken
                self._spend(piece)
            _fed(parser, piece)
            read += len(piece)
            if read - parser.CurrentByteIndex > _LONGEST_TAG:
                raise DamagedError(name)
        _fed(parser, b"", last=True)
        self._counted.add(name)

    def _pieces(self, name: str) -> Iterator[bytes]:
        info = self._parts.get(name.lower())
        if info is None or info.compress_type not in _METHODS:
            raise DamagedError(name)
        if info.flag_bits & _ENCRYPTED:
            raise LockedError(name)
        # No more is ever unpacked than a part claims to have.
        self._bytes -= 0 if name in self._counted else info.file_size
        if self._bytes < 0:
            raise TooLargeError(name)
        try:
            with self._zip.open(info) as part:
                while piece := part.read(_PIECE):
                    yield piece
        except _BROKEN as fault:
            raise DamagedError(name) from fault

    def _spend(self, piece: bytes) -> None:
        self._marks -= piece.count(b"<") + piece.count(b"=")
        if self._marks < 0:
            raise TooLargeError


def _fed(parser: XMLParserType, piece: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(piece, last)
    except ExpatError as fault:
        raise DamagedError from fault


def _refuse_doctype(*_: object) -> None:
    # No workbook has one. It is where entities are defined that grow beyond all bounds.
    raise DamagedError("document type")
