"""The groups as the page shows them: the report's cards, with whom to take in hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vermegroup.domain.grouping import WAITLIST
from vermegroup.edit.session.state import State
from vermegroup.language.catalogues import Language
from vermegroup.report.cards import Card, Cards, Member
from vermegroup.report.groups import Group
from vermegroup.report.report import Report


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a card: the id, the seat in the roster, and what the report tells."""

    id: str
    seat: int
    told: Member
    pinned: bool


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group, or the queue, whose name is empty."""

    name: str
    card: Card
    people: tuple[Person, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class AllCards:
    """Every group's card in the report's order, that of the queue, and what all share."""

    groups: tuple[GroupCard, ...]
    queue: GroupCard
    look: CardLook


@dataclass(frozen=True, slots=True)
class CardLook:
    """How all cards look: two lines a person or one, the columns, and the strip's ends."""

    stacked: bool
    columns: tuple[str, ...]
    least: str
    most: str


def all_cards(state: State, report: Report, language: Language) -> AllCards:
    """The cards of groups as they stand, from the report of the same state."""
    cards, seats = Cards(report, language), _seats(state)
    made = zip(report.groups[:], cards.of(report.groups[:]), strict=True)
    groups = tuple(
        GroupCard(
            group.id,
            card,
            tuple(_people(state, report, group, card, seats)),
            group.id in state.pins.groups,
        )
        for group, card in made
    )
    strip = cards.strip
    ends = (strip.least, strip.most) if strip else ("", "")
    look = CardLook(cards.stacked, tuple(cards.titles(None)), *ends)
    return AllCards(groups, _queue(state, report, cards, seats), look)


def _queue(state: State, report: Report, cards: Cards, seats: _Seats) -> GroupCard:
    waiting = report.waitlist
    if not waiting.size:
        return GroupCard("", Card("", "", (), ()), ())
    (card,) = cards.of([waiting])
    return GroupCard("", card, tuple(_people(state, report, waiting, card, seats, queue=True)))


_Seats = dict[tuple[str, str], list[int]]


def _seats(state: State) -> _Seats:
    """Where people sit, by their ids and their groups' names."""
    found: _Seats = {}
    names = [*state.grouping.names, ""]
    ids = state.roster.ids.tolist()
    for seat, group in enumerate(state.grouping.group_of.tolist()):
        found.setdefault((str(ids[seat]), "" if group == WAITLIST else names[group]), []).append(
            seat
        )
    return found


def _people(
    state: State,
    report: Report,
    group: Group,
    card: Card,
    seats: _Seats,
    *,
    queue: bool = False,
) -> Iterator[Person]:
    members = report.members
    order: Sequence[int] = members.by_name(range(group.start, group.stop))
    for place, told in zip(order, card.members, strict=True):
        id_ = members.ids[place]
        (seat, *_others) = seats[id_, "" if queue else group.id]
        yield Person(id_, seat, told, id_ in state.pins.people)
