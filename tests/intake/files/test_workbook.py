"""What a workbook's cells show, held against another reader of workbooks."""

from __future__ import annotations

import datetime as dt
import io
import random
from xml.sax.saxutils import escape, quoteattr

import pytest
from python_calamine import load_workbook

from tests.intake.files import vast
from vermegroup.intake.files.workbook import read_workbook
from vermegroup.intake.ledger import Ledger

FORMATS = (
    *("General", "0.00", "yyyy-mm-dd", "d.m.yyyy", "[h]:mm", "h:mm AM/PM", '0.00" d"', "@"),
    *("#,##0\\ [$€-40B]", "[Red]0.00", "[$-40B]d. mmmm yyyy;@", "0.0%", "[mm]:ss", "mm:ss.0"),
    *("_-* #,##0.00_-;-* #,##0.00_-", "\\d0", '"Y: "0;"m"', "0;[Red]-0", "# ?/?", "*-0", "yy/mm"),
    *("[>=100][Magenta][s].00", 'm"M"d"D";@', "[Blue]\\+[h]:mm", "[$-F800]dddd\\,\\ mmmm dd"),
)
NUMBERS = (
    *("0", "1", "007", "12.0", "2.5", "1e5", "1E-3", "45000", "45000.5", "0.25", "59", "60", "61"),
    *("0.999", "0.1", "100000", "44927.3333333333", "43831.9999884259"),
)
KINDS = ("0", "1", "9", "14", "18", "22", "27", "45", "46", "47", "49", "58", "164", "165", "166")


def shown(cell: object) -> str:
    """The other reader's cell as text."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        whole = abs(cell) < 1e15 and cell == int(cell)
        return str(int(cell)) if whole else f"{cell:.15g}".replace(".", ",")
    if isinstance(cell, dt.datetime):
        return str(cell.date() if cell.time() == dt.time() else cell)
    return str(cell)


def theirs(data: bytes) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(data)).get_sheet_by_index(0)
    return trimmed([list(map(shown, row)) for row in sheet.to_python(skip_empty_area=False)])


def ours(data: bytes) -> list[list[str]]:
    return trimmed(read_workbook(data, None, Ledger("")).rows)


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Without blank rows at the end and blank columns at the right."""
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows]


def word(chance: random.Random) -> str:
    return "".join(chance.choices("abÅäö <&\"'\n\té日_x0041_", k=chance.randint(1, 6)))


def text(chance: random.Random) -> str:
    return f'<t xml:space="preserve">{escape(word(chance))}</t>'


def excel_cell(chance: random.Random, reference: str) -> str:
    style = f'<c{reference} s="{chance.randint(0, 5)}"'
    day = f"2024-0{chance.randint(1, 9)}-11{chance.choice(('', 'T10:20:30'))}"
    rich = f"<r>{text(chance)}</r><r><rPr/>{text(chance)}</r><rPh><t>say</t></rPh>"
    return chance.choice(
        (
            f"{style}><v>{chance.choice(NUMBERS)}</v></c>",
            f'{style} t="n"><f>A1+1</f><v>{chance.choice(NUMBERS)}</v></c>',
            f'{style} t="s"><v>{chance.randint(0, 4)}</v></c>',
            f'{style} t="str"><f>A1</f><v>{escape(word(chance))}</v></c>',
            f'{style} t="inlineStr"><is>{text(chance)}</is></c>',
            f'{style} t="inlineStr"><is>{rich}</is></c>',
            f'{style} t="b"><v>{chance.randint(0, 1)}</v></c>',
            f'{style} t="e"><v>#N/A</v></c>',
            f'{style} t="d"><v>{day}</v></c>',
            f"{style}/>",
        )
    )


