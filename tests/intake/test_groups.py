"""Groupings, formed or edited by hand."""

from __future__ import annotations

import numpy as np
import pytest

from vermegroup.domain.findings import RosterError, Severity
from vermegroup.domain.grouping import WAITLIST, grouping_of, means_waiting
from vermegroup.intake import read_grouping
from vermegroup.language.catalogues import languages
from vermegroup.report.to_csv import groups_csv
from vermegroup.report.words import WORDS


def grouping(saved, rulebook, groups, header="group"):
    lines = [f"p{row};Salo;1;{group}" for row, group in enumerate(groups)]
    path = saved("\n".join([f"id;kunta;vuodet;{header}", *lines]).encode())
    return read_grouping(path, rulebook)[1]


@pytest.mark.parametrize("header", ["group", "Group", "Ryhmä", "RYHMÄ", "grupp"])
def test_the_group_column_is_found_in_three_languages(saved, rulebook, header):
    assert grouping(saved, rulebook, ["G01", "G02"], header).names == ("G01", "G02")


@pytest.mark.parametrize(
    "header", ["Team", "Tiimi", "Team name", "Grupp nr", "Ryhmän nimi", "Lag", "Ryhmänro"]
)
def test_where_no_column_is_called_a_group_a_team_is_one(read, saved, rulebook, header):
    assert grouping(saved, rulebook, ["1", "2", "1"], header).names == ("1", "2")
    assert grouping(saved, rulebook, ["1", "2", "1"], f"group;{header}").names == ("1", "2")
    # A roster has none.
    roster, _ = read(f"id;kunta;vuodet;{header}\na;Salo;1;1\n".encode())
    assert roster.table.cells.columns.tolist()[-1] == header


@pytest.mark.parametrize("header", ["Team leader", "Ryhmän vetäjä", "Teams link"])
def test_what_else_is_told_of_a_team_is_no_group(saved, rulebook, header):
    with pytest.raises(RosterError):
        grouping(saved, rulebook, ["1", "2"], header)


def test_groups_are_ordered_as_people_count(saved, rulebook):
    read = grouping(saved, rulebook, ["G10", "G2", "G1", "A", "10", "9", "G1b"])
    assert read.names == ("9", "10", "A", "G1", "G1b", "G2", "G10")
    assert read.group_of.tolist() == [6, 5, 3, 2, 1, 0, 4]


def test_no_group_is_the_waitlist(saved, rulebook):
    read = grouping(saved, rulebook, ["G01", "", " ", "-", "G01"])
    assert read.group_of.tolist() == [0, WAITLIST, WAITLIST, WAITLIST, 0]
    assert read.names == ("G01",)


@pytest.mark.parametrize(
    "word",
    [
        *("none", "Waitlist", " väntelista", "JONOSSA", "Ei ryhmää", "?", "Kö", "odottaa", "tbd"),
        *("Jonossa (3)", "kö 2", "Pending...", "Väntar på plats", "ryhmätön"),
    ],
)
def test_the_waitlist_in_words_is_no_group_and_is_told(saved, rulebook, word):
    path = saved(f"id;kunta;vuodet;group\na;Salo;1;G01\nb;Salo;1;{word}\n".encode())
    _, read, findings = read_grouping(path, rulebook)
    assert read.names == ("G01",)
    assert read.group_of.tolist() == [0, WAITLIST]
    [finding] = [finding for finding in findings if finding.column == "group"]
    assert (finding.row, finding.value) == (3, word.strip())


@pytest.mark.parametrize("language", languages())
def test_what_reports_call_the_waitlist_is_read_as_it(language):
    assert means_waiting(WORDS["waitlist"].in_(language))


@pytest.mark.parametrize("name", ["Nonet", "Jonotus", "Väntan", "Könkämä", "0", "3."])
def test_a_name_that_is_like_the_waitlist_is_a_name(name):
    assert not means_waiting(name)


def test_a_row_on_the_waitlist_in_words_is_no_second_group_of_the_same_person(saved, rulebook):
    rows = "a@example.org;Salo;1;G01\na@example.org;Salo;1;Jonossa\n"
    _, read, _ = read_grouping(saved(f"email;kunta;vuodet;group\n{rows}".encode()), rulebook)
    assert read.group_of.tolist() == [0]


def test_a_group_retyped_by_hand_is_the_same_group(saved, rulebook):
    read = grouping(saved, rulebook, ["G01", "g01 ", "G01", " G01"])
    assert read.names == ("G01",)
    assert read.group_of.tolist() == [0, 0, 0, 0]


def test_the_exact_header_decides_when_the_roster_has_a_group_of_its_own(saved, rulebook):
    path = saved("id;kunta;vuodet;Ryhmä;group\na;Salo;1;Menninkäiset;G01\n".encode())
    assert read_grouping(path, rulebook)[1].names == ("G01",)


