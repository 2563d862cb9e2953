"""``include: {T: value, at_least/at_most/exactly: m}``: a quota for a value in every group.

The value may be one of several, or a range of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan, Quota, Reserve, most_groups
from vermegroup.domain.roster import Roster
from vermegroup.intake.headers.find_columns import meaning
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import groups_of, there_are_only
from vermegroup.language.value_words import value_meant
from vermegroup.rules.selectors.ranges import OfSome, read_having
from vermegroup.rules.size import Size


@dataclass(frozen=True, slots=True)
class Include(OfSome):
    """At least ``at_least`` and at most ``at_most`` members have ``value``, or one of several.

    As a preference: the smallest shortfall, in people added up over the groups.
    """

    kind: ClassVar[str] = "include"
    zero_is_rule: ClassVar[bool] = True

    at_least: int = 0
    at_most: int | None = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        trait, value = read_having(entry)
        exactly = entry.whole("exactly")
        at_least, at_most = entry.whole("at_least"), entry.whole("at_most")
        if exactly is not None:
            if at_least is not None or at_most is not None:
                entry.refuse(_EXACTLY_ALONE, key="exactly")
            return cls(trait, value, exactly, exactly)
        if at_least is None and at_most is None:
            at_least = 1
        if at_most is not None and at_most < (at_least or 0):
            entry.refuse(_CROSSED, key="at_most")
        return cls(trait, value, at_least or 0, at_most)

    def written(self) -> object:
        plain = self._having.plain()
        if self.at_most is not None and self.at_least == self.at_most:
            return {"include": {**plain, "exactly": self.at_most}}
        if self.at_least or self.at_most is None:
            plain["at_least"] = self.at_least
        if self.at_most is not None:
            plain["at_most"] = self.at_most
        return {"include": plain}

    def contradicts(self, other: Kind) -> Message | None:
        if isinstance(other, Size) and self.at_least > other.largest:
            return _(
                "a group of at most {most} cannot include {need}",
                most=other.largest,
                need=self._having.people(self.at_least),
            )
        if isinstance(other, Include) and other._having == self._having:
            return self._crossed(other)
        return None

    def leads(self, roster: Roster, people: IntArray) -> IntArray:
        """One or two people of a role in every group lead it."""
        few = self.at_least and self.at_most in (1, 2)
        value = self._having.value
        led = isinstance(value, str) and value_meant("role", value) == "mentee"
        if meaning(self.trait) != "role" or not few or led:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self._having.among(roster, people))

    def _crossed(self, other: Include) -> Message | None:
        if other.at_most is None or self.at_least <= other.at_most:
            return None
        return _(
            "a group cannot have both at least {least} and at most {most}",
            least=self._having.people(self.at_least),
            most=other.at_most,
        )

    def sentence(self, role: Role) -> Message:
        if role is Role.PREFERENCE:
            return _("Where possible, every group has {quota}", quota=self._quota())
        return _("Every group has {quota}", quota=self._quota())

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        if value:
            return _("{n} too few or too many", n=value)
        # Translators: where every group has what it should: "exactly 1 mentor", "1 to 2 mentors".
        return _("exactly so") if self.at_least == self.at_most else _("in every group")

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Members short of the quota, or above it, in each group."""
        del plan
        having = self._who(roster, seating.people)
        counts = np.bincount(seating.group[having], minlength=seating.groups).astype(np.int64)
        return self._short(counts) + self._over(counts)

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        having = members[self._who(roster, members)]
        sentence = _(
            "it has {found}, but should have {quota}",
            found=self._having.people(len(having)),
            quota=self._quota(),
        )
        return sentence, tuple((having if len(having) > self.at_least else members).tolist())

    def lacked(self, roster: Roster, plan: Plan, members: IntArray) -> Message | None:
        del plan
        short = self.at_least - int(self._who(roster, members).sum())
        return self._having.people(short) if short > 0 else None

    def welcome(
        self, roster: Roster, plan: Plan, members: IntArray, newcomers: IntArray
    ) -> Message | None:
        """The group has what the newcomers lack; what they bring is told of as the group's need."""
        del plan
        if self.at_least == 0 or self._who(roster, newcomers).any():
            return None
        found = int(self._who(roster, members).sum())
        return self._having.people(found) if found else None

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        count, k = self._count(roster), plan.groups
        if count < k * self.at_least:
            return ngettext(
                # Translators: {only} is "there are only 8".
                "{groups} needs {need}, but {only}",
                "{groups} need {need}, but {only}",
                k,
                groups=groups_of(k),
                need=self._having.people(k * self.at_least),
                only=there_are_only(count),
            )
        if plan.everyone and self.at_most is not None and count > k * self.at_most:
            return ngettext(
                "{groups} can take at most {room}, but there is {n}",
                "{groups} can take at most {room}, but there are {n}",
                count,
                groups=groups_of(k),
                room=self._having.people(k * self.at_most),
            )
        return None

    def quota(self, roster: Roster) -> Quota | None:
        if not self.at_least:
            return None
        return Quota(self._who(roster, np.arange(len(roster))), self.at_least, self._having.people)

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        count, k = self._count(roster), plan.groups
        spare = count - k * self.at_least
        if self.at_most is not None and not self.at_least:
            return self._margin_above(count, k, k * self.at_most - count)
        room = spare if self.at_most is None else min(spare, k * self.at_most - count)
        named = {"people": self._having.people(count), "groups": groups_of(k)}
        sentence = (
            _("{people} for {groups}, {spare} to spare", spare=spare, **named)
            if spare > 0
            else _("{people} for {groups}, none to spare", **named)
        )
        return Margin(room, sentence, self._reserve(spare))

    def _reserve(self, spare: int) -> Reserve | None:
        """Only those of whom every group needs some are used up."""
        if not self.at_least:
            return None
        return Reserve(
            spare + 1, self._having.people(spare + 1), self._having.who(), self._having.plain()
        )

    def _margin_above(self, count: int, groups: int, room: int) -> Margin:
        """Where only too many could break the rule."""
        named = {"people": self._having.people(count), "groups": groups_of(groups)}
        sentence = (
            _("{people} for {groups}, room for {room} more", room=room, **named)
            if room > 0
            else _("{people} for {groups}, room for none more", **named)
        )
        return Margin(room, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        count, k = self._count(roster), plan.groups
        short = max(0, k * self.at_least - count)
        over = 0 if self.at_most is None else max(0, count - k * self.at_most)
        return short + (over if plan.everyone else 0)

    def reach(self, roster: Roster, plan: Plan) -> int:
        return most_groups(len(roster), plan) * (self.at_least + len(roster))

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        having = model.count(self._who(roster, model.people), group)
        model.limit(having, at_least=self.at_least or None, at_most=self.at_most)

    def spared_at_most(self, roster: Roster, plan: Plan) -> int:
        spare = self._count(roster) - plan.groups * self.at_least
        return min(plan.groups, max(0, spare)) if self.at_least else plan.groups

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        del plan
        if self.at_least:
            having = model.count(self._who(roster, model.people), group)
            model.limit(having, at_least=self.at_least + 1, when=when)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        who = self._who(roster, model.people)
        having = model.count(who, group)
        off: Expression = model.new_amount(self.at_least)
        model.limit(off + having, at_least=self.at_least)
        if self.at_most is None:
            return off
        over = model.new_amount(max(0, int(who.sum()) - self.at_most))
        model.limit(over - having, at_least=-self.at_most)
        return off + over

    def _who(self, roster: Roster, people: IntArray) -> BoolArray:
        return self._having.among(roster, people)

    def _count(self, roster: Roster) -> int:
        return self._having.count(roster)

    def _short(self, counts: IntArray) -> IntArray:
        return np.maximum(0, self.at_least - counts)

    def _over(self, counts: IntArray) -> IntArray:
        if self.at_most is None:
            return np.zeros_like(counts)
        return np.maximum(0, counts - self.at_most)

    def _quota(self) -> Message:
        return self._having.quota(self.at_least, self.at_most)


_EXACTLY_ALONE = _("exactly stands alone, without at_least or at_most")
_CROSSED = _("at_most is below at_least")
