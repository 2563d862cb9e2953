"""Maps show where people are, where that is known to be in Finland."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.report.pictures.drawn import drawn, report_on
from vermegroup.language.catalogues import Language, languages
from vermegroup.report.pictures.finland import spot_of
from vermegroup.report.pictures.gallery import gallery_of
from vermegroup.report.pictures.maps import located, map_of_all, map_of_card
from vermegroup.report.report import Report

ANYWHERE = "groups: {size: 2-9}\npreferences: [{different: municipality}]\n"


def in_towns(*groups: str) -> Report:
    """Groups, each as the towns of its members."""
    people = [Person(town, 3) for group in groups for town in group.split()]
    group_of = [place for place, group in enumerate(groups) for _town in group.split()]
    return report_on(people, group_of, ANYWHERE)


def circles(drawing: str) -> dict[tuple[int, int], float]:
    return {
        (int(dot.attrib["cx"]), int(dot.attrib["cy"])): float(dot.attrib["r"])
        for dot in drawn(drawing, "circle")
    }


def test_a_card_has_a_dot_in_each_municipality_larger_where_several_are() -> None:
    report = in_towns("Turku Oulu Oulu", "Lahti Salo Kemi")
    place = located(report.members)
    assert place is not None
    dots = circles(map_of_card(place, range(3), "fi"))
    turku, oulu = spot_of("Turku"), spot_of("Oulu")
    assert set(dots) == {turku, oulu}
    assert dots[oulu] > dots[turku]


@pytest.mark.parametrize("language", languages())
def test_maps_say_what_they_show(language: Language) -> None:
    report = in_towns("Turku Oulu Äänekoski", "Lahti Turku Salo")
    pictures = gallery_of(report, language)
    label = drawn(pictures.map_of(report.groups[0]), "svg")[0].attrib["aria-label"]
    assert "Oulu, Turku" in label
    assert label.endswith("Äänekoski")
    assert pictures.everybody is not None
    assert [line.partition(":")[0] for line in pictures.everybody.listed] == [
        *("Turku", "Lahti", "Oulu", "Salo", "Äänekoski")
    ]
    assert "(Turku)" in pictures.everybody.sentence
    assert "CC BY 4.0" in pictures.everybody.credit


def test_the_map_of_all_has_larger_dots_where_there_are_more_people() -> None:
    report = in_towns("Turku Turku Turku", "Turku Oulu Oulu", "Kemi Salo Lahti")
    place = located(report.members)
    assert place is not None
    figure = map_of_all(place, report.members, "en")
    assert figure is not None
    dots = circles(figure.drawing)
    by_size = sorted(dots, key=dots.__getitem__, reverse=True)
    assert by_size[:2] == [spot_of("Turku"), spot_of("Oulu")]
    assert "9 people in 5 municipalities" in figure.sentence


@pytest.mark.parametrize(
    "groups",
    [
        ("Uppsala Lund Malmö", "Oslo Bergen Turku"),
        ("K01 K02 K03", "K04 K05 K06"),  # as pseudonyms are
        ("091 853 564", "049 092 837"),  # codes that nobody can tell from pseudonyms
    ],
)
def test_there_is_no_map_where_municipalities_are_not_known(groups: tuple[str, ...]) -> None:
    pictures = gallery_of(in_towns(*groups), "en")
    assert pictures.everybody is None
    assert pictures.outline == ""
    assert pictures.map_of(pictures.report.groups[0]) == ""


def test_a_few_from_elsewhere_are_counted_and_not_drawn() -> None:
    report = in_towns("Turku Oulu Lahti Salo Kemi", "Turku Oulu Lahti Salo Uppsala")
    figure = gallery_of(report, "en").everybody
    assert figure is not None
    assert len(circles(figure.drawing)) == 5
    assert figure.sentence.endswith("1 person is elsewhere.")


def test_the_trait_of_the_rules_is_on_the_map_whatever_its_name() -> None:
    people = [Person("-", 3, subject) for subject in ("Turku", "Oulu", "Lahti", "Salo")]
    book = "groups: {size: 2}\npreferences: [{different: subject}]\n"
    place = located(report_on(people, [0, 0, 1, 1], book).members)
    assert place is not None
    assert place.trait.name == "subject"


def test_without_a_rule_about_places_there_is_no_map() -> None:
    report = report_on([Person("Turku", 3), Person("Oulu", 4)], [0, 0], "groups: {size: 2}\n")
    assert gallery_of(report, "en").everybody is None


def test_cards_of_many_groups_have_no_maps_but_all_people_have_one() -> None:
    report = in_towns(*["Turku Oulu Kemi"] * 61)
    pictures = gallery_of(report, "en")
    assert pictures.everybody is not None
    assert pictures.map_of(report.groups[0]) == ""
