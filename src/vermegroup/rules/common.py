"""``common: T``: the members of a group share values, such as hours at which all of them can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.declare import Trait, Whole
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan, most_groups
from vermegroup.domain.roster import Roster, called_by
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import first_of, groups_of, people_of, trait_name


@dataclass(frozen=True, slots=True)
class Common(Kind):
    """All members of a group share at least ``at_least`` values of ``trait``.

    As a preference: the most shared values, added up over the groups.
    """

    kind: ClassVar[str] = "common"
    holds_in_meetings: ClassVar[bool] = True
    hereditary: ClassVar[bool] = True
    sense: ClassVar[Sense] = Sense.MOST

    trait: Annotated[str, Trait("sets")]
    at_least: Annotated[int, Whole(at_least=1)] = 1

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "The members of a group have as much as possible in common ({trait})",
                trait=trait_name(self.trait),
            )
        return ngettext(
            "All members of a group have at least {n} value in common ({trait})",
            "All members of a group have at least {n} values in common ({trait})",
            self.at_least,
            trait=trait_name(self.trait),
        )

    def in_common(self, roster: Roster, members: IntArray) -> Mapping[str, tuple[str, ...]]:
        """The values that all members have, in the order of the trait's values."""
        trait = roster.sets[self.trait]
        shared = np.flatnonzero(trait.member[members].all(axis=0)).tolist()
        return {self.trait: tuple(trait.values[value] for value in shared)}

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Values that all members of each group share."""
        del plan
        counts = np.zeros(seating.groups, dtype=np.int64)
        if not len(seating.people):
            return counts
        order = np.argsort(seating.group, kind="stable")
        group = seating.group[order]
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        having = roster.sets[self.trait].member[seating.people[order]]
        shared = np.logical_and.reduceat(having, starts, axis=0)
        counts[group[starts]] = np.count_nonzero(shared, axis=1)
        return counts

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Values too few; none where nobody is left who lacks anything, as in the model."""
        short = np.maximum(0, self.at_least - self.measure(roster, plan, seating))
        return np.where(seating.sizes() > 0, short, 0)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        shared = self.in_common(roster, members)[self.trait]
        if not shared:
            sentence = _(
                "its members have nothing in common ({trait})", trait=trait_name(self.trait)
            )
        else:
            sentence = _(
                "its members have only {shared} in common ({trait})",
                shared=list(shared),
                trait=trait_name(self.trait),
            )
        return sentence, tuple(members.tolist())

    def unit(self) -> str:
        return "values"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster
        return ngettext(
            "{n} shared value in {groups}, added up",
            "{n} shared values in {groups}, added up",
            value,
            groups=groups_of(plan.groups),
        )

    def in_one_group(self, roster: Roster, plan: Plan, old: int, new: int) -> Message:
        del roster, plan
        return ngettext("{old} → {n} shared value", "{old} → {n} shared values", new, old=old)

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        alone = roster.known((self, plan.smallest), lambda: self._alone(roster, plan))
        if plan.everyone and len(alone):
            return self._left_alone(roster, alone)
        most = self._groups_by_value(roster, plan)
        if most >= plan.groups * self.at_least:
            return None
        return _(
            "values that enough people share ({trait}) suffice for {room} only, not for {groups}",
            trait=trait_name(self.trait),
            room=groups_of(most // self.at_least),
            groups=groups_of(plan.groups),
        )

    def _left_alone(self, roster: Roster, alone: IntArray) -> Message:
        """Who has too little that enough others have as well; the first few by name."""
        return ngettext(
            "{people} ({who}) has too little in common with others to be in any group ({trait}: at "
            "least {at_least})",
            "{people} ({who}) have too little in common with others to be in any group ({trait}: "
            "at least {at_least})",
            len(alone),
            people=people_of(len(alone)),
            who=first_of(called_by(roster, alone)),
            at_least=self.at_least,
            trait=trait_name(self.trait),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        """Who has least to share, in values above what is asked."""
        del plan
        having = np.count_nonzero(roster.sets[self.trait].member[: roster.people], axis=1)
        if not len(having):
            return None
        fewest = int(having.min())
        few = int((having == fewest).sum())
        sentence = ngettext(
            "whoever has fewest has {n} value ({trait}); so it is with {people}",
            "whoever has fewest has {n} values ({trait}); so it is with {people}",
            fewest,
            people=people_of(few),
            trait=trait_name(self.trait),
        )
        return Margin(None, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """The lesser of two counts: by how many people have a value, and by what people have."""
        return min(self._groups_by_value(roster, plan), self._values_by_group(roster, plan))

    def reach(self, roster: Roster, plan: Plan) -> int:
        return most_groups(len(roster), plan) * len(roster.sets[self.trait].values)

    def gathers(self) -> str | None:
        return self.trait

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        shared = [choice for _having, choice in self._shared(roster, plan, model, group)]
        total: Expression = model.new_amount(0)
        for choice in shared:
            total = total + choice
        model.limit(total, at_least=self.at_least)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        total: Expression = model.new_amount(0)
        for _having, choice in self._shared(roster, plan, model, group):
            total = total + choice
        return total

    def _shared(
        self, roster: Roster, plan: Plan, model: Model, group: int
    ) -> Iterator[tuple[BoolArray, Expression]]:
        """For each value that a whole group can have, a choice that is 1 only if all have it."""
        member = roster.sets[self.trait].member[model.people]
        for value in np.flatnonzero(member.sum(axis=0) >= plan.smallest).tolist():
            having: BoolArray = member[:, value]
            shared = model.new_choice()
            model.limit(model.count(~having, group), at_most=0, when=shared)
            yield having, shared

    def _alone(self, roster: Roster, plan: Plan) -> IntArray:
        """Who has fewer values than are asked of which enough people have each."""
        usable = self._holders(roster) >= plan.smallest
        having = roster.sets[self.trait].member[:, usable].sum(axis=1)
        return np.flatnonzero(having < self.at_least)

    def _holders(self, roster: Roster) -> IntArray:
        """How many people have each value."""
        member = roster.sets[self.trait].member
        return roster.known(("holders", self.trait), lambda: member.sum(axis=0))

    def _groups_by_value(self, roster: Roster, plan: Plan) -> int:
        """In how many groups each value can be shared, added up: smallest groups take fewest."""
        needed = np.cumsum(_rising_sizes(plan))
        counts = self._holders(roster)
        return int(np.searchsorted(needed, counts, side="right").sum())

    def _values_by_group(self, roster: Roster, plan: Plan) -> int:
        """A group shares no more than its least member has: those with most sit together."""
        falling = np.sort(roster.sets[self.trait].member.sum(axis=1))[::-1]
        last = np.cumsum(_rising_sizes(plan)) - 1
        return int(falling[last[last < len(falling)]].sum())


def _rising_sizes(plan: Plan) -> IntArray:
    """The groups' sizes from the smallest; where they are open, all as small as can be."""
    sizes = plan.sizes if plan.sizes is not None else (plan.smallest,) * plan.groups
    return np.sort(np.asarray(sizes, dtype=np.int64))
