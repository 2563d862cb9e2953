"""Archives with a table in them, tables in one column, and documents that are no tables."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from tests.exports import PEOPLE, ROWS, SAVED, text, xlsx
from vermegroup.domain.findings import RosterError
from vermegroup.intake import read_grouping, read_roster
from vermegroup.intake.people.membership import look_at_members
from vermegroup.intake.pipeline import ReadOptions
from vermegroup.report.folder import default_folder
from vermegroup.rulebooks.read import default_rulebook, rulebook_from_text

IDS = [person[0] for person in PEOPLE]
ANY = "rules:\n  - place_everyone\n"


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__dot__", "."), content)
    return file.getvalue()


PACKED = {
    "zip": zipped(**{"Vastaukset.csv": SAVED["commas"]}),
    "zip of a folder, by a Mac": zipped(
        **{"lista/": b"", "lista/Svar.csv": text().encode(), "__MACOSX/lista/._Svar.csv": b"\0"}
    ),
    "zip of a workbook": zipped(**{"Responses.xlsx": xlsx(), "readme.pdf": b"%PDF"}),
    "zip of tabs": zipped(**{"export.tsv": SAVED["tabs"]}),
    "gzip": gzip.compress(SAVED["Excel in Finland"]),
    "gzip in two parts": gzip.compress(text().encode()[:100])
    + gzip.compress(text().encode()[100:]),
    "gzip of a workbook": gzip.compress(xlsx()),
}


@pytest.mark.parametrize("kind", PACKED)
def test_the_one_table_in_an_archive_is_read(read, kind):
    roster, _ = read(PACKED[kind])
    assert roster.ids.tolist() == IDS


# By name, not by content: an archive holds the time at which it was packed.
NO_TABLE = {
    "two tables": (
        zipped(**{"a.csv": text().encode(), "b.csv": b"x"}),
        "“a.csv” and “b.csv”",
    ),
    "a picture": (zipped(**{"kuva.png": b"\x89PNG", "__MACOSX/._a.csv": b""}), "no table in it"),
    "half of it": (gzip.compress(text().encode())[:60], "damaged or was cut short"),
    "vast": (gzip.compress(b"0" * 30_000_000), "unpacks to far more"),
    "vast in a zip": (zipped(**{"a.csv": b"0" * 30_000_000}), "unpacks to far more"),
    "Word": (
        zipped(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}),
        "Word document",
    ),
    "Writer": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "text document"),
    "PowerPoint": (zipped(**{"ppt/presentation.xml": b"<p/>"}), "presentation"),
    "Numbers": (zipped(**{"Index/Document.iwa": b"x"}), "Numbers"),
}


@pytest.mark.parametrize("kind", NO_TABLE)
def test_what_holds_no_table_is_called_by_its_name(refused, kind):
    data, told = NO_TABLE[kind]
    [finding] = refused(data)
    assert told in str(finding.message)
    assert finding.hint


def test_groups_in_an_archive_are_written_again_as_a_table(saved):
    rows = [(*row, "ryhmä" if row is ROWS[0] else f"G{at % 10}") for at, row in enumerate(ROWS)]
    path = saved(gzip.compress(text(rows).encode()))
    assert read_grouping(path, default_rulebook())[1].groups == 10
    assert look_at_members(path, None, ReadOptions(default_rulebook())).text is None


@pytest.mark.parametrize("name", ["lista.csv.zip", "a/lista.csv.gz", "lista.csv", "lista.zip"])
def test_the_folder_is_called_after_the_table(name):
    assert str(default_folder(name)) == "lista-groups"


def _quoted(rows: list[list[str]], mark: str) -> str:
    """A CSV whose lines stand in one cell each, as a spreadsheet saves them again."""
    lines = (mark.join(f'""{cell}""' for cell in row) for row in rows)
    return "".join(f'"{line}"\r\n' for line in lines)


CELLS = [list(map(str, row)) for row in ROWS]
ONE_COLUMN = {
    "commas": _quoted(CELLS, ",").encode("utf-8-sig"),
    "semicolons": _quoted(CELLS, ";").encode(),
    "a title above": ('"Ilmoittautuneet 2026"\r\n' + _quoted(CELLS, ",")).encode(),
    "a blank row": (_quoted(CELLS[:9], ",") + "\r\n" + _quoted(CELLS[9:], ",")).encode(),
    "a workbook": xlsx([[",".join(row)] for row in CELLS]),
    "a workbook with quotation marks": xlsx(
        [[",".join(f'"{cell}"' for cell in row)] for row in CELLS]
    ),
    "a workbook with tabs": xlsx([["\t".join(row)] for row in CELLS]),
}


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_a_table_in_one_column_is_split(read, kind):
    roster, findings = read(ONE_COLUMN[kind])
    assert roster.ids.tolist() == IDS
    assert any("stands in one column" in str(finding) for finding in findings)


def test_a_table_in_one_column_is_split_where_no_header_is_known(read):
    data = '"pata,hertta,ruutu"\n"1,2,3"\n"4,5,6"\n'
    rules = "columns: {id: pata}\nrules:\n  - different: hertta\n"
    assert read(data.encode(), rules)[0].ids.tolist() == ["1", "4"]


@pytest.mark.parametrize(
    "data",
    [
        'Nimi\n"Keksitty, Aino"\n"Kuviteltu, Bo"\n',
        "Nimi (suku, etu)\nAino\nBo\n",
        'Nimi\n"Keksitty, ""Aino"\n"Kuviteltu, Bo"\n',
    ],
)
def test_names_with_commas_are_no_table_in_one_column(read, data):
    roster, _ = read(data.encode(), ANY)
    assert roster.table.cells.shape == (2, 1)


def test_rows_of_a_split_table_are_counted_as_the_spreadsheet_counts_them(read):
    rows = [*CELLS[:5], ["SYN-99", "Bo Kuviteltu", "Salo", "paljon"]]
    with pytest.raises(RosterError) as stopped:
        read(('"Otsikko"\n' + _quoted(rows, ",")).encode())
    assert [finding.row for finding in stopped.value.findings] == [7]


def test_an_archive_is_hashed_as_it_stands_on_disk(saved):
    import hashlib

    path = saved(PACKED["zip"])
    roster, _ = read_roster(path, rulebook_from_text(ANY, "rules.yaml"))
    assert roster.table.sha256 == hashlib.sha256(PACKED["zip"]).hexdigest()
