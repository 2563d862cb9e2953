"""The groups of a report as cards: what stands in each, made ready as text for the page."""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.phrase import Language, number, people_of
from vermegroup.report.edge_words import relied_on
from vermegroup.report.members import shown
from vermegroup.report.report import Group, Members, Report, TraitColumn, TraitKind
from vermegroup.report.sharing import common_line
from vermegroup.report.wording import with_unit

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on a group's strip: percent of the way along, and the band's shade."""

    percent: str
    shade: str


@dataclass(frozen=True, slots=True)
class Card:
    """A group: its members' rows of (style, text) cells, and where they stand on the strip."""

    id: str
    size: str
    stretch: str
    faults: int
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    dots: tuple[Dot, ...]
    part: str = ""
    common: str = ""
    relies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """A trait's cells and styles for everybody, so that a card only takes its part."""

    trait: TraitColumn
    texts: list[str]
    styles: list[str]


def cards_of(report: Report, language: Language, at_most: int) -> list[Card]:
    """The first cards, at most so many."""
    groups = report.groups[:at_most]
    return [*_cards(report, groups, language)]


def waitlist_card(report: Report, language: Language) -> Card | None:
    """The people left unplaced, as one more card."""
    if not report.waitlist.size:
        return None
    return _cards(report, (report.waitlist,), language)[0]


def _cards(report: Report, groups: tuple[Group, ...], language: Language) -> list[Card]:
    if not groups:
        return []
    members = report.members
    first, last = groups[0].start, groups[-1].stop
    columns = [_shown(trait, first, last, language) for trait in members.traits]
    along = _strip(members, columns, first, last)
    return [_card(group, first, report, columns, along, language) for group in groups]


def _card(
    group: Group,
    first: int,
    report: Report,
    columns: list[_Shown],
    along: list[Dot],
    language: Language,
) -> Card:
    members = report.members
    seats = range(group.start - first, group.stop - first)
    return Card(
        group.id,
        people_of(group.size).in_(language),
        _stretch(group, members, language),
        group.rules_broken,
        tuple(
            (
                members.labels[first + seat],
                tuple((column.styles[seat], column.texts[seat]) for column in columns),
            )
            for seat in seats
        ),
        tuple(along[seat] for seat in seats) if along else (),
        group.part.in_(language) if group.part else "",
        common_line(group, language),
        tuple(relied_on(report, group, language)),
    )


def _shown(trait: TraitColumn, first: int, last: int, language: Language) -> _Shown:
    texts = [shown(trait, seat, language) for seat in range(first, last)]
    if trait.kind is TraitKind.BAND:
        shade = {
            level: _shade(place, len(trait.levels)) for place, level in enumerate(trait.levels)
        }
        styles = [f"band {shade.get(str(value), '')}" for value in trait.values[first:last]]
    else:
        styles = [trait.kind.value] * (last - first)
    return _Shown(trait, texts, styles)


def _shade(place: int, levels: int) -> str:
    return f"s{round(place * (_SHADES - 1) / max(1, levels - 1))}"


def _strip(members: Members, columns: list[_Shown], first: int, last: int) -> list[Dot]:
    """Everybody's place on the strip of the first numeric trait, from its least to its most."""
    numeric = _first_number(members)
    if numeric is None:
        return []
    values = [float(value) for value in numeric.values]
    low, high = min(0.0, *values), max(0.0, *values)
    width = (high - low) or 1.0
    shades = next((c.styles for c in columns if c.trait.kind is TraitKind.BAND), None)
    return [
        Dot(
            f"{100 * (values[seat] - low) / width:.1f}",
            shades[seat - first] if shades else "band s4",
        )
        for seat in range(first, last)
    ]


def _stretch(group: Group, members: Members, language: Language) -> str:
    """From the least to the most of the first numeric trait: "1–24 y"."""
    numeric = _first_number(members)
    if numeric is None or not group.size:
        return ""
    values = [float(value) for value in numeric.values[group.seats]]
    low, high = (number(value, language) for value in (min(values), max(values)))
    return with_unit(low if low == high else f"{low}–{high}", numeric.name, language)


def _first_number(members: Members) -> TraitColumn | None:
    return next((trait for trait in members.traits if trait.kind is TraitKind.NUMBER), None)
