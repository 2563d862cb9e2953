"""``count``: how many groups there are, where the section ``groups`` says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Breach, Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import groups_of


@dataclass(frozen=True, slots=True)
class Count(Kind):
    """From ``fewest`` to ``most`` groups, each of which may be open.

    A search has its number of groups from its plan, so nothing is left to demand of a model.
    """

    kind: ClassVar[str] = "count"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})
    outlives_absence: ClassVar[bool] = False
    asks_number: ClassVar[bool] = True
    sizes_alone: ClassVar[bool] = True

    fewest: int | None = None
    most: int | None = None

    def sentence(self, role: Role) -> Message:
        del role
        if self.fewest == self.most:
            return ngettext(
                "There is {groups}",
                "There are {groups}",
                self.fewest or 0,
                groups=groups_of(self.fewest or 0),
            )
        if self.fewest is None:
            return _("There are at most {groups}", groups=groups_of(self.most or 0))
        if self.most is None:
            return _("There are at least {groups}", groups=groups_of(self.fewest))
        return _("There are from {low} to {groups}", low=self.fewest, groups=groups_of(self.most))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """No single group breaks it: see ``overall``."""
        del roster, plan
        return np.zeros(seating.groups, dtype=np.int64)

    def overall(self, roster: Roster, plan: Plan, seating: Seating) -> Breach | None:
        del roster, seating
        if not plan.groups:  # where all wait, that is for the rule on places
            return None
        off = max((self.fewest or 0) - plan.groups, plan.groups - (self.most or plan.groups))
        if off <= 0:
            return None
        told = ngettext(
            "there is {groups}", "there are {groups}", plan.groups, groups=groups_of(plan.groups)
        )
        return Breach(None, off, (), told)

    def bound(self, roster: Roster, plan: Plan) -> int:
        del roster, plan
        return 0

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del roster, plan, group
        return model.new_amount(0)


def count_asked(problem: Problem) -> tuple[Count, ...]:
    """The number of groups as a rule, where one was asked for; the parts of a split have theirs."""
    spec = problem.rulebook.groups
    if problem.rulebook.split is not None or (spec.fewest, spec.most) == (None, None):
        return ()
    return (Count(spec.fewest, spec.most),)
