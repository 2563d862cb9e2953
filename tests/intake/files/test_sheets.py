"""Which sheet of a workbook is read, and which of its rows a person does not see."""

from __future__ import annotations

import io

import pytest

from tests.exports import PEOPLE, ROWS
from vermegroup.domain.findings import Severity
from vermegroup.intake import read_roster
from vermegroup.rulebooks.read import default_rulebook

IDS = [person[0] for person in PEOPLE]
COVER = [["Vertaismentorointi 2026"], ["Laatija", "T. Esimerkki"]]
GUIDE = [["Sarake", "Selitys"], ["Nimi", "Kirjoita etu- ja sukunimi"], ["Kunta", "Työpaikan kunta"]]
COUNTS = [["Kommun", "Antal"], ["Vasa", 3], ["Åbo", 4]]
OTHERS = [ROWS[0], ("P-1", "Perui Keksitty", "Salo", 3)]


def workbook(sheets, hidden=(), rows_hidden=(), filtered=False) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows_hidden if name == "Lista" else ():
            sheet.row_dimensions[row].hidden = True
        if filtered:
            sheet.auto_filter.ref = "A1:D41"
    book.active = next(at for at, name in enumerate(sheets) if name not in hidden)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("sheets", "hidden"),
    [
        ({"Kansi": COVER, "Lista": ROWS}, ()),
        ({"Ohje": GUIDE, "Lista": ROWS, "Taul3": []}, ()),
        ({"Sammandrag": COUNTS, "Lista": ROWS, "Kansi": COVER}, ()),
        ({"Taul1": [], "Lista": ROWS}, ()),
        ({"Vanha": OTHERS, "Lista": ROWS}, ("Vanha",)),
        ({"Old": OTHERS, "Kansi": COVER, "Lista": ROWS}, ("Old",)),
        ({"Lista": ROWS, "Peruneet": OTHERS}, ()),
    ],
)
def test_the_roster_is_found_behind_covers_guides_and_hidden_sheets(saved, sheets, hidden):
    roster, findings = read_roster(saved(workbook(sheets, hidden)), default_rulebook())
    assert roster.ids.tolist() == IDS
    [told] = [finding for finding in findings if "“Lista”" in str(finding.message)]
    assert "--sheet" in str(told.hint)
    assert all(f"“{name}”" in str(told.hint) for name in sheets)


def test_two_sheets_that_could_be_the_roster_behind_a_cover_are_asked_about(refused):
    sheets = {"Kansi": COVER, "Syksy": ROWS, "Kevät": OTHERS}
    [finding] = refused(workbook(sheets))
    assert "“Syksy” and “Kevät”" in str(finding.message)
    assert "--sheet" in str(finding.hint)


def test_a_hidden_sheet_is_read_when_it_is_named(saved):
    path = saved(workbook({"Lista": OTHERS, "Varsinainen": ROWS}, ("Varsinainen",)))
    assert read_roster(path, default_rulebook(), sheet="Varsinainen")[0].ids.tolist() == IDS


@pytest.mark.parametrize("filtered", [False, True])
def test_rows_that_are_not_shown_are_read_and_told_in_one_line(saved, filtered):
    data = workbook({"Kansi": COVER, "Lista": ROWS}, (), (3, 5, 99), filtered)
    roster, findings = read_roster(saved(data), default_rulebook())
    assert roster.ids.tolist() == IDS
    [told] = [finding for finding in findings if finding.severity is Severity.WARNING]
    assert "rows 3 and 5" in str(told.message)


def test_rows_that_another_sheet_hides_are_not_told(saved):
    data = workbook({"Lista": OTHERS, "Roster": ROWS}, ("Lista",), (2,))
    _, findings = read_roster(saved(data), default_rulebook())
    assert not [finding for finding in findings if finding.severity is Severity.WARNING]


def test_rows_filtered_out_of_an_open_document_are_told(saved):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Lista")
    for at, row in enumerate(ROWS):
        line = TableRow(visibility="filter") if at in (2, 7) else TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    file = io.BytesIO()
    document.write(file)
    roster, findings = read_roster(saved(file.getvalue()), default_rulebook())
    assert roster.ids.tolist() == IDS
    [told] = [finding for finding in findings if finding.severity is Severity.WARNING]
    assert "rows 3 and 8" in str(told.message)
