"""Whatever the bytes are, the answer is a roster or findings.

``VERMEGROUP_EXAMPLES=10000 pytest tests/intake/test_anything.py`` tries harder than usual.
"""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.exports import PEOPLE, SAVED, ods, xlsx
from vermegroup.domain.findings import RosterError
from vermegroup.domain.roster import Roster
from vermegroup.intake import read_grouping, read_roster
from vermegroup.rulebooks.read import default_rulebook

EXAMPLES = int(os.environ.get("VERMEGROUP_EXAMPLES", "300"))
WORKBOOKS = [xlsx(), ods(), xlsx(first=["Ohje"])]
TEXTS = [data for data in SAVED.values() if not data.startswith(b"PK")]
PIECES = [
    b"",
    b"\0",
    b"\xff",
    b'"',
    b"'=",
    b";",
    b"\r",
    b"\n",
    b"\xc3",
    b"sep=;\n",
    b"\xef\xbb\xbf",
]
STARTS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7",
    b"\xff\xfe",
    b"<html>",
]


@st.composite
def damaged(draw, originals):
    """A file with pieces overwritten, put in or cut away, perhaps cut short."""
    data = bytearray(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 1, 2, 30]))
        data[place : place + length] = draw(st.sampled_from(PIECES) | st.binary(max_size=6))
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])


@st.composite
def damaged_inside(draw):
    """A workbook that is a sound zip, with damage in one of its parts."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draw(st.sampled_from(WORKBOOKS)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hurt = draw(st.sampled_from(sorted(parts)))
    parts[hurt] = draw(damaged([parts[hurt]]))
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved.getvalue()


def anything():
    some = st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=400))
    return st.one_of(some, damaged(TEXTS), damaged(WORKBOOKS), damaged_inside())


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(data=anything())
@example(data=b"PK\x05\x06" + bytes(18))
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b"sep==\na=b\n")
@example(data=b"sep='\na'b\n")
@example(data=b"\xef\xbb\xbf")
@example(data=b"vuosina\na;Salo;1\n\nb;Pori;2\n")
@example(data=b"id;kunta;vuodet\n" + b'"' * 5)
@pytest.mark.parametrize("reader", [read_roster, read_grouping])
def test_any_bytes_are_a_roster_or_a_finding(tmp_path_factory, reader, data):
    path = tmp_path_factory.getbasetemp() / f"{reader.__name__}.csv"
    path.write_bytes(data)
    try:
        roster, *_ = reader(path, default_rulebook())
    except RosterError as stopped:
        answer = stopped.findings
    else:
        answer = ("a roster",)
        assert isinstance(roster, Roster)
        assert len(roster) <= len(roster.table.cells) == len(roster.table.row_numbers)
    assert answer


def edited(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one of its parts changed."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive, zipfile.ZipFile(saved, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            changed.writestr(name, content.replace(old, new) if name == part else content)
    return saved.getvalue()


FAR = edited(xlsx(), "xl/worksheets/sheet1.xml", b'r="D41"', b'r="XFD1048576"')
FILLED = b"""<table:table-row table:number-rows-repeated="100000"><table:table-cell
 table:number-columns-repeated="3000" office:value-type="float" office:value="1"/></table:table-row>
</table:table>"""
VAST = edited(ods(), "content.xml", b"</table:table>", FILLED)
BLANK = FILLED.replace(b' office:value-type="float" office:value="1"', b"")


BOMB = edited(
    xlsx(),
    "xl/workbook.xml",
    b"<workbook",
    b"""<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook""",
)


def zipped(**parts: str) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = {
    "nothing": (b"", "empty"),
    "zero bytes alone": (bytes(1000), "empty"),
    "a byte order mark alone": (b"\xff\xfe", "empty"),
    "an empty sheet": (xlsx([]), "sheet is empty"),
    "a workbook cut short": (xlsx()[:-500], "damaged"),
    "a document of words": (zipped(**{"word/document.xml": "<w/>"}), "Word document"),
    "an old workbook": (OLE + "Workbook".encode("utf-16-le"), ".xls"),
    "a workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "an image": (b"\x89PNG\r\n\x1a\n", "image"),
    "a web page": (b"\n<!DOCTYPE html><table><tr><td>Tunnus", "web page"),
    "a packed file": (b"7z\xbc\xaf\x27\x1c", "packed"),
    "an archive cut short": (b"\x1f\x8b\x08\x00", "cut short"),
    "one endless line": (b"x" * 3_000_000, "too long"),
    "one line of endless cells": (b"x;" * 1_500_000, "too long"),
    "more columns than there can be": (b"x;" * 20_000 + b"\n", "more columns"),
    "a cell far away": (FAR, "too large"),
    "a million filled rows": (VAST, "too large"),
    "a part cut short": (edited(ods(), "content.xml", b"</table:table>", b""), "damaged"),
    "entities within entities": (BOMB, "damaged"),
    "UTF-16 cut short": (b"\xff\xfe" + "Tunnus;Kunta".encode("utf-16-le") + b"x", "damaged"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_table_is_called_by_its_name_once(refused, data, words):
    [finding] = refused(data)
    assert words in str(finding.message)
    assert finding.hint is not None


def test_blank_rows_that_only_have_a_format_do_not_count(read):
    formatted = edited(ods(), "content.xml", b"</table:table>", BLANK)
    roster, _ = read(formatted)
    assert len(roster) == len(roster.table.cells) == len(PEOPLE)


def test_a_broken_letter_is_no_reason_to_read_all_others_wrong(refused):
    lines = "Tunnus;Kunta;Vuodet\na;Jyväskylä;1\nb;Ähtäri;2\nc;Pöytyä;3\n".encode()
    findings = refused(lines.replace("Ä".encode(), b"\xc4"))
    assert [(finding.row, finding.value) for finding in findings] == [(3, "�htäri")]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
        ("mac-roman", "Mac Roman"),
        ("cp850", "DOS 850"),
    ],
)
def test_the_encoding_that_was_assumed_is_told(read, encoding, name):
    towns = ["Jyväskylä", "Ähtäri", "Pöytyä", "Närpiö", "Hämeenlinna", "Nykarleby", "Åbo"]
    lines = "".join(f"p{place};{town};{place}\n" for place, town in enumerate(towns))
    roster, findings = read(f"Tunnus;Kunta;Vuodet\n{lines}".encode(encoding))
    assert roster.table.cells["Kunta"].tolist() == towns
    assert any(name in str(finding.message) for finding in findings)
