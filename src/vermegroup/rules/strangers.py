"""``strangers: FILES``: people who were grouped together before are apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.rules.selectors.acquaintance import OfEarlier
from vermegroup.rules.selectors.pairs import pairs_of


@dataclass(frozen=True, slots=True)
class Strangers(OfEarlier):
    """No two members of a group were in one group before; as a preference: fewest such pairs."""

    kind: ClassVar[str] = "strangers"
    hereditary: ClassVar[bool] = True
    zero_is_rule: ClassVar[bool] = True

    def sentence(self, role: Role) -> Message:
        files = [earlier.file for earlier in self.before.files]
        if role is Role.PREFERENCE:
            return _(
                "As few as possible meet someone from an earlier group again ({files})", files=files
            )
        return _("Nobody meets anyone from an earlier group again ({files})", files=files)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        people = self.before.reunited(roster, members)
        sentence = _("{people} have been in the same group before", people=people_of(len(people)))
        return sentence, tuple(people.tolist())

    def unit(self) -> str:
        return "pairs"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster, plan
        return ngettext(
            "{n} pair who know each other from before",
            "{n} pairs who know each other from before",
            value,
        )

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        largest = int(self.before.sizes(roster).max(initial=0))
        if not plan.everyone or largest <= plan.groups:
            return None
        return ngettext(
            "{people} were in one group before, but there is only {groups} to part them",
            "{people} were in one group before, but there are only {groups} to part them",
            plan.groups,
            people=people_of(largest),
            groups=groups_of(plan.groups),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        largest = int(self.before.sizes(roster).max(initial=0))
        sentence = ngettext(
            "the largest earlier group has {people}, and there is {groups}",
            "the largest earlier group has {people}, and there are {groups}",
            plan.groups,
            people=people_of(largest),
            groups=groups_of(plan.groups),
        )
        return Margin(plan.groups - largest, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """An earlier group larger than the number of groups meets least when spread evenly."""
        if not plan.everyone:
            return 0
        full, larger = np.divmod(self.before.sizes(roster), plan.groups)
        met = larger * pairs_of(full + 1) + (plan.groups - larger) * pairs_of(full)
        return int(met.sum())

    def reach(self, roster: Roster, plan: Plan) -> int:
        # A zero-argument super() would not find the class that slots have made anew.
        return len(self.before.files) * Kind.reach(self, roster, plan)

    def rivals(self, roster: Roster) -> tuple[IntArray, ...]:
        return self.before.codes(roster)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        for who in self.before.crowds(roster, model.people):
            model.limit(model.count(who, group), at_most=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The pairs among c people are at least jc - j(j + 1) / 2 for every j, and one is exact."""
        del plan
        met: Expression = model.new_amount(0)
        for pairs in self._pairs(roster, model, group):
            met = met + pairs
        return met

    def _pairs(self, roster: Roster, model: Model, group: int) -> Iterator[Expression]:
        for who in self.before.crowds(roster, model.people):
            most = min(int(who.sum()), model.largest)
            pairs, count = model.new_amount(most * (most - 1) // 2), model.count(who, group)
            for j in range(1, most):
                model.limit(pairs - count * j, at_least=-(j * (j + 1) // 2))
            yield pairs
