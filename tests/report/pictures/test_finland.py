"""Municipalities are where they are, and the outline is small and defined once."""

from __future__ import annotations

import re

import pytest

from vermegroup.intake.municipalities import centres, municipalities, outline
from vermegroup.report.pictures.finland import HEIGHT, SYMBOL, spot_of, symbol, width


def spot(name: str) -> tuple[int, int]:
    found = spot_of(name)
    assert found is not None, name
    return found


def test_north_is_up_and_east_is_to_the_right() -> None:
    towns = ("Hanko", "Tampere", "Kajaani", "Rovaniemi", "Utsjoki")
    ys = [spot(town)[1] for town in towns]
    assert ys == sorted(ys, reverse=True)
    xs = [spot(town)[0] for town in ("Eckerö", "Vaasa", "Jyväskylä", "Kuopio", "Ilomantsi")]
    assert xs == sorted(xs)


def test_every_municipality_of_today_is_on_the_plane() -> None:
    today = [place for place in municipalities() if place.exists]
    spots = {place.name_fi: spot_of(place.name_fi) for place in today}
    assert None not in spots.values()
    assert all(0 <= x <= width() and 0 <= y <= HEIGHT for x, y in spots.values())


def test_distances_on_the_plane_are_those_on_the_ground() -> None:
    """Within 2 %: 1160 km of a sphere on 400 units, so that Helsinki and Oulu are 540 km apart."""
    kilometre = HEIGHT / 1_150
    for one, other, far in (("Helsinki", "Oulu", 539), ("Vaasa", "Joensuu", 418)):
        (x1, y1), (x2, y2) = spot(one), spot(other)
        assert (((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5) == pytest.approx(
            far * kilometre, rel=0.03
        )


def test_a_former_municipality_is_where_its_successor_is() -> None:
    assert spot("Karjaa") == spot("Raasepori") == spot("Raseborg")


@pytest.mark.parametrize("text", ["091", "91", "Uppsala", "", "K17", "<b>Turku</b>"])
def test_what_is_no_name_of_a_municipality_is_nowhere(text: str) -> None:
    assert spot_of(text) is None


def test_the_outline_goes_around_nearly_all_centres() -> None:
    """By how often a line to the west crosses it; islands and shores are simplified."""
    edges = [(a, b) for ring in outline() for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)]

    def inside(north: float, east: float) -> bool:
        crossed = 0
        for (n1, e1), (n2, e2) in edges:
            if (n1 > north) != (n2 > north):
                crossed += e1 + (north - n1) * (e2 - e1) / (n2 - n1) < east
        return crossed % 2 == 1

    within = sum(inside(*place) for place in centres().values())
    assert within > 0.95 * len(centres())


def test_the_outline_is_one_small_symbol() -> None:
    text = str(symbol())
    assert re.findall(r'id="([^"]*)"', text) == [SYMBOL]
    assert len(text) < 3_000
