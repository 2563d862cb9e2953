"""The same forty people, saved in each of the ways in which people save them."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.exports import HEADER, PEOPLE, ROWS, SAVED, text, xlsx
from vermegroup.domain.findings import RosterError
from vermegroup.domain.problem import problem_of
from vermegroup.intake import read_grouping, read_roster
from vermegroup.intake.people.membership import look_at_members
from vermegroup.intake.pipeline import ReadOptions
from vermegroup.report.to_csv import groups_csv
from vermegroup.rulebooks.read import default_rulebook
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

NAMES = [("ryhmä", "vakituinen ryhmä", "poissa"), ("grupp", "fast grupp", "frånvarande")]
IDS = [person[0] for person in PEOPLE]


def formed(source):
    """The roster and its grouping, as ``form`` makes it."""
    roster, _ = read_roster(source, default_rulebook())
    outcome = form(problem_of(roster, default_rulebook()), Limits(seed=1))
    assert outcome.grouping is not None
    return roster, outcome.grouping


@cache
def groups_of_plain_file():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plain.csv")
        path.write_bytes(text(delimiter=",").encode())
        roster, grouping = formed(path)
    names = [grouping.names[group] for group in grouping.group_of]
    return dict(zip(roster.ids.tolist(), names, strict=True))


def group_column(content: bytes, delimiter: str) -> dict[str, str]:
    rows = list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    )
    head = next(row for row in rows if "ryhmä" in row)
    place, id_place = head.index("ryhmä"), head.index("Tunnus")
    return {row[id_place]: row[place] for row in rows[rows.index(head) + 1 :] if any(row)}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED.keys())
def test_the_same_people_get_the_same_groups_however_they_were_saved(saved, data):
    roster, grouping = formed(saved(data))
    assert roster.ids.tolist() == IDS
    content = groups_csv(roster, grouping)
    written = group_column(content, roster.table.delimiter)
    assert {id_: group for id_, group in written.items() if id_.strip()} == groups_of_plain_file()


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED.keys())
def test_a_grouping_is_read_again_as_it_was_written(saved, data):
    roster, grouping = formed(saved(data))
    content = groups_csv(roster, grouping)
    again, same, _ = read_grouping(saved(content), default_rulebook())
    assert again.ids.tolist() == IDS
    assert same.group_of.tolist() == grouping.group_of.tolist()
    assert same.names == grouping.names
    assert groups_csv(again, same) == content
    before = roster.table.cells
    assert again.table.cells.iloc[:, : before.shape[1]].to_numpy().tolist() == (
        before.to_numpy().tolist()
    )


@pytest.mark.parametrize("name", ["Excel in Finland", "UTF-16 LE", "xlsx", "ods"])
def test_standard_input_may_be_of_any_kind(monkeypatch, name):
    class Terminal:
        buffer = io.BytesIO(SAVED[name])

    monkeypatch.setattr(sys, "stdin", Terminal)
    roster, _ = read_roster("-", default_rulebook())
    assert roster.ids.tolist() == IDS


def excel_saves(content: bytes) -> dict[str, bytes]:
    """What becomes of ``groups.csv`` when it is opened and saved in a spreadsheet."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    rows = [[*row, "", ""] for row in reader] + [[""] * 7] * 3
    return {
        "CSV UTF-8": text(rows, ";", "\r\n").encode("utf-8-sig"),
        "CSV": text(rows, ";", "\r\n").encode("cp1252"),
        "CSV in English": text(rows, ",", "\r\n").encode("cp1252"),
        "CSV, Macintosh": text(rows, ";", "\r").encode("mac-roman"),
        "Unicode text": text(rows, "\t", "\r\n").encode("utf-16"),
        "with sep=": ("sep=;\r\n" + text(rows, ";", "\r\n")).encode("utf-8-sig"),
        "workbook": xlsx(rows),
    }


