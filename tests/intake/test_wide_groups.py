"""Groupings as people and other tools keep them, and a name that is nearly another's."""

from __future__ import annotations

import re

import pytest

from tests.exports import xlsx
from vermegroup.domain.findings import RosterError, Severity
from vermegroup.domain.grouping import WAITLIST
from vermegroup.intake import read_grouping
from vermegroup.intake.people.membership import look_at_members
from vermegroup.intake.pipeline import ReadOptions
from vermegroup.rulebooks.read import rulebook_from_text

ANY = rulebook_from_text("rules:\n  - place_everyone\n", "rules.yaml")
EXPECTED = {"Aino A": "1", "Bo B": "1", "Cia C": "1", "Dan D": "2", "Eva E": "2"}

SHAPES = {
    "a row per group": "Group,Member 1,Member 2,Member 3\nG1,Aino A,Bo B,Cia C\nG2,Dan D,Eva E,\n",
    "a row per group, one header": "Ryhmä;Jäsen 1;;\n1;Aino A;Bo B;Cia C\n2;Dan D;Eva E;\n",
    "a row per group with a mentor": (
        "Grupp;Rum;Mentor;Medlem 1;Medlem 2\n1;A;Aino A;Bo B;Cia C\n2;B;Dan D;Eva E;\n"
    ),
    "members in one cell": 'Group,Members\nG1,"Aino A, Bo B, Cia C"\nG2,"Dan D, Eva E"\n',
    "members on lines of a cell": 'Ryhmä;Jäsenet\n1;"Aino A\nBo B\nCia C"\n2;"Dan D\nEva E"\n',
    "a column per group": "Ryhmä 1;Ryhmä 2\nAino A;Dan D\nBo B;Eva E\nCia C;\n",
    "a column per group, Swedish": "Grupp 1,Grupp 2\nAino A,Dan D\nBo B,Eva E\nCia C,\n",
    "a column per usual name": "G01;G02\nAino A;Dan D\n;\nBo B;Eva E\nCia C;\n",
    "merged cells": "Ryhmä;Nimi\nG1;Aino A\n;Bo B\n;Cia C\nG2;Dan D\n;Eva E\n",
    "merged cells, blank rows": "Namn;Grupp\nAino A;G1\nBo B;\nCia C;\n;\nDan D;G2\nEva E;\n",
}


def _groups_of(roster, grouping):
    names = [str(int(re.sub(r"\D", "", name))) for name in grouping.names]
    group_of = zip(roster.labels.tolist(), grouping.group_of.tolist(), strict=True)
    return {person: names[group] for person, group in group_of if group != WAITLIST}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["text", "workbook"])
def test_every_shape_is_read_as_a_row_for_each_member_and_told(saved, shape, kind):
    data = SHAPES[shape].encode()
    if kind == "workbook" and '"' not in SHAPES[shape]:
        mark = ";" if ";" in SHAPES[shape] else ","
        lines = [line.split(mark) for line in SHAPES[shape].splitlines()]
        data = xlsx([[cell or None for cell in line] for line in lines])
    path = saved(data)
    roster, grouping, findings = read_grouping(path, ANY)
    assert _groups_of(roster, grouping) == EXPECTED
    assert len(roster) == 5
    told = [str(f.message) for f in findings if "read as" in str(f.message)]
    assert len(told) == 1
    members = look_at_members(path, None, ReadOptions(ANY))
    assert members.text is None
    assert _groups_of(members.look.roster, members.look.grouping) == EXPECTED


@pytest.mark.parametrize(
    ("text", "waiting"),
    [
        ("id;ryhmä\na;G1\nb;\nc;G1\nd;G2\ne;G2\n", 1),
        ("id;ryhmä\na;\nb;\nc;G1\nd;G2\n", 2),
        ("id;ryhmä\na;G1\nb;G2\nc;\n", 1),
        ("id;ryhmä\na;G1\nb;\n;\nc;G2\nd;\n;\ne;\n", 1),
    ],
)
def test_who_waits_for_a_group_still_waits(saved, text, waiting):
    _, grouping, _ = read_grouping(saved(text.encode()), ANY)
    assert (grouping.group_of == WAITLIST).sum() == waiting


