"""Workbooks are read back as openpyxl reads them, and printed as LibreOffice does."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.export.examples import EVERY, handout_of
from tests.export.hostile import WAITING, hostile_groups, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.domain.findings import Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.rendered import Every, Meetings, Rendered, Wanted
from vermegroup.export.xlsx import workbook

AINO = Member("1", "Aino Keksitty", "aino@example.org", 2, leads=True, shown=("00123",))
PYRY = Member("2", "Pyry Keksitty", "", 3, shown=("Turku",))
HELKA = Member("3", "Helka Keksitty", "helka@example.org", 4, shown=("",))
FACTS = GroupFacts("G01", "Tiistai", place="Sali", first_meeting=date(2027, 1, 18), time="15:00")
GROUP = HandoutGroup("G01", (AINO, PYRY, HELKA), FACTS, {"times": ("ti 15-16", "ke 9-10")})


def handout(*groups: HandoutGroup, waiting: tuple[Member, ...] = ()) -> Handout:
    return Handout("kevat.csv", "kevat", groups, waiting, ("Koodi",))


def read(rendered: Rendered) -> Workbook:
    return load_workbook(io.BytesIO(rendered.files["groups.xlsx"]))


def rows(sheet: Worksheet) -> list[list[object]]:
    return [["" if cell is None else cell for cell in row] for row in sheet.values]


def width(sheet: Worksheet, column: int) -> float:
    """Columns of one width stand together in the file."""
    spans = sheet.column_dimensions.values()
    return next(span.width for span in spans if span.min <= column <= span.max)


def test_the_overview_has_a_row_for_each_group_with_addresses_to_paste() -> None:
    book = read(workbook(handout(GROUP), Wanted("fi")))
    header, row = rows(book["Yleiskatsaus"])
    assert dict(zip(header, row, strict=True)) == {
        "Ryhmä": "G01",
        "Nimi": "Tiistai",
        "Vetäjä": "Aino Keksitty",
        "Henkilöitä": 3,
        "Sähköpostiosoitteet": "aino@example.org; helka@example.org",
        "Yhteiset ajat": "ti 15-16, ke 9-10",
        "Paikka": "Sali",
        "Ensimmäinen tapaaminen": datetime(2027, 1, 18),
        "Kellonaika": "klo 15.00",
    }


def test_the_first_meeting_is_where_a_calendar_has_it() -> None:
    """Asked for from a Monday on, the group meets at its common hour: on Tuesday."""
    group = replace(GROUP, facts=None)
    asked = Meetings(date(2027, 1, 18), every=Every.WEEK, count=6)
    header, row = rows(read(workbook(handout(group), Wanted(meetings=asked)))["Overview"])
    told = dict(zip(header, row, strict=True))
    assert (told["First meeting"], told["Time"]) == (datetime(2027, 1, 19), "15:00")
    assert told["Repeats"] == "every week, 6 meetings"


@pytest.mark.parametrize(
    ("language", "form"), [("fi", "d.m.yyyy"), ("sv", "d.m.yyyy"), ("en", "yyyy-mm-dd")]
)
def test_a_day_is_a_day_in_the_form_of_the_language(language: str, form: str) -> None:
    sheet = read(workbook(handout(GROUP), Wanted(language))).worksheets[0]
    days = [cell for row in sheet.rows for cell in row if cell.is_date]
    assert [(cell.value, cell.number_format) for cell in days] == [(datetime(2027, 1, 18), form)]


def test_everybody_stands_once_for_each_group_with_what_is_shown() -> None:
    both = HandoutGroup("G02", (AINO,))
    book = read(workbook(handout(GROUP, both), Wanted()))
    assert rows(book["Everybody"]) == [
        ["Group", "Name of the group", "Name", "E-mail", "Koodi"],
        ["G01", "Tiistai", "Aino Keksitty", "aino@example.org", "00123"],
        ["G01", "Tiistai", "Pyry Keksitty", "", "Turku"],
        ["G01", "Tiistai", "Helka Keksitty", "helka@example.org", ""],
        ["G02", "", "Aino Keksitty", "aino@example.org", "00123"],
    ]


def test_each_group_has_a_sheet_and_who_waits_only_where_somebody_does() -> None:
    assert read(workbook(handout(GROUP), Wanted())).sheetnames == [
        "Overview",
        "Everybody",
        "Tiistai (G01)",
    ]
    book = read(workbook(handout(GROUP, waiting=(PYRY,)), Wanted()))
    assert book.sheetnames[2:] == ["In the queue", "Tiistai (G01)"]
    assert [row[0] for row in rows(book["In the queue"])] == ["Name", "Pyry Keksitty"]
    told = rows(book["Tiistai (G01)"])
    assert told[0][0] == "Tiistai (G01)"
    assert ["Place", "Sali", ""] in told
    assert told[-4:] == [["Name", "E-mail", "Koodi"], *(list(row[2:]) for row in GROUP_ROWS)]


GROUP_ROWS = tuple(
    ("G01", "Tiistai", member.name, member.email, *member.shown) for member in GROUP.members
)


def test_who_has_no_address_is_told_and_of_nobody_s_once() -> None:
    found = workbook(handout(GROUP), Wanted()).findings
    assert [(each.row, each.severity) for each in found] == [(3, Severity.WARNING)]
    nobody = replace(GROUP, members=(PYRY, replace(PYRY, id="4", row=9)))
    rendered = workbook(handout(nobody), Wanted())
    assert [each.row for each in rendered.findings] == [None]
    assert "E-mail" not in rows(read(rendered)["Everybody"])[0]


@pytest.mark.parametrize("name", EVERY)
def test_every_example_is_read_back_and_can_be_worked_with(name: str) -> None:
    groups = handout_of(name)
    book = read(workbook(groups, Wanted("fi")))
    overview, everybody, *_others = book.worksheets
    people = [[group.id, member.name, member.email] for group, member in groups.members()]
    header, *told = rows(everybody)
    places = [0, header.index("Nimi"), header.index("Sähköposti")]
    assert [[row[place] for place in places] for row in told] == people
    assert [row[0] for row in rows(overview)[1:]] == [group.id for group in groups.groups]
    for sheet in (overview, everybody):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    assert len(book.worksheets) == 2 + len(groups.groups) + bool(groups.waiting)


@pytest.mark.parametrize("name", ["kevat", "kolmesataa"])
def test_sheets_are_laid_out_for_paper(name: str) -> None:
    book = read(workbook(handout_of(name), Wanted()))
    for sheet in book.worksheets:
        header = 1 if sheet.freeze_panes else 1 + [row[0] for row in rows(sheet)].index("Name")
        assert sheet.print_title_rows == f"${header}:${header}"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.right.text or "Page" in sheet.oddFooter.right.text
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column[header - 1 :])
            assert width(sheet, column[0].column) >= min(longest, 16)
    assert book.worksheets[0].page_setup.orientation == "landscape"


def test_what_is_wrapped_has_room() -> None:
    members = tuple(
        replace(AINO, id=str(at), email=f"aino.keksitty.{at}@example.org") for at in range(12)
    )
    sheet = read(workbook(handout(replace(GROUP, members=members)), Wanted()))["Overview"]
    column = next(cell.column for cell in sheet[1] if cell.value == "E-mail addresses")
    text = str(sheet.cell(2, column).value)
    lines = len(text) / width(sheet, column)
    assert sheet.row_dimensions[2].height >= 15 * lines


def test_nothing_in_a_text_is_run_and_nothing_is_lost(tmp_path: Path) -> None:
    path = hostile_groups(tmp_path)
    groups = read_handout(str(path), ("Yksikkö",), RulebookChoice(), AS_IT_IS).handout
    rendered = workbook(groups, Wanted())
    book = read(rendered)
    cells = [cell for sheet in book.worksheets for row in sheet.rows for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    found = {cell.value for row in book["Everybody"].rows for cell in row}
    for _group, member in groups.members():
        assert {member.name, member.email, *member.shown} <= found
    assert {group.facts.name for group in groups.groups if group.facts} <= found
    assert [row[0] for row in rows(book["In the queue"])][1:] == ["=Jonossa()"]
    assert groups.waiting[0].id == WAITING
    parts = zipfile.ZipFile(io.BytesIO(rendered.files["groups.xlsx"]))
    text = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in text
    assert b"TargetMode" not in text
    edited = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "'"))]
    assert edited
    assert all(cell.quotePrefix for cell in edited)


def test_controls_and_line_breaks_make_no_workbook_that_cannot_be_opened() -> None:
    groups = raw_handout()
    book = read(workbook(groups, Wanted()))
    assert len(rows(book["Everybody"])) == 1 + sum(len(each.members) for each in groups.groups)


def test_a_text_too_long_for_a_cell_is_told() -> None:
    long = replace(PYRY, shown=("x" * 40_000,))
    rendered = workbook(handout(replace(GROUP, members=(AINO, long))), Wanted())
    told = [each for each in rendered.findings if "32767" in str(each)]
    assert [(each.row, each.severity, len(each.value or "") < 100) for each in told] == [
        (3, Severity.WARNING, True)
    ]
    assert len(str(rows(read(rendered)["Everybody"])[2][-1])) == 32_767


def test_beyond_a_hundred_groups_there_is_no_sheet_for_each() -> None:
    groups = [HandoutGroup(f"G{at:03}", (replace(AINO, id=str(at)),)) for at in range(101)]
    rendered = workbook(handout(*groups), Wanted())
    assert len(read(rendered).sheetnames) == 2
    assert [each for each in rendered.findings if "100 groups" in str(each)]
    assert len(read(workbook(handout(*groups[:100]), Wanted())).sheetnames) == 102


def test_more_people_than_a_sheet_has_rows_are_no_workbook() -> None:
    rendered = workbook(handout(replace(GROUP, members=(AINO,) * 1_048_576)), Wanted())
    assert rendered.files == {}
    assert [each.severity for each in rendered.findings] == [Severity.ERROR]


def test_equal_groups_give_equal_bytes_without_a_time_of_their_own() -> None:
    first, second = (workbook(handout_of("kevat"), Wanted("sv")) for _time in range(2))
    assert first == second
    made = read(first).properties
    assert (made.title, made.created, made.modified) == (
        "kevat",
        datetime(2000, 1, 1),
        datetime(2000, 1, 1),
    )


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["kevat", "verkossa", "kolmesataa"])
def test_libreoffice_prints_a_page_for_each_group_and_few_before(name: str, tmp_path: Path) -> None:
    if (soffice := shutil.which("soffice")) is None or shutil.which("pdfinfo") is None:
        pytest.skip("LibreOffice (soffice) and poppler (pdfinfo) are not installed")
    groups = handout_of(name)
    path = tmp_path / "groups.xlsx"
    path.write_bytes(workbook(groups, Wanted("fi")).files["groups.xlsx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    info = subprocess.run(
        ["pdfinfo", tmp_path / "groups.pdf"], check=True, capture_output=True, text=True
    ).stdout
    fields = dict(line.split(":", 1) for line in info.splitlines())
    assert "A4" in fields["Page size"]
    people = sum(len(group.members) for group in groups.groups)
    # At least 40 people stand on a page, and 10 groups.
    most = len(groups.groups) + -(-people // 40) + -(-len(groups.groups) // 10)
    assert len(groups.groups) + 2 <= int(fields["Pages"]) <= most
