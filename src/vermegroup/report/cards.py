"""The groups of a report as cards: who is in them, what they share, and whom they rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _, as_sentence, joined, number
from vermegroup.language.terms import people_of
from vermegroup.report.group_facts import Fact, facts_told
from vermegroup.report.groups import Group
from vermegroup.report.meeting_text import visitor_mark
from vermegroup.report.report import Members, Report, TraitColumn, TraitKind
from vermegroup.report.sections import relied_on
from vermegroup.report.telling import common_line, shown
from vermegroup.report.words import with_unit

_SHADES = 5
_ID_LENGTH = 10
_TRAITS_ABREAST = 3


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on a group's strip: percent of the way along, and the band's shade."""

    percent: str
    shade: str


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a card: ``cells`` are (style, text); ``needed`` says why she cannot be spared."""

    label: str
    leads: bool
    mark: str
    needed: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A group: its members with what is told of each, and their places on the strip.

    ``breaches`` say which rules it breaks and how, ``needed`` why it can spare nobody at all.
    ``map`` is markup.
    """

    title: str
    size: str
    members: tuple[Member, ...]
    dots: tuple[Dot, ...]
    part: str = ""
    common: str = ""
    facts: tuple[Fact, ...] = ()
    breaches: tuple[str, ...] = ()
    needed: str = ""
    map: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """What the strips of all cards show: a trait, and its least and most with the unit."""

    title: Message
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A trait's cells and styles, by seat from the first that is shown."""

    traits: tuple[TraitColumn, ...]
    texts: Sequence[str]
    styles: Sequence[str]


def _no_map(group: Group) -> str:
    del group
    return ""


class Cards:
    """Makes the cards of a report in one language; the whole is looked at once."""

    def __init__(
        self, report: Report, language: Language, map_of: Callable[[Group], str] = _no_map
    ) -> None:
        self._map_of = map_of
        self._report, self._language = report, language
        self._members = report.members
        self._first, self._last = 0, 0
        self._columns: list[_Column] = []
        self._breaches = _breaches_by_group(report, language)
        self._arrivals = _arrivals(report, language)
        # Beside a map there is room for short lines only.
        self.stacked = _stacked(report.members) or any(map(map_of, report.groups[:1]))
        self.strip = _strip(report.members, language)

    def of(self, groups: Sequence[Group]) -> list[Card]:
        """The cards of groups that follow each other."""
        if not groups:
            return []
        self._first, self._last = groups[0].start, groups[-1].stop
        self._columns = [self._column(traits) for traits in self._abreast()]
        dots = self._dots()
        return [self._card(group, dots) for group in groups]

    def titles(self, part: Message | None) -> list[str]:
        """What the columns of a card are headed, for groups of this part."""
        under = self._members.traits_under(part)
        return [
            " · ".join(
                as_sentence(trait.title, self._language) for trait in traits if trait in under
            )
            for traits in self._abreast()
            if any(trait in under for trait in traits)
        ]

    def _abreast(self) -> list[tuple[TraitColumn, ...]]:
        """The traits column by column; names share one where a member takes two lines."""
        traits = self._members.traits
        if not self.stacked:
            return [(trait,) for trait in traits]
        names = tuple(trait for trait in traits if trait.kind is TraitKind.NAME)
        others = tuple((trait,) for trait in traits if trait.kind is not TraitKind.NAME)
        return [names, *others] if names else [*others]

    def _column(self, traits: tuple[TraitColumn, ...]) -> _Column:
        seats = range(self._first, self._last)
        if len(traits) > 1:
            return _Column(traits, (), ["name"] * len(seats))
        (trait,) = traits
        return _Column(
            traits, [shown(trait, seat, self._language) for seat in seats], _styles(trait, seats)
        )

    def _card(self, group: Group, dots: Sequence[Dot]) -> Card:
        language, first = self._language, self._first
        seats = range(group.start, group.stop)
        needs = _needs(self._report, group, language)
        return Card(
            group.title,
            people_of(group.size).in_(language),
            tuple(self._member(seat, group, needs) for seat in self._members.by_name(seats)),
            tuple(dots[group.start - first : group.stop - first]),
            group.part.in_(language) if group.part else "",
            common_line(group, language),
            tuple(self._facts(group)),
            self._breaches.get(group.id, ()) if group.rules_broken else (),
            needs.get(None, ""),
            self._map_of(group),
        )

    def _member(self, seat: int, group: Group, needs: Mapping[int | None, str]) -> Member:
        members = self._members
        visitor = visitor_mark(self._report, seat, self._language)
        return Member(
            members.labels[seat],
            seat in members.leads,
            visitor or self._arrivals.get((members.ids[seat], group.id), ""),
            needs.get(seat, ""),
            tuple(self._cells(seat, group.part)),
        )

    def _facts(self, group: Group) -> Iterator[Fact]:
        """What is told of a group; of a leader who is marked among its members, nothing more."""
        members, leader = self._members, group.facts.leader_id if group.facts else ""
        seats = range(group.start, group.stop)
        marked = any(leader == members.ids[seat] and seat in members.leads for seat in seats)
        for fact in facts_told(self._report, group, self._language):
            if not (marked and fact.name == "leader"):
                yield fact

    def _cells(self, seat: int, part: Message | None) -> Iterator[tuple[str, str]]:
        under = self._members.traits_under(part)
        for column in self._columns:
            own = [trait for trait in column.traits if trait in under]
            if len(column.traits) > 1:
                texts = (shown(trait, seat, self._language) for trait in own)
                yield "name", " · ".join(filter(None, texts))
            elif own:
                place = seat - self._first
                yield column.styles[place], column.texts[place]

    def _dots(self) -> list[Dot]:
        """Everybody's place on the strip of the first numeric trait, from its least to its most."""
        numeric = _first_number(self._members)
        if numeric is None:
            return []
        low, high = _ends(numeric)
        bands = (column for column in self._columns if column.traits[0].kind is TraitKind.BAND)
        shades = next((column.styles for column in bands), None)
        return [
            Dot(
                f"{100 * (float(numeric.values[seat]) - low) / ((high - low) or 1.0):.0f}",
                shades[seat - self._first].removeprefix("band ") if shades else "s4",
            )
            for seat in range(self._first, self._last)
        ]


