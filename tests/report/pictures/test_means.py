"""Of very many groups their means are drawn beside the numbers of all people."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.report.pictures.drawn import drawn, report_on
from vermegroup.report.pictures.means import histogram
from vermegroup.report.pictures.svg import Figure

BALANCED = "groups: {size: 2-9}\npreferences: [{balance: years}]\n"


def of_years(*groups: tuple[int, ...], waiting: tuple[int, ...] = ()) -> Figure | None:
    people = [Person("-", years) for group in (*groups, waiting) for years in group]
    group_of = [place for place, group in enumerate(groups) for _years in group]
    report = report_on(people, [*group_of, *[-1] * len(waiting)], BALANCED)
    return histogram(report.groups, report.members.traits[0], "en")


def bars(figure: Figure, style: str) -> dict[float, float]:
    """How high a bar stands by where it begins, in percent of the width."""
    return {
        float(bar.attrib["x"].removesuffix("%")): float(bar.attrib["height"])
        for bar in drawn(figure.drawing, "rect", style)
    }


def test_bars_are_as_high_as_many_have_a_number_and_as_many_groups_a_mean() -> None:
    figure = of_years((0, 20), (0, 20), (0, 40), (0, 20))
    assert figure is not None
    assert bars(figure, "people") == pytest.approx({0.0: 150, 50.0: 112.5, 97.5: 37.5}, abs=0.06)
    assert bars(figure, "means") == pytest.approx({25.0: 150, 50.0: 50}, abs=0.06)
    assert figure.sentence.startswith("The groups' means are from 10 y to 20 y.")
    assert figure.sentence.endswith("12.5 y.")


def test_who_waits_is_in_no_groups_mean() -> None:
    assert of_years((0, 20), (10, 30), waiting=(99,)) == of_years((0, 20), (10, 30))


def test_where_all_are_alike_there_is_nothing_to_see() -> None:
    assert of_years((5, 5), (5, 5, 5)) is None
