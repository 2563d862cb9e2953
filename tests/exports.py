"""Forty synthetic people, and the ways in which people save a roster."""

from __future__ import annotations

import io
from collections.abc import Sequence

Rows = Sequence[Sequence[object]]

HEADER = ("Tunnus", "Nimi", "Kunta", "Työkokemus vuosina")
_TOWNS = (
    *("Äänekoski", "Jyväskylä", "Ähtäri", "Hämeenlinna", "Pöytyä", "Salo", "Pori", "Kemi"),
    *("Oulu", "Kuopio", "Lahti", "Vaasa", "Rauma", "Kotka", "Imatra", "Nurmijärvi", "Kerava"),
    *("Lohja", "Raisio", "Tornio"),
)
PEOPLE: tuple[tuple[str, str, str, int], ...] = tuple(
    (f"SYN-{i + 1:02d}", f"Väinö Keksitty {i + 1}", _TOWNS[i % 20], (7 * i + i // 20) % 19)
    for i in range(40)
)
ROWS: Rows = (HEADER, *PEOPLE)


def text(rows: Rows = ROWS, delimiter: str = ";", newline: str = "\n") -> str:
    """The rows as a text whose cells need no quotation marks."""
    return "".join(delimiter.join(map(str, row)) + newline for row in rows)


def xlsx(
    rows: Rows = ROWS,
    *,
    named: str = "Vastaukset",
    first: Sequence[str] = (),
    last: Sequence[str] = (),
) -> bytes:
    """An Excel workbook; ``first`` and ``last`` name the sheets around the one with the rows."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    for name in first:
        workbook.create_sheet(name).append(["Ohje"])
    sheet = workbook.create_sheet(named)
    for row in rows:
        sheet.append(list(row))
    for name in last:
        workbook.create_sheet(name)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def ods(rows: Rows = ROWS) -> bytes:
    """An OpenDocument spreadsheet."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Vastaukset")
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value, TableCell, P))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    saved = io.BytesIO()
    document.write(saved)
    return saved.getvalue()


def _ods_cell(value, cell_type, paragraph):  # type: ignore[no-untyped-def]
    if isinstance(value, (int, float)):
        return cell_type(valuetype="float", value=value)
    if value in (None, ""):
        return cell_type()
    cell = cell_type(valuetype="string")
    cell.addElement(paragraph(text=str(value)))
    return cell


def _widened(rows: Rows, by: int) -> Rows:
    return [(*row, *[""] * by) for row in rows]


_BOOKED: Rows = (
    ("Tilausnumero", "Varaajan sähköposti", "", "", "", ""),
    ("", "", *HEADER),
    *((f"T{i}", "varaaja@example.org", *person) for i, person in enumerate(PEOPLE)),
)
_HEADED: Rows = (
    ("Ilmoittaja", "", "Osallistuja", "", "", ""),
    ("Nimi", "Sähköposti", *HEADER),
    *(("Ilma Ilmoittaja", "ilma@example.org", *person) for person in PEOPLE),
)
_BOTH_NAMED: Rows = (
    ("Nimi", "Sähköposti", "Kunta", "", "", "", ""),
    ("", "", "", *HEADER),
    *(("Ilma Ilmoittaja", "ilma@example.org", "Turku", *person) for person in PEOPLE),
)
_TITLED: Rows = (
    ("Vertaismentorointi, kevät", "", "", ""),
    ("Viety", "3.9.2026 klo 12.00", "", ""),
    ("", "", "", ""),
    *ROWS,
)
_REPEATED: Rows = [(*row, "Lisätieto" if row is HEADER else "x") for row in ROWS]
_NOTE = '"rivi; yksi\n2"'
_NOTED = "".join(
    f"{';'.join(map(str, row))};{'Lisätieto' if row is HEADER else _NOTE}\n" for row in ROWS
)
_GAP: Rows = (*ROWS[:10], ("", "", "", ""), (" ", "", "", ""), *ROWS[10:])

SAVED: dict[str, bytes] = {
    "UTF-8, semicolons": text().encode(),
    "commas": text(delimiter=",").encode(),
    "tabs": text(delimiter="\t").encode(),
    "bars": text(delimiter="|").encode(),
    "byte order mark": text().encode("utf-8-sig"),
    "Excel in Finland": text(newline="\r\n").encode("utf-8-sig"),
    "CRLF": text(newline="\r\n").encode(),
    "CR": text(newline="\r").encode(),
    "UTF-16 LE with a mark": b"\xff\xfe" + text(delimiter="\t").encode("utf-16-le"),
    "UTF-16 BE with a mark": b"\xfe\xff" + text().encode("utf-16-be"),
    "UTF-16 LE": text().encode("utf-16-le"),
    "UTF-16 BE": text(newline="\r\n").encode("utf-16-be"),
    "Windows-1252": text(newline="\r\n").encode("cp1252"),
    "Latin-1": text().encode("latin-1"),
    "Mac Roman": text(newline="\r").encode("mac-roman"),
    "sep=;": b"sep=;\r\n" + text(newline="\r\n").encode(),
    "sep=| with a mark": ("sep=|\n" + text(delimiter="|")).encode("utf-8-sig"),
    "sep= of a tab": ("sep=\t\n" + text(delimiter="\t")).encode("utf-16"),
    "title rows": text(_TITLED).encode(),
    "title rows of one cell": ("Vertaismentorointi, kevät\n\n" + text()).encode(),
    "the booker's columns in a row above": text(_BOOKED).encode(),
    "a heading over each one's columns": text(_HEADED).encode(),
    "booker and attendee named alike": text(_BOTH_NAMED, ",").encode(),
    "title rows and a two-row header": (text(_TITLED[:3]) + text(_HEADED)).encode("cp1252"),
    "repeated header names": text(_widened(_REPEATED, 0), "\t")
    .replace("\tLisätieto", "\tLisätieto\tLisätieto")
    .replace("\tx", "\tx\ty")
    .encode(),
    "quoted line breaks": _NOTED.encode(),
    "quoted line breaks, CRLF": _NOTED.replace("\n", "\r\n").encode("utf-8-sig"),
    "trailing blank rows": (text() + ";;;\n" * 50 + "\n" * 50).encode(),
    "trailing blank columns": text(_widened(ROWS, 3)).encode(),
    "blank rows in the middle": text(_GAP).encode(),
    "no newline at the end": text().rstrip("\n").encode(),
    "everything quoted": "".join(
        ";".join(f'"{cell}"' for cell in row) + "\n" for row in ROWS
    ).encode(),
    "xlsx": xlsx(),
    "xlsx with whole numbers as decimals": xlsx([HEADER, *((*p[:3], float(p[3])) for p in PEOPLE)]),
    "xlsx with titles and blanks": xlsx(_widened([*_TITLED, [], []], 2)),
    "xlsx with a two-row header": xlsx(
        [[None if cell == "" else cell for cell in row] for row in _HEADED]
    ),
    "ods": ods(),
    "ods with titles": ods(_TITLED),
}
