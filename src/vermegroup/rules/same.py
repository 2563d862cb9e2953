"""``same: T``: all members of a group share the value; ``split_by`` keeps parts apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray, distinct
from vermegroup.domain.declare import Entry, Trait
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import (
    between,
    groups_between,
    groups_of,
    people_with,
    trait_name,
    value_name,
)
from vermegroup.rules.different import Different


@dataclass(frozen=True, slots=True)
class Same(Kind):
    """One value of ``trait`` in each group; as a preference: the fewest values.

    The measure is the number of values in a group, so that the best value is one for each group.
    """

    kind: ClassVar[str] = "same"
    hereditary: ClassVar[bool] = True

    trait: Annotated[str, Trait("categories")]

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "As far as possible, members of a group have the same {trait}",
                trait=trait_name(self.trait),
            )
        return _("All members of a group have the same {trait}", trait=trait_name(self.trait))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """How many values each group has."""
        del plan
        trait = roster.categories[self.trait]
        values = distinct(seating.group * len(trait.values) + trait.codes[seating.people])
        counts = np.bincount(values // len(trait.values), minlength=seating.groups)
        return counts.astype(np.int64)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        return np.maximum(0, self.measure(roster, plan, seating) - 1)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        """Those who have another value than most."""
        del plan
        trait = roster.categories[self.trait]
        codes, counts = np.unique(trait.codes[members], return_counts=True)
        others = members[trait.codes[members] != codes[counts.argmax()]]
        sentence = _(
            "more than one {trait}: {values}",
            trait=trait_name(self.trait),
            values=[value_name(self.trait, trait.values[code]) for code in codes],
        )
        return sentence, tuple(others.tolist())

    def unit(self) -> str:
        return "values"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster
        if value == plan.groups:
            return _("one in each group")
        return ngettext(
            "{n} value in {groups}", "{n} values in {groups}", value, groups=groups_of(plan.groups)
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        del roster, plan
        return ngettext("{old} → {n} value", "{old} → {n} values", new, old=old)

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        """People of one value are cut into groups of their own."""
        fewest, most = self._groups_apart(roster, plan)
        uncut = np.flatnonzero(fewest > most)
        if plan.everyone and len(uncut):
            return self._uncut(roster, plan, int(uncut[0]))
        if plan.everyone and fewest.sum() > plan.groups:
            return ngettext(
                "with one {trait} in each group it takes at least {need}, but there is only "
                "{groups}",
                "with one {trait} in each group it takes at least {need}, but there are only "
                "{groups}",
                plan.groups,
                trait=trait_name(self.trait),
                need=groups_of(int(fewest.sum())),
                groups=groups_of(plan.groups),
            )
        if most.sum() < plan.groups:
            return ngettext(
                "with one {trait} in each group there can be at most {most}, but there is to be "
                "{groups}",
                "with one {trait} in each group there can be at most {most}, but there are to be "
                "{groups}",
                plan.groups,
                trait=trait_name(self.trait),
                most=groups_of(int(most.sum())),
                groups=groups_of(plan.groups),
            )
        return None

    def _uncut(self, roster: Roster, plan: Plan, code: int) -> Message:
        trait = roster.categories[self.trait]
        return _(
            "{people} cannot be divided into groups of {sizes}",
            people=people_with(self.trait, trait.values[code], int(trait.counts()[code])),
            sizes=between(plan.smallest, plan.largest),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        fewest, most = self._groups_apart(roster, plan)
        if fewest.sum() > most.sum():
            return None
        sentence = _(
            "with one {trait} in each group there can be {groups}",
            trait=trait_name(self.trait),
            groups=groups_between(int(fewest.sum()), int(most.sum())),
        )
        return Margin(None, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """Each group has a value, and c people of one value are in c / largest groups or more."""
        fewest, _rest = self._groups_apart(roster, plan)
        return max(plan.groups, int(fewest.sum())) if plan.everyone else plan.groups

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        del roster
        return value == plan.groups

    def contradicts(self, other: Kind) -> Message | None:
        if isinstance(other, Different) and (other.trait, other.at_most) == (self.trait, 1):
            return _(
                "{trait} cannot be both the same and different within a group",
                trait=trait_name(self.trait),
            )
        return None

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        model.limit(self.express(roster, plan, model, group), at_most=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        codes = roster.categories[self.trait].codes[model.people]
        values: Expression = model.new_amount(0)
        for code in np.unique(codes):
            present = model.new_choice()
            model.limit(model.count(codes == code, group) - present * plan.largest, at_most=0)
            values = values + present
        return values

    def _groups_apart(self, roster: Roster, plan: Plan) -> tuple[IntArray, IntArray]:
        """The fewest and the most groups that the people of each value make by themselves."""
        counts = roster.value_counts(self.trait)
        return -(-counts // plan.largest), counts // plan.smallest


@dataclass(frozen=True, slots=True)
class SplitBy(Same):
    """Like ``same``, but known beforehand: the parts are solved apart, each by its own rules.

    So only a grouping that comes from elsewhere can break it.
    """

    kind: ClassVar[str] = "split_by"
    holds_in_meetings: ClassVar[bool] = True
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """Not written as an entry: it stands in the section ``split_by``."""
        del role
        trait = entry.trait()
        entry.refuse(
            _("split_by is not an entry of the list, but a line of its own at the top level"),
            _("Write it without dash and indent: split_by: {trait}", trait=trait or "profession"),
        )
        return cls(trait)

    def sentence(self, role: Role) -> Message:
        del role
        return _(
            "Each {trait} forms groups of its own, and no group is mixed",
            trait=trait_name(self.trait),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        """None: how many groups there can be is for each part to say."""
        del roster, plan
        return None
