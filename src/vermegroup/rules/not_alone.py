"""``not_alone: {T: value}``: nobody with the value is the only one in a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.rules.selectors.ranges import OfSome


@dataclass(frozen=True, slots=True)
class NotAlone(OfSome):
    """A group has none with ``value``, or at least two; as a preference: the fewest alone."""

    kind: ClassVar[str] = "not_alone"
    zero_is_rule: ClassVar[bool] = True

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _(
                "As few people as possible are the only one in their group ({who})",
                who=self._having.who(),
            )
        return _("Nobody is the only one in their group ({who})", who=self._having.who())

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """1 for a group with exactly one, else 0."""
        del plan
        having = self._having.among(roster, seating.people)
        counts = np.bincount(seating.group[having], minlength=seating.groups)
        return np.equal(counts, 1).astype(np.int64)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        sentence = _("one member is the only one ({who})", who=self._having.who())
        return sentence, tuple(members[self._having.among(roster, members)].tolist())

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster, plan
        if value == 0:
            return _("nobody alone")
        return ngettext("{n} alone", "{n} alone", value)

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        if not self.bound(roster, plan):
            return None
        count = self._having.count(roster)
        if count == 1:
            return _(
                "there is only {people}, who has to be in some group", people=self._having.people(1)
            )
        return _("{people} cannot all be in pairs", people=self._having.people(count))

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        del plan
        count = self._having.count(roster)
        sentence = _("{people}, two are enough", people=self._having.people(count))
        return Margin(max(0, count - 2), sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """One is alone wherever he sits, and an odd number does not go into pairs."""
        count = self._having.count(roster)
        left_over = count == 1 or (plan.largest == 2 and count % 2 == 1)
        return int(plan.everyone and left_over)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        having = model.count(self._having.among(roster, model.people), group)
        some = self._some(plan, model, having)
        model.limit(having - some * 2, at_least=0)

    def spared_at_most(self, roster: Roster, plan: Plan) -> int:
        """Two, when one is absent, leave one alone; so some group holds three or none."""
        seats_two = plan.everyone and 0 < self._having.count(roster) < 3
        return plan.groups - 1 if seats_two else plan.groups

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        """None, or three: of two, one would be alone in the other's absence."""
        having = model.count(self._having.among(roster, model.people), group)
        some = self._some(plan, model, having)
        model.limit(having - some * 3, at_least=0, when=when)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        having = model.count(self._having.among(roster, model.people), group)
        some = self._some(plan, model, having)
        alone = model.new_amount(1)
        model.limit(having + alone - some * 2, at_least=0)
        return alone

    @staticmethod
    def _some(plan: Plan, model: Model, having: Expression) -> Expression:
        """A choice that is 1 where the group has any of them."""
        some = model.new_choice()
        model.limit(having - some * plan.largest, at_most=0)
        return some
