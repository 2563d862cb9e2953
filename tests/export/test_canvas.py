"""Canvas's file is to the letter what Canvas imports into a group set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.examples import EVERY, handout_of
from tests.export.handouts import group, handout, member, table, told
from tests.export.hostile import hostile_groups, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.export.canvas import canvas_groups
from vermegroup.export.rendered import Wanted


@pytest.mark.parametrize("example", EVERY)
def test_everybody_has_the_name_of_their_group(example: str) -> None:
    asked = handout_of(example)
    rendered = canvas_groups(asked, Wanted())
    header, *rows = table(rendered, "canvas.csv")
    assert header == ["login_id", "group_name"]
    first = {member.email: group.title for group, member in reversed(list(asked.members()))}
    assert dict(map(tuple, rows)) == first  # type: ignore[arg-type]
    assert len(rows) == len(first)


def test_hostile_names_are_inert_and_whole(tmp_path: Path) -> None:
    read = read_handout(str(hostile_groups(tmp_path)), (), RulebookChoice(), AS_IT_IS).handout
    for asked in (read, raw_handout()):
        rows = table(canvas_groups(asked, Wanted(language="sv")), "canvas.csv")[1:]
        assert len(rows) == 32
        names = {name for _login, name in rows}
        assert {"Grupp =2+2 (G01)", 'Tiistai ☕, klo 15; "ilta" (G05)'} <= names
        assert all(len(name) <= 255 and name[0] not in "=+-@'\t" for name in names)


def test_people_are_found_by_what_they_log_in_with() -> None:
    people = [member(1, login="aino"), member(2, login="")]
    rendered = canvas_groups(handout(group("G01", *people), login="Käyttäjä"), Wanted())
    assert table(rendered, "canvas.csv")[1:] == [["aino", "G01"]]
    assert [row for row, _said in told(rendered)] == [3]


def test_a_person_is_in_one_group_of_a_set() -> None:
    leader = member(1)
    rendered = canvas_groups(handout(group("G01", leader), group("G02", leader)), Wanted())
    assert table(rendered, "canvas.csv")[1:] == [["syn-1@example.org", "G01"]]
    assert told(rendered) == [(2, "Keksitty 1 is in G01 and G02, and Canvas takes only G01")]
