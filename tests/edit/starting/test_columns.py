"""Columns are corrected in the rules, and the roster is read again at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.starting.opened import Opened, opened, roster
from vermegroup.edit.starting.columns import column_choices, traits_offered
from vermegroup.rulebooks.amend import sections_of

RIVALS = "id;Kunta;Kotikunta;Kokemus vuosina;Tila\n1;Oulu;Kemi;3;peruttu\n2;Kuopio;Turku;12;ok\n"


@pytest.fixture
def rivals(tmp_path: Path) -> Opened:
    return opened(tmp_path, RIVALS)


def held(page: Opened) -> dict[str, str]:
    return {column.header: column.trait for column in column_choices(page.beginning)}


def field(page: Opened, header: str) -> str:
    return next(each.field for each in column_choices(page.beginning) if each.header == header)


def test_what_was_recognised_is_shown_with_some_cells(tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    assert held(page)["Työkunta"] == "municipality"
    assert held(page)["Kokemus vuosina"] == "years"
    assert "Oulu · Kuopio · Espoo" in page.page().replace('</bdi> · <bdi class="cell">', " · ")


def test_one_of_two_rivals_is_told_to_hold_nothing(rivals: Opened) -> None:
    assert rivals.beginning.look.roster is None
    assert rivals.send("columns", **{field(rivals, "Kotikunta"): ""}).status_code == 200
    assert held(rivals)["Kunta"] == "municipality"
    assert held(rivals)["Kotikunta"] == ""
    assert rivals.beginning.look.roster is not None


def test_a_column_that_was_taken_for_a_status_sets_nobody_aside_any_more(rivals: Opened) -> None:
    assert len(rivals.beginning.look.set_aside) == 1
    rivals.send("columns", **{field(rivals, "Tila"): ""})
    assert not rivals.beginning.look.set_aside
    assert held(rivals)["Tila"] == ""


def test_another_column_takes_a_trait_of_which_there_is_one(tmp_path: Path) -> None:
    page = opened(tmp_path, "id;Kunta;Vuosia yhteensä;Vuodet\n1;Oulu;1;2\n2;Kemi;3;4\n")
    page.send("columns", **{field(page, "Vuosia yhteensä"): "years"})
    assert held(page)["Vuosia yhteensä"] == "years"
    assert held(page)["Vuodet"] == ""


def test_several_columns_are_one_trait_where_that_may_be(tmp_path: Path) -> None:
    page = opened(tmp_path, "id;Vapaat ajat;Lisää\n1;ma 16;ti 17\n2;ma 16;ke 12\n")
    page.send("columns", **{field(page, "Lisää"): "times"})
    assert sections_of(page.beginning.text)["columns"]["times"] == ["Vapaat ajat", "Lisää"]  # type: ignore[index]
    assert held(page)["Lisää"] == held(page)["Vapaat ajat"] == "times"


def test_columns_of_one_header_are_told_apart_and_one_without_cannot_be_chosen(
    tmp_path: Path,
) -> None:
    page = opened(tmp_path, "id;Kunta;Muu;Muu;\n1;Oulu;a;b;x\n2;Kemi;c;d;y\n")
    page.send("columns", **{field(page, "Muu (2)"): "theme"})
    assert (held(page)["Muu"], held(page)["Muu (2)"]) == ("", "theme")
    before = page.beginning.text
    page.send("columns", column4="years")
    assert page.beginning.text == before


def test_a_trait_that_is_not_offered_is_not_taken(rivals: Opened) -> None:
    before = rivals.beginning.text
    rivals.send("columns", **{field(rivals, "Tila"): "rules: []\nx"})
    assert rivals.beginning.text == before


def test_a_trait_of_the_rules_own_can_be_told_where_it_is(rivals: Opened) -> None:
    rivals.send("rules", text="rules:\n  - different: Talo\n")
    assert rivals.beginning.look.missing == ("Talo",)
    assert "Talo" in traits_offered(rivals.beginning)
    rivals.send("columns", **{field(rivals, "Kotikunta"): "Talo"})
    assert rivals.beginning.look.missing == ()
    assert held(rivals)["Kotikunta"] == "Talo"


def test_every_row_is_a_participant_or_told_to_be_set_aside_whatever_is_chosen(
    rivals: Opened,
) -> None:
    for column in column_choices(rivals.beginning):
        for trait in ("", "name", "status", "municipality", "id"):
            rivals.send("columns", **{column.field: trait})
            look = rivals.beginning.look
            if look.roster is not None:
                assert look.roster.people + len(look.set_aside) == look.read == 2
