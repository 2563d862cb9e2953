"""All groups beside each other: the number of each member on one scale, with the means marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil, floor, log10

from markupsafe import Markup

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, _, as_sentence, number, verbatim
from vermegroup.report.groups import Group
from vermegroup.report.pictures.svg import Figure, element, picture, point
from vermegroup.report.report import Members, TraitColumn, TraitKind
from vermegroup.report.words import with_unit

MOST_GROUPS = 60
_HIGH = 240.0
_TOP = 14.0
_NAMES = 20.0
_LEFT, _RIGHT = 4.5, 1.5
_COLUMN, _WIDE, _NARROW = 56, 800, 280
_LETTER, _LONGEST = 6.5, 14
_STEP, _DOT, _BAR, _FEW = 12, 8, 14.0, 30
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from ``low`` to ``high`` as places from the bottom of a picture to its top."""

    low: float
    high: float
    step: float

    def y(self, value: float) -> float:
        """How far below the top a number stands."""
        return _TOP + _HIGH * (self.high - value) / ((self.high - self.low) or 1.0)

    def ticks(self) -> list[float]:
        """Round numbers along it."""
        count = round((self.high - self.low) / self.step)
        return [self.low + place * self.step for place in range(count + 1)]


def scale_of(values: Sequence[float]) -> Scale:
    """The scale with three to six round numbers that holds all of these, and nought if it is near.

    A round number is 1, 2 or 5 with noughts behind or before it.
    """
    low, high = min(values), max(values)
    if 0 < low <= 0.5 * high:
        low = 0.0
    raw = (high - low) / _TICKS or 1.0
    tens = 10.0 ** floor(log10(raw))
    step = next(times * tens for times in (1, 2, 5, 10) if times * tens >= raw * 0.999)
    below, above = floor(low / step), ceil(high / step)
    return Scale(below * step, max(above, below + 1) * step, step)


def strip(
    members: Members, groups: Sequence[Group], trait: TraitColumn, language: Language
) -> Figure | None:
    """How the numbers of a trait are spread over the groups; None for more than can be seen.

    The mean of all is drawn through the groups of each part of a split roster.
    """
    values = list(map(float, trait.values))
    if not 2 <= len(groups) <= MOST_GROUPS or not values:
        return None
    scale, shades = scale_of(values), _shades(members, len(values))
    bar = _BAR if len(groups) <= _FEW else _BAR - 4
    columns = [
        _column(
            [(scale.y(values[seat]), shades[seat]) for seat in range(group.start, group.stop)],
            (bar, scale.y(_mean(values[group.seats]))) if group.size else None,
            x=place(index, len(groups)),
        )
        for index, group in enumerate(groups)
    ]
    title = title_of(trait, language)
    sentence = _means_told(values, groups, trait, language)
    high = _TOP + _HIGH + _NAMES
    drawing = picture(
        f"{title}. {sentence}",
        *_axis(scale, trait, language),
        *_means_of_parts(values, groups, scale),
        *columns,
        *names_below(groups, high - 5),
        class_="abreast",
        height=high,
        style=most_wide(len(groups)),
    )
    listed = tuple(_group_told(values, group, language) for group in groups)
    return Figure(
        title, sentence, drawing, listed, least_width(len(groups)), _keys(members, language)
    )


def title_of(trait: TraitColumn, language: Language) -> str:
    """The title of a picture of a trait in every group."""
    # Translators: the title of a picture, as in "Years of experience by group"
    return as_sentence(_("{trait} by group", trait=trait.title), language)


def least_width(columns: int) -> int:
    """How many pixels so many columns need at least."""
    return round(columns * _STEP / (1 - (_LEFT + _RIGHT) / 100))


def place(index: int, columns: int) -> str:
    """The middle of a column, in percent of the picture's width."""
    return f"{_percent(index + 0.5, columns)}%"


def names_below(groups: Sequence[Group], y: float) -> list[Markup]:
    """The ids of the groups below their columns, as many as there is room for.

    On a narrow page there is room for fewer, and the others may be hidden.
    """
    names = [_cut(group.id) for group in groups]
    long = max(map(len, names)) * _LETTER + _DOT
    every, some = (
        ceil(long / max(_STEP, min(_COLUMN, room / len(names)))) for room in (_WIDE, _NARROW)
    )
    some = every * ceil(some / every)
    return [
        element(
            "text",
            name,
            x=place(index, len(names)),
            y=y,
            class_="id" if index % some == 0 else "id more",
        )
        for index, name in enumerate(names)
        if index % every == 0
    ]


def most_wide(columns: int) -> str:
    """The style of a picture that is no wider than its columns need."""
    return f"max-width:{60 + _COLUMN * columns}px"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _percent(columns_before: float, columns: int) -> float:
    return round(_LEFT + (100 - _LEFT - _RIGHT) * columns_before / columns, 2)