def test_addresses_and_ids_side_by_side_are_read_as_such(saved):
    emails = "Group,Member 1,Member 2\n1,a@example.org,b@example.org\n2,c@example.org,\n"
    roster, _, _ = read_grouping(saved(emails.encode()), ANY)
    assert roster.labels.tolist() == ["a@example.org", "b@example.org", "c@example.org"]
    ids = "Group,Member 1,Member 2\n1,P1,P2\n2,P3,P4\n"
    assert read_grouping(saved(ids.encode()), ANY)[0].ids.tolist() == ["P1", "P2", "P3", "P4"]


@pytest.mark.parametrize(
    ("text", "who", "groups"),
    [
        (
            "Group,Member 1,Member 2\nG1,a@example.org,b@example.org\nG2,a@example.org,\n",
            "a@example.org is in several groups",
            ("G1", "G2"),
        ),
        ("Ryhmä 1;Ryhmä 2\nAino A;Bo B\nCia C;aino a\n", "Aino A is", ("Ryhmä 1", "Ryhmä 2")),
        ("Grupp A;Grupp B\nAino A;Aino A\nCia C;Bo B\n", "Aino A is", ("Grupp A", "Grupp B")),
        ('Group,Members\nX,"Aino A, Bo B"\nY,"Cia C, aino A"\n', "Aino A is", ("X", "Y")),
        ("Nimi;Ryhmä\nAino A;G1\nBo B;G1\nA, Aino;G2\nCia C;G2\n", "Aino A is", ("G1", "G2")),
    ],
)
def test_a_person_in_two_groups_is_refused_with_both(saved, text, who, groups):
    with pytest.raises(RosterError) as refused:
        read_grouping(saved(text.encode()), ANY)
    [finding] = refused.value.findings
    assert who in str(finding.message)
    assert all(f"“{name}”" in str(finding.message) for name in groups)
    with pytest.raises(RosterError):
        look_at_members(saved(text.encode()), None, ReadOptions(ANY)).look.participants()


def test_a_member_twice_in_one_group_counts_once(saved):
    text = "Ryhmä 1;Ryhmä 2\nAino A;Bo B\nCia C;Dan D\nA, Aino;\n"
    roster, grouping, findings = read_grouping(saved(text.encode()), ANY)
    assert len(roster) == 4
    assert [aside.row for aside in roster.set_aside] == [2]
    assert grouping.groups == 2
    assert any("same person" in str(finding.message) for finding in findings)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("G06", "g6"),
        ("G06", "G 06"),
        ("G10", "G1O"),
        ("Ryhmä 2", "ryhmä2"),
        ("Kettu", "Kettu."),
        ("G03", "G03 (pj)"),
        ("G03", "G03*"),
        ("Grupp 3", "grupp 3, ledare"),
        ("Team A", "Team A [lead]"),
        ("G03", "g3 - vetäjä"),
    ],
)
def test_a_name_that_is_nearly_another_is_asked_about(saved, old, new):
    text = f"id;ryhmä\na;{old}\nb;{old}\nc;{new}\nd;X1\n"
    _, grouping, findings = read_grouping(saved(text.encode()), ANY)
    [asked] = [finding for finding in findings if finding.severity is Severity.WARNING]
    assert (asked.row, asked.value) == (4, new)
    assert f"Was “{old}” meant?" in str(asked.message)
    assert grouping.groups == 3


@pytest.mark.parametrize(
    "names",
    [
        ("G1", "G10", "G01b"),
        ("Kettu", "Karhu", "Susi"),
        ("1", "2", "11"),
        ("A (ma)", "A (ti)", "B"),
    ],
)
def test_names_that_differ_are_not_asked_about(saved, names):
    text = "id;ryhmä\n" + "".join(f"p{at};{name}\n" for at, name in enumerate(names * 2))
    _, grouping, findings = read_grouping(saved(text.encode()), ANY)
    assert grouping.groups == 3
    assert not [finding for finding in findings if finding.severity is Severity.WARNING]
