"""All groups beside each other: how many members have which value of a trait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, N_several, verbatim
from vermegroup.report.groups import Group
from vermegroup.report.pictures.strips import (
    MOST_GROUPS,
    least_width,
    most_wide,
    names_below,
    place,
    shades_of,
    title_of,
)
from vermegroup.report.pictures.svg import Figure, element, picture, point
from vermegroup.report.report import TraitColumn

MOST_VALUES = 5
_MOST_PEOPLE = 20
_SIDE, _GAP = 12, 2
_NAMES = 22


def towers(groups: Sequence[Group], trait: TraitColumn, language: Language) -> Figure | None:
    """A tower of squares for each group: one for each member, coloured by value.

    Of many values those that repeat one in the group are hollow; None where none does, for then
    all groups look alike.
    """
    highest = max((group.size for group in groups), default=0)
    if not 2 <= len(groups) <= MOST_GROUPS or not 0 < highest <= _MOST_PEOPLE:
        return None
    values = [str(value) for value in trait.values]
    known = _in_order(values[: groups[-1].stop], trait)
    if len(known) < 2:
        return None
    if len(known) <= MOST_VALUES:
        shade = shades_of(known)
        layers = [_counted(values[group.seats], shade) for group in groups]
        keys = tuple((shade[value], _called(value, trait).in_(language)) for value in known)
        sentence = _EACH_SQUARE.filled().in_(language)
        return _figure(groups, trait, layers, (sentence, keys), language)
    layers = [_distinct(values[group.seats]) for group in groups]
    repeats = sum(layer.get(_HOLLOW, 0) for layer in layers)
    if not repeats:
        return None
    sentence = _REPEATS.filled(repeats).in_(language)
    return _figure(groups, trait, layers, (sentence, ()), language)


_HOLLOW = "hollow"


def _figure(
    groups: Sequence[Group],
    trait: TraitColumn,
    layers: list[dict[str, int]],
    told: tuple[str, tuple[tuple[str, str], ...]],
    language: Language,
) -> Figure:
    sentence, keys = told
    title = title_of(trait, language)
    floor = max(group.size for group in groups) * _SIDE
    columns = [
        _tower(layer, floor, x=place(index, len(groups))) for index, layer in enumerate(layers)
    ]
    drawing = picture(
        f"{title}. {sentence}",
        *columns,
        *names_below(groups, floor + _NAMES - 6),
        class_="abreast",
        height=floor + _NAMES,
        style=most_wide(len(groups)),
    )
    listed = tuple(
        f"{group.title}: {_told(trait, group, language)}" for group in groups if group.size
    )
    return Figure(title, sentence, drawing, listed, least_width(len(groups)), keys)


def _tower(layer: dict[str, int], floor: int, x: str) -> Markup:
    """Squares one on the other, in one path for each shade."""
    half, side, below, drawn = _SIDE / 2 - _GAP / 2, _SIDE - _GAP, 0, []
    for shade, count in layer.items():
        squares = (
            f"M{point(-half, float(floor - (below + n + 1) * _SIDE + _GAP))}h{side}v{side}h-{side}z"
            for n in range(count)
        )
        drawn.append(element("path", class_=f"square {shade}", d="".join(squares)))
        below += count
    return element("svg", *drawn, x=x)


def _in_order(values: list[str], trait: TraitColumn) -> list[str]:
    """The values that there are: bands in their order, others with the most common first."""
    counts = Counter(values)
    if trait.levels:
        return [level for level in trait.levels if counts[level]]
    return sorted(counts, key=lambda value: (-counts[value], value))


def _counted(values: Sequence[str], shade: dict[str, str]) -> dict[str, int]:
    counts = Counter(values)
    return {shade[value]: counts[value] for value in shade if counts[value]}


def _distinct(values: Sequence[str]) -> dict[str, int]:
    once = len(set(values))
    return {"d4": once} | ({_HOLLOW: len(values) - once} if len(values) > once else {})


def _told(trait: TraitColumn, group: Group, language: Language) -> str:
    counts = Counter(str(value) for value in trait.values[group.seats])
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    return ", ".join(f"{_called(value, trait).in_(language)} {counts[value]}" for value in ranked)


def _called(value: str, trait: TraitColumn) -> Message:
    return trait.shown.get(value, verbatim(value))


_EACH_SQUARE = N_("Each square is a person.")
_REPEATS = N_several(
    "Each square is a person; the hollow one has a value that another of the group has, too.",
    "Each square is a person; the hollow ones, {n} in all, have a value that another of the group "
    "has, too.",
)
