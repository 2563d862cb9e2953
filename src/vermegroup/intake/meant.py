"""Whom a call means: members by their ids, or by a name or an e-mail that no other member has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vermegroup.intake.columns import Chosen, places_of
from vermegroup.intake.id_lists import Mention
from vermegroup.intake.identity import name_meanings
from vermegroup.intake.people import People
from vermegroup.intake.sheet import Sheet

Ids = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Meant:
    """The ``ids`` of members and of those who are gone; who else is called what, by ids.

    A text that is an id means that one; one that no member is called may mean who is ``gone``.
    """

    ids: frozenset[str] = frozenset()
    members: Ids = field(default_factory=dict)
    gone: Ids = field(default_factory=dict)

    def by_id(self, mentions: Iterable[Mention]) -> list[Mention]:
        """The mentions with the ids that are meant, where these are certain."""
        return list(map(self._by_id, mentions))

    def _by_id(self, mention: Mention) -> Mention:
        if mention.text in self.ids:
            return mention
        (meaning,) = name_meanings([mention.text])
        found = self.members.get(meaning) or self.gone.get(meaning, ())
        if len(found) == 1:
            return replace(mention, text=found[0])
        return replace(mention, shared=found)


def meant_by(people: People | None, gone: Mapping[int, str], sheet: Sheet, chosen: Chosen) -> Meant:
    """What the members are called, and those who are ``gone``: their rows of a sheet, with ids."""
    if people is None:
        return Meant()
    ids = people.ids.tolist()
    rows = sheet.rows().tolist()
    left = [(gone[row], at) for at, row in enumerate(rows) if row in gone]
    texts = [[own[at] for _, at in left] for own in _columns(sheet, chosen)]
    return Meant(
        frozenset((*ids, *gone.values())),
        _ids(ids, people.names.tolist(), people.emails.tolist()),
        _ids([own for own, _ in left], *texts),
    )


def _ids(ids: Sequence[str], *columns: Sequence[str]) -> Ids:
    """The ids of those who are called something, by what it means; nothing is no name."""
    found: dict[str, dict[str, None]] = {}
    for texts in columns:
        for own, meaning in zip(ids, name_meanings(list(texts)), strict=True):
            if meaning:
                found.setdefault(meaning, {})[own] = None
    return {meaning: tuple(own) for meaning, own in found.items()}


def _columns(sheet: Sheet, chosen: Chosen) -> list[list[str]]:
    """The names and the e-mails of a sheet, where there is one column of them."""
    places = {
        trait: own
        for trait in ("name", "first name", "last name", "email")
        if len(own := places_of(trait, sheet, chosen)) == 1
    }
    found = [sheet.texts(places[trait][0]) for trait in ("name", "email") if trait in places]
    if "name" not in places and {"first name", "last name"} <= set(places):
        parts = [sheet.texts(places[trait][0]) for trait in ("first name", "last name")]
        found.append([f"{first} {last}" for first, last in zip(*parts, strict=True)])
    return found
