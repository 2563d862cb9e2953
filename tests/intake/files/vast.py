"""Workbooks of a few kilobytes that claim to be vast, each in a way of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PEOPLE = [("id", "municipality", "years")] + [
    (f"P{i}", ("Oulu", "Lahti", "Salo", "Kemi", "Turku")[i % 5], str(3 * i % 20)) for i in range(9)
]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved.getvalue()


def rows_xml(rows: list[tuple[str, ...]] = PEOPLE) -> str:
    """The rows of a worksheet with inline strings, cell by cell with its reference."""
    return "".join(
        f'<row r="{y}">'
        + "".join(
            f'<c r="{"ABCDEFG"[x]}{y}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for x, cell in enumerate(row)
        )
        + "</row>"
        for y, row in enumerate(rows, 1)
    )


def xlsx(
    rows: str = "",
    *,
    before: str = "",
    after: str = "",
    place: str = "worksheets/sheet1.xml",
    sheet: str | bytes | None = None,
    sheets: str = '<sheet name="S" sheetId="1" r:id="rId1"/>',
    book: str = "",
    **parts: str | bytes,
) -> bytes:
    """A workbook with one worksheet, which has these rows or is this part."""
    worksheet = f"<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    related = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("rId1", "worksheet", place),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        )
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="rId1" '
            f'Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATION}">'
            f"{book}<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
            f"xl/{place}": worksheet if sheet is None else sheet,
            **{f"xl/{name}.xml": content for name, content in parts.items()},
        }
    )


def ods(rows: str, before: str = "", after: str = "") -> bytes:
    """A spreadsheet document with one table of these rows."""
    spaces = "".join(f' xmlns:{name}="urn:{name}"' for name in ("office", "table", "text"))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'{before}<table:table table:name="S">{rows}</table:table>{after}'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_rows(rows: list[tuple[str, ...]] = PEOPLE) -> str:
    """The rows of a table, every cell a string."""
    return "".join(ods_row(*(ods_cell(cell) for cell in row)) for row in rows)


def ods_row(*cells: str, times: int | str = 1) -> str:
    """A row of a table, so many times."""
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'
    )


def ods_cell(text: str = "", times: int | str = 1) -> str:
    """A cell of a table, so many times."""
    if not text:
        return f'<table:table-cell table:number-columns-repeated="{times}"/>'
    return (
        f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def cell(reference: str | None, value: str = "1", more: str = "") -> str:
    """A number in a worksheet."""
    attribute = f' r="{reference}"' if reference else ""
    return f"<c{attribute}{more}><v>{value}</v></c>"


def vast() -> Iterator[tuple[str, bytes]]:
    """Each of them by its name."""
    yield from _far()
    yield from _many()
    yield from _bombs()
    yield from _shared()
    yield from _documents()


def _far() -> Iterator[tuple[str, bytes]]:
    people = rows_xml()
    for reference in ("XFD1048576", "xfd1048576", "XfD00001048576", "A1048576", "XFD12", "AAA999"):
        yield f"far: {reference}", xlsx(f"{people}<row>{cell(reference)}</row>")
    for reference in ("ZZZ1", "A9999999", "A99999999999999999999", "XFE1", "A1048577", "AAAA1"):
        yield f"beyond: {reference}", xlsx(f"{people}<row>{cell(reference)}</row>")
    far = f'{people}<row r="1048576">{cell("XFD1048576")}</row>'
    yield "far, single quotes", xlsx(far.replace('"', "'"))
    yield "far, the row alone says so", xlsx(f'{people}<row r="1048576">{cell(None)}</row>')
    yield "far, in a cell of a near row", xlsx(f'{people}<row r="11">{cell("XFD1048576")}</row>')
    yield "far, first of all", xlsx(f'<row r="1048576">{cell("XFD1048576")}</row>{people}')
    yield "far, columns backwards", xlsx(f"{people}<row>{cell('XFD11')}{cell('A1000000')}</row>")
    for claim in ("A1:XFD1048576", "A1", "A1:C10", "nonsense"):
        before = f'<dimension ref="{claim}"/>'
        yield f"far, dimension {claim}", xlsx(far, before=before)
    yield "far, elsewhere", xlsx(far, place="evil/s.xml")
    yield "far, no .xml", xlsx(far, place="evil/s.bin")
    yield "far, an absolute place", xlsx(far, place="/xl/worksheets/../evil/s.xml")
    prefixed = f"<x:worksheet xmlns:x='m'><x:sheetData>{people}{cell('XFD1048576')}"
    for tag in ("row", "c", "v", "is", "t"):
        prefixed = prefixed.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
    prefixed = prefixed.replace("<x:ts", "<ts")
    yield "far, prefixed", xlsx(sheet=f"{prefixed}</x:sheetData></x:worksheet>")
    entity = cell("&#88;FD1048576")
    yield "far, written with an entity", xlsx(f"{people}<row>{entity}</row>")
    diagonal = "".join(f"<row>{cell(f'XFD{20 * i + 20}')}</row>" for i in range(2000))
    yield "far, in many rows", xlsx(people + diagonal)
    utf16 = f'<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>{far}'
    utf16 += "</sheetData></worksheet>"
    yield "far, UTF-16", xlsx(sheet=utf16.encode("utf-16"))
    cp037 = utf16.replace("UTF-16", "cp037").encode("cp037")
    yield "far, EBCDIC", xlsx(sheet=cp037)
    yield "far, second sheet data", xlsx(people, after=f"<sheetData>{far}</sheetData>")


def _many() -> Iterator[tuple[str, bytes]]:
    people = rows_xml()
    yield "a million rows without cells", xlsx(people + "<row/>" * 1_000_000)
    yield "two million cells without values", xlsx(people + f"<row>{'<c/>' * 2_000_000}</row>")
    yield "two million cells", xlsx(people + f"<row>{'<c><v>1</v></c>' * 2_000_000}</row>")
    short = f"<row>{'<c><v>1</v></c>' * 100}</row>"
    yield "two million cells in rows", xlsx(people + short * 20_000)
    yield "rows that go back", xlsx(people + f'<row r="1">{cell(None)}</row>' * 300_000)
    wide = "".join(cell(None, "7") for _ in range(16_384))
    yield "as wide as can be", xlsx(f"<row>{wide}</row>{people}")
    words = ("vuodet", "kunta", "id", "nimi", "x", "y")
    names = "".join(
        f'<c t="inlineStr"><is><t>{words[i % 6]} {i}</t></is></c>' for i in range(16_384)
    )
    yield "as wide as can be, with names", xlsx(f"<row>{names}</row>" + f"<row>{wide}</row>" * 5)
    yield "as wide as can be, no header", xlsx(f"<row>{wide}</row>" * 60)
    sheets = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId1"/>' for i in range(100_000))
    yield "many sheets", xlsx(people, sheets=sheets)
    styles = "<s><cellXfs>" + '<xf numFmtId="14"/>' * 500_000 + "</cellXfs></s>"
    yield "many styles", xlsx(people, styles=styles)
    formats = "".join(f'<numFmt numFmtId="{i}" formatCode="d"/>' for i in range(200_000))
    yield "many formats", xlsx(people, styles=f"<s><numFmts>{formats}</numFmts></s>")
    parts = {f"p{i}": "" for i in range(20_000)}
    yield "many parts", xlsx(people, **parts)


def _bombs() -> Iterator[tuple[str, bytes]]:
    people = rows_xml()
    much = 60_000_000
    yield "blanks without end", xlsx(people, after=" " * much)
    yield "a comment without end", xlsx(people, after=f"<!--{'x' * much}-->")
    yield "text without end", xlsx(people, sharedStrings=f"<sst><si><t>{'x' * much}</t></si></sst>")
    yield "an attribute without end", xlsx(people, after=f"<x a='{'x' * 19_000_000}'/>")
    many = " ".join(f"a{i}=''" for i in range(1_000_000))
    yield "attributes without end", xlsx(people, after=f"<x {many}/>")
    yield "tags within tags", xlsx(people, after="<x>" * 6_000_000)
    yield "a value of figures", xlsx(f"{people}<row>{cell(None, '1' * 19_000_000)}</row>")
    yield "a cell of text", xlsx(f'{people}<row><c t="str"><v>{"x" * 19_000_000}</v></c></row>')
    yield "many short texts", xlsx(people, sharedStrings=f"<sst>{'<si/>' * 4_000_000}</sst>")
    yield "a workbook without end", xlsx(people, sheets=" " * much)
    doctype = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
    yield "entities", xlsx(sheet=f"{doctype}<worksheet>&b;</worksheet>")
    honest = xlsx(people, after=" " * 19_000_000)
    size = 19_000_000 + len(f"<worksheet {_MAIN}><sheetData>{people}</sheetData></worksheet>")
    yield (
        "a size that is a lie",
        honest.replace(size.to_bytes(4, "little"), (4_000).to_bytes(4, "little")),
    )


def _shared() -> Iterator[tuple[str, bytes]]:
    people = rows_xml()
    long = f"<sst><si><t>{'x' * 32_000}</t></si></sst>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>"
    yield "a long text that many cells share", xlsx(people + row * 10_000, sharedStrings=long)
    yield "a long text that some cells share", xlsx(people + row * 25, sharedStrings=long)
    claim = long.replace("<sst>", '<sst count="4000000000" uniqueCount="4000000000">')
    yield "a claim of many texts", xlsx(people, sharedStrings=claim)


def _documents() -> Iterator[tuple[str, bytes]]:
    people, one = ods_rows(), ods_cell("x")
    for rows, columns in (
        (1_048_576, 1), (1, 16_384), (1_048_576, 16_384), (1000, 1000), (10**9, 1), (1, 10**9),
        (10**30, 10**30), (100_000, 3), (5, 16_384),
    ):  # fmt: skip
        yield (
            f"ods: {rows} times {columns}",
            ods(people + ods_row(ods_cell("x", columns), times=rows)),
        )
    for rows, columns in ((1_048_566, 0), (0, 16_383), (1_048_566, 16_383), (10**9, 10**9)):
        far = ods_row(times=rows) if rows else ""
        gap = ods_cell("", columns) if columns else ""
        yield f"ods: after {rows} rows and {columns} columns", ods(people + far + ods_row(gap, one))
    yield "ods: blank to the end", ods(people + ods_row(ods_cell("", 16_000), times=1_048_000))
    claim = ods_row(ods_cell("x", 16_384))
    yield "ods: wide again and again", ods(people + claim * 20_000)
    yield (
        "ods: a long text again and again",
        ods(people + ods_row(ods_cell("x" * 30_000, 20), times=10_000)),
    )
    yield "ods: spaces", ods(people + ods_row(ods_cell('a<text:s text:c="1000000000"/>' * 1000)))
    table = f'<table:table table:name="T">{claim}</table:table>'
    yield "ods: many tables", ods(people, after=table * 20_000)
    yield "ods: tables within tables", ods(people + "<table:table>" * 300_000)
    yield "ods: many rows", ods(people + ods_row(one) * 300_000)
    yield "ods: many cells", ods(people + ods_row(one * 16_000) * 20)
    yield "ods: figures that are none", ods(people + ods_row(ods_cell("x", "１０")))
    negative = ods_row(ods_cell("x", -5), times=-7)
    yield "ods: less than none", ods(people + negative)
    yield "ods: blanks without end", ods(people, after=" " * 60_000_000)
