"""Moodle's two files are to the letter what Moodle imports, read as Moodle reads them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, time
from html import unescape
from pathlib import Path

import pytest

from tests.export.conftest import Run
from tests.export.examples import EVERY, handout_of
from tests.export.handouts import group, handout, member, table, told
from tests.export.hostile import hostile_groups, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.export.moodle import moodle_groups
from vermegroup.export.rendered import Meetings, Rendered, Wanted

ASKED = Wanted(course="VERME-1")


def as_moodle(rendered: Rendered, name: str) -> list[list[str]]:
    """The rows as PHP reads them, which takes a backslash before a quote for an escape."""
    text = rendered.files[name].decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""), escapechar="\\", strict=True))
    assert rows == table(rendered, name)
    return rows


@pytest.mark.parametrize("example", EVERY)
def test_every_group_is_made_and_everybody_put_into_theirs(example: str) -> None:
    asked = handout_of(example)
    rendered = moodle_groups(asked, ASKED)
    header, *groups = as_moodle(rendered, "moodle/groups.csv")
    assert header == ["groupname", "description"]
    assert [name for name, _told in groups] == [group.title for group in asked.groups]
    who, *rows = as_moodle(rendered, "moodle/members.csv")
    assert who[:4] == ["username", "email", "course1", "group1"]
    found = {(row[1], name) for row in rows for name in row[3::2] if name}
    assert found == {(member.email, group.title) for group, member in asked.members()}
    assert len(rows) == len({member.id for _group, member in asked.members()})
    assert not rendered.findings


def test_who_is_in_several_groups_has_a_pair_of_columns_for_each() -> None:
    leader = member(1)
    asked = handout(group("G01", leader, member(2)), group("G02", leader))
    assert as_moodle(moodle_groups(asked, ASKED), "moodle/members.csv") == [
        ["username", "email", "course1", "group1", "course2", "group2"],
        ["", "syn-1@example.org", "VERME-1", "G01", "VERME-1", "G02"],
        ["", "syn-2@example.org", "VERME-1", "G01", "", ""],
    ]


def test_user_names_stand_alone_where_a_column_is_named() -> None:
    asked = handout(group("G01", member(1, login="aino")), login="Käyttäjä")
    rows = as_moodle(moodle_groups(asked, ASKED), "moodle/members.csv")
    assert rows == [["username", "course1", "group1"], ["aino", "VERME-1", "G01"]]


@pytest.mark.parametrize("course", ["", "=VERME"])
def test_without_a_course_its_column_is_empty_and_told(course: str) -> None:
    rendered = moodle_groups(handout(group("G01", member(1))), Wanted(course=course))
    assert as_moodle(rendered, "moodle/members.csv")[1][2] == ""
    ((_row, said),) = told(rendered)
    assert "course1" in said
    assert "--course" in str(rendered.findings[0].hint)


def test_a_name_of_digits_is_not_a_number_of_moodles_own() -> None:
    rendered = moodle_groups(handout(group("7", member(1))), Wanted(language="fi", course="V"))
    assert as_moodle(rendered, "moodle/groups.csv")[1][0] == "Ryhmä 7"
    assert as_moodle(rendered, "moodle/members.csv")[1][3] == "Ryhmä 7"
    assert len(rendered.findings) == 1


def test_hostile_names_are_inert_and_whole(tmp_path: Path) -> None:
    read = read_handout(str(hostile_groups(tmp_path)), (), RulebookChoice(), AS_IT_IS).handout
    for asked in (read, raw_handout()):
        rendered = moodle_groups(asked, ASKED)
        groups = as_moodle(rendered, "moodle/groups.csv")[1:]
        rows = as_moodle(rendered, "moodle/members.csv")[1:]
        assert len(groups) == len({name for name, _told in groups}) == 8
        assert {row[3] for row in rows} == {name for name, _told in groups}
        for name, description in groups:
            assert len(name) <= 254
            assert {name[0], description[0]}.isdisjoint("=+-@'\t")
            assert "<" not in description
            assert "<b>Sali</b>" in unescape(description)


def test_the_call_names_the_course_and_the_column_of_logins(export: Run) -> None:
    call = ("--to", "moodle", "--login", "Tunnus", "--course", "V, 1")
    assert export(*call).exit_code == 0
    text = Path("ryhmat-export/moodle/members.csv").read_text("utf-8")
    assert text.splitlines()[:2] == ["username,course1,group1", 'SYN-1,"V, 1",G01']
    refused = export("--to", "moodle", "--login", "Lempiväri")
    assert refused.exit_code == 2
    assert "--login" in refused.stderr
    assert "Sähköposti" in refused.stderr


def test_a_description_tells_all_that_is_known_in_the_reader_s_words() -> None:
    asked = replace(ASKED, language="fi", meetings=Meetings(date(2027, 1, 18), time(15)))
    people = (replace(member(1), leads=True), member(2))
    rendered = moodle_groups(handout(group("G01", *people)), asked)
    told_of = as_moodle(rendered, "moodle/groups.csv")[1][1]
    assert told_of.startswith("Vetäjä: Keksitty 1; 1. tapaaminen: ma")
    assert "klo 15" in told_of
