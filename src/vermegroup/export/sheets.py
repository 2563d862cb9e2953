"""A table on a sheet of a workbook: written as it reads, and printed as it should be.

Texts are written as texts, whatever they look like, so that nothing in them is run, linked or
taken for a number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vermegroup.export.sheet_layout import LINE, column_widths, row_height
from vermegroup.intake.files.csv_text import defused
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import legible
from vermegroup.language.messages import Template, pgettext

Cell = str | int | date
LONGEST = 32_767
"""The most that a cell holds, in UTF-16 units."""
MOST_ROWS = 1_048_576
"""The most that a sheet holds, its header included."""
_FIRST_YEAR = 1900
_A4 = 9
_TITLE_HEIGHT = 26.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under their headers."""

    headers: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def filled_columns(
    columns: Sequence[tuple[str, Sequence[Cell]]], asked: Collection[str] = ()
) -> Table:
    """A table of those columns in which something stands, the first one, and those asked for."""
    kept = [
        (header, cells)
        for place, (header, cells) in enumerate(columns)
        if place == 0 or header in asked or any(map(_is_told, cells))
    ]
    rows = zip(*(cells for _header, cells in kept), strict=True)
    return Table(tuple(header for header, _cells in kept), list(rows))


def _is_told(cell: Cell) -> bool:
    return cell != ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, and the lines above it: the first is a title, the others say what is what.

    ``filtered`` has buttons to filter by, and keeps its header in sight.
    """

    name: str
    table: Table
    title: str = ""
    facts: Sequence[tuple[str, Cell]] = ()
    landscape: bool = False
    filtered: bool = False

    def called(self, name: str) -> Sheet:
        """The same under another name."""
        return replace(self, name=name)


@dataclass(slots=True)
class Book:
    """Writes sheets into a workbook, and keeps the texts of which it has not all."""

    workbook: Workbook
    language: Language
    footer: str
    cut: list[str] = field(default_factory=list)
    _formats: dict[tuple[str, bool], Format] = field(default_factory=dict)

    def add(self, sheet: Sheet) -> None:
        """One more sheet, after the others."""
        page = self.workbook.add_worksheet(sheet.name)
        widths = self._set_widths(page, sheet)
        header = self._head(page, sheet)
        self._write_row(page, header, sheet.table.headers, widths, "header")
        for row, cells in enumerate(sheet.table.rows, header + 1):
            self._write_row(page, row, cells, widths)
        last, right = header + len(sheet.table.rows), len(widths) - 1
        # A text that is all digits is meant to be one: no green corners.
        page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, right)}"})
        if sheet.filtered:
            page.freeze_panes(header + 1, 0)
            page.autofilter(header, 0, last, right)
        self._paper(page, sheet, header)

    def _set_widths(self, page: Worksheet, sheet: Sheet) -> list[int]:
        table = sheet.table
        columns = [[self._shown(cell) for cell in cells] for cells in zip(*table.rows, strict=True)]
        columns = columns or [[] for _header in table.headers]
        columns[0] += [what for what, _cell in sheet.facts]
        looks = {"landscape": sheet.landscape, "buttons": sheet.filtered}
        widths = column_widths(table.headers, columns, **looks)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        return widths

    def _head(self, page: Worksheet, sheet: Sheet) -> int:
        """Write the lines above the table; the row on which this begins."""
        if not sheet.title:
            return 0
        page.set_row(0, _TITLE_HEIGHT)
        self._write(page, 0, 0, sheet.title, "title")
        for row, (what, cell) in enumerate(sheet.facts, 1):
            self._write(page, row, 0, what, "fact")
            self._write(page, row, 1, cell, "fact value")
        return len(sheet.facts) + 2

    def _write_row(
        self,
        page: Worksheet,
        row: int,
        cells: Sequence[Cell],
        widths: Sequence[int],
        style: str = "text",
    ) -> None:
        height = row_height(list(map(self._shown, cells)), widths)
        if height > LINE:
            page.set_row(row, height)
        for column, cell in enumerate(cells):
            self._write(page, row, column, cell, style)

    def _shown(self, cell: Cell) -> str:
        return _DAY.filled(day=cell).in_(self.language) if isinstance(cell, date) else str(cell)

    def _write(
        self, page: Worksheet, row: int, column: int, cell: Cell, style: str = "text"
    ) -> None:
        if isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            page.write_datetime(row, column, cell, self._format("date"))
        elif isinstance(cell, int):
            page.write_number(row, column, cell, self._format("number"))
        else:
            text = legible(self._shown(cell))
            runs = defused(text) != text or text.startswith("'")
            if page.write_string(row, column, text, self._format(style, quoted=runs)) < 0:
                self.cut.append(text)

    def _format(self, style: str, *, quoted: bool = False) -> Format:
        """How cells look; whoever edits one that is ``quoted`` finds a text in it, too."""
        if (style, quoted) not in self._formats:
            looks = {"valign": "top", "align": "left", "quote_prefix": quoted, **_LOOKS[style]}
            if style == "date":
                looks["num_format"] = date_format(self.language)
            self._formats[style, quoted] = self.workbook.add_format(looks)
        return self._formats[style, quoted]

    def _paper(self, page: Worksheet, sheet: Sheet, header: int) -> None:
        if sheet.landscape:
            page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.4, bottom=0.6)
        page.repeat_rows(header)
        page.set_footer(f"&L{self.footer}&C&A&R&P / &N")


_LOOKS: Mapping[str, Mapping[str, object]] = {
    "text": {"text_wrap": True},
    "number": {},
    "date": {},
    "header": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8EEF4"},
    "title": {"bold": True, "font_size": 16},
    "fact": {"bold": True},
    "fact value": {},
}


def date_format(language: Language) -> str:
    """How a spreadsheet shows dates, as the language writes them."""
    pattern = pgettext("date", "{year}-{mm}-{dd}", **_DATE_MARKS)
    return pattern.in_(language)


_DAY = Template("{day}")
_DATE_MARKS = {"year": "yyyy", "mm": "mm", "m": "m", "dd": "dd", "d": "d"}
