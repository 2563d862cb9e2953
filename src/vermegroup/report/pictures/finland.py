"""Finland on a plane: its outline, and where its municipalities are.

The projection is the transverse Mercator's on a sphere, with 27° E as its middle, which is what
Finnish maps are drawn in (Snyder, Map Projections: A Working Manual, 1987, equations 8-1 and 8-3).
"""

from __future__ import annotations

from functools import cache
from math import atan2, atanh, cos, radians, sin, tan

from markupsafe import Markup

from vermegroup.intake.municipalities import centres, outline
from vermegroup.intake.municipalities.gazetteer import named, today
from vermegroup.report.pictures.svg import element

HEIGHT = 400
SYMBOL = "finland"
_MIDDLE = 27.0


def spot_of(municipality: str) -> tuple[int, int] | None:
    """Where a municipality is on the plane, or the one that it became part of; None for others.

    A bare number is no name: under pseudonyms a code may look like one.
    """
    place = None if municipality.isdecimal() else named(municipality)
    centre = centres().get(today(place).code) if place is not None else None
    return None if centre is None else _on_plane(*centre)


def width() -> int:
    """How wide the plane is where it is HEIGHT high."""
    return _frame()[3]


@cache
def symbol() -> Markup:
    """The outline as a symbol, to be put once into a page and used by every map on it."""
    rings = ([_on_plane(*place) for place in ring] for ring in outline())
    path = element("path", d="".join(map(_ring, rings)))
    shape = element("symbol", path, id=SYMBOL, viewBox=f"0 0 {width()} {HEIGHT}")
    return element("svg", shape, width=0, height=0, class_="unseen", aria_hidden="true")


def _ring(places: list[tuple[int, int]]) -> str:
    """A closed path, each place told by its distance from the one before."""
    told, (x, y) = [f"M{places[0][0]} {places[0][1]}l"], places[0]
    for next_x, next_y in places[1:]:
        if (next_x, next_y) != (x, y):
            told.append(f"{next_x - x} {next_y - y} ")
        x, y = next_x, next_y
    return "".join(told).rstrip().replace(" -", "-") + "z"


def _on_plane(north: float, east: float) -> tuple[int, int]:
    left, top, scale, _width = _frame()
    x, y = _projected(north, east)
    return round((x - left) * scale), round((top - y) * scale)


@cache
def _frame() -> tuple[float, float, float, int]:
    """The left and top of all that is drawn, how large it is drawn, and how wide it is then."""
    places = [place for ring in outline() for place in ring] + list(centres().values())
    xs, ys = zip(*(_projected(*place) for place in places), strict=True)
    scale = HEIGHT / (max(ys) - min(ys))
    return min(xs), max(ys), scale, round((max(xs) - min(xs)) * scale)


def _projected(north: float, east: float) -> tuple[float, float]:
    latitude, longitude = radians(north), radians(east - _MIDDLE)
    across = cos(latitude) * sin(longitude)
    return atanh(across), atan2(tan(latitude), cos(longitude))
