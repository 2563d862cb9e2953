"""OpenDocument spreadsheets (``.ods``, OASIS ODF 1.2): the cells of a sheet as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from vermegroup.intake.cell_text import iso_text, number_of, number_text
from vermegroup.intake.used_range import UsedRange
from vermegroup.intake.workbook_archive import LOCAL, Archive, DamagedError, Handler, whole

BOOK = "content.xml"
_NO_SHEET = -1
_TIME = re.compile(r"PT([01][0-9]|2[0-3])H([0-5][0-9])M([0-5][0-9](?:\.[0-9]{1,9})?)S")
_VALUES = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
}
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_IN_TEXT = {"tab": "\t", "line-break": "\n"}


class Ods:
    """A spreadsheet document and the names of its sheets."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        tables = _Tables()
        archive.parse(BOOK, tables)
        self.sheets = tables.names

    def rows(self, sheet: str) -> list[list[str]]:
        """Every row of a sheet, from A1 on."""
        cells = _Cells(self.sheets.index(sheet), self._archive.size)
        self._archive.parse(BOOK, cells)
        return cells.used.rows()


class _Tables(Handler):
    """The names of the tables that are sheets; others stand in their cells."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._within = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if LOCAL[name] == "table":
            self._within += 1
            if self._within == 1:
                own = {LOCAL[key]: value for key, value in attributes.items()}
                self.names.append(own.get("name", ""))

    def end(self, name: str) -> None:
        if LOCAL[name] == "table":
            self._within -= 1


class _Cells(_Tables):
    """The cells of one sheet, as often as each is repeated."""

    def __init__(self, sheet: int, size: int) -> None:
        super().__init__()
        self.used = UsedRange(size)
        self._sheet = sheet
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._holds = False
        self._value: str | None = None
        self._parts: list[str] = []
        self._paragraphs = self._open = self._aside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        super().start(name, attributes)
        own = LOCAL[name]
        if self._within != 1 or len(self.names) - 1 != self._sheet:
            return
        if own in _CELLS:
            told = {LOCAL[key]: value for key, value in attributes.items()}
            self._columns = _times(told.get("number-columns-repeated"))
            self._value = _value(told)
            self._parts.clear()
            self._paragraphs = 0
        elif own == "table-row":
            told = {LOCAL[key]: value for key, value in attributes.items()}
            self._rows = _times(told.get("number-rows-repeated"))
            self._column, self._holds = 0, False
        elif own == "annotation":
            self._aside += 1
        elif not self._aside:
            self._mark(own, attributes)

    def _mark(self, own: str, attributes: Mapping[str, str]) -> None:
        """What an element within a cell's text stands for."""
        if own == "p":
            self._parts.append("\n" if self._paragraphs else "")
            self._paragraphs += 1
            self._open += 1
        elif own == "s":
            times = next((attributes[key] for key in attributes if LOCAL[key] == "c"), None)
            self._parts.append(" " * min(_times(times), 1000))
        elif own in _IN_TEXT:
            self._parts.append(_IN_TEXT[own])

    def end(self, name: str) -> None:
        own = LOCAL[name]
        if self._within == 1 and len(self.names) - 1 == self._sheet:
            if own in _CELLS:
                self._put("".join(self._parts) if self._value is None else self._value)
            elif own == "table-row":
                if self._holds and self._rows > 1:
                    self.used.repeat(self._row, self._rows)
                self._row += self._rows
            elif own == "annotation":
                self._aside -= 1
            elif own == "p" and not self._aside:
                self._open -= 1
        super().end(name)

    def _put(self, text: str) -> None:
        if text:
            self.used.put(self._row, self._column, text, self._columns)
            self._holds = True
        self._column += self._columns

    def text(self, text: str) -> None:
        if self._open and not self._aside:
            self._parts.append(text)


def _times(told: str | None) -> int:
    return 1 if told is None else max(1, whole(told))


def _value(told: Mapping[str, str]) -> str | None:
    """What a cell holds; None where that is the text in it."""
    kind = told.get("value-type", "string")
    if kind not in _VALUES:
        return told.get("string-value")
    value = told.get(_VALUES[kind], "")
    if kind == "boolean":
        return value.upper()
    if kind == "date":
        return iso_text(value)
    if kind == "time":
        return _time(value)
    if value and number_of(value) is None:
        raise DamagedError(value)
    return number_text(value)


def _time(value: str) -> str:
    found = _TIME.fullmatch(value)
    return dt.time.fromisoformat(":".join(found.groups())).isoformat() if found else value
