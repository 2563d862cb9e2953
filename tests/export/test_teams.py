"""Lists for Teams: addresses to paste, and tables that its cmdlets take by their headers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.export.examples import EVERY, handout_of
from tests.export.handouts import group, handout, member, table, told
from tests.export.hostile import hostile_groups, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.export.rendered import Rendered, Wanted
from vermegroup.export.teams import teams_lists


@pytest.mark.parametrize("name", ["General", "general", "Yleinen", "Allmänt"])
def test_a_channel_that_every_team_has_gets_no_group(name: str) -> None:
    rendered = teams_lists(handout(group(name, member(1)), group("G02", member(2))), Wanted())
    channels = [row[0] for row in table(rendered, "teams/channel-members.csv")[1:]]
    assert channels == [f"{name} 2", "G02"]
    assert len(told(rendered)) == 1


def pasted(rendered: Rendered) -> dict[str, list[str]]:
    """The addresses by the titles above them."""
    text = rendered.files["teams/members.txt"].decode("utf-8")
    assert text.endswith("\n")
    blocks = [block.split("\n") for block in text.removesuffix("\n").split("\n\n")]
    return {title: addresses.split("; ") for title, addresses in map(_two, blocks)}


def _two(block: list[str]) -> tuple[str, str]:
    title, addresses = [line for line in block if line or len(block) == 2]
    return title, addresses


@pytest.mark.parametrize("example", EVERY)
def test_everybody_is_on_the_line_of_their_group(example: str) -> None:
    asked = handout_of(example)
    rendered = teams_lists(asked, Wanted())
    assert pasted(rendered) == {
        group.title: [member.email for member in group.members] for group in asked.groups
    }
    header, *rows = table(rendered, "teams/channel-members.csv")
    assert header == ["DisplayName", "User"]
    assert [address for _channel, address in rows] == [m.email for _g, m in asked.members()]
    leaders = [member.email for _group, member in asked.members() if member.leads]
    owners = rendered.files.get("teams/channel-owners.csv")
    assert (owners is not None) == bool(leaders)
    if leaders:
        assert [row[1:] for row in table(rendered, "teams/channel-owners.csv")] == [
            ["User", "Role"],
            *([leader, "Owner"] for leader in leaders),
        ]


def test_who_leads_becomes_an_owner_of_the_channel() -> None:
    people = group("G01", member(1, leads=True), member(2), name="Tiistai: ilta")
    rendered = teams_lists(handout(people), Wanted())
    assert table(rendered, "teams/channel-owners.csv") == [
        ["DisplayName", "User", "Role"],
        ["Tiistai- ilta (G01)", "syn-1@example.org", "Owner"],
    ]
    ((row, said),) = told(rendered)
    assert row == 2
    assert "Tiistai- ilta" in said


def test_who_has_no_address_is_told() -> None:
    rendered = teams_lists(handout(group("G01", member(1), member(2, ""))), Wanted())
    assert pasted(rendered) == {"G01": ["syn-1@example.org"]}
    assert [row for row, _said in told(rendered)] == [3]


def test_hostile_names_are_inert_and_fit_for_channels(tmp_path: Path) -> None:
    read = read_handout(str(hostile_groups(tmp_path)), (), RulebookChoice(), AS_IT_IS).handout
    for asked in (read, raw_handout()):
        rendered = teams_lists(asked, Wanted())
        assert len(pasted(rendered)) == 8
        rows = table(rendered, "teams/channel-members.csv")[1:]
        channels = {channel for channel, _address in rows}
        assert (len(rows), len(channels)) == (32, 8)
        for channel in channels:
            assert len(channel) <= 50
            assert not re.search(r"""[~#%&*{}/\\:<>?+|'",]""", channel)
            assert channel[0] not in "=+-@'_."
