"""``even_sizes``: no group is larger than another by more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Plan, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, either, ngettext, verbatim
from vermegroup.language.terms import people_of


@dataclass(frozen=True, slots=True)
class EvenSizes(Kind):
    """Sizes as even as the number of people allows; the measure is people too many or too few.

    Those who wait make no group larger: sizes are as even as the number of people placed allows.
    """

    kind: ClassVar[str] = "even_sizes"
    compares: ClassVar[bool] = True
    asks_number: ClassVar[bool] = True
    sizes_alone: ClassVar[bool] = True
    zero_is_rule: ClassVar[bool] = True
    outlives_absence: ClassVar[bool] = False

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _("Groups are as even in size as possible")
        return _("Groups differ in size by at most one person")

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        low, high = even_range(_placed(roster, plan, seating), plan.groups)
        sizes = seating.sizes()
        return np.maximum(0, np.maximum(low - sizes, sizes - high))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        low, high = even_range(_placed(roster, plan), plan.groups)
        sentence = _(
            "it has {people}; even groups have {sizes}",
            people=people_of(len(members)),
            sizes=either(verbatim(str(size)) for size in range(low, high + 1)),
        )
        return sentence, tuple(members.tolist())

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        if not value:
            return _("as even as can be")
        return ngettext("{n} too many or too few", "{n} too many or too few", value)

    def bound(self, roster: Roster, plan: Plan) -> int:
        if plan.sizes is None:
            return 0
        low, high = even_range(sum(plan.sizes), plan.groups)
        sizes = np.array(plan.sizes, dtype=np.int64)
        return int((np.maximum(0, low - sizes) + np.maximum(0, sizes - high)).sum())

    def bounds(self, roster: Roster, plan: Plan, numbers: IntArray) -> IntArray:
        del roster, plan
        return np.zeros(len(numbers), dtype=np.int64)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        if plan.sizes is not None:
            return () if value == self.bound(roster, plan) else None
        if value != 0 or not plan.everyone:
            return None
        low, high = even_range(len(roster), plan.groups)
        allowed = {size: size for size in range(low, high + 1)}
        return (Window(np.ones(len(roster), dtype=np.int64), allowed, allowed),)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        low, high = _range_in(roster, plan, model)
        model.limit(model.size(group) - low, at_least=0)
        model.limit(high - model.size(group), at_least=0)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        low, high = _range_in(roster, plan, model)
        off = model.new_amount(plan.largest)
        model.limit(off + model.size(group) - low, at_least=0)
        model.limit(off - model.size(group) + high, at_least=0)
        return off


def even_range(placed: int, groups: int) -> tuple[int, int]:
    """The one or two sizes of even groups of so many people."""
    low, uneven = divmod(placed, groups)
    return low, low + (uneven > 0)


def _placed(roster: Roster, plan: Plan, seating: Seating | None = None) -> int:
    """How many people have a seat: those who wait make no group larger."""
    if plan.placed is not None:
        return plan.placed
    return len(roster) if plan.everyone or seating is None else len(seating.people)


def _range_in(roster: Roster, plan: Plan, model: Model) -> tuple[Expression, Expression]:
    """The sizes of even groups, as far as the model leaves open how many people are placed."""
    if plan.everyone or plan.placed is not None:
        low, high = even_range(_placed(roster, plan), plan.groups)
        return model.new_amount(0) + low, model.new_amount(0) + high
    smaller, uneven, even = model.new_amount(plan.largest), model.new_choice(), model.new_choice()
    left_over = model.placed() - smaller * plan.groups
    model.limit(uneven + even, at_least=1, at_most=1)
    model.limit(left_over, at_least=0, at_most=0, when=even)
    model.limit(left_over, at_least=1, at_most=plan.groups - 1, when=uneven)
    return smaller, smaller + uneven
