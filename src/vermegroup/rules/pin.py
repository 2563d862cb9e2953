"""``pin: {participant: group}``: who sits in which group is settled beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating, group_key, means_waiting, usual_number
from vermegroup.domain.kind import Kind, Renaming, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Breach, Margin, Plan
from vermegroup.domain.roster import Roster, called_by
from vermegroup.language.messages import Message, Template, Who, _, joined, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.rules.apart import Apart
from vermegroup.rules.selectors.pairs import NAMED, Pairs, all_or_none, knots
from vermegroup.rules.size import Size
from vermegroup.rules.together import Together


def in_two_groups(keys: Mapping[str, str], others: Mapping[str, str]) -> Message | None:
    """Someone whom two rules give different groups; both lead from ids to groups."""
    for id_, key in keys.items():
        if others.get(id_, key) != key:
            return _("{own} cannot be in two groups", own=id_)
    return None


def torn(keys: Mapping[str, str], together: Together) -> Message | None:
    """Two who belong together and are given different groups."""
    for knot in knots(together.pairs.lists):
        pinned = [id_ for id_ in knot if id_ in keys]
        other = next((id_ for id_ in pinned if keys[id_] != keys[pinned[0]]), None)
        if other is not None:
            return _(
                "{pair} are to be together, but are settled in different groups",
                pair=[pinned[0], other],
            )
    return None


def met(keys: Mapping[str, str], apart: Apart) -> Message | None:
    """Two who are to be apart and are given the same group."""
    for ids in apart.pairs.lists:
        seen: dict[str, str] = {}
        for id_ in ids:
            mate = seen.setdefault(keys.get(id_, f" {id_}"), id_)
            if mate != id_:
                return _(
                    "{pair} are to be apart, but are settled in the same group", pair=[mate, id_]
                )
    return None


Seats = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pin(Kind):
    """``seats`` leads from ids to groups by name; ``elsewhere`` holds those of other such rules.

    While groups are formed they have no names: people of one name sit together, and those of two
    names apart. Names are given at the end, so that they fit.
    """

    kind: ClassVar[str] = "pin"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})
    anonymous: ClassVar[bool] = False
    outlives_absence: ClassVar[bool] = False

    seats: Seats
    elsewhere: Seats = field(default=(), compare=False)

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        main = entry.main()
        plain = main if isinstance(main, dict) else {}
        if not plain or not all(isinstance(name, (str, int)) for name in plain.values()):
            entry.refuse(_NO_SEATS, _EXAMPLE)
            return cls(())
        # A name as a cell with it is read: so what is written is the same group when read again.
        from vermegroup.intake.cells import tidy  # noqa: PLC0415

        seats = tuple((Who(id_), tidy(str(name))) for id_, name in plain.items())
        if not all(name and name.isprintable() for _rest, name in seats):
            entry.refuse(_NO_NAME, _EXAMPLE)
            return cls(())
        if any(means_waiting(name) for _rest, name in seats):
            entry.refuse(_NO_GROUP, _EXAMPLE)
            return cls(())
        return cls(seats)

    def written(self) -> object:
        return {"pin": {str(id_): name for id_, name in self.seats}}

    def ids(self) -> tuple[str, ...]:
        return tuple(id_ for id_, _rest in self.seats)

    def without(self, gone: frozenset[str]) -> Kind | None:
        seats = tuple(seat for seat in self.seats if seat[0] not in gone)
        return replace(self, seats=seats) if seats else None

    def renamed(self, names: Renaming) -> Kind:
        seats = ((names.person(id_), names.group(name)) for id_, name in self.seats)
        return replace(self, seats=tuple(seats))

    def among(self, rules: tuple[Kind, ...]) -> Kind:
        others = (rule.seats for rule in rules if isinstance(rule, Pin) and rule != self)
        return replace(self, elsewhere=tuple(seat for seats in others for seat in seats))

    def contradicts(self, other: Kind) -> Message | None:
        keys = {id_: group_key(name) for id_, name in self.seats}
        if isinstance(other, Pin):
            return in_two_groups(keys, {id_: group_key(name) for id_, name in other.seats})
        if isinstance(other, Together):
            return torn(keys, other)
        if isinstance(other, Apart):
            return met(keys, other)
        if isinstance(other, Size):
            return self._too_many(max(map(len, self._crowds().lists), default=0), other.largest)
        return None

    def in_one_seat(self, roster: Roster) -> IntArray:
        return np.array([*self.named_groups(roster)], dtype=np.int64)

    def named_groups(self, roster: Roster) -> Mapping[int, str]:
        positions = roster.positions(self.ids()).tolist()
        places = zip(positions, self.seats, strict=True)
        return {at: name for at, (_rest, name) in places if at >= 0}

    def sentence(self, role: Role) -> Message:
        del role
        seats = [_listed(name, ids) for name, ids in self._by_name(self.seats)[:NAMED]]
        more = len(self._by_name(self.seats)) - NAMED
        if more > 0:
            seats.append(ngettext("{n} more", "{n} more", more))
        return _("Places settled beforehand: {seats}", seats=joined(seats))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Names too many in a group, and people missing who are to sit there with its members.

        Nothing where groups have names: then ``overall`` tells who is in the wrong one.
        """
        del plan
        if seating.names:
            return np.zeros(seating.groups, dtype=np.int64)
        crowds = self._crowds()
        found = crowds.crowded(roster, seating)
        names = found.added_up(np.ones_like(found.count), seating.groups)
        missing = crowds.sizes(roster)[found.crowd] - found.count
        return np.maximum(0, names - 1) + found.added_up(missing, seating.groups)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        pinned = roster.positions(self._crowds().ids())
        return _NOT_THERE, tuple(np.intersect1d(members, pinned).tolist())

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        del plan
        if seating.groups and not seating.names:
            return None
        group_of = dict(zip(seating.people.tolist(), seating.group.tolist(), strict=True))
        keys = [group_key(name) for name in seating.names]
        wrong = {
            person: name
            for person, name in self.named_groups(roster).items()
            if person not in group_of or keys[group_of[person]] != group_key(name)
        }
        if not wrong:
            return None
        who = called_by(roster, np.array([*wrong], dtype=np.int64))
        told = zip(who, wrong.values(), strict=True)
        sentence = _(
            "not in the group that was settled: {people}",
            people=[Template("{who} ({name})").filled(who=each, name=name) for each, name in told],
        )
        return Breach(None, len(wrong), tuple(wrong), sentence)

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        crowds = self._crowds()
        sizes = crowds.sizes(roster)
        apart = np.flatnonzero((sizes > 0) & (sizes < [len(ids) for ids in crowds.lists]))
        if len(apart):
            return _parted(self._by_name((*self.seats, *self.elsewhere))[int(apart[0])])
        highest = max((usual_number(name) or 0 for _rest, name in self.seats), default=0)
        if not roster.part and highest > plan.groups:
            return ngettext(
                "someone is to be in group number {n}, but there is only {groups}",
                "someone is to be in group number {n}, but there are only {groups}",
                plan.groups,
                n=highest,
                groups=groups_of(plan.groups),
            )
        if (names := int((sizes > 0).sum())) > plan.groups:
            return ngettext(
                "{n} groups are settled by name, but there is only {groups}",
                "{n} groups are settled by name, but there are only {groups}",
                plan.groups,
                n=names,
                groups=groups_of(plan.groups),
            )
        return self._too_many(int(sizes.max(initial=0)), plan.largest)

    @staticmethod
    def _too_many(people: int, largest: int) -> Message | None:
        if people <= largest:
            return None
        return _(
            "{people} are settled in one group, but it takes only {most}",
            people=people_of(people),
            most=largest,
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        most = int(self._crowds().sizes(roster).max(initial=0))
        if not most:
            return Margin(plan.largest, _("nobody's group is settled"))
        sentence = ngettext(
            "at most {people} is settled in one group, which takes {largest}",
            "at most {people} are settled in one group, which takes {largest}",
            most,
            people=people_of(most),
            largest=plan.largest,
        )
        return Margin(plan.largest - most, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        del roster, plan
        return 0

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        del plan
        return self._crowds().mates(roster, members)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        crowds = self._crowds()
        all_or_none(crowds, crowds.sizes(roster), roster, model, group)
        names: Expression = model.new_amount(0)
        for _crowd, who in crowds.in_model(roster, model.people):
            names = names + model.seated(int(np.flatnonzero(who)[0]), group)
        model.limit(names, at_most=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        crowds = self._crowds()
        sizes = crowds.sizes(roster)
        names, missing = model.new_amount(0), model.new_amount(0)
        for crowd, who in crowds.in_model(roster, model.people):
            present, count = model.new_choice(), model.count(who, group)
            model.limit(count - present * plan.largest, at_most=0)
            names = names + present
            missing = missing + present * int(sizes[crowd]) - count
        extra = model.new_amount(len(crowds.lists))
        model.limit(extra - names, at_least=-1)
        return extra + missing

    def _crowds(self) -> Pairs:
        """The people of each name, those of other rules of this kind included."""
        seats = (*self.seats, *self.elsewhere)
        return Pairs(tuple(ids for _rest, ids in self._by_name(seats)), first_seats=True)

    @staticmethod
    def _by_name(seats: Seats) -> list[tuple[str, tuple[str, ...]]]:
        """Each group's name with the ids that are to sit in it."""
        names: dict[str, str] = {}
        ids: dict[str, dict[str, None]] = {}
        for id_, name in seats:
            key = group_key(name)
            names.setdefault(key, name)
            ids.setdefault(key, {}).setdefault(id_)
        return [(names[key], tuple(seated)) for key, seated in ids.items()]


def _parted(seats: tuple[str, Sequence[str]]) -> Message:
    name, ids = seats
    return _(
        "{ids} are settled in {name}, but form their groups in different parts",
        ids=list(ids),
        name=name,
    )


def _listed(name: str, ids: Sequence[str]) -> Message:
    return Template("{name}: {ids}").filled(name=name, ids=list(ids))


_NOT_THERE = _("people of different groups are settled in it, or not all of one")
_NO_SEATS = _("The entry needs ids and the groups they are in")
_NO_NAME = _("A group needs a name that can be seen")
_NO_GROUP = _("A group cannot be called what means the queue")
_EXAMPLE = _("For example: pin: {{A: G01, B: G02}}")
