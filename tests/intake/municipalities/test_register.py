from __future__ import annotations

from importlib import resources

from vermegroup.intake.municipalities import municipalities


def test_the_register_holds_every_municipality_once():
    today = [place for place in municipalities() if place.exists]
    assert len(municipalities()) == 422
    assert len({place.code for place in municipalities()}) == 422
    assert len({place.name_fi for place in today}) == len(today) == 308
    assert len({place.name_sv for place in today}) == len(today)


def test_every_municipality_of_today_is_known_in_full():
    for place in municipalities():
        if place.exists:
            assert place.population > 0
            assert place.languages in {"fi", "sv", "fi-sv", "sv-fi"}
            assert all((place.name_fi, place.name_sv, place.region_fi, place.region_sv))


def test_successors_exist_today_and_only_one_is_unknown():
    today = {place.code for place in municipalities() if place.exists}
    former = [place for place in municipalities() if not place.exists]
    assert {place.name_fi for place in former if not place.successor} == {"Pertunmaa"}
    assert all(place.successor in today for place in former if place.successor)


def test_the_source_is_credited_where_the_facts_are():
    credit = (
        resources.files("vermegroup.intake.municipalities").joinpath("SOURCE.md").read_text("utf-8")
    )
    assert "Statistics Finland" in credit
    assert "CC BY 4.0" in credit
