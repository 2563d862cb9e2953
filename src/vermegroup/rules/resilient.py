"""``resilient: 1``: a group stays valid when any one of its members is absent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import groups_of

# Seats that rules are asked about at once, so that memory stays bounded.
_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Resilient(Kind):
    """Whoever is absent, the others still keep every rule they are asked to.

    ``others`` are the rules it stands among. Those that compare groups are not asked, which it
    says where there are such. As a preference: the most such groups.
    """

    kind: ClassVar[str] = "resilient"
    sense: ClassVar[Sense] = Sense.MOST
    outlives_absence: ClassVar[bool] = False

    others: tuple[Kind, ...] = field(default=(), compare=False)
    comparing: bool = field(default=False, compare=False)

    @property
    def anonymous(self) -> bool:  # type: ignore[override]
        """Whether all the rules are that it asks of a group."""
        return all(rule.anonymous for rule in self.others)

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        if str(entry.main()) != "1":
            entry.refuse(_ONE_ONLY, _ONE_HINT, key="resilient")
        return cls()

    def written(self) -> object:
        return {"resilient": 1}

    def among(self, rules: tuple[Kind, ...]) -> Kind:
        others = tuple(rule for rule in rules if rule.outlives_absence)
        return replace(self, others=others, comparing=any(rule.compares for rule in rules))

    def sentence(self, role: Role) -> Message:
        sentence = _AS_MANY if role is Role.PREFERENCE else _EVERY
        if not self.comparing:
            return sentence
        return _("{told} (without the rules that compare groups)", told=sentence)

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """1 for a group that can spare any one member, else 0."""
        spares: IntArray = np.equal(self.shortfall(roster, plan, seating), 0).astype(np.int64)
        return spares

    def shortfall(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """How many members' absence would break a rule."""
        broken = self._needed(roster, plan, seating)
        return np.bincount(seating.group[broken], minlength=seating.groups).astype(np.int64)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        """Those whom the group cannot spare."""
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        needed = members[self._needed(roster, plan, alone)]
        sentence = ngettext(
            "it cannot spare {n} of its members", "it cannot spare {n} of its members", len(needed)
        )
        return sentence, tuple(needed.tolist())

    def _needed(self, roster: Roster, plan: Plan, seating: Seating) -> BoolArray:
        """The seats that, once empty, leave their group short of a rule, shape (seats,)."""
        # To a rule on sizes it is all the same who is absent: one away in each group will do.
        first = np.unique(seating.group, return_index=True)[1]
        fewer = Seating(
            np.delete(seating.people, first), np.delete(seating.group, first), seating.groups
        )
        broken = np.zeros(seating.groups, dtype=bool)
        for rule in self.others:
            if rule.limits_size:
                broken |= rule.shortfall(roster, plan, fewer) > 0
        needed: BoolArray = broken[seating.group]
        left = np.flatnonzero(~needed)
        blocks = np.cumsum(seating.sizes()[seating.group[left]]) // _AT_ONCE
        for seats in np.split(left, np.flatnonzero(np.diff(blocks)) + 1):
            absent = seating.one_absent(seats)
            for rule in self.others:
                if not rule.limits_size:
                    needed[seats] |= rule.shortfall(roster, plan, absent) > 0
        return needed

    def unit(self) -> str:
        return "groups"

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster
        return _("{n} of {groups}", n=value, groups=groups_of(plan.groups))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        most = self.bound(roster, plan)
        if most >= plan.groups:
            return None
        return _(
            "at most {most} of {groups} can do without a member",
            most=most,
            groups=groups_of(plan.groups),
        )

    def margin(self, roster: Roster, plan: Plan) -> Margin | None:
        del roster, plan
        return None

    def bound(self, roster: Roster, plan: Plan) -> int:
        return min([plan.groups, *(rule.spared_at_most(roster, plan) for rule in self.others)])

    def is_rule_at(self, roster: Roster, plan: Plan, value: int) -> bool:
        del roster
        return value == plan.groups

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        model.limit(self.express(roster, plan, model, group), at_least=1)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        spares = model.new_choice()
        for rule in self.others:
            rule.require_spared(roster, plan, model, group, spares)
        return spares


_AS_MANY = _("As many groups as possible still keep the rules when any one member is absent")
_EVERY = _("Every group still keeps the rules when any one member is absent")
_ONE_ONLY = _("resilient is about one absent member only")
_ONE_HINT = _("Write resilient: 1")