def test_everyone_may_be_waiting(saved, rulebook):
    read = grouping(saved, rulebook, ["", ""])
    assert read.groups == 0
    assert len(read.waitlist()) == 2


def test_without_a_group_column_the_columns_found_are_listed(saved, rulebook):
    with pytest.raises(RosterError) as stopped:
        read_grouping(saved(b"id;kunta;vuodet\na;Salo;1\n"), rulebook)
    [finding] = stopped.value.findings
    assert "id, kunta and vuodet" in str(finding.message)
    assert "group" in str(finding.message)


@pytest.mark.parametrize("word", ["peruutti", "Perui 3.9.", "Avbokad", "withdrew", "Tackat nej"])
def test_who_has_a_cancellation_in_place_of_a_group_is_set_aside(saved, rulebook, word):
    path = saved(f"id;kunta;vuodet;group\na;Salo;1;G01\nb;Salo;1;{word}\n".encode())
    roster, read, findings = read_grouping(path, rulebook)
    assert (read.names, read.group_of.tolist()) == (("G01",), [0])
    assert [aside.row for aside in roster.set_aside] == [3]
    assert [(each.row, each.value) for each in findings if each.aside] == [(3, word)]
    again = saved(groups_csv(roster, read))
    assert [aside.row for aside in read_grouping(again, rulebook)[0].set_aside] == [3]


@pytest.mark.parametrize("word", ["Left", "left", "Jäi pois", "Avhopp", "Removed"])
def test_a_word_for_a_cancellation_that_a_whole_group_has_is_asked_about(saved, rulebook, word):
    def warned(gone: int) -> list[str]:
        groups = [word] * gone + ["Right"] * 4 + ["Middle"] * 4 + [""]
        lines = [f"p{row};Salo;1;{group}" for row, group in enumerate(groups)]
        path = saved("\n".join(["id;kunta;vuodet;group", *lines]).encode())
        roster, _read, findings = read_grouping(path, rulebook)
        assert len(roster.set_aside) == gone
        return [each.value for each in findings if each.severity is Severity.WARNING]

    assert (warned(4), warned(1), warned(9)) == ([word], [], [])


@pytest.mark.parametrize("word", ["Poissa", "Borta", "Leftovers", "Left-handers"])
def test_a_group_of_a_name_that_is_no_cancellation_stays(saved, rulebook, word):
    assert word in grouping(saved, rulebook, [word, word, "Right", "Right"]).names


@pytest.mark.parametrize("two", ["2.0", "2,0", "2.00"])
def test_a_number_written_by_a_spreadsheet_is_the_same_group(saved, rulebook, two):
    read = grouping(saved, rulebook, ["2", two, "1.0", two, "G1", "g1 ", "2.1", "20"])
    assert read.names == ("1.0", "2", "2.1", "20", "G1")
    assert read.group_of.tolist() == [1, 1, 0, 1, 4, 4, 2, 3]


@pytest.mark.parametrize(
    ("header", "word"), [("group", "peruutti"), ("Ryhmä", "Perui 3.9."), ("Grupp", "avbokad")]
)
@pytest.mark.parametrize("name", ["G01", "Ketut"])
def test_a_cancellation_in_place_of_a_group_counts_where_new_groups_are_formed(
    read, saved, rulebook, header, word, name
):
    text = f"id;kunta;vuodet;{header}\na;Salo;1;{name}\nb;Pori;2;{word}\nc;Oulu;3;\n"
    roster, findings = read(text.encode())
    assert [each.row for each in roster.set_aside] == [3]
    assert [(each.row, each.value) for each in findings if each.aside] == [(3, word)]
    formed = saved(groups_csv(roster, grouping_of(np.zeros(2, dtype=np.int64))))
    assert [each.row for each in read_grouping(formed, rulebook)[0].set_aside] == [3]


def test_a_doubtful_cancellation_of_one_person_is_no_group(saved, rulebook):
    rows = ["Perui, tulee ehkä keväällä", "Quit smoking 1", "Quit smoking 1"]
    lines = [f"p{at};Salo;1;{group}" for at, group in enumerate(rows)]
    path = saved("\n".join(["id;kunta;vuodet;group", *lines]).encode())
    roster, read, findings = read_grouping(path, rulebook)
    assert len(roster) == 3
    assert read.group_of.tolist() == [WAITLIST, 0, 0]
    [warning] = [each for each in findings if each.severity is Severity.WARNING]
    assert (warning.row, warning.value) == (2, rows[0])


@pytest.mark.parametrize("comma", ["1,5", "Salo, Oulu", "G01;G02"])
def test_what_several_people_have_is_a_groups_name_whatever_stands_in_it(saved, rulebook, comma):
    names = [f'"{comma}"', f'"{comma}"', "Salo", "Salo", "Oulu", "Oulu"]
    assert comma in grouping(saved, rulebook, names).names
    with pytest.raises(RosterError, match="in several groups"):
        grouping(saved, rulebook, names[1:])