@pytest.mark.parametrize("kind", excel_saves(b"a\n"))
def test_a_grouping_saved_by_a_spreadsheet_still_reads(saved, kind):
    roster, grouping = formed(saved(SAVED["Excel in Finland"]))
    edited = excel_saves(groups_csv(roster, grouping))[kind]
    again, same, _ = read_grouping(saved(edited), default_rulebook())
    assert again.ids.tolist() == IDS
    assert same.group_of.tolist() == grouping.group_of.tolist()


@pytest.mark.parametrize("names", [("group", "permanent_group", "absent"), *NAMES])
@pytest.mark.parametrize("kind", excel_saves(b"a\n"))
def test_the_plan_of_a_meeting_saved_by_a_spreadsheet_still_reads(saved, kind, names):
    rows = [[*names, "Tunnus", "x"]]
    rows += [[f"G{at % 2}", f"G{at % 3}", "x" if at > 7 else "", f"P{at}", ""] for at in range(9)]
    path = saved(excel_saves(text(rows, ";", "\n").encode())[kind])
    anyone = replace(default_rulebook(), rules=(), preferences=(), bands={})
    roster, meeting, _ = read_grouping(path, anyone)
    assert len(roster) == 8
    assert meeting.names == ("G0", "G1")
    members = look_at_members(path, None, ReadOptions(anyone))
    assert members.look.grouping.names == ("G0", "G1", "G2")
    assert len(members.look.roster) == 9
    assert members.look.table.cells.columns.tolist()[:2] == [names[0], "Tunnus"]


def test_a_sheet_is_chosen_by_its_name(saved):
    path = saved(xlsx(first=["Ohjeet", "Muut"], named="Ilmoittautuneet"))
    roster, _ = read_roster(path, default_rulebook(), sheet="ilmoittautuneet ")
    assert roster.ids.tolist() == IDS


def test_the_sheet_that_was_read_is_told_where_there_are_several(saved):
    _, findings = read_roster(saved(xlsx(last=["Muut"])), default_rulebook())
    assert any("“Vastaukset”" in str(finding.message) for finding in findings)


def test_a_sheet_that_is_not_there_is_answered_by_those_that_are(saved):
    with pytest.raises(RosterError) as stopped:
        read_roster(saved(xlsx(first=["Ohjeet"])), default_rulebook(), sheet="Kevät")
    [finding] = stopped.value.findings
    assert "“Ohjeet” and “Vastaukset”" in str(finding.message)
    assert finding.value == "Kevät"


def test_a_sheet_of_a_text_file_is_refused(saved):
    with pytest.raises(RosterError, match="no workbook"):
        read_roster(saved(text().encode()), default_rulebook(), sheet="Kevät")


def test_rows_are_counted_as_a_spreadsheet_shows_them(read, refused):
    lines = 'sep=;\nOtsikko\n\nTunnus;Huomio;Kunta;Vuodet\na;"kaksi\nriviä";Salo;1\n\nb;;Pori;x\n'
    [finding] = refused(lines.encode())
    assert (finding.row, finding.column) == (6, "Vuodet")


def test_a_header_of_two_rows_is_written_again_on_two_rows(saved):
    roster, grouping = formed(saved(SAVED["title rows and a two-row header"]))
    lines = groups_csv(roster, grouping).decode("utf-8-sig").split("\n")
    assert lines[0] == "Ilmoittaja;;Osallistuja;;;;"
    assert lines[1] == f"Nimi;Sähköposti;{';'.join(HEADER)};ryhmä"


def test_a_group_column_is_replaced_where_it_stands(saved):
    rows = [(row[0], "group" if row is HEADER else "vanha", *row[1:]) for row in ROWS]
    roster, grouping = formed(saved(text(rows).encode()))
    first, second, *_ = groups_csv(roster, grouping).decode().split("\n")
    assert first == "Tunnus;group;Nimi;Kunta;Työkokemus vuosina"
    assert second.split(";")[1] == groups_of_plain_file()["SYN-01"]
