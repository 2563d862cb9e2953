"""``keep: FILE``: as many bonds of a previous grouping as possible survive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _
from vermegroup.rules.selectors.acquaintance import Acquaintance, Files, OfEarlier
from vermegroup.rules.selectors.pairs import pairs_of


@dataclass(frozen=True, slots=True)
class Keep(OfEarlier):
    """The most pairs that were in one group and still are."""

    kind: ClassVar[str] = "keep"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})
    sense: ClassVar[Sense] = Sense.MOST

    before: Annotated[Acquaintance, Files(only=_ONE_FILE)]

    def sentence(self, role: Role) -> Message:
        del role
        return _(
            "As many people as possible stay together with those of their earlier group ({file})",
            file=[earlier.file for earlier in self.before.files],
        )

    def unit(self) -> str:
        return "pairs"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del plan
        return _("{n} of {m} bonds kept", n=value, m=int(pairs_of(self.before.sizes(roster)).sum()))

    def bound(self, roster: Roster, plan: Plan) -> int:
        """An earlier group keeps most in groups as large as can be; and groups have so many pairs.

        Where sizes are open, the most uneven ones have the most pairs.
        """
        largest = plan.largest if plan.sizes is None else max(plan.sizes)
        whole, rest = np.divmod(self.before.sizes(roster), largest)
        kept = int((whole * (largest * (largest - 1) // 2) + pairs_of(rest)).sum())
        if plan.sizes is None:
            return kept
        return min(kept, int(pairs_of(np.asarray(plan.sizes)).sum()))

    def lacks(self, roster: Roster, plan: Plan, members: IntArray) -> IntArray:
        del plan
        return self.before.mates(roster, members)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        """The j-th person of an earlier group to come makes j - 1 pairs."""
        del plan
        kept: Expression = model.new_amount(0)
        for who in self.before.crowds(roster, model.people):
            steps = [model.new_choice() for _rest in range(min(int(who.sum()), model.largest))]
            left = model.count(who, group)
            for place, step in enumerate(steps):
                left = left - step
                kept = kept + step * place
                if place:
                    model.limit(steps[place - 1] - step, at_least=0)
            model.limit(left, at_least=0)
        return kept


_ONE_FILE = _("keep takes one file, that of the previous grouping")