def excel(chance: random.Random) -> bytes:
    """A workbook of cells of every kind, some with gaps between them, some without references."""
    rows, y = "", 0
    for _ in range(chance.randint(1, 6)):
        y, x = y + chance.randint(1, 3), 0
        cells = ""
        for _ in range(chance.randint(0, 5)):
            gap = chance.choice((0, 0, 1))
            x += gap
            named = gap or chance.random() < 0.5
            cells += excel_cell(chance, f' r="{chr(65 + x)}{y}"' if named else "")
            x += 1
        rows += f'<row r="{y}">{cells}</row>'
    formats = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(chance.choice(FORMATS))}/>'
        for i in range(3)
    )
    used = "".join(f'<xf numFmtId="{chance.choice(KINDS)}"/>' for _ in range(6))
    strings = "".join(
        chance.choice((f"<si>{text(chance)}</si>", f"<si><r>{text(chance)}</r></si>"))
        for _ in range(5)
    )
    styles = f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{used}</cellXfs>'
    return vast.xlsx(
        rows,
        book=chance.choice(("", '<workbookPr date1904="1"/>', "<workbookPr/>")),
        sharedStrings=f"<sst>{strings}</sst>",
        styles=f"<styleSheet><numFmts>{formats}</numFmts>{styles}</styleSheet>",
    )


def document_cell(chance: random.Random) -> str:
    def cell(kind: str, value: str, inside: str = "<text:p>shown</text:p>") -> str:
        times = chance.choice(("", ' table:number-columns-repeated="2"'))
        kept = f'office:value-type="{kind}"{value}{times}'
        return f"<table:table-cell {kept}>{inside}</table:table-cell>"

    text = escape(word(chance))
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    number = f' office:value="{chance.choice(("1", "2.5", "-3", "1e5"))}"'
    day = f"2024-01-0{chance.randint(1, 9)}{chance.choice(('', 'T10:00:00', 'T00:00:00'))}"
    hours = f"PT{chance.randint(10, 30)}H0{chance.randint(0, 9)}M00S"
    return chance.choice(
        (
            cell("string", "", f"<text:p>{text}</text:p>"),
            cell("string", "", f"{note}<text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p>"),
            cell("string", "", "<text:p>a<text:span>b<text:a>c</text:a></text:span></text:p>"),
            cell("string", ' office:string-value="held"'),
            cell(chance.choice(("float", "percentage", "currency")), number),
            cell("boolean", f' office:boolean-value="{chance.choice(("true", "false"))}"'),
            cell("date", f' office:date-value="{day}"'),
            cell("time", f' office:time-value="{hours}"'),
            "<table:covered-table-cell/>",
            vast.ods_cell("", chance.randint(1, 4)),
        )
    )


def document(chance: random.Random) -> bytes:
    """A spreadsheet document of cells of every kind, some of them repeated."""
    rows = ""
    for _ in range(chance.randint(1, 6)):
        cells = (document_cell(chance) for _ in range(chance.randint(1, 5)))
        rows += vast.ods_row(*cells, times=chance.choice((1, 1, 2, 3)))
    return vast.ods(rows)


@pytest.mark.parametrize("made", [excel, document])
def test_cells_show_what_they_show_elsewhere(made) -> None:
    for seed in range(500):
        data = made(random.Random(seed))
        assert ours(data) == theirs(data), seed


def one(cell: str, **more: str) -> str:
    """What one cell of a workbook shows."""
    return read_workbook(vast.xlsx(f"<row>{cell}</row>", **more), None, Ledger("")).rows[0][0]


def test_numbers_are_read_as_far_as_a_spreadsheet_holds_them() -> None:
    assert one("<c><v>123456789012345</v></c>") == "123456789012345"
    assert one("<c><v>12345678901234567.0</v></c>") == "1,23456789012346e+16"


@pytest.mark.parametrize("value", ["2958466", "1e9", "x", ""])
def test_what_is_no_day_stays_as_it_is(value: str) -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    cell = f'<c s="0"><v>{value}</v></c><c><v>1</v></c>'
    assert one(cell, styles=styles) == (value if value != "1e9" else "1000000000")


@pytest.mark.parametrize(
    "cell",
    [
        *('<c t="s"><v>9</v></c>', '<c t="s"><v>x</v></c>', '<c r="A0"><v>1</v></c>'),
        *('<c r="1"><v>1</v></c>', '<c r="A"><v>1</v></c>', '<c r="$A$1"><v>1</v></c>'),
        *('<row r="0"/>', '<row r="-1"/>', '<row r="x"/>', '<row r="１"/>', "<c r='Ä1'/>"),
    ],
)
def test_a_place_that_cannot_be_is_damage(cell: str, refused) -> None:
    [finding] = refused(vast.xlsx(vast.rows_xml() + f"<row>{cell}</row>"))
    assert "damaged" in str(finding.message)
