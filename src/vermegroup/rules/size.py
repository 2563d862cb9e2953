"""``size``: how many people a group has; and how many it should have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan, Reserve, Window
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext, verbatim
from vermegroup.language.terms import between, groups_of, people_between, people_of, there_are_only


@dataclass(frozen=True, slots=True)
class Size(Kind):
    """As a rule: ``smallest`` to ``largest`` members. As a preference: near ``prefer``."""

    kind: ClassVar[str] = "size"
    holds_in_meetings: ClassVar[bool] = True
    limits_size: ClassVar[bool] = True
    sizes_alone: ClassVar[bool] = True

    smallest: int
    largest: int
    prefer: int | None = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        """Not written as an entry: it stands in the section ``groups``."""
        del role
        entry.refuse(
            _("The group size is written in the section groups"),
            verbatim("groups: {size: 3-5}"),
        )
        return cls(3, 5)

    def written(self) -> object:
        return {"size": f"{self.smallest}-{self.largest}", "prefer": self.prefer}

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _("Groups of {size} where possible", size=self.prefer)
        return _("Every group has {people}", people=people_between(self.smallest, self.largest))

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """People by which each group is off the preferred size."""
        del roster, plan
        return np.abs(seating.sizes() - self._wished())

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        del roster, plan
        sizes = seating.sizes()
        return np.maximum(0, np.maximum(self.smallest - sizes, sizes - self.largest))

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del roster, plan
        sentence = _(
            "it has {people}, not {sizes}",
            people=people_of(len(members)),
            sizes=between(self.smallest, self.largest),
        )
        return sentence, tuple(members.tolist())

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        if not value:
            return _("every group has {n}", n=self._wished())
        return ngettext("{n} more or fewer in all", "{n} more or fewer in all", value)

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        n, k = len(roster), plan.groups
        if n < self.smallest * k:
            return ngettext(
                "{groups} of at least {low} needs {people}, but {only}",
                "{groups} of at least {low} need {people}, but {only}",
                k,
                groups=groups_of(k),
                low=self.smallest,
                people=people_of(self.smallest * k),
                only=there_are_only(n),
            )
        if plan.everyone and n > self.largest * k:
            return ngettext(
                "{groups} of at most {high} has room for {people}, but there are {n}",
                "{groups} of at most {high} have room for {people}, but there are {n}",
                k,
                groups=groups_of(k),
                high=self.largest,
                people=people_of(self.largest * k),
                n=n,
            )
        return None

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        n, k = len(roster), plan.groups
        # Seats are free beyond those placed; who waits can step in for who is missing.
        placed = n if plan.placed is None else plan.placed
        fewer, more = n - self.smallest * k, self.largest * k - placed
        sentence = _room(more, fewer)
        return Margin(fewer, sentence, Reserve(fewer + 1, people_of(fewer + 1)))

    def bound(self, roster: Roster, plan: Plan) -> int:
        if plan.sizes is not None:
            return int(np.abs(np.array(plan.sizes, dtype=np.int64) - self._wished()).sum())
        off = len(roster) - self._wished() * plan.groups
        return abs(off) if plan.everyone else max(0, -off)

    def bounds(self, roster: Roster, plan: Plan, numbers: IntArray) -> IntArray:
        off = len(roster) - self._wished() * numbers
        return np.abs(off) if plan.everyone else np.maximum(0, -off)

    def windows(self, roster: Roster, plan: Plan, value: int) -> tuple[Window, ...] | None:
        if plan.sizes is not None:
            return () if value == self.bound(roster, plan) else None
        if not plan.everyone or value != self.bound(roster, plan):
            return None
        # The deviations add up to n - prefer * k; they are least when none has the other sign.
        above = len(roster) >= self._wished() * plan.groups
        sizes = (
            range(self._wished(), self.largest + 1)
            if above
            else range(self.smallest, self._wished() + 1)
        )
        allowed = {size: size for size in sizes}
        return (Window(np.ones(len(roster), dtype=np.int64), allowed, allowed),)

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del roster, plan
        model.limit(model.size(group), at_least=self.smallest, at_most=self.largest)

    def spared_at_most(self, roster: Roster, plan: Plan) -> int:
        return min(plan.groups, max(0, len(roster) - plan.groups * self.smallest))

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        del roster, plan
        model.limit(model.size(group), at_least=self.smallest + 1, when=when)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del roster, plan
        off = model.new_amount(max(self.largest, self._wished()))
        model.limit(off - model.size(group), at_least=-self._wished())
        model.limit(off + model.size(group), at_least=self._wished())
        return off

    def _wished(self) -> int:
        return self.prefer if self.prefer is not None else (self.smallest + self.largest) // 2


def _room(more: int, fewer: int) -> Message:
    """How many people can join, and how many can leave, with as many groups."""
    joiners, leavers = people_of(more), people_of(fewer)
    if more > 0 and fewer > 0:
        return _(
            "{joiners} can still join, or {leavers} leave, before the number of groups must change",
            joiners=joiners,
            leavers=leavers,
        )
    if more > 0:
        return _(
            "{joiners} can still join; if anybody leaves, the number of groups must change",
            joiners=joiners,
        )
    if fewer > 0:
        return _(
            "{leavers} can leave; if anybody joins, the number of groups must change",
            leavers=leavers,
        )
    return _("if anybody joins or leaves, the number of groups must change")
