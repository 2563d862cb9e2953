"""What must hold of a workbook's zip archive before a reader may have it.

A few kilobytes can claim to be anything: gigabytes of text, millions of cells. A reader takes room
for every cell from A1 to the last one in use and for a text each time that it is used, and readers
written in other languages end the whole process where Python would raise. What a workbook may take
grows with the size of its file, and is counted here before it is taken.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate

_BYTES, _BYTES_FOR_EACH = 20_000_000, 100
_MARKS, _MARKS_FOR_EACH = 1_500_000, 6
"""Tags and attributes: an honest workbook has one or two for each byte of its file, packed."""
_ATTRIBUTES, _LONGEST_TAG = 200, 1 << 18
_PIECE = 1 << 20
_LEAST_DAY = -1e9
"""Readers end where a day is much earlier; of people there is no such number either."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
# Room for cells that nobody wrote: those between others, and those that repeat another.
_ROOM, _ROOM_FOR_EACH = 1_000_000, 20
_COLUMNS_TO_SPARE = 256
_ROWS_REPEATED = 10_000
"""Rows that are another once more: people have ids, and so hardly any are."""
_FIGURES = "0123456789"
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_WHOLE = re.compile(r"[0-9]{1,30}", re.ASCII)
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_WORKBOOK = ("xl/", "_rels/", "[content_types]")
_DOCUMENT = ("mimetype", "META-INF/manifest.xml", "content.xml")
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_VALUES = frozenset(
    ("value-type", "value", "string-value", "date-value", "time-value", "boolean-value", "formula")
)


class TooLargeError(Exception):
    """A workbook takes more than one of its size may."""


class FarError(TooLargeError):
    """A sheet is far larger than what is written in it."""


class DamagedError(Exception):
    """What a workbook says cannot be meant."""


class LockedError(Exception):
    """A workbook is read with a password."""


class NoWorkbookError(Exception):
    """An archive is no workbook."""


