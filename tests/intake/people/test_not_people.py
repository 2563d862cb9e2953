"""Rows below the header that are no people, and rows that look like them and are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.exports import xlsx
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.intake import read_grouping
from vermegroup.intake.people.not_people import telling_word
from vermegroup.intake.pipeline import ReadOptions, look_at
from vermegroup.report.to_csv import groups_csv
from vermegroup.rulebooks.read import default_rulebook, rulebook_from_text

ANY = "rules:\n  - place_everyone\n"

GRADEBOOK = """\
Student,ID,SIS User ID,Section,Assignment 1 (5501)
,,,,Manual Posting
    Points Possible,,,,10
"Keksitty, Aino",101,0012301,BIO101-01,8
"Kuviteltu, Bo",102,0012302,BIO101-01,9
"Olematon, Cia",103,0012303,BIO101-02,7
"""
SURVEY = """\
StartDate,ResponseId,RecipientEmail,Q1,Q2,Q3
Start Date,Response ID,Recipient Email,What is your name?,Which municipality do you work in?,Weeks
"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}",\
"{""ImportId"":""QID1_TEXT""}","{""ImportId"":""QID2_TEXT""}","{""ImportId"":""QID3_TEXT""}"
2026-08-01 10:00:00,R_1a,,Aino Keksitty,Oulu,3
2026-08-01 11:00:00,R_1b,,Bo Kuviteltu,Salo,12
2026-08-01 12:00:00,R_1c,,Cia Olematon,Pori,5
"""
PEOPLE = "Tunnus;Nimi;Sähköposti\n" + "".join(
    f"{at};{name};{name[:2]}@example.org\n"
    for at, name in enumerate(("Aino Keksitty", "Bo Kuviteltu", "Cia Olematon"), 1)
)


@pytest.mark.parametrize(
    "text",
    [
        "Nimi;Kunta;Kokemus vuosina\nYhteensä;0;\n",
        "Tunnus;Namn;Kommun;År\n;Totalt;;0\n;;;\nRapport skapad 3.9.2026;;;\n",
        "Name,Municipality,Years\nTotal,,0\n",
    ],
)
def test_a_table_of_totals_has_no_participants(
    refused: Callable[..., tuple[Finding, ...]], text: str
) -> None:
    assert ["no participants" in str(finding.message) for finding in refused(text.encode())] == [
        True
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Nimi;Kunta\nAino;Oulu\n-;-\nBo;Salo\n", [3]),
        ("id,unit\na,Rose\n#N/A,\nb,Tulip\nErr:502,#REF!\nc,Lily\n", [3, 5]),
        ("Namn;Kommun\nAino;Vasa\n\u200b; –\nBo;Åbo\n", [3]),
        ("Nimi\nAino\n—\nBo\n", [3]),
    ],
)
def test_rows_of_dashes_and_failed_formulas_are_blank(read, text, rows):
    roster, findings = read(text.encode(), ANY)
    assert len(roster) == len(text.splitlines()) - 1 - len(rows)
    [told] = [finding for finding in findings if "blank" in str(finding.message)]
    assert told.row == rows[0]


def test_a_check_counts_a_table_of_totals_as_set_aside(tmp_path):
    (tmp_path / "r.csv").write_text("Nimi;Kunta\nYhteensä;2\nRaportti luotu 3.9.2026;\n", "utf-8")
    look = look_at(tmp_path / "r.csv", ReadOptions(default_rulebook()))
    assert (look.read, [aside.row for aside in look.set_aside]) == (2, [2, 3])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (PEOPLE + ";;\nYhteensä;3;\nRaportti luotu 12.8.2026 klo 9.15;;\n", [6, 7]),
        (PEOPLE + "Yhteensä 3;;\n", [5]),
        (PEOPLE + "3;Yhteensä;\n\n;Tulostettu 3.9.2026;\n", [5, 7]),
        (PEOPLE + "\n;Esihenkilön lisäykset:;\n4;Dan Tarina;d@example.org\n", [6]),
        (PEOPLE + "\n;;vain sisäiseen käyttöön\n", [6]),
        ("Namn;Kommun\nAino;Vasa\nBo;Åbo\nCia;Esbo\nTotalt;3\nRapport skapad 3.9.2026;\n", [5, 6]),
        ("id,unit,hours\na,Rose,3\nb,Tulip,4\nTotal,,7\nExported on 3 Sept,,\n", [4, 5]),
        ("id,unit,hours\n,,(h)\na,Rose,3\nb,Tulip,4\nc,Lily,5\n", [2]),
        (GRADEBOOK, [2, 3]),
        (PEOPLE + "Tunnus;Nimi;Sähköposti\n9;Dan Tarina;dan@example.org\n", [5]),
    ],
)
def test_rows_that_are_no_people_are_set_aside_and_told(read, text, rows):
    roster, findings = read(text.encode(), ANY)
    assert [aside.row for aside in roster.set_aside] == rows
    assert len(roster) + len(rows) == sum(bool(line.strip(";,")) for line in text.splitlines()[1:])
    told = [f.row for f in findings if f.severity is Severity.NOTICE and "set aside" in str(f)]
    assert sorted(told) == rows


def test_they_are_found_in_a_workbook_too(read):
    rows = [line.split(";") for line in PEOPLE.splitlines()]
    roster, _ = read(xlsx([*rows, [], ["Sammanlagt", 3, None]]), ANY)
    assert roster.labels.tolist() == ["Aino Keksitty", "Bo Kuviteltu", "Cia Olematon"]


@pytest.mark.parametrize(
    "text",
    [
        "Sukunimi;Etunimi;Kunta\nKeksitty;Aino;Oulu\nSumma;Hanna;Salo\n",
        "id;Nimi\n1;Aino Keksitty\n17;Summa\n",
        "id;Nimi;Huom\n1;Aino;\n2;Bo;Raportti puuttuu\n",
        "Nimi\nAino\nBo\nPage Keksitty\n",
        "id\na\nb\nc\n",
    ],
)
def test_people_with_such_names_stay_people(read, text):
    roster, _ = read(text.encode(), ANY)
    assert not roster.set_aside
    assert len(roster) == text.count("\n") - 1


def test_a_person_who_lacks_a_name_at_the_end_is_a_person_and_is_told(read):
    text = "Tunnus;Nimi;Kunta\n1;Aino;Oulu\n2;Bo;Salo\n3;Cia;Pori\n\n4;;Kemi\n"
    roster, findings = read(text.encode(), ANY)
    assert roster.ids.tolist() == ["1", "2", "3", "4"]
    [warning] = [finding for finding in findings if finding.severity is Severity.WARNING]
    assert warning.row == 6


def test_subtotals_are_told_in_one_line(read):
    text = "Nimi;Kunta;Vuodet\nAino;Oulu;1\nYhteensä;1;\nBo;Salo;2\nYhteensä;1;\n"
    roster, findings = read(text.encode(), ANY)
    assert roster.labels.tolist() == ["Aino", "Bo"]
    [told] = [finding for finding in findings if "Yhteensä" in str(finding)]
    assert "rows 3 and 5" in str(told.message)


def test_a_column_of_numbers_stays_one_beside_a_row_of_totals(read):
    text = "id;pisteet\na;1\nb;2\nc;3\nd;4\n;yhteensä 10\n"
    roster, _ = read(text.encode(), "rules:\n  - place_everyone\npreferences: [balance: pisteet]\n")
    assert roster.numbers["pisteet"].ticks.tolist() == [1, 2, 3, 4]


def test_the_third_header_row_of_a_survey_is_no_person_and_comes_back(read, tmp_path):
    rules = rulebook_from_text("rules:\n  - different: municipality\n", "rules.yaml")
    roster, _ = read(SURVEY.encode(), "rules:\n  - different: municipality\n")
    assert roster.ids.tolist() == ["R_1a", "R_1b", "R_1c"]
    assert roster.labels.tolist() == ["Aino Keksitty", "Bo Kuviteltu", "Cia Olematon"]
    assert not roster.set_aside
    grouping = Grouping(np.array([0, 1, 0]), ("G01", "G02"))
    (tmp_path / "groups.csv").write_bytes(groups_csv(roster, grouping))
    again, found, _ = read_grouping(tmp_path / "groups.csv", rules)
    assert again.ids.tolist() == roster.ids.tolist()
    assert found.group_of.tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (PEOPLE + "Peruneet:;;\n4;Dan Tarina;d@example.org\n5;Eva Satu;e@example.org\n", 5),
        (PEOPLE + ";Varasijalla;\n4;Dan Tarina;d@example.org\n5;Eva Satu;e@example.org\n", 5),
        ("Namn;Kommun\nAino;Vasa\nBo;Åbo\nÅterbud;\nCia;Esbo\nDan;Esbo\n", 4),
        ("id,unit\na,Rose\nb,Tulip\nWaiting list (2),\nc,Lily\nd,Lily\n", 4),
    ],
)
def test_those_below_a_heading_of_cancelled_or_waiting_are_asked_about(read, text, row):
    roster, findings = read(text.encode(), ANY)
    assert [aside.row for aside in roster.set_aside] == [row]
    assert len(roster) + 1 == len(text.splitlines()) - 1
    assert row in [f.row for f in findings if f.severity is Severity.WARNING]


GROUPED = "Nimi,Kunta,Vuodet\n{0}\nAino,Oulu,1\nBo,Salo,12\n{1}\nCia,Pori,3\nDan,Turku,4\n{2}\n"


@pytest.mark.parametrize(
    "rows",
    [
        ("Ryhmä 1,,", "Ryhmä 2,,", "Laatinut: Kaisa Keksitty 3.2.2024,,"),
        ("Grupp A,,", "Grupp B,,", "Sammanställd av Kaisa Keksitty,,"),
        ("Group 1: North,,", "2. ryhmä,,", "Prepared by: Kaisa Keksitty,,"),
        ("Pienryhmä 1,,", "Team 2,,", "Laatinut:,Kaisa Keksitty,"),
    ],
)
def test_headings_of_groups_and_who_made_the_file_are_no_people(read, rows):
    roster, findings = read(GROUPED.format(*rows).encode())
    assert roster.labels.tolist() == ["Aino", "Bo", "Cia", "Dan"]
    assert [each.row for each in roster.set_aside] == [2, 5, 8]
    assert not [each for each in findings if each.severity is Severity.WARNING]
    kept = [telling_word(each) for each in roster.set_aside]
    assert all(kept)
    assert not any("Keksitty" in word or "North" in word for word in kept)


def test_groups_that_take_part_and_people_called_nearly_so_are_people(read):
    teams = "name,municipality\nTeam 1,Oulu\nTeam 2,\nTeam 3,Pori\n"
    assert len(read(teams.encode(), ANY)[0]) == 3
    people = "Nimi,Kunta\nAino Ryhmänen,\nLaatikainen Bo,Oulu\nGroup Cia,\nMade Byman,Salo\n"
    assert len(read(people.encode(), ANY)[0]) == 4
