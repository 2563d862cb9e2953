"""``different: T``: at most one member (or ``at_most``) of a group has the same value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, in_order
from vermegroup.domain.declare import Trait, Whole
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Cap, Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, either, ngettext
from vermegroup.language.terms import groups_of, people_of, trait_name, value_name


@dataclass(frozen=True, slots=True)
class Different(Kind):
    """At most ``at_most`` members per value of ``trait``; as a preference: fewest repeats."""

    kind: ClassVar[str] = "different"
    holds_in_meetings: ClassVar[bool] = True
    hereditary: ClassVar[bool] = True
    zero_is_rule: ClassVar[bool] = True

    trait: Annotated[str, Trait("categories")]
    at_most: Annotated[int, Whole(at_least=1)] = 1

    def sentence(self, role: Role) -> Message:
        if self.at_most > 1 and role is Role.PREFERENCE:
            return _(
                "Where possible, at most {m} members of a group have the same {trait}",
                m=self.at_most,
                trait=trait_name(self.trait),
            )
        if self.at_most > 1:
            return _(
                "At most {m} members of a group have the same {trait}",
                m=self.at_most,
                trait=trait_name(self.trait),
            )
        if role is Role.PREFERENCE:
            return _(
                "As few members of a group as possible have the same {trait}",
                trait=trait_name(self.trait),
            )
        return _("All members of a group have a different {trait}", trait=trait_name(self.trait))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Members too many of a value, added up in each group."""
        del plan
        trait = roster.categories[self.trait]
        keys = in_order(seating.group * len(trait.values) + trait.codes[seating.people])
        too_many = keys[self.at_most :][keys[self.at_most :] == keys[: -self.at_most]]
        return np.bincount(too_many // len(trait.values), minlength=seating.groups).astype(np.int64)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        trait = roster.categories[self.trait]
        codes, counts = np.unique(trait.codes[members], return_counts=True)
        repeated = codes[counts > self.at_most]
        sentence = _(
            "{people} have the same {trait}: {values}",
            people=people_of(int(counts[counts > self.at_most].sum())),
            trait=trait_name(self.trait),
            values=[value_name(self.trait, trait.values[code]) for code in repeated],
        )
        concerned = members[np.isin(trait.codes[members], repeated)]
        return sentence, tuple(concerned.tolist())

    def rivals(self, roster: Roster) -> tuple[IntArray, ...]:
        return (roster.categories[self.trait].codes,) if self.at_most == 1 else ()

    def nobody_like(self, roster: Roster, members: IntArray, newcomers: IntArray) -> Message | None:
        trait = roster.categories[self.trait]
        unshared = np.setdiff1d(trait.codes[newcomers], trait.codes[members])
        if not len(unshared):
            return None
        any_of = either(value_name(self.trait, trait.values[code]) for code in unshared)
        if self.trait == "municipality":
            # Translators: after "G04 has room, and …"; the negation belongs here or there.
            return _("no one else from {any_of}", any_of=any_of)
        return _("no one else with {trait} {any_of}", trait=trait_name(self.trait), any_of=any_of)

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        top, people = self._commonest(roster)
        room = plan.groups * self.at_most
        if plan.everyone and people > room:
            return self._crowded(roster.categories[self.trait].values[top], people, plan)
        seats = roster.with_at_most(self.trait, room)
        if seats < plan.smallest * plan.groups:
            return self._too_few_values(seats, plan)
        return None

    def _commonest(self, roster: Roster) -> tuple[int, int]:
        """The code of the value that most people have, and how many they are."""
        counts = roster.value_counts(self.trait)
        top = roster.known(("commonest", self.trait), lambda: int(counts.argmax()))
        return top, int(counts[top])

    def _crowded(self, value: str, people: int, plan: Plan) -> Message:
        values = {
            "people": people_of(people),
            "value": value_name(self.trait, value),
            "groups": groups_of(plan.groups),
            "room": plan.groups * self.at_most,
        }
        if self.trait == "municipality":
            return _(
                "{people} are from the same municipality ({value}), but {groups} can take only "
                "{room} of them",
                **values,
            )
        return _(
            "{people} have the same {trait} ({value}), but {groups} can take only {room} of them",
            trait=trait_name(self.trait),
            **values,
        )

    def _too_few_values(self, seats: int, plan: Plan) -> Message:
        return ngettext(
            "{groups} needs at least {people}, but only {seats} can be seated when each group "
            "takes at most {m} with the same {trait}",
            "{groups} need at least {people}, but only {seats} can be seated when each group "
            "takes at most {m} with the same {trait}",
            plan.groups,
            groups=groups_of(plan.groups),
            people=people_of(plan.smallest * plan.groups),
            seats=seats,
            m=self.at_most,
            trait=trait_name(self.trait),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        top, people = self._commonest(roster)
        slack = plan.groups * self.at_most - people
        if people == 1 and len(roster) > 1:
            return Margin(
                slack, _("no two people have the same {trait}", trait=trait_name(self.trait))
            )
        sentence = _(
            "the most common is {value} ({people}); {groups} could take {room}",
            value=value_name(self.trait, roster.categories[self.trait].values[top]),
            people=people_of(people),
            groups=groups_of(plan.groups),
            room=plan.groups * self.at_most,
        )
        return Margin(slack, sentence)

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster, plan
        if not value:
            return _("no repeats") if self.at_most == 1 else _("none too many")
        if self.at_most > 1:
            return _("{n} too many", n=value)
        return ngettext("{n} repeat", "{n} repeats", value)

    def bound(self, roster: Roster, plan: Plan) -> int:
        seats = roster.with_at_most(self.trait, plan.groups * self.at_most)
        if plan.everyone:
            return len(roster) - seats
        return max(0, plan.smallest * plan.groups - seats)

    def keeps_apart(self) -> str | None:
        return self.trait

    def cap(self) -> Cap | None:
        return Cap(self.trait, self.at_most)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        for who in self._crowds(roster, model):
            model.limit(model.count(who, group), at_most=self.at_most)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        repeats: Expression = model.new_amount(0)
        for who in self._crowds(roster, model):
            extra = model.new_amount(int(who.sum()) - self.at_most)
            model.limit(extra - model.count(who, group), at_least=-self.at_most)
            repeats = repeats + extra
        return repeats

    def _crowds(self, roster: Roster, model: Model) -> list[BoolArray]:
        """The people of each value that more than ``at_most`` people in the model have."""
        codes = roster.categories[self.trait].codes[model.people]
        values, counts = np.unique(codes, return_counts=True)
        return [codes == value for value in values[counts > self.at_most]]