def _column(dots: list[tuple[float, str]], mean: tuple[float, float] | None, x: str) -> Markup:
    """One group: a line from its least to its most, a dot for each member, a bar at the mean.

    ``mean`` is how long the bar is, and where.
    """
    if mean is None:
        return Markup("")
    long, at = mean
    found: dict[str, list[str]] = {}
    for y, lane, shade in _side_by_side(dots):
        found.setdefault(shade, []).append(f"M{point(float(lane), y)}h0")
    ys = [y for y, _shade in dots]
    return element(
        "svg",
        element("path", class_="range", d=f"M0 {point(min(ys), max(ys)).replace(' ', 'V')}"),
        *(
            element("path", class_=f"dot {shade}", d="".join(paths))
            for shade, paths in found.items()
        ),
        element("path", class_="mean", d=f"M{point(-long / 2, at)}h{long:g}"),
        x=x,
    )


def _side_by_side(dots: list[tuple[float, str]]) -> list[tuple[float, int, str]]:
    """The dots with how far to the side each is drawn, so that none hides another."""
    taken: list[tuple[float, int]] = []
    found = []
    for y, shade in sorted(dots, reverse=True):
        near = {lane for at, lane in taken if abs(at - y) < _DOT - 0.5}
        lane = next(lane for lane in _lanes(len(dots)) if lane not in near)
        taken.append((y, lane))
        found.append((y, lane, shade))
    return found


def _lanes(count: int) -> list[int]:
    """The places beside each other, from the middle outwards: 0, 8, -8, 16 and so on."""
    return [(n + 1) // 2 * _DOT * (1 if n % 2 else -1) for n in range(count)]


def _shades(members: Members, people: int) -> list[str]:
    """Everybody's shade, by the band that the first banded trait puts them in."""
    band = _banded(members)
    if band is None:
        return ["d4"] * people
    shade = shades_of(band.levels)
    return [shade.get(str(value), "d4") for value in band.values]


def _keys(members: Members, language: Language) -> tuple[tuple[str, str], ...]:
    """What the shades mean."""
    band = _banded(members)
    if band is None:
        return ()
    there = set(map(str, band.values))
    return tuple(
        (f"{shade} round", band.shown.get(level, verbatim(level)).in_(language))
        for level, shade in shades_of(band.levels).items()
        if level in there
    )


def _banded(members: Members) -> TraitColumn | None:
    return next((trait for trait in members.traits if trait.kind is TraitKind.BAND), None)


def shades_of(values: Sequence[str]) -> dict[str, str]:
    """The shades of a few values in their order, from the lightest to the darkest."""
    last = max(1, len(values) - 1)
    return {value: f"d{round(4 * at / last)}" for at, value in enumerate(values)}


def _axis(scale: Scale, trait: TraitColumn, language: Language) -> list[Markup]:
    """A line at each round number, with the number above its left end; the unit is at the top."""
    drawn = []
    for tick in scale.ticks():
        y, text = scale.y(tick), number(tick, language)
        told = with_unit(text, trait.name, language) if tick == scale.ticks()[-1] else text
        drawn.append(element("line", class_="tick", x1=0, x2="100%", y1=y, y2=y))
        drawn.append(element("text", told, x=0, y=y - 3))
    return drawn


def _means_of_parts(values: list[float], groups: Sequence[Group], scale: Scale) -> list[Markup]:
    """The mean of everybody in the groups of a part, through the columns of that part."""
    drawn, before = [], 0
    for _part, run in groupby(groups, key=lambda group: group.part):
        own = list(run)
        y = scale.y(_mean([value for group in own for value in values[group.seats]]))
        left, right = (_percent(at, len(groups)) for at in (before, before + len(own)))
        drawn.append(element("line", class_="all", x1=f"{left}%", x2=f"{right}%", y1=y, y2=y))
        before += len(own)
    return drawn


def _mean(values: Sequence[float]) -> float:
    return float(sum(map(Fraction, values)) / max(1, len(values)))


def _means_told(
    values: list[float], groups: Sequence[Group], trait: TraitColumn, language: Language
) -> str:
    means = [_mean(values[group.seats]) for group in groups if group.size]
    low, high, whole = (
        with_unit(number(round(mean, 1), language), trait.name, language)
        for mean in (min(means), max(means), _mean(values[: groups[-1].stop]))
    )
    template = _MEANS if low != high else _ONE_MEAN
    return template.filled(low=low, high=high, mean=whole).in_(language)


def _group_told(values: list[float], group: Group, language: Language) -> str:
    told = ", ".join(number(value, language) for value in sorted(values[group.seats]))
    return f"{group.title}: {told}"


_MEANS = N_(
    "Each dot is a person, and a bar marks the mean of a group: from {low} to {high}. The dashed "
    "line is the mean of all in groups, {mean}."
)
_ONE_MEAN = N_(
    "Each dot is a person, and a bar marks the mean of a group: {low} in every one of them."
)
