"""Excel workbooks (``.xlsx``, ECMA-376): the cells of a sheet as text.

Only what a cell shows is read: shared strings, numbers and, by their formats, dates. Elements are
known by their names, whatever stands before the colon.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from vermegroup.intake.cell_text import (
    duration_text,
    iso_text,
    moment_text,
    number_of,
    number_text,
)
from vermegroup.intake.used_range import UsedRange
from vermegroup.intake.workbook_archive import LOCAL, Archive, DamagedError, Handler, whole

BOOK = "xl/workbook.xml"
_FIGURES = "0123456789"
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What a number's format holds besides its letters for days and hours: quoted and escaped text,
# room for a letter, conditions, colours.
_NO_LETTERS = re.compile(r'"[^"]*"?|[\\_*].?|\[(?![hms]+\])[^\]]*\]', re.I)
_ELAPSED = re.compile(r"\[[hms]+\]", re.I)
_OF_A_MOMENT = re.compile(r"[dmhys]", re.I)
_DAYS = (*range(14, 23), *range(27, 37), 45, 47, *range(50, 59))
_BUILT_IN = {**dict.fromkeys(_DAYS, "d"), 46: "[h]"}
"""Formats that have a number and no text: all others show plain numbers."""


class Xlsx:
    """A workbook: its sheets, by their names, and what they have in common."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        related, book = _Related(), _Book()
        archive.parse("xl/_rels/workbook.xml.rels", related)
        archive.parse(BOOK, book)
        self._since_1904 = book.since_1904
        self._related = related
        places = {name: related.worksheets.get(own) for name, own in book.sheets.items()}
        self._places = {name: place for name, place in places.items() if place is not None}
        self.sheets = list(self._places)

    def rows(self, sheet: str) -> list[list[str]]:
        """Every row of a sheet, from A1 on."""
        strings, styles = _Strings(), _Styles()
        for part, handler in (("sharedStrings", strings), ("styles", styles)):
            place = self._related.others.get(part, "")
            if place in self._archive:
                self._archive.parse(place, handler)
        cells = _Cells(strings.all, styles.kinds(), self._since_1904, self._archive.size)
        self._archive.parse(self._places[sheet], cells)
        return cells.used.rows()


class _Related(Handler):
    """The parts that the workbook names: worksheets by their ids, others by what they are."""

    def __init__(self) -> None:
        self.worksheets: dict[str, str] = {}
        self.others: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if LOCAL[name] != "Relationship" or "Target" not in attributes:
            return
        place = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind == "worksheet":
            self.worksheets[attributes.get("Id", "")] = place
        else:
            self.others.setdefault(kind, place)


class _Book(Handler):
    """The ids of the sheets by their names, and from when days are counted."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if LOCAL[name] == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif LOCAL[name] == "sheet":
            own = next((attributes[key] for key in attributes if key.endswith(":id")), "")
            self.sheets.setdefault(attributes.get("name", ""), own)


class _Styles(Handler):
    """What the numbers of each style are."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._used: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        own = LOCAL[name]
        if own == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif own == "cellXfs":
            self._inside = True
        elif own == "xf" and self._inside:
            self._used.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if LOCAL[name] == "cellXfs":
            self._inside = False

    def kinds(self) -> list[str]:
        """For each style "moment", "duration", or nothing."""
        built_in = {str(number): code for number, code in _BUILT_IN.items()}
        kinds = {own: _kind(code) for own, code in (built_in | self._formats).items()}
        return [kinds.get(own, "") for own in self._used]


def _kind(code: str) -> str:
    shown = _NO_LETTERS.sub("", code).partition(";")[0]
    if _ELAPSED.search(shown):
        return "duration"
    return "moment" if _OF_A_MOMENT.search(shown) else ""


class _Strings(Handler):
    """The texts that cells share, in their order; without those that tell how to say another."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._open = self._aloud = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        own = LOCAL[name]
        if own == "t":
            self._open = not self._aloud
        elif own == "rPh":
            self._aloud = True

    def end(self, name: str) -> None:
        own = LOCAL[name]
        if own == "t":
            self._open = False
        elif own == "rPh":
            self._aloud = False
        elif own == "si":
            self.all.append(_joined(self._parts))
            self._parts.clear()

    def text(self, text: str) -> None:
        if self._open:
            self._parts.append(text)


def _joined(parts: list[str]) -> str:
    text = "".join(parts)
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter.isspace() else "\N{REPLACEMENT CHARACTER}"


class _Cells(_Strings):
    """The cells of a worksheet. Without a reference of its own a cell follows the one before."""

    def __init__(self, strings: list[str], kinds: list[str], since_1904: bool, size: int) -> None:
        super().__init__()
        self.used = UsedRange(size)
        self._strings, self._kinds, self._since_1904 = strings, kinds, since_1904
        self._row, self._column = -1, 0
        self._figures: str | None = None
        self._columns: dict[str, int] = {}
        self._cell: Mapping[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        own = LOCAL[name]
        if own == "c":
            self._cell = attributes
            self._parts.clear()
            if "r" in attributes:
                self._go_to(attributes["r"])
        elif own == "v":
            self._open = self._cell.get("t") != "inlineStr"
        elif own == "row":
            self._row = _row_at(attributes["r"]) if "r" in attributes else self._row + 1
            self._column, self._figures = 0, None
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        own = LOCAL[name]
        if own == "v":
            self._open = False
        elif own == "c":
            if self._parts and (text := self._shown(_joined(self._parts))):
                self.used.put(self._row, self._column, text)
            self._column += 1
        else:
            super().end(name)

    def _go_to(self, reference: str) -> None:
        letters = reference.rstrip(_FIGURES)
        figures = reference[len(letters) :]
        if figures != self._figures:
            self._row, self._figures = _row_at(figures), figures
        if letters not in self._columns:
            self._columns[letters] = _column_at(letters)
        self._column = self._columns[letters]

    def _shown(self, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "n":
            return self._number(value)
        if kind == "s":
            return self._shared(value)
        if kind == "b":
            return "FALSE" if value in ("0", "false") else "TRUE"
        if kind == "e":
            return ""  # as a value that is missing
        return iso_text(value) if kind == "d" else value

    def _shared(self, value: str) -> str:
        place = whole(value)
        if place >= len(self._strings):
            raise DamagedError(value)
        return self._strings[place]

    def _number(self, value: str) -> str:
        style = self._cell.get("s", "0")
        place = int(style) if style.isdecimal() and len(style) < 6 else 0
        kind = self._kinds[place] if place < len(self._kinds) else ""
        days = number_of(value) if kind else None
        if days is None:
            return number_text(value)
        if kind == "duration":
            return duration_text(days) or number_text(value)
        return moment_text(days, since_1904=self._since_1904) or number_text(value)


def _row_at(figures: str) -> int:
    row = whole(figures) - 1
    if row < 0:
        raise DamagedError(figures)
    return row


def _column_at(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise DamagedError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
