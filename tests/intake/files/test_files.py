"""The same people, saved in the ways in which people save them."""

from __future__ import annotations

import hashlib
import io
import sys

import numpy as np
import pytest

from vermegroup.domain.findings import Severity
from vermegroup.intake import read_roster

LINES = ["Tunnus{d}Kunta{d}Työkokemus vuosina", "a{d}Äänekoski{d}1", "b{d}Åbo{d}2"]


def text(delimiter: str = ";", newline: str = "\n") -> str:
    return newline.join([line.format(d=delimiter) for line in LINES]) + newline


SAVED = {
    "semicolons": text().encode(),
    "commas": text(",").encode(),
    "tabs": text("\t").encode(),
    "byte order mark": text().encode("utf-8-sig"),
    "CRLF": text(newline="\r\n").encode(),
    "CR": text(newline="\r").encode(),
    "Excel in Finland": text(newline="\r\n").encode("utf-8-sig"),
    "Windows-1252": text().encode("cp1252"),
    "no newline at the end": text().rstrip("\n").encode(),
    "trailing blank rows": (text() + ";;\n  ;;\n\n\n").encode(),
    "blank row first": ("\n" + text()).encode(),
    "blank row in the middle": text().replace("\nb", "\n;;\n\nb").encode(),
    "trailing blank columns": text().replace("\n", ";;\n").encode(),
    "rows of uneven blank length": text().replace("1\n", "1;;;\n").encode(),
    "everything quoted": text('";"').replace("\n", '"\n"').join('""').removesuffix('""').encode(),
    "decomposed letters": text().replace("Ä", "A\u0308").replace("Å", "A\u030a").encode(),
    "spaces around cells": text(" ; ").encode(),
    "no-break space": text(";\u00a0").encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED.keys())
def test_the_same_people_are_read_from_every_kind_of_file(read, data):
    roster, _ = read(data)
    municipality, years = roster.categories["municipality"], roster.numbers["years"]
    assert roster.ids.tolist() == ["a", "b"]
    assert [municipality.values[code] for code in municipality.codes] == ["Äänekoski", "Åbo"]
    assert (years.ticks / years.per_unit).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding", "newline"),
    [
        ("semicolons", ";", "utf-8", "\n"),
        ("commas", ",", "utf-8", "\n"),
        ("tabs", "\t", "utf-8", "\n"),
        ("CR", ";", "utf-8", "\r"),
        ("Excel in Finland", ";", "utf-8-sig", "\r\n"),
        ("Windows-1252", ";", "cp1252", "\n"),
    ],
)
def test_the_table_remembers_how_it_was_saved(read, name, delimiter, encoding, newline):
    table = read(SAVED[name])[0].table
    assert (table.delimiter, table.encoding, table.newline) == (delimiter, encoding, newline)
    assert table.sha256 == hashlib.sha256(SAVED[name]).hexdigest()
    assert table.name == "roster.csv"


def test_windows_1252_is_told_and_stops_nothing(read):
    [finding] = read(SAVED["Windows-1252"])[1]
    assert finding.severity is Severity.NOTICE
    assert "Windows-1252" in str(finding.message)


def test_the_table_keeps_every_cell_as_written_and_where_it_stood(read):
    table = read(b"Tunnus;Kunta; Vuodet ;x\nb; Salo ;01;\n;;;\na;Pori;2;y \n")[0].table
    assert table.cells.columns.tolist() == ["Tunnus", "Kunta", "Vuodet", "x"]
    assert table.headings == (("Tunnus", "Kunta", " Vuodet ", "x"),)
    assert table.cells.to_numpy().tolist() == [
        ["b", " Salo ", "01", ""],
        ["", "", "", ""],
        ["a", "Pori", "2", "y "],
    ]
    assert table.row_numbers.tolist() == [2, 3, 4]


def test_participants_lead_back_to_their_rows(read):
    roster, _ = read(b"\nid,kunta,vuodet\na,Salo,1\n,,\nb,Pori,2\n")
    assert roster.rows.tolist() == [0, 2]
    assert roster.table.row_numbers[roster.rows].tolist() == [3, 5]


def test_quotes_may_hold_delimiters_quotes_and_line_breaks(read):
    roster, _ = read(b'id;kunta;vuodet;note\n"a;1";Salo;1;"two\nlines"\nb;"Po""ri";2;\n')
    assert roster.ids.tolist() == ["b", "a;1"]
    assert roster.table.cells["kunta"].tolist() == ["Salo", 'Po"ri']
    assert roster.table.row_numbers.tolist() == [2, 3]


def test_an_inch_is_no_quotation_mark(read):
    roster, _ = read(b'id;kunta;vuodet\na;5" Salo;1\n')
    assert roster.categories["municipality"].values == ('5" Salo',)


def test_a_comma_inside_cells_does_not_pass_for_the_delimiter(read):
    roster, _ = read(b"Tunnus;Toive, jos on, vapaasti;Kunta;Kokemus, v\na;x, y, z;Salo;2,5\n")
    assert roster.numbers["years"].ticks.tolist() == [5]


def test_standard_input_is_read(monkeypatch, rulebook):
    class Terminal:
        buffer = io.BytesIO(SAVED["CRLF"])

    monkeypatch.setattr(sys, "stdin", Terminal)
    roster, _ = read_roster("-", rulebook)
    assert len(roster) == 2
    assert np.issubdtype(roster.rows.dtype, np.int64)
