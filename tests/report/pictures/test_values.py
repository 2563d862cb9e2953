"""Groups beside each other: a square for each member, by value."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.report.pictures.drawn import drawn, report_on
from vermegroup.report.pictures.gallery import gallery_of
from vermegroup.report.pictures.svg import Figure

MIXED = "groups: {size: 2-30}\npreferences: [{spread: subject}]\n"


def of_subjects(*groups: str) -> list[Figure]:
    people = [Person("-", 3, subject) for group in groups for subject in group.split()]
    group_of = [place for place, group in enumerate(groups) for _subject in group.split()]
    return list(gallery_of(report_on(people, group_of, MIXED), "en").of_groups)


def squares(figure: Figure, shade: str) -> list[int]:
    """How many squares of a shade each tower that has some has."""
    return [path.attrib["d"].count("z") for path in drawn(figure.drawing, "path", shade)]


def test_few_values_have_a_shade_each_and_a_square_for_each_person() -> None:
    (figure,) = of_subjects("art art music", "art music music music")
    (most, _), (least, _) = figure.keys
    assert [word for _shade, word in figure.keys] == ["music", "art"]
    assert squares(figure, most) == [1, 3]
    assert squares(figure, least) == [2, 1]
    assert figure.listed == ("G01: art 2, music 1", "G02: music 3, art 1")


def test_of_many_values_those_that_repeat_are_hollow() -> None:
    (figure,) = of_subjects("a b c c c", "d e f", "g h a b")
    assert squares(figure, "d4") == [3, 3, 4]
    assert squares(figure, "hollow") == [2]
    assert "2 in all" in figure.sentence


@pytest.mark.parametrize(
    "groups",
    [
        ("a b c", "d e f"),  # all differ everywhere
        ("a a a", "a a"),  # nothing differs
        ("a b " * 11, "a b"),  # too high a tower
        ("a b",) * 61,
        ("a b a",),
    ],
)
def test_where_there_is_nothing_to_see_there_is_no_picture(groups: tuple[str, ...]) -> None:
    assert of_subjects(*groups) == []


def test_a_value_is_never_taken_for_markup() -> None:
    (figure,) = of_subjects('<b>&" art', "art art")
    assert "<b>" not in figure.drawing
    assert drawn(figure.drawing, "path")  # and is well formed
