"""Zoom's file is to the letter what Zoom imports, and what it cannot take is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.examples import EVERY, handout_of
from tests.export.handouts import group, handout, many, member, table, told
from tests.export.hostile import hostile_groups, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.export.rendered import Wanted
from vermegroup.export.zoom import zoom_rooms

HEADER = ["Pre-assign Room Name", "Email Address"]


@pytest.mark.parametrize("example", EVERY)
def test_everybody_has_the_room_of_their_group(example: str) -> None:
    asked = handout_of(example)
    rendered = zoom_rooms(asked, Wanted())
    assert not rendered.files["zoom.csv"].startswith(b"\xef\xbb\xbf")
    header, *rows = table(rendered, "zoom.csv")
    assert header == HEADER
    rooms = {member.email: group.title for group, member in reversed(list(asked.members()))}
    assert {address: room for room, address in rows} == rooms
    assert len(rows) == len(rooms)
    several = sum("takes only" in said for _row, said in told(rendered))
    assert several == len(list(asked.members())) - len(rooms)


def test_a_meeting_has_its_own_rooms() -> None:
    meeting, kept = handout_of("kokous"), handout_of("kevat")
    assert meeting.meeting
    rooms = {room for room, _address in table(zoom_rooms(meeting, Wanted()), "zoom.csv")[1:]}
    assert rooms == {group.title for group in meeting.groups}
    assert {group.title for group in meeting.groups} != {group.title for group in kept.groups}


def test_hostile_names_are_inert(tmp_path: Path) -> None:
    read = read_handout(str(hostile_groups(tmp_path)), (), RulebookChoice(), AS_IT_IS).handout
    for asked in (read, raw_handout()):
        rendered = zoom_rooms(asked, Wanted())
        _header, *rows = table(rendered, "zoom.csv")
        assert len(rows) == 32
        assert all(len(room) <= 32 and room[0] not in "=+-@'\t" for room, _address in rows)
        assert len({room for room, _address in rows}) == 8
        changed = {said for _row, said in told(rendered)}
        assert any("“Group =2+2 (G01)”" in said for said in changed)


@pytest.mark.parametrize(
    ("groups", "people", "hints"),
    [
        (50, 4, []),
        (51, 3, ["100"]),
        (40, 6, ["1,000"]),
        (101, 2, ["several", "1,000"]),
        (90, 12, ["100", "several"]),
    ],
)
def test_what_zoom_does_not_take_is_told(groups: int, people: int, hints: list[str]) -> None:
    rendered = zoom_rooms(many(groups, people), Wanted())
    assert len(table(rendered, "zoom.csv")) == groups * people + 1
    said = [str(finding.hint).replace("1000", "1,000") for finding in rendered.findings]
    assert len(said) == len(hints)
    for hint, part in zip(said, hints, strict=True):
        assert part in hint


def test_an_address_stands_once() -> None:
    leader = member(1)
    asked = handout(group("G01", leader), group("G02", leader, member(2, "syn-1@example.org")))
    rendered = zoom_rooms(asked, Wanted())
    assert table(rendered, "zoom.csv")[1:] == [["G01", "syn-1@example.org"]]
    assert [row for row, _said in told(rendered)] == [3, 2]
