"""``ratio: {T: value, per: value, at_least/at_most: m}``: how many of one kind to each of another.

So many mentees for each mentor of the group: with at_least: 3 a second mentor asks for six.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Renaming, Role
from vermegroup.domain.model import Expression, Model
from vermegroup.domain.plan import Margin, Plan, most_seats
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, _, ngettext
from vermegroup.language.terms import one_with, there_are_only, trait_name, value_name
from vermegroup.rules.selectors.ranges import Having, Value, read_having
from vermegroup.rules.selectors.values import as_held


@dataclass(frozen=True, slots=True)
class Ratio(Kind):
    """``at_least`` to ``at_most`` members with ``value`` for each member with ``per``.

    As a preference: the smallest shortfall, in people added up over the groups.
    """

    kind: ClassVar[str] = "ratio"
    zero_is_rule: ClassVar[bool] = True

    trait: str
    value: Value
    per: str
    at_least: int = 0
    at_most: int | None = None

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        per = entry.text("per")
        at_least, at_most = entry.whole("at_least"), entry.whole("at_most")
        trait, value = read_having(entry)
        if per is None:
            entry.refuse(_NO_PER, _EXAMPLE)
        if at_least is None and at_most is None:
            entry.refuse(_NO_LIMIT, _EXAMPLE)
        if at_most is not None and at_most < (at_least or 0):
            entry.refuse(_CROSSED, key="at_most")
        return cls(trait, value, per or "", at_least or 0, at_most)

    def written(self) -> object:
        plain = {**self._counted.plain(), "per": self.per}
        if self.at_least or self.at_most is None:
            plain["at_least"] = self.at_least
        if self.at_most is not None:
            plain["at_most"] = self.at_most
        return {"ratio": plain}

    def categories(self) -> tuple[str, ...]:
        return (self.trait,)

    def named(self) -> tuple[tuple[str, str], ...]:
        return (*self._counted.named(), *self._each.named())

    def renamed(self, names: Renaming) -> Kind:
        per = names.value(self.trait, self.per)
        trait = names.trait(self.trait)
        return replace(self, trait=trait, value=self._counted.renamed(names), per=per)

    def suited(self, roster: Roster) -> Kind:
        per = as_held(self.trait, self.per, roster)
        return replace(self, value=self._counted.suited(roster), per=per)

    def sentence(self, role: Role) -> Message:
        quota = self._quota()
        per = one_with(self.trait, self.per)
        if per is not None and role is Role.PREFERENCE:
            return _("Where possible, a group has {quota} for each {per}", quota=quota, per=per)
        if per is not None:
            return _("Every group has {quota} for each {per}", quota=quota, per=per)
        if role is Role.PREFERENCE:
            return _(
                "Where possible, a group has {quota} for each member whose {trait} is {per}",
                **self._words(),
            )
        return _("Every group has {quota} for each member whose {trait} is {per}", **self._words())

    def in_words(self, roster: Roster, plan: Plan, value: int) -> Message:
        del roster, plan
        return _("{n} too few or too many", n=value) if value else _("in every group")

    def measure(self, roster: Roster, plan: Plan, seating: Seating) -> IntArray:
        """Members short of the quota, or above it, in each group."""
        del plan
        counted, each = (self._in_groups(who, roster, seating) for who in self._both)
        off: IntArray = np.maximum(0, self.at_least * each - counted)
        if self.at_most is not None:
            off += np.maximum(0, counted - self.at_most * each)
        return off

    def breach(
        self, roster: Roster, plan: Plan, members: IntArray
    ) -> tuple[Message, tuple[int, ...]]:
        del plan
        counted, each = (members[who.among(roster, members)] for who in self._both)
        sentence = _(
            "it has {counted} and {each}",
            counted=self._counted.people(len(counted)),
            each=self._each.people(len(each)),
        )
        return sentence, tuple(sorted([*counted.tolist(), *each.tolist()]))

    def certificate(self, roster: Roster, plan: Plan) -> Message | None:
        counted, each = (who.count(roster) for who in self._both)
        if not plan.everyone:
            return None
        if counted < self.at_least * each:
            return ngettext(
                "{each} needs {need}, but {only}",
                "{each} need {need}, but {only}",
                each,
                each=self._each.people(each),
                need=self._counted.people(self.at_least * each),
                only=there_are_only(counted),
            )
        if self.at_most is not None and counted > self.at_most * each:
            return ngettext(
                "with {each} there can be at most {room}, but there is {n}",
                "with {each} there can be at most {room}, but there are {n}",
                counted,
                each=self._each.people(each),
                room=self._counted.people(self.at_most * each),
            )
        return None

    def margin(self, roster: Roster, plan: Plan) -> Margin:
        counted, each = (who.count(roster) for who in self._both)
        spare = counted - self.at_least * each
        if self.at_most is not None:
            spare = min(spare, self.at_most * each - counted)
        both = {"counted": self._counted.people(counted), "each": self._each.people(each)}
        sentence = (
            _("{counted} and {each}, {spare} to spare", spare=spare, **both)
            if spare > 0
            else _("{counted} and {each}, none to spare", **both)
        )
        return Margin(spare if plan.everyone else None, sentence)

    def bound(self, roster: Roster, plan: Plan) -> int:
        """People in groups add up, those left on a waitlist may be just those in the way."""
        if not plan.everyone:
            return 0
        counted, each = (who.count(roster) for who in self._both)
        over = 0 if self.at_most is None else max(0, counted - self.at_most * each)
        return max(0, self.at_least * each - counted) + over

    def reach(self, roster: Roster, plan: Plan) -> int:
        each = self.at_least + (self.at_most or 0) + 2
        return most_seats(len(roster), plan) * each

    def require(self, roster: Roster, plan: Plan, model: Model, group: int) -> None:
        del plan
        counted, each = self._in_model(roster, model, group)
        if self.at_least:
            model.limit(counted - each * self.at_least, at_least=0)
        if self.at_most is not None:
            model.limit(counted - each * self.at_most, at_most=0)

    def require_spared(
        self, roster: Roster, plan: Plan, model: Model, group: int, when: Expression
    ) -> None:
        """Somebody counted is missed by ``at_least``, one of those counted for by ``at_most``."""
        del plan
        counted, each = self._in_model(roster, model, group)
        if self.at_least:
            some, none = model.new_choice(), model.new_choice()
            model.limit(some + none - when, at_least=0)
            model.limit(counted - each * self.at_least, at_least=1, when=some)
            model.limit(counted, at_most=0, when=none)
        if self.at_most is not None:
            some, none = model.new_choice(), model.new_choice()
            model.limit(some + none - when, at_least=0)
            model.limit(counted - each * self.at_most, at_most=-self.at_most, when=some)
            model.limit(each, at_most=0, when=none)

    def express(self, roster: Roster, plan: Plan, model: Model, group: int) -> Expression:
        del plan
        counted, each = self._in_model(roster, model, group)
        mostly, others = (int(who.among(roster, model.people).sum()) for who in self._both)
        off: Expression = model.new_amount(self.at_least * others)
        model.limit(off + counted - each * self.at_least, at_least=0)
        if self.at_most is None:
            return off
        over = model.new_amount(mostly)
        model.limit(over - counted + each * self.at_most, at_least=0)
        return off + over

    @property
    def _counted(self) -> Having:
        return Having(self.trait, self.value)

    @property
    def _each(self) -> Having:
        return Having(self.trait, self.per)

    @property
    def _both(self) -> tuple[Having, Having]:
        return self._counted, self._each

    def _in_groups(self, who: Having, roster: Roster, seating: Seating) -> IntArray:
        having = who.among(roster, seating.people)
        return np.bincount(seating.group[having], minlength=seating.groups).astype(np.int64)

    def _in_model(self, roster: Roster, model: Model, group: int) -> tuple[Expression, Expression]:
        counted, each = (who.among(roster, model.people) for who in self._both)
        return model.count(counted, group), model.count(each, group)

    def _words(self) -> dict[str, object]:
        return {
            "quota": self._quota(),
            "trait": trait_name(self.trait),
            "per": value_name(self.trait, self.per),
        }

    def _quota(self) -> Message:
        return self._counted.quota(self.at_least, self.at_most)


_EXAMPLE = _("For example: ratio: {{role: mentee, per: mentor, at_least: 3}}")
_NO_PER = _("per names the value of those for each of whom the others are counted")
_NO_LIMIT = _("A ratio needs at_least or at_most")
_CROSSED = _("at_most is below at_least")
