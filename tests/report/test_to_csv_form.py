"""groups.csv is the roster again, with a group for everyone who has one."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.grouping import grouping_of
from vermegroup.domain.roster import Roster
from vermegroup.intake.files.csv_text import defused
from vermegroup.report.to_csv import groups_csv

GROUPING = grouping_of(np.array([1, 0, -1]))


def roster(cells: dict[str, list[str]], rows: tuple[int, ...] = (0, 1, 2), **form: str) -> Roster:
    """Three participants, in the given rows of a table with these cells."""
    people = roster_of([Person("Oulu", 1), Person("Kemi", 2), Person("Salo", 3)])
    table = replace(people.table, cells=pd.DataFrame(cells), **form)
    return replace(people, table=table, rows=np.array(rows))


def rows_of(content: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def test_columns_order_delimiter_encoding_and_line_ends_are_kept() -> None:
    people = roster(
        {"Tunnus": ["a", "b", "c"], "Kunta": ["Äänekoski", "Åbo", "Salo"]},
        delimiter=";",
        encoding="utf-8-sig",
        newline="\r\n",
    )
    assert (
        groups_csv(people, GROUPING)
        == ("\ufeffTunnus;Kunta;group\r\na;Äänekoski;G02\r\nb;Åbo;G01\r\nc;Salo;\r\n").encode()
    )


def test_rows_that_were_set_aside_stay_and_have_no_group() -> None:
    people = roster({"id": ["a", "cancelled", "b", "", "c"]}, rows=(0, 2, 4))
    groups = [row[1] for row in rows_of(groups_csv(people, GROUPING))]
    assert groups == ["group", "G02", "", "G01", "", ""]


@pytest.mark.parametrize("header", ["group", "Group", " GROUP "])
def test_an_earlier_group_column_is_replaced_where_it_stands(header: str) -> None:
    people = roster({"id": ["a", "b", "c"], header: ["G09", "G09", "G09"], "x": ["1", "2", "3"]})
    rows = rows_of(groups_csv(people, GROUPING))
    assert rows == [["id", "group", "x"], ["a", "G02", "1"], ["b", "G01", "2"], ["c", "", "3"]]


@pytest.mark.parametrize("cell", ['a"b', "a,b", "two\nlines", "two\rlines", 'x"', ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_cells_that_need_quotes_survive(cell: str, newline: str) -> None:
    people = roster({"id": ["a", "b", "c"], "x": [cell, "y", "z"]}, newline=newline)
    assert rows_of(groups_csv(people, GROUPING))[1] == ["a", cell, "G02"]


@pytest.mark.parametrize(
    "cell", ["=1+1", '=HYPERLINK("http://example.org")', "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1"]
)
def test_formulas_are_defused_in_cells_and_headers(cell: str) -> None:
    people = roster({"id": ["a", "b", "c"], cell: [cell, "y", "z"]})
    rows = rows_of(groups_csv(people, GROUPING))
    assert rows[0][1] == rows[1][1] == f"'{cell}"


@pytest.mark.parametrize("cell", ["-1", "+5", "-0,5", "+1.5", "-1e3", "-.5", "", "a=b"])
def test_numbers_and_ordinary_cells_are_left_alone(cell: str) -> None:
    assert defused(cell) == cell


def test_a_cell_the_encoding_lacks_does_not_stop_the_file() -> None:
    people = roster({"id": ["a", "b", "\ufffd"]}, encoding="cp1252")
    assert groups_csv(people, GROUPING).startswith(b"\xef\xbb\xbfid")
