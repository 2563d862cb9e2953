"""Everybody is one account in another program, or is told not to be."""

from __future__ import annotations

import pytest

from tests.export.handouts import group, handout, member
from vermegroup.export.accounts import by_address, by_login, one_each, seats
from vermegroup.export.rendered import Kind
from vermegroup.language.messages import _


def test_of_two_who_share_an_address_the_first_has_it() -> None:
    asked = handout(
        group("G01", member(1), member(2, "SYN-1@Example.org")), group("G02", member(3))
    )
    accounts, (finding,) = by_address(asked, Kind.ZOOM)
    assert accounts == {"SYN-1": "syn-1@example.org", "SYN-3": "syn-3@example.org"}
    assert (finding.file, finding.row, finding.value) == ("ryhmat.csv", 3, "SYN-1@Example.org")
    assert "Keksitty 2 is left out" in str(finding.message)
    assert finding.hint


@pytest.mark.parametrize("address", ["=1+1@example.org", "+x@example.org", "@x@example.org"])
def test_an_address_that_is_a_formula_is_left_out_and_told(address: str) -> None:
    accounts, (finding,) = by_address(handout(group("G01", member(1, address))), Kind.ZOOM)
    assert accounts == {}
    assert finding.row == 2


def test_who_has_no_address_is_told_once_whatever_the_number_of_groups() -> None:
    guest = member(1, "")
    asked = handout(group("G01", guest, member(2)), group("G02", guest, member(3)))
    accounts, findings = by_address(asked, Kind.ZOOM)
    assert set(accounts) == {"SYN-2", "SYN-3"}
    assert [finding.row for finding in findings] == [2]


def test_logins_go_before_addresses_where_a_column_is_named() -> None:
    people = group("G01", member(1, login="aino"), member(2, login=""), member(3, login="=3"))
    accounts, findings = by_login(handout(people, login="Tunnus"), Kind.MOODLE)
    assert accounts == {"SYN-1": "aino"}
    assert sorted((f.row, "Tunnus" in str(f.message)) for f in findings) == [(3, True), (4, False)]
    assert by_login(handout(people), Kind.MOODLE)[0]["SYN-2"] == "syn-2@example.org"


def test_the_further_groups_of_a_person_are_told_where_a_program_has_one_for_each() -> None:
    leader = member(1)
    asked = handout(group("G01", leader, member(2)), group("G02", member(3), leader))
    seated = seats(asked, by_address(asked, Kind.ZOOM)[0])
    assert len(seated) == 4
    kept, (finding,) = one_each(asked, seated, "Zoom", _("Hint"))
    assert [(seat.group.id, seat.member.id) for seat in kept] == [
        ("G01", "SYN-1"),
        ("G01", "SYN-2"),
        ("G02", "SYN-3"),
    ]
    assert str(finding.message) == "Keksitty 1 is in G01 and G02, and Zoom takes only G01"
