"""What the page is told while somebody is held is what the session says would happen."""

from __future__ import annotations

import pytest

from tests.edit.opened import Visitor
from vermegroup.edit.session.prospects import Prospect, prospects


def told(user: Visitor, *people: tuple[str, str]):  # type: ignore[no-untyped-def]
    ids, groups = [person for person, _group in people], [group for _person, group in people]
    answer = user.get("/held", version=user.session.version, person=ids, **{"from": groups})
    assert answer.status_code == 200
    return answer.json()


def same(plain: dict[str, str], prospect: Prospect) -> bool:
    sentences = (*prospect.breaks, *prospect.mends, *prospect.better, *prospect.worse)
    cited = [sentence.in_("en") for sentence in sentences]
    told = f"{plain['told']}. {plain['details']}"
    places = [f"in {each.group}:" for each in (*prospect.breaks_in, *prospect.mends_in)]
    return plain["outlook"] == prospect.outlook.value and all(
        each in told for each in (*cited, *places)
    )


@pytest.mark.parametrize(
    "people", [[("P1", "G01")], [("P1", "G01"), ("P6", "G02")], [("P1", "G01"), ("P2", "G01")]]
)
def test_every_group_and_every_swap_has_its_outlook(
    people: list[tuple[str, str]], user: Visitor
) -> None:
    user.post("/move", person="P16", from_="G04", to="")
    plain, state = told(user, *people), user.session.state
    found = prospects(state, [state.seat(each) for each in people])
    assert plain["new"] == found.new
    for name, prospect in found.groups.items():
        assert same(plain["outlooks"][plain["groups"][name]], prospect)
    for seat, prospect in found.swaps.items():
        assert same(plain["outlooks"][plain["swaps"][str(seat)]], prospect)
    assert (len(plain["groups"]), len(plain["swaps"])) == (len(found.groups), len(found.swaps))


def test_the_seats_on_the_page_are_those_that_are_told_of(user: Visitor) -> None:
    page, roster = user.get("/").text, user.session.state.roster
    for seat, id_ in enumerate(roster.ids.tolist()):
        assert f'data-person="{id_}" data-seat="{seat}"' in page


def test_equal_outlooks_are_told_once(user: Visitor) -> None:
    outlooks = told(user, ("P1", "G01"))["outlooks"]
    assert len({tuple(each.items()) for each in outlooks}) == len(outlooks)


def test_the_group_in_which_a_rule_would_break_is_told_first(user: Visitor) -> None:
    plain = told(user, ("P1", "G01"))
    there = plain["outlooks"][plain["groups"]["G02"]]
    assert there["told"].startswith("Breaks in G")
    assert (
        "Breaks in G01: “Every group has at least 1 new" in f"{there['told']}. {there['details']}"
    )
    assert "Breaks in G02: “All members of a group" in f"{there['told']}. {there['details']}"
    assert "Breaks a rule" not in str(plain)


def test_what_would_be_mended_is_told_by_its_group(user: Visitor) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    plain = told(user, ("P1", "G02"))
    there = plain["outlooks"][plain["groups"]["G01"]]
    assert there["outlook"] == "keeps"
    assert "Mends in G01: “Every group has at least 1 new" in there["details"]


def test_a_page_of_an_older_version_is_told_the_newest(user: Visitor) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    answer = user.get("/held", version=0, person="P1", **{"from": "G01"})
    assert (answer.status_code, answer.json()) == (409, {"version": 1})


def test_who_has_a_value_is_told_by_seats(user: Visitor) -> None:
    seats = user.get("/matching", trait="municipality", value="Turku").json()["seats"]
    assert seats == [0, 4, 8, 12]
    assert user.get("/matching", trait="municipality", value="Atlantis").json()["seats"] == []
    assert user.get("/matching", trait="nothing", value="").json()["seats"] == []