def examined(data: bytes) -> bytes:
    """The workbook of just the parts that hold its cells, each of which was looked through."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive, _BYTES + _BYTES_FOR_EACH * len(data))
    except _BROKEN as fault:
        raise DamagedError from fault
    _examine(parts, len(data))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def _parts(archive: zipfile.ZipFile, most: int) -> dict[str, bytes]:
    infos = {info.filename: info for info in archive.infolist()}
    if "xl/workbook.xml" in infos:
        names = [name for name in infos if name.lower().startswith(_WORKBOOK)]
        names = [name for name in names if name.lower().endswith((".xml", ".rels"))]
        names.sort(key=lambda name: name != "xl/sharedStrings.xml")
    else:
        names = [name for name in _DOCUMENT if name in infos]
        if len(names) < len(_DOCUMENT):
            raise NoWorkbookError
    # Readers find parts whatever the case of their letters.
    if len({name.lower() for name in names}) < len(names):
        raise DamagedError
    if sum(infos[name].file_size for name in names) > most:
        raise TooLargeError
    return {name: _unpacked(archive, infos[name]) for name in names}


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise LockedError
    if info.compress_type not in _METHODS:
        raise DamagedError
    with archive.open(info) as part:
        return part.read(info.file_size)  # never more than it claims to have


def _examine(parts: Mapping[str, bytes], size: int) -> None:
    if "mimetype" in parts:
        if b"spreadsheet" not in parts["mimetype"]:
            raise NoWorkbookError
        if b"encryption-data" in parts["META-INF/manifest.xml"]:
            raise LockedError
    files = [content for name, content in parts.items() if name != "mimetype"]
    # Attributes have an equals sign each, and tags begin with a sign.
    if sum(part.count(b"<") + part.count(b"=") for part in files) > _MARKS + _MARKS_FOR_EACH * size:
        raise TooLargeError
    text = _Text(size)
    for part in files:
        _parse(part, _Document(text) if "mimetype" in parts else _Worksheet(text))


def _parse(content: bytes, handler: _Worksheet | _Document) -> None:
    # Another encoding would be read otherwise by the reader; no workbook has one.
    parser = ParserCreate("utf-8")
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for at in range(0, len(content), _PIECE):
            piece = content[at : at + _PIECE]
            parser.Parse(piece, False)
            if at + len(piece) - parser.CurrentByteIndex > _LONGEST_TAG:
                raise DamagedError
        parser.Parse(b"", True)
    except ExpatError as fault:
        raise DamagedError from fault
    handler.refuse_far()


def _refuse_doctype(*_: object) -> None:
    # No workbook has one. It is where entities are defined that grow beyond all bounds.
    raise DamagedError


class _Text:
    """The lengths of the texts that cells share, and how many letters all cells may have."""

    def __init__(self, size: int) -> None:
        self.shared: list[int] = []
        self.most_shared = _ROOM + size
        self._letters = _BYTES + _BYTES_FOR_EACH * size

    def spend(self, letters: int) -> None:
        self._letters -= letters
        if self._letters < 0:
            raise TooLargeError


class _Locals(dict[str, str]):
    """Names without what stands before the colon: a workbook has few, and has them often."""

    def __missing__(self, name: str) -> str:
        return name.rpartition(":")[2]


_LOCAL = _Locals(
    {name: name for name in ("c", "v", "row", "is", "t", "f", "si")}
    | {f"table:{name}": name for name in ("table", "table-row", *_CELLS)}
    | {"text:p": "p"}
)


class _Worksheet:
    """The cells with a value in a part of an ``.xlsx`` workbook, or the texts that they share.

    Without a reference of its own a cell follows the one before, a row the one that ended before.
    """

    def __init__(self, text: _Text) -> None:
        self._text = text
        self._row = self._column = self._bottom = self._right = self._cells = 0
        self._at = self._figures_row = 0
        self._figures = "none"
        self._columns: dict[str, int] = {}
        self._in_cell = self._in_text = False
        self._kind = ""
        self._adds = not text.shared

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _LOCAL[name]
        if len(attributes) > _ATTRIBUTES:  # readers compare each with each
            raise DamagedError
        if tag == "c":
            self._column += 1
            self._at = self._row
            if (reference := attributes.get("r")) is not None:
                self._go_to(reference)
            self._in_cell, self._kind = True, attributes.get("t", "n")
            self._in_text = False
        elif tag in ("v", "is"):
            self._in_text = self._in_cell
            if self._in_cell:
                self._cells += 1
                self._right = max(self._right, self._column)
                self._bottom = max(self._bottom, self._at + 1)
        else:
            self._other(tag, attributes)

    def _other(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._in_text = False
        if tag == "row":
            self._in_cell = False
            if "r" in attributes:
                self._row = _row_of(attributes["r"]) - 1
        elif tag == "sst":  # room is made for as many as there are said to be
            if _times(attributes, "uniqueCount") > self._text.most_shared:
                raise TooLargeError
        elif tag == "si":
            if not self._adds:  # of two lists nobody knows which is meant
                raise DamagedError
            self._text.shared.append(0)

    def end(self, name: str) -> None:
        if _LOCAL[name] == "row":
            self._row += 1
            self._column = 0

    def refuse_far(self) -> None:
        """Raise FarError where the cells lie far beyond each other."""
        _refuse_far(self._bottom, self._right, self._cells)

    def text(self, text: str) -> None:
        if self._in_text:
            if self._kind == "s":
                self._spend(text)
            elif self._kind == "n" and text[0] == "-" and _number(text) < _LEAST_DAY:
                raise DamagedError
        elif self._adds and self._text.shared:
            self._text.shared[-1] += len(text)

    def _spend(self, place: str) -> None:
        if place.strip():
            if not _WHOLE.fullmatch(place) or int(place) >= len(self._text.shared):
                raise DamagedError
            self._text.spend(self._text.shared[int(place)])

    def _go_to(self, reference: str) -> None:
        letters = reference.rstrip(_FIGURES)
        figures = reference[len(letters) :]
        if figures != self._figures:
            self._figures_row, self._figures = _row_of(figures) - 1, figures
        self._at = self._figures_row
        if letters not in self._columns:
            self._columns[letters] = _column_of(letters)
        self._column = self._columns[letters]


class _Document:
    """The cells with a value in an ``.ods`` workbook, as often as each is repeated."""

    def __init__(self, text: _Text) -> None:
        self._text = text
        self._cells = self._area = self._repeated = 0
        self._inside = False
        self._begin()

    def _begin(self) -> None:
        self._rows = self._columns = 1
        self._top = self._column = self._right = self._bottom = self._widest = self._letters = 0
        self._used = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _LOCAL[name]
        if len(attributes) > _ATTRIBUTES or (tag == "table" and self._inside):
            raise DamagedError
        if tag in _CELLS:
            self._columns = _times(attributes, "number-columns-repeated")
            self._used = not _VALUES.isdisjoint(key.rpartition(":")[2] for key in attributes)
            self._letters = sum(map(len, attributes.values()))
        elif tag == "table-row":
            self._rows = _times(attributes, "number-rows-repeated")
            self._column = self._right = 0
        elif tag == "table":
            self._begin()
            self._inside = True
        elif tag == "s":
            self._letters += _times(attributes, "c")

    def text(self, text: str) -> None:
        self._letters += len(text)

    def end(self, name: str) -> None:
        tag = _LOCAL[name]
        if tag in _CELLS:
            self._column += self._columns
            if self._used:
                self._cells += 1
                self._right = self._column
                self._text.spend(self._letters * self._columns * self._rows)
        elif tag == "table-row":
            self._top += self._rows
            if self._right:
                self._bottom, self._widest = self._top, max(self._widest, self._right)
                self._repeated += self._rows - 1
        elif tag == "table":
            self._inside = False
            self._area += self._bottom * self._widest
            _refuse_far(self._bottom, self._widest, self._cells)

    def refuse_far(self) -> None:
        """Raise FarError where all tables take far more room than what is written in them."""
        most = _ROOM_FOR_EACH * self._cells
        if self._area > _ROOM + most or self._repeated > _ROWS_REPEATED + most:
            raise FarError


def _refuse_far(bottom: int, right: int, cells: int) -> None:
    if bottom > _MOST_ROWS or right > min(_MOST_COLUMNS, _COLUMNS_TO_SPARE + cells):
        raise FarError
    if bottom * right > _ROOM + _ROOM_FOR_EACH * cells:
        raise FarError


def _times(attributes: Mapping[str, str], name: str) -> int:
    values = [attributes[key] for key in attributes if key.rpartition(":")[2] == name]
    if not all(map(_WHOLE.fullmatch, values)):
        raise DamagedError
    return max(map(int, values), default=1)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _row_of(figures: str) -> int:
    if not _WHOLE.fullmatch(figures) or int(figures) == 0:
        raise DamagedError
    # Beyond the last row a reader may begin again with the first one.
    if int(figures) > _MOST_ROWS:
        raise FarError
    return int(figures)


def _column_of(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise DamagedError
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