def told_in_a_line(report: Report, group: Group, language: Language) -> list[str]:
    """A group's members, each with what is told of them, as in "Aino Aalto (Turku, 12 y)"."""
    members = report.members
    traits = [
        trait for trait in members.traits_under(group.part) if trait.kind is not TraitKind.BAND
    ]
    told = []
    for seat in members.by_name(range(group.start, group.stop)):
        texts = list(filter(None, (shown(trait, seat, language) for trait in traits)))
        label = members.marked(seat)
        told.append(f"{label} ({', '.join(texts)})" if texts else label)
    return told


def _styles(trait: TraitColumn, seats: range) -> list[str]:
    if trait.kind is not TraitKind.BAND:
        return [trait.kind.value] * len(seats)
    shade = {level: _shade(place, len(trait.levels)) for place, level in enumerate(trait.levels)}
    return [f"band {shade.get(str(trait.values[seat]), '')}" for seat in seats]


def _shade(place: int, levels: int) -> str:
    return f"s{round(place * (_SHADES - 1) / max(1, levels - 1))}"


def _stacked(members: Members) -> bool:
    """Whether a member takes two lines: names are longer than ids, and traits may be many."""
    long = any(map(_ID_LENGTH.__lt__, map(len, members.labels)))
    return long or len(members.traits) > _TRAITS_ABREAST


def _strip(members: Members, language: Language) -> Strip | None:
    numeric = _first_number(members)
    if numeric is None:
        return None
    least, most = (number(end, language) for end in _ends(numeric))
    return Strip(
        numeric.title,
        with_unit(least, numeric.name, language),
        with_unit(most, numeric.name, language),
    )


def _ends(numeric: TraitColumn) -> tuple[float, float]:
    """The least and the most of a trait; from nothing, where nothing is less."""
    values = [float(value) for value in numeric.values]
    return min(0.0, *values, 0.0), max(0.0, *values, 0.0)


def _first_number(members: Members) -> TraitColumn | None:
    return next((trait for trait in members.traits if trait.kind is TraitKind.NUMBER), None)


def _breaches_by_group(report: Report, language: Language) -> dict[str, tuple[str, ...]]:
    """What each group breaks, and who is concerned."""
    found: dict[str, list[str]] = {}
    for rule in report.rules:
        for violation in rule.violations:
            told = as_sentence(violation.sentence, language)
            who = f" ({', '.join(violation.labels)})" if violation.labels else ""
            found.setdefault(violation.group or "", []).append(told + who)
    return {group: tuple(told) for group, told in found.items()}


def _arrivals(report: Report, language: Language) -> dict[tuple[str, str], str]:
    """Who has come to which group, and from where, where groups were rebalanced."""
    moves = report.rebalance.moves if report.rebalance else ()
    return {
        (move.person, move.target): _arrived(move.origin).in_(language)
        for move in moves
        if move.target
    }


def _arrived(origin: str) -> Message:
    return _("from {group}", group=origin) if origin else _NEW_HERE


def _needs(report: Report, group: Group, language: Language) -> dict[int | None, str]:
    """Why the group cannot spare a member, by seat; at None why it can spare nobody."""
    found: dict[int | None, list[Message]] = {}
    for reliance, told in zip(group.relies, relied_on(report, group), strict=True):
        everyone = len(reliance.seats) == group.size > 1
        seats: Sequence[int | None] = (None,) if everyone else reliance.seats
        for seat in seats:
            found.setdefault(seat, []).append(told)
    return {seat: as_sentence(joined(told), language) for seat, told in found.items()}


# Translators: of somebody who had no group before
_NEW_HERE = _("new in the group")
