"""``together``: the people of each list, or of each value of a trait, sit in the same group."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import N_, Message, _, ngettext
from vermegroup.language.terms import groups_of, people_of, trait_name
from vermegroup.rules.selectors.pairs import (
    OfPairs,
    all_or_none,
    knots,
    lists_named,
    pairs_of,
    read_pairs,
)
from vermegroup.rules.size import Size


@dataclass(frozen=True, slots=True)
class Together(OfPairs):
    """As a rule: a group has all of them or none. As a preference: the most pairs together.

    Whoever of a list is in several groups has all of it in one of them by the rule. Where it is
    ``wished``, a pair may be together in any; so no two of a list may be in several.
    """

    kind: ClassVar[str] = "together"
    holds_in_meetings: ClassVar[bool] = True
    sense: ClassVar[Sense] = Sense.MOST
    of_pairs: ClassVar[bool] = True
    # Two people stay grouped together when one of them misses a meeting.
    outlives_absence: ClassVar[bool] = False

    wished: bool = field(default=False, compare=False)

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """A trait, or lists of ids."""
        return cls(read_pairs(entry), wished=role is Role.PREFERENCE)

    def suited(self, roster: Roster) -> Kind:
        seats = roster.has_further_seats and self.pairs.trait is None
        return replace(self, pairs=replace(self.pairs, first_seats=seats and not self.wished))

    def in_one_seat(self, roster: Roster) -> IntArray:
        """Whoever of a list sits with somebody in several groups may be given her first seat."""
        if self.pairs.trait is not None:
            # All with a value in one group cannot be, where somebody among them has several.
            return np.repeat(np.arange(roster.people), 2)
        found = [self.pairs.members(roster, crowd) for crowd in range(len(self.pairs.lists))]
        if self.wished:
            further = roster.further()
            several = (np.unique(roster.person_of()[own[further[own]]]) for own in found)
            found = [np.repeat(own, 2) for own in several if len(own) > 1]
        return np.concatenate([*found, np.empty(0, dtype=np.int64)])

    def tied(self, roster: Roster) -> tuple[IntArray, ...]:
        crowds = len(self.pairs.sizes(roster))
        return tuple(self.pairs.members(roster, crowd) for crowd in range(crowds))

    def contradicts(self, other: Kind) -> Message | None:
        if not isinstance(other, Size):
            return None
        crowd = max(knots(self.pairs.lists), key=len, default=())
        if len(crowd) <= other.largest:
            return None
        return _(
            "{ids} belong together, but a group takes only {most}",
            ids=list(crowd),
            most=other.largest,
        )

    def sentence(self, role: Role) -> Message:
        wished = role is Role.PREFERENCE
        if self.pairs.trait is not None:
            form = _TRAIT_WISHED if wished else _TRAIT_RULED
            name = trait_name(self.pairs.trait)
            return form.filled(trait=name)
        if len(self.pairs.lists) == 1:
            form = _ONE_WISHED if wished else _ONE_RULED
        else:
            form = _SEVERAL_WISHED if wished else _SEVERAL_RULED
        return form.filled(lists=lists_named(self.pairs.lists))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Pairs that are together in each group."""
        del plan
        crowded = self.pairs.crowded(roster, seating)
        return crowded.added_up(pairs_of(crowded.count), seating.groups)

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """How many people each group lacks who belong to its members."""
        del plan
        crowded = self.pairs.crowded(roster, seating)
        whole = self._whole(roster)[crowded.crowd]
        return crowded.added_up(whole - crowded.count, seating.groups)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        lacking = self.lacks(roster, plan, members)
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        crowded = self.pairs.crowded(roster, alone)
        torn = crowded.crowd[self._whole(roster)[crowded.crowd] > crowded.count]
        concerned = np.concatenate([self.pairs.members(roster, crowd) for crowd in torn.tolist()])
        many = max(1, len(lacking))
        sentence = ngettext(
            "it lacks {people} who should be with its members",
            "it lacks {people} who should be with its members",
            many,
            people=people_of(many),
        )
        return sentence, tuple(np.intersect1d(members, concerned).tolist())

    def unit(self) -> str:
        return "pairs"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del plan
        return _("{n} of {m} pairs together", n=value, m=self._count(roster))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        """Whoever belongs together needs a group with room, and two that fill one need two."""
        if not plan.everyone:
            return None
        sizes = self._knot_sizes(roster)
        largest = int(sizes.max(initial=0))
        if (torn := self._torn(roster)) is not None:
            return torn
        if largest > plan.largest:
            return _(
                "{people} belong together, but a group takes only {most}",
                people=people_of(largest),
                most=plan.largest,
            )
        wide = int((2 * sizes > plan.largest).sum())
        if wide > plan.groups:
            return ngettext(
                "no two of {wide} sets of people who belong together fit into one group, but there "
                "is only {groups}",
                "no two of {wide} sets of people who belong together fit into one group, but there "
                "are only {groups}",
                plan.groups,
                wide=wide,
                groups=groups_of(plan.groups),
            )
        return None

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        largest = int(self._knot_sizes(roster).max(initial=0))
        if largest < _TWO:
            return Margin(plan.largest - largest, _NOBODY)
        sentence = ngettext(
            "at most {people} belongs together, and a group takes {most}",
            "at most {people} belong together, and a group takes {most}",
            largest,
            people=people_of(largest),
            most=plan.largest,
        )
        return Margin(plan.largest - largest, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """Each crowd fills as many groups as it can."""
        sizes = self.pairs.sizes(roster)
        full = np.minimum(sizes // plan.largest, plan.groups)
        rest = np.where(full < plan.groups, sizes - full * plan.largest, 0)
        pairs = full * (plan.largest * (plan.largest - 1) // 2) + pairs_of(rest)
        return min(int(pairs.sum()), self._count(roster))

    def _count(self, roster: Roster) -> int:
        """How many pairs of people there are."""
        if not roster.has_further_seats or self.pairs.trait is not None:
            return self.pairs.count(roster)
        here = [int((roster.positions(ids) >= 0).sum()) for ids in self.pairs.lists]
        return int(pairs_of(np.array(here, dtype=np.int64)).sum())

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        return plan.everyone and value == int(pairs_of(self._whole(roster)).sum())

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        """Those who belong to a member."""
        del plan
        return self.pairs.mates(roster, members)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        all_or_none(self.pairs, self._whole(roster), roster, model, group)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The n-th of a crowd in a group makes n - 1 pairs."""
        del plan
        pairs: Expression = model.new_amount(0)
        for _crowd, who in self.pairs.in_model(roster, model.people):
            count = model.count(who, group)
            for nth in range(2, min(int(who.sum()), model.largest) + 1):
                reached = model.new_choice()
                model.limit(count - reached * nth, at_least=0)
                pairs = pairs + reached * (nth - 1)
        return pairs

    def _torn(self, roster: Roster) -> Message | None:
        """Why people cannot be together who form their groups in different parts of a roster."""
        here = self.pairs.sizes(roster)
        torn = np.flatnonzero((here > 0) & (here < self._whole(roster)))
        if not len(torn):
            return None
        return _(
            "{ids} belong together, but form their groups in different parts",
            ids=list(self.pairs.lists[torn[0]]),
        )

    def _whole(self, roster: Roster) -> IntArray:
        """How many belong to each crowd, those in another part of the roster included."""
        if self.pairs.trait is not None:
            return self.pairs.sizes(roster)
        return np.array([len(ids) for ids in self.pairs.lists], dtype=np.int64)

    def _knot_sizes(self, roster: Roster) -> IntArray:
        """How many belong together, lists with a person in common taken as one.

        Those of another part of the roster have their own groups, and need none here.
        """
        if self.pairs.trait is not None:
            return self.pairs.sizes(roster)
        here = (roster.positions(knot) >= 0 for knot in knots(self.pairs.lists))
        return np.array([int(mask.sum()) for mask in here], dtype=np.int64)


_TWO = 2
_NOBODY = _("there is nobody who must be with another")
_ONE_RULED = N_("{lists} are in the same group")
_ONE_WISHED = N_("Where possible, {lists} are in the same group")
_SEVERAL_RULED = N_("These are in the same group: {lists}")
_SEVERAL_WISHED = N_("Where possible, these are in the same group: {lists}")
_TRAIT_RULED = N_("Everyone with the same {trait} is in one group")
_TRAIT_WISHED = N_("As many pairs as possible with the same {trait} are together")
