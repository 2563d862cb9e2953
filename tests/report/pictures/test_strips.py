"""Groups beside each other: each member's number on one scale, with means where they belong."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from tests.brute_force import Person
from tests.report.pictures.drawn import drawn, parsed, report_on, strokes
from vermegroup.language.catalogues import Language, languages
from vermegroup.report.groups import Group
from vermegroup.report.pictures.gallery import gallery_of
from vermegroup.report.pictures.strips import names_below, scale_of, strip
from vermegroup.report.pictures.svg import Figure
from vermegroup.report.report import Report

BALANCED = "groups: {size: 2-9}\npreferences: [{balance: years}, {spread: years}]\n"
SPLIT = "split_by: subject\n" + BALANCED


def with_years(*groups: str, book: str = BALANCED) -> Report:
    people = [Person("-", Fraction(years)) for group in groups for years in group.split()]
    group_of = [place for place, group in enumerate(groups) for _years in group.split()]
    return report_on(people, group_of, book)


def figure_of(report: Report, language: Language = "en") -> Figure:
    figure = strip(report.members, report.groups[:], report.members.traits[0], language)
    assert figure is not None
    return figure


def height(element: ET.Element) -> float:
    return float(element.attrib["y1"])


@pytest.mark.parametrize(
    "values", [[0, 40], [3, 9], [7, 7], [0.2, 0.9], [-5, 12], [0, 100_000], [1995, 2026], [0]]
)
def test_a_scale_holds_all_values_between_a_few_round_numbers(values: list[float]) -> None:
    scale = scale_of(values)
    assert scale.low <= min(values) <= max(values) <= scale.high
    ticks = scale.ticks()
    assert 2 <= len(ticks) <= 7
    assert (ticks[0], ticks[-1]) == (scale.low, pytest.approx(scale.high))
    assert scale.y(scale.high) < scale.y(scale.low)


def test_everybody_has_a_dot_and_equal_numbers_stand_beside_each_other() -> None:
    figure = figure_of(with_years("1 5 5 5 30", "2 2 9"))
    first, second = (list(strokes(ET.tostring(c, "unicode"), "dot")) for c in columns(figure))
    assert len(set(first)) == 5
    assert len(set(second)) == 3


def columns(figure: Figure) -> list[ET.Element]:
    return drawn(figure.drawing, "svg")[1:]


def test_the_bars_are_at_the_means_and_the_dashes_at_everybodys() -> None:
    report = with_years("0 10", "20 40", "5 5")
    figure = figure_of(report)
    scale = scale_of([0, 10, 20, 40, 5, 5])
    bars = [y for _x, y, _long in strokes(figure.drawing, "mean")]
    assert bars == [pytest.approx(scale.y(mean), abs=0.06) for mean in (5, 30, 5)]
    (everybody,) = drawn(figure.drawing, "line", "all")
    assert height(everybody) == pytest.approx(scale.y(80 / 6), abs=0.06)
    assert "from 5 y to 30 y" in figure.sentence
    assert figure.sentence.endswith("13.3 y.")


def test_equal_means_are_told_once() -> None:
    figure = figure_of(with_years("1 9", "5 5"))
    assert "5 y in every one" in figure.sentence


def test_each_part_has_a_mean_of_its_own() -> None:
    people = [Person("-", years, "ab"[years > 9]) for years in (1, 3, 10, 30)]
    report = report_on(people, [0, 0, 1, 1], SPLIT)
    lines = drawn(figure_of(report).drawing, "line", "all")
    scale = scale_of([1, 3, 10, 30])
    assert [height(line) for line in lines] == [
        pytest.approx(scale.y(mean), abs=0.06) for mean in (2, 20)
    ]
    assert lines[0].attrib["x2"] == lines[1].attrib["x1"]


@pytest.mark.parametrize("language", languages())
def test_what_is_drawn_is_listed_too(language: Language) -> None:
    figure = figure_of(with_years("12 1 0.5", "3 4"), language)
    half = "0.5" if language == "en" else "0,5"
    assert figure.listed == (f"G01: {half}, 1, 12", "G02: 3, 4")


def test_sixty_groups_are_drawn_and_of_more_only_their_means() -> None:
    sixty = gallery_of(with_years(*["1 8"] * 60), "en").of_groups
    assert [len(columns(figure)) for figure in sixty] == [60]
    assert 0 < len(drawn(sixty[0].drawing, "text", "id")) <= 24
    assert sixty[0].width < 850  # what a screen of 1280 pixels has room for
    (figure,) = gallery_of(with_years(*["1 8"] * 61), "en").of_groups
    assert not list(strokes(figure.drawing, "dot"))


def test_long_names_of_groups_are_cut_and_thinned_out() -> None:
    groups = [Group(f"The groups of {n}", 0, 2) for n in range(12)]
    names = list(map(parsed, names_below(groups, 9.0)))
    assert [name.text for name in names] == ["The groups of…"] * 6
    assert [name.attrib["class"] == "id" for name in names] == [True, False, False] * 2


def test_a_single_group_has_nothing_to_be_compared_with() -> None:
    assert gallery_of(with_years("1 2 3"), "en").of_groups == ()


def test_a_trait_is_drawn_once_however_many_preferences_speak_of_it() -> None:
    assert len(gallery_of(with_years("1 8", "2 9"), "en").of_groups) == 1


def test_without_a_preference_for_it_a_trait_is_not_drawn() -> None:
    book = "groups: {size: 2}\nrules: [{spread: years, at_least: 1}]\n"
    assert gallery_of(with_years("1 8", "2 9", book=book), "en").of_groups == ()


def test_dots_have_the_shade_of_their_band_and_the_shades_are_told() -> None:
    book = f"bands: {{experience: {{new: below 5, experienced: 10 or more}}}}\n{BALANCED}"
    people = "rules: [{include: {experience: new, at_least: 0}}]\n"
    report = with_years("1 7 12", "2 8 20", book=book + people)
    trait = next(trait for trait in report.members.traits if trait.name == "years")
    figure = strip(report.members, report.groups[:], trait, "en")
    assert figure is not None
    assert [len(list(strokes(figure.drawing, shade))) for shade in ("d0", "d2", "d4")] == [2, 2, 2]
    assert [word for _shade, word in figure.keys] == ["new", "mid-career", "experienced"]
