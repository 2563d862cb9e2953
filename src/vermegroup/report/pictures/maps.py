"""Maps of Finland with the municipalities of a group's members, and of everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from vermegroup.language.alphabet import alphabetical
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, N_several, _, joined
from vermegroup.language.terms import first_of, people_of
from vermegroup.report.pictures.finland import HEIGHT, SYMBOL, spot_of, width
from vermegroup.report.pictures.svg import Figure, element, picture
from vermegroup.report.report import Members, TraitColumn, TraitKind

_NEARLY_ALL = 0.9
_MOST_NAMES = 500
_MARGIN = 12
_OF_CARD = 17
_LEAST, _SMALL, _MOST, _FEW = 6.0, 4.0, 20.0, 9
_CROWDED = 120

Spots = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Located:
    """The trait that names municipalities of Finland, and where those are that are known."""

    trait: TraitColumn
    spots: Spots


def located(members: Members) -> Located | None:
    """Where the people of a report are, by the trait that its rules speak of.

    None where no trait of theirs says so, or too many of them are not in Finland.
    """
    named = [trait for trait in members.traits if trait.kind is TraitKind.NAME]
    for trait in sorted(named, key=lambda trait: trait.name != "municipality"):
        values = Counter(map(str, trait.values))
        if not 0 < len(values) <= _MOST_NAMES:
            continue
        found = {name: spot for name in values if (spot := spot_of(name)) is not None}
        if sum(values[name] for name in found) >= _NEARLY_ALL * values.total():
            return Located(trait, found)
    return None


def map_of_card(located: Located, seats: Iterable[int], language: Language) -> Markup:
    """The small map of one group; nothing where nobody of it is in Finland."""
    counts = _counts(located, seats)
    if not counts:
        return Markup("")
    label = _ON_MAP.filled(places=sorted(counts, key=alphabetical)).in_(language)
    radii = {name: _OF_CARD * sqrt(min(4, count)) for name, count in counts.items()}
    return _map(label, located.spots, radii, {})


def map_of_all(located: Located, members: Members, language: Language) -> Figure | None:
    """One map of all people, each counted once, with larger dots where they are more."""
    first_seats = {id_: seat for seat, id_ in reversed(list(enumerate(members.ids)))}
    counts = _counts(located, first_seats.values())
    if len(counts) < 2:
        return None
    most = max(counts.values())
    least, unit = _LEAST if len(counts) <= _CROWDED else _SMALL, _MOST / sqrt(max(most, _FEW))
    radii = {name: max(least, unit * sqrt(count)) for name, count in counts.items()}
    told = {name: f"{name}: {people_of(count).in_(language)}" for name, count in counts.items()}
    ranked = sorted(counts, key=lambda name: (-counts[name], alphabetical(name)))
    title = _("The participants on the map").in_(language)
    placed, elsewhere = counts.total(), len(first_seats) - counts.total()
    sentences = [_IN_PLACES.filled(len(counts), people=people_of(placed))]
    if most > 1:
        largest = [name for name in ranked if counts[name] == most]
        sentences.append(_MOST_IN.filled(people=people_of(most), places=first_of(largest, 3)))
    if elsewhere:
        sentences.append(_ELSEWHERE.filled(elsewhere, people=people_of(elsewhere)))
    sentence = joined(sentences, " ").in_(language)
    drawing = _map(f"{title}. {sentence}", located.spots, radii, told)
    return Figure(
        title,
        sentence,
        drawing,
        tuple(told[name] for name in ranked),
        credit=_CREDIT.in_(language),
    )


def _counts(located: Located, seats: Iterable[int]) -> Counter[str]:
    values = (str(located.trait.values[seat]) for seat in seats)
    return Counter(name for name in values if name in located.spots)


def _map(label: str, spots: Spots, radii: Mapping[str, float], titles: Mapping[str, str]) -> Markup:
    """The outline with dots, the largest below the others."""
    high, wide = HEIGHT, width()
    dots = (
        element(
            "circle",
            *([element("title", titles[name])] if name in titles else ()),
            cx=spots[name][0],
            cy=spots[name][1],
            r=radius,
        )
        for name, radius in sorted(radii.items(), key=lambda item: (-item[1], item[0]))
    )
    frame = f"{-_MARGIN} {-_MARGIN} {wide + 2 * _MARGIN} {high + 2 * _MARGIN}"
    shape = element("use", href=f"#{SYMBOL}", width=wide, height=high)
    return picture(label, shape, *dots, class_="map", viewBox=frame)


_ON_MAP = N_("On the map: {places}")
_IN_PLACES = N_several("{people} in {n} municipality.", "{people} in {n} municipalities.")
_MOST_IN = N_("The larger the dot, the more people: at most {people} ({places}).")
_ELSEWHERE = N_several("{people} is elsewhere.", "{people} are elsewhere.")
_CREDIT = _("Map: National Land Survey of Finland, CC BY 4.0")
