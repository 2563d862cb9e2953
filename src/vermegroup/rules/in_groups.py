"""``in_groups: {T: value, at_most: m}``: whoever has the value may belong to several groups.

A section of its own, and as a rule and a preference what it comes to: such a person is in a group
once, and in no more groups than are needed. See :mod:`vermegroup.domain.seats`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Breach, Plan, Window
from vermegroup.domain.roster import Roster, called_by
from vermegroup.intake.headers.find_columns import meaning
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.rules.common import Common
from vermegroup.rules.selectors.ranges import OfSome, read_having


@dataclass(frozen=True, slots=True)
class InGroups(OfSome):
    """Whoever has ``value`` may be in ``at_most`` groups, and everyone else in one."""

    kind: ClassVar[str] = "in_groups"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})
    in_section: ClassVar[bool] = True
    anonymous: ClassVar[bool] = False
    hereditary: ClassVar[bool] = True
    holds_in_meetings: ClassVar[bool] = True
    outlives_absence: ClassVar[bool] = False

    at_most: int = 2
    # The times of which groups must share one: those of one person need different ones.
    times: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        trait, value = read_having(entry)
        most = entry.whole("at_most", at_least=1)
        if most is None:
            entry.refuse(_NO_NUMBER, _EXAMPLE)
        return cls(trait, value, most or 1)

    def written(self) -> object:
        return {self.kind: {**self._having.plain(), "at_most": self.at_most}}

    def sentence(self, role: Role) -> Message:
        del role
        return ngettext(
            "May be in {n} group: {who}",
            "May be in up to {n} groups: {who}",
            self.at_most,
            who=self._having.who(),
        )

    def among(self, rules: tuple[Kind, ...]) -> Kind:
        gathered = (rule.gathers() for rule in rules)
        times = (each for each in gathered if each is not None and meaning(each) == "times")
        return replace(self, times=tuple(dict.fromkeys(times)))

    def groups_each(self, roster: Roster) -> IntArray:
        having = self._having.among(roster, np.arange(len(roster)))
        return np.where(having, min(self.at_most, len(roster)), 1)

    def leads(self, roster: Roster, people: IntArray) -> IntArray:
        return np.flatnonzero(self._having.among(roster, people))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Seats of one person too many in each group."""
        del plan
        keys = seating.group * len(roster) + roster.person_of()[seating.people]
        own = np.unique(keys) // max(1, len(roster))
        once = np.bincount(own, minlength=seating.groups).astype(np.int64)
        return seating.sizes() - once

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        del plan
        person = roster.person_of()
        taken = np.bincount(person[seating.people], minlength=len(roster))
        people = np.flatnonzero(taken > self.groups_each(roster))
        if len(people):
            sentence = _("in more groups than allowed: {people}", people=called_by(roster, people))
            return Breach(None, len(people), tuple(people.tolist()), sentence)
        several = np.flatnonzero(taken > 1)
        people = np.array(
            [one for one in several.tolist() if self._at_once(roster, seating, one)],
            dtype=np.int64,
        )
        if not len(people):
            return None
        sentence = _(
            "groups of one person that cannot all meet at different times: {people}",
            people=called_by(roster, people),
        )
        return Breach(None, len(people), tuple(people.tolist()), sentence)

    def _at_once(self, roster: Roster, seating: Seating, person: int) -> bool:
        """Whether the groups of a person have no choice of different times in some trait."""
        own = np.unique(seating.group[roster.person_of()[seating.people] == person])
        for trait in self.times:
            member = roster.sets[trait].member
            free = [
                np.flatnonzero(member[seating.people[seating.group == group]].all(axis=0)).tolist()
                for group in own.tolist()
            ]
            if not _all_different(free):
                return True
        return False

    def rivals(self, roster: Roster) -> tuple[IntArray, ...]:
        if not roster.has_further_seats:
            return ()
        several = np.isin(roster.person, roster.person[roster.further()])
        return (np.where(several, roster.person, -1),)

    def bound(self, roster: Roster, plan: Plan) -> int:
        del roster, plan
        return 0

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        person = roster.person_of()[model.people]
        values, counts = np.unique(person, return_counts=True)
        for one in values[counts > 1].tolist():
            model.limit(model.count(person == one, group), at_most=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        person = roster.person_of()[model.people]
        extra: Expression = model.new_amount(0)
        for one in np.unique(person).tolist():
            again = model.new_amount(int((person == one).sum()))
            model.limit(again - model.count(person == one, group), at_least=-1)
            extra = extra + again
        return extra


def _all_different(choices: Sequence[Sequence[int]]) -> bool:
    """Whether each can have a value of its own (Hall 1935), by augmenting paths."""
    holder: dict[int, int] = {}

    def placed(one: int, tried: set[int]) -> bool:
        for value in choices[one]:
            if value not in tried:
                tried.add(value)
                if value not in holder or placed(holder[value], tried):
                    holder[value] = one
                    return True
        return False

    return all(placed(one, set()) for one in range(len(choices)))


@dataclass(frozen=True, slots=True)
class EnoughTimes(Kind):
    """A group with somebody's second seat shares two times, one with a third seat three.

    That is enough for different times in all groups of a person, though more than is needed; and
    it is told group by group.
    """

    kind: ClassVar[str] = "in_groups"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})
    in_section: ClassVar[bool] = True
    anonymous: ClassVar[bool] = False
    outlives_absence: ClassVar[bool] = False

    trait: str

    def sets(self) -> tuple[str, ...]:
        return (self.trait,)

    def sentence(self, role: Role) -> Message:
        del role
        return _("Groups of one person have different times to choose from")

    def written(self) -> object:
        return self.kind

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Times too few in each group."""
        shared = Common(self.trait).measure(roster, plan, seating)
        needed = np.zeros(seating.groups, dtype=np.int64)
        np.maximum.at(needed, seating.group, _nth_seat(roster)[seating.people])
        return np.where(needed > 1, np.maximum(0, needed - shared), 0)

    def bound(self, roster: Roster, plan: Plan) -> int:
        del roster, plan
        return 0

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        shared = Common(self.trait).express(roster, plan, model, group)
        nth = _nth_seat(roster)[model.people]
        for seat in np.flatnonzero(nth > 1).tolist():
            model.limit(shared, at_least=int(nth[seat]), when=model.seated(seat, group))

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        shared = Common(self.trait).express(roster, plan, model, group)
        nth, short = _nth_seat(roster)[model.people], model.new_amount(len(roster))
        for seat in np.flatnonzero(nth > 1).tolist():
            model.limit(short + shared, at_least=int(nth[seat]), when=model.seated(seat, group))
        return short


def _nth_seat(roster: Roster) -> IntArray:
    """Which seat of its person each one is, from 1, shape (n,)."""
    person = roster.person_of()
    order = np.argsort(person, kind="stable")
    first = np.searchsorted(person[order], person[order])
    nth = np.empty(len(roster), dtype=np.int64)
    nth[order] = np.arange(len(roster)) - first + 1
    return nth


@dataclass(frozen=True, slots=True)
class FewFurtherSeats(Kind):
    """The fewest places beyond the first of each person."""

    kind: ClassVar[str] = "in_groups"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    in_section: ClassVar[bool] = True
    anonymous: ClassVar[bool] = False
    zero_is_rule: ClassVar[bool] = True

    def sentence(self, role: Role) -> Message:
        del role
        return _("As few people as possible are in several groups")

    def unit(self) -> str:
        return "places"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster, plan
        if not value:
            return _("nobody is in several groups")
        return ngettext("{n} place in a further group", "{n} places in further groups", value)

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        del plan
        return seating.total(roster.further().astype(np.int64))

    def bound(self, roster: Roster, plan: Plan) -> int:
        """Groups have to be filled, and everyone's first place may not be enough."""
        people = len(roster) - int(roster.further().sum())
        return max(0, plan.groups * plan.smallest - people)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        if value:
            return None
        sizes = range(plan.smallest, plan.largest + 1)
        nobody = dict.fromkeys(sizes, 0)
        return (Window(roster.further().astype(np.int64), nobody, nobody),)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        model.limit(model.count(roster.further()[model.people], group), at_most=0)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        return model.count(roster.further()[model.people], group)


_NO_NUMBER = _("in_groups says in how many groups a person may be")
_EXAMPLE = _("For example: in_groups: {{role: mentor, at_most: 2}}")
